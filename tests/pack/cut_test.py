#!/usr/bin/env python3
"""Cuts the power while a pack is installed, and looks what the screen would open then (promise P14).

Each cut begins with the same folder, in which one release is installed, on an ext4 of its own in a file. The next pack
is installed; at some moment the file system is shut down without writing its journal (EXT4_IOC_SHUTDOWN), as when the
power goes. It is mounted again, and the screen must open the old release or the new one, byte for byte; then the pack
is installed again, which must work, and the new one must be opened. What an installer said to be done must not be gone.

  cut_test.py --installer build/release/qunying-install --driver build/release/tests/pack/pack_driver --cuts 1000

Where no file system can be mounted (no root, no loop device) the installer is killed instead. --without-sync lets an
installer run that never waits for the medium: then a cut must find it, or this test finds nothing.
"""
import argparse
import fcntl
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN
WITHOUT_JOURNAL = 2


def tree(folder):
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*words, check=True):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr}{done.stdout}")
    return done


class LoopPlace:
    """A small ext4 in a file; a cut is one of its power. Every mount is of a fresh file: the kernel may keep the file
    system that was shut down for a while, and would give it back for the same file."""
    def __init__(self, base):
        self.base, self.pristine, self.folder = base, base / "pristine.img", base / "mount"
        self.folder.mkdir()
        self.image, self.count = base / "disk-0.img", 0
        with open(self.image, "wb") as file:
            file.truncate(24 << 20)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.mount()

    def mount(self):
        run("mount", "-o", "loop,noatime", self.image, self.folder)

    def unmount(self):
        for _ in range(100):
            if run("umount", self.folder, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("the file system cannot be unmounted")

    def mount_copy(self, of):
        before, self.count = self.image, self.count + 1
        self.image = self.base / f"disk-{self.count}.img"
        shutil.copyfile(of, self.image)
        if before != self.pristine:
            before.unlink()
        self.mount()

    def keep(self):
        self.unmount()
        shutil.copyfile(self.image, self.pristine)

    def restore(self):
        self.mount_copy(self.pristine)

    def cut(self, process):
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_JOURNAL))
        finally:
            os.close(folder)
        process.kill()
        process.wait()
        self.unmount()
        self.mount_copy(self.image)

    def leave(self):
        self.unmount()


class PlainPlace:
    """A folder; a cut is a kill."""
    def __init__(self, base):
        self.folder, self.pristine = base / "folder", base / "pristine"
        self.folder.mkdir()

    def keep(self):
        shutil.copytree(self.folder, self.pristine)

    def restore(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.pristine, self.folder)

    def cut(self, process):
        process.kill()
        process.wait()

    def leave(self):
        pass


def place_in(base):
    try:
        place = LoopPlace(base)
        folder = os.open(place.folder, os.O_RDONLY)
        os.close(folder)
        return place
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        print(f"no ext4 of our own here ({str(error).strip()[:120]}): kill -9 instead of power cuts")
        shutil.rmtree(base / "mount", ignore_errors=True)
        return PlainPlace(base)


def write_release(folder, version):
    chance = random.Random(version)
    for number in range(120):
        path = folder / f"people/p{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"person {number}, {version if number % 3 == 0 else 'same'}\n".encode() * (1 + number))
    for number in range(6):
        path = folder / f"media/{version}-{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(150_000))
    (folder / "index.html").write_text(f"release {version}\n")
    return tree(folder)


