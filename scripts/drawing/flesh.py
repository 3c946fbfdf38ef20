"""Skin laid in washes over the light and shade of a head: face, ears and neck."""

import numpy as np
from scipy import ndimage

from .head import DEEP, SHADE, SKIN
from .ink import INK, mix, smoothstep, spline

BARE = (0.984, 0.966, 0.935)
BLOOD = (0.86, 0.555, 0.455)


class Flesh:
    def __init__(self, head):
        self.head, self.sheet, self.form = head, head.sheet, head.form
        self.skin = mix(SKIN, (0.880, 0.760, 0.640), head.person.get("complexion", 0.0))
        self.shade = mix(SHADE, (0.57, 0.46, 0.39), head.person.get("complexion", 0.0))
        self.rng = np.random.default_rng(head.person["seed"] + 5)
        self.measure()

    def measure(self):
        """Darkness of every spot, the brush's uneven edge within it."""
        head, h = self.head, self.head.height
        cast = ndimage.gaussian_filter(head.cast, 0.006 * h / head.step)
        dark = 1 - (1 - head.dark) * (1 - 0.62 * cast)
        dark = head.grown(dark)
        sheet, w = self.sheet, head.window
        hand = 0.026 * sheet.ragged[w] + 0.010 * sheet.fine[w]
        self.dark = ndimage.gaussian_filter(dark, 0.0035 * h) + hand
        self.sunk = ndimage.gaussian_filter(head.grown(head.sunk), 0.002 * h)
        self.inside = head.mask[w]

    def lay(self, values, colour, strength, mask, **kind):
        whole = np.zeros((self.sheet.height, self.sheet.width), np.float32)
        whole[self.head.window] = values * mask
        self.sheet.wash(whole, colour, strength, **kind)

    def washes(self, mask, deeper=0.0):
        """From the lightest wash to the darkest; each dries with its own edge."""
        h, dark, sunk = self.head.height, self.dark + deeper, self.sunk
        rim = max(2.0, 0.006 * h)
        self.lay(smoothstep(0.08, 0.50, dark), mix(self.skin, self.shade, 0.50), 0.44 - 0.06 * self.head.female, mask, granulation=0.10)
        self.lay(smoothstep(0.33, 0.44, dark), self.shade, 0.17, mask, edge=0.40, edge_width=rim, granulation=0.16)
        self.lay(smoothstep(0.46, 0.90, dark), self.shade, 0.36, mask, granulation=0.18)
        self.lay(smoothstep(0.62, 0.72, dark), mix(self.shade, DEEP, 0.6), 0.17, mask, edge=0.40, edge_width=rim, granulation=0.18)
        self.lay(smoothstep(0.80, 1.02, dark), DEEP, 0.16, mask, granulation=0.2)
        self.lay(smoothstep(0.003, 0.022, sunk), self.shade, 0.44 - 0.12 * self.head.female, mask, granulation=0.12)
        self.lay(smoothstep(0.012, 0.040, sunk), DEEP, 0.24 - 0.08 * self.head.female, mask, granulation=0.12)

    def face(self):
        sheet, head = self.sheet, self.head
        sheet.cover(head.mask, BARE)
        sheet.wash(head.mask, self.skin, 0.60 if head.female else 0.68, edge=0.18, edge_width=0.02 * head.height, granulation=0.10)
        self.washes(self.inside)
        self.blush(head.mask)
        shine = smoothstep(0.17, 0.05, self.dark) * smoothstep(0.006, -0.004, self.sunk) * self.inside
        whole = np.zeros((sheet.height, sheet.width), np.float32)
        whole[head.window] = shine
        sheet.cover(sheet.soften(whole, 0.004 * head.height), (1.0, 0.988, 0.962), 0.36)
        self.spots(head.mask)

    def blush(self, mask):
        """The blood under the skin of cheeks, nose and chin."""
        head, f = self.head, self.form
        much = 1.15 if head.female else 0.95
        for u, v, r, strength in ((-0.185, 0.120, 0.075, 0.32), (0.185, 0.120, 0.075, 0.30), (0.0, f.nose_y - 0.03, 0.042, 0.26),
                                  (0.0, 0.435, 0.050, 0.13), (-0.15, 0.045, 0.04, 0.10), (0.15, 0.045, 0.04, 0.10)):
            place = f.at([(u, v)])
            if not head.seen(place, 0.06)[0]:
                continue
            c = head.space(place)[0]
            ring = c + r * head.height * np.array([[np.cos(head.turn), 0], [0, 0.8], [-np.cos(head.turn), 0], [0, -0.8]])
            spot = self.sheet.soften(self.sheet.mask(ring), 0.035 * head.height) * mask
            self.sheet.wash(spot, BLOOD, strength * much, granulation=0.35)

    def spots(self, mask):
        """A few marks of age on temple and cheek."""
        head = self.head
        if head.person["age"] < 74 or head.detail < 0.5:
            return
        layer, r = self.sheet.strokes(), self.rng
        for _ in range(int(3 + 9 * head.old)):
            side = r.choice([-1, 1])
            place = self.form.at([[side * r.uniform(0.19, 0.285), r.uniform(-0.24, 0.15)]])
            if not head.seen(place)[0]:
                continue
            size = head.height * r.uniform(0.003, 0.0085)
            a = np.linspace(0, 2 * np.pi, 7)[:-1]
            ring = head.space(place)[0] + size * np.stack([np.cos(a), 0.8 * np.sin(a)], 1) * r.uniform(0.7, 1.3, (6, 1))
            layer.polygon(spline(ring, closed=True), r.uniform(0.2, 0.55))
        self.sheet.wash(self.sheet.soften(layer.array(), 0.002 * head.height) * mask, self.shade, 0.34)

    def neck(self):
        sheet, head = self.sheet, self.head
        mask = head.neck_mask
        sheet.cover(mask, BARE)
        sheet.wash(mask, self.skin, 0.85, granulation=0.12)
        self.washes(mask[head.window], deeper=0.02)
        edge = sheet.strokes()
        for side in (-1, 1):
            y = np.linspace(0.30, 0.66, 14)
            line = head.body_px(np.stack([side * head.neck * (1 + 0.75 * smoothstep(0.40, 0.98, y) ** 1.5), y, 0.02 - 0.12 * y], 1))
            edge.stroke(line, 0.0060 * head.height, 0.5, smooth=False, attack=0.4, tail=0.4, wobble=self.rng.uniform(0, 6))
        sheet.ink(edge, mix(INK, SHADE, 0.3), 0.75)

    # --- ears ----------------------------------------------------------------------------------

    def ear_points(self, side, points):
        """Points of an ear in space: across from its root to its rim (0 to 1), down from its top (0 to 1)."""
        p = np.asarray(points, float)
        tall = 0.222 + 0.040 * self.head.old
        root = self.form.half_width(np.array(0.04))
        across = p[..., 0] * 0.108 * (0.92 if self.head.female else 1.0)
        x = side * (root - 0.012 + across * 0.62 + 0.016 * np.sin(np.pi * np.clip(p[..., 0], 0, 1)))
        y = -0.060 + tall * p[..., 1] - 0.10 * across
        z = 0.025 - across * 0.80 - 0.03 * (1 - p[..., 1])
        return np.stack([x, y, z], -1)

    def ear(self, side):
        """One ear; the far one is laid before the face, the near one after it."""
        sheet, head, h = self.sheet, self.head, self.head.height
        lobe = 0.05 * head.old
        rim = [(0.02, 0.16), (0.20, 0.02), (0.55, -0.02), (0.88, 0.08), (1.0, 0.27), (0.93, 0.48), (0.72, 0.68), (0.55, 0.84), (0.42, 0.97 + lobe), (0.18, 1.0 + lobe), (0.0, 0.86), (-0.10, 0.5)]
        shape = head.space(self.ear_points(side, rim))
        mask = sheet.mask(shape)
        lit = side < 0
        sheet.cover(mask, BARE)
        sheet.wash(mask, self.skin, 0.75)
        sheet.wash(mask, BLOOD, 0.15, granulation=0.2)
        sheet.wash(mask, self.shade, 0.14 if lit else 0.46, edge=0.5, edge_width=0.01 * h, granulation=0.3)
        bowl = head.space(self.ear_points(side, [(0.12, 0.34), (0.36, 0.30), (0.60, 0.34), (0.62, 0.50), (0.44, 0.68), (0.22, 0.74), (0.10, 0.62)]))
        sheet.wash(sheet.soften(sheet.mask(bowl), 0.006 * h) * mask, self.shade, 0.55, edge=0.3)
        deep = head.space(self.ear_points(side, [(0.12, 0.48), (0.34, 0.46), (0.40, 0.56), (0.24, 0.68), (0.10, 0.62)]))
        sheet.wash(sheet.soften(sheet.mask(deep), 0.006 * h) * mask, DEEP, 0.42)
        gutter = head.space(self.ear_points(side, [(0.30, 0.12), (0.62, 0.09), (0.84, 0.22), (0.82, 0.42), (0.68, 0.58)]))
        layer, fine = sheet.strokes(), sheet.strokes()
        fine.stroke(gutter, 0.010 * h, 0.55, attack=0.4, tail=0.3)
        fine.stroke(head.space(self.ear_points(side, [(0.40, 0.22), (0.62, 0.26), (0.68, 0.42), (0.56, 0.60), (0.36, 0.74)])), 0.006 * h, 0.5, attack=0.4, tail=0.2)
        layer.stroke(head.space(self.ear_points(side, rim[1:10])), 0.0075 * h, 0.85, attack=0.3, tail=0.25, wobble=self.rng.uniform(0, 6))
        sheet.ink(fine, mix(SHADE, INK, 0.3), 0.8)
        sheet.ink(layer, mix(INK, SHADE, 0.35), 0.8)

    def ears(self, near):
        for side in (-1, 1):
            if (side * self.head.turn <= 0) == near:
                self.ear(side)
