#!/usr/bin/env python3
"""Kills a build at many moments and looks whether the published folder is wholly the old or wholly the new site.

Two commands build site A and site B into the same folder; {out} and {work} in them are replaced. Moments are chosen
by system call (strace stops the program at the N-th call of a kind) and by time. After each kill the folder is read
and compared, file by file, with clean builds of A and B; then the build is run again and must give exactly the
clean one, with nothing left beside it.

  kill_test.py --build-a 'qunying build siteA -o {out} -j1' --build-b 'qunying build siteB -o {out} -j1'

With --state FOLDER the two commands share a state folder: whatever spare lies there after a build that ended well
must be that very site, and there must be one more often than not.

--errors lets calls fail with an error instead of killing; --expect-mixture turns the verdict round: for builds that
are known to be wrong, to prove that this test can fail.
"""
import argparse
import hashlib
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

CALLS = ("openat openat2 write pwrite64 close mkdir mkdirat rename renameat renameat2 link linkat unlink unlinkat "
         "rmdir fsync fdatasync syncfs flock getdents64").split()
# Calls around which a switch is decided: each of them is struck, the others are sampled.
DECISIVE = {"rename", "renameat", "renameat2", "fsync", "fdatasync", "syncfs", "mkdirat", "mkdir", "rmdir"}
ERRORS = ["ENOSPC", "EIO", "EMFILE", "EINTR", "EROFS"]


def read_folder(folder):
    """Every path below `folder` with the digest of its bytes, folders too."""
    found = {}
    for place, folders, names in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(place, name), folder) + "/"] = ""
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                digest = hashlib.blake2b(file.read(), digest_size=32).hexdigest()
            found[os.path.relpath(path, folder)] = digest
    return found


def fits_manifest(folder, found):
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        listed = {path: entry["blake2b"] for path, entry in json.load(file)["files"].items()}
    files = {path: digest for path, digest in found.items() if not path.endswith("/") and path != "manifest.json"}
    return files == listed


