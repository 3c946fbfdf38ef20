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
        self.wide = 0.80 if head.female else 0.87
        self.neck = 0.168 if head.female else 0.200
        self.shift = -np.sin(head.turn) * 0.10

    def px(self, points):
        return np.asarray(self.head.centre) + (np.asarray(points, dtype=float) + [self.shift * 0.5, 0]) * self.head.height

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
        """Lets the washes run out into bare paper towards the bottom edge."""
        if self.bottom is not None:
            return mask
        h = self.head.height
        y = np.arange(self.sheet.height, dtype=np.float32)[:, None]
        y = (y - self.head.centre[1]) / h + 0.018 * self.sheet.blotch
        x = (np.arange(self.sheet.width, dtype=np.float32)[None, :] - self.head.centre[0]) / h
        return mask * (0.12 + 0.88 * smoothstep(1.36, 0.98, y + 0.10 * np.abs(x) ** 2))

    def paint_neck(self):
        sheet, h, n = self.sheet, self.head.height, self.neck
        mask = self.shape([(n * 0.98, 0.22), (n * 0.98, 0.42), (n * 1.04, 0.53), (n * 1.16, 0.60), (n * 1.0, 0.78), (0.02, 0.84)])
        sheet.cover(mask, (0.98, 0.955, 0.915))
        sheet.wash(mask, SKIN, 0.85)
        chin = sheet.mask(self.head.px(self.head.outline() * [1.02, 1] + [0.012, 0.085]), smooth=False)
        sheet.wash(sheet.soften(chin, 0.022 * h) * mask, SHADE, 0.75, edge=0.15)
        chin = sheet.mask(self.head.px(self.head.outline() * [0.96, 1] + [0.03, 0.035]), smooth=False)
        sheet.wash(sheet.soften(chin, 0.014 * h) * mask, DEEP, 0.45)
        right = self.shape([(n * 1.6, 0.3), (n * 1.6, 0.86)], smooth=False)
        x = (np.arange(sheet.width, dtype=np.float32)[None, :] - self.head.centre[0]) / h
        sheet.wash(right * mask * smoothstep(0.02, n, x), SHADE, 0.55)
        faint, old = sheet.strokes(), self.head.old
        for side in (-1, 1):
            self.stroke(faint, [(side * n * 0.74, 0.46), (side * n * 0.52, 0.57), (side * 0.035, 0.685)], 0.010, 0.55)
            if old > 0.35:
                self.stroke(faint, [(side * 0.055, 0.50), (side * 0.046, 0.58), (side * 0.024, 0.65)], 0.007, 0.5)
        for k in range(int(1 + 2 * old)):
            y = 0.545 + 0.035 * k
            self.stroke(faint, [(-n * 0.7, y - 0.012), (0.0, y + 0.010), (n * 0.7, y - 0.010)], 0.005, 0.4)
        self.both(faint, [(n * 0.98, 0.36), (n * 0.98, 0.45), (n * 1.05, 0.54)], 0.009, 0.8)
        sheet.ink(faint, mix(INK, SHADE, 0.3), 0.8)

    def torso(self):
        w = self.wide
        half = [(0.0, 0.720), (self.neck * 0.62, 0.665), (self.neck * 0.98, 0.555), (self.neck * 1.42, 0.590), (0.40, 0.665), (w * 0.78, 0.745), (w * 0.95, 0.86), (w * 1.02, 1.05), (w * 1.06, 1.40)]
        if self.bottom is not None:
            half = half[:-1] + [(w * 1.02, 1.45), (w * 0.98, 1.80), (w * 0.80, 2.00), (w * 0.70, 2.30), (w * 0.72, 2.62), (w * 0.60, 2.66), (0.0, 2.66)]
        return half

    def paint_cloth(self, half, colour, strength=1.0, fade=True):
        """A garment: cover, washes with wet edges, and shade away from the light."""
        sheet, h = self.sheet, self.head.height
        mask = sheet.rough(self.shape(half), 0.004 * h, amount=0.07)
        self.torso_mask = mask
        soft_bottom = self.fade(mask) if fade else mask
        sheet.cover(soft_bottom, (0.975, 0.96, 0.935))
        sheet.wash(soft_bottom, colour, 0.62 * strength, edge=0.35, edge_width=0.012 * h, granulation=0.22)
        broad = sheet.soften(mask, 0.10 * h)
        gy, gx = np.gradient(broad)
        dark = np.clip((-gx * 0.9 - 0.25 * gy) * h * 0.12, 0, 1)
        sheet.wash(dark * soft_bottom, mix(colour, INK, 0.45), 0.75 * strength, granulation=0.25)
        x = (np.arange(sheet.width, dtype=np.float32)[None, :] - self.head.centre[0]) / h
        side = smoothstep(-0.15, 0.75, x + 0.05 * sheet.blotch)
        sheet.wash(side * soft_bottom, mix(colour, INK, 0.3), 0.42 * strength, granulation=0.3)
        chin = sheet.mask(self.px([(-0.27, 0.56), (0.27, 0.56), (0.33, 0.70), (0.16, 0.83), (-0.06, 0.78), (-0.23, 0.68)]))
        sheet.wash(sheet.soften(chin, 0.035 * h) * soft_bottom, mix(colour, INK, 0.6), 0.42)
        return soft_bottom

    def folds(self, ink, much=1.0):
        """The pull of the cloth at the armpit and from the shoulder."""
        r, w = self.rng, self.wide
        for side in (-1, 1):
            self.stroke(ink, [(side * w * 0.70, 1.30), (side * w * 0.66, 1.12), (side * w * 0.60, 0.98)], 0.013, 0.75 * much)
            for k in range(3):
                y = 0.86 + 0.09 * k + r.uniform(-0.02, 0.02)
                self.stroke(ink, [(side * w * (0.86 - 0.03 * k), y), (side * w * 0.74, y + 0.06), (side * w * 0.66, y + 0.15)], 0.009, 0.45 * much, attack=0.15)
            self.stroke(ink, [(side * 0.30, 0.70), (side * 0.36, 0.80), (side * 0.37, 0.93)], 0.008, 0.4 * much)
        half = spline(self.torso())
        self.stroke(ink, half[32:], 0.013, 0.85, smooth=False, attack=0.3, tail=0.2)
        self.stroke(ink, half[32:] * [-1, 1], 0.011, 0.62, smooth=False, attack=0.3, tail=0.2)

    def lay_ink(self, ink, colour=None, strength=0.85):
        mask = smoothstep(1.42, 1.02, (np.arange(self.sheet.height, dtype=np.float32)[:, None] - self.head.centre[1]) / self.head.height) if self.bottom is None else 1.0
        density = ink.array() * np.clip(1 - 0.25 * np.clip(0.4 + self.sheet.fine, 0, 1.6), 0, 1) * mask
        self.sheet.wash(density, colour or mix(INK, self.cloth, 0.18), strength, granulation=0)

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

    def button(self, ink, x, y, r=0.017, colour=None):
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
        self.piece([(0.0, 0.72), (n * 0.6, 0.66), (n * 0.97, 0.56), (n * 1.3, 0.58), (0.26, 0.70), (0.16, deep + 0.14), (0.0, deep + 0.2)], colour, 0.55, 0.2)
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
        leaf = [(n * 0.98, 0.500), (n * 1.22, 0.560), (n * 1.42, 0.640), (n * 1.02, low + 0.035), (n * 0.30, low - 0.045), (n * 0.62, 0.635)]
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
        under = [(n * 0.96, 0.495), (n * 1.12, 0.53), (n * 0.9, 0.60), (0.0, 0.655), (0.0, 0.60)]
        self.piece(under, LINEN, 0.3, 0.15)
        leaf = [(n * 0.99, 0.500), (n * 1.26, 0.560), (n * 1.50, 0.648), (n * 1.16, 0.742), (0.018, 0.692), (0.006, 0.640), (n * 0.70, 0.600)]
        self.piece(leaf, self.cloth, 0.80, 0.40)
        ink = self.sheet.strokes()
        self.both(ink, leaf[1:5], 0.009, 0.85, smooth=False, attack=0.2, tail=0.5)
        self.both(ink, leaf[4:] + leaf[:1], 0.009, 0.85, smooth=False, attack=0.2, tail=0.5)
        self.both(ink, [(n * 1.36, 0.66), (n * 1.10, 0.722), (n * 0.4, 0.693)], 0.004, 0.5, smooth=False)
        self.lay_ink(ink)
        for y in (0.775, 0.935, 1.095):
            self.button(ink, 0.0, y)
        self.button(ink, 0.37, 1.025, 0.012)
        self.button(ink, -0.37, 1.025, 0.012)
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
            self.button(ink, 0.0, y, 0.012, mix(colour, (1, 1, 1), 0.6))

    def wear_cardigan(self):
        """A knitted cardigan over a shirt."""
        self.paint_cloth(self.torso(), self.cloth)
        front = [(0.0, 0.72), (self.neck * 0.6, 0.66), (self.neck * 0.97, 0.56), (self.neck * 1.42, 0.575), (0.262, 0.66), (0.215, 0.84), (0.0, 1.13)]
        shirt = self.person.get("shirt", LINEN)
        self.piece(front, shirt, 0.55, 0.18)
        ink = self.sheet.strokes()
        self.stroke(ink, [(0.01, 0.75), (0.012, 0.95), (0.0, 1.10)], 0.006, 0.6)
        self.lay_ink(ink)
        self.throat(0.74)
        self.shirt_collar(shirt, 0.6)
        for y in (0.83, 0.95):
            self.button(ink, 0.0, y, 0.011, (0.95, 0.94, 0.92))
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
        self.button(ink, 0.045, 1.20, 0.016)

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
        leaf = [(self.neck * 1.28, 0.560), (self.neck * 1.55, 0.575), (0.375, 0.690), (0.365, 0.800), (0.215, 0.850), (0.075, 1.02), (0.135, 0.80), (self.neck * 1.18, 0.66)]
        self.piece(leaf, self.cloth, 0.85, 0.38)
        ink = self.sheet.strokes()
        self.folds(ink)
        self.both(ink, leaf[1:6], 0.010, 0.85, smooth=False, attack=0.2, tail=0.4)
        self.both(ink, [leaf[0], leaf[7], leaf[6], leaf[5]], 0.010, 0.85, attack=0.2, tail=0.4)
        self.stroke(ink, [(0.0, 1.03), (0.004, 1.2), (0.0, 1.36)], 0.010, 0.85)
        self.both(ink, [(0.055, 1.05), (0.058, 1.2), (0.055, 1.36)], 0.004, 0.5)
        self.both(ink, [(0.27, 1.02), (0.40, 1.00), (0.50, 1.02)], 0.009, 0.7)
        self.lay_ink(ink)
        for k in range(9):
            y = 1.05 + 0.022 * k
            self.stroke(ink, [(-0.008, y), (0.010, y)], 0.006, 0.6, smooth=False)

    def wear_suit(self):
        """A plain jacket with lapels over a knitted waistcoat."""
        self.paint_cloth(self.torso(), self.cloth)
        front = [(0.0, 0.72), (self.neck * 0.6, 0.66), (self.neck * 0.97, 0.56), (self.neck * 1.42, 0.575), (0.25, 0.66), (0.20, 0.90), (0.0, 1.30)]
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
        self.sheet.cover(self.fade(layer.array()), mix(self.cloth, (1, 0.97, 0.90), 0.55), 0.38)

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
        """Below the chest of a standing figure: the hem, the arms and the folded hands."""
        w, ink, faint = self.wide, self.sheet.strokes(), self.sheet.strokes()
        if self.person["dress"] not in ("sweater", "qipao", "scarf"):
            self.stroke(ink, [(0.0, 1.25), (0.012, 1.6), (0.0, 2.64)], 0.010, 0.7)
        self.both(ink, [(w * 0.66, 1.10), (w * 0.64, 1.45), (w * 0.60, 1.72)], 0.016, 0.8)
        self.both(faint, [(w * 0.80, 1.50), (w * 0.72, 1.62), (w * 0.66, 1.66)], 0.012, 0.6)
        self.both(faint, [(w * 0.95, 1.60), (w * 0.80, 1.74), (w * 0.60, 1.80)], 0.012, 0.5)
        self.both(ink, [(w * 0.72, 2.62), (w * 0.4, 2.665), (0.0, 2.65)], 0.014, 0.85, attack=0.3, tail=0.4)
        self.both(ink, [(w * 0.62, 2.14), (w * 0.55, 2.30), (w * 0.57, 2.46)], 0.010, 0.5)
        self.lay_ink(faint, strength=0.7)
        self.lay_ink(ink)
        for side in (-1, 1):  # the sleeves that meet in front
            sleeve = [(side * w * 0.99, 1.62), (side * w * 0.92, 2.02), (side * w * 0.62, 2.10), (side * 0.17, 2.06), (side * 0.15, 1.86), (side * w * 0.58, 1.78), (side * w * 0.66, 1.60)]
            self.piece(sleeve, self.garment(), 0.66, 0.30, mirror=False, begin=(1.60, 1.88))
            ink = self.sheet.strokes()
            self.stroke(ink, sleeve[1:5], 0.013, 0.85, attack=0.2, tail=0.5)
            self.stroke(ink, sleeve[4:6], 0.011, 0.7)
            self.lay_ink(ink)
        self.hands()

    def trousers(self):
        """The legs, laid before the jacket that hangs over them."""
        w, ink = self.wide, self.sheet.strokes()
        mask = self.shape([(0.0, 2.4), (w * 0.68, 2.4), (w * 0.66, 3.2), (w * 0.60, 4.6), (w * 0.10, 4.6), (0.0, 3.0)], smooth=False)
        self.sheet.cover(mask, (0.975, 0.96, 0.935))
        self.sheet.wash(mask, (0.40, 0.39, 0.40), 0.9, edge=0.3, granulation=0.3)
        right = self.sheet.mask(self.px([(w * 0.30, 2.4), (w * 0.7, 2.4), (w * 0.62, 4.6), (w * 0.36, 4.6)]), smooth=False)
        self.sheet.wash(self.sheet.soften(right, 0.04 * self.head.height) * mask, INK, 0.22)
        self.stroke(ink, [(0.0, 2.5), (0.01, 2.8), (0.0, 3.05)], 0.016, 0.8)
        self.both(ink, [(w * 0.68, 2.4), (w * 0.66, 3.2), (w * 0.60, 4.6)], 0.014, 0.8)
        self.both(ink, [(w * 0.34, 2.7), (w * 0.33, 3.3), (w * 0.32, 4.4)], 0.008, 0.45)
        self.lay_ink(ink)

    def hands(self):
        """One hand laid upon the other."""
        sheet, h = self.sheet, self.head.height
        for points in ([(-0.17, 1.87), (-0.02, 1.85), (0.12, 1.91), (0.17, 2.02), (0.10, 2.12), (-0.04, 2.13), (-0.15, 2.06)],
                       [(0.18, 1.86), (0.05, 1.84), (-0.09, 1.92), (-0.13, 2.03), (-0.07, 2.13), (0.06, 2.12), (0.16, 2.05)]):
            mask = sheet.mask(self.px(points))
            sheet.cover(mask, (0.98, 0.955, 0.915))
            sheet.wash(mask, SKIN, 0.9, edge=0.4, edge_width=0.03 * h)
            sheet.wash(mask, SHADE, 0.42, edge=0.8, edge_width=0.04 * h)
        ink = sheet.strokes()
        for k in range(4):
            x = -0.10 + 0.045 * k
            self.stroke(ink, [(x + 0.05, 1.96 + 0.008 * k), (x + 0.012, 2.04), (x + 0.016, 2.11)], 0.011, 0.7)
        self.stroke(ink, [(0.18, 1.86), (0.05, 1.84), (-0.09, 1.92), (-0.13, 2.03), (-0.07, 2.13), (0.06, 2.12)], 0.011, 0.8)
        sheet.ink(ink, mix(INK, SHADE, 0.3), 0.8)

    def paint(self):
        if self.bottom is not None:
            self.trousers()
        self.paint_neck()
        getattr(self, "wear_" + self.person["dress"])()
        if self.bottom is not None:
            self.lower()
