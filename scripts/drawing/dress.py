"""Neck, shoulders and clothes, in the same head units as the face."""

import numpy as np

from .head import DEEP, SHADE, SKIN
from .ink import INK, mix, smoothstep, spline

LINEN = (0.93, 0.915, 0.885)


class Dress:
    def __init__(self, head, bottom=None):
        self.head, self.sheet = head, head.sheet
        person = head.person
        self.person = person
        self.rng = np.random.default_rng(person["seed"] + 13)
        self.accent = person["accent"]
        self.cloth = person.get("cloth", mix(self.accent, (0.45, 0.43, 0.41), 0.45))
        self.bottom = bottom  # where the body ends; None lets it fade into the paper
        self.wide = 0.74 if head.female else 0.82
        self.neck = head.neck * 0.99
        self.end = None  # where the washes run out, once it is known
        self.lean = self.rng.uniform(0, 6)  # how the lower edge of the washes runs
        self.drop = 0.022 + 0.030 * head.old + 0.075 * (head.broad > 1)  # how far the head has sunk between the shoulders

    def px(self, points):
        """Flat points of the clothes, bent round the chest and turned with the shoulders."""
        p = np.asarray(points, dtype=float)
        deep = 0.16 * np.sqrt(np.maximum(0, 1 - (p[..., 0] / 1.0) ** 2)) + 0.06 * smoothstep(0.55, 0.95, p[..., 1])
        return self.head.body_px(np.stack([p[..., 0], p[..., 1] - self.drop, deep - 0.06], -1))

    def stroke(self, layer, points, width, alpha=0.85, **kind):
        layer.stroke(self.px(points), max(width * self.head.height, 0.7), alpha, wobble=self.rng.uniform(0, 6), **kind)

    def both(self, layer, points, width, alpha=0.85, **kind):
        self.stroke(layer, points, width, alpha, **kind)
        self.stroke(layer, [(-x, y) for x, y in points], width, alpha, **kind)

    def shape(self, half, smooth=True):
        """A closed outline mirrored from its right half (top to bottom)."""
        line = np.array(half, dtype=float)
        ring = np.vstack([line, (line * [-1, 1])[::-1]])
        return self.sheet.mask(self.px(ring), smooth=smooth)

    def fade(self, mask):
        """Lets the brush run dry towards the bottom: the wash ends in strokes, not at a line."""
        if self.bottom is not None:
            return mask
        if self.end is None:
            h, sheet = self.head.height, self.sheet
            y = (np.arange(sheet.height, dtype=np.float32)[:, None] - self.head.centre[1]) / h
            x = (np.arange(sheet.width, dtype=np.float32)[None, :] - self.head.centre[0]) / h
            at = y + 0.06 * np.abs(x) ** 2 + 0.05 * np.sin(x * 3.1 + self.lean) + 0.030 * sheet.ragged
            self.end = smoothstep(1.40, 1.02, at) * (0.30 + 0.70 * smoothstep(1.36, 0.95, y + 0.014 * sheet.blotch))
        return mask * self.end

    def torso(self):
        w = self.wide
        half = [(0.0, 0.720), (self.neck * 0.62, 0.665), (self.neck * 0.98, 0.555), (self.neck * 1.42, 0.590), (0.40, 0.665), (w * 0.78, 0.745), (w * 0.95, 0.86), (w * 1.02, 1.05), (w * 1.06, 1.40)]
        if self.bottom is not None:
            half = half[:-1] + [(w * 1.03, 1.35), (w * 1.00, 1.80), (w * 0.90, 2.10), (w * 0.76, 2.16), (w * 0.74, 2.30), (w * 0.74, 2.50), (w * 0.60, 2.54), (0.0, 2.54)]
        return half

    def paint_cloth(self, half, colour, strength=1.0):
        """A garment: a pale wash, a darker one away from the light, and wet strokes where it folds."""
        sheet, h = self.sheet, self.head.height
        mask = sheet.rough(self.shape(half), 0.004 * h, amount=0.07)
        ends = self.fade(mask)
        sheet.cover(np.minimum(mask, 0.25 + ends), (0.976, 0.962, 0.938))
        sheet.wash(ends, mix(colour, (0.9, 0.88, 0.84), 0.18), 0.70 * strength, edge=0.45, edge_width=0.014 * h, granulation=0.16)
        broad = sheet.soften(mask, 0.085 * h)
        gy, gx = np.gradient(broad)
        away = sheet.soften(sheet.soften((-gx * 0.8 - 0.30 * gy) * h * 0.15, 0.022 * h), 4) + 0.05 * sheet.ragged
        sheet.wash(smoothstep(0.06, 0.32, away) * ends, mix(colour, INK, 0.40), 0.36 * strength, granulation=0.16)
        sheet.wash(smoothstep(0.26, 0.34, away) * ends, mix(colour, INK, 0.45), 0.26 * strength, edge=0.5, edge_width=0.008 * h, granulation=0.18)
        x = (np.arange(sheet.width, dtype=np.float32)[None, :] - self.head.centre[0]) / h
        sheet.wash(smoothstep(-0.10, 0.80, x + 0.04 * sheet.ragged) * ends, mix(colour, INK, 0.25), 0.30 * strength, granulation=0.15)
        self.wet_folds(ends, colour)
        chin = sheet.mask(self.px([(-0.25, 0.56), (0.27, 0.56), (0.34, 0.70), (0.20, 0.84), (-0.02, 0.78), (-0.20, 0.68)]))
        sheet.wash(sheet.soften(chin, 0.030 * h) * ends, mix(colour, INK, 0.6), 0.40)
        return ends

    def wet_folds(self, ends, colour):
        """Broad strokes of a wet brush from armpit and shoulder."""
        r, w, layer, h = self.rng, self.wide, self.sheet.strokes(), self.head.height
        for side in (-1, 1):
            for k in range(r.integers(1, 3)):
                y = 0.84 + 0.13 * k + r.uniform(-0.03, 0.03)
                self.stroke(layer, [(side * w * (0.90 - 0.02 * k), y), (side * w * 0.76, y + 0.08), (side * w * r.uniform(0.52, 0.66), y + r.uniform(0.16, 0.26))], r.uniform(0.03, 0.06), r.uniform(0.35, 0.7), attack=0.12)
            self.stroke(layer, [(side * w * 0.70, 1.34), (side * w * 0.68, 1.14), (side * w * 0.60, 0.95)], 0.06, 0.8, attack=0.3)
            self.stroke(layer, [(side * 0.27, 0.68), (side * 0.36, 0.84), (side * 0.40, 1.04)], 0.045, 0.5, attack=0.3)
        self.sheet.wash(self.sheet.soften(layer.array(), 0.006 * h) * ends, mix(colour, INK, 0.45), 0.24, edge=0.5, edge_width=0.008 * h, granulation=0.15)

    def folds(self, ink, much=1.0):
        """The line of the shoulders, and the pull of the cloth at the armpit."""
        r, w = self.rng, self.wide
        for side in (-1, 1):
            self.stroke(ink, [(side * w * 0.70, 1.30), (side * w * 0.665, 1.12), (side * w * 0.60, 0.98)], 0.012, 0.70 * much)
            for k in range(r.integers(0, 3)):
                y = 0.90 + 0.12 * k + r.uniform(-0.04, 0.04)
                self.stroke(ink, [(side * w * (0.84 - 0.03 * k), y), (side * w * 0.74, y + 0.06), (side * w * 0.66, y + 0.15)], 0.008, 0.42 * much, attack=0.15)
        half = spline(self.torso())
        for line, alpha in ((half, 0.80), (half * [-1, 1], 0.50)):
            a, b = 34 + r.integers(0, 5), 60 + r.integers(-4, 5)
            self.stroke(ink, line[a:b], 0.011, alpha, smooth=False, attack=0.35, tail=0.3)
            self.stroke(ink, line[b - r.integers(2, 6):], 0.013, alpha, smooth=False, attack=0.3, tail=0.2)

    def lay_ink(self, ink, colour=None, strength=0.85):
        density = self.fade(ink.array() * np.clip(1 - 0.25 * np.clip(0.4 + self.sheet.fine, 0, 1.6), 0, 1))
        self.sheet.wash(density, colour or mix(INK, self.cloth, 0.25), strength, granulation=0)

    def piece(self, points, colour, strength=0.8, shade=0.3, mirror=True, base=(0.975, 0.96, 0.935), begin=None):
        """A flat part of a garment such as a collar leaf, with its own shade.

        Above `begin` (lower and upper end of a soft edge) it melts into what lies below.
        """
        sheet, h = self.sheet, self.head.height
        leaves = [points] + ([[(-x, y) for x, y in points]] if mirror else [])
        for k, leaf in enumerate(leaves):
            mask = sheet.mask(self.px(leaf), smooth=False)
            mask = sheet.rough(mask, 0.0035 * h, amount=0.07, crisp=0.25)
            if begin:
                y = (np.arange(sheet.height, dtype=np.float32)[:, None] - self.head.centre[1]) / h
                mask = mask * smoothstep(*begin, y)
            below = sheet.soften(sheet.shifted(mask, int(0.008 * h), int(0.012 * h)), 0.010 * h)
            sheet.wash(np.clip(below - mask, 0, 1), INK, 0.30)
            sheet.cover(mask, base)
            sheet.wash(mask, colour, strength, edge=0.4, edge_width=0.008 * h, granulation=0.22)
            right = max(p[0] for p in leaf) > 0.05
            sheet.wash(mask, mix(colour, INK, 0.4), shade if right else shade * 0.35)

    def button(self, x, y, r=0.017, colour=None):
        a = np.linspace(0, 2 * np.pi, 13)[:-1]
        ring = np.stack([np.cos(a), np.sin(a)], 1)
        mask = self.sheet.mask(self.px(np.array([x, y]) + ring * r), smooth=False)
        self.sheet.wash(self.sheet.soften(self.sheet.shifted(mask, 3, 4), 3), INK, 0.4)
        self.sheet.cover(mask, colour or mix(self.cloth, INK, 0.55))
        shine = self.sheet.mask(self.px(np.array([x - r * 0.3, y - r * 0.35]) + ring * r * 0.3), smooth=False)
        self.sheet.cover(shine, (1, 1, 1), 0.45)

    # --- garments ----------------------------------------------------------------------

    def inner_shirt(self, colour=LINEN, deep=0.86):
        """What a collar shows of the shirt below."""
        n = self.neck
        self.piece([(0.0, 0.72), (n * 0.6, 0.66), (n * 0.97, 0.56), (n * 1.2, 0.58), (0.225, 0.72), (0.115, deep + 0.05), (0.0, deep + 0.2)], colour, 0.55, 0.2)
        self.throat(0.715)

    def throat(self, low):
        """The open neck of a shirt: skin again."""
        n = self.neck
        sheet, h = self.sheet, self.head.height
        mask = self.shape([(n * 0.86, 0.55), (n * 0.62, 0.62), (0.004, low)], smooth=False)
        y = (np.arange(sheet.height, dtype=np.float32)[:, None] - self.head.centre[1]) / h
        mask = mask * smoothstep(0.57, 0.66, y)
        sheet.cover(mask, (0.97, 0.935, 0.885))
        sheet.wash(mask, SKIN, 0.8)
        sheet.wash(mask, SHADE, 0.62)
        x = (np.arange(sheet.width, dtype=np.float32)[None, :] - self.head.centre[0]) / h
        sheet.wash(mask * smoothstep(-0.02, 0.10, x), DEEP, 0.35)

    def shirt_collar(self, colour=LINEN, strength=0.6, low=0.755):
        n = self.neck
        leaf = [(n * 0.97, 0.500), (n * 1.14, 0.545), (n * 1.27, 0.630), (n * 0.90, low + 0.025), (n * 0.24, low - 0.050), (n * 0.62, 0.630)]
        self.piece(leaf, colour, strength, 0.26)
        ink = self.sheet.strokes()
        self.both(ink, leaf[:1] + leaf[1:4], 0.008, 0.7, smooth=False, attack=0.3, tail=0.5)
        self.both(ink, leaf[3:] + leaf[:1], 0.008, 0.85, smooth=False, attack=0.2, tail=0.5)
        self.lay_ink(ink)

    def wear_zhongshan(self):
        """中山装: a closed turned-down collar, five buttons, flapped pockets."""
        self.paint_cloth(self.torso(), self.cloth)
        n, ink = self.neck, self.sheet.strokes()
        self.folds(ink)
        self.stroke(ink, [(0.012, 0.70), (0.018, 0.95), (0.012, 1.34)], 0.009, 0.8)
        self.both(ink, [(0.24, 0.985), (0.36, 1.00), (0.50, 0.982)], 0.010, 0.8)
        self.both(ink, [(0.24, 0.985), (0.245, 1.05), (0.37, 1.085), (0.495, 1.05), (0.50, 0.982)], 0.007, 0.65, smooth=False)
        self.lay_ink(ink)
        self.piece([(0.0, 0.64), (0.07, 0.64), (0.09, 0.74), (0.0, 0.77)], self.cloth, 0.8, 0.3)
        under = [(n * 0.96, 0.495), (n * 1.10, 0.525), (n * 0.80, 0.605), (0.0, 0.650), (0.0, 0.622), (n * 0.72, 0.572)]
        self.piece(under, LINEN, 0.3, 0.15)
        leaf = [(n * 0.98, 0.500), (n * 1.15, 0.545), (n * 1.32, 0.635), (n * 1.02, 0.748), (0.018, 0.695), (0.006, 0.640), (n * 0.70, 0.600)]
        self.piece(leaf, self.cloth, 0.80, 0.40)
        ink = self.sheet.strokes()
        self.both(ink, leaf[1:5], 0.009, 0.85, smooth=False, attack=0.2, tail=0.5)
        self.both(ink, leaf[4:] + leaf[:1], 0.009, 0.85, smooth=False, attack=0.2, tail=0.5)
        self.both(ink, [(n * 1.22, 0.645), (n * 0.98, 0.728), (n * 0.4, 0.697)], 0.004, 0.5, smooth=False)
        self.lay_ink(ink)
        for y in (0.775, 0.935, 1.095):
            self.button(0.0, y)
        self.button(0.37, 1.025, 0.012)
        self.button(-0.37, 1.025, 0.012)
        if self.person.get("pen"):
            pen = self.sheet.strokes()
            self.stroke(pen, [(0.315, 0.915), (0.314, 0.985)], 0.014, 1, attack=0.05, tail=0.9, smooth=False)
            self.sheet.gouache(pen, (0.80, 0.70, 0.47), 0.9)

    def wear_shirt(self):
        colour = self.person.get("cloth", LINEN)
        self.cloth = colour
        self.paint_cloth(self.torso(), colour, 0.9)
        ink = self.sheet.strokes()
        self.folds(ink, 0.9)
        self.both(ink, [(0.036, 0.78), (0.038, 1.0), (0.036, 1.34)], 0.006, 0.55)
        self.stroke(ink, [(0.22, 0.985), (0.36, 0.99), (0.46, 0.98), (0.46, 1.12), (0.34, 1.16), (0.22, 1.12), (0.22, 0.985)], 0.007, 0.6, smooth=False, tail=0.6)
        self.lay_ink(ink)
        self.throat(0.75)
        self.shirt_collar(colour, 0.66)
        for y in (0.82, 0.97, 1.12):
            self.button(0.0, y, 0.012, mix(colour, (1, 1, 1), 0.6))

    def wear_cardigan(self):
        """A knitted cardigan over a shirt."""
        self.paint_cloth(self.torso(), self.cloth)
        front = [(0.0, 0.72), (self.neck * 0.6, 0.66), (self.neck * 0.97, 0.56), (self.neck * 1.20, 0.575), (0.262, 0.66), (0.215, 0.84), (0.0, 1.13)]
        shirt = self.person.get("shirt", LINEN)
        self.piece(front, shirt, 0.55, 0.18)
        ink = self.sheet.strokes()
        self.stroke(ink, [(0.01, 0.75), (0.012, 0.95), (0.0, 1.10)], 0.006, 0.6)
        self.lay_ink(ink)
        self.throat(0.74)
        self.shirt_collar(shirt, 0.6)
        for y in (0.83, 0.95):
            self.button(0.0, y, 0.011, (0.95, 0.94, 0.92))
        ink = self.sheet.strokes()
        self.folds(ink, 0.8)
        edge = [(self.neck * 1.42, 0.600), (0.285, 0.69), (0.235, 0.85), (0.02, 1.13), (0.015, 1.36)]
        band = [(self.neck * 1.42 + 0.055, 0.645), (0.345, 0.72), (0.295, 0.87), (0.075, 1.16), (0.07, 1.36)]
        self.both(ink, edge, 0.012, 0.85)
        self.both(ink, band, 0.007, 0.65)
        a, b = spline(edge, steps=14), spline(band, steps=14)
        for k in range(5, len(a), 2):  # ribbing
            self.both(ink, [a[k], b[k]], 0.004, 0.45, smooth=False)
        self.knit(ink)
        self.lay_ink(ink)
        self.button(0.045, 1.20, 0.016)

    def knit(self, ink):
        r = self.rng
        for x in np.arange(-0.74, 0.75, 0.042):
            if abs(x) < 0.27:
                continue
            top = 0.70 + abs(x) * 0.22
            self.stroke(ink, [(x, top + r.uniform(0, 0.1)), (x * 1.02, 1.0), (x * 1.03, 1.3)], 0.004, 0.28)

    def wear_jacket(self):
        """A work jacket, open a little at the neck over a shirt."""
        self.paint_cloth(self.torso(), self.cloth)
        self.inner_shirt(self.person.get("shirt", LINEN), 0.82)
        self.shirt_collar(self.person.get("shirt", LINEN), 0.55, 0.735)
        leaf = [(self.neck * 1.10, 0.545), (self.neck * 1.30, 0.570), (0.330, 0.680), (0.345, 0.770), (0.215, 0.835), (0.150, 0.800), (self.neck * 1.02, 0.68), (self.neck * 1.0, 0.60)]
        self.piece(leaf, self.cloth, 0.85, 0.38)
        ink = self.sheet.strokes()
        self.folds(ink)
        self.both(ink, leaf[1:6], 0.009, 0.80, smooth=False, attack=0.2, tail=0.4)
        self.both(ink, [leaf[0], leaf[7], leaf[6], leaf[5], (0.055, 0.94), (0.0, 1.05)], 0.009, 0.80, attack=0.2, tail=0.4)
        self.stroke(ink, [(0.0, 1.03), (0.004, 1.2), (0.0, 1.36)], 0.010, 0.85)
        self.both(ink, [(0.055, 1.05), (0.058, 1.2), (0.055, 1.36)], 0.004, 0.5)
        self.both(ink, [(0.27, 1.02), (0.40, 1.00), (0.50, 1.02)], 0.009, 0.7)
        self.lay_ink(ink)
        for k in range(9):
            y = 1.05 + 0.022 * k
            self.stroke(ink, [(-0.008, y), (0.010, y)], 0.006, 0.6, smooth=False)

    def wear_army(self):
        """A plain jacket of the old army cut: turned-down collar, flapped pockets, straps on the shoulders, no marks."""
        self.paint_cloth(self.torso(), self.cloth)
        shirt, ink = self.person.get("shirt", LINEN), self.sheet.strokes()
        self.inner_shirt(shirt, 0.72)
        self.shirt_collar(shirt, 0.5, 0.72)
        self.folds(ink, 0.9)
        self.stroke(ink, [(0.004, 0.88), (0.014, 1.05), (0.008, 1.36)], 0.009, 0.8)
        self.both(ink, [(0.22, 0.965), (0.33, 0.995), (0.45, 0.962)], 0.009, 0.75)
        self.both(ink, [(0.22, 0.905), (0.22, 0.965), (0.33, 0.995), (0.45, 0.962), (0.45, 0.902), (0.22, 0.905)], 0.006, 0.6, smooth=False, tail=0.6)
        self.both(ink, [(0.225, 0.97), (0.23, 1.16), (0.44, 1.16), (0.447, 0.965)], 0.006, 0.5, smooth=False, tail=0.6)
        self.lay_ink(ink)
        strap = [(0.36, 0.672), (0.56, 0.708), (0.585, 0.742), (0.555, 0.752), (0.37, 0.708)]
        self.piece(strap, self.cloth, 0.75, 0.25)
        ink = self.sheet.strokes()
        self.both(ink, strap + strap[:1], 0.006, 0.7, smooth=False, attack=0.1, tail=0.7)
        n = self.neck
        leaf = [(n * 1.02, 0.530), (n * 1.22, 0.560), (n * 1.50, 0.650), (n * 1.38, 0.775), (n * 0.78, 0.800), (n * 0.30, 0.900), (0.0, 0.960), (n * 0.52, 0.800), (n * 0.88, 0.660)]
        self.piece(leaf[:5] + leaf[7:], self.cloth, 0.85, 0.34)
        self.both(ink, leaf[1:5] + leaf[7:8], 0.009, 0.80, smooth=False, attack=0.2, tail=0.4)
        self.both(ink, [leaf[0], leaf[8], leaf[7], leaf[5], leaf[6]], 0.009, 0.80, attack=0.2, tail=0.4)
        self.lay_ink(ink)
        for x, y, r in ((0.0, 1.0, 0.016), (0.0, 1.15, 0.016), (0.335, 0.955, 0.011), (-0.335, 0.955, 0.011)):
            self.button(x, y, r)

    def wear_suit(self):
        """A plain jacket with lapels over a knitted waistcoat."""
        self.paint_cloth(self.torso(), self.cloth)
        front = [(0.0, 0.72), (self.neck * 0.6, 0.66), (self.neck * 0.97, 0.56), (self.neck * 1.20, 0.575), (0.25, 0.66), (0.20, 0.90), (0.0, 1.30)]
        self.piece(front, LINEN, 0.5, 0.18)
        vest = [(0.0, 0.93), (0.105, 0.80), (0.215, 0.72), (0.21, 0.92), (0.0, 1.30)]
        self.piece(vest, mix(self.accent, (0.6, 0.58, 0.55), 0.4), 0.8, 0.2)
        self.throat(0.725)
        self.shirt_collar(LINEN, 0.45, 0.745)
        leaf = [(self.neck * 1.30, 0.558), (self.neck * 1.62, 0.585), (0.350, 0.74), (0.300, 0.775), (0.345, 0.815), (0.03, 1.27), (0.135, 0.96), (0.215, 0.74)]
        self.piece(leaf, self.cloth, 0.9, 0.34)
        ink = self.sheet.strokes()
        self.folds(ink)
        self.both(ink, leaf[1:3] + leaf[3:4] + leaf[4:6], 0.009, 0.85, smooth=False, attack=0.2, tail=0.3)
        self.both(ink, [leaf[0], leaf[7], leaf[6], leaf[5]], 0.010, 0.85, attack=0.2, tail=0.4)
        self.both(ink, [(0.105, 0.80), (0.05, 0.87), (0.0, 0.935)], 0.008, 0.7)
        self.lay_ink(ink)

    def wear_scarf(self):
        """A soft scarf over a plain coat."""
        self.paint_cloth(self.torso(), self.garment())
        ink = self.sheet.strokes()
        self.folds(ink)
        self.lay_ink(ink)
        tone = self.person.get("scarf", self.accent)
        tail = [(-0.02, 0.76), (0.15, 0.74), (0.20, 1.00), (0.215, 1.36), (-0.03, 1.36), (-0.01, 1.0)]
        self.drape(tail, tone)
        far = [(-0.235, 0.520), (-0.12, 0.62), (0.05, 0.735), (0.20, 0.77), (0.13, 0.86), (-0.06, 0.84), (-0.25, 0.72), (-0.305, 0.60)]
        self.drape(far, tone)
        near = [(0.225, 0.515), (0.13, 0.61), (-0.03, 0.715), (-0.12, 0.745), (-0.06, 0.855), (0.12, 0.845), (0.28, 0.74), (0.315, 0.60)]
        self.drape(near, tone)

    def drape(self, points, tone):
        sheet, h = self.sheet, self.head.height
        mask = sheet.soften(sheet.mask(self.px(points)), 0.002 * h)
        below = sheet.soften(sheet.shifted(mask, int(0.012 * h), int(0.02 * h)), 0.014 * h)
        sheet.wash(self.fade(np.clip(below - mask, 0, 1)), INK, 0.38)
        soft = self.fade(mask)
        sheet.cover(soft, (0.975, 0.96, 0.935))
        sheet.wash(soft, tone, 0.70, edge=0.5, edge_width=0.014 * h, granulation=0.3)
        gy, gx = np.gradient(sheet.soften(mask, 0.035 * h))
        sheet.wash(np.clip((-gx * 0.5 - gy) * h * 0.05, 0, 1) * soft, mix(tone, INK, 0.5), 0.75)
        ink = sheet.strokes()
        p = np.array(points)
        n = len(p) // 2
        one, other = spline(p[:n + 1], steps=10), spline(np.vstack([p[n:], p[:1]])[::-1], steps=10)
        m = min(len(one), len(other))
        one, other = one[np.linspace(0, len(one) - 1, m).astype(int)], other[np.linspace(0, len(other) - 1, m).astype(int)]
        for t in (0.22, 0.42, 0.60, 0.80):
            line = one * (1 - t) + other * t + self.rng.normal(0, 0.003, 2)
            a = self.rng.integers(0, m // 4)
            self.stroke(ink, line[a:m - self.rng.integers(1, m // 4)], 0.008, 0.5, smooth=False, attack=0.4)
        self.stroke(ink, one, 0.009, 0.75, smooth=False, attack=0.3, tail=0.3)
        self.stroke(ink, other, 0.009, 0.75, smooth=False, attack=0.3, tail=0.3)
        self.lay_ink(ink, mix(INK, tone, 0.25))

    def stand_collar(self, high=0.515):
        n = self.neck
        leaf = [(n * 1.02, high), (n * 1.14, 0.56), (n * 1.24, 0.63), (0.0, 0.735), (0.0, 0.685), (n * 0.15, 0.655), (n * 0.70, 0.610)]
        self.piece(leaf, self.cloth, 0.85, 0.38)
        ink = self.sheet.strokes()
        self.both(ink, [leaf[0], leaf[6], leaf[5], leaf[4]], 0.010, 0.85, attack=0.2, tail=0.6)
        self.both(ink, [leaf[1], leaf[2], leaf[3]], 0.008, 0.7, attack=0.2, tail=0.6)
        self.lay_ink(ink)
        trim = self.sheet.strokes()
        line = spline([leaf[0], leaf[6], leaf[5], leaf[4]])
        self.both(trim, line + [0.004, 0.012], 0.006, 0.9, smooth=False, attack=0.1, tail=0.7)
        self.sheet.gouache(trim, mix(self.accent, (0.95, 0.90, 0.80), 0.6), 0.8)

    def frog(self, layer, x, y, angle=0.0, size=1.0):
        """盘扣: a knotted button with its loops."""
        c, s = np.cos(angle), np.sin(angle)
        turn = lambda pts: [(x + (a * c - b * s) * size, y + (a * s + b * c) * size) for a, b in pts]
        for side in (-1, 1):
            self.stroke(layer, turn([(0, 0), (side * 0.03, -0.006), (side * 0.062, -0.010), (side * 0.078, 0.004), (side * 0.058, 0.014), (side * 0.03, 0.006), (0, 0.004)]), 0.010, 0.95, attack=0.1, tail=0.8)
        self.stroke(layer, turn([(-0.012, 0), (0, 0.002), (0.012, 0)]), 0.026, 1.0, attack=0.5, tail=0.5)

    def wear_qipao(self):
        """A stand collar and an opening that slants to the right."""
        self.paint_cloth(self.torso(), self.cloth)
        ink, trim = self.sheet.strokes(), self.sheet.strokes()
        self.folds(ink, 0.8)
        slant = [(0.0, 0.725), (-0.10, 0.775), (-0.27, 0.80), (-0.42, 0.86), (-0.50, 0.97), (-0.53, 1.2)]
        self.stroke(ink, slant, 0.012, 0.8)
        self.stroke(trim, [(x + 0.012, y + 0.010) for x, y in slant], 0.012, 0.9, attack=0.1, tail=0.6)
        self.blossoms(trim)
        self.lay_ink(ink)
        self.sheet.cover(self.fade(trim.array()), mix(self.accent, (0.95, 0.90, 0.80), 0.55), 0.75)
        self.stand_collar()
        knots = self.sheet.strokes()
        self.frog(knots, 0.0, 0.715)
        self.frog(knots, -0.28, 0.805, 0.35)
        self.sheet.ink(knots, mix(self.accent, INK, 0.6), 1.3)

    def blossoms(self, layer):
        r = self.rng
        for _ in range(26):
            x, y = r.uniform(-0.72, 0.72), r.uniform(0.80, 1.25)
            if y < 0.62 + abs(x) * 0.32 + 0.08:
                continue
            for k in range(5):
                a = k * 2 * np.pi / 5 + r.uniform(0, 0.3)
                self.stroke(layer, [(x, y), (x + np.cos(a) * 0.018, y + np.sin(a) * 0.018)], 0.015, r.uniform(0.3, 0.6), smooth=False, attack=0.75)

    def wear_tang(self):
        """A jacket with a stand collar and knotted buttons down the front."""
        self.paint_cloth(self.torso(), self.cloth)
        ink, knots = self.sheet.strokes(), self.sheet.strokes()
        self.folds(ink)
        self.stroke(ink, [(0.0, 0.73), (0.006, 0.95), (0.0, 1.36)], 0.010, 0.85)
        self.rings()
        self.lay_ink(ink)
        self.stand_collar()
        for y in (0.725, 0.875, 1.025, 1.175):
            self.frog(knots, 0.0, y, 0, 1.25)
        self.sheet.cover(self.fade(self.sheet.soften(self.sheet.shifted(knots.array(), 2, 3), 2)), INK, 0.35)
        self.sheet.cover(self.fade(knots.array()), mix(self.accent, (0.93, 0.88, 0.76), 0.55), 0.95)

    def rings(self):
        """A damask of plain rings, barely lighter than the cloth."""
        layer = self.sheet.strokes()
        a = np.linspace(0, 2 * np.pi, 25)
        for row in range(4):
            for column in range(-3, 4):
                x, y = 0.25 * column + (0.125 if row % 2 else 0), 0.80 + 0.16 * row
                if abs(x) < 0.11 or y < 0.66 + abs(x) * 0.28 or abs(x) > 0.72:
                    continue
                for radius in (0.056, 0.044):
                    self.stroke(layer, np.stack([x + radius * np.cos(a), y + radius * np.sin(a)], 1), 0.005, 0.8, smooth=False, attack=0.05, tail=0.9)
        self.sheet.cover(self.fade(layer.array()), mix(self.cloth, (1, 0.97, 0.90), 0.55), 0.20)

    def wear_sweater(self):
        """A round-necked jersey, the shirt's collar folded over it."""
        self.paint_cloth(self.torso(), self.cloth)
        shirt = self.person.get("shirt", LINEN)
        n = self.neck
        ink = self.sheet.strokes()
        self.folds(ink, 0.8)
        outer, inner = [(n * 1.66, 0.60), (n * 1.45, 0.71), (0.12, 0.785), (0.0, 0.80)], [(n * 1.42, 0.585), (n * 1.2, 0.67), (0.10, 0.735), (0.0, 0.75)]
        a, b = spline(outer, steps=14), spline(inner, steps=14)
        for k in range(1, len(a), 2):
            self.both(ink, [a[k], b[k]], 0.005, 0.5, smooth=False)
        self.both(ink, outer, 0.010, 0.8, attack=0.2, tail=0.7)
        self.cables(ink)
        self.lay_ink(ink)
        self.piece([(0.0, 0.72), (n * 0.6, 0.66), (n * 0.97, 0.56), (n * 1.35, 0.57), (n * 1.2, 0.66), (0.10, 0.728), (0.0, 0.742)], shirt, 0.55, 0.2)
        self.throat(0.715)
        self.shirt_collar(shirt, 0.6, 0.765)

    def cables(self, ink):
        y = np.linspace(0.84, 1.34, 40)
        for x in (-0.42, -0.21, 0.0, 0.21, 0.42):
            start = 0.0 if abs(x) < 0.3 else 4
            for phase in (0, np.pi):
                self.stroke(ink, np.stack([x + 0.024 * np.sin(y * 42 + phase), y], 1)[int(start):], 0.007, 0.55, smooth=False, attack=0.1, tail=0.6)
            for edge in (-0.042, 0.042):
                self.stroke(ink, np.stack([np.full_like(y, x + edge), y], 1)[int(start):], 0.005, 0.5, smooth=False, attack=0.1, tail=0.6)

    def garment(self):
        """The outermost garment's colour."""
        return mix(self.cloth, (0.42, 0.40, 0.39), 0.55) if self.person["dress"] == "scarf" else self.cloth

    def lower(self):
        """Below the chest of a standing figure: the hem, and the arms that hang at ease."""
        w, ink, faint = self.wide, self.sheet.strokes(), self.sheet.strokes()
        if self.person["dress"] not in ("sweater", "qipao", "scarf"):
            self.stroke(ink, [(0.0, 1.25), (0.012, 1.6), (0.0, 2.50)], 0.010, 0.7)
        self.both(ink, [(w * 0.74, 2.50), (w * 0.4, 2.545), (0.0, 2.53)], 0.014, 0.85, attack=0.3, tail=0.4)
        for side in (-1, 1):
            lean = self.rng.uniform(-0.02, 0.02)
            self.stroke(faint, [(side * w * 0.60, 1.62), (side * w * (0.40 + lean), 1.74), (side * w * 0.22, 1.79)], 0.012, 0.4)
            self.stroke(faint, [(side * w * 0.60, 2.20), (side * w * (0.44 + lean), 2.30), (side * w * 0.40, 2.44)], 0.012, 0.4)
        self.lay_ink(faint, strength=0.6)
        self.lay_ink(ink)
        for side in (-1, 1):
            self.arm(side)

    def arm(self, side):
        """A sleeve from shoulder to wrist, and the hand below it."""
        w, r = self.wide, self.rng
        at = lambda points: [(side * w * x, y) for x, y in points]
        self.hand(side)
        sleeve = at([(0.66, 0.98), (0.72, 1.40), (0.74, 1.75), (0.72, 2.12), (0.92, 2.16), (1.01, 1.80), (1.03, 1.35), (0.98, 0.95)])
        self.piece(sleeve, self.garment(), 0.66, 0.22, mirror=False, begin=(1.00, 1.30))
        ink, faint = self.sheet.strokes(), self.sheet.strokes()
        self.stroke(ink, at([(0.65, 1.02), (0.715, 1.40), (0.735, 1.75), (0.72, 2.12)]), 0.012, 0.75, attack=0.3, tail=0.4)
        self.stroke(ink, at([(1.03, 1.35), (1.01, 1.80), (0.92, 2.16)]), 0.012, 0.70, attack=0.3, tail=0.3)
        self.stroke(ink, at([(0.715, 2.12), (0.82, 2.155), (0.925, 2.16)]), 0.010, 0.8, attack=0.3, tail=0.4)
        for y in (1.46, 1.58, 1.72):
            y += r.uniform(-0.03, 0.03)
            self.stroke(faint, at([(0.75, y), (0.85, y + 0.05), (0.93, y + 0.03)]), 0.014, 0.5)
        self.lay_ink(faint, strength=0.6)
        self.lay_ink(ink)

    def hand(self, side):
        """A hand hanging half closed, its back to the viewer."""
        sheet, h, w = self.sheet, self.head.height, self.wide
        at = lambda points: self.px([(side * (w * 0.82 + x), y) for x, y in points])
        mask = sheet.mask(at([(-0.075, 2.10), (0.075, 2.12), (0.095, 2.22), (0.085, 2.36), (0.045, 2.44), (-0.02, 2.43), (-0.07, 2.36), (-0.10, 2.30), (-0.09, 2.20)]))
        sheet.cover(mask, (0.98, 0.955, 0.915))
        sheet.wash(mask, SKIN, 0.8, edge=0.4, edge_width=0.03 * h)
        sheet.wash(mask, SHADE, 0.28 if side < 0 else 0.42, edge=0.6, edge_width=0.04 * h)
        ink = sheet.strokes()
        for x in (-0.02, 0.022, 0.058):
            self.stroke(ink, [(side * (w * 0.82 + x), 2.28), (side * (w * 0.82 + x + 0.004), 2.36), (side * (w * 0.82 + x - 0.006), 2.42)], 0.008, 0.6)
        ink.stroke(at([(-0.085, 2.16), (-0.10, 2.29), (-0.07, 2.36), (-0.02, 2.43), (0.045, 2.44), (0.085, 2.36), (0.095, 2.22)]), 0.009 * h, 0.7)
        sheet.ink(ink, mix(INK, SHADE, 0.35), 0.75)

    def trousers(self):
        """The legs, laid before the jacket that hangs over them."""
        w, ink = self.wide, self.sheet.strokes()
        mask = self.shape([(0.0, 2.4), (w * 0.68, 2.4), (w * 0.66, 3.2), (w * 0.60, 4.6), (w * 0.10, 4.6), (0.0, 3.0)], smooth=False)
        self.sheet.cover(mask, (0.975, 0.96, 0.935))
        self.sheet.wash(mask, (0.45, 0.44, 0.44), 0.85, edge=0.3, granulation=0.15)
        right = self.sheet.mask(self.px([(w * 0.30, 2.4), (w * 0.7, 2.4), (w * 0.62, 4.6), (w * 0.36, 4.6)]), smooth=False)
        self.sheet.wash(self.sheet.soften(right, 0.04 * self.head.height) * mask, INK, 0.22)
        self.stroke(ink, [(0.0, 2.5), (0.01, 2.8), (0.0, 3.05)], 0.016, 0.8)
        self.both(ink, [(w * 0.68, 2.4), (w * 0.66, 3.2), (w * 0.60, 4.6)], 0.014, 0.8)
        self.both(ink, [(w * 0.34, 2.7), (w * 0.33, 3.3), (w * 0.32, 4.4)], 0.008, 0.45)
        self.lay_ink(ink)

    def paint(self):
        if self.bottom is not None:
            self.trousers()
        getattr(self, "wear_" + self.person["dress"])()
        if self.bottom is not None:
            self.lower()
