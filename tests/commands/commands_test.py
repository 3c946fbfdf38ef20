#!/usr/bin/env python3
"""The program as people call it. Usage: commands_test.py PATH-TO-QUNYING [unittest arguments]"""
import csv
import gzip
import hashlib
import io
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
DAY = ["--as-of", "2026-07-01"]
KINDS = ["人物", "集体", "荣誉项目", "表彰批次", "品牌", "项目", "展览", "影集", "视频", "口述历史", "专栏",
         "报道", "活动", "基地", "宣讲菜单", "数据", "页面"]

PERSON = """---
姓名: {name}
类别: 退休
原单位职务: 样例局退休干部
在世状态: 在世
来源: 样例
授权: {{依据: 本人授权, 文字: 是, 肖像: 是, 声音: 否, 签署人: 本人, 签署日期: 2026-01-05, 范围: [{scope}]}}
状态: {status}
公开范围: 互联网
---

{name}的故事。
"""


def run(*arguments, env=None, cwd=None):
    """Exit code, what it said, what it complained of."""
    around = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC"}
    around.update(env or {})
    done = subprocess.run([PROGRAM, *map(str, arguments)], env=around, cwd=cwd, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def tree(folder):
    """Every file of a folder by its path, as a digest of its bytes."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def stamps(folder):
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in pathlib.Path(folder).rglob("*")}


class CommandsTest(unittest.TestCase):
    def setUp(self):
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-commands-"))
        self.addCleanup(shutil.rmtree, self.room, ignore_errors=True)
        self.site = self.room / "site"

    def ok(self, *arguments, **others):
        code, out, err = run(*arguments, **others)
        self.assertEqual(code, 0, out + err)
        return out

    def init(self):
        self.ok("init", self.site)
        return self.site

    def add_person(self, slug, name, scope="互联网, 场馆", status="终审通过", more=""):
        text = PERSON.format(name=name, scope=scope, status=status)
        (self.site / f"content/people/{slug}.md").write_text(text.replace("---\n\n", more + "---\n\n", 1))


class FirstSite(CommandsTest):
    def test_a_new_site_builds_at_once_and_a_second_build_writes_nothing(self):
        self.init()
        self.assertIn("没有发现问题", self.ok("check", self.site, *DAY))
        self.ok("build", self.site, *DAY)
        public = self.site / "public"
        for path in ["index.html", "404.html", "manifest.json", "robots.txt", "people/wang-yangli.html",
                     "pages/about.html", "data/people.json"]:
            self.assertTrue((public / path).is_file(), path)
        before = stamps(public)
        self.assertIn("什么也没有写", self.ok("build", self.site, *DAY))
        self.assertEqual(stamps(public), before)

    def test_init_takes_only_an_empty_folder(self):
        self.init()
        before = tree(self.site)
        self.assertEqual(run("init", self.site)[0], 2)
        self.assertEqual(tree(self.site), before)
        empty = self.room / "空 文件夹"
        empty.mkdir()
        self.ok("init", empty)
        self.ok("build", empty, *DAY)

    def test_the_site_is_the_current_folder_by_default(self):
        self.init()
        self.ok("build", *DAY, cwd=self.site)
        self.assertTrue((self.site / "public/index.html").is_file())


class NewRecords(CommandsTest):
    def test_every_kind_has_a_scaffold_that_disturbs_nothing(self):
        self.init()
        for kind in KINDS:
            with self.subTest(kind=kind):
                self.ok("new", kind, "样例新建", "--site", self.site)
        code, out, _ = run("check", self.site, *DAY)
        self.assertEqual(code, 0, out)
        self.ok("build", self.site, *DAY)
        self.assertNotIn("样例新建", (self.site / "public/people/index.html").read_text())

    def test_ids_are_free_and_nothing_is_overwritten(self):
        self.init()
        for _ in range(3):
            self.ok("new", "person", "王样例", "--site", self.site)
        made = sorted(path.name for path in (self.site / "content/people").iterdir() if path.is_dir())
        self.assertEqual(made, ["wang-yang-li", "wang-yang-li-2", "wang-yang-li-3"])
        self.assertEqual(run("check", self.site, *DAY)[0], 0)

    def test_a_kind_of_the_sites_own(self):
        self.init()
        with open(self.site / "content/site.yaml", "a") as settings:
            settings.write("kinds: [{key: relic, label: 实物, folder: relics, fields: [{key: made, label: 年代}]}]\n")
        self.ok("new", "实物", "收音机", "--site", self.site)
        self.assertIn("年代", (self.site / "content/relics/shou-yin-ji/index.md").read_text())
        code, _, err = run("new", "车辆", "轿车", "--site", self.site)
        self.assertEqual(code, 2)
        self.assertIn("实物（relic）", err)


class Precompressed(CommandsTest):
    def test_forms_are_those_of_their_files_whatever_was_built_before(self):
        self.init()
        self.ok("build", self.site, *DAY)
        self.ok("build", self.site, *DAY, "--precompress")
        page = self.site / "public/people/wang-yangli.html"
        for path in [page, *(self.site / "public/static").glob("hall-*.css")]:
            pressed = pathlib.Path(f"{path}.gz").read_bytes()
            self.assertEqual(gzip.decompress(pressed), path.read_bytes())
            self.assertEqual(pressed[4:8], bytes(4), "a time")
            unpack = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(process.argv[1])))"
            brotli = subprocess.run(["node", "-e", unpack, f"{path}.br"], capture_output=True, check=True).stdout
            self.assertEqual(brotli, path.read_bytes())
        listed = json.loads((self.site / "public/manifest.json").read_text())["files"]
        self.assertIn("people/wang-yangli.html.br", listed)
        self.assertIn("什么也没有写", self.ok("build", self.site, *DAY, "--precompress"))
        with open(self.site / "content/people/wang-yangli.md", "a") as story:
            story.write("\n又一句。\n")
        self.ok("build", self.site, *DAY, "--precompress")
        incremental = tree(self.site / "public")
        shutil.rmtree(self.site / "public")
        shutil.rmtree(self.site / ".qunying")
        self.ok("build", self.site, *DAY, "--precompress", "-j1")
        self.assertEqual(tree(self.site / "public"), incremental)
        self.ok("build", self.site, *DAY)
        self.assertEqual([path for path in tree(self.site / "public") if path.endswith((".gz", ".br"))], [])


class ExitCodes(CommandsTest):
    def test_content_with_errors_is_code_1_and_leaves_what_is_published(self):
        self.init()
        self.ok("build", self.site, *DAY)
        before = tree(self.site / "public")
        self.add_person("b", "样例乙", more="出生: 一九四九\n")
        for command in ("check", "build"):
            code, out, _ = run(command, self.site, *DAY)
            self.assertEqual(code, 1)
            self.assertIn("content/people/b.md:10:5: 错误：“一九四九”不是日期 [not-a-date]", out)
        self.assertEqual(tree(self.site / "public"), before)

    def test_warnings_are_code_0_and_with_strict_code_1(self):
        self.init()
        self.add_person("b", "样例乙", more="人物金句: " + "能帮一把是一把。" * 6 + "\n")
        self.assertEqual(run("check", self.site, *DAY)[0], 0)
        self.assertEqual(run("check", self.site, "--strict", *DAY)[0], 1)
        self.assertEqual(run("build", self.site, "--strict", *DAY)[0], 1)
        self.assertFalse((self.site / "public").exists())
        self.ok("build", self.site, *DAY)

    def test_a_wrong_call_is_code_2(self):
        for wrong in ([], ["bake"], ["build", "--nope"], ["build", "a", "b"], ["new", "person"]):
            code, out, err = run(*wrong)
            self.assertEqual((code, out), (2, ""), wrong)
            self.assertIn("qunying --help", err)

    def test_a_folder_with_other_things_in_it_is_code_3_and_is_not_touched(self):
        self.init()
        other = self.room / "照片"
        other.mkdir()
        (other / "family.jpg").write_bytes(b"mine")
        before = tree(other)
        code, _, err = run("build", self.site, "-o", other, *DAY)
        self.assertEqual(code, 3)
        self.assertIn("里有别的文件，没有改动", err)
        self.assertEqual(tree(other), before)

    def test_a_site_that_is_not_there_is_no_success(self):
        code, out, err = run("check", self.room / "nothing", *DAY)
        self.assertIn(code, (1, 3))
        self.assertTrue(out + err)
        self.assertFalse((self.room / "nothing").exists())

    def test_help_and_version_are_code_0_in_both_languages(self):
        self.assertIn("用法", self.ok("--help"))
        self.assertIn("用法", self.ok("--help", env={"LANG": "C"}))
        self.assertIn("Usage", self.ok("--help", env={"LANG": "en_US.UTF-8"}))
        self.assertIn("Usage", self.ok("--lang", "en", "--help"))
        self.assertRegex(self.ok("--version"), r"^qunying \d+\.\d+\.\d+\n$")


class Programs(CommandsTest):
    """The program and its picture worker, which alone needs libvips."""

    def setUp(self):
        super().setUp()
        self.init()
        self.add_person("a", "赵样例", more="照片: {文件: a.jpg, 替代文字: 近照, 拍摄者: 样例}\n")
        shutil.copy("content/people/wang-yangli/portrait.jpg", self.site / "content/people/a.jpg")

    def say(self, program, *arguments):
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=120,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC"})
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def pictures(self):
        return [path.name for path in self.site.glob("public/media/a-*")]

    def test_the_program_starts_without_the_picture_library(self):
        traced = subprocess.run([PROGRAM], env={"LD_TRACE_LOADED_OBJECTS": "1"}, capture_output=True)
        self.assertIn(b"libc.so", traced.stdout)
        self.assertNotIn(b"libvips", traced.stdout)
        self.assertNotIn(b"libglib", traced.stdout)

    def test_without_its_worker_it_says_what_to_do_and_publishes_nothing(self):
        alone = shutil.copy(PROGRAM, self.room)
        code, said = self.say(alone, "build", self.site, *DAY)
        self.assertEqual(code, 3)
        self.assertIn("处理照片的程序无法启动", said)
        self.assertIn("/libexec/qunying/qunying-pictures", said)
        self.assertIn("请重新安装", said)
        self.assertFalse((self.site / "public/index.html").exists())

    def test_what_is_installed_makes_pictures(self):
        done = subprocess.run(["cmake", "--install", os.path.dirname(PROGRAM), "--prefix", self.room / "usr"],
                              capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        installed = self.room / "usr/bin/qunying"
        self.assertEqual(self.say(installed, "init", self.room / "other")[0], 0)
        code, said = self.say(installed, "build", self.site, *DAY)
        self.assertEqual(code, 0, said)
        self.assertTrue(self.pictures())
        self.assertFalse((self.room / "usr/bin/qunying-pictures").exists())


class Options(CommandsTest):
    def test_explain_names_the_pages_that_were_made_anew(self):
        self.init()
        self.add_person("b", "样例乙")
        self.assertIn("people/b.html: 新页面", self.ok("build", self.site, "--explain", *DAY))
        self.add_person("b", "样例乙", more="称号: 古城守护者\n")
        said = self.ok("build", self.site, "--explain", *DAY)
        self.assertIn("people/b.html: 内容有改动", said)
        self.assertNotIn("pages/about.html:", said)

    def test_report_holds_the_sums(self):
        self.init()
        report = self.room / "sums.json"
        self.ok("build", self.site, "--report", report, *DAY)
        first = json.loads(report.read_text())
        self.assertEqual((first["records"], first["published"], first["errors"]), (2, 2, 0))
        self.assertEqual(first["pages"], first["pages_rendered"])
        self.add_person("b", "样例乙", more="出生: 一九四九\n")
        self.assertEqual(run("build", self.site, "--report", report, *DAY)[0], 1)
        self.assertEqual(json.loads(report.read_text())["errors"], 1)

    def test_json_and_sarif_are_what_they_say(self):
        self.init()
        self.add_person("b", "样例乙", more="出生: 一九四九\n")
        code, out, _ = run("check", self.site, "--format", "json", *DAY)
        self.assertEqual(code, 1)
        found = json.loads(out)["diagnostics"]
        self.assertEqual([(each["path"], each["line"], each["id"]) for each in found],
                         [("content/people/b.md", 10, "not-a-date")])
        sarif = json.loads(run("check", self.site, "--format", "sarif", *DAY)[1])
        self.assertEqual(sarif["version"], "2.1.0")
        self.assertEqual(sarif["runs"][0]["results"][0]["ruleId"], "not-a-date")

    def test_the_audience_decides_who_is_shown(self):
        self.init()
        self.add_person("b", "钱场馆", scope="场馆")
        self.ok("build", self.site, *DAY)
        self.ok("build", self.site, "--audience", "venue", "-o", self.room / "venue", *DAY)
        self.assertTrue((self.room / "venue/people/b.html").is_file())
        for path in (self.site / "public").rglob("*"):
            if path.is_file():
                self.assertNotIn("钱场馆".encode(), path.read_bytes(), path)
        self.assertFalse((self.site / "public/people/b.html").exists())

    def test_preview_shows_drafts_and_says_so(self):
        self.init()
        self.add_person("b", "孙草稿", status="草稿")
        self.ok("build", self.site, *DAY)
        self.assertFalse((self.site / "public/people/b.html").exists())
        self.ok("build", self.site, "--preview", "-o", self.room / "preview", *DAY)
        page = (self.room / "preview/people/b.html").read_text()
        self.assertIn("孙草稿", page)
        self.assertIn("预览", page)
        self.assertNotIn("预览", (self.site / "public/people/wang-yangli.html").read_text())

    def test_base_url_makes_whole_addresses(self):
        self.init()
        self.ok("build", self.site, "--base-url", "https://example.org/q", *DAY)
        self.assertIn("https://example.org/q/people/wang-yangli.html", (self.site / "public/sitemap.xml").read_text())

    def test_the_day_decides_what_is_published(self):
        self.init()
        self.add_person("b", "样例乙", more="发布日期: 2026-07-02\n")
        self.ok("build", self.site, *DAY)
        self.assertFalse((self.site / "public/people/b.html").exists())
        self.ok("build", self.site, "--as-of", "2026-07-02")
        self.assertTrue((self.site / "public/people/b.html").exists())


def rows(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


class Reports(CommandsTest):
    """What a site lacks, and how its portraits are cut."""

    def setUp(self):
        super().setUp()
        self.init()

    def test_the_list_is_a_table_for_excel_and_nothing_in_it_is_a_formula(self):
        self.add_person("b", "=1+1", status="草稿")
        code, out, err = run("report", self.site, *DAY)
        self.assertEqual(code, 0, err)
        self.assertTrue(out.startswith("\ufeff问题,类别,编号,名称,所属单位,状态,文件,说明,怎么办\r\n"))
        found = [row for row in rows(out) if row["编号"] == "b"]
        self.assertEqual([row["问题"] for row in found], ["缺照片", "缺荣誉", "草稿"])
        self.assertEqual({row["名称"] for row in found}, {"'=1+1"})
        self.assertEqual({row["文件"] for row in found}, {"content/people/b.md"})
        self.assertIn("缺照片", err)
        english = rows(run("--lang", "en", "report", self.site, *DAY)[1])
        self.assertEqual(list(english[0])[:3], ["gap", "kind", "id"])

    def test_a_consent_that_ends_within_the_days_asked_for(self):
        self.add_person("b", "样例乙")
        path = self.site / "content/people/b.md"
        path.write_text(path.read_text().replace("签署日期: 2026-01-05", "签署日期: 2026-01-05, 期限: 2026-08-15"))
        said = lambda *more: [row["问题"] for row in rows(self.ok("report", self.site, *more)) if "授权" in row["问题"]]
        self.assertEqual(said(*DAY), ["授权将到期"])
        self.assertEqual(said(*DAY, "--days", "30"), [])
        self.assertEqual(said("--as-of", "2026-09-01"), ["授权到期"])

    def test_the_list_goes_into_a_file_or_a_folder_and_a_broken_record_does_not_stop_it(self):
        (self.site / "content/people/b.md").write_text("---\n姓名: [\n---\n")
        for output, path in [("缺项.csv", "缺项.csv"), ("报告", "报告/report.csv")]:
            for _ in range(2):
                self.ok("report", self.site, "-o", self.room / output, *DAY)
            self.assertIn("读不出", (self.room / path).read_bytes().decode("utf-8-sig"))
        self.assertFalse((self.site / "public").exists())

    def test_a_folder_without_content_is_no_site(self):
        empty = self.room / "空"
        empty.mkdir()
        code, out, err = run("report", empty)
        self.assertEqual((code, out), (2, ""))
        self.assertIn("content", err)
        self.assertEqual(run("report", empty, "--pictures")[0], 2)
        self.assertEqual(list(empty.iterdir()), [])
        self.assertEqual(run("report", self.room / "nothing")[0], 3)

    def add_portraits(self):
        for slug, more in [("b", "焦点: [0.5, 0.4], 头高: 0.4"), ("c", "焦点: [0.5, 0.4]"), ("d", "")]:
            self.add_person(slug, "样例" + slug, status="草稿",
                            more="照片: {文件: %s.jpg, 替代文字: 近照%s}\n" % (slug, ", " + more if more else ""))
        for slug in "bc":
            shutil.copy("content/people/wang-yangli/portrait.jpg", self.site / f"content/people/{slug}.jpg")
        (self.site / "content/people/d.jpg").write_bytes(b"no picture")

    def test_the_contact_sheet_measures_every_crop_of_a_site(self):
        self.add_portraits()
        sheet = self.room / "检查表"
        self.ok("report", self.site, "--pictures", "-o", sheet, *DAY)
        found = rows((sheet / "pictures.csv").read_text(encoding="utf-8"))
        by_person = {slug: [row for row in found if row["id"] == slug] for slug in "bcd"}
        self.assertEqual([row["recipe"] for row in by_person["b"]], [row["recipe"] for row in by_person["c"]])
        self.assertGreaterEqual(len(by_person["b"]), 3)
        for row in by_person["b"]:
            if row["crop"] != "portrait":
                continue
            self.assertEqual((row["head_from"], row["head_inside"]), ("editor", "yes"))
            self.assertAlmostEqual(float(row["eye_line"]), 0.42, delta=0.06)
            eyes = (float(row["focus_y"]) * int(row["height"]) - int(row["crop_top"])) / int(row["crop_height"])
            self.assertAlmostEqual(eyes, float(row["eye_line"]), places=3)
            self.assertLessEqual(int(row["crop_left"]) + int(row["crop_width"]), int(row["width"]))
            self.assertLessEqual(int(row["crop_top"]) + int(row["crop_height"]), int(row["height"]))
        self.assertEqual([bool(row["problem"]) for row in by_person["d"]], [True])
        page = (sheet / "index.html").read_text()
        self.assertIn("样例d", page)
        self.assertNotIn("style=", page)
        for name in re.findall(r'href="(pictures/[^"]+)"', page):
            self.assertTrue((sheet / name).is_file(), name)
        self.assertFalse((self.site / "public").exists())
        before = stamps(sheet)
        self.ok("report", self.site, "--pictures", "-o", sheet, *DAY)
        self.assertEqual(set(stamps(sheet)), set(before))

    def test_crops_are_those_of_the_pages(self):
        self.add_person("b", "样例乙", more="照片: {文件: b.jpg, 替代文字: 近照, 焦点: [0.45, 0.35], 头高: 0.3}\n")
        shutil.copy("content/people/wang-yangli/portrait.jpg", self.site / "content/people/b.jpg")
        self.ok("build", self.site, *DAY)
        sheet = self.room / "sheet"
        self.ok("report", self.site, "--pictures", "-o", sheet, *DAY)
        published = {path.read_bytes() for path in (self.site / "public/media").glob("b-*.jpg")}
        crops = [path for path in (sheet / "pictures").iterdir() if not path.name.endswith("-whole.jpg")]
        self.assertGreaterEqual(len(crops), 3)
        mine = [path for path in crops if path.read_bytes() in published]
        self.assertGreaterEqual(len(mine), 3)

    def test_a_plain_folder_of_photographs_will_do_and_nothing_is_left_in_it(self):
        folder = self.room / "照片"
        folder.mkdir()
        shutil.copy("content/people/wang-yangli/portrait.jpg", folder / "王样例.jpg")
        (folder / "坏.jpg").write_bytes(b"not a picture")
        (folder / "说明.txt").write_text("样例")
        (folder / "里面").mkdir()
        before = tree(folder)
        sheet = self.room / "sheet"
        self.ok("report", folder, "--pictures", "-o", sheet)
        self.assertEqual(tree(folder), before)
        found = rows((sheet / "pictures.csv").read_text(encoding="utf-8"))
        self.assertEqual({row["file"] for row in found}, {"王样例.jpg", "坏.jpg"})
        self.assertEqual({row["width"] for row in found if row["file"] == "王样例.jpg"}, {"1200"})
        self.assertTrue(all(row["problem"] for row in found if row["file"] == "坏.jpg"))

    def test_the_sheet_never_takes_the_place_of_anything_else(self):
        self.ok("build", self.site, *DAY)
        other = self.room / "家"
        other.mkdir()
        (other / "信.txt").write_text("样例")
        for output in (self.site / "public", other):
            before = tree(output)
            code, _, err = run("report", self.site, "--pictures", "-o", output, *DAY)
            self.assertEqual(code, 3)
            self.assertIn("没有改动", err)
            self.assertEqual(tree(output), before)


class Determinism(CommandsTest):
    """Bytes depend on the content, the options and the day, and on nothing else."""

    def make(self, folder, order):
        """The same site, its files created in another order."""
        files = {"content/site.yaml": "title: 样例群英谱\nregions: [甲区, 乙区]\n"
                                      "defaults: {status: approved, visibility: public}\n",
                 "content/awards/a.md": "---\n名称: 样例市先进个人\n级别: 市级\n类别: 先进个人\n表彰对象: 离退休干部\n来源: 样例\n---\n"}
        for i in range(24):
            name = "赵钱孙李周吴郑王"[i % 8] + "甲乙丙丁戊己"[i % 6] + "子丑寅卯"[i // 6]
            text = PERSON.format(name=name, scope="互联网", status="终审通过")
            if i % 5 == 0:
                text = text.replace("---\n\n", "照片: {文件: p.jpg, 替代文字: 近照, 拍摄者: 样例}\n---\n\n", 1)
                files[f"content/people/p{i}/p.jpg"] = self.photograph
            files[f"content/people/p{i}/index.md"] = text
        files["content/batches/2020.md"] = ("---\n荣誉项目: a\n年份: 2020\n授予机关: [样例市委]\n来源: 样例\n名单: ["
                                            + ", ".join(f"{{to: p{i}}}" for i in range(0, 24, 2)) + "]\n---\n")
        names = sorted(files)
        order.shuffle(names)
        for name in names:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[name] if isinstance(files[name], bytes) else files[name].encode())
        shutil.copytree("themes", folder / "themes")

    def setUp(self):
        super().setUp()
        self.photograph = pathlib.Path("content/people/wang-yangli/portrait.jpg").read_bytes()

    def built(self, name, seed, *options, env=None):
        folder = self.room / name
        self.make(folder, random.Random(seed))
        self.ok("build", folder, *options, env=env)
        return tree(folder / "public")

    def test_nothing_but_the_inputs_shows(self):
        first = self.built("a", 1, "-j", "1", *DAY)
        self.assertGreater(len(first), 60)
        others = {
            "two threads": self.built("b", 2, "-j", "2", *DAY),
            "another folder": self.built("又 一个/很深/的文件夹", 3, "-j", "2", *DAY),
            "another language": self.built("c", 4, *DAY, env={"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}),
            "another zone": self.built("d", 5, *DAY, env={"TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8"}),
            "the day by SOURCE_DATE_EPOCH": self.built("e", 6, env={"SOURCE_DATE_EPOCH": "1782864000"}),
            "the same in another zone": self.built(
                "f", 7, env={"SOURCE_DATE_EPOCH": "1782950399", "TZ": "Pacific/Kiritimati"}),
        }
        for what, other in others.items():
            with self.subTest(what):
                self.assertEqual([path for path in first if first[path] != other.get(path)], [])
                self.assertEqual(set(first), set(other))


if __name__ == "__main__":
    unittest.main()
