#!/usr/bin/env python3
"""`qunying kiosk setup` and what it writes. Usage: machine_test.py PATH-TO-QUNYING [unittest arguments]"""
import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
SCRIPTS = ("choose", "confirm", "launch", "session", "stick", "update")


def run(*arguments, env=None, cwd=None, timeout=60):
    """Exit code and everything that was said."""
    around = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    around.update(env or {})
    done = subprocess.run([*map(str, arguments)], env=around, cwd=cwd, capture_output=True, timeout=timeout)
    return done.returncode, (done.stdout + done.stderr).decode()


def write_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


class Room(unittest.TestCase):
    def setUp(self):
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-machine-")).resolve()
        self.addCleanup(shutil.rmtree, self.room, ignore_errors=True)

    def setup_written(self, *arguments, folder=None):
        """The setup's folder."""
        output = self.room / "setup"
        code, said = run(PROGRAM, "kiosk", "setup", "--to", folder or self.room / "content", "-o", output, *arguments)
        self.assertEqual(code, 0, said)
        return output


class SetupTest(Room):
    def test_it_says_what_comes_next(self):
        code, said = run(PROGRAM, "kiosk", "setup", "-o", self.room / "setup")
        self.assertEqual(code, 0, said)
        self.assertIn("sudo sh apply.sh", said)
        self.assertIn("trust.key", said)
        self.assertTrue((self.room / "setup/apply.sh").is_file())

    def test_it_touches_nothing_but_its_output(self):
        before = {path for path in pathlib.Path("/etc").glob("**/*qunying*")}
        self.setup_written()
        self.assertEqual({path for path in pathlib.Path("/etc").glob("**/*qunying*")}, before)
        self.assertEqual([path.name for path in self.room.iterdir()], ["setup"])

    def test_a_second_setup_replaces_the_first(self):
        output = self.setup_written("--url", "https://example.org/a/")
        (output / "files/etc/stale").write_text("old")
        self.setup_written("--screen", "1080x1920")
        settings = (output / "files/etc/qunying-kiosk/kiosk.conf").read_text()
        self.assertIn("KIOSK_SCREEN=1080x1920", settings)
        self.assertNotIn("example.org", settings)
        self.assertFalse((output / "files/etc/stale").exists())

    def test_somebody_elses_folder_is_left_alone(self):
        (self.room / "mine").mkdir()
        (self.room / "mine/letter.txt").write_text("dear")
        code, said = run(PROGRAM, "kiosk", "setup", "-o", self.room / "mine")
        self.assertEqual(code, 2, said)
        self.assertEqual([path.name for path in (self.room / "mine").iterdir()], ["letter.txt"])

    def test_wrong_calls_say_what_is_wanted(self):
        for option, value in (("--to", "opt/x"), ("--to", "/opt/a b"), ("--screen", "big"), ("--user", "Root"),
                              ("--url", "example.org")):
            code, said = run(PROGRAM, "kiosk", "setup", "-o", self.room / "setup", option, value)
            self.assertEqual(code, 2, said)
            self.assertIn(option, said)
            self.assertFalse((self.room / "setup").exists())
        self.assertEqual(run(PROGRAM, "kiosk")[0], 2)

    def test_a_file_that_is_no_public_key_is_refused(self):
        wrong = self.room / "key"
        wrong.write_text("qunying key 1\nsecret\n")
        code, said = run(PROGRAM, "kiosk", "setup", "-o", self.room / "setup", "--trust", wrong)
        self.assertEqual(code, 2, said)
        self.assertIn(str(wrong), said)
        self.assertFalse((self.room / "setup").exists())


