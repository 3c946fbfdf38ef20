#!/usr/bin/env python3
"""Follows the handbook's chapters word by word, in their order, as somebody who knows nothing else: what stands as a
file is written, what stands as a command is run. Usage: follow_test.py PATH-TO-QUYNING HANDBOOK-FOLDER

A fence without a language is commands; a fence behind a line that is only `PATH`： is that file, from the site's folder,
behind `PATH` 里，第一行 `---` 的下面加： it is put there; every other fence is to be looked at. Lines that begin with sudo are for the machine's administrator, and not run."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM, HANDBOOK = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
CHAPTERS = ("first-site.md", "person.md", "pictures.md", "publish.md", "kiosk.md", "privacy.md")
# What the words of a chapter promise, looked at when it has been followed; from the site's folder, ~ is home.
PROMISED = {
    "first-site.md": ["public/index.html", "content/site.yaml", "themes/hall/theme.yaml"],
    "person.md": ["public/people/li-yang-li.html", "public/batches/2024-provincial.html"],
    "pictures.md": ["public/media/*-480.jpg"],
    "publish.md": ["{room}/qunying-练习/people/li-yang-li.html", "{room}/qunying-练习/people/li-yang-li.html.gz"],
    "kiosk.md": ["~/群英.key.pub", "~/触摸屏设置/apply.sh", "~/触摸屏设置/files/etc/qunying-kiosk/trust.key",
                 "~/U盘/qunying-pack/manifest.qy", "~/给触摸屏/*.zip"],
    "privacy.md": ["public/people/li-yang-li.html", "{room}/qunying-练习/people/li-yang-li.html"],
}
# Who was withdrawn in the last chapter is in none of these.
GONE = ("李样例", ("public", "{room}/qunying-练习"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"^`([^`]+)`(：| 里，第一行 `---` 的下面加：)\n\n\Z", re.M)


def steps(text):
    """(what, detail) in order: a file or lines for it and their text, or a command."""
    for fence in FENCE.finditer(text):
        named = FILE.search(text[:fence.start()])
        if named:
            yield "file" if named[2] == "：" else "lines", (named[1], fence[2])
        elif not fence[1]:
            for line in fence[2].splitlines():
                yield "command", line


class Reader:
    def __init__(self, room):
        self.room = room
        self.home = room / "home"
        self.folder = room / "work"
        tools = room / "bin"
        for folder in (self.home / "照片", self.home / "U盘", self.folder, tools):
            folder.mkdir(parents=True)
        (tools / "qunying").symlink_to(PROGRAM)
        portrait = sorted((HANDBOOK.parents[1] / "content/people").glob("*/*.jpg"))[0]
        shutil.copy(portrait, self.home / "照片/近照.jpg")
        self.env = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(self.home), "LANG": "C.UTF-8",
                    "BROWSER": "true"}

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("/tmp/", f"{self.room}/"))

    def add(self, path, text):
        file = self.folder / path
        first, rest = file.read_text().split("---\n", 1)
        file.write_text(f"{first}---\n{text}{rest}")

    def run(self, line):
        if line.startswith("cd "):
            self.folder /= line[3:]
            return 0, ""
        if line.startswith("qunying serve"):
            return self.serve(line)
        done = subprocess.run(["sh", "-c", line], cwd=self.folder, env=self.env, capture_output=True, text=True,
                              timeout=300)
        return done.returncode, done.stdout + done.stderr

    def serve(self, line):
        """Until it says where it shows the site; then as by Ctrl+C."""
        log = self.room / "serve.log"
        with open(log, "w") as out:
            program = subprocess.Popen(["sh", "-c", "exec " + line.replace(" --open", "")], cwd=self.folder,
                                       env=self.env, stdout=out, stderr=out)
        deadline = time.time() + 60
        while "http://127.0.0.1" not in log.read_text() and time.time() < deadline and program.poll() is None:
            time.sleep(0.1)
        said = log.read_text()
        program.terminate()
        program.wait(20)
        return (0 if "http://127.0.0.1" in said else 1), said

    def sees(self, pattern):
        pattern = pattern.replace("{room}", str(self.room)).replace("~", str(self.home), 1)
        whole = pathlib.Path(pattern) if pattern.startswith("/") else self.folder / pattern
        return list(whole.parent.glob(whole.name))


def follow(reader, chapter):
    faults = []
    for what, detail in steps((HANDBOOK / chapter).read_text()):
        if what == "file":
            reader.write(*detail)
        elif what == "lines":
            reader.add(*detail)
        elif not detail.startswith("sudo "):
            code, said = reader.run(detail)
            # The summary counts warnings, of which there must be none.
            if code != 0 or "警告" in said.replace("警告 0", ""):
                faults.append(f"{chapter}: {detail}\n  ended with {code} and said:\n{said}")
    faults += [f"{chapter}: there is no {one}" for one in PROMISED[chapter] if not reader.sees(one)]
    return faults


def still_there(reader):
    name, folders = GONE
    for folder in folders:
        for file in reader.folder.joinpath(folder.replace("{room}", str(reader.room))).rglob("*"):
            if file.is_file() and name.encode() in file.read_bytes():
                yield f"privacy.md: {file} still holds {name}"


def follow_readme(reader):
    """The first person of README.md; what builds the program is what has been done here already."""
    faults = []
    for what, detail in steps((HANDBOOK.parents[1] / "README.md").read_text()):
        line = re.sub(r"^(\.\./)*build/release/qunying", "qunying", detail) if what == "command" else ""
        line = line.split("  #")[0].strip()
        if line and not line.startswith("scripts/"):
            code, said = reader.run(line)
            if code != 0:
                faults.append(f"README.md: {line}\n  ended with {code} and said:\n{said}")
    return faults + ["README.md: no site was made"] * (not reader.sees("public/index.html"))


def main():
    room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-handbook-")).resolve()
    try:
        reader = Reader(room / "handbook")
        faults = [fault for chapter in CHAPTERS for fault in follow(reader, chapter)]
        faults += still_there(reader)
        faults += follow_readme(Reader(room / "readme"))
    finally:
        shutil.rmtree(room, ignore_errors=True)
    print("\n".join(faults) or "every chapter does what it says")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
