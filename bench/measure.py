"""One run of a command: wall time, CPU time of the whole process tree and its peak memory."""
import os
import resource
import subprocess
import threading
import time

PAGE = os.sysconf("SC_PAGE_SIZE")
SAMPLE_EVERY = 0.02  # seconds


class Failed(Exception):
    """The command ended with a code that was not asked for; the text is its last output."""


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:  # the process has ended meanwhile
        return ""


def children(pid):
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []
    return [int(child) for thread in threads for child in read(f"/proc/{pid}/task/{thread}/children").split()]


def tree(pid):
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children(found[-1])
    return found


def resident(pid):
    pages = read(f"/proc/{pid}/statm").split()
    return int(pages[1]) * PAGE if pages else 0


def proportional(pid):
    """Resident bytes, of pages that several processes share this one's part (Pss of proc(5))."""
    lines = read(f"/proc/{pid}/smaps_rollup").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def tree_memory(pid):
    """Resident bytes of a process and all below it; what they share is counted once."""
    processes = tree(pid)
    return resident(pid) if len(processes) == 1 else sum(map(proportional, processes))


def tree_cpu(pid):
    """User and system seconds of a running process, its live children and those it has waited for."""
    total = 0
    for each in tree(pid):
        fields = read(f"/proc/{each}/stat").rpartition(")")[2].split()
        total += sum(int(ticks) for ticks in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


class MemorySampler(threading.Thread):
    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()
        self.start()

    def run(self):
        while not self.done.wait(SAMPLE_EVERY):
            self.peak = max(self.peak, tree_memory(self.pid))

    def stop(self):
        self.done.set()
        self.join()
        return self.peak


def largest_process(usage):
    """As the kernel says, which for a process smaller than this one says how large this one was when it forked."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage.ru_maxrss * 1024 if usage.ru_maxrss > own else 0


def run(command, folder, log, expected=0):
    """Seconds of wall and CPU of the process tree, MB at its peak: as sampled, and never less than its largest process."""
    with open(log, "wb") as output:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        sampler = MemorySampler(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
    peak = max(sampler.stop(), largest_process(usage))
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expected:
        raise Failed(f"{' '.join(command)}: {process.returncode}\n{read(log)[-2000:]}")
    return {"wall": round(wall, 4), "cpu": round(usage.ru_utime + usage.ru_stime, 4),
            "memory": round(peak / 1e6, 1)}
