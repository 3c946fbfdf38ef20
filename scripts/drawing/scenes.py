"""Pictures of the sample's album, team and film: rooms, a courtyard, people together."""

import numpy as np

from .head import SHADE, SKIN
from .ink import INK, Sheet, mix, smoothstep, spline
from .people import BY_ID, CELADON, CINNABAR, INDIGO, MOSS, NAVY, OCHRE, PLUM, RUST, SLATE, TEAL, UMBER
from .portrait import figure

WOOD = (0.60, 0.47, 0.36)
STONE = (0.66, 0.64, 0.60)
WALL = (0.90, 0.875, 0.83)


class Scene:
    """A landscape sheet; lengths in pixels of a picture 1600 wide and 1067 high."""

    def __init__(self, name, width=1600, height=1067):
        self.sheet = Sheet(width, height, name)
        self.rng = np.random.default_rng(self.sheet.rng.integers(1 << 60))
        self.width, self.height = width, height

    def flat(self, points, colour, strength=0.7, cover=True, edge=0.35, smooth=False, rough=3.0):
        """A wash in the shape of an outline."""
        s = self.sheet
        mask = s.mask(np.array(points, float), smooth=smooth)
        if rough:
            mask = s.rough(mask, rough, amount=0.08, crisp=0.25)
        if cover:
            s.cover(mask, (0.975, 0.96, 0.93))
        s.wash(mask, colour, strength, edge=edge, edge_width=7, granulation=0.28)
        return mask

    def box(self, x0, y0, x1, y1, colour, strength=0.7, **kind):
        return self.flat([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour, strength, **kind)

    def lines(self, paths, width=4.0, alpha=0.8, colour=INK, strength=0.8, smooth=True, **kind):
        layer = self.sheet.strokes()
        for path in paths:
            layer.stroke(np.array(path, float), width * self.rng.uniform(0.75, 1.2), alpha, smooth=smooth,
                         wobble=self.rng.uniform(0, 6), **kind)
        self.sheet.ink(layer, colour, strength)

    def frame(self, points, width=4.0, alpha=0.8, **kind):
        """The ruled outline of a thing, side by side, as a brush draws it."""
        self.lines([(a, b) for a, b in zip(points, points[1:] + points[:1])], width, alpha, smooth=False, attack=0.1, tail=0.6, **kind)

    def shade(self, centre, reach, colour, strength):
        """A soft round shade."""
        x = (np.arange(self.width, dtype=np.float32)[None, :] - centre[0]) / reach[0]
        y = (np.arange(self.height, dtype=np.float32)[:, None] - centre[1]) / reach[1]
        self.sheet.wash(np.exp(-(x**2 + y**2)), colour, strength, granulation=0.2)

    def slope(self, top, bottom, colour, strength):
        """A wash that grows from the line `top` to the line `bottom`."""
        y = np.arange(self.height, dtype=np.float32)[:, None] + 14 * self.sheet.blotch
        self.sheet.wash(smoothstep(top, bottom, y), colour, strength, granulation=0.25)

    def bamboo(self, x, base, top, colour=(0.52, 0.56, 0.48), strength=0.5):
        r, layer = self.rng, self.sheet.strokes()
        y, at = base, x
        while y > top:
            step = r.uniform(85, 125)
            layer.stroke([(at, y), (at + r.normal(0, 2), y - step / 2), (at + r.normal(2, 3), y - step + 6)], r.uniform(13, 17), 0.75, attack=0.05, tail=0.85)
            if r.random() < 0.75:
                side = r.choice([-1, 1])
                tip = (at + side * r.uniform(50, 120), y - r.uniform(30, 100))
                layer.stroke([(at, y), ((at + tip[0]) / 2, y - 15), tip], 4, 0.7)
                for _ in range(r.integers(4, 8)):
                    a = np.radians(r.uniform(10, 95))
                    length = r.uniform(55, 105)
                    end = (tip[0] + side * np.cos(a) * length, tip[1] + np.sin(a) * length)
                    layer.stroke([tip, ((tip[0] + end[0]) / 2 + 4, (tip[1] + end[1]) / 2 - 5), end], r.uniform(11, 17), r.uniform(0.4, 0.9), attack=0.45)
            y -= step
            at += r.normal(1, 2)
        self.sheet.ink(layer, colour, strength)

    def plum(self, root, reach, blossoms, thick=46, colour=(0.27, 0.23, 0.21), petals=(0.80, 0.45, 0.44)):
        """A plum tree grown branch by branch."""
        r, bark, tips = self.rng, self.sheet.strokes(), []

        def grow(start, angle, length, width, level):
            points = [np.array(start, float)]
            a = angle
            for _ in range(4):
                a += r.normal(0, 0.24)
                points.append(points[-1] + length / 4 * np.array([np.cos(a), np.sin(a)]))
            bark.stroke(points, width, 0.92, attack=0.02, tail=0.50 if level < 3 else 0.1, wobble=r.uniform(0, 6))
            if level >= 1:
                tips.extend(spline(points)[2::3])
            if level >= 4:
                return
            for k in range(2 if level < 1 else 3):
                spread = r.choice([-1, 1]) * r.uniform(0.35, 0.9) if k else r.normal(0, 0.25)
                where = points[-1] if k == 0 else points[r.integers(2, 5)]
                grow(where, a + spread, length * r.uniform(0.62, 0.80), width * (0.62 if k == 0 else 0.5), level + 1)

        grow(root, -np.pi / 2 + 0.25, reach, thick, 0)
        self.sheet.ink(bark, colour, 0.92, dry=0.5)
        soft, bright, heart = (self.sheet.strokes() for _ in range(3))
        for _ in range(blossoms):
            x, y = tips[r.integers(len(tips))] + r.normal(0, 14, 2)
            size = r.uniform(5, 10) * self.width / 1600
            turn = r.uniform(0, 6)
            for k in range(5):
                a = turn + k * 2 * np.pi / 5
                c = np.array([x + np.cos(a) * size * 0.72, y + np.sin(a) * size * 0.72])
                ring = c + size * 0.62 * np.stack([np.cos(np.linspace(0, 6.28, 9)[:-1]), np.sin(np.linspace(0, 6.28, 9)[:-1])], 1)
                (soft if r.random() < 0.5 else bright).polygon(ring, r.uniform(0.55, 0.95))
            heart.stroke([(x - 2, y), (x + 2, y + 1)], 4.5, 0.9, smooth=False)
        self.sheet.gouache(soft, mix(petals, (1, 0.97, 0.94), 0.55), 0.92, dry=0.1)
        self.sheet.gouache(bright, mix(petals, (1, 0.97, 0.94), 0.18), 0.85, dry=0.1)
        self.sheet.ink(heart, mix(petals, INK, 0.45), 0.9)

    def stand(self, name, x, eye, size):
        figure(self.sheet, BY_ID[name], (x, eye), size, detail=0.55, bottom=self.height)

    def room(self, horizon):
        """A plain wall with a dado, and a floor."""
        self.slope(-200, self.height * 1.2, WALL, 0.6)
        self.shade((self.width * 0.28, self.height * 0.3), (900, 600), (0.93, 0.90, 0.84), 0.2)
        self.box(-20, horizon, self.width + 20, self.height + 20, (0.74, 0.67, 0.58), 0.7)
        self.lines([[(0, horizon), (self.width / 2, horizon - 2), (self.width, horizon)]], 5, 0.6, attack=0.1, tail=0.5)

    def plant(self, x, base, size=1.0):
        pot = [(x - 46 * size, base - 80 * size), (x + 46 * size, base - 80 * size), (x + 34 * size, base), (x - 34 * size, base)]
        layer, r = self.sheet.strokes(), self.rng
        for _ in range(22):
            a = np.radians(r.uniform(-165, -15))
            length = r.uniform(110, 210) * size
            end = (x + np.cos(a) * length, base - 80 * size + np.sin(a) * length * 0.8 + 40 * size)
            layer.stroke([(x + r.normal(0, 8), base - 78 * size), (x + np.cos(a) * length * 0.5, base - 90 * size + np.sin(a) * length * 0.9), end], 13 * size, r.uniform(0.5, 0.95), attack=0.4)
        self.sheet.ink(layer, (0.36, 0.44, 0.36), 0.85)
        self.flat(pot, (0.56, 0.60, 0.60), 0.8)
        self.frame(pot, 4, 0.75)


def group_row():
    s = Scene("group-row")
    s.slope(-100, 1300, WALL, 0.55)
    s.shade((800, 420), (900, 420), mix(CELADON, (0.75, 0.70, 0.62), 0.5), 0.28)
    for x in (60, 120, 215, 1400, 1490, 1560):
        s.bamboo(x, 1067, s.rng.uniform(-60, 120))
    names = ("tian-fu", "sun-jiashe", "li-shifan", "wang-yangli", "ding-yangben", "yu-shifan")
    for k in (0, 5, 1, 4, 2, 3):  # those in the middle stand a little before the others
        tall = 0 if BY_ID[names[k]]["sex"] == "M" else 30
        s.stand(names[k], 188 + 245 * k, 376 + tall + 8 * (k % 2), 202 if tall == 0 else 190)
    return s.sheet


def two_rows():
    s = Scene("two-rows")
    s.slope(-100, 1300, WALL, 0.6)
    s.box(120, 60, 1480, 330, mix(CINNABAR, (0.75, 0.68, 0.60), 0.72), 0.22, cover=False, rough=14)
    s.shade((800, 460), (1000, 420), (0.70, 0.63, 0.54), 0.26)
    for k, name in enumerate(("zhou-jiading", "wen-nishu", "you-lizi", "feng-nizi")):
        s.stand(name, 270 + 352 * k, 250 + 10 * (k % 2), 184)
    s.sheet.wash(s.sheet.soften(s.sheet.mask([(0, 520), (1600, 520), (1600, 1067), (0, 1067)], smooth=False), 60), (0.66, 0.60, 0.54), 0.35)
    for k, name in enumerate(("zheng-yangben", "fang-lishi", "wei-yangzhang", "tian-da-li")):
        s.stand(name, 216 + 389 * k, 606 + 10 * (k % 2), 214)
    return s.sheet


def back_view(s, x, y, size, cloth, grey, long):
    """Someone of the audience, seen from behind."""
    sheet, r = s.sheet, s.rng
    body = [(x - 0.10 * size, y + 0.40 * size), (x - 0.45 * size, y + 0.58 * size), (x - 0.80 * size, y + 0.80 * size), (x - 0.92 * size, y + 1.9 * size), (x + 0.92 * size, y + 1.9 * size), (x + 0.80 * size, y + 0.80 * size), (x + 0.45 * size, y + 0.58 * size), (x + 0.10 * size, y + 0.40 * size)]
    neck = [(x - 0.17 * size, y + 0.2 * size), (x + 0.17 * size, y + 0.2 * size), (x + 0.22 * size, y + 0.62 * size), (x - 0.22 * size, y + 0.62 * size)]
    s.flat(neck, SKIN, 1.0)
    s.flat(neck, SHADE, 0.5, cover=False)
    s.flat(body, cloth, 0.85, rough=5)
    s.shade((x + 0.5 * size, y + 1.1 * size), (0.5 * size, 0.6 * size), mix(cloth, INK, 0.4), 0.35)
    s.lines([spline(body[:4])[4:], spline(body[4:][::-1])[4:]], 6, 0.85, smooth=False)
    s.lines([[(x - 0.24 * size, y + 0.53 * size), (x, y + 0.60 * size), (x + 0.24 * size, y + 0.53 * size)]], 8, 0.85)
    for side in (-1, 1):
        ear = np.array([(0.33, 0.02), (0.41, 0.0), (0.40, 0.12), (0.33, 0.17)]) * size * [side, 1] + [x, y]
        s.flat(ear, mix(SKIN, SHADE, 0.4), 0.9, smooth=True, rough=0)
    low = 0.36 if long else 0.26
    ring = [(x - 0.36 * size, y - 0.05 * size), (x - 0.33 * size, y - 0.34 * size), (x, y - 0.54 * size), (x + 0.33 * size, y - 0.34 * size), (x + 0.36 * size, y - 0.05 * size), (x + 0.29 * size, y + low * size * 0.8), (x, y + low * size), (x - 0.29 * size, y + low * size * 0.8)]
    base = mix((0.36, 0.34, 0.33), (0.93, 0.92, 0.90), grey)
    mask = sheet.rough(sheet.mask(np.array(ring)), 5)
    sheet.cover(mask, base)
    s.sheet.wash(mask * smoothstep(x - 0.2 * size, x + 0.45 * size, np.arange(s.width, dtype=np.float32)[None, :]), (0.35, 0.33, 0.32), 0.35)
    dark, light = sheet.strokes(), sheet.strokes()
    for _ in range(150):
        a = r.uniform(-1, 1)
        end = (x + a * 0.32 * size, y + (low - 0.08 * a * a) * size + r.normal(0, 6))
        start = (x + 0.06 * size + r.normal(0, 0.03) * size, y - 0.36 * size + r.normal(0, 0.06) * size)
        bend = (x + a * 0.40 * size, y - 0.22 * size + 0.1 * size * a * a)
        cut = spline([start, bend, end], steps=10)[int(r.integers(0, 8)):]
        (light if r.random() < 0.25 + 0.5 * grey else dark).stroke(cut, r.uniform(1.2, 3.2), r.uniform(0.3, 0.8), smooth=False)
    sheet.ink(dark, mix((0.22, 0.2, 0.2), (0.6, 0.58, 0.56), grey), 0.8)
    sheet.gouache(light, mix((0.7, 0.68, 0.66), (0.98, 0.975, 0.96), grey), 0.7)


def lecture():
    s = Scene("lecture")
    s.room(640)
    s.box(150, 70, 640, 470, (0.93, 0.91, 0.87), 0.4)  # a hanging scroll of orchids
    s.box(185, 105, 605, 435, (0.97, 0.955, 0.925), 0.4)
    s.frame([(150, 70), (640, 70), (640, 470), (150, 470)], 5, 0.7)
    orchid = [[(360, 410), (330 + 14 * k, 300 - 8 * k), (230 + 62 * k, 190 + 9 * (k - 2) ** 2)] for k in range(6)]
    s.lines(orchid, 11, 0.8, colour=(0.36, 0.39, 0.35))
    s.lines([[(395 + 12 * k, 260), (400 + 16 * k, 235), (410 + 20 * k, 228)] for k in range(4)], 10, 0.8, colour=PLUM)
    s.box(1240, 60, 1520, 560, (0.80, 0.84, 0.85), 0.4)
    s.frame([(1240, 60), (1520, 60), (1520, 560), (1240, 560)], 8, 0.8)
    s.lines([[(1380, 60), (1380, 560)], [(1240, 300), (1520, 300)]], 6, 0.75, smooth=False)
    s.plant(1130, 650, 0.9)
    s.stand("kong-cankao", 860, 288, 190)
    desk = [(650, 600), (1070, 600), (1040, 880), (680, 880)]
    s.flat(desk, WOOD, 0.95)
    s.box(630, 575, 1090, 612, mix(WOOD, INK, 0.15), 0.95)
    s.frame([(630, 575), (1090, 575), (1090, 612), (630, 612)], 5, 0.85)
    s.frame(desk, 5, 0.7)
    s.lines([[(700 + 45 * k, 630), (704 + 45 * k, 740), (700 + 44 * k, 860)] for k in range(8)], 3, 0.3)
    s.lines([[(790, 575), (800, 520), (838, 478)]], 6, 0.9)
    s.lines([[(832, 486), (850, 466)]], 20, 0.9, smooth=False, attack=0.5, tail=0.8)
    s.flat([(905, 574), (960, 560), (1030, 572), (1010, 580)], (0.98, 0.97, 0.94), 0.3, rough=0)
    cloths = (INDIGO, MOSS, RUST, SLATE, PLUM, UMBER, TEAL, NAVY, OCHRE)
    for k in range(6):
        back_view(s, 110 + 278 * k + s.rng.uniform(-12, 12), 792 + s.rng.uniform(-12, 12), 150, cloths[(k * 4 + 2) % 9], (0.8, 0.5, 0.95, 0.3, 0.85, 0.6)[k], k % 2 == 1)
    for k in range(5):
        back_view(s, 190 + 305 * k + s.rng.uniform(-14, 14), 962 + s.rng.uniform(-10, 10), 205, cloths[(k * 2) % 9], (0.95, 0.4, 0.75, 0.9, 0.2)[k], k in (1, 4))
    return s.sheet


def courtyard(s):
    w, h = s.width, s.height
    k = w / 1600
    at = lambda pts: [(x * k, y * k) for x, y in pts]
    s.slope(-200, 900 * k, (0.90, 0.87, 0.80), 0.5)
    hill = s.sheet.strokes()
    hill.polygon(spline(at([(-60, 420), (120, 250), (330, 320), (520, 190), (760, 300), (980, 220), (1240, 310), (1480, 230), (1700, 380), (1700, 520), (-60, 520)]), closed=True))
    s.sheet.wash(s.sheet.soften(hill.array(), 16 * k), (0.66, 0.68, 0.68), 0.42, granulation=0.4)
    s.flat(at([(-20, 440), (1620, 440), (1620, 740), (-20, 740)]), (0.94, 0.925, 0.89), 0.7)
    s.shade((1150 * k, 560 * k), (500 * k, 200 * k), (0.80, 0.77, 0.72), 0.35)
    roof = at([(-20, 385), (1620, 385), (1620, 446), (-20, 446)])
    s.flat(roof, (0.42, 0.42, 0.43), 0.85)
    s.lines([at([(x, 388), (x + 3, 415), (x, 446)]) for x in range(-10, 1620, 26)], 5, 0.75)
    s.lines([at([(-20, 384), (800, 380), (1620, 384)])], 15, 0.9, attack=0.05, tail=0.8)
    s.lines([at([(x, 448), (x + 13, 456), (x + 26, 448)]) for x in range(-16, 1620, 26)], 5, 0.7)
    a = np.linspace(0, 2 * np.pi, 49)
    gate = np.stack([1090 + 158 * np.cos(a), 600 + 158 * np.sin(a)], 1) * k
    s.flat(gate, (0.80, 0.84, 0.78), 0.55)
    inside = s.sheet.mask(gate, smooth=False)
    layer = s.sheet.strokes()
    for _ in range(60):
        x, y = s.rng.uniform(930, 1250), s.rng.uniform(470, 720)
        layer.stroke([(x * k, y * k), ((x + 14) * k, (y - 14) * k), ((x + s.rng.uniform(-10, 40)) * k, (y - 34) * k)], 14 * k, s.rng.uniform(0.2, 0.7), attack=0.5)
    s.sheet.wash(layer.array() * inside, (0.45, 0.55, 0.46), 0.6)
    s.lines([gate], 20 * k, 0.7, colour=(0.52, 0.51, 0.50), smooth=False, attack=0.02, tail=0.95)
    s.lines([gate + 9 * k, gate - 9 * k], 3 * k, 0.7, smooth=False, attack=0.02, tail=0.95)
    s.flat(at([(-20, 735), (1620, 735), (1620, 1090), (-20, 1090)]), (0.84, 0.80, 0.73), 0.6)
    far = (1090, 560)
    s.lines([at([(far[0] + (x - far[0]) * 0.50, 738), (x, 1090)]) for x in range(-1600, 3600, 200)], 3.5, 0.45, smooth=False)
    s.lines([at([(-20, y), (800, y + 2), (1620, y)]) for y in (768, 812, 874, 962)], 3.5, 0.45)
    s.lines([at([(-20, 737), (800, 735), (1620, 738)])], 7, 0.7, attack=0.1, tail=0.7)
    s.shade((430 * k, 930 * k), (330 * k, 60 * k), (0.45, 0.42, 0.39), 0.55)
    for x, y, rx, ry, top in ((1190, 872, 150, 34, True), (1020, 950, 52, 18, False), (1390, 948, 52, 18, False)):
        s.shade(((x + 20) * k, (y + (120 if top else 86)) * k), (rx * k, 26 * k), (0.40, 0.37, 0.35), 0.6)
        foot = at([(x - rx * 0.42, y), (x + rx * 0.42, y), (x + rx * 0.5, y + (112 if top else 78)), (x - rx * 0.5, y + (112 if top else 78))])
        s.flat(foot, STONE, 0.9)
        s.lines([[foot[0], foot[3]], [foot[1], foot[2]]], 5 * k, 0.8, smooth=False)
        rim = np.stack([x + rx * np.cos(a), y + ry * np.sin(a)], 1) * k
        s.flat(rim, STONE, 0.6)
        s.lines([rim], 6 * k, 0.85, smooth=False, attack=0.05, tail=0.8)
    pot = at([(1150, 838), (1205, 838), (1214, 866), (1178, 878), (1142, 866)])
    s.flat(pot, RUST, 0.9, smooth=True)
    s.lines([at([(1212, 846), (1236, 842), (1244, 830)])], 8 * k, 0.9)
    s.lines([pot + pot[:1]], 4 * k, 0.8)
    s.plum((430 * k, 960 * k), 268 * k, 430, 46 * k)
    r, fallen = s.rng, s.sheet.strokes()
    for _ in range(110):
        x, y = r.uniform(120, 900) * k, r.uniform(800, 1040) * k
        fallen.stroke([(x, y), (x + 8 * k, y + 2)], 6 * k, r.uniform(0.4, 0.9), smooth=False, attack=0.5)
    s.sheet.gouache(fallen, (0.88, 0.64, 0.61), 0.8)


def garden():
    s = Scene("garden")
    courtyard(s)
    return s.sheet


def shelf(s, x0, y0, x1, y1, rows):
    s.box(x0, y0, x1, y1, mix(WOOD, INK, 0.25), 0.8)
    tall = (y1 - y0) / rows
    r = s.rng
    tones = (INDIGO, OCHRE, RUST, MOSS, PLUM, SLATE, TEAL, UMBER, (0.86, 0.81, 0.72), (0.78, 0.72, 0.62))
    for row in range(rows):
        base = y0 + tall * (row + 1) - 12
        x = x0 + 14
        while x < x1 - 34:
            w, h = r.uniform(14, 32), tall * r.uniform(0.58, 0.82)
            if r.random() < 0.06:
                x += 40
                continue
            lean = r.uniform(0, 12) if r.random() < 0.1 else 0
            book = [(x + lean, base - h), (x + w + lean, base - h), (x + w, base), (x, base)]
            s.flat(book, tones[r.integers(len(tones))], 0.8, rough=0, edge=0.5)
            s.lines([[book[1], book[2]]], 3, 0.7, smooth=False)
            s.lines([[(x + lean + 3, base - h * 0.8), (x + w + lean - 3, base - h * 0.8)]], 3, 0.5, smooth=False)
            x += w + 1
        s.lines([[(x0, base + 6), (x1, base + 6)]], 12, 0.85, colour=mix(WOOD, INK, 0.5), smooth=False, attack=0.05, tail=0.9)
    s.frame([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], 10, 0.85)


def open_book(s, x, y, size):
    for side in (-1, 1):
        page = [(x, y), (x + side * size * 0.5, y - size * 0.10), (x + side * size, y - size * 0.03), (x + side * size * 1.12, y + size * 0.30), (x + side * size * 0.55, y + size * 0.22), (x, y + size * 0.34)]
        s.flat(page, (0.95, 0.93, 0.88), 0.5, rough=0)
        s.frame(page, 3.5, 0.75)
        s.lines([[(x + side * size * (0.14 + 0.01 * k), y + size * (0.04 + 0.055 * k)), (x + side * size * 0.55, y + size * (-0.03 + 0.055 * k)), (x + side * size * 0.98, y + size * (0.03 + 0.055 * k))] for k in range(4)], 2.2, 0.4)


def reading_room():
    s = Scene("reading-room")
    s.room(760)
    shelf(s, 40, 70, 560, 740, 5)
    s.box(660, 80, 1030, 520, (0.86, 0.90, 0.89), 0.35)
    s.bamboo(760, 516, 150, strength=0.35)
    s.bamboo(930, 516, 190, strength=0.3)
    s.frame([(660, 80), (1030, 80), (1030, 520), (660, 520)], 12, 0.8)
    s.lines([[(845, 80), (845, 520)], [(660, 300), (1030, 300)]], 8, 0.8, smooth=False, attack=0.1, tail=0.7)
    shelf(s, 1130, 70, 1570, 740, 5)
    s.stand("bian-xuju", 540, 470, 196)
    s.stand("yin-jiaxiang", 1080, 482, 190)
    table = [(180, 800), (1430, 800), (1640, 1090), (-40, 1090)]
    s.sheet.wash(s.sheet.soften(s.sheet.mask([(200, 770), (1410, 770), (1430, 830), (180, 830)], smooth=False), 16), INK, 0.35)
    s.flat(table, WOOD, 0.85)
    s.lines([[(190 + 130 * k, 806), (60 + 155 * k, 940), (-60 + 180 * k, 1080)] for k in range(10)], 3, 0.28)
    s.lines([[(170, 800), (800, 797), (1440, 800)]], 9, 0.85, attack=0.05, tail=0.8)
    open_book(s, 540, 862, 150)
    open_book(s, 1075, 868, 145)
    for k, tone in enumerate((INDIGO, OCHRE, RUST)):
        s.box(760 - 6 * k, 858 - 24 * k, 900 + 5 * k, 880 - 24 * k, tone, 0.85, rough=0)
        s.frame([(760 - 6 * k, 858 - 24 * k), (900 + 5 * k, 858 - 24 * k), (900 + 5 * k, 880 - 24 * k), (760 - 6 * k, 880 - 24 * k)], 3, 0.7)
    cup = [(1292, 850), (1362, 850), (1352, 930), (1302, 930)]
    s.shade((1345, 932), (60, 12), INK, 0.4)
    s.flat(cup, (0.93, 0.93, 0.91), 0.5, rough=0)
    s.frame(cup, 4, 0.8)
    s.lines([[(1362, 866), (1390, 880), (1356, 910)]], 8, 0.8)
    s.lines([[(1297, 872), (1327, 878), (1358, 872)]], 7, 0.7, colour=INDIGO)
    return s.sheet


def calligraphy():
    s = Scene("calligraphy")
    s.slope(-300, 1300, mix(WOOD, (0.9, 0.85, 0.78), 0.35), 0.85)
    s.lines([[(-20, 90 + 118 * k), (800, 96 + 118 * k + s.rng.uniform(-8, 8)), (1620, 88 + 118 * k)] for k in range(9)], 4, 0.3)
    felt = [(150, 150), (1500, 110), (1560, 1090), (90, 1090)]
    s.flat(felt, (0.50, 0.53, 0.50), 0.8, rough=6)
    page = [(330, 205), (1180, 180), (1225, 1090), (285, 1090)]
    s.sheet.wash(s.sheet.soften(s.sheet.mask(np.array(page) + [12, 14], smooth=False), 14), INK, 0.35)
    s.flat(page, (0.965, 0.95, 0.915), 0.6, rough=2)
    s.frame(page, 3, 0.5)
    for side in (0, 1):  # paperweights
        bar = np.array([(370, 222), (720, 212), (721, 246), (371, 257)]) + [side * 412, -side * 12]
        s.sheet.wash(s.sheet.soften(s.sheet.mask(bar + [6, 9], smooth=False), 6), INK, 0.4)
        s.flat(bar, mix(WOOD, INK, 0.45), 0.95, rough=0)
        s.frame([tuple(p) for p in bar], 4, 0.8)
    plum = Scene("calligraphy-branch")  # its own dice, so that the table may change
    wet = s.sheet.strokes()
    r = plum.rng
    wet.stroke([(405, 980), (470, 850), (560, 770), (610, 640), (700, 560), (742, 500)], 34, 0.95, attack=0.1, tail=0.25, wobble=1.0)
    for path, w in (([(560, 770), (500, 690), (430, 640), (392, 560)], 18), ([(610, 640), (560, 560), (570, 470), (540, 400)], 15), ([(470, 850), (600, 850), (700, 800)], 14), ([(660, 596), (770, 610), (850, 580)], 12)):
        wet.stroke(path, w, 0.9, attack=0.1, tail=0.1, wobble=r.uniform(0, 6))
    s.sheet.ink(wet, (0.13, 0.12, 0.12), 0.95, dry=0.55)
    flowers = s.sheet.strokes()
    for x, y in ((392, 556), (430, 640), (500, 690), (540, 400), (566, 470), (556, 556), (700, 800), (640, 842), (850, 580), (786, 606), (470, 600), (600, 480), (520, 640)):
        for k in range(5):
            a = k * 2 * np.pi / 5 + r.uniform(0, 1)
            c = np.array([x, y]) + r.normal(0, 3, 2) + 12 * np.array([np.cos(a), np.sin(a)])
            t = np.linspace(0, 2 * np.pi, 11)[:-1]
            flowers.polygon(spline(c + 11 * np.stack([np.cos(t), np.sin(t)], 1) * r.uniform(0.8, 1.15, (10, 1)), closed=True), r.uniform(0.45, 0.9))
    s.sheet.wash(flowers.array(), (0.76, 0.36, 0.34), 0.8, edge=0.8)
    inkstone(s)
    writing_hand(s, 756, 486)
    return s.sheet


def inkstone(s):
    a = np.linspace(0, 2 * np.pi, 41)
    for rx, ry, tone, y in ((150, 112, (0.25, 0.24, 0.25), 360), (118, 82, (0.14, 0.13, 0.14), 356)):
        ring = np.stack([1385 + rx * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.7, y + ry * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 0.7], 1)
        if rx > 130:
            s.sheet.wash(s.sheet.soften(s.sheet.mask(ring + [12, 16], smooth=False), 12), INK, 0.5)
        s.flat(ring, tone, 0.95)
        s.lines([ring], 5, 0.8, smooth=False, attack=0.05, tail=0.8)
    s.sheet.cover(s.sheet.soften(s.sheet.mask([(1310, 330), (1360, 300), (1420, 300), (1350, 325)]), 5), (0.9, 0.9, 0.9), 0.45)


def writing_hand(s, x, y):
    """A hand that holds the brush upright between thumb and two fingers; (x, y) is the brush's tip."""
    sheet = s.sheet
    at = lambda pts: np.array(pts, float) + [x, y]
    sheet.wash(sheet.soften(sheet.mask(at([(10, 20), (160, 60), (420, 240), (640, 420), (760, 640), (420, 560), (160, 260)])), 26), INK, 0.38)
    sleeve = at([(360, 170), (470, 60), (900, 160), (900, 640), (560, 640), (400, 330)])
    rear = at([(128, -24), (150, -66), (196, -88), (260, -96), (340, -66), (430, 30), (470, 150), (400, 270), (300, 230), (210, 150), (150, 70)])

    def flesh(points, shade=0.35):
        mask = sheet.rough(sheet.mask(points), 2, amount=0.05)
        sheet.cover(mask, (0.98, 0.955, 0.915))
        sheet.wash(mask, SKIN, 0.95)
        broad = sheet.soften(mask, 16)
        gy, gx = np.gradient(broad)
        sheet.wash(np.clip((-gx * 0.5 - gy) * 40, 0, 1) * mask, SHADE, 0.85)
        sheet.wash(mask, SHADE, shade * 0.5, edge=1.2, edge_width=14)
        s.lines([np.vstack([spline(points, closed=True)])], 6, 0.85, smooth=False, attack=0.1, tail=0.4)

    flesh(rear)
    for k, (px, py) in enumerate(((196, 168), (240, 205))):  # ring and little finger, folded under
        flesh(at([(px + 130, py - 30), (px + 40, py - 40), (px - 40, py - 20), (px - 66, py + 14), (px - 40, py + 40), (px + 40, py + 34), (px + 130, py + 36)]), 0.5)
    handle = at([(-6, -58), (12, -64), (168, -560), (150, -566)])
    s.flat(handle, (0.62, 0.47, 0.30), 0.95, rough=0)
    s.lines([[handle[0], handle[3]], [handle[1], handle[2]]], 4, 0.85, smooth=False, attack=0.05, tail=0.8)
    tuft = at([(-9, -54), (14, -62), (14, -34), (-12, 14), (-20, 4)])
    s.flat(tuft, (0.16, 0.14, 0.14), 0.98, smooth=True, rough=0)
    s.flat(at([(-10, -52), (15, -60), (22, -84), (-2, -78)]), (0.72, 0.66, 0.55), 0.9, rough=0)
    # Index and middle finger come down before the handle, the thumb meets them from below.
    flesh(at([(330, -60), (250, -150), (170, -196), (92, -176), (30, -140), (20, -112), (44, -98), (104, -126), (168, -136), (220, -86), (270, -20)]))
    flesh(at([(300, -10), (220, -94), (150, -128), (84, -112), (34, -80), (28, -54), (54, -44), (106, -66), (156, -70), (200, -20), (250, 50)]))
    flesh(at([(290, 130), (210, 76), (150, 20), (104, -20), (66, -58), (48, -92), (66, -112), (96, -96), (136, -52), (190, -14), (270, 20), (340, 80)]))
    s.lines([at([(60, -104), (72, -92), (70, -76)])], 4, 0.5)
    s.lines([at([(252, -148), (262, -132), (260, -112)]), at([(150, -192), (156, -178), (154, -162)]), at([(212, -96), (220, -84), (218, -68)]), at([(136, -126), (144, -114), (142, -98)]), at([(150, 16), (164, 6), (168, -8)]), at([(330, 0), (360, 40), (370, 90)]), at([(300, 40), (326, 80), (330, 120)])], 4, 0.6)
    s.flat(at([(352, 180), (376, 70), (452, 0), (506, 40), (440, 130), (424, 300)]), (0.96, 0.95, 0.92), 0.4, smooth=True)
    s.flat(sleeve, INDIGO, 0.9, smooth=False, rough=6)
    sheet.wash(sheet.soften(sheet.mask(at([(520, 330), (900, 420), (900, 640), (560, 640)]), smooth=False), 40), mix(INDIGO, INK, 0.5), 0.6)
    s.lines([at([(362, 172), (410, 110), (470, 62)]), at([(362, 172), (390, 260), (402, 330)])], 9, 0.85)
    s.lines([at([(402, 330), (470, 470), (560, 640)]), at([(470, 62), (680, 100), (900, 160)])], 10, 0.85)
    s.lines([at([(430, 160), (560, 220), (680, 330)]), at([(440, 250), (540, 330), (600, 440)]), at([(520, 110), (640, 180), (760, 220)])], 9, 0.5)


def team():
    s = Scene("team")
    s.slope(-100, 1300, WALL, 0.55)
    s.shade((800, 420), (950, 430), mix(TEAL, (0.75, 0.70, 0.62), 0.6), 0.26)
    s.plum((120, 1040), 330, 420, 52)
    names = ("wang-wei-1", "lu-yangban", "zhang-fangben", "chen-moban", "wu-tuoming")
    for k in (0, 4, 1, 3, 2):
        low = 28 if BY_ID[names[k]]["sex"] == "F" else 0
        s.stand(names[k], 226 + 287 * k, 352 + low, 222 if not low else 210)
    return s.sheet


def poster(width=1280, height=720):
    s = Scene("poster", width, height)
    courtyard(s)
    s.sheet.cover(np.ones((height, width), np.float32), (0.98, 0.965, 0.94), 0.25)
    s.stand("wang-yangli", width * 0.68, height * 0.40, height * 0.36)
    return s.sheet


SCENES = {
    "albums/yangli-album/group-row.jpg": group_row,
    "albums/yangli-album/two-rows.jpg": two_rows,
    "albums/yangli-album/lecture.jpg": lecture,
    "albums/yangli-album/garden.jpg": garden,
    "albums/yangli-album/reading-room.jpg": reading_room,
    "albums/yangli-album/calligraphy.jpg": calligraphy,
    "teams/yangli-team/team.jpg": team,
    "videos/yangli-video/poster.jpg": poster,
}

# Where else a scene is shown: every record keeps its own pictures.
ALBUM, EXHIBITION = "albums/yangli-album/", "exhibitions/yangli-scenes/"
ALSO = {path: [path.replace(ALBUM, EXHIBITION)] for path in SCENES if path.startswith(ALBUM)}
for _shown in ("garden.jpg", "calligraphy.jpg"):
    ALSO[ALBUM + _shown].append("people/wang-yangli/" + _shown)
