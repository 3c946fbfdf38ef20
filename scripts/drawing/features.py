"""Eyes, brows, nose, mouth, folds and outline of a face, drawn in ink over its washes."""

import numpy as np

from .head import DEEP, SHADE
from .ink import INK, mix

CIRCLE = np.stack([np.cos(np.linspace(0, 2 * np.pi, 25)[:-1]), np.sin(np.linspace(0, 2 * np.pi, 25)[:-1])], 1)


class Features:
    def __init__(self, head):
        self.head, self.sheet, self.form = head, head.sheet, head.form
        self.rng = np.random.default_rng(head.person["seed"] + 9)
        self.old, self.female = head.old, head.female
        self.ink, self.faint, self.wet = (head.sheet.strokes() for _ in range(3))

    def draw(self):
        for side in (-1, 1):
            self.eye(side)
        self.nose()
        self.mouth()
        self.folds()
        self.outline()
        warm = mix(INK, SHADE, 0.40)
        self.sheet.ink(self.wet, mix(SHADE, DEEP, 0.4), 0.7)
        self.sheet.ink(self.faint, warm, 0.85)
        self.sheet.ink(self.ink, mix(INK, SHADE, 0.12), 0.9, dry=0.3)
        self.brows()

    # --- eyes ----------------------------------------------------------------------------------

    def lids(self, side):
        f = self.form
        t = np.linspace(-1, 1, 21)
        high = f.eye_open * (1 - np.abs(t + 0.08 * (1 - t**2)) ** 2.3) ** 0.9
        low = f.eye_open * 0.70 * (1 - np.abs(t - 0.15 * (1 - t**2)) ** 2.4)
        upper = f.lid(side, t, 0.004 * (t < -0.9) - high)
        lower = f.lid(side, t, low)
        return t, upper, lower

    def eye(self, side):
        sheet, head, f, h = self.sheet, self.head, self.form, self.head.height
        t, upper, lower = self.lids(side)
        top, bottom = head.face_px(upper), head.face_px(lower)
        hole = sheet.mask(np.vstack([top, bottom[::-1]]), smooth=False)
        hole = np.minimum(sheet.soften(hole, 0.0012 * h), head.mask)
        sheet.cover(hole, (0.935, 0.905, 0.865), 0.80)
        self.ball(side, hole, top, bottom)
        self.lid_lines(side, t, upper, lower)
        if self.head.detail > 0.5:
            self.crow_feet(side)

    def ball(self, side, hole, top, bottom):
        """White, iris, pupil, the lid's shadow and the light in the eye."""
        sheet, head, f, h = self.sheet, self.head, self.form, self.head.height
        middle = f.at([(side * f.eye_x, 0.002)])[0] - [0, 0, 0.048]
        gaze = head.rotation.T @ np.array([0.03 * np.sign(head.turn), 0.04, 1.0])
        c = head.space(middle + 0.050 * gaze / np.linalg.norm(gaze))
        radius = 0.0235 * h
        corners = sheet.mask(np.vstack([top[:6], bottom[:6][::-1]]), smooth=False) + sheet.mask(np.vstack([top[15:], bottom[15:][::-1]]), smooth=False)
        sheet.wash(sheet.soften(corners, 0.006 * h) * hole, (0.80, 0.66, 0.58), 0.6)
        iris = sheet.mask(c + CIRCLE * radius, smooth=False) * hole
        sheet.wash(sheet.soften(iris, 0.001 * h), (0.36, 0.275, 0.22), 0.95, edge=0.9, edge_width=radius * 0.3)
        lower_light = sheet.mask(c + [0.25 * radius, 0.38 * radius] + CIRCLE * radius * 0.42, smooth=False) * iris
        sheet.cover(sheet.soften(lower_light, 0.003 * h) * iris, (0.60, 0.46, 0.36), 0.40)
        sheet.wash(sheet.mask(c + CIRCLE * radius * 0.38, smooth=False) * hole, (0.10, 0.08, 0.08), 1.0)
        shade = sheet.mask(np.vstack([top, (top + [0, 0.017 * h])[::-1]]), smooth=False)
        sheet.wash(sheet.soften(shade, 0.004 * h) * hole, DEEP, 0.75)
        glint = sheet.mask(c + np.array([-0.36, -0.22]) * radius + CIRCLE * radius * 0.17, smooth=False) * hole
        sheet.cover(sheet.soften(glint, 0.0010 * h), (1, 0.995, 0.98), 1.0)

    def lid_lines(self, side, t, upper, lower):
        head, f = self.head, self.form
        wide = 0.0125 if self.female else 0.0115
        head.line(self.ink, np.vstack([upper, f.lid(side, [1.12], 0.006)]), wide, 0.95, smooth=False, attack=0.40, tail=0.22)
        head.line(self.faint, lower[2:], 0.0042, 0.7, smooth=False, attack=0.7, tail=0.5)
        head.line(self.ink, [upper[0] + [0, -0.002], f.lid(side, -1.06, 0.006), f.lid(side, -1.0, 0.010)], 0.005, 0.6)
        over = 0.011 + 0.004 * (1 - f.hood)
        crease = [f.lid(side, s, -(f.eye_open * (1 - abs(s) ** 2.3 if abs(s) < 1 else 0) + over * (1 - 0.35 * max(s, 0) * f.hood)) + 0.010 * max(s - 0.8, 0) * f.hood * 4) for s in (-0.85, -0.4, 0.1, 0.55, 0.95, 1.22)]
        head.line(self.faint, crease, 0.0062, 0.80, attack=0.45, tail=0.15)
        if f.hood > 0.4:
            fold = [f.lid(side, s, y) for s, y in ((0.05, -f.eye_open - 0.024), (0.6, -f.eye_open - 0.014), (1.1, -0.004), (1.38, 0.016))]
            head.line(self.faint, fold, 0.0048, 0.30 + 0.4 * f.hood, attack=0.5)
        if f.bag > 0.35:
            rim = [f.lid(side, s, f.eye_open + 0.020 + 0.010 * f.bag + 0.010 * (1 - s * s)) for s in (-0.95, -0.45, 0.1, 0.6, 0.95)]
            head.line(self.faint, rim, 0.0050, 0.20 + 0.40 * f.bag, attack=0.35)

    def crow_feet(self, side):
        f, r = self.form, self.rng
        for k in range(int(1 + 2.6 * self.old + 1.4 * f.smile)):
            angle = np.radians(-30 + 21 * k + r.uniform(-7, 7))
            x0, y0 = f.lid(side, 1.26 + r.uniform(0, 0.14), 0.008 + 0.006 * k)
            length = r.uniform(0.030, 0.060)
            end = (x0 + side * length * np.cos(angle), y0 + length * np.sin(angle))
            self.head.line(self.faint, [(x0, y0), ((x0 + end[0]) / 2, (y0 + end[1]) / 2 + 0.004), end], 0.0040, r.uniform(0.30, 0.6))

    def brows(self):
        head, f, r, person = self.head, self.form, self.rng, self.head.person
        dark, pale = self.sheet.strokes(), self.sheet.strokes()
        thick = person.get("brow", 1.0) * (0.48 if self.female else 1.0)
        grey, shaggy = person.get("grey", 0.7), person.get("long_brows", False)
        arch = r.uniform(0.008, 0.018)
        slope = r.uniform(0.008, 0.026) + 0.006 * f.smile
        number = int((75 if self.female else 130) * min(1, head.detail + 0.25))
        for side in (-1, 1):
            for _ in range(number):
                t = r.uniform(0, 1) ** 0.85
                x = side * (0.060 + 0.158 * t)
                y = f.brow_y - arch * np.sin(np.pi * min(1, t * 1.1)) + slope * t**1.6
                y += r.normal(0, 0.0078) * thick * (1 - 0.50 * t)
                angle = np.radians(58 * (1 - t) ** 1.6 - 16 * t + r.normal(0, 9))
                length = r.uniform(0.018, 0.036) * (2.7 if shaggy and t > 0.5 and r.random() < 0.6 else 1)
                dx, dy = side * length * np.cos(angle), -length * np.sin(angle) + (0.026 if shaggy and t > 0.5 else 0)
                layer = pale if r.random() < 0.10 + 0.50 * grey else dark
                head.line(layer, [(x, y), (x + dx * 0.5, y + dy * 0.62), (x + dx, y + dy)], 0.0050 * thick**0.5, r.uniform(0.3, 0.75), out=0.012)
        soft = self.sheet.soften(np.maximum(dark.array(), pale.array()), 0.010 * head.height)
        self.sheet.wash(soft, mix((0.42, 0.37, 0.34), (0.66, 0.62, 0.58), grey), 0.45 * min(thick, 1.0))
        self.sheet.ink(dark, mix(INK, (0.50, 0.48, 0.46), grey * 0.8), 0.85)
        self.sheet.gouache(pale, (0.955, 0.945, 0.925), 0.80)

    # --- nose and mouth ------------------------------------------------------------------------

    def nose(self):
        head, f = self.head, self.form
        w, y = f.nose_w, f.nose_y
        far = 1 if head.turn >= 0 else -1
        bridge = [(far * 0.030, -0.045), (far * 0.024, 0.0), (far * 0.030, 0.06), (far * 0.036, y - 0.075)]
        head.line(self.faint, bridge, 0.0046, 0.22, attack=0.5, tail=0.2)
        for s in (-1, 1):
            wing = [(s * w * 0.84, y - 0.056), (s * w * 1.08, y - 0.034), (s * w * 1.08, y - 0.010), (s * w * 0.86, y + 0.002), (s * w * 0.66, y - 0.002)]
            head.line(self.ink, wing, 0.0068, 0.72, attack=0.55, tail=0.2)
            hole = [(s * w * 0.22, y + 0.000), (s * w * 0.42, y - 0.008), (s * w * 0.62, y - 0.003)]
            head.line(self.ink, hole, 0.0105, 0.80, attack=0.55, tail=0.3)
        head.line(self.faint, [(-w * 0.26, y - 0.002), (0, y + 0.006), (w * 0.26, y - 0.002)], 0.0058, 0.6, attack=0.5, tail=0.3)

    def mouth(self):
        sheet, head, f, h = self.sheet, self.head, self.form, self.head.height
        w, y, lip = f.mouth_w, f.mouth_y, f.lip
        up = 0.001 + 0.024 * f.smile
        t = np.linspace(-1, 1, 25)
        if head.person.get("laugh"):
            return self.laugh(w, y, lip, up)
        wave = 0.0035 * np.cos(t * np.pi * 1.5) * (1 - t**2)
        part = np.stack([t * w, y + wave + 0.004 - up * np.abs(t) ** 2.0], 1)
        top = np.stack([t * w * 0.97, part[:, 1] - lip * (1 - np.abs(t) ** 1.7) * (1 - 0.16 * np.exp(-(t / 0.16) ** 2))], 1)
        low = np.stack([t * w * 0.88, part[:, 1] + lip * 1.55 * (1 - t**2) ** 0.75], 1)
        rose = mix((0.70, 0.45, 0.40), (0.66, 0.50, 0.43), 0.0 if self.female else 0.8)
        a, b, c = (head.face_px(line) for line in (top, part, low))
        sheet.wash(sheet.soften(sheet.mask(np.vstack([a, b[::-1]]), smooth=False), 0.003 * h) * head.mask, rose, 0.80, edge=0.2, granulation=0.3)
        sheet.wash(sheet.soften(sheet.mask(np.vstack([b, c[::-1]]), smooth=False), 0.004 * h) * head.mask, rose, 0.52, granulation=0.3)
        head.line(self.ink, part[:14], 0.0078, 0.85, smooth=False, attack=0.30, tail=0.6)
        head.line(self.ink, part[11:][::-1], 0.0078, 0.85, smooth=False, attack=0.30, tail=0.6)
        for s in (-1, 1):
            head.line(self.ink, [(s * w * 0.95, y - up * 0.85), (s * (w + 0.008), y - up - 0.001), (s * (w + 0.014), y - up - 0.009)], 0.0070, 0.55)
            head.line(self.faint, [(s * (w + 0.010), y - up - 0.010), (s * (w + 0.018), y - up + 0.006), (s * (w + 0.013), y - up + 0.024)], 0.0052, 0.45)
        head.line(self.faint, [(-w * 0.36, y + lip * 1.75 + 0.006), (0, y + lip * 1.9 + 0.008), (w * 0.38, y + lip * 1.75 + 0.006)], 0.0052, 0.40, attack=0.5)
        if self.old > 0.7 and head.detail > 0.5:
            for x in np.linspace(-0.62, 0.62, 7) + self.rng.uniform(-0.06, 0.06, 7):
                head.line(self.faint, [(w * x * 1.03, y - lip - 0.026), (w * x, y - lip - 0.016), (w * x * 0.97, y - lip - 0.005)], 0.0030, 0.12 + 0.16 * self.old)

    def laugh(self, w, y, lip, up):
        """A mouth open in laughter: the upper teeth, and the dark below them."""
        sheet, head, h = self.sheet, self.head, self.head.height
        t, gap = np.linspace(-1, 1, 25), 0.030 * head.person["laugh"]
        w, up = w * 1.10, up + 0.010
        high = np.stack([t * w, y - 0.008 + 0.010 * (1 - t**2) - up * np.abs(t) ** 2.2], 1)
        low = np.stack([t * w * 0.99, high[:, 1] + gap * (1 - t**2) ** 0.8 + 0.001], 1)
        teeth = np.stack([t * w * 0.90, high[:, 1] + gap * 0.60 * (1 - t**2) ** 0.7], 1)
        top = np.stack([t * w * 0.98, high[:, 1] - lip * 0.85 * (1 - np.abs(t) ** 1.7)], 1)
        under = np.stack([t * w * 0.90, low[:, 1] + lip * 1.30 * (1 - t**2) ** 0.75], 1)
        rose = mix((0.70, 0.45, 0.40), (0.66, 0.50, 0.43), 0.0 if self.female else 0.7)
        a, b, c, d, e = (head.face_px(line) for line in (top, high, teeth, low, under))
        shape = lambda one, other: np.minimum(sheet.soften(sheet.mask(np.vstack([one, other[::-1]]), smooth=False), 0.0018 * h), head.mask)
        sheet.wash(shape(a, b), rose, 0.75, granulation=0.2)
        sheet.wash(shape(d, e), rose, 0.55, granulation=0.2)
        sheet.cover(shape(b, d), (0.40, 0.26, 0.235), 0.92)
        sheet.cover(shape(b, c), (0.955, 0.935, 0.895), 0.95)
        ends = np.abs(t) > 0.55
        for side in (t < 0, t > 0):
            pick = ends & side
            sheet.wash(shape(b[pick], c[pick]), DEEP, 0.45)
        for x in (-0.34, -0.11, 0.12, 0.35):
            k = np.argmin(np.abs(t - x))
            self.faint.stroke([b[k], c[k]], 0.0026 * h, 0.35, smooth=False)
        head.line(self.ink, high, 0.0062, 0.80, smooth=False, attack=0.5, tail=0.4)
        head.line(self.faint, low, 0.0052, 0.75, smooth=False, attack=0.5, tail=0.4)
        for s in (-1, 1):
            head.line(self.ink, [(s * w * 0.97, y - up - 0.004), (s * (w + 0.010), y - up - 0.014), (s * (w + 0.012), y - up - 0.024)], 0.0070, 0.6)

    # --- folds and outline ---------------------------------------------------------------------

    def folds(self):
        head, f, r = self.head, self.form, self.rng
        for side in (-1, 1):
            y = np.linspace(f.nose_y - 0.028, f.mouth_y + 0.020 + 0.02 * self.old, 9)
            x, _ = f.fold_x(y)
            head.line(self.faint, np.stack([side * x, y], 1), 0.0068, 0.08 + 0.46 * f.fold, attack=0.45, tail=0.08)
            if f.jowl > 0.4:
                y = np.linspace(f.mouth_y + 0.024, f.mouth_y + 0.105, 6)
                x, _ = f.marionette_x(y)
                head.line(self.faint, np.stack([side * x, y], 1), 0.0055, 0.15 + 0.4 * f.jowl)
            if self.old > 0.6:
                lean = r.uniform(-0.01, 0.01)
                head.line(self.faint, [(side * (0.222 + lean), 0.10), (side * (0.246 + lean), 0.17), (side * (0.236 + lean), 0.24)], 0.0040, 0.24)
            head.line(self.faint, [(side * 0.020, f.brow_y - 0.010), (side * 0.0165, f.brow_y + 0.020), (side * 0.023, f.brow_y + 0.040)], 0.0046, (0.10 + 0.34 * self.old * r.uniform(0.4, 1)) * (1 - 0.5 * f.smile))
        for furrow in f.furrows:
            t = np.linspace(-0.95, 0.95, 14)
            x = furrow["shift"] + t * furrow["reach"]
            y, _ = f.furrow_y(furrow, x)
            line = np.stack([x, y + r.normal(0, 0.0010, len(x))], 1)
            cut = r.integers(5, 9)
            head.line(self.faint, line[:cut + 1], 0.0048, 0.22 + 0.26 * self.old, attack=0.5)
            head.line(self.faint, line[cut + r.integers(0, 2):], 0.0048, 0.22 + 0.26 * self.old, attack=0.4)

    def outline(self):
        """The edge of the face from temple to temple, stronger away from the light."""
        edge, h, r = self.head.outline(), self.head.height, self.rng
        def run(first, last, width, alpha, **kind):
            self.ink.stroke(edge[np.arange(first, last, 3 if last > first else -3) % 360], width * h, alpha, smooth=False, wobble=r.uniform(0, 6), **kind)
        light = 0.82 if self.female else 1.0
        run(62, 112, 0.0060, 0.60 * light, attack=0.4, tail=0.3)
        run(105, 150, 0.0078, 0.72 * light, attack=0.5, tail=0.2)
        run(146, 190, 0.0074, 0.66 * light, attack=0.5, tail=0.15)
        run(248, 200, 0.0060, 0.52 * light, attack=0.4, tail=0.15)
        run(300, 258, 0.0048, 0.42 * light, attack=0.4, tail=0.2)
        if self.head.person["hair"] in ("bald", "receding"):
            run(-62, 64, 0.0052, 0.55, attack=0.3, tail=0.3)
