"""A site in a folder of its own, and our program on it."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
SETTINGS = "title: 样例群英谱\ndefaults: {status: approved, visibility: public}\n"


def shell(*arguments, **others):
    done = subprocess.run([str(each) for each in arguments], capture_output=True, timeout=300, **others)
    assert done.returncode == 0, (arguments, done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


class SiteTest(unittest.TestCase):
    def setUp(self):
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-media-"))
        self.addCleanup(shutil.rmtree, self.room, ignore_errors=True)
        self.site = self.room / "site"
        self.public = self.room / "public"
        shutil.copytree("themes/hall", self.site / "themes/hall")
        self.settings("")

    def settings(self, more):
        self.write("content/site.yaml", SETTINGS + more)

    def write(self, path, text):
        whole = self.site / path
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(text if isinstance(text, bytes) else text.encode())
        return whole

    def place(self, path):
        """Where a program shall put a file of the site."""
        (self.site / path).parent.mkdir(parents=True, exist_ok=True)
        return self.site / path

    def command(self, *arguments):
        return [PROGRAM, *arguments, str(self.site), "--as-of", "2026-07-01"]

    def run_program(self, *arguments, path=None):
        around = {"PATH": os.environ["PATH"] if path is None else path, "LANG": "C.UTF-8"}
        done = subprocess.run(self.command(*arguments), env=around, capture_output=True, timeout=300)
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def build(self, code=0, path=None):
        """What the program said; its figures are in self.report."""
        report = self.room / "report.json"
        got, said = self.run_program("build", "-o", str(self.public), "--report", str(report), path=path)
        self.assertEqual(got, code, said)
        self.report = json.loads(report.read_text()) if report.exists() else {}
        return said

    def published(self, pattern):
        return sorted(self.public.glob(pattern))

    def one(self, pattern):
        found = self.published(pattern)
        self.assertEqual(len(found), 1, (pattern, found))
        return found[0]

    def assertNowhere(self, *secrets):
        for path in self.public.rglob("*"):
            if path.is_file():
                for secret in secrets:
                    self.assertNotIn(secret, path.read_bytes(), path)


def told(path):
    """What exiftool finds in a file, by group and name; what it works out itself left out."""
    found = json.loads(shell("exiftool", "-j", "-G1", "-a", "-u", path))[0]
    own = ("ExifTool", "System", "Composite", "SourceFile")
    return {name: value for name, value in found.items() if not name.startswith(own)}
