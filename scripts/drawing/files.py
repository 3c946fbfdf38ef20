"""Files of every class that editors drop in: each portrait as one of them, never larger than its limit."""

import io
import pathlib
import subprocess
import tempfile

import numpy as np
from PIL import Image, ImageFilter
from scipy import ndimage

from . import profiles

ROOM = 182_000


def smallest_loss(limit, save, qualities):
    """The best quality whose file keeps within the limit."""
    for quality in qualities:
        data = save(quality)
        if len(data) <= limit:
            break
    return data


def saved(image, **kind):
    file = io.BytesIO()
    image.save(file, **kind)
    return file.getvalue()


def eight_bits(pixels):
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)


def jpeg(pixels, limit=ROOM, **more):
    image = Image.fromarray(eight_bits(pixels))
    return smallest_loss(limit, lambda quality: saved(image, format="JPEG", quality=quality, progressive=True, optimize=True, **more), range(90, 40, -2))


def lying(pixels):
    """Turned a quarter to the left, with the EXIF word (6) that rights it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return jpeg(np.rot90(pixels), exif=exif.tobytes())


def webp(pixels):
    image = Image.fromarray(eight_bits(pixels))
    return smallest_loss(ROOM, lambda quality: saved(image, format="WEBP", quality=quality, method=6), range(90, 40, -4))


def palette(pixels):
    """A PNG of 900 × 1200 with as many tones as the limit allows.

    Grain is what makes such a file large, so the smallest specks are smoothed away first.
    """
    small = Image.fromarray(eight_bits(pixels)).resize((900, 1200), Image.LANCZOS).filter(ImageFilter.MedianFilter(3))

    def save(colours):
        few = small.quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
        return saved(few, format="PNG", optimize=True)
    return smallest_loss(250_000, save, (192, 128, 96, 72, 56, 44, 36))


def display_p3(pixels):
    """A JPEG as a phone writes it: the same colours in the numbers of a wider space, and its profile."""
    turn = np.linalg.inv(profiles.P3_TO_XYZ) @ profiles.SRGB_TO_XYZ
    return jpeg(profiles.coded(profiles.linear(np.clip(pixels, 0, 1)) @ turn.T), icc_profile=profiles.display_p3())


def cmyk(pixels):
    """A JPEG of 900 × 1200 as a print shop returns it: four inks, and the press's profile."""
    pixels = ndimage.zoom(pixels, (1200 / pixels.shape[0], 900 / pixels.shape[1], 1), order=1, grid_mode=True, mode="nearest")
    grid = profiles.separated(profiles.linear(profiles.lattice(3, 33)))
    where = np.moveaxis(np.clip(pixels, 0, 1), -1, 0) * 32
    inks = np.stack([ndimage.map_coordinates(grid[..., k], where, order=1) for k in range(4)], -1)
    image, profile = Image.fromarray(eight_bits(inks), "CMYK"), profiles.press()
    return smallest_loss(ROOM, lambda quality: saved(image, format="JPEG", quality=quality, optimize=True, icc_profile=profile), range(90, 30, -2))


def luminance(pixels):
    """Coded grey of the same lightness."""
    return profiles.coded(profiles.linear(np.clip(pixels, 0, 1)) @ np.array([0.2126, 0.7152, 0.0722]))


def grey(pixels):
    """A JPEG of one channel, as old black-and-white prints are scanned."""
    return jpeg(luminance(pixels))


def deep(pixels):
    """A PNG of 900 × 1200, one channel of 16 bits, as a careful scan is kept: finer steps than 8 bits have.

    The steps are as fine as the limit allows, for noise below them would only make the file larger.
    """
    tones = ndimage.zoom(luminance(pixels), (1200 / pixels.shape[0], 900 / pixels.shape[1]), order=1, grid_mode=True, mode="nearest")

    def save(step):
        values = np.clip(np.rint(tones * 65535 / step) * step, 0, 65535)
        return saved(Image.fromarray(values.astype(np.uint16)), format="PNG", optimize=True)
    return smallest_loss(390_000, save, (32, 64, 96, 128))


def heic(pixels):
    """As phones have written since 2017; libheif's own tool and x265 encode it, on one thread so that its bytes stay the same."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder) / "a.png", pathlib.Path(folder) / "a.heic"
        Image.fromarray(eight_bits(pixels)).save(source)

        def save(quality):
            subprocess.run(["heif-enc", "-q", str(quality), "-p", "x265:pools=none", "-p", "x265:frame-threads=1", "-o", target, source], check=True, capture_output=True)
            return target.read_bytes()
        return smallest_loss(ROOM, save, range(80, 30, -4))


# What a portrait is written as: the file's ending, and how.
CLASSES = {"jpg": ("jpg", jpeg), "lying": ("jpg", lying), "webp": ("webp", webp), "palette": ("png", palette), "p3": ("jpg", display_p3),
           "cmyk": ("jpg", cmyk), "grey": ("jpg", grey), "deep": ("png", deep), "heic": ("heic", heic)}
