#!/usr/bin/env python3
"""Makes an honour roll of any size, the same for every program that is timed.

  bench/corpus.py --people 10000 --for qunying --out FOLDER

A person depends on (seed, number, total) alone, so two runs give the same bytes. People, teams (one for twenty
people), sixty batches and ten exhibitions are the same for every program; only the place of the files and the
keys differ. The race theme of themes/PROGRAM beside this script is copied next to the content; with
`--theme hall`, for qunying, the theme of the project.
"""
import argparse
import os
import random
import shutil

from prose import ACTS, FIELDS, GIVEN, ORGANISATIONS, PLACES, POSTS, QUOTES, SURNAMES, TAGS, paragraph, sentence

REGIONS = ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
           "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南",
           "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆"]
REGION_KEYS = ["beijing", "tianjin", "hebei", "shanxi", "neimenggu", "liaoning", "jilin", "heilongjiang",
               "shanghai", "jiangsu", "zhejiang", "anhui", "fujian", "jiangxi", "shandong", "henan", "hubei",
               "hunan", "guangdong", "guangxi", "hainan", "chongqing", "sichuan", "guizhou", "yunnan", "xizang",
               "shaanxi", "gansu", "qinghai", "ningxia", "xinjiang"]
AWARDS = [("national", "国家级", "全国先进工作者"), ("provincial", "省级", "省级劳动模范"),
          ("municipal", "市级", "市级文明标兵")]
YEARS = list(range(2006, 2026))
EXHIBITIONS = 10


class Corpus:
    """What all programs get. Every method gives the same for the same number."""

    def __init__(self, people, seed):
        self.people, self.seed, self.teams = people, seed, max(1, people // 20)
        self.batches = [(f"{level}-{year}", level, year, f"{year}年度{title}", label)
                        for level, label, title in AWARDS for year in YEARS]

    def dice(self, kind, number):
        return random.Random(f"{self.seed}/{kind}{self.people}/{number}")

    def person(self, number):
        dice = self.dice("p", number)
        sex, region = dice.choice("男女"), dice.randrange(len(REGIONS))
        teams = sorted({team_id(dice.randrange(self.teams)) for _ in range(dice.choice((1, 1, 2)))})
        chosen = sorted({dice.choice((0, 1, 1, 2, 2, 2)) * 20 + dice.randrange(20)
                         for _ in range(dice.choice((1, 1, 2, 2, 3)))})
        name = dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2, 2))))
        pronoun = "他" if sex == "男" else "她"
        honors = [self.batches[k] for k in chosen]
        return dict(id=person_id(number), name=name, sex=sex, pronoun=pronoun, teams=teams, honors=honors,
                    birth=f"{dice.randint(1930, 1960)}-{dice.randint(1, 12):02d}",
                    org=dice.choice(PLACES) + dice.choice(("市", "县", "区")) + dice.choice(ORGANISATIONS),
                    post=dice.choice(POSTS), region=REGIONS[region], region_key=REGION_KEYS[region],
                    level=honors[0][1], tags=dice.sample(TAGS, 3), summary=sentence(dice, name, pronoun), dice=dice)

    def story(self, person, link):
        """About 1,200 characters; `link` is how the program writes a link to a team."""
        dice, name, pronoun = person["dice"], person["name"], person["pronoun"]
        rows = "".join(f"| {year} | {dice.choice(FIELDS)} | {dice.randint(10, 99)}% |\n"
                       for year in sorted(dice.sample(YEARS, 4)))
        deeds = "".join(f"- *第{k}件*：{sentence(dice, name, pronoun)}\n" for k in "一二三")
        return "\n".join([
            f"## 人物小传\n\n{paragraph(dice, name, pronoun, 210)}\n\n{paragraph(dice, name, pronoun, 210)}\n",
            f"### {dice.choice(FIELDS)}一线的坚守\n\n{paragraph(dice, name, pronoun, 240)}\n",
            "主要事迹：\n\n" + deeds, f"> {dice.choice(QUOTES)}\n>\n> —— {name}\n",
            "### 工作实绩\n\n| 年份 | 项目 | 成效 |\n| --- | --- | ---: |\n" + rows,
            f"## 群众心声\n\n{paragraph(dice, name, pronoun, 180)}所在集体的事迹见{link(person['teams'][0])}。\n"])

    def team(self, number):
        dice = self.dice("t", number)
        name = dice.choice(PLACES) + dice.choice(FIELDS) + dice.choice(("先锋队", "突击队", "志愿服务队", "工作室"))
        return dict(id=team_id(number), name=f"{name}（{number + 1}）", region=dice.choice(REGIONS), since=dice.randint(1978, 2020),
                    text=f"## 团队简介\n\n{paragraph(dice, name, '团队', 300)}\n\n> {dice.choice(QUOTES)}\n\n"
                         f"{paragraph(dice, name, '团队', 200)}\n")

    def batch_text(self, number):
        return f"{self.batches[number][3]}评选表彰名单。{paragraph(self.dice('h', number), '评委会', '评选工作', 120)}\n"

    def exhibition(self, number):
        dice = self.dice("e", number)
        people = dice.sample(range(self.people), min(70, self.people))
        return dict(id=f"e{number:02d}", name=f"{dice.choice(PLACES)}风采录第{number + 1}辑",
                    people=[person_id(each) for each in people],
                    text=f"## 展览前言\n\n{paragraph(dice, '策展人', '展览', 260)}\n")


