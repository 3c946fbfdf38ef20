#!/usr/bin/env python3
"""Photographs through whole builds: what is written into them, what may be downloaded, what is not made twice, and
how much memory it takes. Usage: photographs_test.py PATH-TO-QUNYING [unittest arguments]"""
import os
import pathlib
import pty
import select
import signal
import struct
import subprocess
import time
import unittest
import zlib

from site_for_tests import SiteTest, shell, told

CREDIT = ("照片: {署名: 样例市委老干部局, 版权: © 样例市 2026}\n", "样例市委老干部局", "© 样例市 2026")
SECRETS = (b"SecretCamera", b"SecretSerial", b"SecretPlace", b"GPSLatitude")


def children(pid):
    """The picture workers of a running build."""
    found = []
    try:
        for each in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            if pathlib.Path(f"/proc/{each}/comm").read_text().startswith("qunying-picture"):
                found.append(int(each))
    except OSError:
        pass
    return found


def grey_png(width, height):
    """All of one grey, since no other program here makes so large a picture."""
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(b"\0" + b"\x80" * width * 3) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def resident(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, IndexError):
        return 0


class PhotographsTest(SiteTest):
    def photograph(self, name, size="1200x800", *options):
        path = self.place("content/albums/a/" + name)
        shell("convert", "-size", "300x200", "-seed", sum(name.encode()), "plasma:tan-navy", "-resize", size + "!",
              *options, path)
        return path

    def secret(self, path):
        shell("exiftool", "-q", "-overwrite_original", "-Make=SecretCamera", "-SerialNumber=SecretSerial",
              "-GPSLatitude=31.23", "-GPSLatitudeRef=N", "-XMP:Location=SecretPlace", "-Orientation#=6", path)

    def album(self, names, more="", each=""):
        photos = "".join(f"  - {{file: {name}, alt: 样例, caption: 样例, photographer: 样例{each}}}\n" for name in names)
        self.write("content/albums/a/index.md", f"---\nid: a\ntitle: 样例影集\nsource: 样例\n{more}photos:\n{photos}---\n")

    def with_avif(self):
        theme = self.site / "themes/hall/theme.yaml"
        theme.write_text(theme.read_text().replace("formats: [jpeg, webp]", "formats: [jpeg, webp, avif]"))

    def test_pictures_say_nothing_of_themselves_but_the_credit_that_was_asked_for(self):
        self.with_avif()
        self.secret(self.photograph("one.jpg"))
        self.album(["one.jpg"])
        self.build()
        bare = {path.name for path in self.published("media/*")}
        for path in self.published("media/*"):
            self.assertFalse([name for name in told(path) if name.startswith(("IFD", "Exif", "XMP", "GPS", "ICC"))], path)
        self.assertNowhere(*SECRETS)
        self.settings(CREDIT[0])
        self.build()
        # The credit is part of what a picture is.
        self.assertEqual(self.report["pictures_made"], 1)
        self.assertFalse(bare & {path.name for path in self.published("media/*")})
        formats = set()
        for path in self.published("media/*"):
            formats.add(path.suffix)
            found = told(path)
            said = {name: value for name, value in found.items() if name.startswith(("IFD", "Exif", "XMP", "GPS", "ICC"))}
            if path.suffix == ".jpg":
                self.assertEqual(said, {"IFD0:Artist": CREDIT[1], "IFD0:Copyright": CREDIT[2]}, path)
            else:
                self.assertEqual(said, {"XMP-dc:Creator": CREDIT[1], "XMP-dc:Rights": CREDIT[2]}, path)
            # And every decoder still takes it.
            shell("convert", path, "null:")
            shell("exiftool", "-validate", "-error", "-fast", path)
        self.assertEqual(formats, {".jpg", ".webp", ".avif"})
        self.assertNowhere(*SECRETS)
        # Pixels are those of the bare pictures.
        self.settings("")
        self.build()
        self.assertEqual(bare, {path.name for path in self.published("media/*")})
        self.assertEqual(self.report["pictures_made"], 0)

    def test_pixels_do_not_change_with_the_credit(self):
        self.with_avif()
        self.photograph("one.jpg")
        self.album(["one.jpg"])
        pixels = []
        for settings in ("", CREDIT[0]):
            self.settings(settings)
            self.build()
            pixels.append(sorted(shell("convert", path, "rgb:-") for path in self.published("media/*")))
        self.assertEqual(*pixels)

    def test_originals_are_published_only_on_demand_and_then_made_anew(self):
        original = self.photograph("one.jpg", "2600x2000", "-quality", "97")
        self.secret(original)
        self.album(["one.jpg"])
        self.build()
        self.assertFalse(self.published("media/*-2000.jpg"))
        self.assertNotIn("下载照片", (self.public / "albums/a-1.html").read_text())
        self.assertNowhere(*SECRETS, original.read_bytes()[-2000:])
        for more, each in (("download: yes\n", ""), ("", ", download: yes"), ("", ", 下载: 是")):
            self.album(["one.jpg"], more, each)
            self.build()
            page = (self.public / "albums/a-1.html").read_text()
            self.assertIn("下载照片", page)
            name = page.split('href="../media/')[1].split('"')[0]
            whole = self.public / "media" / name
            # Upright: the camera was held on its side.
            self.assertEqual(shell("identify", "-format", "%wx%h %[orientation]", whole), b"2000x2600 Undefined")
            self.assertFalse([each for each in told(whole) if each.startswith(("IFD", "Exif", "XMP", "GPS"))])
            self.assertNowhere(*SECRETS, original.read_bytes()[-2000:])
            upright = self.room / "upright.png"
            shell("convert", original, "-auto-orient", upright)
            same = subprocess.run(["compare", "-metric", "PSNR", whole, upright, "null:"], capture_output=True,
                                  check=False).stderr
            self.assertGreater(float(same.split()[0]), 32)
        # One photograph may say no where its album says yes.
        self.album(["one.jpg"], "download: yes\n", ", download: no")
        self.build()
        self.assertNotIn("下载照片", (self.public / "albums/a-1.html").read_text())
        self.assertFalse(self.published("media/*-2000.jpg"))

    def test_nothing_is_made_twice_for_a_name_a_date_or_a_place(self):
        self.photograph("one.jpg")
        self.photograph("two.png")
        self.album(["one.jpg", "two.png"], "download: yes\n")
        self.build()
        self.assertEqual(self.report["pictures_made"], 2)
        here = self.site / "content/albums/a"
        os.utime(here / "one.jpg", (1, 1))
        (here / "two.png").rename(here / "other.png")
        here.rename(self.site / "content/albums/b")
        text = (self.site / "content/albums/b/index.md").read_text()
        (self.site / "content/albums/b/index.md").write_text(text.replace("two.png", "other.png"))
        self.build(path="/nonexistent")
        self.assertEqual((self.report["pictures_made"], self.report["pictures_reused"]), (0, 2))
        self.assertEqual(len(self.published("media/b-other-*")), len(self.published("media/b-one-*")))

    def test_one_photograph_is_decoded_once_however_it_is_used(self):
        self.photograph("one.jpg")
        self.place("content/albums/a/copy.jpg").write_bytes((self.site / "content/albums/a/one.jpg").read_bytes())
        uses = ["one.jpg", "one.jpg, focus: [0.2, 0.3]", "one.jpg, turn: 2", "copy.jpg, trim: yes", "copy.jpg"]
        person = ("---\nname: 王样例\nretire_kind: 退休\nformer_post: 样例局退休干部\nlife: living\n"
                  "source: 样例，人物为虚构\nconsent: {basis: 本人授权, text: yes, "
                  "portrait: yes, voice: no, signer: 本人, date: 2026-01-05, scope: [互联网]}\n"
                  "portrait: {file: p.jpg, alt: 近照, photographer: 样例}\nstatus: approved\nvisibility: public\n---\n\n故事。\n\n![样例](p.jpg)\n")
        self.place("content/people/p/p.jpg").write_bytes((self.site / "content/albums/a/one.jpg").read_bytes())
        self.write("content/people/p/index.md", person)
        self.album(uses)
        self.build()
        self.assertEqual(self.report["pictures_decoded"], 1)
        self.assertEqual(self.report["pictures_made"], 7)
        whole = {path.name: path.read_bytes() for path in self.published("media/*")}
        # A second photograph is no reason to look at the first again, nor is another name of it, nor its date.
        self.photograph("two.jpg")
        self.album([*uses, "two.jpg"])
        os.utime(self.site / "content/albums/a/one.jpg", (1, 1))
        self.build()
        self.assertEqual((self.report["pictures_decoded"], self.report["pictures_reused"]), (1, 7))
        # Whatever was kept of it, the bytes are those of a build that kept nothing.
        self.album(uses)
        subprocess.run(["rm", "-rf", self.site / ".qunying/cache/picture-bytes", self.public], check=True)
        self.build()
        self.assertEqual({path.name: path.read_bytes() for path in self.published("media/*")}, whole)
        # A picture to download is of its full size, and a job of its own.
        self.album(uses, "download: yes\n")
        self.build()
        self.assertEqual((self.report["pictures_made"], self.report["pictures_decoded"]), (0, 3))

    def test_the_lightbox_has_a_picture_of_its_own_where_the_photograph_has_more_than_the_page_shows(self):
        for name, size in (("lying.jpg", "2600x2000"), ("upright.jpg", "2000x2600"), ("small.jpg", "1700x1200")):
            self.photograph(name, size)
        self.album(["lying.jpg", "upright.jpg", "small.jpg"])
        self.place("content/pages/x.jpg").write_bytes((self.site / "content/albums/a/lying.jpg").read_bytes())
        self.write("content/pages/x.md", "---\ntitle: 样例页\n---\n\n![近照](x.jpg)\n")
        self.build()
        album, page = ((self.public / each).read_text() for each in ("albums/a.html", "pages/x.html"))
        large = self.one("media/a-lying-*-1920.jpg").name
        self.assertIn(f'data-large="../media/{large}" data-large-width="1920" data-large-height="1477"', album)
        self.assertEqual(album.count("data-large="), 1)
        self.assertIn(f'data-large="../media/{self.one("media/x-*-1920.jpg").name}"', page)
        self.assertEqual(len(self.published("media/*-1920.*")), 2)

    def test_a_build_that_was_killed_goes_on_where_it_was(self):
        names = [f"p{i}.jpg" for i in range(10)]
        for index, name in enumerate(names):
            self.photograph(name, f"{2400 + index}x1600")
        self.album(names)
        program = subprocess.Popen(self.command("build", "-o", str(self.public), "-j1"), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        made = self.site / ".qunying/cache/picture-facts"
        until = time.time() + 120
        while time.time() < until and len([path for path in made.rglob("*") if path.is_file()]) < 3:
            time.sleep(0.005)
        workers = children(program.pid)
        program.send_signal(signal.SIGKILL)
        program.wait()
        kept = len([path for path in made.rglob("*") if path.is_file()])
        self.assertGreaterEqual(kept, 3)
        self.assertLess(kept, len(names))
        self.assertFalse(self.public.exists())
        self.build()
        self.assertEqual(self.report["pictures_reused"], kept)
        self.assertEqual(self.report["pictures_made"], len(names) - kept)
        # Nor did the workers of the killed build stay.
        for worker in workers:
            self.assertNotIn("qunying", pathlib.Path(f"/proc/{worker}/comm").read_text()
                             if pathlib.Path(f"/proc/{worker}").exists() else "")

    def test_workers_keep_within_the_memory_they_are_given(self):
        names = [f"p{i}.jpg" for i in range(6)]
        for index, name in enumerate(names):
            self.photograph(name, f"{4000 + index}x3000", "-interlace", "Plane", "-quality", "90")
        self.album(names)
        for memory, most_workers in (("200M", 1), ("1G", 2)):
            self.settings(f"照片: {{内存: {memory}}}\n")
            cache = self.site / ".qunying"
            subprocess.run(["rm", "-rf", cache, self.public], check=True)
            program = subprocess.Popen(self.command("build", "-o", str(self.public), "-j2"),
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            most, peak = 0, 0
            while program.poll() is None:
                workers = children(program.pid)
                most = max(most, len(workers))
                peak = max(peak, sum(resident(each) for each in workers))
                time.sleep(0.003)
            self.assertEqual(program.returncode, 0)
            self.assertEqual(most, most_workers, memory)
            if memory == "200M":
                self.assertLess(peak, 200 << 20)

    def test_a_budget_nobody_can_read_is_named(self):
        for wrong in ("很多", "12M", "-3G"):
            self.settings(f"照片: {{内存: {wrong}}}\n")
            self.assertIn("[bad-memory-size]", self.build(code=1))
        self.settings("pictures: {memory: 0.5 GB}\n")
        self.build()

    def test_a_picture_too_large_to_be_offered_whole_is_shown_all_the_same(self):
        self.write("content/albums/a/large.png", grey_png(9990, 9990))
        self.album(["large.png"], "download: yes\n")
        said = self.build()
        page = (self.public / "albums/a-1.html").read_text()
        self.assertTrue(self.published("media/a-large-*-1600.jpg"))
        self.assertIn("[picture-download-failed]", said)
        self.assertNotIn("下载照片", page)

    def test_a_terminal_sees_one_line_that_never_wraps_and_is_gone_at_the_end(self):
        names = [f"p{i}.jpg" for i in range(4)]
        for name in names:
            self.photograph(name, "3000x2000")
        self.album(names)
        leader, follower = pty.openpty()
        program = subprocess.Popen(self.command("build", "-o", str(self.public), "-j1"), stdout=subprocess.DEVNULL,
                                   stderr=follower, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm",
                                                         "COLUMNS": "80"})
        os.close(follower)
        seen = b""
        while True:
            ready, _, _ = select.select([leader], [], [], 60)
            try:
                piece = os.read(leader, 65536) if ready else b""
            except OSError:
                break
            if not piece:
                break
            seen += piece
        self.assertEqual(program.wait(), 0)
        text = seen.decode()
        self.assertIn("处理照片 [", text)
        self.assertIn("content/albums/a/p", text)
        bar = text[:text.rindex("\r\033[K") + 4]
        self.assertNotIn("\n", bar)
        self.assertTrue(text[len(bar):].strip() == "" or "\r" not in text[len(bar):].strip())
        # A line is written over, never cleared first.
        self.assertNotIn("\r\033[K处", text)


if __name__ == "__main__":
    unittest.main()
