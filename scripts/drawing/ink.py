"""Paper, washes and brush strokes: the material that every picture is made of.

A Sheet is a piece of paper. Pigment is laid on it as density, so that layers
darken one another as watercolour does (Beer-Lambert); body colour covers what
lies below. Everything random comes from the sheet's own seed.
"""

import hashlib

import cairo
import numpy as np
from scipy import ndimage

PAPER = (0.980, 0.966, 0.940)
INK = (0.17, 0.14, 0.125)
SEPIA = (0.40, 0.30, 0.235)


def seed_of(name):
    """A number that depends on the name alone."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def smoothstep(low, high, value):
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def spline(points, closed=False, steps=12):
    """Catmull-Rom curve through the points."""
    p = np.asarray(points, dtype=np.float64)
    if len(p) < 3 and not closed:
        t = np.linspace(0, 1, steps)[:, None]
        return p[0] * (1 - t) + p[-1] * t
    if closed:
        p = np.vstack([p[-1], p, p[0], p[1]])
    else:
        p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    a, b, c, d = p[:-3], p[1:-2], p[2:-1], p[3:]
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (q[:, None, :] for q in (a, b, c, d))
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                   + (3 * b - a - 3 * c + d) * t**3)
    curve = curve.reshape(-1, 2)
    return curve if closed else np.vstack([curve, p[-2]])


def mix(one, other, t):
    return tuple(a * (1 - t) + b * t for a, b in zip(one, other))


class Strokes:
    """A transparent layer of brush strokes, laid on the sheet at once."""

    def __init__(self, width, height):
        self.surface = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
        self.pen = cairo.Context(self.surface)
        self.empty = True

    def polygon(self, points, alpha=1.0):
        pen = self.pen
        pen.set_source_rgba(0, 0, 0, alpha)
        pen.move_to(*points[0])
        for x, y in points[1:]:
            pen.line_to(x, y)
        pen.close_path()
        pen.fill()
        self.empty = False

    def stroke(self, points, width, alpha=1.0, attack=0.25, tail=0.05, smooth=True, steps=8,
               wobble=None):
        """One brush stroke: thin at the start, full at `attack`, tapering to `tail`."""
        line = spline(points, steps=steps) if smooth else np.asarray(points, dtype=np.float64)
        t = np.linspace(0, 1, len(line))
        swell = np.where(t < attack, (t / max(attack, 1e-6)) ** 0.6,
                         tail + (1 - tail) * ((1 - t) / (1 - attack + 1e-6)) ** 0.8)
        if wobble is not None:
            swell = swell * (1 + 0.18 * np.sin(t * 17 + wobble) + 0.1 * np.sin(t * 41 + wobble * 3))
        half = width * np.maximum(swell, 0.04) / 2
        along = np.gradient(line, axis=0)
        along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
        side = np.stack([-along[:, 1], along[:, 0]], axis=1) * half[:, None]
        self.polygon(np.vstack([line + side, (line - side)[::-1]]), alpha)

    def array(self):
        self.surface.flush()
        data = np.frombuffer(self.surface.get_data(), np.uint8)
        data = data.reshape(self.surface.get_height(), self.surface.get_stride())
        return data[:, :self.surface.get_width()].astype(np.float32) / 255.0


class Sheet:
    """A sheet of paper; `pixels` holds what is on it, RGB from 0 to 1."""

    def __init__(self, width, height, name, paper=PAPER, grainy=1.0):
        self.width, self.height = width, height
        self.grainy = grainy  # how much the pigment settles in the paper's tooth
        self.rng = np.random.default_rng(seed_of(name))
        self.pixels = np.empty((height, width, 3), np.float32)
        self.pixels[:] = paper
        self.blotch = self.noise(90) * 0.6 + self.noise(28) * 0.4
        self.fine = self.noise(7) * 0.6 + self.noise(3) * 0.4
        self.ragged = self.noise(60) * 0.45 + self.noise(24) * 0.35 + self.noise(9) * 0.2
        self.tooth = self.noise(2)

    def noise(self, cell):
        """Smooth noise about 0 (standard deviation 1) whose spots are `cell` pixels wide."""
        rows, columns = self.height // cell + 4, self.width // cell + 4
        small = self.rng.standard_normal((rows, columns)).astype(np.float32)
        big = ndimage.zoom(small, cell, order=2 if cell < 5 else 3)
        big = big[cell:cell + self.height, cell:cell + self.width]
        return (big - big.mean()) / (big.std() + 1e-6)

    def strokes(self):
        return Strokes(self.width, self.height)

    def mask(self, *outlines, smooth=True):
        """Coverage of closed outlines, 0 to 1."""
        layer = self.strokes()
        for outline in outlines:
            layer.polygon(spline(outline, closed=True) if smooth else outline)
        return layer.array()

    @staticmethod
    def shifted(mask, right, down):
        """The mask moved to the right and down, nothing coming in from the other edge."""
        right, down = int(right), int(down)
        moved = np.zeros_like(mask)
        moved[down:, right:] = mask[:mask.shape[0] - down, :mask.shape[1] - right]
        return moved

    @staticmethod
    def soften(mask, radius):
        if radius <= 0:
            return mask
        if radius > 6:  # a wide blur needs no fine grid
            step = max(1, int(radius // 3))
            height, width = mask.shape
            rows, columns = -(-height // step) * step, -(-width // step) * step
            padded = np.pad(mask, ((0, rows - height), (0, columns - width)), mode="edge")
            small = padded.reshape(rows // step, step, columns // step, step).mean((1, 3))
            small = ndimage.gaussian_filter(small, radius / step, mode="nearest")
            big = ndimage.zoom(small, step, order=1, grid_mode=True, mode="nearest")
            return big[:height, :width]
        return ndimage.gaussian_filter(mask, radius, mode="nearest")

    def rough(self, mask, radius=5.0, amount=0.1, crisp=0.16):
        """The same shape with the uneven edge of a wet brush."""
        soft = self.soften(mask, radius) + amount * self.ragged
        return smoothstep(0.5 - crisp, 0.5 + crisp, soft) * (self.soften(mask, radius * 2) > 0.02)

    def wash(self, density, colour, strength=1.0, edge=0.0, edge_width=5.0, granulation=0.12):
        """Lays transparent pigment; `edge` adds the dark rim of a drying wash."""
        box = ndimage.find_objects((density > 0.003).astype(np.uint8))
        if not box:
            return
        rows, columns = box[0]
        part = density[rows, columns]
        if edge > 0:
            part = part + edge * np.clip(part - self.soften(part, edge_width), 0, 1) * 2
        part = part * (1 + self.grainy * granulation * (0.45 * self.blotch[rows, columns] + 0.30 * self.fine[rows, columns]
                                          + 0.30 * self.tooth[rows, columns]))
        part = np.clip(part, 0, 3) * strength
        absorb = -np.log(np.clip(np.asarray(colour, np.float32), 0.02, 0.999))
        self.pixels[rows, columns] *= np.exp(-part[..., None] * absorb)

    def cover(self, mask, colour, opacity=1.0):
        """Lays body colour that hides what lies below."""
        box = ndimage.find_objects((mask > 0.003).astype(np.uint8))
        if not box:
            return
        rows, columns = box[0]
        a = (mask[rows, columns] * opacity)[..., None]
        part = self.pixels[rows, columns]
        self.pixels[rows, columns] = part * (1 - a) + np.asarray(colour, np.float32) * a

    def ink(self, layer, colour=INK, strength=1.0, dry=0.25):
        """Lays strokes as ink; a dry brush lets the paper's tooth show."""
        if layer.empty:
            return
        density = layer.array()
        if dry > 0:
            density = density * np.clip(1 - dry * np.clip(0.4 + self.fine, 0, 1.6), 0, 1)
        self.wash(density, colour, strength, granulation=0)

    def gouache(self, layer, colour=PAPER, opacity=0.9, dry=0.2):
        if layer.empty:
            return
        mask = layer.array()
        if dry > 0:
            mask = mask * np.clip(1 - dry * np.clip(0.4 + self.fine, 0, 1.6), 0, 1)
        self.cover(mask, colour, opacity)

    def finish(self, grain=0.010, vignette=0.07):
        """Paper tooth and a quiet vignette; returns RGB from 0 to 1."""
        ys = np.linspace(-1, 1, self.height, dtype=np.float32)[:, None]
        xs = np.linspace(-1, 1, self.width, dtype=np.float32)[None, :]
        corner = smoothstep(0.75, 1.6, np.sqrt(xs**2 + ys**2))
        self.wash(corner, (0.62, 0.53, 0.43), vignette * 2, granulation=0.1)
        tooth = 1 + grain * self.fine + grain * 0.5 * self.blotch
        return np.clip(self.pixels * tooth[..., None], 0, 1)