class Trial:
    def __init__(self, options, base):
        self.options, self.base = options, base
        self.key = base / "key"
        self.trees, self.packs = {}, {}
        run(options.driver, "key", self.key)
        for version in (1, 2):
            folder, pack = base / f"release{version}", base / f"pack{version}"
            self.trees[version] = write_release(folder, version)
            run(options.driver, "make", folder, pack, self.key, version, "hall", 300_000)
            self.packs[version] = pack
        self.place = place_in(base)
        self.screen = self.place.folder / "screen"
        self.screen.mkdir()
        run(*self.install(1))
        run(options.installer, "choose", "--to", self.screen, "--trust", f"{self.key}.pub")
        run(options.installer, "confirm", "--to", self.screen)
        self.place.keep()
        self.outcomes = {"old": 0, "new": 0}
        self.cuts_before_the_end = 0
        self.faults = []

    def install(self, version):
        return [self.options.installer, "install", self.packs[version], "--to", self.screen, "--trust", f"{self.key}.pub"]

    def installing(self):
        if self.options.without_sync:
            return [self.options.driver, "careless", self.packs[2], self.screen, f"{self.key}.pub"]
        return self.install(2)

    def measure(self):
        lasted = []
        for _ in range(5):
            self.place.restore()
            begin = time.monotonic()
            run(*self.installing())
            lasted.append(time.monotonic() - begin)
            self.place.leave()
        return sorted(lasted)[2]

    def opened(self):
        """What the screen opens: its files, or nothing."""
        done = run(self.options.installer, "choose", "--to", self.screen, "--trust", f"{self.key}.pub", check=False)
        return tree(done.stdout.strip()) if done.returncode == 0 else None

    def cut(self, wait):
        self.place.restore()
        try:
            process = subprocess.Popen([str(word) for word in self.installing()], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(wait)
            ended = process.poll()
            self.cuts_before_the_end += ended is None
            self.place.cut(process)
            self.judge(f"cut after {wait * 1000:.1f} ms", said_done=ended == 0)
        finally:
            self.place.leave()

    def judge(self, what, said_done):
        opened = self.opened()
        if said_done and opened != self.trees[2]:
            self.faults.append(f"{what}: it was said to be installed, and is gone")
        for version, name in ((1, "old"), (2, "new")):
            if opened == self.trees[version]:
                self.outcomes[name] += 1
                break
        else:
            self.faults.append(f"{what}: " + ("nothing is opened" if opened is None else "neither old nor new"))
        if self.options.without_sync:
            return
        again = run(*self.install(2), check=False)
        if again.returncode != 0 or self.opened() != self.trees[2]:
            self.faults.append(f"{what}: the pack does not go in any more: {again.stderr.strip()}")


def in_a_namespace_of_our_own():
    """Others' programs must not keep our mounts: starts this one again where nobody else sees them."""
    if os.environ.get("QUNYING_OWN_MOUNTS") or shutil.which("unshare") is None:
        return
    command = ["unshare", "--mount", "--propagation", "private"]
    if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
        os.environ["QUNYING_OWN_MOUNTS"] = "1"
        os.execvp("unshare", [*command, sys.executable, *sys.argv])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--installer", required=True)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--cuts", type=int, default=1000, help="that strike before the installer has ended")
    parser.add_argument("--without-sync", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    in_a_namespace_of_our_own()
    options.installer, options.driver = os.path.abspath(options.installer), os.path.abspath(options.driver)
    base = pathlib.Path(tempfile.mkdtemp(prefix="qunying-cuts-"))
    try:
        return strike(options, Trial(options, base))
    finally:
        run("umount", base / "mount", check=False)
        shutil.rmtree(base, ignore_errors=True)


def strike(options, trial):
    if options.without_sync and isinstance(trial.place, PlainPlace):
        print("a kill does not show what was not synced")
        return 77
    usual = trial.measure()
    chance = random.Random(options.seed)
    all_cuts = 0
    while trial.cuts_before_the_end < options.cuts and all_cuts < 4 * options.cuts:
        trial.cut(chance.uniform(0, usual * 1.2))
        all_cuts += 1
    print(f"{all_cuts} cuts on {type(trial.place).__name__}, {trial.cuts_before_the_end} of them before the end of an "
          f"installation of {usual * 1000:.0f} ms; opened then: {trial.outcomes}; {len(trial.faults)} faults")
    for line in trial.faults[:20]:
        print("  " + line)
    if options.without_sync:
        return 0 if trial.faults else "an installer that does not sync was not found out"
    return 1 if trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())
