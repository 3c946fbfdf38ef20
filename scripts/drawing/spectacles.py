"""Spectacles, worn last of all."""

import numpy as np

from .ink import INK, mix, spline


def lens(kind):
    a = np.linspace(0, 2 * np.pi, 33)[:-1]
    power = {"round": 2.0, "oval": 2.4, "square": 4.0, "half": 3.2}[kind]
    rx, ry = {"round": (0.090, 0.086), "oval": (0.102, 0.076), "square": (0.104, 0.076), "half": (0.104, 0.072)}[kind]
    c, s = np.cos(a), np.sin(a)
    return np.stack([rx * np.sign(c) * np.abs(c) ** (2 / power), ry * np.sign(s) * np.abs(s) ** (2 / power)], 1)


def before_eyes(head, points):
    """Points of the rims in space: a plane before the eyes, bent a little round the face."""
    p = np.asarray(points, float)
    ahead = head.form.at([(0.0, 0.0)])[0, 2] + 0.022
    return np.stack([p[:, 0], p[:, 1], ahead - 0.65 * p[:, 0] ** 2 - 0.10 * p[:, 1]], -1)


def wear(head):
    kind = head.person.get("glasses")
    if not kind:
        return
    sheet, h = head.sheet, head.height
    frame = head.person.get("frame", (0.20, 0.16, 0.15))
    heavy = {"square": 0.0135, "half": 0.015}.get(kind, 0.0085)
    layer, arms, shadow, glint = (sheet.strokes() for _ in range(4))
    drop = 0.014
    rims = []
    for side in (-1, 1):
        ring = lens(kind) + [side * (head.form.eye_x + 0.006), drop]
        rim = head.space(before_eyes(head, ring))
        rims.append(rim)
        closed = np.vstack([rim, rim[:2]])
        shadow.stroke(closed + [0.008 * h, 0.014 * h], heavy * h * 0.9, 0.8, smooth=False, attack=0.02, tail=0.95)
        if kind == "half":
            upper = [p for p, q in zip(closed, np.vstack([ring, ring[:2]])) if q[1] < drop + 0.012]
            order = sorted(upper, key=lambda p: p[0])
            layer.stroke(order, heavy * h, 1.0, smooth=False, attack=0.05, tail=0.8)
            layer.stroke(closed, heavy * h * 0.25, 0.8, smooth=False, attack=0.02, tail=0.95)
        else:
            layer.stroke(closed, heavy * h, 1.0, smooth=False, attack=0.02, tail=0.95)
        glass = sheet.mask(rim, smooth=False)
        sheet.cover(glass, (0.97, 0.98, 0.97), 0.07)
        c = rim.mean(0)
        for dx, w in ((-0.030, 0.020), (0.004, 0.008)):
            bar = np.array([(dx + 0.040, -0.09), (dx + 0.040 + w, -0.09), (dx - 0.045 + w, 0.09), (dx - 0.045, 0.09)]) * h + c
            sheet.cover(sheet.mask(bar, smooth=False) * glass, (1, 1, 0.99), 0.13)
        if side * head.turn > 0.10:
            continue  # the far arm hides behind the face
        outer = rim[np.argmax(rim[:, 0] * side)]
        far = head.space((side * (head.form.half_width(np.array(0.0)) + 0.004), -0.024, 0.055))
        arms.stroke([outer + [0, -0.018 * h], (outer + far) / 2 + [0, -0.016 * h], far], heavy * h * 0.9, 1.0, attack=0.05, tail=0.8)
    left, right = rims[0], rims[1]
    a, b = left[np.argmax(left[:, 0])], right[np.argmin(right[:, 0])]
    layer.stroke([a + [-0.002 * h, -0.02 * h], (a + b) / 2 + [0, -0.036 * h], b + [0.002 * h, -0.02 * h]], heavy * h, 1.0, attack=0.05, tail=0.9)
    blurred = sheet.soften(shadow.array(), 0.004 * h) * head.mask
    sheet.wash(blurred, (0.50, 0.38, 0.31), 0.55)
    under = arms.array() * (1 - head.hair)  # the arms go under the hair
    sheet.cover(np.maximum(layer.array(), under), mix(frame, INK, 0.1), 0.92)
    for rim in rims:
        line = spline(rim[17:25])
        glint.stroke(line + [0, -0.001 * h], heavy * h * 0.3, 0.8, smooth=False, attack=0.5)
    sheet.gouache(glint, (1, 0.99, 0.96), 0.6)
