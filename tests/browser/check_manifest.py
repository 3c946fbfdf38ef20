#!/usr/bin/env python3
"""Holds manifest.json of a built site against the files that are there: every one, its size, its BLAKE2b.

check_manifest.py SITE
"""
import hashlib
import json
import pathlib
import sys


def faults_of(site, listed):
    present = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - {"manifest.json"}
    for name in sorted(present ^ set(listed)):
        yield f"{name}: {'not listed' if name in present else 'listed, but not there'}"
    for name in sorted(present & set(listed)):
        content = (site / name).read_bytes()
        entry = listed[name]
        digest = hashlib.blake2b(content, digest_size=len(entry["blake2b"]) // 2).hexdigest()
        if len(content) != entry["size"]:
            yield f"{name}: {len(content)} bytes, listed with {entry['size']}"
        if len(entry["blake2b"]) < 32 or digest != entry["blake2b"]:
            yield f"{name}: another digest than listed"


def main():
    site = pathlib.Path(sys.argv[1])
    listed = json.loads((site / "manifest.json").read_text(encoding="utf-8"))["files"]
    faults = list(faults_of(site, listed))
    # Control: with one digest, one size and one name changed, all three are found.
    changed = {name: dict(entry) for name, entry in listed.items()}
    first, second, third = sorted(changed)[:3]
    changed[first]["blake2b"] = "0" * len(changed[first]["blake2b"])
    changed[second]["size"] += 1
    del changed[third]
    found = len(list(faults_of(site, changed))) - len(faults)
    if found != 3:
        faults.append(f"the control found {found} of 3 planted faults")
    print("\n".join(faults + [f"manifest: {len(listed)} files, {len(faults)} fault(s)"]))
    sys.exit(1 if faults else 0)


main()
