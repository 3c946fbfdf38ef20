"""The programs that are raced: how each is started, what it leaves, which version it is."""
import json
import os
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROFILE = "people/p000007.md"  # the one that is changed


def answer(*command):
    """The first line that a command prints, or nothing where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return (done.stdout.strip() or done.stderr.strip()).partition("\n")[0]


def put_aside(folder, scratch):
    """Out of the way, not removed: for up to five minutes ext4 goes around inodes that were freed, one by one, which
    makes new files cost several times as much. `bench/run.py` removes them when all is measured."""
    if os.path.lexists(folder):
        os.makedirs(f"{scratch}/aside", exist_ok=True)
        os.rename(folder, f"{scratch}/aside/{time.monotonic_ns()}")


def remove_what_is_aside(scratch):
    shutil.rmtree(f"{scratch}/aside", ignore_errors=True)


class Program:
    name = ""
    corpus = ""         # the layout of bench/corpus.py
    output = "public"   # folder of the finished site
    caches = ()         # what else a cold build must not find
    content = "content"
    page = "/people/p000007/"  # of the profile that is changed

    def command(self, site):
        """The build of `site`, to be run in that folder."""
        raise NotImplementedError

    def prepare(self, site):
        """Once, when the corpus has been made."""

    def serve(self, site, port):
        """The commands of its live servers by name; none where it makes everything anew for every change."""
        return {}

    def profile(self, site):
        return f"{site}/{self.content}/{PROFILE}"

    def clear(self, site):
        for folder in (self.output, *self.caches):
            put_aside(f"{site}/{folder}", os.path.dirname(site))


class Qunying(Program):
    name, corpus, caches, page = "qunying", "qunying", (".qunying",), "/people/p000007.html"

    def __init__(self, executable):
        self.executable = executable

    def command(self, site):
        return [self.executable, "build", site]

    def check(self, site):
        return [self.executable, "check", site]

    def serve(self, site, port):
        return {"qunying": [self.executable, "serve", site, "--port", str(port)]}

    def version(self):
        return answer(self.executable, "--version")


class Hugo(Program):
    name, corpus, caches = "hugo", "hugo", ("resources",)

    def __init__(self):
        self.executable = shutil.which("hugo")

    def command(self, site):
        return [self.executable, "--source", site, "--quiet"]

    def serve(self, site, port):
        fast = [self.executable, "server", "--source", site, "--bind", "127.0.0.1", "--port", str(port)]
        return {"hugo": fast, "hugo, all pages": [*fast, "--disableFastRender"]}

    def version(self):
        return answer(self.executable, "version")


class Eleventy(Program):
    name, corpus, output, caches, content = "eleventy", "eleventy", "_site", (".cache",), "src"

    def __init__(self, scratch):
        self.folder, self.node = f"{scratch}/npm", shutil.which("node")

    def install(self):
        """Into the scratch folder, with the version of bench/package.json; false where npm cannot."""
        npm, wanted = shutil.which("npm"), f"{HERE}/package.json"
        if not self.node or not npm:
            return False
        os.makedirs(self.folder, exist_ok=True)
        shutil.copy(wanted, self.folder)
        with open(wanted, encoding="utf-8") as file:
            versions = json.load(file)["dependencies"]
        if all(self.installed(package) == version for package, version in versions.items()):
            return True
        arguments = ["install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        return subprocess.run([npm, *arguments], cwd=self.folder, check=False).returncode == 0

    def installed(self, package="@11ty/eleventy"):
        try:
            with open(f"{self.folder}/node_modules/{package}/package.json", encoding="utf-8") as file:
                return json.load(file)["version"]
        except OSError:
            return ""

    def prepare(self, site):
        os.symlink(f"{self.folder}/node_modules", f"{site}/node_modules")

    def command(self, site):
        return [self.node, "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"]

    def version(self):
        pictures = f"eleventy-img {self.installed('@11ty/eleventy-img')}, sharp {self.installed('sharp')}"
        return f"Eleventy {self.installed()}, {pictures}, Node.js {answer(self.node, '--version')}"


def peers(scratch):
    """Those that are there."""
    found = []
    if shutil.which("hugo"):
        found.append(Hugo())
    eleventy = Eleventy(scratch)
    if eleventy.install():
        found.append(eleventy)
    return found
