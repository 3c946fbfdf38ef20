"""The form of a head: bone, flesh and the marks of age as a surface in space.

Lengths are in head heights (crown to chin). The origin lies between the eyes,
x to the right, y down, z towards the viewer; the crown is at y = -0.5, the chin
at +0.5 and the ears stand near z = 0.
"""

import numpy as np

from .ink import smoothstep, spline

# What the bones of a face differ in: half widths, and how far chin and brow stand out.
SHAPES = {
    "oval": dict(temple=0.306, cheek=0.317, jaw=0.255, chin=0.155, muzzle=0.0, flesh=0.35),
    "round": dict(temple=0.313, cheek=0.331, jaw=0.286, chin=0.178, muzzle=-0.004, flesh=0.85),
    "long": dict(temple=0.298, cheek=0.302, jaw=0.246, chin=0.153, muzzle=0.006, flesh=0.0),
    "square": dict(temple=0.310, cheek=0.321, jaw=0.290, chin=0.188, muzzle=0.002, flesh=0.45),
    "heart": dict(temple=0.313, cheek=0.321, jaw=0.240, chin=0.135, muzzle=0.0, flesh=0.2),
}


def power(value, exponent):
    return np.sign(value) * np.abs(value) ** exponent


def curve(knots):
    """A smooth function through knots of (where, value)."""
    line = spline(np.array(knots, float), steps=16)
    return lambda y: np.interp(y, line[:, 0], line[:, 1])


