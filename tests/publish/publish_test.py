#!/usr/bin/env python3
"""Publishing to a real server, while a crawler looks: changes, kills at random moments, and going on.
Usage: publish_test.py PATH-TO-QUNYING directory|rsync|ftp|webdav|sftp
QUNYING_PUBLISH_KILLS says how often it is killed (2), QUNYING_PUBLISH_SEED begins other dice."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from crawler import Crawler
from releases import dice, first_site, tree, write_release
from servers import SERVERS

PROGRAM = os.path.abspath(sys.argv[1])
KILLS = int(os.environ.get("QUNYING_PUBLISH_KILLS", "2"))
SEED = int(os.environ.get("QUNYING_PUBLISH_SEED", "20261121"))
THEIRS = {".htaccess": b"theirs", "photos/theirs.jpg": b"theirs"}


class Bench:
    def __init__(self, room, server):
        self.room, self.server = room, server
        self.site = room / "site"
        (self.site / "content").mkdir(parents=True)
        (self.site / "content/publish.yaml").write_text(
            f"targets: [{{name: web, kind: {server.kind}, to: \"{server.to}\"}}]\n")
        for path, text in THEIRS.items():
            place = server.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text)
        if server.kind == "rclone" and "www/site" in server.to:
            for path in [server.folder, *server.folder.rglob("*")]:
                shutil.chown(path, "ftp")
        self.crawler = Crawler(str(server.folder))
        self.crawler.patient = server.blinks
        self.slowest = 0.0

    def release(self, site):
        self.files = site.files()
        self.crawler.knows(self.files)
        write_release(self.site / "public", self.files)

    def start(self):
        around = {"PATH": os.environ["PATH"], "HOME": str(self.room), "LANG": "C.UTF-8", **self.server.environment}
        return subprocess.Popen([PROGRAM, "publish", "--site", self.site, "--wait", "1"], env=around,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def publish(self):
        began = time.monotonic()
        process = self.start()
        out, err = process.communicate(timeout=250)
        self.slowest = max(self.slowest, time.monotonic() - began)
        if process.returncode != 0:
            raise AssertionError(f"exit code {process.returncode}\n{out.decode()}{err.decode()}")
        self.check_arrived()
        return out.decode()

    def publish_and_kill(self, seconds):
        process = self.start()
        try:
            process.communicate(timeout=seconds)
            return False
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True

    def check_arrived(self):
        there = tree(self.server.folder)
        wanted = {path: text.encode() for path, text in self.files.items()}
        wanted.update(THEIRS)
        wanted["manifest.json"] = (self.site / "public/manifest.json").read_bytes()
        if there != wanted:
            raise AssertionError(f"more: {sorted(set(there) - set(wanted))}\nless: {sorted(set(wanted) - set(there))}\n"
                                 f"other: {sorted(p for p in there if p in wanted and there[p] != wanted[p])}")


def run(place, room):
    server = SERVERS[place](room / "server")
    try:
        bench = Bench(room, server)
        chance, site = dice(SEED), first_site()
        bench.release(site)
        said = bench.publish()
        assert "第一次发布" in said, said
        bench.crawler.start()
        site = site.changed(chance)
        bench.release(site)
        said = bench.publish()
        assert "撤下了 1 个网页" in said, said
        assert "什么也没有传" in bench.publish()
        kills, whole = 0, bench.slowest
        while kills < KILLS:
            site = site.changed(chance)
            bench.release(site)
            kills += bench.publish_and_kill(chance.uniform(0, whole))
            if chance.random() < 0.3:  # another release follows the one that was broken off
                site = site.changed(chance)
                bench.release(site)
            bench.publish()
        bench.crawler.stop()
        print(f"{place}: {kills} kills, longest run {bench.slowest:.1f} s; the crawler made {bench.crawler.rounds} "
              f"rounds, {bench.crawler.requests} requests, {len(bench.crawler.faults)} faults, {bench.crawler.blinks} blinks of the server")
        for fault in bench.crawler.faults[:20]:
            print("  fault:", *fault)
        assert bench.crawler.rounds >= 3
        return 1 if bench.crawler.faults else 0
    finally:
        server.stop()


def main():
    room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-publish-"))
    room.chmod(0o755)
    try:
        return run(sys.argv[2], room)
    finally:
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
