#!/usr/bin/env python3
"""Whole builds of sites with photographs, bad ones among them: site_runs.py PROGRAM FAILING_WORKER [--photographs N]
[--kills N] [--size WxH].

  bad      a fifth of the photographs is bad: the build ends well, each bad one is a tile and a message with its file and
           reason; --strict makes it fail; memory of workers stays below 512 MB
  kills    workers and the whole build are killed at random moments: the next build completes, equals a clean one, and
           makes no picture again that was made
  failures a worker that crashes, one that hangs and one that runs out of memory end as a tile and a message; once it
           works again, the next build shows the photographs

Says what it did and ends with 0 when all held.
"""
import argparse
import functools
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).parent
DAY = "2026-07-01"
PERSON = """---
name: 样例{number}
retire_kind: 退休
former_post: 样例局退休干部
life: living
source: 样例，人物为虚构
consent: {{basis: 本人授权, text: yes, portrait: yes, voice: no, signer: 本人, date: 2026-01-05, scope: [互联网]}}
portrait: {{file: {file}, alt: 近照, photographer: 样例}}
status: approved
visibility: public
---

样例故事。
"""
failures = []


def check(held, words):
    if not held:
        failures.append(words)
        print("FAILED:", words)


def digits(number):
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))


@functools.lru_cache
def scene(seed, size):
    return subprocess.run(["convert", "-size", "300x400", "-seed", str(seed), "plasma:red-blue", "-resize", size + "!", "-quality",
                           "85", "jpg:-"], check=True, capture_output=True, env={**os.environ, "OMP_NUM_THREADS": "1"}).stdout


