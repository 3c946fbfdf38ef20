#!/usr/bin/python3
"""Draws every picture of the sample site and makes its sound and film.

The people of the sample are invented; so are their faces. Nothing here is
traced from a photograph. The same script and the same library versions give
the same bytes: a person's id is the seed of everything random.

    scripts/draw_portraits.py                 # everything
    scripts/draw_portraits.py wang-yangli     # these portraits only
    scripts/draw_portraits.py --out FOLDER    # elsewhere than content/

Needs Debian's python3-pil, python3-numpy, python3-scipy and python3-cairo; the
HEIC portrait needs heif-enc (libheif-examples), the film and the sound ffmpeg and
espeak-ng.
"""

import argparse
import pathlib
import sys
from multiprocessing import Pool

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from drawing import files, media, portrait, scenes  # noqa: E402
from drawing.people import BY_ID, PEOPLE  # noqa: E402


def draw_person(task):
    name, out = task
    person = BY_ID[name]
    ending, save = files.CLASSES[person["file"]]
    grain = 0.0 if ending == "png" else 0.010  # PNG keeps every grain, and grows by it
    write(out / "people" / name / f"portrait.{ending}", save(portrait.draw(person).finish(grain)))


def draw_scene(task):
    path, out = task
    data = files.jpeg(scenes.SCENES[path]().finish())
    for place in (path, *scenes.ALSO.get(path, ())):
        write(out / place, data)


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"{len(data):8d}  {path}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent / "content")
    options.add_argument("--no-media", action="store_true", help="neither film nor sound")
    options.add_argument("--jobs", type=int, help="how many to draw side by side; as many as there are processors when not given")
    options.add_argument("names", nargs="*", help="ids of people or paths of scenes; all when none is given")
    chosen = options.parse_args()
    known = [person["id"] for person in PEOPLE] + list(scenes.SCENES)
    unknown = [name for name in chosen.names if name not in known]
    if unknown:
        options.error("unknown: " + ", ".join(unknown))
    wanted = chosen.names or known
    with Pool(chosen.jobs) as pool:
        pool.map(draw_person, [(n, chosen.out) for n in wanted if n in BY_ID], chunksize=1)
        pool.map(draw_scene, [(n, chosen.out) for n in wanted if n in scenes.SCENES], chunksize=1)
    if not chosen.names and not chosen.no_media:
        for path, data in media.make():
            write(chosen.out / path, data)


if __name__ == "__main__":
    main()