def person_id(number):
    return f"p{number:06d}"


def team_id(number):
    return f"t{number:05d}"


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def folded(rows):
    return "".join(f"  - {row}\n" for row in rows)


# ---- our own layout: content/KIND/ID.md, keys of the handbook ------------------------------------------------

def qunying_person(corpus, person):
    honors = folded(f"{{batch: {batch[0]}, grade: 个人}}" for batch in person["honors"])
    return (f"---\nname: {person['name']}\nsex: {person['sex']}\nbirth: '{person['birth']}'\nretire_kind: 退休\n"
            f"former_post: {person['org']}{person['post']}\norg: {person['org']}\nregion: {person['region']}\n"
            f"life: 在世\nepithet: {'、'.join(person['tags'])}\nhonors:\n{honors}"
            f"teams: [{', '.join(person['teams'])}]\n"
            "consent:\n  basis: 本人授权\n  text: 是\n  portrait: 是\n  signer: 本人\n  date: '2025-03-01'\n"
            "  scope: [互联网, 场馆]\n  until: '2030-12-31'\n"
            "source: 宣传办公室\nstatus: 终审通过\nvisibility: 互联网\n"
            f"summary: {person['summary']}\n---\n\n" + corpus.story(person, lambda team: f"[[team:{team}|团队介绍]]"))


def write_qunying(corpus, out):
    regions = folded(f"{{name: {name}, key: {key}}}" for name, key in zip(REGIONS, REGION_KEYS))
    put(f"{out}/content/site.yaml",
        "title: 群英谱\nbase_url: https://example.org/\norganisation: 群英谱编辑委员会\ntheme: race\n"
        f"regions:\n{regions}navigation:\n  - {{label: 首页, target: home}}\n  - {{label: 群英谱, target: people}}\n"
        "  - {label: 团队, target: teams}\n  - {label: 荣誉, target: batches}\n  - {label: 风采录, target: exhibitions}\n"
        "home: [people, honors]\ndefaults: {status: approved, visibility: public}\n")
    for level, label, title in AWARDS:
        put(f"{out}/content/awards/{level}.md",
            f"---\nname: {title}\nlevel: {label}\ncategory: 先进个人\ntarget: 社会\nsource: 宣传办公室\n---\n")
    for number in range(corpus.people):
        person = corpus.person(number)
        put(f"{out}/content/people/{person['id']}.md", qunying_person(corpus, person))
    for number in range(corpus.teams):
        team = corpus.team(number)
        put(f"{out}/content/teams/{team['id']}.md",
            f"---\nname: {team['name']}\nkind: 志愿服务队\nregion: {team['region']}\nsince: '{team['since']}'\n"
            f"source: 宣传办公室\n---\n\n{team['text']}")
    for number, (key, level, year, title, _) in enumerate(corpus.batches):
        put(f"{out}/content/batches/{key}.md",
            f"---\ntitle: {title}\naward: {level}\nyear: {year}\nauthorities: [评选表彰委员会]\nsource: 宣传办公室\n"
            f"doc_no: 评发〔{year}〕{number + 1}号\n---\n\n{corpus.batch_text(number)}")
    for number in range(EXHIBITIONS):
        show = corpus.exhibition(number)
        exhibits = "".join(f"      - {{person: {person}}}\n" for person in show["people"])
        put(f"{out}/content/exhibitions/{show['id']}.md",
            f"---\ntitle: {show['name']}\nkind: 主题展\ncurator: 策展人\nsource: 宣传办公室\nsections:\n"
            f"  - title: 风采\n    exhibits:\n{exhibits}---\n\n{show['text']}")


