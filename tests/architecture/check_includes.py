#!/usr/bin/env python3
"""Checks that a folder of generator/ includes only folders of lower layers, and that each third-party header is
seen only where it is hidden. docs/architecture.md explains both."""
import pathlib
import re
import sys

LAYERS = {
    "base": 0,
    "system": 1, "hanzi": 1, "syntax": 1, "images": 1, "fonts": 1, "template": 1, "search": 1, "model": 1,
    "load": 2, "rules": 2,
    "pages": 3,
    "build": 4,
    "serve": 5, "release": 5,
    "commands": 6,
}

# Header prefix → files that may include it. fmt is everyone's.
HIDING_PLACES = {
    "nlohmann/": ["base/json.cc"],
    "xxhash.h": ["base/digest.cc"],
    "sodium": ["base/digest.cc", "release/signature.cc"],
    "archive": ["release/plain_zip.cc"],
    "qrencode.h": ["pages/qr_code.cc"],
    "zlib.h": ["build/precompress.cc", "syntax/inflate.cc"],
    "brotli/": ["build/precompress.cc"],
    "yaml-cpp/": ["syntax/yaml_tree.cc"],
    "cmark-gfm": ["syntax/markdown_tree.cc"],
    "vips/": ["images/"],
    "hb": ["fonts/cut.cc", "fonts/glyphs.cc"],
    "woff2/": ["fonts/cut.cc"],
    "fontconfig/": ["fonts/find.cc"],
    "unicode/": ["hanzi/"],
    "CLI/": ["commands/command_line.cc"],
    "httplib.h": ["serve/server.cc"],
    "mimalloc.h": ["system/large_pages.cc"],
    "sys/inotify.h": ["serve/inotify_watcher.cc"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def hidden_elsewhere(header, name):
    for prefix, places in HIDING_PLACES.items():
        if header.startswith(prefix):
            return not any(name.startswith(place) for place in places)
    return False


def complaints(root):
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".cc", ".h", ".def"):
            continue
        name = path.relative_to(root).as_posix()
        room = name.split("/")[0] if "/" in name else None
        if room is not None and room not in LAYERS:
            yield f"{name}: the folder {room} has no layer"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            kind, header = match.groups()
            target = header.split("/")[0] if "/" in header else None
            if kind == '"' and room is not None and target != room:
                if target not in LAYERS:
                    yield f"{name}:{number}: {header} is in no folder of generator/"
                elif LAYERS[target] >= LAYERS[room]:
                    yield f"{name}:{number}: {room} (layer {LAYERS[room]}) may not include {header} (layer {LAYERS[target]})"
            if kind == "<" and hidden_elsewhere(header, name):
                yield f"{name}:{number}: <{header}> is to be hidden in {', '.join(HIDING_PLACES[next(p for p in HIDING_PLACES if header.startswith(p))])}"


def main():
    found = list(complaints(pathlib.Path("generator")))
    print("\n".join(found) or "the layers hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
