"""Sites in the scratch folder: made once for each program and size, again when what makes them has changed."""
import hashlib
import os
import subprocess
import sys

from programs import HERE, put_aside


def digest_of(paths):
    total = hashlib.sha256()
    for path in sorted(paths):
        with open(path, "rb") as file:
            total.update(path.encode() + b"\0" + file.read() + b"\0")
    return total.hexdigest()


def files_below(folder):
    return [f"{where}/{name}" for where, _, names in os.walk(folder) for name in names]


def makers(program, theme):
    folder = f"{HERE}/themes/{program.corpus}" if theme == "race" else f"{HERE}/../themes/{theme}"
    return [f"{HERE}/corpus.py", f"{HERE}/prose.py", *files_below(folder)]


def is_made(site, stamp):
    try:
        with open(f"{site}.made", encoding="utf-8") as file:
            return file.read() == stamp
    except OSError:
        return False


def corpus_command(program, people, site, theme="race"):
    return [sys.executable, f"{HERE}/corpus.py", "--people", str(people), "--for", program.corpus,
            "--theme", theme, "--out", site]


def site_of(scratch, program, people, theme="race"):
    """The folder of a site, all of it in the page cache."""
    name = program.name if theme == "race" else f"{program.name}-{theme}"
    site, stamp = f"{scratch}/{name}-{people}", digest_of(makers(program, theme))
    if not is_made(site, stamp):
        put_aside(site, scratch)
        subprocess.run(corpus_command(program, people, site, theme), check=True)
        program.prepare(site)
        with open(f"{site}.made", "w", encoding="utf-8") as file:
            file.write(stamp)
    warm(f"{site}/{program.content}")
    return site


def warm(folder):
    for path in files_below(folder):
        with open(path, "rb") as file:
            file.read()


def output_of(site, program):
    """What a program has made: nobody needs to trust us that it is as much as the others make."""
    files = files_below(f"{site}/{program.output}")
    return {"files": len(files), "pages": sum(path.endswith(".html") for path in files),
            "MB": round(sum(os.path.getsize(path) for path in files) / 1e6, 1)}
