"""Live reload: from saving a profile until its page, asked for again and again, shows what was saved.

A marked line is written into one profile while the server of the program runs; the page is asked for every few
milliseconds, in the same way for every program. What a browser adds after that is the same for all.
"""
import http.client
import os
import signal
import subprocess
import time

import measure
import race

ASK_EVERY = 0.004   # seconds
PATIENCE = 120.0    # seconds
REST = 2.0          # seconds between two saves, for whatever the server still does


def page(port, path):
    """The text of a page, or nothing as long as there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read().decode("utf-8", "replace") if answer.status == 200 else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def wait_for(port, path, mark):
    """Seconds until the page holds the mark."""
    start = time.monotonic()
    while mark not in page(port, path):
        if time.monotonic() - start > PATIENCE:
            raise measure.Failed(f"{path} does not show {mark} after {PATIENCE} s")
        time.sleep(ASK_EVERY)
    return time.monotonic() - start


class Server:
    """A server that runs as long as the block does."""

    def __init__(self, command, folder, log):
        self.log, self.output = log, open(log, "wb")
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL,
                                        stdout=self.output, stderr=self.output)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.output.close()

    def must_run(self):
        if self.process.poll() is not None:
            raise measure.Failed(measure.read(self.log)[-2000:])


def save(path, text, site):
    """As editors do: a new file takes the name of the old one. It is written where no server looks."""
    race.write(f"{site}.saved", text)
    os.replace(f"{site}.saved", path)


def wait_until_up(server, port, path):
    start = time.monotonic()
    while not page(port, path):
        server.must_run()
        if time.monotonic() - start > PATIENCE * 5:
            raise measure.Failed(f"no {path} yet")
        time.sleep(0.1)
    return time.monotonic() - start


def time_save(program, server, site, port, text, mark):
    """One run, as a section stores it; memory is the server's afterwards."""
    pid = server.process.pid
    before = measure.tree_cpu(pid)
    save(program.profile(site), f"{text}\n{mark}。\n", site)
    wall = wait_for(port, program.page, mark)
    time.sleep(REST)
    return {"wall": round(wall, 4), "cpu": round(measure.tree_cpu(pid) - before, 2),
            "memory": round(measure.tree_memory(pid) / 1e6, 1)}


def time_saves(program, command, site, port, bench):
    path, runs = program.profile(site), []
    text = measure.read(path)
    with Server(command, site, f"{bench.scratch}/serve.log") as server:
        bench.say(f"  {program.name}: up after {wait_until_up(server, port, program.page):.1f} s")
        try:
            for number in range(bench.rounds()):
                time.sleep(REST)
                # Hanzi alone: pages set a gap between hanzi and digits.
                mark = "修改之后" + "甲乙丙丁戊己庚辛壬癸"[number % 10]
                runs.append(time_save(program, server, site, port, text, mark))
                bench.say(f"  {program.name}: {runs[-1]['wall'] * 1000:.0f} ms")
        finally:
            save(path, text, site)
    return runs
