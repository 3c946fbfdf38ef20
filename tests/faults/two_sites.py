#!/usr/bin/env python3
"""Makes two versions of one small site, and a third site, for builds that are killed: two_sites.py PROGRAM FOLDER."""
import pathlib
import shutil
import subprocess
import sys

PERSON = """---
name: 样例{letter}
retire_kind: 退休
former_post: 样例局退休干部
life: living
source: 样例，人物为虚构
consent: {{basis: 本人授权, text: yes, portrait: no, voice: no, signer: 本人, date: 2026-01-05, scope: [互联网]}}
status: approved
visibility: public
---

样例故事，第{version}版。
"""


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run([program, "init", str(folder / "a")], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(folder / "a", folder / "b")
    for site, letters in (("a", "甲乙丙丁"), ("b", "甲乙戊")):
        for number, letter in enumerate(letters):
            text = PERSON.format(letter=letter, version="一" if site == "a" else "二")
            name = f"p{ord(letter):x}.md"
            (folder / site / "content/people" / name).write_text(text, encoding="utf-8")
    # What only the other site shows is known here, but not shown: no address has vanished.
    for site, letters in (("a", "戊"), ("b", "丙丁")):
        for letter in letters:
            text = PERSON.format(letter=letter, version="零").replace("status: approved", "status: draft")
            (folder / site / "content/people" / f"p{ord(letter):x}.md").write_text(text, encoding="utf-8")
    one_leaves(program, folder / "c")


def one_leaves(program, site):
    """A site from which one person goes when the year 2026 ends, and little else changes."""
    subprocess.run([program, "init", str(site)], check=True, stdout=subprocess.DEVNULL)
    for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉":
        text = PERSON.format(letter=letter, version="一")
        if letter == "丙":
            text = text.replace("date: 2026-01-05,", "date: 2026-01-05, until: 2026-12-31,")
        (site / "content/people" / f"p{ord(letter):x}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
