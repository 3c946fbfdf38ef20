"""A portrait: eyes at two fifths of the height, the head 46 % of it, in the middle."""

import numpy as np

from . import spectacles
from .dress import Dress
from .features import Features
from .flesh import Flesh
from .hair import Hair
from .head import Head
from .ink import Sheet, mix, smoothstep, spline

WIDTH, HEIGHT = 1200, 1600
EYE_LINE, HEAD = 0.40, 0.46


def ground(sheet, person, centre, height):
    """A warm paper, and behind the lit side of the head one broad wash of the person's colour."""
    r = np.random.default_rng(person["seed"] + 3)
    x = np.linspace(0, 1, sheet.width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, sheet.height, dtype=np.float32)[:, None]
    sheet.wash(smoothstep(-0.2, 1.4, 0.55 * x + 0.6 * y) * np.ones_like(sheet.blotch), (0.91, 0.86, 0.78), 0.30, granulation=0.06)
    tone = mix(person["accent"], (0.66, 0.62, 0.57), 0.50)
    layer = sheet.strokes()
    a = np.linspace(0, 2 * np.pi, 15)[:-1]
    for k in range(3):  # one wet shape laid over another
        cx, cy = centre[0] + r.uniform(-0.22, 0.02) * height, centre[1] + r.uniform(-0.16, 0.30) * height
        wide, tall = r.uniform(0.42, 0.56) * height, r.uniform(0.46, 0.62) * height
        ring = np.stack([np.cos(a) * wide, np.sin(a) * tall], 1) * r.uniform(0.80, 1.14, (14, 1))
        layer.polygon(spline(ring + [cx, cy], closed=True), 0.55)
    whole = layer.array()
    sheet.wash(sheet.soften(whole, 0.11 * height), tone, 0.30, granulation=0.08)
    wet = smoothstep(0.26, 0.48, sheet.soften(whole, 0.035 * height) + 0.09 * sheet.ragged)
    sheet.wash(wet, tone, 0.12, edge=0.7, edge_width=0.012 * height, granulation=0.16)
    dark = np.exp(-(((x * sheet.width - centre[0]) / height + 0.34) ** 2 / 0.10 + ((y * sheet.height - centre[1]) / height - 0.10) ** 2 / 0.30))
    sheet.wash(dark.astype(np.float32) * (0.5 + 0.5 * wet), mix(tone, (0.40, 0.36, 0.33), 0.30), 0.30, granulation=0.15)


def figure(sheet, person, centre, height, detail=1.0, bottom=None):
    """Head and clothes of one person at any place and size."""
    head = Head(sheet, person, centre, height, detail, body=1.0 if bottom is None else 1.14)
    flesh = Flesh(head)
    flesh.neck()
    Dress(head, bottom).paint()
    flesh.ears(near=False)
    flesh.face()
    flesh.ears(near=True)
    Features(head).draw()
    Hair(head).paint()
    spectacles.wear(head)


def draw(person, scale=1.0):
    sheet = Sheet(int(WIDTH * scale), int(HEIGHT * scale), person["id"], grainy=0.0 if person["file"] == "deep" else 1.0)
    centre = (sheet.width / 2, sheet.height * EYE_LINE)
    height = sheet.height * HEAD
    ground(sheet, person, centre, height)
    figure(sheet, person, centre, height)
    return sheet
