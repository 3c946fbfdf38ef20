#!/usr/bin/env python3
"""Scenario 12 of the domain: numbers planted in every place stop the build, are named with file and place, and stand
in no log. Usage: leaks_test.py PATH-TO-QUNYING [unittest arguments]"""
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from planted import (ADDRESS, ADDRESS_MASKED, CARD, CARD_MASKED, ID, ID_MASKED, MOBILE, MOBILE_MASKED, docx,  # noqa: E402
                     paragraph, pdf, pdf_of_glyphs)
from site_for_tests import SiteTest, shell  # noqa: E402

PERSON = """---
name: 王样例
retire_kind: 退休
former_post: 样例局退休干部
life: living
source: 样例
portrait: {file: portrait.jpg, alt: %s, photographer: 样例}
consent: {text: yes, portrait: yes, voice: yes, signer: 本人, date: 2025-03-01, scope: [互联网, 场馆]}
status: approved
visibility: public
---
%s
"""
RAW = (ID, MOBILE, CARD, "幸福小区5幢", "138 1234 1234", "1381234", "20021", "002x", "东路88号")


class LeaksTest(SiteTest):
    def person(self, story="故事。", alt="王样例近照", folder="wang-yangli"):
        self.write(f"content/people/{folder}/index.md", PERSON % (alt, story))
        if not (self.site / f"content/people/{folder}/portrait.jpg").exists():
            self.photograph(f"content/people/{folder}/portrait.jpg")

    def photograph(self, path, *tags):
        place = self.place(path)
        shell("convert", "-size", "900x1200", "-seed", "7", "plasma:tan-navy", place)
        if tags:
            shell("exiftool", "-q", "-overwrite_original", *tags, place)

    def assertMasked(self, said):
        for secret in RAW:
            self.assertNotIn(secret, said)

    def refused(self, *expected, ident):
        """The build stops and says so, masked, and nothing is published."""
        said = self.build(code=1)
        for each in (*expected, ident):
            self.assertIn(each, said)
        self.assertMasked(said)
        self.assertFalse(self.public.exists())
        return said

    def masked_in_every_format(self, ident):
        for form in ("json", "sarif", "text"):
            code, checked = self.run_program("check", "--format", form)
            self.assertEqual(code, 1)
            self.assertIn(ident, checked)
            self.assertMasked(checked)
        code, checked = self.run_program("check", "--lang", "en")
        self.assertIn("there is a mobile number", checked)
        self.assertMasked(checked)

    def built(self):
        said = self.build()
        self.assertNowhere(*(secret.encode() for secret in RAW))
        return said

    def test_scenario_twelve(self):
        self.photograph("content/people/wang-yangli/portrait.jpg", "-ImageDescription=联系" + MOBILE,
                        "-GPSLatitude=31.23", "-GPSLatitudeRef=N", "-GPSLongitude=121.47", "-GPSLongitudeRef=E")
        self.person(alt=ADDRESS)
        self.write("content/people/wang-yangli/事迹.docx", docx(comments=paragraph("身份证" + ID[:6], ID[6:])))
        self.write("assets/menu.pdf", pdf(page=b"BT /F1 12 Tf 72 700 Td (Tel %s) Tj ET" % MOBILE.encode()))
        self.write("assets/map.pdf", pdf(xmp=b"<x exif:GPSLatitude='31,13.8N'/>"))
        said = self.refused("照片的拍摄信息里有手机号“138****1234”", ADDRESS_MASKED, "事迹.docx”的批注里有身份证号“" + ID_MASKED,
                            "assets/menu.pdf”的正文里有手机号", "content/people/wang-yangli/index.md:7:", ident="id-number")
        self.assertIn("assets/map.pdf", said)
        self.assertIn("[location-in-file]", said)
        self.masked_in_every_format("mobile-number")
        self.assertIn("1 张照片的原件里记有拍摄地点：content/people/wang-yangli/portrait.jpg [location-in-photographs]", said)

    def test_texts(self):
        for story, ident, masked in (
                ("身份证号" + ID, "id-number", ID_MASKED), ("电话 138 1234 1234。", "mobile-number", "138 **** 1234"),
                ("电话１３８１２３４１２３４。", "mobile-number", "１３８＊＊＊＊１２３４"), ("卡号" + CARD, "bank-card", CARD_MASKED),
                ("家住" + ADDRESS + "。", "home-address", ADDRESS_MASKED), ("家住平江街道东路88号。", "home-address", ADDRESS_MASKED[:5]), ("[联系](tel:%s)" % MOBILE, "mobile-number", "138"),
                ("<!-- " + MOBILE + " -->", "mobile-number", MOBILE_MASKED)):
            with self.subTest(ident=ident, story=story):
                self.person(story)
                self.refused(masked, "content/people/wang-yangli/index.md:", ident=ident)

    def test_fields_settings_names_and_subtitles(self):
        self.person()
        self.write("content/people/wang-yangli/index.md",
                   (PERSON % ("近照", "故事。")).replace("signer: 本人", "signer: 本人, file_no: '%s'" % MOBILE))
        self.refused(MOBILE_MASKED, ident="mobile-number")
        self.person()
        self.write("content/people/wang-yangli/index.md",
                   (PERSON % ("近照", "故事。")).replace("source: 样例", 'source: "\\u0031\\u00338 1234 1234"'))
        self.refused("第 6 行的转义字符里有手机号", ident="mobile-number")
        self.person()
        self.settings("footer: {contact: 值班 %s}\n" % MOBILE)
        self.refused("content/site.yaml:", ident="mobile-number")
        self.settings("")
        self.write(f"assets/list-{MOBILE}.txt", "名单")
        self.refused("文件名里有手机号“138****1234”", ident="mobile-number")
        (self.site / f"assets/list-{MOBILE}.txt").unlink()
        self.write("content/people/wang-yangli/says.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n我的电话是{MOBILE}\n")
        self.refused("says.vtt:4:6", ident="mobile-number")
        (self.site / "content/people/wang-yangli/says.vtt").unlink()
        self.built()

    def test_photographs_and_documents(self):
        self.person()
        portrait = "content/people/wang-yangli/portrait.jpg"
        for tag in ("-Artist=", "-XMP-dc:Description=", "-IPTC:Caption-Abstract=", "-UserComment=", "-XPComment=",
                    "-Comment="):
            with self.subTest(tag=tag):
                self.photograph(portrait, tag + "电话 " + MOBILE if tag.startswith("-X") else tag + "Tel " + MOBILE)
                self.refused("照片的拍摄信息里", ident="mobile-number")
        self.photograph(portrait)
        for name, data, place in (
                ("a.docx", docx(body=paragraph("138", "1234", "1234")), "正文里"),
                ("b.docx", docx(author=MOBILE), "文档属性里"),
                ("c.docx", docx(more=[("word/footer1.xml", "<w:p>" + MOBILE + "</w:p>")]), "页眉页脚里"),
                ("d.xlsx", docx(more=[("xl/worksheets/sheet1.xml", f"<c><v>{MOBILE}</v></c>")]), "正文里"),
                ("e.docx", docx(more=[("word/media/a.jpg", self.jpeg_with(MOBILE))]), "插图的拍摄信息里"),
                ("f.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + ("电话" + MOBILE + "。").encode("utf-16-le"),
                 "正文里")):
            with self.subTest(name=name):
                path = self.write("content/people/wang-yangli/" + name, data)
                self.refused(place + "有手机号“138****1234”", name, ident="mobile-number")
                path.unlink()
        self.built()

    def jpeg_with(self, words):
        path = self.room / "inner.jpg"
        shell("convert", "-size", "20x20", "xc:tan", path)
        shell("exiftool", "-q", "-overwrite_original", "-Artist=" + words, path)
        return path.read_bytes()

    def test_pdf(self):
        self.person()
        note = b"8 0 obj << /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (%s) >> endobj\n"
        utf16 = b"<feff" + ("电话" + MOBILE).encode("utf-16-be").hex().encode() + b">"
        shown = MOBILE.encode()
        for data, place in ((pdf(info=b"/Author (%s)" % shown), "文档属性里"), (pdf(info=b"/Title " + utf16), "文档属性里"),
                            (pdf(more=note % shown), "批注里"), (pdf_of_glyphs("电话" + MOBILE + "。"), "正文里"),
                            (pdf(page=b"BT /F1 12 Tf 72 700 Td [(138) -20 (1234) -20 (1234)] TJ ET"), "正文里"),
                            (pdf(page=b"BT /F1 12 Tf 72 700 Td (138) Tj 20 0 Td (1234) Tj 20 0 Td (1234) Tj ET"), "正文里"),
                            (pdf(xmp=b"<dc:creator>%s</dc:creator>" % shown), "文档属性里")):
            with self.subTest(place=place, data=data[:300]):
                self.write("assets/decision.pdf", data)
                self.refused(place + "有手机号“138****1234”", ident="mobile-number")
        self.write("assets/decision.pdf", pdf(trailer=b"/Encrypt 9 0 R"))
        self.refused("“assets/decision.pdf”打不开（设有密码）", ident="file-unreadable")
        self.write("assets/decision.pdf", b"%PDF-1.4\nnothing of it is left")
        self.refused("已损坏", ident="file-unreadable")
        self.write("assets/decision.pdf", pdf(page=b"q 10 0 0 10 0 0 cm /Im1 Do Q"))
        self.assertIn("[file-not-checked]", self.built())
        self.settings("词表: {放行: [decision.pdf]}\n")
        self.assertNotIn("decision.pdf", self.built())
        self.settings("")
        self.write("assets/decision.pdf", pdf(page=b"BT /F1 12 Tf 72 700 Td (2020 11 13 1949) Tj ET"))
        self.assertNotIn("警告", self.built())

    @unittest.skipUnless(shutil.which("chromium"), "no chromium")
    def test_pdf_of_a_browser(self):
        page = self.room / "page.html"
        page.write_text(f"<meta charset=utf-8><p>联系电话：{MOBILE}</p><p>家住{ADDRESS}</p>", encoding="utf-8")
        made = self.place("assets/printed.pdf")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                        f"--user-data-dir={self.room / 'profile'}", f"--print-to-pdf={made}", page.as_uri()],
                       capture_output=True, timeout=60)
        self.assertTrue(made.exists())
        self.person()
        self.refused("printed.pdf”的正文里有手机号“138****1234”", "printed.pdf”的正文里有像家庭住址的文字", ident="home-address")

    def test_drafts_and_private_fields_are_left_alone(self):
        self.person()
        self.write("content/people/li-caogao/index.md", "---\nname: 李草稿\n---\n电话" + MOBILE + "\n")
        self.write("content/people/li-caogao/a.docx", docx(body=paragraph(MOBILE)))
        self.built()

    def test_an_editor_lets_pass_what_is_public(self):
        self.person("预约请打" + MOBILE + "，地址是平江街道人民路100号3幢301室。")
        self.refused(MOBILE_MASKED, ident="mobile-number")
        self.settings("词表: {放行: ['138-1234-1234', 人民路100号3幢301室]}\n")
        self.build()
        self.assertIn(MOBILE, (self.public / "people/wang-yangli.html").read_text())

    def test_publish_and_bundle_refuse(self):
        self.person()
        self.built()
        theme = self.site / "themes/hall/templates/layout.html"
        theme = theme if theme.exists() else next(
            each for each in sorted(self.site.glob("themes/hall/templates/*.html")) if "</body>" in each.read_text())
        theme.write_text(theme.read_text().replace("</body>", "<p>138<b>1234</b>1234</p></body>"))
        self.build()
        self.write("content/publish.yaml", f"targets:\n  - {{name: web, kind: directory, to: {self.room / 'web'}}}\n")
        done = subprocess.run([self.command("x")[0], "publish", "web", "--site", str(self.site), "--from",
                               str(self.public)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("138****1234", done.stdout + done.stderr)
        self.assertMasked(done.stdout + done.stderr)
        self.assertFalse(any((self.room / "web").glob("**/*.html")))
        key = self.room / "site.key"
        shell(self.command("x")[0], "keygen", "-o", key)
        done = subprocess.run([self.command("x")[0], "bundle", str(self.site), "-o", str(self.room / "pack"), "--key",
                               str(key), "--as-of", "2026-07-01"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("138****1234", done.stdout + done.stderr)
        self.assertFalse((self.room / "pack").exists() and any((self.room / "pack").iterdir()))


if __name__ == "__main__":
    unittest.main()
