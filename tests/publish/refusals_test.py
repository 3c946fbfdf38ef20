#!/usr/bin/env python3
"""What publishing refuses, and what it says where the world does not do as asked. Usage: refusals_test.py
PATH-TO-QUNYING"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from releases import first_site, Site, tree, write_release
from servers import Ftp, free_port, Ssh

PROGRAM = os.path.abspath(sys.argv.pop(1))


class Refusals(unittest.TestCase):
    def setUp(self):
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-refusals-"))
        self.room.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.room, ignore_errors=True)
        self.site, self.www = self.room / "site", self.room / "www"
        (self.site / "content").mkdir(parents=True)
        (self.site / "content/site.yaml").write_text("title: 样例\nbase_url: https://www.example.gov.cn/qunying/\n")
        self.targets(f"[{{name: web, kind: directory, to: {self.www}}}]")
        self.files = first_site().files()
        write_release(self.site / "public", self.files)

    def targets(self, text):
        (self.site / "content/publish.yaml").write_text(f"targets: {text}\n")

    def publish(self, *words, **environment):
        around = {"PATH": os.environ["PATH"], "HOME": str(self.room), "LANG": "C.UTF-8", **environment}
        done = subprocess.run([PROGRAM, "publish", *words, "--site", self.site, "--wait", "0"], env=around,
                              capture_output=True, timeout=120)
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def refused(self, code, *words, says, **environment):
        before = tree(self.www) if self.www.exists() else None
        got, said = self.publish(*words, **environment)
        self.assertEqual(got, code, said)
        for each in [says] if isinstance(says, str) else says:
            self.assertIn(each, said)
        self.assertEqual(tree(self.www) if self.www.exists() else None, before, "something was changed")
        return said

    def test_targets_are_listed_and_looked_for(self):
        self.targets("[{name: web, kind: directory, to: /tmp/a}, {name: 备份, kind: directory, to: /tmp/b}]")
        self.refused(2, says="web、备份")
        self.refused(2, "官网", says=["没有名为“官网”", "web、备份"])
        (self.site / "content/publish.yaml").unlink()
        self.refused(2, says="content/publish.yaml")

    def test_a_secret_is_refused_and_not_shown(self):
        self.targets(f"[{{name: web, kind: directory, to: {self.www}, password: hunter2}}]")
        said = self.refused(1, says=["[publish-secret]", "content/publish.yaml:1"])
        self.assertNotIn("hunter2", said)

    def test_only_whole_releases_for_the_web_are_published(self):
        write_release(self.site / "public", self.files, audience="venue")
        self.refused(1, says="给场馆用")
        write_release(self.site / "public", self.files, preview="yes")
        self.refused(1, says="预览版")
        write_release(self.site / "public", self.files)
        (self.site / "public/people/p1.html").write_text("altered")
        self.refused(1, says="对不上")
        (self.site / "public/people/p1.html").unlink()
        self.refused(1, says="对不上")
        shutil.rmtree(self.site / "public")
        self.refused(1, says="qunying build")
        self.refused(1, "--from", self.room / "elsewhere", says="qunying build")

    def test_personal_data_stay_here(self):
        self.files["people/p1.html"] += "电话 13812345678\n"
        write_release(self.site / "public", self.files)
        said = self.refused(1, says="people/p1.html")
        self.assertNotIn("13812345678", said)

    def test_the_sites_own_folders_are_no_target(self):
        for place in ["public", ".", "content/x", "public/x", "..", str(self.site), "assets"]:
            self.targets(f"[{{name: web, kind: directory, to: {place}}}]")
            before = tree(self.site / "public")
            self.refused(2, says="请换一个文件夹")
            self.assertEqual(tree(self.site / "public"), before)

    def test_a_relative_target_lies_beside_the_site(self):
        self.targets("[{name: web, kind: directory, to: ../www}]")
        self.assertEqual(self.publish("web")[0], 0)
        self.assertEqual(tree(self.www).keys(), {*self.files, "manifest.json"})

    def test_somebody_elses_site_is_not_replaced_unasked(self):
        self.www.mkdir()
        (self.www / "index.html").write_text("theirs")
        (self.www / "photo.jpg").write_text("theirs")
        self.refused(1, says=["不是由本程序发布的网站", "--replace"])
        self.assertEqual(self.publish("--replace")[0], 0)
        self.assertEqual((self.www / "photo.jpg").read_text(), "theirs")

    def test_a_dry_run_lists_what_would_be_done_and_what_is_taken_down(self):
        code, said = self.publish("--dry-run")
        self.assertEqual(code, 0, said)
        self.assertFalse(self.www.exists())
        self.assertEqual(self.publish()[0], 0)
        site = first_site()
        del site.people["p3"]
        site.people["new"] = 1
        write_release(self.site / "public", site.files())
        before = tree(self.www)
        code, said = self.publish("--dry-run")
        self.assertEqual(code, 0, said)
        for line in ["+ people/new.html\n", "- people/p3.html\n", "新页面 1 个", "列表页随之变动 1 个",
                     "    https://www.example.gov.cn/qunying/people/p3.html\n"]:
            self.assertIn(line, said)
        self.assertEqual(tree(self.www), before)
        code, said = self.publish("--dry-run", "--lang", "en")
        self.assertIn("1 pages will be taken down", said)

    def test_half_a_site_needs_a_word(self):
        write_release(self.site / "public", Site({f"p{i}": 1 for i in range(50)}).files())
        self.assertEqual(self.publish()[0], 0)
        write_release(self.site / "public", self.files)
        self.refused(1, says=["一半以上的网页", "--replace"])
        self.assertEqual(self.publish("--replace")[0], 0)

    def test_everything_is_verified_on_request(self):
        self.assertEqual(self.publish()[0], 0)
        (self.www / "people/p2.html").write_text("rotten")
        self.assertIn("什么也没有传", self.publish()[1])
        code, said = self.publish("--verify-all")
        self.assertEqual(code, 0, said)
        self.assertEqual((self.www / "people/p2.html").read_text(), self.files["people/p2.html"])

    def test_a_build_may_not_change_what_is_being_published(self):
        import fcntl
        folder = os.open(self.site / "public", os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX)
        try:
            self.refused(3, says="另一个生成正在进行")
        finally:
            os.close(folder)

    def test_a_full_disk(self):
        if os.geteuid() != 0:
            self.skipTest("a small disk needs root")
        self.www.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "small", self.www], check=True)
        try:
            code, said = self.publish()
            self.assertEqual(code, 3, said)
            self.assertIn("空间满了", said)
        finally:
            subprocess.run(["umount", self.www], check=True)

    def test_programs_and_hosts_that_are_not_there(self):
        self.targets("[{name: web, kind: rclone, to: \"none:www\"}, {name: s, kind: rsync, to: \"a@127.0.0.1:/x\"}]")
        self.refused(3, "web", says="没有安装 rclone", PATH="/nowhere")
        self.refused(3, "web", says="rclone config", RCLONE_CONFIG="/dev/null")
        self.refused(3, "s", says="没有安装 rsync", PATH="/nowhere")
        self.refused(3, "s", says=["连不上", "接着做", "    "], RSYNC_RSH=f"ssh -p {free_port()} -oBatchMode=yes")
        self.targets("[{name: s, kind: rsync, to: \"a@nobody.invalid:/x\"}]")
        self.refused(3, says="找不到", RSYNC_RSH="ssh -oBatchMode=yes")


class Hosts(Refusals):
    """Servers that refuse, each for another reason."""
    def test_ssh(self):
        server = Ssh(self.room / "server")
        self.addCleanup(server.stop)
        self.targets(f"[{{name: web, kind: rsync, to: \"{server.to}\"}}]")
        server.write_client(server.port, "other", "known")
        self.refused(3, says="不让登录", **server.environment)
        server.write_client(server.port, "mine", "nowhere")
        self.refused(3, says="主机密钥", **server.environment)
        server.write_client(server.port, "mine", "known")
        self.targets(f"[{{name: web, kind: rsync, to: \"{server.to}/not/there\"}}]")
        self.refused(3, says="上级文件夹不存在", **server.environment)

    def test_ftp(self):
        server = Ftp(self.room / "server")
        self.addCleanup(server.stop)
        self.targets(f"[{{name: web, kind: rclone, to: \"{server.to}\"}}]")
        config = self.room / "server/rclone.conf"
        config.write_text(config.read_text().replace("user = anonymous", "user = nobody"))
        self.refused(3, says="不让登录", **server.environment)


for name in [name for name in dir(Refusals) if name.startswith("test_")]:
    setattr(Hosts, name, None)  # once is enough

if __name__ == "__main__":
    unittest.main()
