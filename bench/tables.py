"""results.json as a page for people: what was aimed at, what was measured, with which command."""
import statistics
from race import median, ratio

TITLES = {
    "cold1k": "Cold build, 1,000 people", "cold10k": "Cold build, 10,000 people",
    "cold100k": "Cold build, 100,000 people", "same10k": "Nothing changed, 10,000 people",
    "one10k": "One person changed, 10,000 people", "one100k": "One person changed, 100,000 people",
    "live10k": "Live reload, 10,000 people", "check10k": "`check`, 10,000 people",
    "floors10k": "Floors, 10,000 people", "hall10k": "The full theme beside the race theme, 10,000 people",
    "stages10k": "Where a cold build of 10,000 people spends its time",
    "stages100k": "Where a cold build of 100,000 people spends its time", "growth": "Growth",
    "pictures": "Photographs", "codecs": "Encoders",
}
NOTES = {
    "live10k": "From saving a profile until its page, asked for every 4 ms, shows it. CPU: from the save to two seconds "
               "after the page; memory: of the running server.",
    "check10k": "The floor: reading the same files, yaml-cpp's events, cmark-gfm, with as many threads. `check again` "
                "finds what an earlier check remembered.",
    "floors10k": "One thread. `text`: what yaml-cpp (as nodes, and as the events that we call) and cmark-gfm take for "
                 "these files, each with reading them. `write`: as many files of the same mean size as the build "
                 "writes: fresh, read and compared, hard-linked, removed again. Ratios are to our cold build.",
    "hall10k": "Cold. `hall` has exhibit pages, facets by year, category, kind, pinyin, strokes and surname, shared "
               "cards and structured data; `race` has what the peers' themes have.",
    "growth": "Cold builds in turns, ours alone; per person.",
    "pictures": "24 photographs, half of 12, half of 24 megapixels (`bench/floor/photographs.cc`: texture at every scale, "
                "edges, grain), each as JPEG of quality 80 and WebP of quality 78 and effort 4, 320, 640, 960 and 1600 "
                "pixels wide. `qunying` finds heads, crops, hashes, caches and publishes; `uncropped` leaves the head out. "
                "`libvips alone` is the floor: one decode, each width from the next larger, both encoders from memory, a "
                "thread a core. Seconds are of all 24.",
    "codecs": "Of six of these photographs, 960 pixels wide: size, CPU and likeness (SSIM of the luma) of one picture.",
}
HEAD = """# Results

Made by `bench/run.py`, which says how; do not edit. Medians of at least five runs (three with 100,000 people) in
turns, A B, B A, A B …, a `sync` before each, sources in the page cache. CPU is user and system time of the whole process tree;
memory is the peak of the tree in MB (10⁶ bytes). A ratio is the median of the ratios of each pair of runs. All themes make
the same pages of the same content (`bench/themes`); the pages each program made are counted. Ours makes besides them
the roll of everybody, awards, a person in the roll of each level, and data as JSON and CSV (`data/`, 1.4 KB a person, where
the peers have a search index of 0.13 KB) and a manifest; Hugo makes forwards from `page/1`.
In commands `$S` is the scratch folder; a cold build finds neither output nor caches; they are moved away
and not removed, since ext4 is slow to make files for minutes after many were removed.
"""

QUICK = """**A smoke run: of a few hundred people, not of as many as the titles say. Its figures mean nothing.**
"""


# ---- what was aimed at ---------------------------------------------------------------------------------------

class Target:
    """`value` of a section's result against a limit; `least`: it must be at least that much."""

    def __init__(self, section, text, value, limit, least=False, unit=""):
        self.section, self.text, self.value = section, text, value
        self.limit, self.least, self.unit = limit, least, unit

    def row(self, results):
        value = self.measured(results)
        if value is None:
            return [TITLES[self.section], self.text, "not measured", ""]
        return [TITLES[self.section], self.text, f"{figure(value)}{self.unit}", self.verdict(value)]

    def measured(self, results):
        try:
            return self.value(results[self.section])
        except (KeyError, statistics.StatisticsError):
            return None

    def verdict(self, value):
        if self.limit is None:
            return "reported"
        if value >= self.limit if self.least else value <= self.limit:
            return "met"
        missed = self.limit / value if self.least else value / self.limit
        return f"**missed by {figure(missed)} ×**"


