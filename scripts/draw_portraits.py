#!/usr/bin/python3
"""Draws every picture of the sample site and makes its sound and film.

The people of the sample are invented; so are their faces. Nothing here is
traced from a photograph. The same script and the same library versions give
the same bytes: a person's id is the seed of everything random.

    scripts/draw_portraits.py                 # everything
    scripts/draw_portraits.py wang-yangli     # these portraits only
    scripts/draw_portraits.py --out FOLDER    # elsewhere than content/

Needs Debian's python3-pil, python3-numpy, python3-scipy and python3-cairo; the
film and the sound also need ffmpeg and espeak-ng.
"""

import argparse
import io
import pathlib
import sys
from multiprocessing import Pool

from PIL import Image, ImageFilter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from drawing import media, portrait, scenes  # noqa: E402
from drawing.people import BY_ID, PEOPLE  # noqa: E402

PORTRAIT_BYTES = 190_000
PHOTO_BYTES = 190_000
SIDEWAYS = "zhao-xuni"  # stored lying on its side; its EXIF orientation sets it upright


def smallest_loss(image, limit, save, qualities):
    """The best quality whose file keeps within the limit."""
    for quality in qualities:
        file = io.BytesIO()
        save(image, file, quality)
        if file.tell() <= limit:
            break
    return file.getvalue()


def as_jpeg(image, limit, exif=b""):
    def save(picture, file, quality):
        picture.save(file, "JPEG", quality=quality, progressive=True, optimize=True, exif=exif)
    return smallest_loss(image, limit, save, range(90, 40, -3))


def as_webp(image, limit):
    def save(picture, file, quality):
        picture.save(file, "WEBP", quality=quality, method=6)
    return smallest_loss(image, limit, save, range(90, 40, -4))


def as_png(image, limit):
    """A palette picture of 900 × 1200: as many tones as the limit allows.

    Grain is what makes such a file large, so the smallest specks are smoothed away first.
    """
    small = image.resize((900, 1200), Image.LANCZOS).filter(ImageFilter.MedianFilter(3))

    def save(picture, file, colours):
        palette = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        palette.save(file, "PNG", optimize=True)
    return smallest_loss(small, limit, save, (192, 128, 96, 72, 56, 44, 36))


def lying(image):
    """The picture turned a quarter to the left, and the EXIF word (6) that rights it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return image.transpose(Image.Transpose.ROTATE_90), exif.tobytes()


def draw_person(task):
    name, out = task
    person = BY_ID[name]
    sheet = portrait.draw(person)
    grain = 0.0 if person["ending"] == "png" else 0.010
    image = Image.fromarray(sheet.finish(grain))
    if person["ending"] == "png":
        data = as_png(image, 250_000)
    elif person["ending"] == "webp":
        data = as_webp(image, PORTRAIT_BYTES)
    elif name == SIDEWAYS:
        turned, exif = lying(image)
        data = as_jpeg(turned, PORTRAIT_BYTES, exif)
    else:
        data = as_jpeg(image, PORTRAIT_BYTES)
    write(out / "people" / name / f"portrait.{person['ending']}", data)


def draw_scene(task):
    path, out = task
    image = Image.fromarray(scenes.SCENES[path]().finish())
    write(out / path, as_jpeg(image, PHOTO_BYTES))


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"{len(data):8d}  {path}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent / "content")
    options.add_argument("--no-media", action="store_true", help="neither film nor sound")
    options.add_argument("names", nargs="*", help="ids of people or paths of scenes; all when none is given")
    chosen = options.parse_args()
    known = [person["id"] for person in PEOPLE] + list(scenes.SCENES)
    unknown = [name for name in chosen.names if name not in known]
    if unknown:
        options.error("unknown: " + ", ".join(unknown))
    wanted = chosen.names or known
    with Pool() as pool:
        pool.map(draw_person, [(n, chosen.out) for n in wanted if n in BY_ID], chunksize=1)
        pool.map(draw_scene, [(n, chosen.out) for n in wanted if n in scenes.SCENES], chunksize=1)
    if not chosen.names and not chosen.no_media:
        for path, data in media.make():
            write(chosen.out / path, data)


if __name__ == "__main__":
    main()
