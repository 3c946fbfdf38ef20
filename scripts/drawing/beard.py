"""Beards and moustaches: strands that grow from the skin and hang by their weight."""

import numpy as np

from .ink import mix, smoothstep
from .light import LIGHT


def roots(kind, form, r):
    """A root on the face in the front view, and where the hair's tip hangs from it."""
    m, w = form.mouth_y, form.mouth_w
    if kind == "goatee":
        x = np.clip(r.normal(0, 0.028), -0.062, 0.062)
        y = 0.405 + r.uniform(0, 0.062) - abs(x) * 0.2
        return (x, y), (x * 0.55 + r.normal(0, 0.006), 0.14 * r.uniform(0.55, 1.1) * (1 - abs(x) * 5)), 0.03
    if r.random() < 0.30 or kind == "moustache":
        x = r.uniform(-1, 1)
        return (x * w * 0.92, m - 0.044 + 0.020 * x * x + r.uniform(-0.012, 0.010)), (x * 0.05, 0.034 * r.uniform(0.6, 1.1)), 0.012
    x = r.uniform(-1, 1)
    top = m + 0.074 - 0.070 * abs(x) ** 1.6
    y = top + r.uniform(0, 1) * (0.462 - 0.07 * x * x - top)
    return (x * 0.205, y), (-x * 0.016, 0.085 * r.uniform(0.5, 1.15) * (0.55 + 0.45 * (1 - abs(x)))), 0.024


def grow(hair):
    head, sheet, form, h = hair.head, hair.sheet, hair.form, hair.head.height
    kind = head.person["beard"]
    r = np.random.default_rng(head.person["seed"] + 21)
    strands = []
    for _ in range(int((210 if kind == "goatee" else 640) * min(1, 0.35 + head.detail))):
        place, (aside, drop), out = roots(kind, form, r)
        start = form.at([place])
        if not head.seen(start, 0.05)[0]:
            continue
        t = np.linspace(0, 1, 9)[:, None]
        points = start + np.array([aside, drop, 0]) * t + np.array([0, 0, out]) * np.sin(np.pi * t * 0.8)
        points = points + np.array([r.normal(0, 0.004), 0, 0]) * t**2
        normal = np.array([place[0] * 3, 0.25, 0.9])
        lit = float(np.clip(head.rotation @ normal / np.linalg.norm(normal) @ LIGHT, 0, 1))
        strands.append((head.space(points), lit))
    body, dark, light = (sheet.strokes() for _ in range(3))
    for pixels, lit in strands:
        body.stroke(pixels, 0.014 * h, 0.65, smooth=False, attack=0.1, tail=0.3)
        layer = light if r.random() < 0.30 + 0.6 * lit else dark
        layer.stroke(pixels, 0.0042 * h * r.uniform(0.6, 1.2), r.uniform(0.4, 0.95), smooth=False, attack=0.25, tail=0.04)
    mask = smoothstep(0.2, 0.8, sheet.soften(body.array(), 0.005 * h))
    below = sheet.soften(sheet.shifted(mask, 0.010 * h, 0.014 * h), 0.010 * h)
    sheet.wash(np.clip(below - mask, 0, 1), (0.52, 0.42, 0.37), 0.45)
    sheet.cover(mask, mix((0.62, 0.605, 0.59), (0.90, 0.89, 0.875), hair.grey), 0.80)
    sheet.ink(dark, mix((0.30, 0.285, 0.275), (0.56, 0.545, 0.53), hair.grey), 0.8, dry=0.4)
    sheet.gouache(light, mix((0.80, 0.79, 0.77), (0.985, 0.98, 0.965), hair.grey), 0.85, dry=0.3)