def times(peer, key="wall"):
    return lambda result: ratio(result["runs"][peer], result["runs"]["qunying"], key)


def ours(key):
    return lambda result: median(result["runs"]["qunying"], key)


def grown(key, per_person):
    """From the middle size to the large one."""
    def value(result):
        small, large = list(result["runs"])[1:]
        grown_by = ratio(result["runs"][large], result["runs"][small], key)
        return grown_by / (int(large) / int(small)) if per_person else grown_by
    return value


def beside_floor(name):
    return lambda result: ratio(result["runs"][name], result["runs"]["text all"], "cpu")


def beside_floors(result):
    """CPU of a cold build against reading, parsing, Markdown and writing alone."""
    runs = result["runs"]
    return median(runs["cold build"], "cpu") / (median(runs["text all"], "cpu") + median(runs["write fresh"], "cpu"))


def beside_libvips(result):
    """CPU of everything we do beside the bare library."""
    return 1 / ratio(result["runs"]["libvips alone"], result["runs"]["qunying"], "cpu")


HUGO = "hugo"
TARGETS = [
    Target("cold1k", "≥ 6 × Hugo, wall", times(HUGO), 6, True, " ×"),
    Target("cold10k", "≥ 6 × Hugo, wall (stretch 8)", times(HUGO), 6, True, " ×"),
    Target("cold10k", "≥ 6 × Hugo, CPU (stretch 8)", times(HUGO, "cpu"), 6, True, " ×"),
    Target("floors10k", "CPU of a cold build beside `text all` + `write fresh`", beside_floors, None, False, " ×"),
    Target("cold10k", "≤ 130 MB", ours("memory"), 130, False, " MB"),
    Target("cold100k", "≥ 12 × Hugo, wall (stretch 15)", times(HUGO), 12, True, " ×"),
    Target("cold100k", "≤ 1,000 MB", ours("memory"), 1000, False, " MB"),
    Target("growth", "≤ 1.2 × the wall time per person, 10,000 → 100,000", grown("wall", True), 1.2, False, " ×"),
    Target("growth", "≤ 1.2 × the CPU time per person, 10,000 → 100,000", grown("cpu", True), 1.2, False, " ×"),
    Target("growth", "≤ 8 × the memory, 10,000 → 100,000", grown("memory", False), 8, False, " ×"),
    Target("same10k", "≤ 0.15 s", ours("wall"), 0.15, False, " s"),
    Target("same10k", "≥ 60 × Hugo", times(HUGO), 60, True, " ×"),
    Target("one10k", "≤ 0.3 s", ours("wall"), 0.3, False, " s"),
    Target("one10k", "≥ 50 × Hugo", times(HUGO), 50, True, " ×"),
    Target("one100k", "≤ 4 s", ours("wall"), 4, False, " s"),
    Target("one100k", "≥ 40 × Hugo", times(HUGO), 40, True, " ×"),
    Target("live10k", "≤ 0.1 s", ours("wall"), 0.1, False, " s"),
    Target("check10k", "≤ 2 × its floor, CPU", beside_floor("check"), 2, False, " ×"),
    Target("pictures", "≤ 1.15 × the floor, CPU", beside_libvips, 1.15, False, " ×"),
    Target("pictures", "≥ 6 × Hugo, CPU", times(HUGO, "cpu"), 6, True, " ×"),
    Target("pictures", "≥ 2 × vipsthumbnail, CPU", times("vipsthumbnail", "cpu"), 2, True, " ×"),
    Target("pictures", "≥ 1.3 × eleventy-img, CPU", times("eleventy-img", "cpu"), 1.3, True, " ×"),
    Target("pictures", "≤ 300 MB", ours("memory"), 300, False, " MB"),
]


# ---- tables --------------------------------------------------------------------------------------------------

