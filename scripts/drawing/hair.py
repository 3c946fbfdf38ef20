"""Hair, beards and head-dresses, combed stroke by stroke along guide lines."""

import numpy as np

from .ink import INK, mix, smoothstep, spline

WHITE = (0.945, 0.937, 0.922)
PALE_GREY = (0.80, 0.785, 0.765)
MID_GREY = (0.53, 0.51, 0.49)
IRON = (0.27, 0.25, 0.24)


class Hair:
    """Lays one head's hair. Guides are lists of points in head units."""

    def __init__(self, head):
        self.head, self.sheet = head, head.sheet
        self.rng = np.random.default_rng(head.person["seed"] + 7)
        self.grey = head.person.get("grey", 0.7)
        self.side = head.person.get("part", 1)
        self.base = mix(MID_GREY, WHITE, smoothstep(0.2, 0.95, self.grey))
        self.dark = mix(IRON, (0.60, 0.585, 0.565), self.grey)

    def flip(self, guides):
        return [[(self.side * x, y) for x, y in guide] for guide in guides]

    @staticmethod
    def mirror(guides):
        return [[(-x, y) for x, y in guide] for guide in guides]

    @staticmethod
    def between(guides, s):
        """The hair that lies at s (0 to 1) among the guides."""
        curves = [spline(g, steps=6) for g in guides]
        n = min(len(c) for c in curves)
        where = s * (len(curves) - 1)
        k = min(int(where), len(curves) - 2)
        t = where - k
        return curves[k][:n] * (1 - t) + curves[k + 1][:n] * t

    def mass(self, families, width=0.035, uneven=0.0):
        """The silhouette that the hair of these families fills; `uneven` lengths make loose ends."""
        layer = self.sheet.strokes()
        h = self.head.height
        for guides in families:
            for s in np.linspace(0, 1, 56 if uneven else 40):
                line = self.between(guides, s)
                if uneven:
                    line = line[:max(5, int(len(line) * (1 - uneven * self.rng.uniform(0, 1) ** 1.5)))]
                layer.stroke(self.head.px(line), width * h, 1.0, attack=0.05, tail=0.12 if uneven else 0.5, smooth=False)
        return smoothstep(0.22, 0.80, self.sheet.soften(layer.array(), 0.009 * h) + 0.04 * self.sheet.ragged)

    def thin_out(self, mask, low, high):
        """Lets hair grow thinner between `high` and `low` (head units), as at the sideburns."""
        y = (np.arange(self.sheet.height, dtype=np.float32)[:, None] - self.head.centre[1]) / self.head.height
        return mask * smoothstep(low, high, y + 0.012 * self.sheet.ragged)

    def comb(self, layer, guides, count, width, alpha, jitter=0.006, length=(0.35, 0.95), wave=0.0, lift=0.0):
        r, h = self.rng, self.head.height
        for _ in range(int(count * min(1.0, 0.25 + self.head.detail))):
            curve = self.between(guides, r.uniform(0, 1))
            n = len(curve)
            share = r.uniform(*length)
            start = r.uniform(0, 1 - share + 0.06)
            a, b = int(start * n), max(int(min(1, start + share) * n), int(start * n) + 4)
            part = curve[a:b]
            if len(part) < 3:
                continue
            t = np.linspace(0, 1, len(part))[:, None]
            drift = r.normal(0, jitter, 2) * (1 - t) + r.normal(0, jitter * 1.6, 2) * t
            part = part + drift
            if wave:
                part = part + np.stack([np.sin(np.linspace(0, 7, n))[a:b], 0.4 * np.cos(np.linspace(0, 7, n))[a:b]], 1) * wave
            if lift:
                part = part + [0, -lift] * np.sin(np.pi * t)
            layer.stroke(self.head.px(part), max(h * width * r.uniform(0.5, 1.2), 0.6), alpha * r.uniform(0.45, 1.0),
                         attack=0.3, tail=0.05, smooth=False)

    def paint_mass(self, mask, shade=1.0):
        """Base colour and the soft modelling of the whole mass."""
        sheet, h = self.sheet, self.head.height
        sheet.cover(mask, self.base)
        soft = sheet.soften(mask, 0.06 * h)
        gy, gx = np.gradient(soft)
        away = np.clip((-gx * 0.6 - gy * 0.6) * h * 0.055, -1, 1)  # turned from the light
        sheet.wash(np.clip(away, 0, 1) * mask, mix(IRON, MID_GREY, 0.4 + 0.6 * self.grey), 0.70 * shade, granulation=0.2)
        sheet.wash(mask, mix(PALE_GREY, WHITE, 0.3), 0.35, edge=0.5, edge_width=0.01 * h, granulation=0.35)
        light = np.clip(-away, 0, 1) * mask
        sheet.cover(light, (0.985, 0.978, 0.962), 0.35 + 0.25 * self.grey)

    def lay(self, families, dense=1.0, width=0.035, wave=0.0, jitter=0.006, lift=0.0, length=(0.35, 0.95),
            uneven=0.0, ends=None, shade=1.0):
        mask = self.mass(families, width, uneven)
        if ends:
            mask = self.thin_out(mask, *ends)
        self.cast(mask)
        self.paint_mass(mask, shade)
        self.strands(families, dense, wave, jitter, lift, length)
        return mask

    @staticmethod
    def room(guides):
        """How many strands the guides have room for, 1 for the side of a full head of hair."""
        across = np.linalg.norm(np.array(guides[-1][len(guides[-1]) // 2]) - np.array(guides[0][len(guides[0]) // 2]))
        along = np.mean([np.linalg.norm(np.diff(np.array(g), axis=0), axis=1).sum() for g in guides])
        return float(np.clip(across * along / 0.05, 0.10, 1.2))

    def strands(self, families, dense=1.0, wave=0.0, jitter=0.006, lift=0.0, length=(0.35, 0.95)):
        dark, thin, light = (self.sheet.strokes() for _ in range(3))
        more = dict(jitter=jitter, wave=wave, lift=lift, length=length)
        given = dense
        for guides in families:
            dense = given * self.room(guides)
            self.comb(dark, guides, 130 * dense * (1.25 - 0.75 * self.grey), 0.0060, 0.75, **more)
            self.comb(thin, guides, 240 * dense * (1.15 - 0.4 * self.grey), 0.0032, 0.75, **more)
            self.comb(thin, guides, 22 * dense, 0.0030, 0.8, **dict(more, jitter=jitter * 2.6))
            self.comb(light, guides, 170 * dense * (0.4 + self.grey), 0.0050, 0.85, **more)
        self.sheet.ink(dark, self.dark, 0.8)
        self.sheet.gouache(light, mix(PALE_GREY, (0.985, 0.98, 0.965), 0.25 + 0.75 * self.grey), 0.75)
        self.sheet.ink(thin, self.dark, 0.75)

    def cast(self, mask, depth=0.030):
        """The hair's soft shadow on the skin."""
        face = getattr(self.head, "mask", None)
        if face is None:
            return
        h = self.head.height
        shifted = self.sheet.shifted(mask, depth * 0.5 * h, depth * h)
        self.sheet.wash(self.sheet.soften(shifted, 0.014 * h) * face, (0.52, 0.40, 0.335), 0.45)

    # --- styles ------------------------------------------------------------------------

    def temples(self, low=0.0, full=0.0):
        """The short hair at the sides, from the temple to the front of the ear."""
        c = self.head.half_width(-0.05)
        right = [[(c - 0.050, -0.31), (c - 0.030, -0.20), (c - 0.026, -0.08), (c - 0.022, 0.02 + low)],
                 [(c - 0.015, -0.345), (c + 0.008 + full, -0.22), (c + 0.008 + full, -0.10), (c + 0.002, 0.00 + low)],
                 [(c - 0.030, -0.395), (c + 0.022 + full, -0.26), (c + 0.032 + full * 1.4, -0.13), (c + 0.022 + full, -0.04)]]
        return [right, self.mirror(right)]

    def under_short(self):
        self.lay(self.temples(), 0.7, 0.028)

    def style_side(self):
        """Parted at the side and combed across."""
        self.lay(self.temples(full=0.004), 0.7, 0.026, uneven=0.2, ends=(0.02, -0.12), shade=0.5)
        over = self.flip([
            [(-0.150, -0.350), (-0.02, -0.395), (0.13, -0.375), (0.235, -0.315), (0.285, -0.235)],
            [(-0.150, -0.390), (0.00, -0.440), (0.16, -0.420), (0.265, -0.345), (0.318, -0.250)],
            [(-0.145, -0.440), (0.01, -0.495), (0.17, -0.470), (0.290, -0.380), (0.342, -0.260)],
            [(-0.125, -0.495), (0.02, -0.545), (0.18, -0.515), (0.305, -0.410), (0.358, -0.275)]])
        short = self.flip([
            [(-0.150, -0.350), (-0.20, -0.345), (-0.25, -0.315), (-0.292, -0.25)],
            [(-0.150, -0.390), (-0.215, -0.395), (-0.28, -0.355), (-0.325, -0.265)],
            [(-0.145, -0.440), (-0.22, -0.445), (-0.30, -0.385), (-0.345, -0.27)],
            [(-0.125, -0.495), (-0.20, -0.500), (-0.305, -0.415), (-0.356, -0.28)]])
        self.lay([short, over], 1.5, 0.034, lift=0.010)

    def style_back(self, front=-0.345, high=0.0):
        """Combed straight back from the brow."""
        self.lay(self.temples(full=0.004), 0.7, 0.026, uneven=0.2, ends=(0.02, -0.12), shade=0.5)
        guides = []
        for x in np.linspace(-1, 1, 17):
            root = front + 0.100 * abs(x) ** 6 - 0.034 * np.exp(-((abs(x) - 0.66) / 0.20) ** 2) + 0.004 * np.sin(x * 23)
            top = -0.552 - high + 0.235 * abs(x) ** 2.6
            guides.append([(x * 0.265, root), (x * 0.292, root * 0.55 + top * 0.45 - 0.02), (x * 0.315, top * 0.85 + root * 0.15 - 0.012), (x * 0.325, top + 0.01)])
        self.lay([guides], 3.0, 0.030, lift=0.004, jitter=0.008)

    def style_receding(self):
        """Thin on top, fuller at the sides."""
        self.tufts()
        guides = []
        for x in np.linspace(-1, 1, 9):
            root = -0.428 + 0.13 * abs(x) ** 3 - 0.025 * np.cos(x * 4.5)
            top = -0.532 + 0.215 * abs(x) ** 2.4
            guides.append([(x * 0.25, root), (x * 0.275, (root + top) / 2 - 0.015), (x * 0.30, top)])
        mask = self.mass([guides], 0.02)
        self.cast(mask, 0.012)
        self.sheet.cover(mask, self.base, 0.55)
        self.strands([guides], 1.5, lift=0.004)

    def style_bald(self):
        """A bare crown with tufts above the ears."""
        self.tufts()
        self.wisps()

    def tufts(self):
        c = self.head.half_width(-0.1)
        right = [[(c - 0.045, -0.215), (c - 0.022, -0.15), (c - 0.022, -0.07), (c - 0.030, 0.0)],
                 [(c - 0.042, -0.310), (c + 0.002, -0.18), (c + 0.008, -0.08), (c + 0.000, -0.01)],
                 [(c - 0.050, -0.365), (c + 0.016, -0.22), (c + 0.026, -0.10), (c + 0.016, -0.03)]]
        self.lay([right, self.mirror(right)], 1.9, 0.020, jitter=0.010, uneven=0.3, ends=(0.03, -0.10), shade=0.35)

    def wisps(self):
        wisps = self.sheet.strokes()
        guides = self.flip([[(-0.22, -0.36), (-0.08, -0.455), (0.08, -0.47), (0.22, -0.40)],
                            [(-0.20, -0.41), (-0.06, -0.505), (0.10, -0.51), (0.23, -0.43)]])
        self.comb(wisps, guides, 34, 0.0036, 0.6, jitter=0.010, length=(0.3, 0.7))
        self.sheet.ink(wisps, self.dark, 0.55)
        light = self.sheet.strokes()
        self.comb(light, guides, 30, 0.0036, 0.8, jitter=0.010, length=(0.3, 0.7))
        self.sheet.gouache(light, WHITE, 0.8)

    def style_crew(self):
        """Cropped short, standing on end."""
        self.lay(self.temples(), 0.9, 0.024, length=(0.10, 0.28), uneven=0.2, ends=(0.0, -0.16))
        guides = []
        for x in np.linspace(-1, 1, 17):
            root = -0.342 + 0.090 * abs(x) ** 6 - 0.026 * np.exp(-((abs(x) - 0.66) / 0.22) ** 2) + 0.004 * np.sin(x * 23)
            top = -0.545 + 0.20 * abs(x) ** 2.8
            guides.append([(x * 0.272, root), (x * 0.30, (root + top) / 2), (x * 0.325, top)])
        mask = self.mass([guides], 0.03)
        self.cast(mask, 0.014)
        self.paint_mass(mask)
        self.strands([guides], 4.0, length=(0.12, 0.26), jitter=0.010)

    def style_soft(self):
        """A woman's short cut: full on top, layered to the ear."""
        back = [[(-0.30, -0.30), (-0.39, -0.15), (-0.385, 0.02), (-0.345, 0.17)], [(-0.26, -0.20), (-0.33, -0.1), (-0.33, 0.05), (-0.30, 0.17)]]
        c = self.head.half_width(0)
        fall = [[(c - 0.075, -0.335), (c - 0.020, -0.20), (c - 0.006, -0.06), (c - 0.022, 0.045)],
                [(c - 0.03, -0.40), (c + 0.040, -0.24), (c + 0.048, -0.06), (c + 0.020, 0.085)],
                [(c - 0.02, -0.44), (c + 0.080, -0.27), (c + 0.094, -0.08), (c + 0.055, 0.105)]]
        self.lay([fall, self.mirror(fall)], 1.2, 0.034, jitter=0.008, uneven=0.25)
        over = self.flip([
            [(-0.125, -0.375), (0.00, -0.365), (0.13, -0.315), (0.245, -0.225), (0.300, -0.100), (0.300, 0.03)],
            [(-0.125, -0.420), (0.02, -0.450), (0.17, -0.410), (0.285, -0.290), (0.335, -0.120), (0.325, 0.06)],
            [(-0.115, -0.480), (0.02, -0.525), (0.19, -0.490), (0.315, -0.350), (0.372, -0.150), (0.355, 0.09)],
            [(-0.095, -0.540), (0.03, -0.588), (0.20, -0.545), (0.335, -0.400), (0.402, -0.170), (0.380, 0.10)]])
        short = self.flip([
            [(-0.125, -0.375), (-0.19, -0.365), (-0.255, -0.290), (-0.302, -0.14), (-0.302, 0.02)],
            [(-0.125, -0.420), (-0.22, -0.420), (-0.300, -0.320), (-0.338, -0.14), (-0.328, 0.05)],
            [(-0.115, -0.480), (-0.22, -0.490), (-0.325, -0.375), (-0.374, -0.16), (-0.358, 0.08)],
            [(-0.095, -0.540), (-0.21, -0.560), (-0.340, -0.425), (-0.404, -0.18), (-0.384, 0.10)]])
        self.lay([short, over], 2.4, 0.036, jitter=0.008, uneven=0.3)

    def behind_bob(self, low=0.20):
        wide = [[(-0.30, -0.30), (-0.37, -0.05), (-0.37, 0.12), (-0.325, low)], [(0.0, -0.30), (-0.1, 0.0), (-0.12, 0.15), (-0.10, low)]]
        mask = self.mass([wide, self.mirror(wide)], 0.06)
        self.sheet.cover(mask, mix(self.base, self.dark, 0.55))
        self.strands([wide, self.mirror(wide)], 0.6)

    def style_bob(self, wave=0.0):
        """Straight to the jaw, parted at the side."""
        c = self.head.half_width(0.05)
        p = self.side
        px = -0.10 * p
        right = [[(px, -0.372), (c * 0.60, -0.330), (c - 0.030, -0.16), (c - 0.014, 0.04), (c - 0.062, 0.200)],
                 [(px, -0.415), (c * 0.68, -0.385), (c + 0.010, -0.18), (c + 0.030, 0.05), (c - 0.025, 0.225)],
                 [(px, -0.475), (c * 0.72, -0.450), (c + 0.040, -0.21), (c + 0.068, 0.05), (c + 0.018, 0.240)],
                 [(px * 0.9, -0.545), (c * 0.72, -0.520), (c + 0.060, -0.25), (c + 0.094, 0.05), (c + 0.052, 0.235)]]
        left = [[(px, y0) if k == 0 else (-x, y0) for k, (x, y0) in enumerate(g)] for g in right]
        self.lay([left, right], 2.4, 0.036, wave=wave, jitter=0.007, uneven=0.14)

    def style_wavy(self):
        self.style_bob(wave=0.012)

    def style_bun(self):
        """Drawn back from a middle parting into a low knot, ears free."""
        c = self.head.half_width(-0.05)
        right = [[(0.0, -0.372), (0.13, -0.362), (0.235, -0.275), (c - 0.025, -0.13), (c - 0.012, -0.045)],
                 [(0.0, -0.415), (0.15, -0.415), (0.275, -0.320), (c + 0.012, -0.16), (c + 0.015, -0.06)],
                 [(0.0, -0.470), (0.16, -0.475), (0.300, -0.365), (c + 0.032, -0.19), (c + 0.036, -0.08)],
                 [(0.0, -0.530), (0.16, -0.532), (0.312, -0.405), (c + 0.046, -0.22), (c + 0.048, -0.10)]]
        self.lay([right, self.mirror(right)], 2.0, 0.034, jitter=0.004)
        part = self.sheet.strokes()
        part.stroke(self.head.px([(0.0, -0.368), (0.004, -0.44), (0.0, -0.525)]), 0.010 * self.head.height, 0.9)
        self.sheet.gouache(part, (0.93, 0.87, 0.80), 0.8)

    def style_topbun(self):
        """Swept up into a small knot on the crown."""
        knot = [[(-0.105, -0.55), (-0.085, -0.645), (0.0, -0.672), (0.085, -0.645), (0.105, -0.55)], [(-0.06, -0.55), (-0.04, -0.60), (0.0, -0.612), (0.04, -0.60), (0.06, -0.55)]]
        self.lay([knot], 1.0, 0.05, jitter=0.006)
        c = self.head.half_width(-0.05)
        guides = []
        for x in np.linspace(-1, 1, 9):
            root_y = -0.365 + 0.27 * abs(x) ** 3.2
            root_x = np.sign(x) * min(abs(x) * 0.30, c - 0.02)
            guides.append([(root_x, root_y), (x * (c + 0.03), root_y * 0.75 - 0.11), (x * 0.26, -0.50 + 0.05 * x * x), (x * 0.075, -0.575)])
        self.lay([guides], 3.2, 0.034, jitter=0.004)

    def style_perm(self):
        """Short permed curls, laid from the back to the front."""
        r, h = self.rng, self.head.height
        curls = []
        for grow, count, size in ((1.0, 32, 0.058), (0.87, 29, 0.056), (0.74, 25, 0.054), (0.61, 20, 0.050), (0.50, 15, 0.048)):
            for a in np.linspace(-0.24, 1.24, count) * np.pi:
                x = -np.cos(a) * 0.372 * (1 - (1 - grow) * 0.62)
                y = -0.145 - np.sin(a) * (0.405 if grow == 1 else 0.405 * grow - 0.004) if np.sin(a) > 0 else -0.145 - np.sin(a) * 0.30
                if abs(x) < 0.300 and y > -0.318 - 0.03 * np.cos(x * 9):
                    continue
                curls.append((x + r.normal(0, 0.008), y + r.normal(0, 0.008), size * r.uniform(0.85, 1.2)))
        base = self.sheet.strokes()
        a = np.linspace(0, 2 * np.pi, 15)[:-1]
        circle = np.stack([np.cos(a), np.sin(a)], 1)
        for x, y, s in curls:
            base.polygon(self.head.px(np.array([x, y]) + circle * s * 0.90))
        mask = smoothstep(0.3, 0.7, self.sheet.soften(base.array(), 0.006 * h) + 0.05 * self.sheet.fine)
        self.cast(mask)
        self.paint_mass(mask)
        order = np.argsort([-np.hypot(x, y + 0.1) for x, y, _ in curls])
        dark, light, thin = (self.sheet.strokes() for _ in range(3))
        for k in order:
            self.curl(curls[k], dark, light, thin)
        self.sheet.ink(dark, self.dark, 0.7)
        self.sheet.gouache(light, mix(PALE_GREY, (0.985, 0.98, 0.965), 0.3 + 0.7 * self.grey), 0.72)
        self.sheet.ink(thin, self.dark, 0.75)

    def curl(self, place, dark, light, thin):
        r, h = self.rng, self.head.height
        x, y, size = place
        turn = r.choice([-1, 1])
        start = r.uniform(0, 2 * np.pi)
        few = max(4, int(20 * min(1, self.head.detail)))
        for k in range(few):
            radius = size * r.uniform(0.25, 1.02)
            sweep = r.uniform(1.6, 3.4)
            a = start + turn * np.linspace(0, sweep, 9) + r.normal(0, 0.35)
            shrink = np.linspace(1, r.uniform(0.72, 0.95), 9)
            arc = np.stack([x + np.cos(a) * radius * shrink, y + np.sin(a) * radius * shrink * 0.9], 1)
            lit = np.mean(np.cos(a) * -0.6 + np.sin(a) * -0.7)
            layer = light if lit > 0.1 and r.random() < 0.75 else (dark if r.random() < 0.28 else thin)
            width = {id(light): 0.0060, id(dark): 0.0065}.get(id(layer), 0.0036)
            layer.stroke(self.head.px(arc), max(width * h, 0.6), r.uniform(0.4, 0.95), smooth=False)

    # --- beards and head-dresses -------------------------------------------------------

    def beard(self, kind):
        head = self.head
        w, y = head.mouth_w, head.mouth_y
        f = lambda pts: [tuple(p) for p in head.on_face([p[0] for p in pts], [p[1] for p in pts], 0.03)]
        families = []
        if kind in ("moustache", "full"):
            right = [f([(0.006, y - 0.062), (0.05, y - 0.048), (w * 0.85, y - 0.026), (w + 0.018, y + 0.010)]),
                     f([(0.006, y - 0.038), (0.05, y - 0.030), (w * 0.8, y - 0.016), (w + 0.010, y + 0.018)])]
            left = [f([(-x, v) for x, v in ((0.006, y - 0.062), (0.05, y - 0.048), (w * 0.85, y - 0.026), (w + 0.018, y + 0.010))]),
                    f([(-x, v) for x, v in ((0.006, y - 0.038), (0.05, y - 0.030), (w * 0.8, y - 0.016), (w + 0.010, y + 0.018))])]
            families += [right, left]
        if kind == "full":
            guides = []
            for x in np.linspace(-1, 1, 9):
                top = y + 0.092 - 0.062 * abs(x) ** 2
                guides.append(f([(x * 0.165, top)]) + [(head.sway(0.45) + x * 0.170, 0.44 - 0.05 * x * x), (head.sway(0.5) + x * 0.125, 0.545 - 0.075 * x * x)])
            families.append(guides)
        if kind == "goatee":
            families.append([[(head.sway(0.45) + x * 0.050, 0.415 + 0.015 * x * x), (head.sway(0.5) + x * 0.062, 0.50), (head.sway(0.5) + x * 0.040, 0.58), (head.sway(0.5) + x * 0.008, 0.655 - 0.04 * abs(x))] for x in np.linspace(-1, 1, 7)])
        mask = self.mass(families, 0.014)
        self.cast(mask, 0.012)
        self.sheet.cover(mask, mix(self.base, WHITE, 0.5), 0.92)
        self.strands(families, 1.5, jitter=0.006, length=(0.3, 0.8))

    def doppa(self, accent):
        """A four-cornered embroidered cap."""
        sheet, head, h = self.sheet, self.head, self.head.height
        band = [(-0.325, -0.315), (-0.335, -0.40), (-0.31, -0.505), (-0.18, -0.560), (0.0, -0.590), (0.18, -0.560), (0.31, -0.505), (0.335, -0.40), (0.325, -0.315), (0.17, -0.352), (0.0, -0.362), (-0.17, -0.352)]
        mask = sheet.rough(sheet.mask(head.px(np.vstack([spline(band[:9]), spline(band[8:] + band[:1])])), smooth=False), 2)
        self.cast(mask)
        cloth = mix((0.16, 0.20, 0.19), accent, 0.35)
        sheet.cover(mask, mix(cloth, (0.5, 0.5, 0.47), 0.22))
        soft = sheet.soften(mask, 0.06 * h)
        gy, gx = np.gradient(soft)
        sheet.wash(np.clip((-gx - 0.4 * gy) * h * 0.06, 0, 1) * mask, (0.12, 0.12, 0.12), 0.5, edge=0.2)
        ink, thread = sheet.strokes(), sheet.strokes()
        for ridge in ([(-0.02, -0.36), (-0.035, -0.48), (0.0, -0.588)], [(-0.255, -0.335), (-0.275, -0.43), (-0.20, -0.55)], [(0.255, -0.335), (0.275, -0.43), (0.20, -0.55)]):
            ink.stroke(head.px(ridge), 0.010 * h, 0.8)
        for cx, cy, s in ((-0.150, -0.462, 0.105), (0.125, -0.462, 0.105), (-0.300, -0.43, 0.070), (0.302, -0.43, 0.070)):
            for k in range(5):  # almond sprays, the cap's usual figure
                a = np.radians(-90 + (k - 2) * 34)
                wide = 0.85 if abs(cx) < 0.2 else 0.30
                end = (cx + np.cos(a) * s * wide, cy + np.sin(a) * s + 0.03)
                bend = ((cx + end[0]) / 2 + 0.012 * np.sin(a * 3), (cy + end[1]) / 2)
                thread.stroke(head.px([(cx, cy + 0.04), bend, end]), 0.021 * h, 0.9, attack=0.7)
            thread.stroke(head.px([(cx - 0.03, cy + 0.058), (cx, cy + 0.048), (cx + 0.03, cy + 0.058)]), 0.008 * h, 0.9)
        edge = spline(band[8:] + band[:1])
        for k in range(2, len(edge) - 2, 2):
            thread.stroke(head.px([edge[k] + [0, -0.012], edge[k] + [0.006, -0.026]]), 0.008 * h, 0.8, smooth=False)
        ink.stroke(head.px(edge), 0.010 * h, 0.9, attack=0.4, tail=0.4)
        sheet.ink(ink, INK, 0.75)
        sheet.gouache(thread, (0.93, 0.90, 0.83), 0.85)

    def headcloth(self, accent):
        """A Zhuang woman's wound headcloth with a woven band."""
        sheet, head, h = self.sheet, self.head, self.head.height
        shape = [(-0.335, -0.215), (-0.385, -0.35), (-0.345, -0.505), (-0.19, -0.610), (0.0, -0.640), (0.19, -0.610), (0.345, -0.505), (0.385, -0.35), (0.335, -0.215), (0.19, -0.300), (0.0, -0.330), (-0.19, -0.300)]
        mask = sheet.rough(sheet.mask(head.px(np.vstack([spline(shape[:9]), spline(shape[8:] + shape[:1])])), smooth=False), 3)
        self.cast(mask)
        cloth = mix((0.17, 0.20, 0.27), accent, 0.3)
        sheet.cover(mask, mix(cloth, (0.55, 0.55, 0.56), 0.20))
        soft = sheet.soften(mask, 0.07 * h)
        gy, gx = np.gradient(soft)
        sheet.wash(np.clip((-gx - 0.5 * gy) * h * 0.07, 0, 1) * mask, (0.10, 0.11, 0.14), 0.55, edge=0.2)
        ink, light, thread = sheet.strokes(), sheet.strokes(), sheet.strokes()
        rows = [spline([(-0.36 - 0.01 * k, -0.27 - 0.055 * k), (-0.2, -0.345 - 0.058 * k), (0.0, -0.375 - 0.060 * k), (0.2, -0.345 - 0.058 * k), (0.36, -0.27 - 0.055 * k)]) for k in range(5)]
        for k, row in enumerate(rows[1:], 1):
            keep = np.abs(row[:, 0]) < 0.385 - 0.035 * max(0, k - 2)
            ink.stroke(head.px(row[keep]), 0.010 * h, 0.7, smooth=False, attack=0.5, tail=0.3)
            light.stroke(head.px(row[keep] + [0, -0.016]), 0.012 * h, 0.35, smooth=False, attack=0.4)
        sheet.gouache(light, mix(cloth, (1, 1, 1), 0.5), 0.6)
        low, high = rows[0] + [0, -0.018], rows[1] + [0, 0.004]
        for k in range(1, len(low) - 3, 3):  # woven diamonds
            a, b, c, d = low[k], high[k], low[k + 3], high[k + 3]
            middle = (a + b + c + d) / 4
            thread.stroke(head.px([a * 0.5 + b * 0.5, (b + d) / 2 * 0.85 + middle * 0.15, c * 0.5 + d * 0.5]), 0.007 * h, 0.9, smooth=False, attack=0.5, tail=0.6)
            thread.stroke(head.px([a * 0.5 + b * 0.5, (a + c) / 2 * 0.85 + middle * 0.15, c * 0.5 + d * 0.5]), 0.007 * h, 0.9, smooth=False, attack=0.5, tail=0.6)
            thread.stroke(head.px([middle - [0.006, 0], middle + [0.008, 0]]), 0.010 * h, 0.9, smooth=False)
        for row in (low, high):
            thread.stroke(head.px(row), 0.005 * h, 0.8, smooth=False, attack=0.1, tail=0.7)
        sheet.ink(ink, INK, 0.6)
        sheet.gouache(thread, (0.93, 0.86, 0.74), 0.85)

    # --- order of laying ---------------------------------------------------------------

    def paint_behind(self):
        if self.head.person["hair"] in ("bob", "wavy"):
            self.behind_bob()

    def paint(self):
        person = self.head.person
        if person.get("beard"):
            self.beard(person["beard"])
        if person["hair"] == "doppa":
            self.lay(self.temples(), 0.8, 0.024, uneven=0.2, ends=(0.02, -0.10), shade=0.5)
            self.doppa(person["accent"])
        elif person["hair"] == "headcloth":
            self.lay(self.temples(), 0.8, 0.024, uneven=0.2, ends=(0.04, -0.06))
            self.headcloth(person["accent"])
        else:
            getattr(self, "style_" + person["hair"])()
