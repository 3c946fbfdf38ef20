"""Hair as brush strokes that grow from the scalp, in space: styles, and how they are laid.

A place on the scalp is (azimuth, elevation) in degrees: 0 is the front, +90 the
side at the right of the picture, 180 the back; elevation 90 is the crown, 0 the
height of the temples, and below it hair hangs straight down.
"""

from typing import NamedTuple

import numpy as np

from . import beard, hats
from .ink import INK, mix, smoothstep, spline
from .light import LIGHT

BLACK, IRON, GREY, SILVER, WHITE = (0.235, 0.215, 0.205), (0.36, 0.34, 0.325), (0.60, 0.585, 0.57), (0.82, 0.81, 0.795), (0.940, 0.933, 0.920)
EQUATOR, TALL, FALL = -0.10, 0.40, 0.56


def direction(place):
    a, e = np.radians(np.asarray(place, float)[..., 0]), np.radians(np.asarray(place, float)[..., 1])
    return np.stack([np.cos(e) * np.sin(a), -np.sin(e), np.cos(e) * np.cos(a)], -1)


def along(places, s):
    """The place at s (0 to 1) on a line of places."""
    curve = spline(places, steps=8) if len(places) > 2 else np.asarray(places, float)
    where = s * (len(curve) - 1)
    k = np.clip(int(where), 0, len(curve) - 2)
    return curve[k] * (1 - where + k) + curve[k + 1] * (where - k)


class Strand(NamedTuple):
    """One lock of hair as it is seen."""

    pixels: np.ndarray
    lit: float  # how much light falls on it, 0 to 1
    width: float  # in head units
    near: float  # how near it is to the viewer


class Family:
    """Strands between lines of roots, middles and tips."""

    def __init__(self, roots, mids, tips, count, lift=0.03, width=0.010, jitter=3.0, wave=0.0, end=0.8, cut=0.15):
        self.lines = (roots, mids, tips)
        self.count, self.lift, self.width, self.jitter = count, lift, width, jitter
        self.wave, self.end, self.cut = wave, end, cut


def mirrored(family):
    lines = [[(-a, e) for a, e in line] for line in family.lines]
    return Family(*lines, count=family.count, lift=family.lift, width=family.width, jitter=family.jitter, wave=family.wave, end=family.end, cut=family.cut)