class Trial:
    def __init__(self, options, base):
        self.options = options
        self.place = os.path.join(base, "place")
        self.out = os.path.join(self.place, "public")
        self.work = os.path.join(base, "work")
        self.base = base
        for folder in (self.place, self.work):
            os.mkdir(folder)
        self.commands = {"a": options.build_a, "b": options.build_b}
        self.clean = {site: self.build_clean(site) for site in "ab"}
        assert self.clean["a"] != self.clean["b"], "the two commands build the same site"
        self.now = None
        self.mixtures, self.faults = [], []
        self.spares = self.rebuilds = 0
        self.outcomes = {"old": 0, "new": 0, "finished": 0, "failed": 0}

    def command(self, site, out=None, work=None):
        text = self.commands[site].replace("{out}", out or self.out).replace("{work}", work or self.work)
        return shlex.split(text)

    def build_clean(self, site):
        place = os.path.join(self.base, "clean-" + site)
        work = os.path.join(self.base, "clean-work-" + site)
        os.mkdir(place)
        os.mkdir(work)
        out = os.path.join(place, "public")
        subprocess.run(self.command(site, out, work), check=True, stdout=subprocess.DEVNULL)
        found = read_folder(out)
        assert fits_manifest(out, found), "a clean build does not fit its own manifest"
        shutil.rmtree(place)
        return found

    def run(self, site, prefix=()):
        return subprocess.run([*prefix, *self.command(site)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, timeout=60)

    def rebuild(self, site, what):
        done = self.run(site)
        if done.returncode != 0:
            self.faults.append(f"{what}: the next build failed: {done.stderr.strip()}")
            shutil.rmtree(self.place)
            os.mkdir(self.place)
            self.run(site)
        elif read_folder(self.out) != self.clean[site]:
            self.faults.append(f"{what}: the next build differs from a clean one")
        elif os.listdir(self.place) != ["public"]:
            self.faults.append(f"{what}: left beside the site: {sorted(os.listdir(self.place))}")
        else:
            self.look_at_spare(site, what)
        self.now = site

    def look_at_spare(self, site, what):
        """No page that was taken out may lie in the spare, and it must share each file with the site."""
        if not self.options.state:
            return
        folder = os.path.join(self.options.state.replace("{work}", self.work), "spares")
        names = os.listdir(folder) if os.path.isdir(folder) else []
        self.rebuilds += 1
        self.spares += bool(names)
        for spare in (os.path.join(folder, name) for name in names):
            if read_folder(spare) != self.clean[site]:
                self.faults.append(f"{what}: the spare differs from the site")
            elif not all(os.path.samefile(os.path.join(spare, path), os.path.join(self.out, path))
                         for path in self.clean[site] if not path.endswith("/")):
                self.faults.append(f"{what}: the spare has files of its own")

    def judge(self, what, new, returncode):
        old = self.now
        found = read_folder(self.out)
        if found == self.clean[new]:
            self.outcomes["new"] += 1
        elif found == self.clean[old]:
            self.outcomes["old"] += 1
            if returncode == 0:
                self.faults.append(f"{what}: said it was done, but the old site is there")
        else:
            wrong = sorted(path for path in found.keys() | self.clean[new].keys()
                           if found.get(path) not in (self.clean[new].get(path), None))
            self.mixtures.append(f"{what}: neither {old} nor {new}, for example {wrong[:3]}")
        self.rebuild(new, what)

    def calls_of_a_build(self, new):
        """How often a build makes each call, from the first sign of staging on: [(call, number)…], in order."""
        log = os.path.join(self.base, "calls")
        traced = self.run(new, ["strace", "-f", "-o", log, "-e", "trace=" + ",".join("?" + each for each in CALLS)])
        assert traced.returncode == 0, traced.stderr
        self.now = new
        points, counts, staging = [], {}, False
        with open(log, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                match = re.match(r"\d+ +(\w+)\(", line)
                if not match:
                    continue
                call = match.group(1)
                counts[call] = counts.get(call, 0) + 1
                staging = staging or ".stage-" in line or ".tmp" in line
                if staging:
                    points.append((call, counts[call]))
        return points

    def strike_calls(self, count):
        sites = {"a": "b", "b": "a"}
        points = {new: self.calls_of_a_build(new) for new in "abab"}  # the second round finds a warm cache
        for i in range(count):
            new = sites[self.now]
            call, number = choose(points[new], count, i)
            error = ERRORS[i % len(ERRORS)]
            how = f"error={error}" if self.options.errors else "signal=SIGKILL"
            if self.options.errors and i % 2:
                span = f"{number}+"  # from there on, always
            else:
                span = f"{number}"
            prefix = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                      f"inject={call}:{how}:when={span}"]
            done = self.run(new, prefix)
            what = f"{how} at {call} number {span} while building {new}"
            self.note_end(what, done)
            self.judge(what, new, done.returncode)

    def note_end(self, what, done):
        self.outcomes["finished" if done.returncode == 0 else "failed"] += 1
        if self.options.errors and done.returncode not in (0, 3):
            self.faults.append(f"{what}: exit code {done.returncode}: {done.stderr.strip()}")
        may_be_mute = "at write" in what  # its complaint could not be written either
        if self.options.errors and done.returncode == 3 and not done.stderr.strip() and not may_be_mute:
            self.faults.append(f"{what}: failed without a word")

    def strike_times(self, count):
        sites = {"a": "b", "b": "a"}
        begin = time.monotonic()
        for _ in range(4):
            self.rebuild(sites[self.now], "undisturbed")
        longest = (time.monotonic() - begin) / 4 * 1.2
        chance = random.Random(1)
        for _ in range(count):
            new = sites[self.now]
            wait = chance.uniform(0, longest)
            process = subprocess.Popen(self.command(new), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.kill()
            process.wait()
            self.outcomes["finished" if process.returncode == 0 else "failed"] += 1
            self.judge(f"killed after {wait * 1000:.1f} ms while building {new}", new, process.returncode)


def choose(points, count, i):
    """Decisive calls in turn for half of the strikes, an even sample of all for the other half."""
    decisive = [point for point in points if point[0] in DECISIVE]
    if i % 2 == 0 and i // 2 < len(decisive):
        return decisive[i // 2]
    return points[(i * len(points)) // count]


def can_trace():
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-a", required=True)
    parser.add_argument("--build-b", required=True)
    parser.add_argument("--calls", type=int, default=80, help="strikes chosen by system call")
    parser.add_argument("--times", type=int, default=60, help="strikes chosen by time")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--expect-mixture", action="store_true")
    parser.add_argument("--state", help="the state folder that both builds use; {work} is replaced")
    parser.add_argument("--in", dest="folder", help="where to work (default: the folder for temporary files)")
    options = parser.parse_args()
    base = tempfile.mkdtemp(prefix="qunying-faults-", dir=options.folder)
    try:
        return strike(options, base)
    finally:
        shutil.rmtree(base)


def strike(options, base):
    trial = Trial(options, base)
    trial.rebuild("a", "first build")
    calls, times = options.calls, options.times
    if calls and not can_trace():
        print("strace cannot trace here: all strikes are chosen by time")
        times, calls = times + calls, 0
        if options.errors:
            return 77  # nothing that this test could do
    trial.strike_calls(calls)
    trial.strike_times(times)
    print(f"{calls} strikes by call, {times} by time; builds {trial.outcomes}; "
          f"{len(trial.mixtures)} mixtures, {len(trial.faults)} other faults")
    if options.state:
        print(f"a spare lay there after {trial.spares} of {trial.rebuilds} builds")
        if trial.spares * 2 < trial.rebuilds:
            trial.faults.append("there was hardly ever a spare: nothing of it was tested")
    for line in (trial.mixtures + trial.faults)[:20]:
        print("  " + line)
    if options.expect_mixture:
        return 0 if trial.mixtures else "this build is known to be wrong, and no strike found it"
    return 1 if trial.mixtures or trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())
