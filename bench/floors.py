"""What no program can be faster than: the libraries alone, the disk alone. Built here, with the flags shown."""
import os
import subprocess

from programs import HERE, answer, put_aside
from race import Entry

FLAGS = ["-std=c++20", "-O2"]
LIBRARIES = ["-lcmark-gfm", "-lcmark-gfm-extensions", "-lyaml-cpp", "-lpthread"]
OF_PICTURES = ("photographs", "picture_floor")  # these are linked with libvips
TEXT = ("read", "nodes", "events", "markdown", "all")
WRITE = ("fresh", "same", "link", "remove")


def libraries(name):
    return answer("pkg-config", "--cflags", "--libs", "vips-cpp").split() if name in OF_PICTURES else LIBRARIES


def compile_command(name, scratch):
    return ["g++", *FLAGS, "-o", f"{scratch}/{name}", f"{HERE}/floor/{name}.cc", *libraries(name)]


def build(name, scratch):
    source, target = f"{HERE}/floor/{name}.cc", f"{scratch}/{name}"
    if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
        subprocess.run(compile_command(name, scratch), check=True)
    return target


def text_entry(mode, content, scratch, threads=1, before=None):
    command = [build("text_floor", scratch), content, str(threads), mode]
    return Entry(f"text {mode}", command, scratch, *([before] if before else []))


def write_entries(files, size, scratch):
    """In this order each finds what the one before has left."""
    folder = f"{scratch}/write"

    def clear(_round):
        for each in (folder, f"{folder}.links"):
            put_aside(each, scratch)
    program = build("write_floor", scratch)
    return [Entry(f"write {mode}", [program, folder, str(files), str(size), mode], scratch,
                  *([clear] if mode == "fresh" else [])) for mode in WRITE]
