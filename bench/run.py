#!/usr/bin/env python3
"""Races qunying against the static site generators that are installed, and against its own floors.

  bench/run.py                             everything; writes bench/RESULTS.md and bench/results.json
  bench/run.py --only cold10k one10k       some sections; the others keep their figures
  bench/run.py --quick                     all of it with 200 people, to see that it works; writes to the scratch folder
  bench/run.py --tables                    writes RESULTS.md again from results.json

Best on an idle machine where nothing has removed many files for five minutes (see put_aside in programs.py).
The sections run in this order; the last ones need 13 GB of memory, 20 GB of disk, and an hour:
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import corpora
import floors
import live
import machine
import measure
import pictures
import race
import tables
from programs import HERE, Qunying, peers, remove_what_is_aside

REPOSITORY = os.path.dirname(HERE)
PORT = 18123
ROUNDS, ROUNDS_OF_100K, ROUNDS_OF_QUICK = 5, 3, 2
MEMORY_OF_HUGO_AT_100K = 14e9  # bytes


class Bench:
    """The programs, the scratch folder, and how often."""

    def __init__(self, options):
        self.scratch, self.quick, self.wanted_rounds = options.scratch, options.quick, options.rounds
        os.makedirs(self.scratch, exist_ok=True)
        self.ours = Qunying(os.path.abspath(options.program) if options.program else build_release())
        self.commit = "a program given by hand" if options.program else f"commit `{machine.commit()}`"
        self.peers = [] if options.alone else peers(self.scratch)
        self.log = f"{self.scratch}/last.log"

    def say(self, text):
        print(text, flush=True)

    def people(self, thousands):
        return 200 * thousands // 10 + 100 if self.quick else thousands * 1000

    def rounds(self, thousands=10):
        usual = ROUNDS_OF_QUICK if self.quick else ROUNDS_OF_100K if thousands >= 100 else ROUNDS
        return self.wanted_rounds or usual

    def sites(self, thousands, programs):
        return race.Sites(self.scratch, programs, self.people(thousands))

    def everybody(self, thousands):
        """At 100,000 people only Hugo can follow, where there is memory enough for it."""
        able = [each for each in self.peers if thousands < 100 or self.quick or self.can_take_100k(each)]
        return self.sites(thousands, [self.ours, *able])

    def can_take_100k(self, program):
        if program.name != "hugo" or machine.available_memory() < MEMORY_OF_HUGO_AT_100K:
            self.say(f"  {program.name} is left out at 100,000 people")
            return False
        return True

    def site(self, thousands, theme="race"):
        return corpora.site_of(self.scratch, self.ours, self.people(thousands), theme)


def race_section(work, thousands):
    return lambda bench: work(bench.everybody(thousands), bench.rounds(thousands), bench.say)


def entries_section(make, thousands=10):
    """Commands of our own beside one another."""
    def section(bench):
        entries = make(bench)
        runs = race.in_turns(entries, bench.rounds(thousands), bench.log, bench.say)
        return {"runs": runs, "commands": {each.name: each.command for each in entries}}
    return section


def cold_entry(bench, site, name):
    return race.Entry(name, bench.ours.command(site), site, lambda _: bench.ours.clear(site))


def growth(bench):
    return [cold_entry(bench, bench.site(size), str(bench.people(size))) for size in (1, 10, 100)]


def full_theme(bench):
    return [cold_entry(bench, bench.site(10, theme), theme) for theme in ("race", "hall")]


def check(bench):
    """Once with nothing remembered, once with everything; the floor reads the same files with as many threads."""
    site, again = bench.site(10), corpora.site_of(bench.scratch, bench.ours, bench.people(10), "race")
    floor = floors.text_entry("all", f"{site}/content", bench.scratch, os.cpu_count())
    return [race.Entry("check", bench.ours.check(site), site, lambda _: bench.ours.clear(site)), floor,
            race.Entry("check again", bench.ours.check(again), again,
                       lambda _: measure.run(bench.ours.check(again), again, bench.log))]


def write_floor_of(bench, site):
    """As many files of the same mean size as the build makes."""
    measure.run(bench.ours.command(site), site, bench.log)
    made = corpora.output_of(site, bench.ours)
    return floors.write_entries(made["files"], round(made["MB"] * 1e6 / made["files"]), bench.scratch)


def floor_section(bench):
    """The cold build takes its turn among the floors. Writing has its order: what is compared was written before."""
    site = bench.site(10)
    text = [floors.text_entry(mode, f"{site}/content", bench.scratch) for mode in floors.TEXT]
    write = write_floor_of(bench, site)
    ours = cold_entry(bench, site, "cold build")
    runs = race.in_turns([ours, *text], bench.rounds(), bench.log, bench.say)
    for number in range(bench.rounds()):
        for entry in write:
            runs.setdefault(entry.name, []).append(entry.run(number, bench.log))
    return {"runs": runs, "commands": {each.name: each.command for each in [ours, *text, *write]},
            "built": [floors.compile_command(name, bench.scratch) for name in ("text_floor", "write_floor")]}


def stages(thousands):
    def section(bench):
        site, report = bench.site(thousands), f"{bench.scratch}/report.json"
        entry = cold_entry(bench, site, "qunying")
        entry.command = [*entry.command, "--report", report]
        runs, splits = [], []
        for number in range(bench.rounds(thousands)):
            runs.append(entry.run(number, bench.log))
            splits.append(json.loads(measure.read(report)).get("stages", []))
            os.remove(report)
        return {"runs": {"qunying": runs}, "commands": {"qunying": entry.command}, "stages": splits}
    return section


def live_section(thousands):
    """One after the other, since two servers would watch at the same time."""
    def section(bench):
        result = {"runs": {}, "commands": {}}
        for program, site in bench.everybody(thousands).places:
            for name, command in program.serve(site, PORT).items():
                result["commands"][name] = command
                result["runs"][name] = live.time_saves(program, command, site, PORT, bench)
        return result
    return section


def picture_section(bench):
    entries = pictures.Pictures(bench).entries()
    runs = race.in_turns(entries, bench.rounds(), bench.log, bench.say)
    return {"runs": runs, "outputs": {each.name: pictures.outputs_of(each, bench.scratch) for each in entries},
            "commands": {each.name: short(each.command) for each in entries},
            "built": [floors.compile_command(name, bench.scratch) for name in floors.OF_PICTURES]}


def codec_section(bench):
    command, rows = pictures.codecs(bench)
    return {"runs": {}, "rows": rows, "commands": {"libvips alone": short(command)}}


def short(command):
    """Photographs are told once."""
    files = [word for word in command if "/photographs-" in word]
    return [word for word in command if word not in files] + (["FILE…"] if files else [])


SECTIONS = {
    "cold1k": race_section(race.cold, 1),
    "cold10k": race_section(race.cold, 10),
    "same10k": race_section(race.unchanged, 10),
    "one10k": race_section(race.one_changed, 10),
    "live10k": live_section(10),
    "check10k": entries_section(check),
    "floors10k": floor_section,
    "hall10k": entries_section(full_theme),
    "stages10k": stages(10),
    "pictures": picture_section,
    "codecs": codec_section,
    "stages100k": stages(100),
    "growth": entries_section(growth, 100),
    "one100k": race_section(race.one_changed, 100),
    "cold100k": race_section(race.cold, 100),
}


def build_release():
    for command in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release", "--target", "qunying"]):
        subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    return f"{REPOSITORY}/build/release/qunying"


def plain(command, bench):
    """As somebody else would type them: $S is the scratch folder."""
    def plain_word(word):
        for program in [bench.ours, *bench.peers]:
            for path in filter(None, (getattr(program, "executable", None), getattr(program, "node", None))):
                if word == path:
                    return os.path.basename(path)
        return word.replace(bench.scratch, "$S").replace(f"{REPOSITORY}/", "")
    return " ".join(map(plain_word, command))


def run_section(bench, name):
    load = machine.load()
    bench.say(f"== {name} (load {load})")
    result = SECTIONS[name](bench)
    result["load"] = load
    result["commands"] = {entry: plain(command, bench) for entry, command in result["commands"].items()}
    result["built"] = [plain(command, bench) for command in result.get("built", [])]
    result["quick"], result["commit"] = bench.quick, bench.commit
    result["machine"], result["tools"] = machine.description(bench.scratch), machine.tools(bench.ours, bench.peers)
    return result


def stored(path):
    return json.loads(measure.read(path) or "{}")


def write_results(folder, results):
    os.makedirs(folder, exist_ok=True)
    ordered = {name: results[name] for name in SECTIONS if name in results}
    race.write(f"{folder}/results.json", json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")
    race.write(f"{folder}/RESULTS.md", tables.page(ordered))


def run_sections(bench, names, folder):
    """Each is stored as soon as it is there, so that a long run can be made in parts."""
    failed = []
    for name in names:
        try:
            result = run_section(bench, name)
        except measure.Failed as failure:
            failed.append(name)
            bench.say(f"{name} failed: {failure}")
            continue
        write_results(folder, {**stored(f"{folder}/results.json"), name: result})
    if failed:
        sys.exit(f"failed: {' '.join(failed)}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__ + "  " + " ".join(SECTIONS),
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    parser.add_argument("--rounds", type=int, help="runs of each command (5; 3 with 100,000 people)")
    parser.add_argument("--alone", action="store_true", help="no peers")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--tables", action="store_true")
    parser.add_argument("--to", metavar="FOLDER", help="where RESULTS.md and results.json are, instead of bench/")
    parser.add_argument("--program", help="the qunying to race; by default the release of this folder is built")
    parser.add_argument("--scratch", default=f"{tempfile.gettempdir()}/qunying-bench",
                        help="a folder outside the repository, for sites and peers (default %(default)s)")
    return parser.parse_args()


def main():
    options = arguments()
    if options.quick:
        options.scratch += "-quick"
    folder = options.to or (options.scratch if options.quick else HERE)
    if options.tables:
        write_results(folder, stored(f"{folder}/results.json"))
    else:
        try:
            run_sections(Bench(options), options.only, folder)
        finally:
            remove_what_is_aside(options.scratch)
    print(f"{folder}/RESULTS.md")


if __name__ == "__main__":
    main()
