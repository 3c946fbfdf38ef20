#!/usr/bin/env python3
"""Scenario 10 of the domain: one command takes somebody out of every byte of the site and of a venue's, and says what
people must call back. Usage: withdraw_test.py PATH-TO-QUNYING [unittest arguments]"""
import json
import subprocess
import unittest
import zipfile

from site_for_tests import PROGRAM, SiteTest, shell

CONSENT = ("consent: {text: yes, portrait: yes, voice: yes, signer: 本人, date: 2025-03-01, "
           "scope: [互联网, 场馆, 印刷]}\n")
PERSON = """---
name: %s
epithet: %s
retire_kind: 退休
former_post: 样例局退休干部
life: living
source: 样例
portrait: {file: portrait.jpg, alt: 近照, photographer: 样例, download: yes}
honors: [{batch: 2020-provincial}]
teams: [{team: yangli-team, role: 队长}]
%sstatus: approved
visibility: public
---
%s
"""
GONE = "童样撤"
TRACES = (GONE, "守桥人", "一九四九年的桥", "tongyangche", "tong-yang-che", "zs_secret_story")


class WithdrawTest(SiteTest):
    def setUp(self):
        super().setUp()
        self.settings("base_url: https://example.gov.cn/\nvenues:\n  - {id: hall, name: 样例活动中心}\n")
        for slug, name, epithet, story in (("wang-yangli", "王样例", "好管家", "故事。"),
                                           ("bridge-7", GONE, "守桥人", "zs_secret_story 一九四九年的桥。")):
            self.write(f"content/people/{slug}/index.md", PERSON % (name, epithet, CONSENT, story))
            shell("convert", "-size", "900x1200", "-seed", len(slug), "plasma:tan-navy",
                  self.place(f"content/people/{slug}/portrait.jpg"))
        self.write("content/teams/yangli-team.md", "---\nname: 样例队\nkind: 志愿服务队\nleader: bridge-7\nsource: 样例\n---\n"
                   "队里有[[bridge-7]]和[[wang-yangli]]。\n")
        self.write("content/awards/provincial-advanced.md", "---\nname: 全省离退休干部先进个人\nlevel: 省级\n"
                   "category: 先进个人\ntarget: 离退休干部\nsource: 样例\n---\n")
        self.write("content/batches/2020-provincial.md", "---\naward: provincial-advanced\nyear: 2020\n"
                   "authorities: [样例省委老干部局]\ndate: 2020-11\nsource: 样例\n---\n")
        self.write("content/exhibitions/seventy.md", "---\ntitle: 样例肖像展\nkind: 肖像展\ncurator: 样例单位\n"
                   "venue: 样例文化馆\nkiosk_loop: 12\nsource: 样例\nsections:\n  - title: 烽火\n    exhibits:\n"
                   f"      - {{person: bridge-7, label: 一九四九年的桥}}\n      - {{person: wang-yangli, label: 她}}\n---\n前言\n")
        self.write("content/coverage/paper.md", f"---\noutlet: 样例日报\noutlet_level: 市\nheadline: 守桥的人\n"
                   "date: 2020-11-02\nurl: https://paper.example.org/1\nabout: [bridge-7]\nsource: 样例\n---\n")
        self.write("content/publish.yaml", f"targets:\n  - {{name: web, kind: directory, to: {self.room / 'web'}}}\n")

    def withdraw(self, *arguments, code=0):
        done = subprocess.run([PROGRAM, "withdraw", *arguments, "--site", str(self.site), "--as-of", "2026-07-01"],
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def everything(self, folder):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()

    def assertGone(self, folder):
        for name, data in self.everything(folder):
            for trace in TRACES:
                self.assertNotIn(trace.encode(), data, (name, trace))
                self.assertNotIn(trace, name)
            if b"bridge-7" in data:  # the address stays, and says nothing but that
                self.assertEqual(name, "manifest.json")
        pages = [name for name, _ in self.everything(folder) if "bridge-7" in name]
        self.assertEqual(pages, ["people/bridge-7.html"])
        self.assertIn("撤下", (folder / pages[0]).read_text())

    def assertGoneFromPack(self):
        key, pack = self.room / "site.key", self.room / "pack"
        shell(PROGRAM, "keygen", "-o", key)
        shell(PROGRAM, "bundle", self.site, "-o", pack, "--key", key, "--as-of", "2026-07-01")
        data = b"".join(data for _, data in self.everything(pack))
        for path in pack.rglob("*.zip"):
            with zipfile.ZipFile(path) as zipped:
                data += b"".join(name.encode() + zipped.read(name) for name in zipped.namelist())
        self.assertIn("王样例".encode(), data)
        for trace in TRACES:
            self.assertNotIn(trace.encode(), data, trace)
        self.assertNotIn(b"media/bridge-7", data)

    def test_scenario_ten(self):
        self.build()
        venue = self.room / "venue"
        code, said = self.run_program("build", "-o", str(venue), "--audience", "venue")
        self.assertEqual(code, 0, said)
        for folder in (self.public, venue):
            for trace in (GONE, "守桥人"):
                self.assertTrue(any(trace.encode() in data for _, data in self.everything(folder)), trace)
        pictures = [name for name, _ in self.everything(self.public) if name.startswith("media/bridge-7")]
        self.assertGreater(len(pictures), 1)
        people = len(json.loads((self.public / "data/people.json").read_text()))

        said = self.withdraw("bridge-7", "--reason", "本人要求：不再公开")
        for outside in ("样例日报《守桥的人》 https://paper.example.org/1", "展览“样例肖像展”（样例文化馆）",
                        "https://example.gov.cn/people/bridge-7.html", "qunying publish web", "样例活动中心", "微信"):
            self.assertIn(outside, said)
        text = (self.site / "content/people/bridge-7/index.md").read_text()
        self.assertIn("status: withdrawn\nvisibility: public\n", text)
        self.assertIn("withdrawn_on: 2026-07-01\nwithdrawn_reason: '本人要求：不再公开'\n", text)

        self.build()
        code, said = self.run_program("build", "-o", str(venue), "--audience", "venue")
        self.assertEqual(code, 0, said)
        self.assertGone(self.public)
        self.assertGone(venue)
        self.assertEqual(len(json.loads((self.public / "data/people.json").read_text())), people - 1)
        for name in pictures:
            self.assertFalse((self.public / name).exists())
        self.assertIn("早已撤下", self.withdraw("bridge-7"))
        self.assertGoneFromPack()

    def test_texts_that_still_name_the_person_are_listed(self):
        self.write("content/events/day.md", f"---\ntitle: 主题党日\nkind: 主题党日\nsource: 样例\n---\n{GONE}讲了话。\n")
        said = self.withdraw("bridge-7")
        self.assertIn("别处的文字里还有这个名字", said)
        self.assertIn("content/events/day.md:6:1", said)
        self.build(code=1)

    def test_by_name_and_by_nobody(self):
        before = (self.site / "content/people/bridge-7/index.md").read_bytes()
        self.assertIn("没有编号或姓名是“nobody”", self.withdraw("nobody", code=2))
        self.write("content/people/other.md", PERSON % (GONE, "另一位", CONSENT, "故事。"))
        self.assertIn("bridge-7、other", self.withdraw(GONE, code=2))
        self.assertEqual((self.site / "content/people/bridge-7/index.md").read_bytes(), before)
        (self.site / "content/people/other.md").unlink()
        self.assertIn("已撤下“" + GONE + "”", self.withdraw(GONE))

    def test_a_file_with_mistakes_is_left_alone(self):
        path = self.write("content/people/bridge-7/index.md", "---\nname: " + GONE + "\nstatus: 'approved\n---\n")
        before = path.read_bytes()
        self.assertIn("没有改动", self.withdraw("bridge-7", code=1))
        self.assertEqual(path.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
