"""A portrait: eyes at two fifths of the height, the head 46 % of it, in the middle."""

import numpy as np

from . import spectacles
from .dress import Dress
from .hair import Hair
from .head import Head
from .ink import Sheet, mix, smoothstep

WIDTH, HEIGHT = 1200, 1600
EYE_LINE, HEAD = 0.40, 0.46


def ground(sheet, person, centre, height):
    """A warm paper with a broad wash behind the head, darker on the lit side."""
    r = np.random.default_rng(person["seed"] + 3)
    x = np.linspace(0, 1, sheet.width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, sheet.height, dtype=np.float32)[:, None]
    sheet.wash(smoothstep(-0.2, 1.4, 0.55 * x + 0.6 * y) * np.ones_like(sheet.blotch), (0.90, 0.84, 0.75), 0.34, granulation=0.10)
    tone = mix(person["accent"], (0.68, 0.62, 0.54), 0.45)
    layer = sheet.strokes()
    for k in range(9):  # a few strokes of a wide flat brush
        cx, cy = centre[0] + r.normal(0, 0.10) * height, centre[1] + r.uniform(-0.62, 0.62) * height
        reach = height * r.uniform(0.42, 0.62)
        lean = r.uniform(-0.10, 0.10) * height
        layer.stroke([(cx - reach, cy + lean), (cx, cy - lean * 0.6), (cx + reach, cy - lean)], height * r.uniform(0.20, 0.34),
                     0.55, attack=0.12, tail=0.45, wobble=r.uniform(0, 6))
    wash = sheet.rough(sheet.soften(layer.array(), 0.03 * height), 0.02 * height, amount=0.22, crisp=0.26)
    sheet.wash(sheet.soften(layer.array(), 0.12 * height), tone, 0.30, granulation=0.25)
    sheet.wash(wash, tone, 0.26, edge=0.5, edge_width=0.016 * height, granulation=0.35)
    dark = np.exp(-(((x * sheet.width - centre[0]) / height + 0.30) ** 2 / 0.20 + ((y * sheet.height - centre[1]) / height - 0.05) ** 2 / 0.34))
    sheet.wash(dark.astype(np.float32), mix(tone, (0.40, 0.35, 0.31), 0.35), 0.26, granulation=0.3)


def figure(sheet, person, centre, height, detail=1.0, bottom=None):
    """Head and clothes of one person at any place and size."""
    head = Head(sheet, person, centre, height, detail)
    hair = Hair(head)
    hair.paint_behind()
    dress = Dress(head, bottom)
    dress.paint()
    head.paint_ears(covered=False)
    head.paint_face()
    hair.paint()
    spectacles.wear(head)
    return head, dress


def draw(person, scale=1.0):
    sheet = Sheet(int(WIDTH * scale), int(HEIGHT * scale), person["id"])
    centre = (sheet.width / 2, sheet.height * EYE_LINE)
    height = sheet.height * HEAD
    ground(sheet, person, centre, height)
    figure(sheet, person, centre, height)
    return sheet
