"""A head: bone and flesh as a relief lit from the upper left, then drawn in ink.

Lengths are in head heights (crown to chin); the origin lies between the eyes,
x to the right, y down, so the crown is at -0.5 and the chin at +0.5.
"""

import numpy as np

from .ink import INK, mix, smoothstep, spline

LIGHT = np.array([-0.44, -0.40, 0.82])
SKIN = (0.958, 0.895, 0.825)
SHADE = (0.635, 0.50, 0.425)
DEEP = (0.38, 0.30, 0.265)

# Half widths of the face from crown to chin: temple, cheekbone, jaw corner, chin.
SHAPES = {
    "oval": dict(temple=0.310, cheek=0.322, jaw=0.262, chin=0.142),
    "round": dict(temple=0.318, cheek=0.343, jaw=0.300, chin=0.172),
    "long": dict(temple=0.300, cheek=0.308, jaw=0.256, chin=0.146),
    "square": dict(temple=0.314, cheek=0.328, jaw=0.300, chin=0.180),
    "heart": dict(temple=0.322, cheek=0.330, jaw=0.250, chin=0.124),
}


class Head:
    """One person's features, and the place and size they are drawn at."""

    def __init__(self, sheet, person, centre, height, detail=1.0):
        self.sheet, self.person = sheet, person
        self.centre, self.height = centre, height
        self.detail = detail
        self.rng = np.random.default_rng(person["seed"])
        self.turn = np.radians(person["turn"])
        self.tilt = np.radians(person.get("tilt", self.rng.uniform(-2.4, 2.4)))
        self.old = np.clip((person["age"] - 60) / 32, 0.1, 1.0)
        shape = dict(SHAPES[person["face"]])
        lean = self.rng.uniform(-0.014, 0.014, 4)
        for key, change in zip(shape, lean):
            shape[key] += change
        self.shape = shape
        self.female = person["sex"] == "F"
        self.set_features()
        self.set_contour()

    def set_features(self):
        r, person = self.rng, self.person
        small = 0.93 if self.female else 1.0
        self.eye_x = 0.142 + r.uniform(-0.009, 0.009)
        self.eye_half = 0.063 + r.uniform(-0.007, 0.006)
        self.eye_open = (0.0245 - 0.005 * self.old - 0.004 * person.get("smile", 0.6) + r.uniform(-0.003, 0.003)) * person.get("open", 1)
        self.droop = 0.010 + 0.012 * self.old + r.uniform(-0.012, 0.009)
        self.brow_y = -0.090 + r.uniform(-0.013, 0.012)
        self.nose_y = 0.188 + r.uniform(-0.020, 0.016)
        self.nose_w = (0.070 + r.uniform(-0.012, 0.012)) * small * person.get("nose", 1.0)
        self.nose_out = (0.085 + r.uniform(-0.020, 0.020)) * small * person.get("nose", 1.0)
        self.mouth_y = self.nose_y + 0.117 + r.uniform(-0.010, 0.010)
        self.mouth_w = (0.128 + r.uniform(-0.016, 0.016)) * small
        self.smile = person.get("smile", 0.6)
        self.lip = 0.020 * (1.1 if self.female else 0.9) * (1 - 0.3 * self.old) + r.uniform(-0.003, 0.003)
        self.hollow = person.get("hollow", 0.3 * self.old)

    def set_contour(self):
        s = self.shape
        knots = np.array([
            [-0.500, 0.0], [-0.494, 0.08], [-0.465, 0.17], [-0.395, 0.252], [-0.300, s["temple"] - 0.012],
            [-0.180, s["temple"] + 0.006], [-0.06, s["cheek"] - 0.004], [0.07, s["cheek"]],
            [0.17, s["cheek"] * 0.55 + s["jaw"] * 0.45 + 0.006], [0.27, s["jaw"]],
            [0.36, s["jaw"] * 0.58 + s["chin"] * 0.42], [0.435, s["chin"] + 0.010],
            [0.478, s["chin"] * 0.66], [0.4965, s["chin"] * 0.30], [0.500, 0.0]])
        line = spline(knots, steps=10)
        self.contour_y, self.contour_w = line[:, 0], np.maximum(line[:, 1], 0)

    def sway(self, y):
        """How far the face's middle line is carried to the side by the turn of the head."""
        return np.sin(self.turn) * (0.03 + 0.20 * smoothstep(0.0, 0.5, y) - 0.05 * smoothstep(0, -0.5, -y))

    def half_width(self, y):
        return np.interp(y, self.contour_y, self.contour_w)

    def outline(self):
        y, w = self.contour_y, self.contour_w
        right = np.stack([self.sway(y) + w, y], axis=1)
        left = np.stack([self.sway(y) - w, y], axis=1)[::-1]
        return np.vstack([right, left[1:-1]])

    def on_face(self, u, v, out=0.0):
        """Where a point of the front view stands once the head is turned."""
        depth = 0.30 * np.sqrt(np.maximum(0.0, 1 - (np.asarray(u) / 0.37) ** 2)) + out
        x = np.asarray(u) * np.cos(self.turn) + (depth - 0.10) * np.sin(self.turn)
        return np.stack(np.broadcast_arrays(x, np.asarray(v, dtype=float)), axis=-1)

    def px(self, points):
        """Head units to pixels of the sheet."""
        p = np.asarray(points, dtype=float)
        c, s = np.cos(self.tilt), np.sin(self.tilt)
        turned = np.stack([p[..., 0] * c - p[..., 1] * s, p[..., 0] * s + p[..., 1] * c], axis=-1)
        return turned * self.height + np.asarray(self.centre)

    def face_px(self, points, out=0.0):
        p = np.asarray(points, dtype=float)
        return self.px(self.on_face(p[:, 0], p[:, 1], out))

    def line(self, layer, points, width, alpha=1.0, out=0.0, free=False, **kind):
        """A brush stroke on the face (or, when `free`, in plain head units)."""
        where = self.px(points) if free else self.face_px(points, out)
        layer.stroke(where, max(width * self.height, 0.7), alpha, wobble=self.rng.uniform(0, 6), **kind)

    # --- relief ------------------------------------------------------------------------

    def grid(self, step):
        """Head units of every step-th pixel in a window round the head."""
        h = self.height
        x0, x1 = int(self.centre[0] - 0.56 * h), int(self.centre[0] + 0.56 * h)
        y0, y1 = int(self.centre[1] - 0.66 * h), int(self.centre[1] + 0.66 * h)
        x0, y0 = max(0, x0), max(0, y0)
        x1, y1 = min(self.sheet.width, x1), min(self.sheet.height, y1)
        xs, ys = np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step))
        dx, dy = (xs - self.centre[0]) / h, (ys - self.centre[1]) / h
        c, s = np.cos(-self.tilt), np.sin(-self.tilt)
        return (slice(y0, y1), slice(x0, x1)), dx * c - dy * s, dx * s + dy * c

    def relief(self, x, y):
        w = np.maximum(self.half_width(y), 0.02)
        across = np.clip((x - self.sway(y)) / w, -1, 1)
        knots = spline([(-0.56, 0.0), (-0.5, 0.09), (-0.4, 0.22), (-0.25, 0.305), (0.0, 0.33), (0.25, 0.325),
                        (0.42, 0.285), (0.5, 0.21), (0.6, 0.1)])
        profile = np.interp(y, knots[:, 0], knots[:, 1])
        z = profile * (1 - np.abs(across) ** 2.5) ** 0.62

        def bump(u, v, height, su, sv, out=0.0):
            nonlocal z
            p = self.on_face(u, v, out)
            z = z + height * np.exp(-(((x - p[0]) / su) ** 2 + ((y - p[1]) / sv) ** 2))

        for side in (-1, 1):
            ex = side * self.eye_x
            bump(side * 0.11, -0.065, 0.020 if self.female else 0.030, 0.085, 0.030)
            bump(ex * 0.97, -0.012, -0.046, 0.066, 0.042)
            bump(side * 0.066, -0.01, -0.020, 0.026, 0.04)
            bump(ex, 0.002, 0.030, 0.048, 0.028)
            bump(ex, 0.060, 0.007 + 0.010 * self.old, 0.050, 0.018)
            bump(ex * 0.95, 0.088, -0.008 - 0.004 * self.old, 0.055, 0.012)
            bump(side * 0.215, 0.085, 0.026, 0.080, 0.060)
            bump(side * 0.165, 0.150, 0.022 + 0.014 * self.smile, 0.062, 0.052)
            bump(side * 0.225, 0.235, -0.045 * self.hollow, 0.060, 0.075)
            bump(side * 0.285, -0.12, -0.020 - 0.02 * self.hollow, 0.05, 0.09)
            bump(side * self.nose_w * 0.92, self.nose_y - 0.008, 0.034, 0.027, 0.023, 0.05)
            bump(side * (self.mouth_w + 0.012), self.mouth_y + 0.002, -0.016, 0.022, 0.022)
            bump(side * 0.17, 0.36, 0.016 * self.old, 0.045, 0.045)
            fold = self.on_face(*np.array(self.fold_points(side)).T)
            fold = spline(fold, steps=10)
            near = np.min([(x - px) ** 2 + (y - py) ** 2 for px, py in fold], axis=0)
            z = z - (0.009 + 0.008 * self.old) * np.exp(-near / 0.016**2)
        for t in np.linspace(0, 1, 9):
            v = -0.045 + t * (self.nose_y + 0.015)
            bump(0, v, (0.010 + 0.021 * t), 0.026 + 0.010 * t, 0.024, 0.02 + self.nose_out * t)
        bump(0, self.nose_y - 0.022, 0.046, 0.041, 0.034, self.nose_out + 0.03)
        bump(0, 0.27, 0.036, 0.105, 0.085)
        bump(0, 0.245, -0.010, 0.014, 0.026)
        bump(0, self.mouth_y - 0.016, 0.010, 0.075, 0.014)
        bump(0, self.mouth_y, -0.012, 0.090, 0.008)
        bump(0, self.mouth_y + 0.024, 0.017, 0.062, 0.015)
        bump(0, self.mouth_y + 0.066, -0.020, 0.062, 0.019)
        bump(0, 0.435, 0.036, 0.078, 0.046)
        bump(0, -0.25, 0.018, 0.17, 0.12)
        return z

    def fold_points(self, side):
        s = self.smile
        return [(side * (self.nose_w + 0.012), self.nose_y - 0.028), (side * (self.nose_w + 0.046), self.nose_y + 0.022),
                (side * (self.mouth_w + 0.022 + 0.012 * s), self.mouth_y - 0.034), (side * (self.mouth_w + 0.036), self.mouth_y + 0.030)]

    def tones(self):
        """Window, darkness of the lit relief and darkness of its hollows, at full size."""
        step = 2 if self.height > 300 else 1
        window, x, y = self.grid(step)
        z = self.relief(x, y)
        unit = step / self.height
        gy, gx = np.gradient(z, unit)
        normal = np.stack([-gx, -gy, np.ones_like(z)], axis=-1)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        lit = normal @ (LIGHT / np.linalg.norm(LIGHT))
        soft = self.sheet.soften
        hollow = soft(z.astype(np.float32), 0.035 / unit) - z
        shape = (window[0].stop - window[0].start, window[1].stop - window[1].start)

        def full(a):
            big = np.repeat(np.repeat(a, step, 0), step, 1)[:shape[0], :shape[1]]
            return soft(big.astype(np.float32), 0.004 * self.height)

        return window, full(1 - lit), full(hollow)

    # --- skin --------------------------------------------------------------------------

    def paint_skin(self, mask):
        sheet, complexion = self.sheet, self.person.get("complexion", 0.0)
        skin = mix(SKIN, (0.90, 0.78, 0.66), complexion)
        sheet.cover(mask, (0.985, 0.962, 0.925))
        sheet.wash(mask, skin, 0.75, edge=0.25, edge_width=0.02 * self.height)
        window, dark, hollow = self.tones()
        noise = 0.5 * sheet.blotch[window] + 0.5 * sheet.fine[window]
        inside = mask[window]

        def lay(values, colour, strength, **kind):
            whole = np.zeros((sheet.height, sheet.width), np.float32)
            whole[window] = values * inside
            sheet.wash(whole, colour, strength, **kind)

        wet = dark + 0.012 * noise
        lay(smoothstep(0.10, 0.46, wet), mix(skin, SHADE, 0.35), 0.50)
        lay(smoothstep(0.25, 0.36, wet), SHADE, 0.20, edge=0.25, edge_width=4)
        lay(smoothstep(0.37, 0.50, wet), SHADE, 0.26, edge=0.25, edge_width=4)
        lay(smoothstep(0.54, 0.80, wet), DEEP, 0.22)
        lay(smoothstep(0.004, 0.030, hollow), SHADE, 0.42)
        lay(smoothstep(0.014, 0.036, hollow), DEEP, 0.26)
        self.warm(mask)
        light = sheet.soften(smoothstep(0.13, 0.04, wet) * inside, 0.01 * self.height)
        whole = np.zeros((sheet.height, sheet.width), np.float32)
        whole[window] = light
        sheet.cover(whole, (1.0, 0.985, 0.955), 0.42)

    def warm(self, mask):
        """The blood under the skin of cheeks, nose and ears."""
        for u, v, r, much in ((-0.185, 0.125, 0.07, 0.30), (0.185, 0.125, 0.07, 0.34),
                              (0, self.nose_y - 0.02, 0.045, 0.24), (0, 0.44, 0.06, 0.14)):
            c = self.px(self.on_face(u, v, 0.04))
            spot = self.sheet.mask(c + r * self.height * np.array([[1, 0], [0, 0.8], [-1, 0], [0, -0.8]]))
            spot = self.sheet.soften(spot, 0.04 * self.height) * mask
            self.sheet.wash(spot, (0.86, 0.56, 0.46), much)

    def spots(self, mask):
        """A few marks of age on temple and cheek."""
        if self.person["age"] < 78 or self.detail < 0.5:
            return
        layer = self.sheet.strokes()
        for _ in range(int(4 + 8 * self.old)):
            side = self.rng.choice([-1, 1])
            c = self.face_px([[side * self.rng.uniform(0.19, 0.29), self.rng.uniform(-0.25, 0.16)]])[0]
            r = self.height * self.rng.uniform(0.003, 0.009)
            a = np.linspace(0, 2 * np.pi, 7)[:-1]
            ring = c + r * np.stack([np.cos(a), 0.8 * np.sin(a)], 1) * self.rng.uniform(0.7, 1.3, (6, 1))
            layer.polygon(spline(ring, closed=True), self.rng.uniform(0.25, 0.6))
        self.sheet.wash(self.sheet.soften(layer.array(), 0.002 * self.height) * mask, SHADE, 0.36)

    def paint_ears(self, covered):
        sheet, ink = self.sheet, self.sheet.strokes()
        for side in (-1, 1):
            reach = 1 - side * np.sin(self.turn) * 1.6  # the ear turned away all but hides
            if reach < 0.35:
                continue
            x = side * (self.half_width(0.04) - 0.012)
            e, long = 0.058 * reach, 0.02 * self.old
            ear = [(x, -0.055), (x + side * e * 0.75, -0.085), (x + side * e * 1.15, -0.045), (x + side * e, 0.05),
                   (x + side * e * 0.72, 0.13), (x + side * e * 0.45, 0.175 + long), (x - side * 0.01, 0.165 + long), (x - side * 0.03, 0.05)]
            shape = np.array(ear) + [self.sway(0.05), 0]
            mask = sheet.mask(self.px(shape))
            sheet.cover(mask, (0.975, 0.945, 0.90))
            sheet.wash(mask, SKIN, 0.9)
            sheet.wash(mask, (0.86, 0.60, 0.50), 0.20)
            sheet.wash(sheet.soften(mask, 0.012 * self.height) * mask, SHADE, 0.34 if side > 0 else 0.12, edge=0.5)
            if covered:
                continue
            self.line(ink, shape[[0, 1, 2, 3, 4, 5, 6]], 0.009, 0.8, free=True, attack=0.3, tail=0.3)
            inner = np.array([(x + side * e * 0.30, -0.035), (x + side * e * 0.72, -0.05), (x + side * e * 0.78, 0.01), (x + side * e * 0.55, 0.075), (x + side * e * 0.36, 0.10)]) + [self.sway(0.05), 0]
            self.line(ink, inner, 0.006, 0.6, free=True)
            inner = np.array([(x + side * e * 0.12, 0.03), (x + side * e * 0.42, 0.02), (x + side * e * 0.38, 0.075), (x + side * e * 0.12, 0.095)]) + [self.sway(0.05), 0]
            self.line(ink, inner, 0.010, 0.4, free=True)
        sheet.ink(ink, mix(INK, SHADE, 0.25), 0.8)

    # --- features in ink ---------------------------------------------------------------

    def draw_eye(self, side, ink, faint):
        sheet, r = self.sheet, self.rng
        cx, half, lift = side * self.eye_x, self.eye_half, self.eye_open

        def at(t, dy):  # t from the inner corner (-1) to the outer (+1)
            return (cx + side * t * half, dy + self.droop * (0.25 * t + 0.35 * max(t, 0) ** 2))

        upper = [at(-1.05, 0.010), at(-0.6, -lift * 0.62), at(0, -lift), at(0.55, -lift * 0.72), at(1.0, 0.002), at(1.14, 0.010)]
        lower = [at(-1.05, 0.010), at(-0.5, lift * 0.62), at(0.1, lift * 0.66), at(0.65, lift * 0.36), at(1.0, 0.002)]
        opening = np.vstack([spline(self.face_px(upper[:5])), spline(self.face_px(lower))[::-1]])
        hole = sheet.mask(opening, smooth=False)
        sheet.cover(hole, (0.955, 0.935, 0.905))
        gaze = np.sin(self.turn) * -0.02
        c = self.px(self.on_face(cx, -0.001) + [gaze, 0])
        radius = 0.0275 * self.height
        a = np.linspace(0, 2 * np.pi, 25)[:-1]
        circle = np.stack([np.cos(a), np.sin(a)], 1)
        iris = sheet.mask(c + circle * radius, smooth=False) * hole
        pupil = sheet.mask(c + circle * radius * 0.50, smooth=False) * hole
        sheet.wash(iris, (0.34, 0.24, 0.18), 0.85, edge=1.0, edge_width=radius * 0.3)
        sheet.wash(pupil, (0.10, 0.08, 0.08), 1.0)
        shadow = sheet.mask(np.vstack([spline(self.face_px(upper[:5])), (spline(self.face_px(upper[:5])) + [0, lift * 0.75 * self.height])[::-1]]), smooth=False)
        sheet.wash(sheet.soften(shadow, 0.004 * self.height) * hole, DEEP, 0.55)
        glint = sheet.mask(c + np.array([-0.30, -0.32]) * radius + circle * radius * 0.24, smooth=False) * hole
        sheet.cover(sheet.soften(glint, 0.0012 * self.height), (1, 0.99, 0.97), 0.95)
        # Lids: a full stroke above, a broken fine one below, then folds and bags.
        self.line(ink, upper, 0.0125, 0.95, attack=0.45, tail=0.25)
        self.line(faint, lower, 0.0050, 0.75, attack=0.5, tail=0.2)
        crease = [at(-0.85, -lift * 1.1 - 0.004), at(-0.2, -lift * 1.75 - 0.008), at(0.5, -lift * 1.5 - 0.007), at(1.25, 0.004 + self.droop * 0.4)]
        self.line(faint, crease, 0.0065, 0.75, attack=0.4)
        if self.old > 0.4:
            hood = [at(-0.5, -lift * 2.6 - 0.010), at(0.3, -lift * 2.6 - 0.008), at(1.1, -lift * 0.9), at(1.42, 0.016)]
            self.line(faint, hood, 0.0055, 0.5)
        bag = [at(-0.85, lift + 0.016), at(-0.2, lift + 0.036 + 0.008 * self.old), at(0.5, lift + 0.034 + 0.008 * self.old), at(1.0, lift + 0.016)]
        self.line(faint, bag, 0.0055, 0.35 + 0.35 * self.old, attack=0.35)
        if self.old > 0.5:
            self.line(faint, [(p[0], p[1] + 0.020) for p in bag[:3]], 0.004, 0.4)
        if self.detail < 0.5:
            return
        for k in range(2 + int(3 * self.old)):  # crow's feet open like a fan
            angle = np.radians(-28 + 22 * k + r.uniform(-6, 6))
            x0, y0 = at(1.28 + r.uniform(0, 0.12), 0.010 + 0.006 * k)
            length = r.uniform(0.035, 0.065)
            end = (x0 + side * length * np.cos(angle), y0 + length * np.sin(angle))
            bend = ((x0 + end[0]) / 2, (y0 + end[1]) / 2 + 0.004)
            self.line(faint, [(x0, y0), bend, end], 0.0042, r.uniform(0.35, 0.7))
        if self.female:
            for t in (0.75, 1.0):
                x0, y0 = at(t, -lift * (1 - t) * 2.2 - 0.002)
                self.line(ink, [(x0, y0), (x0 + side * 0.008, y0 - 0.004), (x0 + side * 0.014, y0 - 0.003)], 0.004, 0.7)

    def draw_brow(self, side, layer, pale):
        r, person = self.rng, self.person
        thick = person.get("brow", 1.0) * (0.62 if self.female else 1.0)
        n = int((70 if self.female else 110) * min(1, self.detail + 0.25))
        long_hair = person.get("long_brows", False)
        arch = 0.018 if self.female else 0.012
        for _ in range(n):
            t = r.uniform(0, 1) ** 0.9
            x = side * (0.068 + 0.155 * t)
            y = self.brow_y - arch * np.sin(np.pi * min(1, t * 1.15)) + 0.022 * t * t + 0.004
            y += r.normal(0, 0.0075) * thick * (1 - 0.55 * t)
            angle = np.radians(62 * (1 - t) ** 1.5 - 14 * t + r.normal(0, 8))
            length = r.uniform(0.020, 0.038) * (1.6 if long_hair and t > 0.6 and r.random() < 0.4 else 1)
            dx, dy = side * length * np.cos(angle), -length * np.sin(angle)
            if long_hair and t > 0.6:
                dy += 0.016
            target = pale if r.random() < 0.2 + 0.45 * person.get("grey", 0.7) else layer
            self.line(target, [(x, y), (x + dx * 0.5, y + dy * 0.62), (x + dx, y + dy)], 0.0052 * thick ** 0.5, r.uniform(0.35, 0.8), out=0.02)

    def draw_nose(self, ink, faint):
        w, y, out = self.nose_w, self.nose_y, self.nose_out
        far = 1 if self.turn >= 0 else -1
        side = [self.on_face(far * 0.030, -0.055, 0.0), self.on_face(far * 0.026, 0.0, 0.02), self.on_face(far * 0.030, 0.07, out * 0.6), self.on_face(far * 0.036, y - 0.045, out * 0.95)]
        self.line(faint, side, 0.0062, 0.62, free=True, attack=0.5, tail=0.3)
        for s in (-1, 1):
            wing = [self.on_face(s * w * 0.86, y - 0.048, 0.03), self.on_face(s * w * 1.10, y - 0.020, 0.03), self.on_face(s * w * 1.04, y + 0.008, 0.04), self.on_face(s * w * 0.72, y + 0.010, 0.06)]
            self.line(ink, wing, 0.0080, 0.85, free=True, attack=0.55, tail=0.3)
            hole = [self.on_face(s * w * 0.26, y + 0.012, 0.07), self.on_face(s * w * 0.50, y + 0.001, 0.07), self.on_face(s * w * 0.78, y + 0.008, 0.06)]
            self.line(ink, hole, 0.0145, 0.80, free=True, attack=0.5, tail=0.25)
        under = [self.on_face(-w * 0.34, y + 0.012, out), self.on_face(0, y + 0.021, out), self.on_face(w * 0.34, y + 0.012, out)]
        self.line(ink, under, 0.0072, 0.65, free=True, attack=0.5, tail=0.2)

    def draw_mouth(self, ink, faint):
        sheet, w, y, s = self.sheet, self.mouth_w, self.mouth_y, self.smile
        up = 0.008 + 0.024 * s
        middle = [(-w, y - up), (-w * 0.55, y + 0.001), (-w * 0.2, y + 0.002), (0, y + 0.006), (w * 0.2, y + 0.002), (w * 0.55, y + 0.001), (w, y - up)]
        top = [(-w * 0.97, y - up), (-w * 0.5, y - self.lip * 0.72), (-w * 0.16, y - self.lip), (0, y - self.lip * 0.78), (w * 0.16, y - self.lip), (w * 0.5, y - self.lip * 0.72), (w * 0.97, y - up)]
        low = [(-w * 0.86, y - up * 0.4), (-w * 0.45, y + self.lip * 1.15), (0, y + self.lip * 1.65), (w * 0.45, y + self.lip * 1.15), (w * 0.86, y - up * 0.4)]
        out = 0.03
        rose = (0.70, 0.42, 0.37) if self.female else (0.68, 0.47, 0.40)
        upper = sheet.mask(np.vstack([spline(self.face_px(top, out)), spline(self.face_px(middle, out))[::-1]]), smooth=False)
        lower = sheet.mask(np.vstack([spline(self.face_px(middle, out)), spline(self.face_px(low, out))[::-1]]), smooth=False)
        soft = 0.003 * self.height
        sheet.wash(sheet.soften(upper, soft), rose, 0.75, edge=0.2)
        sheet.wash(sheet.soften(lower, soft * 1.3), rose, 0.48)
        shine = sheet.mask(self.face_px([(-w * 0.42, y + self.lip * 0.85), (-w * 0.1, y + self.lip * 0.72), (w * 0.12, y + self.lip * 0.95), (-w * 0.1, y + self.lip * 1.2)], out))
        sheet.cover(sheet.soften(shine, soft * 1.5), (1, 0.95, 0.90), 0.35)
        self.line(ink, middle[:4], 0.0095, 0.9, out=out, attack=0.25, tail=0.55)
        self.line(ink, middle[3:][::-1], 0.0095, 0.9, out=out, attack=0.25, tail=0.55)
        for side in (-1, 1):  # the corners, where a smile lives
            self.line(ink, [(side * w * 0.93, y - up * 0.8), (side * (w + 0.012), y - up - 0.003), (side * (w + 0.020), y - up - 0.013)], 0.0085, 0.65, out=out * 0.7)
            self.line(faint, [(side * (w + 0.016), y - up - 0.012), (side * (w + 0.026), y - up + 0.008), (side * (w + 0.020), y - up + 0.030)], 0.006, 0.5, out=out * 0.6)
        self.line(faint, [(-w * 0.4, y + self.lip * 1.75 + 0.004), (0, y + self.lip * 1.9 + 0.006), (w * 0.42, y + self.lip * 1.7 + 0.003)], 0.0060, 0.5, out=out, attack=0.5)
        if self.old > 0.45 and self.detail > 0.5:
            for x in np.linspace(-0.6, 0.6, 6) + self.rng.uniform(-0.05, 0.05, 6):
                self.line(faint, [(w * x, y - self.lip - 0.026), (w * x * 0.97, y - self.lip - 0.008)], 0.0032, 0.28 * self.old + 0.08, out=out, smooth=False)

    def draw_folds(self, ink, faint):
        r = self.rng
        for side in (-1, 1):
            self.line(faint, self.fold_points(side), 0.0092, 0.72, out=0.01, attack=0.3, tail=0.1)
            if self.old > 0.35:
                self.line(faint, [(side * (self.mouth_w + 0.018), self.mouth_y + 0.035), (side * (self.mouth_w + 0.016), 0.365), (side * (self.mouth_w - 0.004), 0.40)], 0.0062, 0.35 + 0.3 * self.old)
            if self.old > 0.55:
                self.line(faint, [(side * 0.215, 0.10), (side * 0.245, 0.17), (side * 0.235, 0.24)], 0.0046, 0.26)
                self.line(faint, [(side * 0.235, 0.08), (side * 0.272, 0.15), (side * 0.268, 0.22)], 0.0040, 0.20)
            if self.old > 0.25:
                self.line(faint, [(side * 0.024, self.brow_y - 0.012), (side * 0.020, self.brow_y + 0.022), (side * 0.028, self.brow_y + 0.045)], 0.0058, 0.30 + 0.2 * self.old)
        for k in range(int(1 + 3.4 * self.old)):
            y = -0.165 - 0.047 * k + r.uniform(-0.005, 0.005)
            reach = r.uniform(0.13, 0.20)
            shift = r.uniform(-0.03, 0.03)
            pts = [(shift + reach * t, y - 0.007 * np.cos(t * 3.1) - 0.012 * (1 - abs(t)) + r.normal(0, 0.0022)) for t in np.linspace(-1, 1, 8)]
            cut = r.integers(3, 6)
            self.line(faint, pts[:cut + 1], 0.0056, 0.34 + 0.28 * self.old, attack=0.4)
            self.line(faint, pts[cut:], 0.0056, 0.34 + 0.28 * self.old, attack=0.4)

    def draw_contour(self, ink):
        y = -0.10 + 0.600 * np.sin(np.linspace(0, np.pi / 2, 40))
        for side in (-1, 1):
            w = self.half_width(y)
            edge = np.stack([self.sway(y) + side * w, y], axis=1)
            cut = self.rng.integers(13, 17)
            alpha = 0.92 if side > 0 else 0.72
            self.line(ink, edge[2:cut + 2], 0.0078, alpha * 0.75, free=True, smooth=False, attack=0.5, tail=0.3)
            self.line(ink, edge[cut - 4:], 0.0088, alpha * 0.88, free=True, smooth=False, attack=0.4, tail=0.45)

    def paint_face(self):
        sheet = self.sheet
        mask = sheet.mask(self.px(self.outline()), smooth=False)
        self.mask = mask
        self.paint_skin(mask)
        self.spots(mask)
        ink, faint, brow, pale = (sheet.strokes() for _ in range(4))
        self.draw_folds(ink, faint)
        self.draw_nose(ink, faint)
        self.draw_mouth(ink, faint)
        for side in (-1, 1):
            self.draw_eye(side, ink, faint)
            self.draw_brow(side, brow, pale)
        self.draw_contour(ink)
        sheet.ink(faint, mix(INK, SHADE, 0.45), 0.85)
        sheet.ink(ink, INK, 0.88)
        grey = self.person.get("grey", 0.7)
        sheet.ink(brow, mix(INK, (0.62, 0.60, 0.57), grey * 0.7), 0.9)
        sheet.gouache(pale, (0.95, 0.935, 0.91), 0.8)
