"""Head-dresses: drawn flat, then wrapped about the turned head."""

import numpy as np

from .ink import INK, mix, spline


class Wrap:
    """A flat drawing (x across, y down, in head units) laid round the head."""

    def __init__(self, head, wide):
        self.head, self.wide = head, wide

    def __call__(self, points):
        p = np.asarray(points, float)
        share = np.clip(p[..., 0] / self.wide, -1, 1)
        behind = np.where(share * self.head.turn > 0, np.pi / 2 - abs(self.head.turn), np.pi / 2 + 0.28)  # the near end reaches behind the ear
        angle = share + (behind - 1) * np.sign(share) * np.abs(share) ** 5
        return self.head.space(np.stack([self.wide * np.sin(angle), p[..., 1] + 0.02 * np.cos(angle), 0.43 * np.cos(angle)], -1))


def shaded(head, mask, cloth, accent_mix):
    sheet, h = head.sheet, head.height
    below = sheet.soften(sheet.shifted(mask, 0.010 * h, 0.020 * h), 0.014 * h)
    sheet.wash(np.clip(below - mask, 0, 1) * head.mask, (0.50, 0.40, 0.35), 0.50)
    sheet.cover(mask, (0.97, 0.96, 0.94))
    sheet.wash(mask, mix(cloth, (0.5, 0.5, 0.48), accent_mix), 0.95, edge=0.4, edge_width=0.012 * h, granulation=0.35)
    soft = sheet.soften(mask, 0.07 * h)
    gy, gx = np.gradient(soft)
    sheet.wash(np.clip((-gx - 0.5 * gy) * h * 0.07, 0, 1) * mask, (0.16, 0.16, 0.18), 0.55, granulation=0.4)
    sheet.cover(np.clip((gx + 0.5 * gy) * h * 0.06, 0, 1) * mask, (0.93, 0.92, 0.90), 0.25)


def doppa(head):
    """A four-cornered embroidered cap."""
    sheet, h, px = head.sheet, head.height, Wrap(head, 0.345)
    band = [(-0.338, -0.265), (-0.342, -0.36), (-0.318, -0.455), (-0.18, -0.525), (0.0, -0.560), (0.18, -0.525), (0.318, -0.455), (0.342, -0.36), (0.338, -0.265), (0.17, -0.300), (0.0, -0.310), (-0.17, -0.300)]
    mask = sheet.rough(sheet.mask(px(np.vstack([spline(band[:9]), spline(band[8:] + band[:1])])), smooth=False), 2)
    shaded(head, mask, mix((0.16, 0.20, 0.19), head.person["accent"], 0.35), 0.22)
    ink, thread = sheet.strokes(), sheet.strokes()
    for ridge in ([(0.0, -0.310), (-0.012, -0.43), (0.0, -0.558)], [(-0.255, -0.290), (-0.270, -0.39), (-0.20, -0.52)], [(0.255, -0.290), (0.270, -0.39), (0.20, -0.52)]):
        ink.stroke(px(ridge), 0.009 * h, 0.7)
    for cx, cy, s in ((-0.135, -0.412, 0.090), (0.125, -0.412, 0.090), (-0.290, -0.385, 0.064), (0.292, -0.385, 0.064)):
        for k in range(5):  # almond sprays, the cap's usual figure
            a = np.radians(-90 + (k - 2) * 34)
            wide = 0.85 if abs(cx) < 0.2 else 0.30
            end = (cx + np.cos(a) * s * wide, cy + np.sin(a) * s + 0.03)
            thread.stroke(px([(cx, cy + 0.04), ((cx + end[0]) / 2 + 0.012 * np.sin(a * 3), (cy + end[1]) / 2), end]), 0.016 * h, 0.9, attack=0.7)
        thread.stroke(px([(cx - 0.03, cy + 0.058), (cx, cy + 0.048), (cx + 0.03, cy + 0.058)]), 0.007 * h, 0.9)
    edge = spline(band[8:] + band[:1])
    for k in range(2, len(edge) - 2, 2):
        thread.stroke(px([edge[k] + [0, -0.012], edge[k] + [0.006, -0.024]]), 0.006 * h, 0.8, smooth=False)
    ink.stroke(px(edge), 0.009 * h, 0.9, attack=0.4, tail=0.4, smooth=False)
    sheet.ink(ink, INK, 0.7)
    sheet.gouache(thread, (0.91, 0.88, 0.81), 0.75, dry=0.4)


def headcloth(head):
    """A Zhuang woman's wound headcloth with a woven band."""
    sheet, h, px = head.sheet, head.height, Wrap(head, 0.385)
    shape = [(-0.338, -0.150), (-0.382, -0.28), (-0.352, -0.435), (-0.19, -0.540), (0.0, -0.568), (0.19, -0.540), (0.352, -0.435), (0.382, -0.28), (0.338, -0.150), (0.19, -0.240), (0.0, -0.268), (-0.19, -0.240)]
    mask = sheet.rough(sheet.mask(px(np.vstack([spline(shape[:9]), spline(shape[8:] + shape[:1])])), smooth=False), 3)
    cloth = mix((0.17, 0.20, 0.27), head.person["accent"], 0.3)
    shaded(head, mask, cloth, 0.20)
    ink, light, thread = sheet.strokes(), sheet.strokes(), sheet.strokes()
    rows = [spline([(-0.365 - 0.004 * k, -0.205 - 0.050 * k), (-0.2, -0.282 - 0.055 * k), (0.0, -0.312 - 0.057 * k), (0.2, -0.282 - 0.055 * k), (0.365, -0.205 - 0.050 * k)]) for k in range(5)]
    for k, row in enumerate(rows[1:], 1):
        keep = np.abs(row[:, 0]) < 0.372 - 0.035 * max(0, k - 2)
        ink.stroke(px(row[keep]), 0.009 * h, 0.7, smooth=False, attack=0.5, tail=0.3)
        light.stroke(px(row[keep] + [0, -0.016]), 0.014 * h, 0.35, smooth=False, attack=0.4)
    sheet.gouache(light, mix(cloth, (1, 1, 1), 0.5), 0.5, dry=0.6)
    low, high = rows[0] + [0, -0.018], rows[1] + [0, 0.004]
    for k in range(1, len(low) - 3, 3):  # woven diamonds
        a, b, c, d = low[k], high[k], low[k + 3], high[k + 3]
        middle = (a + b + c + d) / 4
        for other in ((b + d) / 2, (a + c) / 2):
            thread.stroke(px([a * 0.5 + b * 0.5, other * 0.85 + middle * 0.15, c * 0.5 + d * 0.5]), 0.0055 * h, 0.9, smooth=False, attack=0.5, tail=0.6)
        thread.stroke(px([middle - [0.006, 0], middle + [0.008, 0]]), 0.008 * h, 0.9, smooth=False)
    for row in (low, high):
        thread.stroke(px(row), 0.005 * h, 0.8, smooth=False, attack=0.1, tail=0.7)
    sheet.ink(ink, INK, 0.6)
    sheet.gouache(thread, (0.91, 0.85, 0.75), 0.75, dry=0.4)
