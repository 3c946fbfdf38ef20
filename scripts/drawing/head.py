"""A head at its place on the sheet: its form turned towards the viewer, and what of it is seen."""

import numpy as np
from scipy import ndimage

from .form import Form
from .ink import smoothstep, spline
from .light import View, rotation

SKIN = (0.962, 0.900, 0.828)
SHADE = (0.705, 0.592, 0.520)
DEEP = (0.455, 0.400, 0.372)


class Head:
    """One person's form, the place and size it is drawn at, and its light and shade."""

    def __init__(self, sheet, person, centre, height, detail=1.0, body=1.0):
        self.sheet, self.person = sheet, person
        self.centre, self.height, self.detail = np.asarray(centre, float), height, detail
        self.form = Form(person)
        self.broad = body  # how large the body is beside the head
        self.rng = np.random.default_rng(person["seed"] + 1)
        self.old, self.female = self.form.old, self.form.female
        self.turn = np.radians(person["turn"])
        self.tilt = np.radians(person.get("tilt", self.rng.uniform(-2.6, 2.6)))
        self.nod = np.radians(person.get("nod", self.rng.uniform(0.0, 4.0)))
        self.rotation = rotation(self.turn, self.nod, self.tilt)
        self.body = rotation(self.turn * 0.55, 0, 0)
        self.neck = (0.174 if self.female else 0.198) + 0.014 * self.form.flesh - 0.016 * self.old
        self.settle()
        self.see()
        self.hair = np.zeros_like(self.mask)  # where hair lies, once it is laid

    def settle(self):
        """Eyes on the eye line; the head, rather than the eyes, in the middle."""
        eyes = (self.form.at([(-self.form.eye_x, 0.0), (self.form.eye_x, 0.0)]) @ self.rotation.T).mean(0)
        skull = np.array([0.0, 0.0, 0.02]) @ self.rotation.T
        self.origin = self.centre - np.array([0.5 * eyes[0] + 0.5 * skull[0], eyes[1]]) * self.height

    # --- from head units to pixels ---------------------------------------------------------

    def space(self, points):
        """Points in space, turned with the head, in pixels."""
        return (np.asarray(points, float) @ self.rotation.T)[..., :2] * self.height + self.origin

    def face_px(self, points, out=0.0):
        """Points of the front view of the face, in pixels."""
        return self.space(self.form.at(points, out))

    def px(self, points):
        """Points of the flat picture, tilted with the head, in pixels."""
        p = np.asarray(points, dtype=float)
        c, s = np.cos(self.tilt), np.sin(self.tilt)
        return np.stack([p[..., 0] * c - p[..., 1] * s, p[..., 0] * s + p[..., 1] * c], -1) * self.height + self.origin

    def body_px(self, points):
        """Points in space, turned with the shoulders, in pixels."""
        return (np.asarray(points, float) @ self.body.T)[..., :2] * self.height * self.broad + self.origin

    # --- what is seen ------------------------------------------------------------------------

    def neck_mesh(self):
        """The neck, leaning forward as it does with age, with its two cords."""
        angle, y = np.meshgrid(np.linspace(-np.pi, np.pi, 160), np.linspace(0.16, 1.0, 150))
        flare = 1 + 0.02 * smoothstep(0.45, 0.30, y) + 0.75 * smoothstep(0.40, 0.98, y) ** 1.5
        x = self.neck * flare * np.sin(angle)
        z = 0.02 - 0.12 * y + self.neck * 1.02 * np.cos(angle)
        far = np.abs(np.sin(angle))
        cord = 0.72 - 0.62 * smoothstep(0.34, 0.74, y)
        z += (0.010 + 0.014 * self.old) * np.exp(-((far - cord) / 0.13) ** 2) * (np.cos(angle) > 0)
        z -= (0.010 + 0.030 * self.old) * np.exp(-((far - cord + 0.26) / 0.16) ** 2) * (np.cos(angle) > 0)
        z += 0.020 * (0.3 if self.female else 1.0) * np.exp(-(np.sin(angle) / 0.16) ** 2 - ((y - 0.60) / 0.035) ** 2) * (np.cos(angle) > 0)
        for k in range(3):
            ring = y - 0.50 - 0.055 * k - 0.03 * np.cos(angle)
            z -= 0.006 * self.old * np.exp(-(ring / 0.008) ** 2)
        return np.stack([x, y, z], -1)

    def head_mesh(self, across, down):
        angle = np.linspace(-1, 1, across)
        angle = np.pi * np.sign(angle) * np.abs(angle) ** 1.25
        return self.form.surface(*np.meshgrid(angle, -0.5 * np.cos(np.linspace(0, np.pi, down))))

    def see(self):
        """Looks at head and neck on a coarse grid round the head: `window` is where it lies on the sheet."""
        h = self.height
        self.step = 2 if h > 300 else 1
        x0, y0 = np.maximum(self.origin - [0.75 * h, 0.75 * h], 0).astype(int)
        x1, y1 = int(min(self.origin[0] + 0.75 * h, self.sheet.width)), int(min(self.origin[1] + 1.05 * h, self.sheet.height))
        self.window = (slice(y0, y1), slice(x0, x1))
        self.corner = np.array([x0, y0])
        self.view = View(-(-(y1 - y0) // self.step), -(-(x1 - x0) // self.step))
        fine = h / self.step / 368
        seen = lambda pixels: (pixels - self.corner) / self.step
        neck = self.neck_mesh()
        neck_mask = self.view.add(neck @ self.body.T, seen(self.body_px(neck)))
        mesh = self.head_mesh(int(460 * max(fine, 0.35)), int(540 * max(fine, 0.35)))
        skull_mask = self.view.add(mesh @ self.rotation.T, seen(self.space(mesh)))
        self.mask, self.neck_mask = self.full(skull_mask, crisp=True), self.full(neck_mask, crisp=True)
        unit = h / self.step
        self.dark = 1 - self.view.lit()
        self.cast = self.view.shadow(unit)
        self.sunk = self.view.hollow(unit)

    def grown(self, small):
        """A coarse grid at the size of the window."""
        rows, columns = self.window[0].stop - self.window[0].start, self.window[1].stop - self.window[1].start
        big = ndimage.zoom(small.astype(np.float32), self.step, order=1, grid_mode=True, mode="nearest") if self.step > 1 else small.astype(np.float32)
        return big[:rows, :columns]

    def full(self, small, crisp=False):
        """A coarse grid as a mask of the whole sheet."""
        big = self.grown(small)
        if crisp:
            big = smoothstep(0.3, 0.7, ndimage.gaussian_filter(big, max(0.8, 0.0024 * self.height)))
        whole = np.zeros((self.sheet.height, self.sheet.width), np.float32)
        whole[self.window] = big
        return whole

    def seen(self, points, slack=0.03):
        """Which of these points in space are not hidden by the head."""
        turned = np.asarray(points, float) @ self.rotation.T
        where = np.rint((turned[..., :2] * self.height + self.origin - self.corner) / self.step).astype(int)
        rows, columns = self.view.depth.shape
        x, y = where[..., 0].clip(0, columns - 1), where[..., 1].clip(0, rows - 1)
        return turned[..., 2] > self.view.depth[y, x] - slack

    def line(self, layer, points, width, alpha=1.0, out=0.0, **kind):
        """A brush stroke on the face, as far as it is seen."""
        kind.setdefault("wobble", self.rng.uniform(0, 6))
        places = self.form.at(spline(points, steps=8) if kind.pop("smooth", True) else points, out)
        seen = np.flatnonzero(self.seen(places))
        if len(seen) < 3:
            return
        run = max(np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1), key=len)
        if len(run) < 3:
            return
        layer.stroke(self.space(places[run]), max(width * self.height, 0.7), alpha, smooth=False, **kind)

    def outline(self):
        """The edge of the head as seen, from the crown clockwise, in pixels."""
        small = ndimage.gaussian_filter(self.mask[self.window], 1.5)
        middle = self.space((0.0, 0.02, 0.0)) - self.corner
        angle = np.linspace(0, 2 * np.pi, 361)[:-1]
        reach = np.arange(0.2 * self.height, 0.75 * self.height, 0.7)
        x = middle[0] + np.sin(angle)[:, None] * reach
        y = middle[1] - np.cos(angle)[:, None] * reach
        inside = ndimage.map_coordinates(small, [y, x], order=1, mode="constant") > 0.5
        last = np.array([np.flatnonzero(row)[-1] if row.any() else 0 for row in inside])
        r = ndimage.gaussian_filter1d(reach[last], 1.2, mode="wrap")
        return np.stack([middle[0] + np.sin(angle) * r, middle[1] - np.cos(angle) * r], 1) + self.corner
