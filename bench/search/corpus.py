#!/usr/bin/env python3
"""The corpus of bench/corpus.py with some names that are hard to find, and the 200 queries with what each must find.

  bench/search/corpus.py --people 10000 --theme hall --out FOLDER

leaves the site in FOLDER and the queries in FOLDER/queries.json: [{kind, query, want: [pages]}]. What a query must find
comes from the corpus itself and from Unihan's readings, by plain search through all of it.
"""
import argparse
import bz2
import itertools
import json
import os
import random
import re
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import corpus as base  # noqa: E402

RARE = ["王䶮", "李㛃", "张镕", "赵𬭎", "钱𫖯", "孙𠅤", "朱镕生", "龚䶮明", "罗㛃云", "邵𬭎毅", "武𫖯之", "汤𠅤安"]
POLYPHONES = {"曾单": ["zengshan", "zengdan", "cengshan"], "单雄飞": ["shanxiongfei", "danxiongfei"],
              "解乐山": ["xieleshan", "jieyueshan"], "仇长宁": ["qiuchangning", "chouzhangning"],
              "吕绿竹": ["lvlvzhu", "lülüzhu"], "欧阳行健": ["ouyangxingjian", "ouyanghangjian"],
              "尉迟重华": ["yuchichonghua"], "买买提·艾力": ["maimaitiaili"]}
TRADITIONAL = [("刘国华", "劉國華"), ("陈东", "陳東"), ("张伟", "張偉"), ("龚兰芳", "龔蘭芳"), ("钟丽", "鍾麗"),
               ("卢杰", "盧傑"), ("万云", "萬雲"), ("邹刚", "鄒剛"), ("顾斌", "顧斌"), ("严飞", "嚴飛")]
WORDS = re.compile(r"[㐀-鿿]+")


class Corpus(base.Corpus):
    """The first people get the hard names."""

    def person(self, number):
        person = super().person(number)
        hard = RARE + list(POLYPHONES) + [plain for plain, _ in TRADITIONAL]
        if number < len(hard):
            person["summary"] = person["summary"].replace(person["name"], hard[number])
            person["name"] = hard[number]
        return person


def readings():
    """Hanzi → its readings in plain letters, ü as v."""
    found = {}
    folder = "/usr/share/unicode/Unihan_Readings.txt"
    file = bz2.open(folder + ".bz2", "rt", encoding="utf-8") if os.path.exists(folder + ".bz2") else open(folder, encoding="utf-8")
    with file:
        for line in file:
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 3 or parts[1] not in ("kTGHZ2013", "kMandarin"):
                continue
            for marked in re.findall(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]+", parts[2]):
                plain = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
                plain = "".join(c for c in plain if not unicodedata.combining(c))
                found.setdefault(chr(int(parts[0][2:], 16)), set()).add(plain)
    return found


def spellings(name, sounds):
    """Every way to read a name, a syllable a character."""
    characters = [c for c in name if c != "·"]
    return itertools.product(*(sorted(sounds.get(c, {"?"})) for c in characters))