def figure(value):
    """Three digits that matter."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def spread(runs):
    walls = [run["wall"] for run in runs]
    return f"{figure(median(runs, 'wall'))} ({figure(min(walls))}–{figure(max(walls))})"


def made_by(made):
    pages = f"{made['pages']:,} pages, " if made["pages"] else ""
    return f"{pages}{made['files']:,} files, {figure(made['MB'])} MB"


def run_row(name, result):
    runs, first = result["runs"][name], next(iter(result["runs"].values()))
    made = result.get("outputs", {}).get(name)
    memory = median(runs, "memory")  # 0 where a run was over before it could be looked at
    row = [name, spread(runs), figure(median(runs, "cpu")), figure(memory) if memory else ""]
    if "outputs" in result:
        row.append(made_by(made) if made else "")
    beside = "1" if runs is first else figure(ratio(runs, first, "wall"))
    return [*row, beside, "1" if runs is first else figure(ratio(runs, first, "cpu")) if median(first, "cpu") else ""]


def race_table(result):
    head = ["", "wall s (range)", "CPU s", "peak MB"] + (["made"] if "outputs" in result else [])
    return table([*head, "× wall", "× CPU"], [run_row(name, result) for name in result["runs"]])


def growth_table(result):
    def row(name):
        runs, people = result["runs"][name], int(name)
        return [f"{people:,}", spread(runs), figure(median(runs, "cpu")), figure(median(runs, "memory")),
                f"{median(runs, 'wall') / people * 1e6:,.0f}", f"{median(runs, 'cpu') / people * 1e6:,.0f}"]
    head = ["people", "wall s (range)", "CPU s", "peak MB", "wall µs a person", "CPU µs a person"]
    return table(head, [row(name) for name in result["runs"]])


def stage_table(result):
    splits = [{stage["name"]: stage for stage in split} for split in result["stages"]]
    if not splits or not splits[0]:
        return "This commit does not report its stages.\n"
    whole = median(result["runs"]["qunying"], "wall"), median(result["runs"]["qunying"], "cpu")

    def row(name):
        wall, cpu = (statistics.median(split[name][key] for split in splits if name in split) for key in ("wall", "cpu"))
        own = [f"{cpu:.3f}", f"{cpu / whole[1] * 100:.0f} %"]
        if "." in name:  # a part of the stage above, on all its threads
            return [f"– {name.partition('.')[2]}", "", "", *own]
        return [name, f"{wall:.3f}", f"{wall / whole[0] * 100:.0f} %", *own]
    rows = [row(name) for name in splits[0]] + [["the whole program", f"{whole[0]:.3f}", "", f"{whole[1]:.3f}", ""]]
    return table(["stage", "wall s", "", "CPU s", ""], rows)


def codec_table(result):
    return table(["encoder", "KiB", "CPU s", "SSIM"], result["rows"])


TABLES = {"codecs": codec_table, "growth": growth_table, "stages10k": stage_table, "stages100k": stage_table}


def commands(result):
    lines = result["built"] + [f"{command}    # {name}" for name, command in result["commands"].items()]
    return "```\n" + "\n".join(lines) + "\n```\n"


def section(name, result):
    note = NOTES.get(name, "")
    body = TABLES.get(name, race_table)(result)
    parts = [f"## {TITLES[name]}", *([note] if note else []), body, f"Made from {result['commit']}; load of the machine before: {result['load']}.", commands(result)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def environments(results):
    """Each machine and set of tools once, with the sections it made."""
    found = {}
    for name, result in results.items():
        found.setdefault(tuple((result["machine"] | result["tools"]).items()), []).append(name)
    lines = []
    for facts, names in found.items():
        of = "" if len(found) == 1 else f" ({', '.join(names)})"
        lines.append(f"## Machine and versions{of}\n\n" + table(["", ""], [[str(k), str(v)] for k, v in facts]))
    return lines


def page(results):
    targets = table(["work", "target", "measured", ""], [target.row(results) for target in TARGETS])
    warning = [QUICK] if any(result["quick"] for result in results.values()) else []
    parts = [HEAD, *warning, "## Targets\n\n" + targets, *environments(results),
             *(section(name, result) for name, result in results.items())]
    return "\n".join(parts)