class Form:
    """One person's head as numbers, and where each of its points lies in space."""

    def __init__(self, person):
        self.person = person
        r = np.random.default_rng(person["seed"])
        self.female = person["sex"] == "F"
        self.old = float(np.clip((person["age"] - 50) / 40, 0.35, 1.0))
        self.smile = person.get("smile", 0.5)
        self.measure(r)
        self.bones()
        self.wrinkle(r)

    # --- proportions ---------------------------------------------------------------------

    def measure(self, r):
        """Proportions about the average of old people, a little apart in everybody."""
        person, small = self.person, 0.91 if self.female else 1.0
        old = self.old

        def near(name, middle, spread):
            return person.get(name, middle + 1.5 * spread * np.clip(r.normal(0, 0.6), -1, 1))

        self.shape = {key: value + 0.008 * np.clip(r.normal(0, 0.6), -1, 1) * (key != "flesh") for key, value in SHAPES[person["face"]].items()}
        if self.female:
            self.shape["jaw"] *= 0.955
            self.shape["chin"] *= 0.93
            self.shape["muzzle"] -= 0.009
        self.flesh = np.clip(near("flesh", self.shape["flesh"] + 0.15 * self.female - 0.25 * max(0, old - 0.6), 0.15), 0, 1.2)
        self.eye_x = near("eye_x", 0.136, 0.007)
        self.eye_half = near("eye_half", 0.061, 0.004)
        self.eye_open = near("eye_open", 0.0235 - 0.0035 * old - 0.0040 * self.smile, 0.0022)
        self.eye_tilt = near("eye_tilt", 0.000 + 0.006 * old, 0.007)
        self.hood = near("hood", 0.30 + 0.35 * old, 0.25)
        self.bag = near("bag", 0.35 + 0.45 * old, 0.20)
        self.brow_y = near("brow_y", -0.095 - 0.006 * self.smile, 0.009)
        self.brow_bone = near("brow_bone", 0.2 if self.female else 1.0, 0.25)
        self.nose_y = near("nose_y", 0.192 + 0.006 * old, 0.012)
        self.nose_w = near("nose_w", 0.078 * small, 0.008) * person.get("nose", 1.0)
        self.nose_out = near("nose_out", 0.108 * small, 0.014) * person.get("nose", 1.0)
        self.bridge = near("bridge", 0.030, 0.010) * person.get("nose", 1.0)
        self.mouth_y = self.nose_y + near("lip_gap", 0.100 + 0.010 * old, 0.007)
        self.mouth_w = near("mouth_w", 0.114 * small + 0.020 * self.smile, 0.006)
        self.lip = near("lip", 0.0195 - 0.007 * old, 0.003) * (1.12 if self.female else 1.0)
        self.hollow = near("hollow", 0.75 * old * (1 - 0.7 * self.flesh), 0.1)
        self.fold = near("fold", (0.42 + 0.42 * old) * (0.82 if self.female else 1), 0.12)
        self.jowl = near("jowl", 0.25 + 0.6 * old, 0.2) * (0.6 + 0.5 * self.flesh)

    def bones(self):
        s = self.shape
        self.half_width = curve([
            (-0.500, 0.0), (-0.495, 0.066), (-0.468, 0.148), (-0.400, 0.226), (-0.310, s["temple"] - 0.018),
            (-0.200, s["temple"] + 0.014), (-0.080, s["temple"] * 0.5 + s["cheek"] * 0.5 + 0.010), (0.05, s["cheek"]), (0.15, s["cheek"] * 0.62 + s["jaw"] * 0.38),
            (0.26, s["jaw"]), (0.35, s["jaw"] * 0.66 + s["chin"] * 0.34), (0.425, s["chin"] + 0.014),
            (0.472, s["chin"] * 0.74), (0.495, s["chin"] * 0.36), (0.500, 0.0)])
        m = s["muzzle"]
        self.front = curve([
            (-0.500, 0.0), (-0.495, 0.12), (-0.468, 0.235), (-0.400, 0.340), (-0.310, 0.402), (-0.200, 0.430), (-0.100, 0.436),
            (-0.030, 0.414), (0.050, 0.408), (0.130, 0.412), (0.200, 0.428 + m), (0.290, 0.446 + m), (0.370, 0.432 + m),
            (0.430, 0.425), (0.472, 0.398), (0.495, 0.350), (0.500, 0.300)])
        self.back = curve([
            (-0.500, 0.0), (-0.495, 0.11), (-0.468, 0.225), (-0.400, 0.325), (-0.310, 0.390), (-0.180, 0.425), (0.0, 0.400),
            (0.15, 0.310), (0.30, 0.20), (0.50, 0.10)])
        self.middle = curve([(-0.5, 0.0), (0.12, 0.0), (0.26, 0.03), (0.40, 0.17), (0.50, 0.29)])
        self.exponent = curve([(-0.5, 2.0), (-0.25, 2.45), (0.0, 2.40), (0.2, 2.25), (0.35, 2.1), (0.5, 2.0)])

    def wrinkle(self, r):
        """Where the furrows of this forehead run."""
        self.furrows = []
        for k in range(int(round((0.4 if self.female else 1) + 2.6 * self.old + r.uniform(-0.5, 0.7)))):
            self.furrows.append(dict(y=-0.165 - 0.042 * k + r.uniform(-0.006, 0.006), reach=r.uniform(0.12, 0.19), shift=r.uniform(-0.03, 0.03),
                                     wave=r.uniform(0.004, 0.010), phase=r.uniform(-0.6, 0.6)))

    # --- lines of the face, in the front view ----------------------------------------------

    def fold_x(self, y):
        """The nasolabial fold: how far from the middle it runs at a height."""
        top, low = self.nose_y - 0.030, self.mouth_y + 0.045
        t = (y - top) / (low - top)
        return self.nose_w * 0.98 + (self.mouth_w + 0.036 + 0.010 * self.smile - self.nose_w) * np.clip(t, 0, 1) ** 0.72, t

    def marionette_x(self, y):
        t = (y - self.mouth_y - 0.012) / 0.115
        return self.mouth_w + 0.012 + 0.020 * np.clip(t, 0, 1), t

    def furrow_y(self, furrow, x):
        t = (x - furrow["shift"]) / furrow["reach"]
        return furrow["y"] - furrow["wave"] * np.cos(t * 3.3 + furrow["phase"]) - 0.010 * (1 - t**2), t

    def lid(self, side, t, dy=0.0):
        """A point by the eye: t from the inner corner (-1) to the outer one (+1)."""
        t = np.asarray(t, float)
        tilt = self.eye_tilt * (t * 0.7 + 0.3 * np.maximum(t, 0) ** 2)
        return np.stack(np.broadcast_arrays(side * (self.eye_x + t * self.eye_half), dy + tilt), -1)

    # --- the surface -------------------------------------------------------------------------

    def base(self, angle, y):
        """Skull without features: the point at an angle round the head, and the way out of it."""
        c, s = np.cos(angle), np.sin(angle)
        n = np.where(c > 0, self.exponent(y), 2.0)
        width, middle = self.half_width(y), self.middle(y)
        deep = np.where(c > 0, self.front(y) - middle, self.back(y) + middle * 0.6)
        x = width * power(s, 2 / n)
        z = middle + deep * power(c, 2 / n)
        outward = np.stack([x / np.maximum(width, 0.05) ** 2, np.zeros_like(x), (z - middle) / np.maximum(deep, 0.05) ** 2], -1)
        outward /= np.maximum(np.linalg.norm(outward, axis=-1, keepdims=True), 1e-6)
        return np.stack([x, y, z], -1), outward

    def angle_of(self, x, y):
        """The angle at which the front of the head has this x."""
        share = np.clip(np.abs(x) / np.maximum(self.half_width(y), 0.02), 0, 1)
        return np.sign(x) * np.arcsin(share ** (self.exponent(y) / 2))

    def surface(self, angle, y):
        point, outward = self.base(angle, y)
        ahead = smoothstep(-0.05, 0.35, np.cos(angle))
        out, forth = self.relief(point[..., 0], y)
        point = point + outward * (out * ahead)[..., None]
        point[..., 2] += forth * ahead
        return point

    def at(self, points, out=0.0):
        """Points of the front view, (x, y), on the surface in space; `out` lifts them off it."""
        p = np.asarray(points, float)
        where = self.surface(self.angle_of(p[..., 0], p[..., 1]), p[..., 1])
        where[..., 2] += out
        return where

    def relief(self, x, y):
        """How far flesh stands out of the bone, across it and towards the viewer."""
        out, forth = np.zeros_like(x), np.zeros_like(x)
        far = np.abs(x)

        def bump(u, v, su, sv, below=None):
            down = np.where(y > v, below or sv, sv)
            across = np.exp(-(((far - u) / su) ** 2)) + (np.exp(-(((far + u) / su) ** 2)) if u else 0)  # no crease in the middle
            return across * np.exp(-(((y - v) / down) ** 2))

        self.skull_relief(out, bump, y)
        self.eye_relief(out, bump, far, y)
        self.nose_relief(forth, bump, x, far, y)
        self.mouth_relief(out, bump, far, y)
        self.age_relief(out, bump, x, far, y)
        return out, forth

    def skull_relief(self, out, bump, y):
        out += 0.006 * self.brow_bone * bump(0.085, -0.078, 0.075, 0.030)
        out += 0.008 * self.brow_bone * bump(0.185, -0.078, 0.055, 0.030)
        out += 0.010 * bump(0.10, -0.24, 0.10, 0.09)
        out -= (0.008 + 0.020 * self.hollow) * bump(0.275, -0.130, 0.050, 0.095)
        out += (0.012 + 0.012 * self.hollow) * bump(0.215, 0.085, 0.075, 0.050)
        out += 0.012 * bump(0.262, 0.040, 0.05, 0.035)
        out += (0.012 + 0.016 * self.flesh + 0.012 * self.smile) * bump(0.160, 0.140, 0.065, 0.055)
        out -= (0.004 + 0.034 * self.hollow) * bump(0.205, 0.225, 0.050, 0.075)
        out += 0.018 * self.flesh * bump(0.205, 0.26, 0.07, 0.09)
        out += 0.020 * bump(0.0, 0.432, 0.070, 0.042)
        out += 0.006 * bump(0.032, 0.440, 0.026, 0.026)

    def eye_relief(self, out, bump, far, y):
        ex = self.eye_x
        out -= 0.018 * bump(ex * 0.92, -0.020, 0.070, 0.042)
        out -= (0.008 if self.female else 0.011) * bump(0.068, -0.008, 0.020, 0.030)
        out += 0.024 * bump(ex, 0.002, 0.050, 0.030)
        t = (far - ex) / self.eye_half
        near = np.exp(-(np.abs(t) / 1.25) ** 4)
        crease = -(self.eye_open + 0.016) - 0.010 * (1 - np.clip(t, -1.2, 1.2) ** 2) + self.eye_tilt * t
        out -= 0.007 * near * np.exp(-((y - crease) / 0.009) ** 2)
        out += (0.003 + 0.010 * self.hood) * np.exp(-(((far - ex - 0.030) / 0.050) ** 2 + ((y - crease + 0.016) / 0.016) ** 2))
        rim = self.eye_open + 0.027 + 0.010 * self.bag + 0.010 * (1 - np.clip(t, -1.2, 1.2) ** 2) + self.eye_tilt * t
        out += 0.0085 * self.bag * near * np.exp(-((y - rim + 0.016) / 0.0125) ** 2)
        out -= (0.003 + 0.0065 * self.bag) * near * np.exp(-((y - rim - 0.003) / 0.0085) ** 2)
        out -= 0.006 * self.old * np.exp(-(((far - 0.085 - (y - 0.03) * 0.8) / 0.018) ** 2 + ((y - 0.065) / 0.035) ** 2))

    def nose_relief(self, forth, bump, x, far, y):
        low = self.nose_y
        t = np.clip((y + 0.045) / (low - 0.030 + 0.045), 0, 1)
        height = self.bridge * (0.30 + 0.70 * smoothstep(0, 0.5, t)) + (self.nose_out * 0.62 - self.bridge) * t**1.5
        wide = 0.024 + 0.016 * t
        ends = smoothstep(-0.085, -0.02, y) * smoothstep(low + 0.012, low - 0.040, y)
        forth += height * ends * np.exp(-(far / wide) ** 2.0)
        forth += 0.40 * height * ends * smoothstep(low - 0.010, low - 0.080, y) * np.exp(-(far / (wide * 2.1)) ** 2)
        forth += self.nose_out * 0.46 * bump(0, low - 0.036, 0.036, 0.036, 0.026)
        forth += 0.034 * bump(self.nose_w * 0.76, low - 0.024, 0.025, 0.026, 0.016)
        forth -= 0.016 * bump(self.nose_w * 1.22, low - 0.020, 0.016, 0.030)

    def mouth_relief(self, out, bump, far, y):
        m, w, lip = self.mouth_y, self.mouth_w, self.lip
        out += (0.006 if self.female else 0.010) * bump(0.0, m - 0.035, 0.085, 0.040)
        out -= 0.0035 * bump(0.0, m - 0.058, 0.011, 0.026)
        out += 0.0025 * bump(0.022, m - 0.058, 0.010, 0.026)
        out += (0.004 + 0.35 * lip) * bump(0.0, m - lip * 0.6, w * 0.62, lip * 0.75)
        out -= 0.009 * np.exp(-((y - m) / 0.0065) ** 2 - (far / (w * 0.95)) ** 4)
        out += (0.006 + 0.45 * lip) * bump(0.0, m + lip * 0.95, w * 0.52, lip * 0.85)
        out -= 0.014 * bump(0.0, m + 0.058, 0.066, 0.020)
        out -= 0.008 * bump(w + 0.010, m - 0.006 - 0.012 * self.smile, 0.016, 0.018)

    def age_relief(self, out, bump, x, far, y):
        """Folds, jowls and furrows: what the years have drawn."""
        where, t = self.fold_x(y)
        d = far - where
        near = smoothstep(-0.08, 0.18, t) * smoothstep(1.12, 0.70, t)
        out += self.fold * near * (-0.0075 * np.exp(-(d / 0.011) ** 2) + 0.011 * np.exp(-((d - 0.030) / 0.026) ** 2))
        where, t = self.marionette_x(y)
        d = far - where
        near = smoothstep(-0.05, 0.25, t) * smoothstep(1.25, 0.6, t) * self.jowl
        out += near * (-0.0060 * np.exp(-(d / 0.011) ** 2) + 0.006 * np.exp(-((d - 0.028) / 0.024) ** 2))
        out += 0.016 * self.jowl * bump(0.185, 0.368, 0.045, 0.048)
        out -= 0.008 * self.jowl * bump(0.115, 0.425, 0.026, 0.035)
        for furrow in self.furrows:
            line, t = self.furrow_y(furrow, x)
            near = smoothstep(1.05, 0.6, np.abs(t)) * (0.5 + 0.5 * self.old)
            out += near * (-0.0042 * np.exp(-((y - line) / 0.0062) ** 2) + 0.0020 * np.exp(-((y - line - 0.014) / 0.009) ** 2))
        out -= 0.0035 * self.old * (1 - 0.6 * self.smile) * bump(0.020, self.brow_y + 0.015, 0.007, 0.030)
