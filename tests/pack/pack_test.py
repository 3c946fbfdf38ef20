#!/usr/bin/env python3
"""Packs from the editor's desk to a screen. Usage: pack_test.py QUNYING QUNYING-INSTALL PACK-DRIVER [unittest arguments]"""
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

from range_server import RangeServer

PROGRAM, INSTALLER, DRIVER = (os.path.abspath(sys.argv.pop(1)) for _ in range(3))
DAY = ["--as-of", "2026-07-01"]

PERSON = """---
姓名: {name}
类别: 退休
原单位职务: 样例局退休干部
在世状态: 在世
来源: 样例
授权: {{依据: 本人授权, 文字: 是, 肖像: 是, 声音: 否, 签署人: 本人, 签署日期: 2026-01-05, 范围: [互联网, 场馆]}}
状态: 终审通过
公开范围: {reach}
---

{story}
"""


def run(*words, env=None):
    around = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC"}
    around.update(env or {})
    done = subprocess.run([str(word) for word in words], env=around, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def tree(folder):
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


class Room(unittest.TestCase):
    def setUp(self):
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-pack-"))
        self.addCleanup(shutil.rmtree, self.room, ignore_errors=True)
        self.key, self.screen = self.room / "key", self.room / "screen"

    def ok(self, *words, env=None):
        code, out, err = run(*words, env=env)
        self.assertEqual(code, 0, out + err)
        return out

    def refused(self, *words, code=None, says=""):
        got, out, err = run(*words)
        self.assertNotEqual(got, 0, out)
        if code is not None:
            self.assertEqual(got, code, out + err)
        self.assertIn(says, err)
        return err

    def install(self, pack, trust=None, screen=None):
        return [INSTALLER, "install", pack, "--to", screen or self.screen, "--trust", trust or f"{self.key}.pub"]

    def choose(self, trust=None):
        return self.ok(INSTALLER, "choose", "--to", self.screen, "--trust", trust or f"{self.key}.pub").strip()

    def current(self):
        script = (self.screen / "current.js").read_text()
        return json.loads(re.fullmatch(r"QunyingKiosk\((.*)\);\n", script).group(1))

    # Packs without a site.
    def make(self, name, files, sequence, key=None, site="hall", part_size=2_000_000):
        folder = self.room / f"files-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        self.ok(DRIVER, "make", folder, self.room / name, key or self.key, sequence, site, part_size)
        return self.room / name


class FromTheDesk(Room):
    """keygen, bundle, install, start: the programs as people call them, on a real site."""
    def setUp(self):
        super().setUp()
        self.site, self.stick = self.room / "site", self.room / "stick"
        self.ok(PROGRAM, "init", self.site)
        self.ok(PROGRAM, "keygen", "-o", self.key)
        self.write("hall-only", "样例场馆", "只在场馆里讲的故事。", reach="场馆大屏")

    def write(self, slug, name, story, reach="互联网"):
        (self.site / f"content/people/{slug}.md").write_text(PERSON.format(name=name, story=story, reach=reach))

    def bundle(self, *more, env=None):
        return self.ok(PROGRAM, "bundle", self.site, "-o", self.stick, "--key", self.key, *DAY, *more, env=env)

    def test_a_pack_is_made_and_shown(self):
        said = self.bundle()
        self.assertIn("已做好更新包", said)
        self.assertFalse((self.site / "public").exists())
        self.assertIn("更新包完好", self.ok(INSTALLER, "verify", self.stick, "--trust", f"{self.key}.pub"))
        self.assertIn("已装好", self.ok(*self.install(self.stick)))
        folder = pathlib.Path(self.choose())
        self.assertEqual(folder.parent, self.screen.resolve() / "releases")
        self.assertIn("只在场馆里讲的故事", (folder / "people/hall-only.html").read_text())
        self.assertEqual(self.current()["release"], folder.name)
        self.assertEqual(self.current()["built"], "2026-07-01")
        self.assertEqual(self.current()["result"], "ok")
        self.assertIn("启动成功", self.ok(INSTALLER, "confirm", "--to", self.screen))
        self.assertIn("正在使用", self.ok(INSTALLER, "status", "--to", self.screen))
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(manifest["audience"], "venue")
        files = {path: entry["blake2b"] for path, entry in manifest["files"].items()}
        self.assertEqual(files, {path: hashlib.blake2b((folder / path).read_bytes(), digest_size=32).hexdigest()
                                 for path in tree(folder) if path != "manifest.json"})
        # The whole program does the same.
        other = self.room / "other"
        self.ok(PROGRAM, "install", self.stick, "--to", other, "--trust", f"{self.key}.pub")
        chosen = self.ok(PROGRAM, "install", "choose", "--to", other, "--trust", f"{self.key}.pub").strip()
        self.assertEqual(tree(chosen), tree(folder))

    def test_the_next_pack_is_newer_and_the_web_site_is_not_disturbed(self):
        self.ok(PROGRAM, "build", self.site, *DAY)
        before = tree(self.site / "public")
        self.bundle()
        self.ok(*self.install(self.stick))
        first = self.current()["sequence"]
        self.write("new", "样例新", "新的故事。")
        self.bundle()
        self.assertEqual(len(list(self.stick.glob("*.zip"))), 1)
        self.assertEqual(len({path.name.split("-")[1] for path in (self.stick / "qunying-pack").glob("part-*")}), 1)
        said = self.ok(*self.install(self.stick))
        self.assertGreater(self.current()["sequence"], first)
        self.assertNotIn("其中 0 个与原来相同", said)
        self.assertIn("新的故事", (pathlib.Path(self.choose()) / "people/new.html").read_text())
        self.assertEqual(tree(self.site / "public"), before)
        self.assertEqual(sorted(path.name for path in (self.screen / "releases").iterdir()),
                         sorted([str(first), str(self.current()["sequence"])]))

    def test_the_pages_of_the_web_are_remembered_beside_those_of_a_venue(self):
        self.ok(PROGRAM, "build", self.site, *DAY)
        self.bundle()
        self.write("new", "样例新", "新的故事。")
        said = self.ok(PROGRAM, "build", self.site, *DAY, "--explain")
        self.assertNotIn("pages/about.html", said)

    def test_sequences_rise_whatever_the_clock_says(self):
        numbers = []
        for epoch in ("1800000000", "1700000000", "1800000000"):
            self.bundle(env={"SOURCE_DATE_EPOCH": epoch})
            numbers.append(int(re.search(r"版本 (\d+)", self.ok(INSTALLER, "verify", self.stick, "--trust",
                                                                f"{self.key}.pub")).group(1)))
        self.assertEqual(numbers, [1800000000, 1800000001, 1800000002])
        shutil.rmtree(self.site / ".qunying")
        shutil.rmtree(self.stick)
        self.bundle("--after", "1900000000", env={"SOURCE_DATE_EPOCH": "1800000000"})
        self.assertIn("版本 1900000001", self.ok(INSTALLER, "verify", self.stick, "--trust", f"{self.key}.pub"))

    def test_the_same_content_gives_the_same_bytes(self):
        def once():
            shutil.rmtree(self.site / ".qunying", ignore_errors=True)
            shutil.rmtree(self.stick, ignore_errors=True)
            self.bundle(env={"SOURCE_DATE_EPOCH": "1800000000", "TZ": random.choice(["UTC", "Asia/Shanghai"])})
            return tree(self.stick)
        self.assertEqual(once(), once())

    def test_the_zip_is_for_people(self):
        self.bundle()
        archive, = self.stick.glob("*.zip")
        with zipfile.ZipFile(archive) as zipped:
            self.assertIsNone(zipped.testzip())
            names = zipped.namelist()
            for name in ("index.html", "start-windows.cmd", "start-linux.sh", "people/hall-only.html"):
                self.assertIn(name, names)
            self.assertEqual(len(names), len(set(names)))
            self.assertTrue((zipped.getinfo("start-linux.sh").external_attr >> 16) & stat.S_IXUSR)
            self.assertEqual({info.date_time[0] for info in zipped.infolist()}, {1980})
            unpacked = self.room / "unpacked"
            zipped.extractall(unpacked)
        self.ok(*self.install(self.stick))
        expected = tree(self.choose())
        found = {path: digest for path, digest in tree(unpacked).items() if not path.startswith("start-")}
        self.assertEqual(found, expected)

    def test_what_is_no_pack_of_ours_is_not_overwritten(self):
        folder = self.stick / "qunying-pack"
        folder.mkdir(parents=True)
        (folder / "photo.jpg").write_bytes(b"J")
        words = [PROGRAM, "bundle", self.site, "-o", self.stick, "--key", self.key, *DAY]
        self.assertIn("没有改动", self.refused(*words, code=3))
        self.assertEqual(tree(self.stick), tree(self.stick) | {"qunying-pack/photo.jpg": hashlib.sha256(b"J").hexdigest()})
        (folder / "photo.jpg").unlink()
        self.make("foreign", {"index.html": b"1"}, 5, site="other-hall")
        for path in (self.room / "foreign").iterdir():
            shutil.copy(path, folder)
        before = tree(folder)
        self.refused(*words, code=3)
        self.assertEqual(tree(folder), before)

    def test_a_bundle_that_was_killed_leaves_the_old_pack_good(self):
        self.bundle()
        self.write("new", "样例新", "新的故事。" * 2000)
        for wait in (0.05, 0.1, 0.2, 0.3):
            words = [PROGRAM, "bundle", self.site, "-o", self.stick, "--key", self.key, *DAY]
            process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.kill()
            process.wait()
            self.ok(INSTALLER, "verify", self.stick, "--trust", f"{self.key}.pub")
        self.bundle()
        names = {path.name for path in (self.stick / "qunying-pack").iterdir()}
        self.assertFalse([name for name in names if name.endswith(".tmp")])
        self.ok(*self.install(self.stick))
        self.assertIn("新的故事", (pathlib.Path(self.choose()) / "people/new.html").read_text())

    def test_personal_data_stops_a_pack(self):
        self.write("leak", "样例漏", "有事请打 13812345678。")
        code, out, err = run(PROGRAM, "bundle", self.site, "-o", self.stick, "--key", self.key, *DAY)
        self.assertEqual(code, 1, out + err)
        self.assertNotIn("13812345678", out + err)
        self.assertFalse((self.stick / "qunying-pack").exists())

    def test_content_with_errors_makes_no_pack(self):
        self.write("bad", "样例错", "[[没有这个人]]")
        (self.site / "content/people/bad.md").write_text("---\n姓名: 样例\n出生: 一九四九\n---\n")
        code, out, _ = run(PROGRAM, "bundle", self.site, "-o", self.stick, "--key", self.key, *DAY)
        self.assertEqual(code, 1)
        self.assertIn("没有制作更新包", out)
        self.assertFalse(self.stick.exists())

    def test_keys_are_secret_and_never_overwritten(self):
        self.assertEqual(stat.S_IMODE(self.key.stat().st_mode), 0o600)
        before = tree(self.room)
        self.refused(PROGRAM, "keygen", "-o", self.key, code=2, says="从不覆盖")
        self.assertEqual(tree(self.room), before)
        self.refused(PROGRAM, "keygen", "-o", self.room / "k2", "--rotate", f"{self.key}.pub", code=2)
        self.refused(PROGRAM, "bundle", self.site, "-o", self.stick, "--key", f"{self.key}.pub", code=2)
        _, _, err = run(PROGRAM, "keygen", "-o", self.site / "key")
        self.assertIn("网站文件夹", err)

    def test_a_key_is_followed_by_another(self):
        self.bundle()
        self.ok(*self.install(self.stick))
        old_pack = self.room / "old"
        shutil.copytree(self.stick, old_pack)
        new_key = self.room / "key-2"
        self.assertIn("第 2 任", self.ok(PROGRAM, "keygen", "-o", new_key, "--rotate", self.key))
        self.ok(PROGRAM, "bundle", self.site, "-o", self.stick, "--key", new_key, *DAY)
        self.ok(*self.install(self.stick))  # with the trust file of the first key
        self.bundle()
        self.refused(*self.install(self.stick), code=1, says="停用的旧密钥")
        self.choose()
        self.choose(trust=f"{new_key}.pub")


class Refusals(Room):
    def setUp(self):
        super().setUp()
        self.ok(DRIVER, "key", self.key)
        self.files = {"index.html": b"one", "people/a.html": b"a" * 5000, "media/a.jpg": random.Random(1).randbytes(50_000)}
        self.pack = self.make("pack", self.files, 10, part_size=20_000)
        self.ok(*self.install(self.pack))
        self.before = tree(self.screen / "releases")

    def stays(self):
        self.assertEqual(tree(self.screen / "releases"), self.before)
        self.assertEqual(self.current()["release"], "10")

    def test_each_has_a_sentence(self):
        next_files = self.files | {"index.html": b"two"}
        self.refused(*self.install(self.make("old", self.files, 9)), code=1, says="旧")
        self.refused(*self.install(self.make("foreign", next_files, 11, site="else")), code=1, says="另一个网站（else）")
        other_key = self.room / "other-key"
        self.ok(DRIVER, "key", other_key)
        self.refused(*self.install(self.make("stranger", next_files, 11, key=other_key)), code=1, says="信任的单位")
        good = self.make("good", next_files, 11, part_size=20_000)
        self.refused(*self.install(self.room), code=1, says="没有更新包")
        self.refused(*self.install(good, trust=self.key), code=2, says="不是信任文件")
        self.refused(INSTALLER, "install", good, "--to", self.screen, code=2, says="--trust")
        self.refused(INSTALLER, "install", good, "--to", self.room, "--trust", f"{self.key}.pub", code=2, says="别的东西")
        part = sorted(good.glob("part-*"))[1]
        data = part.read_bytes()
        part.write_bytes(data[:-1])
        self.refused(*self.install(good), code=1, says="不完整")
        part.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        self.refused(*self.install(good), code=1, says="已损坏")
        self.assertIn("已损坏", self.current()["last_error"])
        part.unlink()
        self.refused(*self.install(good), code=1, says="不完整")
        self.stays()
        part.write_bytes(data)
        self.ok(*self.install(good))
        self.assertEqual(self.current()["last_error"], "")

    def test_a_limit_and_a_full_disk(self):
        big = self.make("big", {"media/film.mp4": b"\0" * (3 << 20)}, 11)
        sparse = sorted(big.glob("part-*"))[0]
        self.assertTrue(sparse.exists())
        words = [*self.install(big), "--max-size", "0"]
        self.refused(*words, code=2, says="--max-size")
        self.stays()

    def test_killed_at_any_time_it_opens_the_old_or_the_new(self):
        files = {f"people/p{i}.html": bytes(str(i), "ascii") * 200 for i in range(200)}
        trees = {}
        for version in (11, 12):
            content = files | {"index.html": str(version).encode(), "media/b.jpg": random.Random(version).randbytes(3 << 20)}
            pack = self.make("next", content, version)
            trees[version] = {path: hashlib.sha256(data).hexdigest() for path, data in content.items()}
        trees[10] = {path: hashlib.sha256(data).hexdigest() for path, data in self.files.items()}
        chance = random.Random(3)
        before = self.room / "before"
        shutil.copytree(self.screen, before, symlinks=True)
        for _ in range(25):
            # Each installation begins anew: one that had time to end must not count as the next one's start.
            shutil.rmtree(self.screen)
            shutil.copytree(before, self.screen, symlinks=True, copy_function=os.link)
            process = subprocess.Popen([str(word) for word in self.install(pack)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
            process.wait()
            self.assertIn(tree(self.choose()), list(trees.values()))
        self.ok(*self.install(pack))
        self.assertEqual(tree(self.choose()), trees[12])


class FromAnAddress(Room):
    def setUp(self):
        super().setUp()
        self.ok(DRIVER, "key", self.key)
        chance = random.Random(2)
        self.files = {f"people/p{i:03}.html": f"<p>{i}</p>".encode() * 100 for i in range(300)}
        self.files |= {f"media/m{i}.jpg": chance.randbytes(100_000) for i in range(20)}
        self.www = self.room / "www"
        self.www.mkdir()
        self.publish(self.files, 10)

    def publish(self, files, sequence):
        pack = self.make("made", files, sequence, part_size=700_000)
        target = self.www / "qunying-pack"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(pack, target)
        self.sum = sum(map(len, files.values()))

    def opened(self):
        folder = pathlib.Path(self.choose())
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def parts(self, server):
        return sum(count for name, count in server.sent.items() if name.startswith("part-"))

    def test_one_changed_story_costs_its_bytes(self):
        with RangeServer(self.www) as server:
            self.ok(*self.install(server.address))
            self.assertEqual(self.opened(), self.files)
            self.assertEqual(self.parts(server), self.sum)
            parts = [path for path, _ in server.requests if "part-" in path]
            self.assertEqual(len(parts), 4)  # one request a part: 2.2 MB in parts of 0.7 MB
            story = b"<p>a new story</p>" * 50
            self.publish(self.files | {"people/p007.html": story}, 11)
            server.forget()
            said = self.ok(*self.install(server.address + "/qunying-pack/"))
            self.assertEqual(self.parts(server), len(story))
            manifest = (self.www / "qunying-pack/manifest.qy").stat().st_size
            self.assertEqual(server.total, len(story) + manifest)
            print(f"one changed story of {len(story)} bytes: {server.total} bytes fetched, {manifest} of them the "
                  f"manifest, of a pack of {self.sum}")
            self.assertIn("900 B", said)
            server.forget()
            self.assertIn("已是最新", self.ok(*self.install(server.address + "/qunying-pack/manifest.qy")))
            self.assertEqual(server.total, manifest)

    def test_a_line_that_breaks_goes_on_where_it_broke(self):
        with RangeServer(self.www) as server:
            manifest = (self.www / "qunying-pack/manifest.qy").stat().st_size
            server.break_after = manifest + 1_000_000
            self.refused(*self.install(server.address), "--retries", "1", code=3, says="下载时中断")
            self.assertFalse((self.screen / "releases").exists())
            server.break_after = None
            self.ok(*self.install(server.address))
            self.assertEqual(self.opened(), self.files)
            self.assertEqual(self.parts(server), self.sum)  # no byte twice

    def test_killed_and_started_again_it_fetches_no_more_than_the_rest(self):
        with RangeServer(self.www) as server:
            for wait in (0.05, 0.1, 0.15):
                process = subprocess.Popen([str(word) for word in self.install(server.address)],
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(wait)
                process.send_signal(signal.SIGKILL)
                process.wait()
            self.ok(*self.install(server.address))
            self.assertEqual(self.opened(), self.files)

    def test_a_server_that_is_busy_is_asked_again(self):
        with RangeServer(self.www) as server:
            server.refuse = 1
            self.ok(*self.install(server.address))
            self.assertEqual(self.opened(), self.files)

    def test_moved_addresses_are_followed(self):
        with RangeServer(self.www) as server:
            server.moved = True
            self.ok(*self.install(server.address))
            self.assertEqual(self.opened(), self.files)

    def test_what_a_server_cannot_do_is_said(self):
        with RangeServer(self.www) as server:
            self.refused(*self.install(server.address + "/elsewhere"), code=3, says="没有这个文件")
            self.ok(*self.install(server.address))
            self.publish(self.files | {"people/p007.html": b"new"}, 11)
            server.ranges = False
            self.refused(*self.install(server.address), code=3, says="Range")
            server.ranges = True
            part = sorted((self.www / "qunying-pack").glob("part-*"))[2]  # the one that has the story
            data = part.read_bytes()
            part.write_bytes(data + b"x")
            self.refused(*self.install(server.address), code=1, says="不完整")
            part.unlink()
            self.refused(*self.install(server.address), code=3, says="没有这个文件")
            part.write_bytes(bytes(len(data)))
            self.refused(*self.install(server.address), code=1, says="已损坏")
            part.write_bytes(data)
            self.assertEqual(self.opened(), self.files)
            self.ok(*self.install(server.address))

    def test_nobody_there_and_no_curl(self):
        self.refused(*self.install("http://127.0.0.1:9/"), "--retries", "0", code=3, says="下载时中断")
        code, _, err = run(*self.install("http://127.0.0.1:9/"), env={"PATH": str(self.room)})
        self.assertEqual(code, 3)
        self.assertIn("curl", err)
        self.assertIn("U 盘", err)


class StaticProgram(unittest.TestCase):
    def test_it_needs_no_library(self):
        if b"__asan" in pathlib.Path(INSTALLER).read_bytes():
            self.skipTest("sanitizers know no static programs")
        code, out, err = run("ldd", INSTALLER)
        self.assertIn("not a dynamic executable", out + err)
        self.assertEqual(code, 1)

    def test_it_tells_how_it_is_called(self):
        code, out, _ = run(INSTALLER, "--help")
        self.assertEqual(code, 0)
        self.assertIn("choose", out)
        self.assertEqual(run(INSTALLER)[0], 2)
        self.assertEqual(run(INSTALLER, "--version")[0], 0)
        for words in (["instal", "x"], ["choose"], ["confirm"], ["install", "a", "b", "--to", "x", "--trust", "y"],
                      ["choose", "--to"], ["choose", "--to", "x", "--frob", "y"]):
            self.assertEqual(run(INSTALLER, *words)[0], 2, words)


if __name__ == "__main__":
    unittest.main()
