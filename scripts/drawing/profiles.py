"""Colour profiles of our own (ICC), so that no file needs another's: Display P3, and a press with four inks."""

import struct

import numpy as np

D50 = (0.9642, 1.0, 0.8249)
# sRGB's primaries (linear light, D65) as XYZ adapted to D50 by Bradford, and those of Display P3.
SRGB_TO_XYZ = np.array([[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]])
P3_TO_XYZ = np.array([[0.5151187, 0.2919778, 0.1571035], [0.2411892, 0.6922441, 0.0665668], [-0.0010505, 0.0418791, 0.7840713]])
CHAD = (1.0478112, 0.0228866, -0.0501270, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316)
RIGHTS = "No rights reserved"


def linear(values):
    """Light from sRGB's (and Display P3's) coded values, both from 0 to 1."""
    v = np.asarray(values, float)
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def coded(light):
    v = np.clip(light, 0, 1)
    return np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** (1 / 2.4) - 0.055)


def lab(light):
    """L*a*b* (D50) of linear sRGB light."""
    ratio = light @ SRGB_TO_XYZ.T / np.array(D50)
    f = np.where(ratio > 216 / 24389, np.cbrt(np.maximum(ratio, 0)), (24389 / 27 * ratio + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


# --- how a profile is written --------------------------------------------------------------------

def fixed(*values):
    return b"".join(struct.pack(">i", int(round(v * 65536))) for v in values)


def xyz(values):
    return b"XYZ \0\0\0\0" + fixed(*values)


def words(text):
    """A text of version 4."""
    body = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(body), 28) + body


def old_words(text):
    """A description of version 2."""
    body = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(body)) + body + struct.pack(">IIHB", 0, 0, 0, 0) + bytes(67)


def assemble(version, kind, space, pcs, tags):
    """A whole profile; tags that hold the same bytes share them."""
    table, data, places = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for name, body in tags:
        if body not in places:
            places[body] = start + len(data)
            data += body + bytes(-len(body) % 4)
        table += struct.pack(">4sII", name, places[body], len(body))
    size = start + len(data)
    day = struct.pack(">6H", 2025, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), version, kind, space, pcs) + day + b"acsp" + bytes(4) + bytes(4) + bytes(8) + bytes(8)
    head += struct.pack(">I", 0) + fixed(*D50)
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + table + data


def display_p3():
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    columns = P3_TO_XYZ.T
    return assemble(0x04000000, b"mntr", b"RGB ", b"XYZ ", [
        (b"desc", words("Display P3")), (b"cprt", words(RIGHTS)), (b"wtpt", xyz(D50)), (b"chad", b"sf32\0\0\0\0" + fixed(*CHAD)),
        (b"rXYZ", xyz(columns[0])), (b"gXYZ", xyz(columns[1])), (b"bXYZ", xyz(columns[2])),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)])


# --- the press -----------------------------------------------------------------------------------

# What share of red, green and blue light each full ink lets through.
INKS = np.array([(0.03, 0.36, 0.66), (0.62, 0.03, 0.20), (0.90, 0.74, 0.03), (0.02, 0.02, 0.02)])


def printed(amounts):
    """Linear light that comes back from four inks, each 0 to 1; dots grow a little on paper."""
    a = np.asarray(amounts, float)
    a = a + 0.55 * a * (1 - a)
    return np.prod(1 - a[..., :, None] * (1 - INKS), axis=-2)


def separated(light):
    """The amounts of four inks that give this light: black for the greys, the rest by Newton's method."""
    dark = 1 - np.cbrt(light.max(-1))
    black = 0.80 * np.clip((dark - 0.20) / 0.80, 0, 1) ** 1.2
    amounts = np.concatenate([np.full(light.shape, 0.3), black[..., None]], -1)
    target = np.log(np.maximum(light, 2e-3))
    for _ in range(30):
        here = np.log(np.maximum(printed(amounts), 1e-6))
        slope = np.empty(light.shape + (3,))
        for k in range(3):
            more = amounts.copy()
            more[..., k] += 1e-4
            slope[..., k] = (np.log(np.maximum(printed(more), 1e-6)) - here) / 1e-4
        step = np.linalg.solve(slope, (target - here)[..., None])[..., 0]
        amounts[..., :3] = np.clip(amounts[..., :3] + np.clip(step, -0.15, 0.15), 0, 1)
    return amounts


def table16(inputs, outputs, grid, values):
    """A table of the 16-bit kind: `values` from 0 to 65535, the last input running fastest."""
    identity = struct.pack(">HH", 0, 65535)
    head = b"mft2\0\0\0\0" + bytes([inputs, outputs, grid, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 2, 2)
    return head + identity * inputs + np.clip(np.rint(values), 0, 65535).astype(">u2").tobytes() + identity * outputs


def lattice(axes, grid):
    return np.stack(np.meshgrid(*[np.linspace(0, 1, grid)] * axes, indexing="ij"), -1)


def press():
    grid = 8
    seen = lab(printed(lattice(4, grid)))
    forth = table16(4, 3, grid, np.stack([seen[..., 0] * 652.8, (seen[..., 1] + 128) * 256, (seen[..., 2] + 128) * 256], -1))
    place = lattice(3, 7) * 65535 / np.array([652.8, 256, 256]) - np.array([0, 128, 128])
    f = (place[..., 0] + 16) / 116
    ratio = np.stack([f + place[..., 1] / 500, f, f - place[..., 2] / 200], -1)
    light = np.where(ratio > 6 / 29, ratio**3, (116 * ratio - 16) * 27 / 24389) * np.array(D50) @ np.linalg.inv(SRGB_TO_XYZ).T
    back = table16(3, 4, 7, separated(np.clip(light, 0, 1)) * 65535)
    inside = table16(3, 1, 2, np.zeros(8))
    name = "Four inks of the sample"
    return assemble(0x02100000, b"prtr", b"CMYK", b"Lab ", [
        (b"desc", old_words(name)), (b"cprt", b"text\0\0\0\0" + RIGHTS.encode() + b"\0"), (b"wtpt", xyz(D50)),
        (b"A2B0", forth), (b"A2B1", forth), (b"A2B2", forth), (b"B2A0", back), (b"B2A1", back), (b"B2A2", back), (b"gamt", inside)])