class Hair:
    def __init__(self, head):
        self.head, self.sheet, self.form = head, head.sheet, head.form
        self.rng = np.random.default_rng(head.person["seed"] + 7)
        self.grey = head.person.get("grey", 0.7)
        self.part = head.person.get("part", 1)
        self.line = head.person.get("hairline", 0.0) + (6 * head.old if not head.female else 2 * head.old)

    # --- places in space -----------------------------------------------------------------------

    def scalp(self, towards, lift):
        """Points in space above the scalp in these directions."""
        d = towards / np.linalg.norm(towards, axis=-1, keepdims=True)
        level = np.arcsin(np.clip(-d[..., 1], -1, 1))
        angle = np.arctan2(d[..., 0], d[..., 2])
        y = np.where(level > 0, EQUATOR - TALL * np.sin(level), EQUATOR - FALL * level / (np.pi / 2))
        point, _ = self.form.base(angle, np.minimum(y, 0.02))
        point[..., [0, 2]] *= (1 - 0.42 * np.maximum(y - 0.06, 0))[..., None]
        away = np.stack([point[..., 0] / 0.10, (np.minimum(y, EQUATOR) - EQUATOR) / 0.16, point[..., 2] / 0.18], -1)
        away /= np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-6)
        point[..., 1] = y
        return point + away * np.asarray(lift)[..., None], away

    def strand(self, family, s):
        r = self.rng
        places = np.array([along(line, np.clip(s + r.normal(0, 0.03), 0, 1)) for line in family.lines])
        places = places + r.normal(0, family.jitter, (3, 2)) * [[0.6, 0.9], [1, 0.8], [1.2, 1.0]]
        ways = direction(places)
        t = np.linspace(0, 1, 18)[:, None]
        way = ways[0] * (1 - t) ** 2 + 2 * t * (1 - t) * (2 * ways[1] - 0.5 * (ways[0] + ways[2])) + ways[2] * t**2
        t = t[:, 0]
        lift = family.lift * r.uniform(0.65, 1.12) * (1 - (1 - np.minimum(t * 1.6, 1)) ** 2.5) * (1 - (1 - family.end) * t**2)
        if family.wave:
            lift = lift + family.wave * np.sin(t * 15 + s * 5 + r.normal(0, 0.4)) * t
        stop = max(6, int(18 * (1 - family.cut * r.uniform(0, 1) ** 1.5)))
        return self.scalp(way[:stop], lift[:stop])

    # --- laying --------------------------------------------------------------------------------

    def visible(self, points, slack=0.045):
        seen = np.flatnonzero(self.head.seen(points, slack))
        if len(seen) < 3:
            return None
        run = max(np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1), key=len)
        return run if len(run) >= 3 else None

    def strands(self, families):
        """Every strand that is seen, the farthest first."""
        found = []
        for family in families:
            clumps = self.rng.normal(0, 1, 41)
            for k in range(int(family.count * min(1.0, 0.30 + self.head.detail))):
                s = (k + self.rng.uniform(0, 1)) / family.count / min(1.0, 0.30 + self.head.detail)
                points, away = self.strand(family, min(s, 1.0))
                run = self.visible(points)
                if run is None:
                    continue
                facing = away[run] @ self.head.rotation.T
                lit = 0.22 + 0.78 * float(np.clip(facing @ LIGHT, 0, 1).mean()) + clumps[int(s * 40) % 41] * 0.13
                found.append(Strand(self.head.space(points[run]), lit, family.width, float((points[run] @ self.head.rotation.T)[:, 2].mean())))
        return sorted(found, key=lambda strand: strand.near)

    def mass(self, found, grow=2.6):
        layer, h = self.sheet.strokes(), self.head.height
        for pixels, _, width, _ in found:
            layer.stroke(pixels, width * grow * h, 1.0, attack=0.45, tail=0.08, smooth=False)
        mask = smoothstep(0.28, 0.70, self.sheet.soften(layer.array(), 0.0045 * h) + 0.04 * self.sheet.ragged)
        return np.maximum(mask, smoothstep(0.50, 0.66, self.sheet.soften(mask, 0.022 * h)))  # no holes

    def lay(self, families, thin=False):
        self.lay_strands(self.strands(families), thin)

    def lay_strands(self, found, thin=False, grow=2.6):
        """A body of colour that turns from the light, and on it the strands; `grow` widens them to fill the body."""
        if not found:
            return
        sheet, h, g, r = self.sheet, self.head.height, self.grey, self.rng
        body = mix(mix(BLACK, GREY, smoothstep(0.0, 0.50, g)), WHITE, smoothstep(0.38, 0.95, g))
        mask = self.mass(found, grow) * (0.55 if thin else 1.0)
        self.head.hair = np.maximum(self.head.hair, mask)
        self.cast(mask)
        sheet.cover(mask, mix(body, WHITE, 0.12 * g), 0.94)
        sheet.wash(mask, mix(SILVER, GREY, 1 - g), 0.20, edge=0.3, edge_width=0.012 * h, granulation=0.25)
        self.model(found, mask)
        dark, mid, light = (sheet.strokes() for _ in range(3))
        for pixels, lit, width, _ in found:
            tone = lit + r.normal(0, 0.12)
            layer = dark if tone < 0.36 else light if tone > 0.84 - 0.32 * g else mid
            wide = width * h * r.uniform(0.25, 0.75)
            layer.stroke(pixels + r.normal(0, 0.002 * h, 2), max(wide, 0.7), r.uniform(0.35, 0.95), attack=r.uniform(0.15, 0.5), tail=0.03, smooth=False, wobble=r.uniform(0, 6))
            (dark if r.random() < 0.5 else light).stroke(pixels + r.normal(0, 0.004 * h, 2), max(0.0018 * h, 0.6), r.uniform(0.4, 0.9), attack=0.3, tail=0.05, smooth=False)
        sheet.ink(dark, mix((0.20, 0.18, 0.17), (0.56, 0.54, 0.525), smoothstep(0.0, 0.9, g)), 0.40 + 0.20 * g, dry=0.3)
        sheet.ink(mid, mix((0.34, 0.32, 0.31), (0.68, 0.66, 0.64), g), 0.60, dry=0.3)
        sheet.gouache(light, mix(mix(IRON, GREY, 0.45), (0.99, 0.985, 0.972), smoothstep(0.05, 0.75, g)), 0.45 + 0.20 * g, dry=0.25)
        self.wisps(found)

    def model(self, found, mask):
        """The mass turns from the light."""
        sheet, h = self.sheet, self.head.height
        shade, lit_layer = sheet.strokes(), sheet.strokes()
        for pixels, lit, width, _ in found:
            shade.stroke(pixels, width * 3 * h, 0.30 * np.clip(0.75 - lit, 0, 1), attack=0.1, tail=0.5, smooth=False)
            lit_layer.stroke(pixels, width * 3 * h, 0.25 * np.clip(lit - 0.70, 0, 1), attack=0.1, tail=0.5, smooth=False)
        dark = sheet.soften(shade.array(), 0.016 * h) * mask
        sheet.wash(dark, mix(BLACK, (0.52, 0.50, 0.485), self.grey), 0.22 + 0.22 * self.grey, granulation=0.2)
        sheet.cover(sheet.soften(lit_layer.array(), 0.014 * h) * mask, mix(GREY, (0.985, 0.98, 0.968), smoothstep(0.1, 0.7, self.grey)), 0.05 + 0.60 * self.grey)

    def wisps(self, found):
        """Single hairs that have come loose at the edge."""
        sheet, h, r = self.sheet, self.head.height, self.rng
        layer = sheet.strokes()
        for k in r.choice(len(found), min(len(found), 34), replace=False):
            pixels = found[k].pixels
            bend = r.normal(0, 0.012, 2) * h
            t = np.linspace(0, 1, len(pixels))[:, None]
            layer.stroke(pixels + bend * t**1.5, 0.0022 * h, r.uniform(0.3, 0.7), attack=0.3, tail=0.05, smooth=False)
        sheet.ink(layer, mix(INK, (0.55, 0.53, 0.52), self.grey), 0.6)

    def cast(self, mask):
        """The shade that hair throws on the face below it."""
        sheet, h = self.sheet, self.head.height
        below = sheet.soften(sheet.shifted(mask, 0.010 * h, 0.016 * h), 0.012 * h)
        sheet.wash(np.clip(below - mask, 0, 1) * self.head.mask, (0.55, 0.44, 0.38), 0.42)

    # --- styles --------------------------------------------------------------------------------

    def sides(self, count=150, low=-14, lift=0.030, high=26, width=0.010, front=74):
        """Short hair above and behind the ears."""
        one = Family([(front - 4, high + 6), (95, high + 4), (125, high), (165, high)], [(front + 6, (high + low) / 2), (100, 6), (130, 4), (165, 2)],
                     [(front + 4, low + 10), (98, low + 6), (128, low - 8), (165, low - 14)], count, lift, width, jitter=2.5, end=0.55)
        return [one, mirrored(one)]

    def paint(self):
        getattr(self, "style_" + self.head.person["hair"])()
        if self.head.person.get("beard"):
            beard.grow(self)

    def style_back(self):
        """Combed straight back."""
        e = 30 + self.line
        crown = Family([(-79, 10), (-58, e - 8), (-38, e + 5), (-18, e), (0, e - 3), (18, e), (38, e + 5), (58, e - 8), (79, 10)],
                       [(-108, 28), (-96, 50), (-75, 68), (-40, 76), (0, 79), (40, 76), (75, 68), (96, 50), (108, 28)],
                       [(-140, 20), (-140, 36), (-150, 46), (-165, 52), (-180, 54), (-195, 52), (-210, 46), (-220, 36), (-220, 20)], 380, 0.045, 0.011, end=0.9)
        crown.lines[2][5:] = [(165, 52), (150, 46), (140, 36), (140, 20)]
        self.lay(self.sides() + [crown])

    def style_side(self):
        """Parted at one side and combed over."""
        p, e = self.part, 31 + self.line
        over = Family([(-34 * p, e + 2), (-40 * p, e + 16), (-55 * p, 68), (-90 * p, 80)],
                      [(14 * p, e + 9), (22 * p, e + 26), (30 * p, 74), (60 * p, 78)],
                      [(66 * p, 27), (84 * p, 26), (105 * p, 30), (140 * p, 34)], 320, 0.058, 0.011, end=0.55)
        under = Family([(-34 * p, e + 2), (-40 * p, e + 16), (-55 * p, 68), (-90 * p, 80)],
                       [(-54 * p, e - 2), (-66 * p, 44), (-85 * p, 52), (-110 * p, 56)],
                       [(-72 * p, 24), (-84 * p, 24), (-105 * p, 26), (-140 * p, 30)], 170, 0.030, 0.010, end=0.7)
        self.lay(self.sides() + [under, over])

    def style_receding(self):
        """Thin on top, full at the sides."""
        e = 54 + self.line * 0.5
        top = Family([(-80, 34), (-52, e), (-20, e + 4), (0, e - 2), (20, e + 4), (52, e), (80, 34)],
                     [(-110, 50), (-95, 70), (-60, 82), (0, 84), (60, 82), (95, 70), (110, 50)],
                     [(-145, 30), (-150, 44), (-165, 55), (180, 58), (165, 55), (150, 44), (145, 30)], 90, 0.018, 0.008, jitter=4)
        top.lines[2][3] = (-179, 58)
        self.lay([top], thin=True)
        self.lay(self.sides(170, lift=0.036, high=30))

    def style_bald(self):
        """Only a wreath is left, and a few hairs that were there always."""
        few = Family([(-60, 60), (0, 72), (60, 60)], [(-90, 72), (0, 86), (90, 72)], [(-140, 55), (-178, 62), (-220, 55)], 12, 0.010, 0.004, jitter=8)
        found = self.strands([few])
        layer = self.sheet.strokes()
        for pixels, _, _, _ in found:
            layer.stroke(pixels, 0.0022 * self.head.height, 0.6, attack=0.3, smooth=False)
        self.sheet.ink(layer, (0.55, 0.53, 0.51), 0.7)
        self.lay(self.sides(150, lift=0.026, high=20, front=80))

    def style_crew(self):
        """Cropped: short strokes that stand off the scalp."""
        r, e = self.rng, 31 + self.line
        families = self.sides(150, lift=0.020, high=34, width=0.008)
        found = self.strands(families)
        h = self.head.height
        for _ in range(int(1500 * min(1, 0.3 + self.head.detail))):
            a = r.uniform(-180, 180)
            edge = np.interp(abs(a), [0, 20, 42, 58, 75, 180], [e - 3, e, e + 6, e - 4, 22, 8])
            place = np.array([a, r.uniform(0, 1) ** 1.05 * (96 - edge) + edge])
            tip = place + [r.normal(0, 4), r.normal(2, 3) - 3 * (abs(a) < 60)]
            t = np.linspace(0, 1, 6)
            way = direction(place)[None] * (1 - t[:, None]) + direction(tip)[None] * t[:, None]
            tall = (0.026 + 0.018 * smoothstep(30, 80, place[1])) * r.uniform(0.7, 1.15)
            points, away = self.scalp(way, tall * t**0.8)
            run = self.visible(points)
            if run is not None:
                lit = float(np.clip(away[run] @ self.head.rotation.T @ LIGHT, 0, 1).mean())
                found.append(Strand(self.head.space(points[run]), lit, 0.008, 0.0))
        self.lay_strands(found, grow=3.8)

    def long(self, low, lift=0.055, wave=0.0, width=0.013, tuck=0.0, fringe=-4):
        """Parted hair that falls to `low` (elevation) on both sides."""
        p, e = self.part, 25 + self.line
        over = Family([(-30 * p, e + 7), (-31 * p, e + 20), (-38 * p, 72), (-150 * p, 80)], [(34 * p, e + fringe), (60 * p, 44), (88 * p, 52), (135 * p, 50)],
                      [(56 * p, low + 8), (78 * p, low), (112 * p, low - 3), (165 * p, low - 4)], 330, lift, width, wave=wave, end=0.9 - tuck, cut=0.13)
        under = Family([(-20 * p, e + 9), (-23 * p, e + 22), (-33 * p, 72), (-150 * p, 80)], [(-52 * p, e + fringe - 10), (-70 * p, 42), (-92 * p, 50), (-140 * p, 50)],
                       [(-57 * p, low + 8), (-78 * p, low), (-112 * p, low - 3), (-165 * p, low - 4)], 260, lift * 0.9, width, wave=wave, end=0.9 - tuck, cut=0.13)
        behind = Family([(110, 60), (150, 70), (180, 72), (210, 70), (250, 60)], [(110, 20), (150, 20), (180, 20), (210, 20), (250, 20)],
                        [(105, low - 2), (150, low - 8), (180, low - 8), (210, low - 8), (255, low - 2)], 160, lift, width, wave=wave, end=0.8, cut=0.12)
        fringe = [Family([(-34 * p, 60), (0, 58), (36 * p, 56)], [(-30 * p, 44), (6 * p, 42), (42 * p, 40)],
                         [(-40 * p, 9), (6 * p, 12), (50 * p, 3)], 150, 0.036, 0.009, jitter=2.5, end=0.5, cut=0.16)] if self.head.person.get("fringe") else []
        return [behind, under, over] + fringe

    def style_bob(self):
        self.lay(self.long(-54, 0.050, tuck=0.10))

    def style_soft(self):
        self.lay(self.long(-50, 0.050, wave=0.006, tuck=0.25))

    def style_wavy(self):
        self.lay(self.long(-46, 0.054, wave=0.022, tuck=0.10))

    def pulled(self, tip, lift=0.028):
        """Drawn back from the face to a knot."""
        e = 27 + self.line
        crown = Family([(-88, -6), (-76, 12), (-60, e - 8), (-40, e + 2), (-18, e + 2), (0, e - 1), (18, e + 2), (40, e + 2), (60, e - 8), (76, 12), (88, -6)],
                       [(-112, 12), (-105, 32), (-95, 50), (-80, 64), (-45, 72), (0, 74), (45, 72), (80, 64), (95, 50), (105, 32), (112, 12)],
                       [(-165, tip - 10)] * 2 + [(-170, tip)] * 4 + [(170, tip)] * 3 + [(165, tip - 10)] * 2, 420, lift, 0.011, jitter=2.2, end=0.9, cut=0.05)
        return [crown] + self.sides(70, low=-16, lift=0.018, high=14, width=0.008, front=84)

    def style_bun(self):
        """Parted in the middle, drawn over the tops of the ears to a knot behind."""
        e = 27 + self.line
        self.knot((-0.12 * np.sign(self.head.turn), -0.44, -0.30), 0.135)
        side = Family([(-3, e), (-4, e + 20), (-8, 72), (-30, 84)], [(44, e - 3), (62, 40), (85, 50), (120, 56)], [(92, -16), (112, -8), (140, 4), (165, 14)],
                      300, 0.034, 0.011, jitter=2.2, end=0.8, cut=0.05)
        temple = Family([(70, 18), (82, 4)], [(86, 6), (92, -4)], [(112, -14), (116, -22)], 50, 0.022, 0.009, jitter=2, end=0.8)
        self.lay([temple, mirrored(temple), side, mirrored(side)])

    def style_topbun(self):
        self.knot((0.02, -0.545, -0.13), 0.105)
        self.lay(self.pulled(62))

    def knot(self, place, size):
        """A bun of hair: strands wound about a ball."""
        r, found = self.rng, []
        for _ in range(170):
            lean, start, turn = r.uniform(-0.9, 0.9), r.uniform(0, 2 * np.pi), r.uniform(1.0, 2.4)
            a = start + np.linspace(0, turn, 12)
            ball = np.stack([np.cos(a) * np.cos(lean), np.sin(lean) * 0.8 + 0.12 * np.sin(a * 2), np.sin(a) * np.cos(lean)], 1)
            points = np.array(place) + ball * size
            run = self.visible(points, 0.0)
            if run is not None and (ball[run] @ self.head.rotation.T)[:, 2].mean() > -0.2:
                lit = float(np.clip(ball[run] @ self.head.rotation.T @ LIGHT, 0, 1).mean())
                found.append(Strand(self.head.space(points[run]), lit, 0.012, 0.0))
        if found:
            self.lay_strands(found)

    def style_perm(self):
        """Curls: small open rings all over, tighter at the edge."""
        r, found, e = self.rng, [], 30 + self.line * 0.5
        for _ in range(int(620 * min(1, 0.3 + self.head.detail))):
            a = r.uniform(-180, 180)
            edge = np.interp(abs(a), [0, 25, 50, 68, 85, 180], [e, e + 1, e - 6, 8, -16, -30])
            place = np.array([a, edge + (90 - edge) * r.uniform(0, 1) ** 1.15])
            size = r.uniform(4.5, 8.0)
            bend = np.linspace(0, r.uniform(3.5, 5.6), 14) + r.uniform(0, 6.28)
            shrink = np.linspace(1, 0.45, 14)[:, None]
            ring = place + size * shrink * np.stack([np.cos(bend) / max(0.35, np.cos(np.radians(place[1]))), np.sin(bend)], 1)
            lift = r.uniform(0.025, 0.078) + 0.012 * np.sin(bend)
            points, away = self.scalp(direction(ring), lift)
            run = self.visible(points)
            if run is not None:
                lit = float(np.clip(away[run] @ self.head.rotation.T @ LIGHT, 0, 1).mean())
                found.append(Strand(self.head.space(points[run]), lit, 0.013, float((points[run] @ self.head.rotation.T)[:, 2].mean())))
        self.lay_strands(sorted(found, key=lambda strand: strand.near))

    def style_doppa(self):
        self.lay(self.sides(150, lift=0.028, high=26))
        hats.doppa(self.head)

    def style_headcloth(self):
        self.lay(self.sides(120, lift=0.026, high=22, front=66))
        hats.headcloth(self.head)
