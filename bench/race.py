"""Times commands in turns: A B, B A, A B … so that what the machine does meanwhile hits them alike."""
import os
import statistics
from dataclasses import dataclass
from typing import Callable

import corpora
import measure

MARK = "\n第{}次修改。\n"


def nothing(_round):
    pass


@dataclass
class Entry:
    """A command in a race; `before` makes ready for the round it is told, and is not timed."""
    name: str
    command: list
    folder: str
    before: Callable = nothing

    def run(self, number, log):
        self.before(number)
        os.sync()
        return measure.run(self.command, self.folder, log)


def in_turns(entries, rounds, log, say):
    """{name: [run, …]}; the n-th runs of all belong together."""
    runs = {each.name: [] for each in entries}
    for number in range(rounds):
        for each in entries if number % 2 == 0 else reversed(entries):
            runs[each.name].append(each.run(number, log))
            say(f"  {each.name}: {runs[each.name][-1]['wall']:.2f} s")
    return runs


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def ratio(others, ours, key):
    """Median of the ratios pair by pair: how many times as much the others take."""
    return statistics.median(other[key] / own[key] for other, own in zip(others, ours))


class Sites:
    """The same people at every program."""

    def __init__(self, scratch, programs, people):
        self.places = [(each, corpora.site_of(scratch, each, people)) for each in programs]
        self.log = f"{scratch}/last.log"

    def entries(self, before):
        return [Entry(program.name, program.command(site), site, before(program, site))
                for program, site in self.places]

    def build(self, say):
        for program, site in self.places:
            say(f"  {program.name}: build before")
            measure.run(program.command(site), site, self.log)

    def outputs(self):
        return {program.name: corpora.output_of(site, program) for program, site in self.places}

    def result(self, before, rounds, say):
        entries = self.entries(before)
        return {"runs": in_turns(entries, rounds, self.log, say),
                "commands": {each.name: each.command for each in entries}, "outputs": self.outputs()}


def cold(sites, rounds, say):
    return sites.result(lambda program, site: lambda _: program.clear(site), rounds, say)


def unchanged(sites, rounds, say):
    sites.build(say)
    return sites.result(lambda program, site: nothing, rounds, say)


def one_changed(sites, rounds, say):
    """Another last line in one profile for every run."""
    sites.build(say)
    texts = {path: measure.read(path) for path in (program.profile(site) for program, site in sites.places)}

    def change(program, site):
        path = program.profile(site)
        return lambda number: write(path, texts[path] + MARK.format(number + 1))
    try:
        return sites.result(change, rounds, say)
    finally:
        for path, text in texts.items():
            write(path, text)


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