class Queries:
    def __init__(self, corpus):
        self.corpus, self.dice = corpus, random.Random("queries")
        self.people = [corpus.person(number) for number in range(corpus.people)]
        self.page = [f"people/{person['id']}.html" for person in self.people]
        self.sounds = readings()
        self.found = []

    def add(self, kind, query, want):
        if query not in [each["query"] for each in self.found] and 0 < len(want) <= 30:
            self.found.append({"kind": kind, "query": query, "want": sorted(want)})
            return True
        return False

    def named(self, test):
        return [page for page, person in zip(self.page, self.people) if test(person["name"])]

    def until(self, count, attempt):
        wanted = len(self.found) + count
        for _ in range(100 * count):
            if len(self.found) == wanted:
                return
            attempt()
        raise SystemExit(f"only {len(self.found)} of {wanted} queries")

    def someone(self, length=None):
        while True:
            person = self.dice.choice(self.people)
            if length is None or len(person["name"]) == length:
                return person

    def names(self):
        name = self.someone()["name"]
        self.add("name", name, self.named(lambda other: name == other or name in other))

    def fragments(self):
        name = self.someone(3)["name"]
        piece = name[1:] if self.dice.random() < 0.5 else name[:2]
        self.add("fragment", piece, self.named(lambda other: piece in other))

    def whole_readings(self, query, test):
        """People one of whose whole readings passes the test."""
        return self.named(lambda name: any(test(way) for way in spellings(name, self.sounds)))

    def pinyin(self):
        name = self.someone(3)["name"]
        way = list(spellings(name, self.sounds))[0]
        style = self.dice.randrange(4)
        query = ["".join(way), " ".join(way), "".join(way).upper(), way[0] + " " + "".join(way[1:])][style]
        self.add("pinyin", query, self.whole_readings(query, lambda other: "".join(other) == "".join(way)))

    def initials(self):
        name = self.someone(3)["name"]
        letters = "".join(syllable[0] for syllable in list(spellings(name, self.sounds))[0])
        self.add("initials", letters, self.whole_readings(letters, lambda way: "".join(s[0] for s in way) == letters))

    def polyphones(self):
        for name, spelt in POLYPHONES.items():
            for query in spelt:
                plain = query.replace("ü", "v")
                same = self.whole_readings(plain, lambda way: "".join(way) == plain)
                self.add("polyphone", query, set(same) | set(self.named(lambda other: other == name)))

    def rare(self):
        for name in RARE:
            self.add("rare", name, self.named(lambda other: name in other))
            letter = next(c for c in name if c in "䶮㛃镕𬭎𫖯𠅤")
            self.add("rare", letter, self.named(lambda other: letter in other))

    def traditional(self):
        for plain, written in TRADITIONAL:
            self.add("traditional", written, self.named(lambda other: plain in other))

    def honours(self):
        key, _, year, title, _ = self.dice.choice(self.corpus.batches)
        self.add("honour", title if self.dice.random() < 0.6 else f"{year} {title[7:]}", [f"batches/{key}.html"])

    def teams(self):
        team = self.corpus.team(self.dice.randrange(self.corpus.teams))
        self.add("team", team["name"], [f"teams/{team['id']}.html"])

    def units(self):
        person = self.someone()
        unit = person["org"] + person["post"]
        self.add("unit", unit, [page for page, other in zip(self.page, self.people) if unit in other["org"] + other["post"]])

    def stories(self):
        number = self.dice.randrange(self.corpus.people)
        text = self.corpus.story(self.corpus.person(number), lambda team: "团队介绍")
        runs = [run for run in WORDS.findall(text) if len(run) >= 12 and self.people[number]["name"] in run]
        if not runs:
            return
        run = self.dice.choice(runs)
        at = run.index(self.people[number]["name"])
        piece = run[max(0, at - 5):at + len(self.people[number]["name"]) + 5]
        if piece != self.people[number]["name"]:
            want = [page for i, page in enumerate(self.page) if self.people[i]["name"] == self.people[number]["name"]
                    and piece in self.corpus.story(self.corpus.person(i), lambda team: "团队介绍") + self.people[i]["summary"]]
            self.add("story", piece, want)

    def all(self):
        self.polyphones()
        self.rare()
        self.traditional()
        for count, attempt in ((40, self.names), (20, self.fragments), (30, self.pinyin), (20, self.initials),
                               (10, self.honours), (10, self.teams), (10, self.units)):
            self.until(count, attempt)
        self.until(200 - len(self.found), self.stories)
        return self.found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10000)
    parser.add_argument("--theme", default="hall")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    corpus = Corpus(options.people, 1)
    base.write_qunying(corpus, options.out)
    base.copy_theme("qunying", options.theme, options.out)
    with open(f"{options.out}/queries.json", "w", encoding="utf-8") as file:
        json.dump(Queries(corpus).all(), file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
