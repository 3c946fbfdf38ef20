#!/usr/bin/env python3
"""Films, sounds and subtitles. Usage: films_test.py PATH-TO-QUNYING [unittest arguments]"""
import os
import shutil
import unittest

from site_for_tests import SiteTest, shell, told

PLACE = "+31.2304+121.4737/"
NO_PROGRAMS = "/nonexistent"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v 王样例>您好\n"
VIDEO = "---\ntitle: 样例片\nfile: {file}\n{more}subtitles: s.vtt\nsource: 样例\nstatus: approved\nvisibility: public\n---\n"
GIVEN = "duration: \"0:04\"\nposter: {file: poster.jpg, alt: 封面}\n"
SAID = ["-metadata", "location=" + PLACE, "-metadata", "comment=secret-camera", "-metadata", "title=secret-title"]


def decoded(path):
    """Digests of every picture and every sound of a film."""
    return shell("ffmpeg", "-v", "error", "-i", path, "-map", "0:v?", "-map", "0:a?", "-f", "framemd5", "-")


class FilmsTest(SiteTest):
    def film(self, name, *options, seconds=4, video=("-c:v", "libx264", "-pix_fmt", "yuv420p"), audio=("-c:a", "aac")):
        path = self.place("content/videos/v/" + name)
        shell("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s=320x240:r=10:d={seconds}", "-f", "lavfi",
              "-i", f"sine=d={seconds}", *video, *audio, *options, path)
        return path

    def video(self, file="film.mp4", more="", subtitles=VTT):
        self.write("content/videos/v/index.md", VIDEO.format(file=file, more=more))
        self.write("content/videos/v/s.vtt", subtitles)

    def sound(self, name, *options):
        path = self.place("content/people/p/" + name)
        shell("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=3", *options, path)
        self.write("content/people/p/index.md", "---\nname: 王样例\nretire_kind: 退休\nformer_post: 样例局\n"
                   f"life: living\nsource: 样例\nreading: {name}\nstatus: approved\nvisibility: public\n"
                   "consent: {basis: 本人授权, text: yes, portrait: yes, voice: yes, signer: 本人, date: 2025-03-01, "
                   "scope: [互联网]}\n---\n")
        return path

    def poster(self):
        shell("convert", "-size", "640x480", "xc:gray", self.place("content/videos/v/poster.jpg"))

    def test_a_film_is_published_without_its_place_and_plays_the_same(self):
        for index, options in enumerate([["-movflags", "+faststart+use_metadata_tags"], [],
                                         ["-movflags", "+frag_keyframe+empty_moov"]]):
            with self.subTest(options):
                shutil.rmtree(self.site / "content/videos", ignore_errors=True)
                film = self.film("film.mp4", *SAID, *options)
                self.assertIn(b"secret-camera", film.read_bytes())
                self.video()
                said = self.build()
                copy = self.one("media/*.mp4")
                self.assertEqual(copy.stat().st_size, film.stat().st_size)
                self.assertEqual(decoded(copy), decoded(film))
                self.assertNowhere(b"secret-", PLACE.encode(), b"Lavf5")
                self.assertFalse([each for each in told(copy) if "GPS" in each or "Comment" in each])
                self.assertEqual("[film-index-at-end]" in said, index == 1, said)
                page = (self.public / "videos/v.html").read_text()
                self.assertIn("片长 0:04", page)
                self.assertIn("v-film-", page.split("poster=")[1].split(">")[0])
                self.assertTrue(self.published("media/v-film-*.jpg"))

    def test_what_was_read_of_a_film_is_not_read_again(self):
        self.film("film.mp4")
        self.video()
        self.build()
        self.assertEqual(self.report["pictures_made"], 1)
        before = {path: path.stat().st_ino for path in self.published("media/*")}
        folder = self.site / "content/videos/v"
        (folder / "film.mp4").rename(folder / "renamed.mp4")
        os.utime(folder / "renamed.mp4", (1, 1))
        self.video(file="renamed.mp4")
        self.build()
        self.assertEqual((self.report["pictures_made"], self.report["pictures_reused"]), (0, 1))
        self.write("content/pages/other.md", "---\ntitle: 说明\n---\n\n另一页。\n")
        self.build()
        self.assertEqual((self.report["pictures_made"], self.report["pictures_reused"]), (0, 1))
        self.assertEqual(len(self.published("media/*")), len(before))

    def test_without_ffmpeg_the_editor_is_asked_for_what_is_missing(self):
        self.film("film.mp4", "-movflags", "+faststart")
        self.video()
        said = self.build(code=1, path=NO_PROGRAMS)
        self.assertIn("[film-poster-missing]", said)
        self.assertIn("apt install ffmpeg", said)
        self.assertNotIn("[film-duration-missing]", said)  # it is read from the index
        self.poster()
        self.video(more=GIVEN)
        self.assertNotIn("[film-", self.build(path=NO_PROGRAMS))

    def test_a_film_that_does_not_say_how_long_it_lasts(self):
        self.film("film.mp4", "-movflags", "+frag_keyframe+empty_moov")
        self.poster()
        self.video(more="poster: {file: poster.jpg, alt: 封面}\n")
        self.assertIn("[film-duration-missing]", self.build(code=1, path=NO_PROGRAMS))
        self.build()
        self.assertIn("片长 0:04", (self.public / "videos/v.html").read_text())

    def test_a_duration_and_subtitles_that_do_not_fit_are_named(self):
        self.film("film.mp4", "-movflags", "+faststart")
        self.video(more="duration: 12分30秒\n", subtitles=VTT + "\n00:09.000 --> 00:11.000\n晚了\n")
        said = self.build()
        self.assertIn("[film-duration-unlike]", said)
        self.assertIn("[subtitles-past-end]", said)
        self.assertIn("content/videos/v/s.vtt:6:1", said)

    def test_what_browsers_do_not_play_is_named_with_its_cure(self):
        self.poster()
        cases = {
            "[film-codec]": lambda: self.film("film.mp4", video=("-c:v", "mpeg4")),
            "[film-sound-codec]": lambda: self.film("film.mp4", "-movflags", "+faststart", audio=("-c:a", "ac3")),
            "[media-content]": lambda: self.film("film.mp4", "-f", "avi"),
            "[media-broken]": lambda: self.write("content/videos/v/film.mp4",
                                                 self.film("film.mp4").read_bytes()[:-3000]),
        }
        for kind, make in cases.items():
            with self.subTest(kind):
                make()
                self.video(more=GIVEN)
                said = self.build()
                self.assertIn(kind, said)
                if kind != "[media-broken]":
                    self.assertIn("ffmpeg -i film.mp4", said)

    def test_what_cannot_be_looked_into_is_not_published(self):
        self.poster()
        photograph = self.room / "photograph.jpg"
        shell("convert", "-size", "64x64", "xc:red", photograph)
        shell("exiftool", "-q", "-overwrite_original", "-GPSLatitude=31.23", "-Make=SecretCamera", photograph)
        photograph.rename(self.place("content/videos/v/film.mp4"))
        self.video(more=GIVEN)
        self.assertIn("[media-content]", self.build())
        self.assertEqual(self.published("media/*.mp4"), [])
        self.assertNowhere(b"SecretCamera")

    def test_a_file_that_must_be_converted_is_named_with_the_command(self):
        self.film("我的 片子.mov")
        self.poster()
        self.video(file="我的 片子.mov", more=GIVEN)
        said = self.build(code=1)
        self.assertIn("[media-convert]", said)
        self.assertIn("ffmpeg -i '我的 片子.mov' -c:v libx264", said)
        self.assertIn("'我的 片子.mp4'", said)

    def test_a_film_without_a_picture_to_show_needs_a_poster(self):
        film = self.film("film.mp4", "-movflags", "+faststart")
        bytes_ = film.read_bytes()
        at = bytes_.index(b"mdat") + 4
        film.write_bytes(bytes_[:at] + bytes(len(bytes_) - at))
        self.video()
        self.assertIn("[film-poster-failed]", self.build(code=1))

    def test_webm_keeps_its_pictures_and_loses_its_tags(self):
        film = self.film("film.webm", *SAID, video=("-c:v", "libvpx", "-b:v", "200k"), audio=("-c:a", "libopus"))
        self.video(file="film.webm")
        self.build()
        copy = self.one("media/*.webm")
        self.assertEqual(decoded(copy), decoded(film))
        self.assertNowhere(b"secret-camera", PLACE.encode())
        self.assertIn("片长 0:04", (self.public / "videos/v.html").read_text())

    def test_sounds_lose_their_tags_and_sound_the_same(self):
        for name, options in {"a.mp3": [], "a.wav": [], "a.m4a": ["-c:a", "aac"]}.items():
            with self.subTest(name):
                sound = self.sound(name, *SAID, "-metadata", "artist=secret-artist", *options)
                self.assertIn(b"secret-", sound.read_bytes())
                self.assertNotIn("警告", self.build())
                copy = self.one("media/*" + name[-4:])
                self.assertEqual(decoded(copy), decoded(sound))
                self.assertNowhere(b"secret-")

    def test_a_sound_that_hides_a_place_where_it_cannot_be_taken_out_is_refused(self):
        self.sound("a.ogg", "-c:a", "libvorbis", "-metadata", "LOCATION=" + PLACE)
        said = self.build(code=1)
        self.assertIn("[film-hidden-data]", said)
        self.sound("a.ogg", "-c:a", "libvorbis")
        self.build()

    def test_assets_are_cleaned_too(self):
        self.sound("x.mp3", *SAID)
        shutil.copy(self.site / "content/people/p/x.mp3", self.place("assets/x.mp3"))
        self.build()
        self.assertTrue((self.public / "assets/x.mp3").exists())
        self.assertNowhere(b"secret-")

    def test_subrip_is_published_as_webvtt(self):
        self.film("film.mp4", "-movflags", "+faststart")
        self.video()
        (self.site / "content/videos/v/s.vtt").unlink()
        self.write("content/videos/v/index.md", VIDEO.format(file="film.mp4", more="").replace("s.vtt", "s.srt"))
        self.write("content/videos/v/s.srt", "1\r\n00:00:00,000 --> 00:00:02,000\r\n您好\r\n")
        self.build()
        published = self.one("media/*.vtt")
        self.assertEqual(published.read_text(), "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n您好\n")
        self.assertIn(published.name, (self.public / "videos/v.html").read_text())
        self.assertEqual(self.published("media/*.srt"), [])

    def test_a_name_that_must_not_be_shown_is_found_in_subtitles(self):
        self.film("film.mp4", "-movflags", "+faststart")
        self.video(subtitles=VTT.replace("王样例", "孙草稿"))
        self.write("content/people/sun.md", "---\nname: 孙草稿\nstatus: 草稿\n---\n")
        said = self.build(code=1)
        self.assertIn("content/videos/v/s.vtt:4:4", said)
        self.assertIn("[name-of-unpublished]", said)


if __name__ == "__main__":
    unittest.main()