def photograph(number, size):
    """A JPEG that no other is like; larger sizes take a worker longer. Making it takes longer than looking at it, so there are
    eight scenes, and a comment (FF FE, ITU-T T.81 B.2.4.5) tells the others apart."""
    words = f"photograph {number}".encode()
    return scene(number % 8, size).replace(b"\xff\xd8", b"\xff\xd8\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words, 1)


def make_site(program, site, photographs):
    """`photographs`: (ending, bytes) of each person."""
    subprocess.run([program, "init", str(site)], check=True, stdout=subprocess.DEVNULL)
    settings = site / "content/site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "pictures: {tiff: yes}\n", encoding="utf-8")
    for number, (ending, data) in enumerate(photographs):
        folder = site / f"content/people/p{number:03}"
        folder.mkdir()
        (folder / f"photo.{ending}").write_bytes(data)
        (folder / "index.md").write_text(PERSON.format(number=digits(number), file=f"photo.{ending}"), encoding="utf-8")


def command(program, site, out, *more):
    return [program, "build", str(site), "-o", str(out), "--as-of", DAY, *more]


def build(program, site, out, *more):
    """Exit code, words, report."""
    report = site / "report.json"
    done = subprocess.run(command(program, site, out, "--report", str(report), *more), capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr, json.loads(report.read_text()) if report.exists() else None


def read_folder(folder):
    return {str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def workers_of(process):
    """The picture workers that a build has started."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            stat = pathlib.Path("/proc", entry, "stat").read_text()
        except OSError:
            continue
        name, rest = stat[stat.index("(") + 1:stat.rindex(")")], stat[stat.rindex(")") + 2:].split()
        if name.startswith("qunying-picture") and int(rest[1]) == process.pid:
            found.append(int(entry))
    return found


def watch_memory(process, peak):
    while process.poll() is None:
        for worker in workers_of(process):
            try:
                status = pathlib.Path("/proc", str(worker), "status").read_text()
            except OSError:
                continue
            found = re.search(r"VmHWM:\s+(\d+) kB", status)
            peak[0] = max(peak[0], int(found.group(1)) if found else 0)
        time.sleep(0.02)


def page_of(out, number):
    return (out / f"people/p{number:03}.html").read_text(encoding="utf-8")


def has_photograph(out, number):
    return f"media/p{number:03}-photo-" in page_of(out, number)


def bad(program, base, count, size):
    site, out = base / "bad", base / "bad/public"
    files = base / "hostile"
    subprocess.run([sys.executable, str(HERE / "hostile_pictures.py"), str(files), "600", "quick"], check=True)
    lines = (files / "list.txt").read_text().splitlines()
    refused = [files / line.split("\t")[0] for line in lines if line.endswith("\trefused")]
    wanted = count // 5
    step = len(refused) / wanted
    spoilt = [refused[int(i * step)] for i in range(wanted)]
    photographs = [("jpg", photograph(number, size)) for number in range(count)]
    places = [number * 5 + number % 5 for number in range(wanted)]
    for place, path in zip(places, spoilt):
        photographs[place] = (path.suffix[1:], path.read_bytes())
    make_site(program, site, photographs)
    peak, start = [0], time.monotonic()
    process = subprocess.Popen(command(program, site, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watcher = threading.Thread(target=watch_memory, args=(process, peak))
    watcher.start()
    words = process.communicate()[0]
    watcher.join()
    print(f"bad: {count} photographs, {wanted} of them bad, {time.monotonic() - start:.1f} s, "
          f"largest worker {peak[0] / 1024:.0f} MB, exit code {process.returncode}")
    check(process.returncode == 0, f"a build with bad photographs ends with 0, not {process.returncode}\n{words[-2000:]}")
    check(0 < peak[0] <= 512 * 1024, f"workers take {peak[0]} kB")
    said = dict(re.findall(r"people/(p\d+)/index\.md:\d+:\d+: 警告：.*?photo\.\w+.*?\[(picture-[\w-]+)\]", words))
    said = {name: kind for name, kind in said.items() if kind not in ("picture-small", "picture-first-frame")}
    check(sorted(said) == [f"p{place:03}" for place in places], f"each bad photograph is named: {len(said)} of {wanted}")
    tiles = [number for number in range(count) if not has_photograph(out, number)]
    check(tiles == places, f"each bad photograph is a tile and no other: {tiles}")
    code, words, _ = build(program, site, out, "--strict")
    check(code == 1, f"--strict ends with 1, not {code}")
    # Nothing changed: said again, nothing made.
    code, words, report = build(program, site, out)
    check(code == 0 and len(re.findall(r"\[picture-(?!small|first-frame)", words)) == wanted, "a second build says it all again")


def kills(program, base, count, size, times):
    site, out = base / "kills", base / "kills/public"
    photographs = [("jpg", photograph(1_000 + number, size)) for number in range(count)]
    make_site(program, site, photographs)
    code, words, _ = build(program, site, base / "clean")
    check(code == 0, "the clean build\n" + words[-2000:])
    clean = read_folder(base / "clean")
    dice = random.Random(7)
    killed = {"parent": 0, "worker": 0, "finished": 0}
    kept = 0
    for turn in range(times):
        shutil.rmtree(site / ".qunying", ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)
        for _ in range(1 + turn % 2):  # once, or twice on the way to one site
            target = "worker" if turn % 3 == 0 else "parent"
            end = kill_somewhere(command(program, site, out), site, dice, count, target)
            killed[end] += 1
        check(no_workers_left(program), "workers outlive their parent")
        kept += check_pictures_not_made_again(program, site, out, count)
        check(read_folder(out) == clean, f"after kill {turn} the next build equals a clean one")
    print(f"kills: {killed}, {times} times compared with a clean build, {kept} pictures kept")
    check(killed["parent"] >= times // 3 and killed["worker"] >= times // 6, f"enough were killed: {killed}")
    check(kept > 0, "some builds were killed with pictures made")


def known_pictures(site):
    """How many of them builds remember so far."""
    facts = site / ".qunying/cache/picture-facts"
    return len([path for path in facts.rglob("*") if path.is_file() and path.suffix != ".tmp"]) if facts.exists() else 0


def kill_somewhere(build_command, site, dice, count, target):
    """Who was killed: parent, worker, or nobody: finished. When so many pictures are made, or somewhat later, after the last
    too: that is as random on a slow machine as on a fast one."""
    most = count + (2 if target == "parent" else -2)
    after = dice.randint(min(known_pictures(site), most), most)
    process = subprocess.Popen(build_command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and known_pictures(site) < min(after, count):
        time.sleep(0.002)
    time.sleep(dice.uniform(0, 0.3 if after > count else 0.05))
    victims = [process.pid] if target == "parent" else workers_of(process)
    if process.poll() is not None or not victims:
        process.wait()
        return "finished"
    os.kill(dice.choice(victims), signal.SIGKILL)
    process.wait()
    expected = -signal.SIGKILL if target == "parent" else 0
    check(process.returncode in (expected, 0), f"a build whose {target} was killed ends with {process.returncode}")
    return target


def no_workers_left(program):
    """They go with their parent, at once or a little later."""
    for _ in range(50):
        if not any(is_orphan(entry, program) for entry in pathlib.Path("/proc").glob("[0-9]*")):
            return True
        time.sleep(0.1)
    return False


def is_orphan(entry, program):
    """A worker of this very program whose parent is gone."""
    try:
        if os.readlink(entry / "exe") != str(pathlib.Path(program).parent.resolve() / "qunying-pictures"):
            return False
        stat = (entry / "stat").read_text()
    except OSError:
        return False
    return int(stat[stat.rindex(")") + 2:].split()[1]) == 1


def check_pictures_not_made_again(program, site, out, count):
    known = known_pictures(site)
    code, words, report = build(program, site, out)
    check(code == 0, "the build after a kill\n" + words[-2000:])
    made = report["pictures_made"]
    check(made <= count - known, f"{made} pictures are made though {known} of {count} were")
    return known


def worker_failures(program, failing_worker, base):
    """The program beside a worker that fails over certain photographs."""
    place = base / "program"
    place.mkdir()
    for each in pathlib.Path(program).parent.glob("qunying*"):
        if each.is_file() and os.access(each, os.X_OK):
            shutil.copy2(each, place / each.name)
    shutil.copy2(failing_worker, place / "qunying-pictures")
    site, out = base / "failures", base / "failures/public"
    good = photograph(1, "300x400")
    photographs = [("jpg", good + mark) for mark in (b"", b"CRASH-HERE", b"HANG-HERE", b"EAT-HERE", b"LIE-HERE", b"last")]
    make_site(program, site, photographs)
    start = time.monotonic()
    code, words, _ = build(str(place / "qunying"), site, out)
    print(f"failures: {time.monotonic() - start:.1f} s, exit code {code}")
    check(code == 0, "failing workers end no build\n" + words[-2000:])
    said = dict(re.findall(r"people/(p\d+)/index\.md:\d+:\d+: 警告：.*?photo\.\w+.*?\[(picture-[\w-]+)\]", words))
    said = {name: kind for name, kind in said.items() if kind != "picture-small"}
    check(said == {"p001": "picture-crashed", "p002": "picture-timed-out", "p003": "picture-out-of-memory",
                   "p004": "picture-crashed"}, f"what is said: {said}")
    check([has_photograph(out, number) for number in range(6)] == [True, False, False, False, False, True], "tiles")
    # The worker's fault is gone the next day: nobody changed a file, and all photographs are there.
    code, words, _ = build(program, site, out)
    check(code == 0 and "picture-crashed" not in words and all(has_photograph(out, number) for number in range(6)),
          "once the worker works, the next build shows the photographs\n" + words[-2000:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("failing_worker")
    parser.add_argument("--photographs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--size", default="240x320")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qunying-site-runs-") as folder, ThreadPoolExecutor(1) as threads:
        base = pathlib.Path(folder)
        # Most of its time it waits for a worker that hangs.
        waiting = threads.submit(worker_failures, options.program, options.failing_worker, base)
        bad(options.program, base, options.photographs, options.size)
        kills(options.program, base, 12, "600x800", options.kills)
        waiting.result()
    print("all held" if not failures else f"{len(failures)} FAILED")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
