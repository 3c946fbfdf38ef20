#!/usr/bin/env python3
"""Counts what building small sites costs, and fails where it costs more than tests/guard/ceilings.json allows.

  guard.py QUNYING ALLOCATION_COUNTER WORK_FOLDER
  guard.py QUNYING ALLOCATION_COUNTER WORK_FOLDER CEILINGS     a cold build alone, against other ceilings

Counted, never timed: instructions under callgrind (one thread, fixed environment), calls of the allocator, both
without what starting the program takes (loading its libraries, which is the system's), pages rendered
and files written; for a cold build of 60 people, for one with nothing changed, for one with one person
changed, for each further person, and that twice the people do not cost more than twice as much.
UPDATE_CEILINGS=1 writes the ceilings from what was measured.
"""
import json
import os
import shutil
import subprocess
import sys

REPOSITORY = os.path.abspath(f"{os.path.dirname(os.path.abspath(__file__))}/../..")
CEILINGS = f"{REPOSITORY}/tests/guard/ceilings.json"
PEOPLE = 60
PROFILE = "content/people/p000007.md"
# Counts are the same from run to run to a millionth. Headroom is for another patch level of the compiler and of
# the libraries; pages and files have none.
HEADROOM = {"instructions": 1.10, "allocations": 1.05, "rendered": 1.0, "written": 1.0}
# From 120 to 240 people against from 60 to 120: 2 were exactly linear.
LINEAR = 2.1
# Without these glibc chooses its memcpy, strlen… by the processor, and counts differ between machines.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-ERMS,-FSRM,-BMI2",
}
RAISE = """
If the new count is worth it, say why in the commit message and raise the ceilings:
  UPDATE_CEILINGS=1 ctest --preset release -R '^guard$'
Where the instructions went: valgrind --tool=callgrind qunying build …, then callgrind_annotate."""


def run(command, log, environment):
    with open(log, "wb") as output:
        done = subprocess.run(command, env=ENVIRONMENT | environment, stdout=output, stderr=output, check=False)
    if done.returncode != 0:
        with open(log, encoding="utf-8", errors="replace") as output:
            sys.exit(f"{' '.join(command)}: {done.returncode}\n{output.read()}")


class Counter:
    """Counts what commands of the program do, less what it takes to say its version."""

    def __init__(self, program, preload, work):
        self.program, self.preload, self.work = program, preload, work
        self.start = {"instructions": 0, "allocations": 0}
        self.start = {"instructions": self.instructions(["--version"]), "allocations": self.allocations(["--version"])}

    def instructions(self, arguments):
        out = f"{self.work}/callgrind"
        callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}"]
        run([*callgrind, self.program, *arguments], f"{self.work}/log", {})
        return summary_of(out) - self.start["instructions"]

    def allocations(self, arguments):
        out = f"{self.work}/allocations"
        run([self.program, *arguments], f"{self.work}/log", {"LD_PRELOAD": self.preload, "ALLOCATION_COUNT": out})
        with open(out, encoding="utf-8") as file:
            return int(file.read()) - self.start["allocations"]


class Site:
    def __init__(self, counter, people):
        self.counter, self.folder = counter, f"{counter.work}/{people}"
        shutil.rmtree(self.folder, ignore_errors=True)
        corpus = [sys.executable, "-B", f"{REPOSITORY}/bench/corpus.py", "--people", str(people), "--out", self.folder]
        subprocess.run(corpus, check=True)

    def clear(self):
        for each in ("public", ".qunying"):
            shutil.rmtree(f"{self.folder}/{each}", ignore_errors=True)

    def change(self):
        with open(f"{self.folder}/{PROFILE}", "a", encoding="utf-8") as file:
            file.write("\n又一次修改。\n")

    def count(self, before):
        """Of two builds, one for each way of counting; `before` makes ready for each."""
        report = f"{self.folder}.json"
        build = ["build", self.folder, "-j1", "--as-of", "2026-07-01", "--report", report]
        before()
        counted = {"instructions": self.counter.instructions(build)}
        with open(report, encoding="utf-8") as file:
            summary = json.load(file)
        before()
        return counted | {"allocations": self.counter.allocations(build), "rendered": summary["pages_rendered"],
                          "written": summary["files_written"]}


def summary_of(callgrind):
    with open(callgrind, encoding="utf-8") as file:
        for line in file:
            if line.startswith("summary:"):
                return int(line.split()[1])
    sys.exit(f"{callgrind} has no summary")


def nothing():
    pass


def measure_cold(counter):
    site = Site(counter, PEOPLE)
    return {"cold": site.count(site.clear)}


def measure(counter):
    """{work: {what: count}} of all that is guarded."""
    small, middle, large = (Site(counter, PEOPLE * size) for size in (1, 2, 4))
    counted = {"cold": small.count(small.clear), "unchanged": small.count(nothing),
               "one changed": small.count(small.change)}
    colds = [counted["cold"], middle.count(middle.clear), large.count(large.clear)]
    counted["each further person"] = {
        what: (colds[1][what] - colds[0][what]) // PEOPLE for what in ("instructions", "allocations")}
    counted["growth"] = {what: round((colds[2][what] - colds[1][what]) / (colds[1][what] - colds[0][what]), 3)
                         for what in ("instructions", "allocations")}
    return counted


def ceilings_for(counted):
    ceilings = {work: {what: int(count * HEADROOM[what]) for what, count in counts.items()}
                for work, counts in counted.items() if work != "growth"}
    return ceilings | {"growth": dict.fromkeys(counted["growth"], LINEAR)}


def complaints(counted, ceilings):
    """A sentence for each count above its ceiling, and for each that has none."""
    found = []
    for work, counts in counted.items():
        for what, count in counts.items():
            ceiling = ceilings.get(work, {}).get(what)
            if ceiling is None:
                found.append(f"{work}: no ceiling for {what} ({count:,})")
            elif count > ceiling:
                more = f"{(count / ceiling - 1) * 100:.1f} % more" if ceiling else "none is allowed"
                found.append(f"{work}: {count:,} {what}; the ceiling is {ceiling:,} ({more})")
    return found


def show(counted, ceilings):
    for work, counts in counted.items():
        for what, count in counts.items():
            print(f"{work:20} {what:12} {count:>15,}  ceiling {ceilings.get(work, {}).get(what, 0):>15,}")


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def store(path, ceilings):
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(ceilings, indent=2) + "\n")


def main(program, preload, work, control=None):
    if not shutil.which("valgrind"):
        sys.exit("valgrind is missing: scripts/setup --tests installs it")
    os.makedirs(work, exist_ok=True)
    counter = Counter(*map(os.path.abspath, (program, preload, work)))
    counted = measure_cold(counter) if control else measure(counter)
    if os.environ.get("UPDATE_CEILINGS") and not control:
        store(CEILINGS, ceilings_for(counted))
    ceilings = load(control or CEILINGS)
    show(counted, ceilings)
    found = complaints(counted, ceilings)
    if found:
        sys.exit("\n".join(["", "The build has become dearer:", *found, RAISE]))


if __name__ == "__main__":
    main(*sys.argv[1:])
