"""What a figure was measured with: the machine, the commit, the compiler, the libraries."""
import os
import platform
import subprocess

from measure import read
from programs import HERE, answer

LIBRARIES = ("yaml-cpp", "libcmark-gfm", "libxxhash", "vips")


def memory(what):
    """Bytes, by a name of /proc/meminfo."""
    return int(read("/proc/meminfo").partition(f"{what}:")[2].split()[0]) * 1024


def available_memory():
    return memory("MemAvailable")


def load():
    """Of the last minute: well below 1 on a machine whose times can be believed."""
    return round(os.getloadavg()[0], 1)


def processor():
    for line in read("/proc/cpuinfo").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def file_system(folder):
    """Of the mount that holds the folder: ext4, tmpfs…"""
    rows = [line.split()[1:3] for line in read("/proc/mounts").splitlines()]
    holders = [row for row in rows if (os.path.realpath(folder) + "/").startswith(row[0].rstrip("/") + "/")]
    return max(holders, key=lambda row: len(row[0]))[1] if holders else "?"


def git(*arguments):
    done = subprocess.run(["git", "-C", HERE, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def commit():
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "../generator", ".")
    return git("rev-parse", "--short", "HEAD") + ("+changes" if changed else "")


def description(scratch):
    return {"processor": processor(), "cores": os.cpu_count(), "memory": f"{memory('MemTotal') / 1e9:.0f} GB", "kernel": platform.release(),
            "system": read("/etc/os-release").partition('PRETTY_NAME="')[2].partition('"')[0],
            "disk": file_system(scratch)}


def tools(program, peers):
    versions = {"qunying": program.version(), "g++": answer("g++", "--version"),
                "Python": platform.python_version()}
    versions |= {name: version for name in LIBRARIES if (version := answer("pkg-config", "--modversion", name))}
    return versions | {peer.name: peer.version() for peer in peers}