# ---- the layout that Hugo and Eleventy want: front matter with the keys of their themes ------------------------

def peer_person(corpus, person, extra):
    honors = folded(f"{{id: {key}, year: {year}, level: {level}, title: {title}}}"
                    for key, level, year, title, _ in person["honors"])
    return (f"---\n{extra}id: {person['id']}\ntitle: {person['name']}\ngender: {person['sex']}\n"
            f"birth: '{person['birth']}'\nunit: {person['org']}\npost: {person['post']}\nregion: {person['region']}\n"
            f"region_id: {person['region_key']}\nlevel: {person['level']}\nhonors:\n{honors}"
            f"teams: [{', '.join(person['teams'])}]\ntags: [{', '.join(person['tags'])}]\n"
            f"portrait:\n  src: portraits/{person['id']}.jpg\n  alt: {person['name']}肖像\n  credit: 宣传办公室\n"
            "consent:\n  publish: true\n  minor: false\n  until: '2030-12-31'\n"
            f"summary: {person['summary']}\n---\n\n"
            + corpus.story(person, lambda team: f"[团队介绍](/teams/{team}/)"))


def write_peer(corpus, out, root, nested):
    """`nested`: a term's text is teams/ID/_index.md, as Hugo's taxonomies have it."""
    for number in range(corpus.people):
        person = corpus.person(number)
        extra = f"award: [{', '.join(batch[0] for batch in person['honors'])}]\n" if nested else ""
        put(f"{out}/{root}/people/{person['id']}.md", peer_person(corpus, person, extra))
    for number in range(corpus.teams):
        team = corpus.team(number)
        place = f"teams/{team['id']}/_index.md" if nested else f"teams/{team['id']}.md"
        put(f"{out}/{root}/{place}", f"---\nid: {team['id']}\ntitle: {team['name']}\nregion_name: {team['region']}\n"
            f"founded: {team['since']}\n---\n\n{team['text']}")
    for number, (key, level, year, title, label) in enumerate(corpus.batches):
        place = f"award/{key}/_index.md" if nested else f"honors/{key}.md"
        url = f"url: /honors/{key}/\n" if nested else ""
        put(f"{out}/{root}/{place}", f"---\n{url}id: {key}\ntitle: {title}\nhonor_level: {level}\nlevel_name: {label}\n"
            f"year: {year}\n---\n\n{corpus.batch_text(number)}")
    for number in range(EXHIBITIONS):
        show = corpus.exhibition(number)
        put(f"{out}/{root}/exhibitions/{show['id']}.md", f"---\nid: {show['id']}\ntitle: {show['name']}\npeople:\n"
            + folded(show["people"]) + f"---\n\n{show['text']}")


WRITERS = {"qunying": write_qunying, "hugo": lambda corpus, out: write_peer(corpus, out, "content", True),
           "eleventy": lambda corpus, out: write_peer(corpus, out, "src", False)}


def copy_theme(program, theme, out):
    here = os.path.dirname(os.path.abspath(__file__))
    if program != "qunying":
        return shutil.copytree(f"{here}/themes/{program}", out, dirs_exist_ok=True)
    source = f"{here}/themes/qunying" if theme == "race" else f"{here}/../themes/{theme}"
    shutil.copytree(source, f"{out}/themes/{theme}", dirs_exist_ok=True)
    settings = f"{out}/content/site.yaml"
    with open(settings, encoding="utf-8") as file:
        text = file.read()
    put(settings, text.replace("theme: race", f"theme: {theme}"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--for", dest="program", choices=sorted(WRITERS), default="qunying")
    parser.add_argument("--theme", default="race", help="for qunying: race, or a theme of the project")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    WRITERS[options.program](Corpus(options.people, options.seed), options.out)
    copy_theme(options.program, options.theme, options.out)


if __name__ == "__main__":
    main()