class FilesTest(Room):
    def setUp(self):
        super().setUp()
        self.output = self.setup_written("--url", "https://example.org/kiosk/", "--screen", "1080x1920")

    def test_shells_read_the_scripts(self):
        scripts = [self.output / "apply.sh",
                   *(self.output / "files/usr/local/lib/qunying-kiosk" / name for name in SCRIPTS)]
        for shell in ("sh", "bash", "dash"):
            for script in scripts:
                code, said = run(shell, "-n", script)
                self.assertEqual((code, said), (0, ""), f"{shell} {script}")
        if shutil.which("shellcheck"):
            code, said = run("shellcheck", "-s", "sh", "-e", "SC1090", *scripts)
            self.assertEqual(code, 0, said)

    def test_the_policies_are_json_and_the_same(self):
        policies = sorted(self.output.glob("files/etc/**/qunying-kiosk.json"))
        self.assertEqual(len(policies), 3)
        self.assertEqual(len({policy.read_text() for policy in policies}), 1)
        policy = json.loads(policies[0].read_text())
        self.assertIn("*", policy["URLBlocklist"])
        for pattern in policy["URLAllowlist"]:
            self.assertRegex(pattern, r"^file:///.*/$")

    def test_systemd_reads_the_units(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd-analyze")
        root = self.room / "root"
        self.assertEqual(run("sh", self.output / "apply.sh", "--root", root)[0], 0)
        # Programs that the units name on a real machine.
        write_program(root / "usr/bin/chvt", "#!/bin/sh\n")
        units = sorted(path for path in (root / "etc/systemd/system").iterdir())
        self.assertEqual(len(units), 5)
        names = [str(path).replace("@", "@sdb1") for path in units]
        code, said = run("systemd-analyze", "verify", f"--root={root}", "--recursive-errors=no", *names)
        complaints = [line for line in said.splitlines() if "qunying" in line]
        self.assertEqual((code, complaints), (0, []), said)

    def test_the_rule_names_the_unit_that_is_there(self):
        rule = (self.output / "files/etc/udev/rules.d/90-qunying-kiosk.rules").read_text()
        unit = re.search(r'SYSTEMD_WANTS\}\+="([^%]*)%k(\.service)"', rule)
        self.assertTrue((self.output / "files/etc/systemd/system" / (unit[1] + unit[2])).is_file())

    def test_apply_puts_all_in_place_and_takes_it_away_again(self):
        root = self.room / "root"
        (root / "etc/chromium/policies/managed").mkdir(parents=True)
        other = root / "etc/chromium/policies/managed/other.json"
        other.write_text("{}")
        code, said = run("sh", self.output / "apply.sh", "--root", root)
        self.assertEqual(code, 0, said)
        placed = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {
            "etc/chromium/policies/managed/other.json"}
        wanted = {path.relative_to(self.output / "files").as_posix()
                  for path in (self.output / "files").rglob("*") if path.is_file()}
        self.assertEqual(placed, wanted)
        for path in placed:
            mode = stat.S_IMODE((root / path).stat().st_mode)
            self.assertEqual(mode, 0o755 if path.startswith("usr/local/lib/") or path.startswith("usr/local/bin/")
                             else 0o644, path)
        content = pathlib.Path(str(root) + str(self.room / "content"))
        self.assertTrue(content.is_dir())
        code, said = run("sh", self.output / "apply.sh", "--root", root, "--remove")
        self.assertEqual(code, 0, said)
        self.assertEqual([path for path in root.rglob("*") if path.is_file()], [other])
        self.assertTrue(content.is_dir())

    def test_apply_refuses_what_it_does_not_know(self):
        for arguments in (["--rot"], ["--root"]):
            code, said = run("sh", self.output / "apply.sh", *arguments)
            self.assertEqual(code, 2, said)


INSTALLER = """#!/bin/sh
# Stands in for qunying-install: says what it was asked, answers as told.
echo "$*" >>"$ROOM/asked"
[ -f "$ROOM/answer-$1" ] && cat "$ROOM/answer-$1"
[ -f "$ROOM/slow-$1" ] && sleep 30
[ -f "$ROOM/code-$1" ] && exit "$(cat "$ROOM/code-$1")"
exit 0
"""
BROWSER = """#!/bin/sh
for word in "$@"; do echo "$word" >>"$ROOM/browser.$$"; done
case "$*" in
*--app=*) exit 0 ;;
esac
sleep "${BROWSER_LASTS:-0}"
"""


class ScriptTest(Room):
    """The scripts in place, with stand-ins for qunying-install and the browser."""

    def setUp(self):
        super().setUp()
        self.folder = self.room / "content"
        output = self.setup_written("--screen", "1080x1920", folder=self.folder)
        self.lib = self.room / "lib"
        shutil.copytree(output / "files/usr/local/lib/qunying-kiosk", self.lib)
        for script in self.lib.iterdir():
            script.chmod(0o755)
        self.conf = self.room / "kiosk.conf"
        shutil.copy(output / "files/etc/qunying-kiosk/kiosk.conf", self.conf)
        self.run_folder = self.room / "run"
        self.run_folder.mkdir()
        self.page = self.folder / "releases/7/kiosk/index.html"
        self.page.parent.mkdir(parents=True)
        self.page.write_text("<title>hall</title>")
        write_program(self.room / "bin/qunying-install", INSTALLER)
        write_program(self.room / "bin/chromium", BROWSER)
        (self.room / "profile").mkdir()
        self.env = {
            "PATH": f"{self.room}/bin:/usr/bin:/bin", "ROOM": str(self.room), "QUNYING_KIOSK_CONF": str(self.conf),
            "QUNYING_KIOSK_RUN": str(self.run_folder), "QUNYING_KIOSK_HERE": str(self.lib),
            "QUNYING_KIOSK_SHARE": "/usr/local/share/qunying-kiosk", "QUNYING_KIOSK_MINUTE": "0",
            "QUNYING_KIOSK_PAUSE": "0", "RUNTIME_DIRECTORY": str(self.room / "profile"),
            "QUNYING_KIOSK_BROWSER_RUN": str(self.room / "profile"),
        }

    def call(self, script, *arguments, **env):
        return run(self.lib / script, *arguments, env=dict(self.env, **env))

    def set(self, key, value):
        text, times = re.subn(rf"(?m)^{key}=.*$", f"{key}={value}", self.conf.read_text())
        self.assertEqual(times, 1)
        self.conf.write_text(text)

    def asked(self):
        path = self.room / "asked"
        return path.read_text().splitlines() if path.exists() else []

    def browsers(self):
        """The words of each start of the browser."""
        return [path.read_text().splitlines() for path in sorted(self.room.glob("browser.*"))]

    def told(self):
        text = (self.run_folder / "stick.js").read_text()
        self.assertTrue(text.startswith("QunyingStick(") and text.endswith(");\n"), text)
        return json.loads(text[len("QunyingStick("):-len(");\n")])

    # choose and confirm
    def test_choose_writes_the_page_of_the_release(self):
        (self.room / "answer-choose").write_text(f"{self.folder}/releases/7\n")
        code, said = self.call("choose")
        self.assertEqual(code, 0, said)
        self.assertEqual(self.asked(), [f"choose --to {self.folder} --trust /etc/qunying-kiosk/trust.key"])
        self.assertEqual((self.run_folder / "page").read_text(), f"{self.page}\n")

    def test_a_start_that_met_no_browser_is_not_held_against_the_release(self):
        (self.room / "answer-choose").write_text(f"{self.folder}/releases/7\n")
        self.call("choose")
        for _ in range(5):
            (self.room / "bin/chromium").rename(self.room / "away")
            self.assertEqual(self.call("launch", PATH=f"{self.room}/bin:{self.tools()}")[0], 1)
            (self.room / "away").rename(self.room / "bin/chromium")
            self.assertEqual(self.call("choose")[0], 0)
        self.assertEqual(len(self.asked()), 1)
        self.assertEqual(self.call("launch")[0], 0)  # now one that came as far as the browser
        self.assertEqual(self.call("choose")[0], 0)
        self.assertEqual(len(self.asked()), 2)

    def test_nothing_is_opened_that_was_not_chosen(self):
        (self.run_folder / "page").write_text("/an/older/page\n")
        (self.room / "answer-choose").write_text(f"{self.folder}/releases/7\n")
        (self.room / "code-choose").write_text("3")
        self.assertEqual(self.call("choose")[0], 0)
        self.assertFalse((self.run_folder / "page").exists())

    def test_a_release_without_the_kiosks_face_is_not_opened(self):
        (self.room / "answer-choose").write_text(f"{self.folder}/releases/8\n")
        code, said = self.call("choose")
        self.assertEqual(code, 0)
        self.assertIn("releases/8", said)
        self.assertFalse((self.run_folder / "page").exists())

    def test_confirm_counts_from_when_the_browser_was_started(self):
        (self.run_folder / "page").write_text(f"{self.page}\n")
        waiting = subprocess.Popen([self.lib / "confirm"], env=self.env)
        time.sleep(0.3)
        self.assertEqual(self.asked(), [])
        (self.room / "profile/opened").write_text("")
        self.assertEqual(waiting.wait(20), 0)
        self.assertEqual(self.asked(), [f"confirm --to {self.folder}"])

    def test_confirm_speaks_for_a_release_alone(self):
        (self.room / "profile/opened").write_text("")
        self.assertEqual(self.call("confirm")[0], 0)
        self.assertEqual(self.asked(), [])  # the waiting page is no release
        (self.run_folder / "page").write_text(f"{self.page}\n")
        self.assertEqual(self.call("confirm")[0], 0)
        self.assertEqual(self.asked(), [f"confirm --to {self.folder}"])

    # launch
    def test_launch_opens_the_chosen_page_over_the_whole_screen(self):
        (self.run_folder / "page").write_text(f"{self.page}\n")
        self.set("KIOSK_FLAGS", '"--one --two=2"')
        code, said = self.call("launch")
        self.assertEqual(code, 0, said)
        (words,) = self.browsers()
        self.assertEqual(words[-1], f"file://{self.page}")
        self.assertEqual(words[-3:-1], ["--one", "--two=2"])
        for flag in ("--kiosk", "--window-position=0,0", "--window-size=1080,1920", "--disable-background-networking",
                     "--noerrdialogs", "--disable-pinch", "--overscroll-history-navigation=0",
                     "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={self.room}/profile/profile"):
            self.assertIn(flag, words)

    def test_launch_waits_for_content_where_there_is_none(self):
        self.assertEqual(self.call("launch")[0], 0)
        self.assertEqual(self.browsers()[0][-1], "file:///usr/local/share/qunying-kiosk/waiting.html")

    def test_launch_ends_with_the_browsers_code_and_leaves_nothing_running(self):
        write_program(self.room / "bin/chromium", "#!/bin/sh\nexit 9\n")
        self.assertEqual(self.call("launch")[0], 9)
        self.assertEqual(run("pgrep", "-f", str(self.lib / "launch"))[1], "")

    def test_launch_passes_over_a_browser_in_a_snap(self):
        write_program(self.room / "bin/chromium", "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n")
        write_program(self.room / "bin/google-chrome", BROWSER)
        code, said = self.call("launch", PATH=f"{self.room}/bin:{self.tools()}")
        self.assertEqual(code, 0, said)
        self.assertIn("snap", said)
        self.assertEqual(len(self.browsers()), 1)

    def test_launch_says_when_there_is_no_browser(self):
        (self.room / "bin/chromium").unlink()
        code, said = self.call("launch", PATH=f"{self.room}/bin:{self.tools()}")
        self.assertEqual(code, 1)
        self.assertIn("KIOSK_BROWSER", said)

    def tools(self):
        """A folder with what scripts use, and no browser of this machine."""
        folder = self.room / "tools"
        folder.mkdir(exist_ok=True)
        for name in ("sh", "cat", "sed", "grep", "head", "readlink", "sleep", "mktemp", "mkdir", "rm", "mv"):
            if not (folder / name).exists():
                (folder / name).symlink_to(shutil.which(name))
        return folder

    def test_launch_turns_a_lying_screen_that_shall_stand(self):
        write_program(self.room / "bin/xrandr", """#!/bin/sh
echo "$*" >>"$ROOM/xrandr"
case "$*" in
--current) size="1920 x 1080"; grep -q "rotate right" "$ROOM/xrandr" && size="1080 x 1920"
    echo "Screen 0: minimum 8 x 8, current $size, maximum 32767 x 32767"
    echo "HDMI-1 connected primary 1920x1080+0+0" ;;
esac
""")
        self.assertEqual(self.call("launch", DISPLAY=":9")[0], 0)
        self.assertIn("--output HDMI-1 --auto --rotate right", (self.room / "xrandr").read_text())
        self.assertIn("--window-size=1080,1920", self.browsers()[0])
        (self.room / "xrandr").unlink()
        self.set("KIOSK_SCREEN", "1920x1080")
        self.assertEqual(self.call("launch", DISPLAY=":9")[0], 0)
        self.assertNotIn("right", (self.room / "xrandr").read_text())

    def test_a_stick_has_one_window_above_the_exhibition(self):
        (self.run_folder / "page").write_text(f"{self.page}\n")
        (self.run_folder / "stick.js").write_text("QunyingStick({});\n")
        self.assertEqual(self.call("launch", BROWSER_LASTS="3.5")[0], 0)
        windows = [words for words in self.browsers() if words[-1].startswith("--app=")]
        self.assertEqual([words[-1] for words in windows], ["--app=file:///usr/local/share/qunying-kiosk/stick.html"])
        self.assertEqual(len(self.browsers()), 2)

    # session
    def test_session_takes_cage_or_xinit(self):
        for name in ("cage", "xinit"):
            write_program(self.room / f"bin/{name}", f'#!/bin/sh\necho {name} "$@"\n')
        launch = self.lib / "launch"
        self.assertEqual(self.call("session"), (0, f"cage -- {launch}\n"))
        self.set("KIOSK_ROTATE", "left")
        self.assertEqual(self.call("session"), (0, f"cage -r -r -r -- {launch}\n"))
        self.set("KIOSK_DISPLAY", "xinit")
        code, said = self.call("session", XDG_VTNR="1")
        self.assertEqual((code, said), (0, f"xinit {launch} -- :0 vt1 -nolisten tcp -nocursor -s 0 -dpms\n"))

    def test_session_says_what_is_missing(self):
        self.set("KIOSK_DISPLAY", "weston")
        code, said = self.call("session")
        self.assertEqual(code, 1)
        self.assertIn("weston", said)

    # stick
    def stick_with_pack(self, folder="qunying-pack"):
        stick = self.room / "stick"
        (stick / folder).mkdir(parents=True)
        (stick / folder / "manifest.qy").write_text("pack")
        return stick

    def test_a_pack_on_a_stick_is_installed(self):
        for folder in ("qunying-pack", "给活动中心 1/qunying-pack", ""):
            shutil.rmtree(self.room / "stick", ignore_errors=True)
            stick = self.stick_with_pack(folder)
            code, said = self.call("stick", stick)
            self.assertEqual(code, 0, said)
            where = str(stick / folder).rstrip("/")
            self.assertEqual(self.asked()[-1],
                             f"install {where} --to {self.folder} --trust /etc/qunying-kiosk/trust.key")
            self.assertEqual(self.told()["step"], "done")
            self.assertIn("可以拔下", self.told()["text"])

    def test_a_refusal_is_told_in_the_installers_words(self):
        (self.room / "answer-install").write_text('校验……\n更新包"已损坏"\\，<b>没有安装</b>。\n')
        (self.room / "code-install").write_text("1")
        self.assertEqual(self.call("stick", self.stick_with_pack())[0], 0)
        self.assertEqual(self.told(), {"step": "refused", "text": "更新包已损坏，b没有安装/b。可以拔下U盘。"})

    def test_of_several_packs_the_one_that_is_for_this_screen_is_installed(self):
        stick = self.stick_with_pack("1/qunying-pack")
        for place in ("2", "3"):
            shutil.copytree(stick / "1", stick / place)
        write_program(self.room / "bin/qunying-install", INSTALLER.replace(
            "exit 0", 'case "$2" in */2/*) exit 0 ;; esac\necho 另一个场馆; exit 1'))
        self.assertEqual(self.call("stick", stick)[0], 0)
        self.assertEqual(self.told()["step"], "refused")  # nothing is installed yet: which one is ours?
        self.assertEqual(self.asked(), [])
        (self.folder / "current.js").write_text("")
        self.assertEqual(self.call("stick", stick)[0], 0)
        self.assertEqual(self.told()["step"], "done")
        self.assertEqual([line.split("/")[-2] for line in (word.split()[1] for word in self.asked())], ["1", "2"])

    def test_a_stick_without_a_pack_may_go_at_once(self):
        (self.room / "stick").mkdir()
        self.assertEqual(self.call("stick", self.room / "stick")[0], 0)
        self.assertEqual(self.told()["step"], "nothing")
        self.assertEqual(self.asked(), [])

    def test_a_stick_that_cannot_be_read_is_told(self):
        write_program(self.room / "bin/mount", "#!/bin/sh\nexit 32\n")
        write_program(self.room / "bin/blkid", "#!/bin/sh\n")
        self.assertEqual(self.call("stick", "sdz9")[0], 0)
        self.assertEqual(self.told()["step"], "refused")

    def test_a_stick_is_mounted_for_reading_alone(self):
        write_program(self.room / "bin/blkid", "#!/bin/sh\necho vfat\n")
        write_program(self.room / "bin/mount", '#!/bin/sh\necho "$*" >"$ROOM/mount"\n'
                      'mkdir -p "$4/qunying-pack" && : >"$4/qunying-pack/manifest.qy"\n')
        write_program(self.room / "bin/umount", '#!/bin/sh\necho "$*" >"$ROOM/umount"\n')
        self.assertEqual(self.call("stick", "sdz9")[0], 0)
        mounted = self.run_folder / "mounted"
        self.assertEqual((self.room / "mount").read_text(),
                         f"-o ro,nosuid,nodev,noexec,noatime,utf8 /dev/sdz9 {mounted}\n")
        self.assertEqual((self.room / "umount").read_text(), f"-l {mounted}\n")
        self.assertEqual(self.told()["step"], "done")

    def test_a_stick_that_is_pulled_too_early_is_told_so(self):
        (self.room / "slow-install").write_text("")
        stick = self.stick_with_pack()
        running = subprocess.Popen([self.lib / "stick", stick], env=self.env, start_new_session=True,
                                   stdout=subprocess.DEVNULL)
        deadline = time.time() + 20
        while not self.asked() and time.time() < deadline:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(10)
        self.assertEqual(self.told()["step"], "reading")
        gone = subprocess.Popen([self.lib / "stick", "--gone"], env=dict(self.env, QUNYING_KIOSK_PAUSE="1"),
                                stdout=subprocess.PIPE)
        self.assertIn("拔早了", gone.stdout.readline().decode())
        self.assertEqual(self.told()["step"], "gone")
        gone.wait(10)
        gone.stdout.close()
        self.assertFalse((self.run_folder / "stick.js").exists())

    def test_a_stick_that_is_done_goes_quietly(self):
        self.assertEqual(self.call("stick", self.stick_with_pack())[0], 0)
        self.assertEqual(self.call("stick", "--gone"), (0, "U盘已拔下。\n"))

    # update
    def test_update_asks_the_address_and_says_its_code(self):
        self.assertEqual(self.call("update")[0], 0)
        self.assertEqual(self.asked(), [])
        self.set("KIOSK_URL", "https://example.org/kiosk/")
        (self.room / "code-install").write_text("3")
        self.assertEqual(self.call("update")[0], 3)
        self.assertEqual(self.asked(), [f"install https://example.org/kiosk/ --to {self.folder} "
                                        "--trust /etc/qunying-kiosk/trust.key"])


class WholeWayTest(Room):
    """From the editor's desk to the screen with the real programs: a pack, a stick, the scripts as they are applied."""

    def program(self, *arguments):
        code, said = run(PROGRAM, *arguments)
        self.assertEqual(code, 0, said)

    def setUp(self):
        super().setUp()
        self.folder, self.root, self.run_folder = self.room / "content", self.room / "root", self.room / "run"
        self.program("keygen", "-o", self.room / "key")
        self.program("init", self.room / "site")
        output = self.setup_written("--trust", self.room / "key.pub", folder=self.folder)
        self.assertEqual(run("sh", output / "apply.sh", "--root", self.root)[0], 0)
        self.folder.mkdir()
        conf = self.root / "etc/qunying-kiosk/kiosk.conf"
        conf.write_text(conf.read_text().replace("KIOSK_TRUST=/", f"KIOSK_TRUST={self.root}/"))
        self.env = {"PATH": f"{self.root}/usr/local/bin:/usr/bin:/bin", "QUNYING_KIOSK_CONF": str(conf),
                    "QUNYING_KIOSK_RUN": str(self.run_folder), "QUNYING_KIOSK_MINUTE": "0", "QUNYING_KIOSK_PAUSE": "0",
                    "QUNYING_KIOSK_BROWSER_RUN": str(self.run_folder)}

    def bundle(self, name, key="key"):
        self.program("bundle", self.room / "site", "--key", self.room / key, "-o", self.room / name)
        return self.room / name

    def script(self, name, *arguments):
        code, said = run(self.root / "usr/local/lib/qunying-kiosk" / name, *arguments, env=self.env)
        self.assertEqual(code, 0, said)
        return said

    def current(self):
        text = (self.folder / "current.js").read_text()
        return json.loads(text[text.index("(") + 1:text.rindex(")")])

    def told(self):
        text = (self.run_folder / "stick.js").read_text()
        return json.loads(text[len("QunyingStick("):-len(");\n")])

    def test_a_pack_comes_from_the_stick_to_the_screen(self):
        self.script("choose")
        self.assertFalse((self.run_folder / "page").exists())  # nothing is installed: the waiting page
        self.script("stick", self.bundle("first"))
        self.assertEqual(self.told()["step"], "done", self.told())
        first = self.current()
        self.script("choose")
        page = (self.run_folder / "page").read_text().strip()
        self.assertEqual(page, f"{self.folder}/releases/{first['release']}/kiosk/index.html")
        self.assertTrue(pathlib.Path(page).is_file())
        (self.run_folder / "opened").write_text("")  # as launch does
        self.script("confirm")

        # A newer one takes its place; the page that is open stays where it is.
        person = self.room / "site/content/people/wang-yangli.md"
        person.write_text(person.read_text().replace("她每天到", "她每天都到"))
        self.script("stick", self.bundle("second"))
        self.assertEqual(self.told()["step"], "done", self.told())
        self.assertGreater(int(self.current()["release"]), int(first["release"]))
        self.assertTrue(pathlib.Path(page).is_file())

        # A stick of yesterday.
        self.script("stick", self.room / "first")
        self.assertEqual(self.told()["step"], "refused")
        self.assertIn("旧", self.told()["text"])

    def test_what_is_wrong_is_told_and_changes_nothing(self):
        first = self.bundle("first")
        damaged = self.room / "damaged"
        shutil.copytree(first, damaged)
        (part, *_) = sorted((damaged / "qunying-pack").glob("part-*"))
        whole = bytearray(part.read_bytes())
        whole[len(whole) // 2] ^= 1
        part.write_bytes(whole)
        self.script("stick", damaged)
        self.assertEqual(self.told()["step"], "refused")
        self.assertIn("损坏", self.told()["text"])
        self.assertFalse(list(self.folder.glob("releases/*")))
        self.script("stick", first)
        before = self.current()
        self.program("keygen", "-o", self.room / "other")
        self.script("stick", self.bundle("third", "other"))
        self.assertEqual(self.told()["step"], "refused")
        self.assertIn("信任", self.told()["text"])
        self.assertEqual(self.current()["release"], before["release"])

    def test_a_release_that_never_runs_a_minute_gives_way(self):
        self.script("stick", self.bundle("first"))
        self.script("choose")
        (self.run_folder / "opened").write_text("")
        self.script("confirm")
        first = (self.run_folder / "page").read_text()
        self.script("stick", self.bundle("second"))
        opened = []
        for _ in range(5):
            (self.run_folder / "opened").write_text("")
            self.script("choose")
            opened.append((self.run_folder / "page").read_text() == first)
        self.assertEqual(opened[0], False)
        self.assertEqual(opened[-1], True)


if __name__ == "__main__":
    unittest.main(argv=sys.argv, verbosity=1)
