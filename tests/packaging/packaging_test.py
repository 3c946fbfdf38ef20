#!/usr/bin/env python3
"""The package that cpack makes. Usage: packaging_test.py CPACK BUILD-FOLDER VERSION"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

CPACK, BUILD, VERSION = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1)).resolve(), sys.argv.pop(1)
PROGRAMS = {"usr/bin/qunying", "usr/bin/qunying-install", "usr/libexec/qunying/qunying-pictures",
            "usr/libexec/qunying/qunying-fonts"}
# One file of each kind; and whatever else there is must lie in one of the folders below.
NEEDED = {
    "usr/share/qunying/themes/hall/theme.yaml", "usr/share/qunying/themes/scroll/theme.yaml",
    "usr/share/man/man1/qunying.1", "usr/share/doc/qunying/LICENSE", "usr/share/doc/qunying/LICENSE.cnchar-order",
    "usr/share/doc/qunying/copyright", "usr/share/doc/qunying/CHANGELOG.md", "usr/share/doc/qunying/README.md",
    "usr/share/doc/qunying/hosting/nginx.conf", "usr/share/doc/qunying/hosting/Caddyfile",
    "usr/share/doc/qunying/hosting/apache.conf", "usr/share/doc/qunying/hosting/web.config",
    "usr/share/doc/qunying/kiosk.md", "usr/share/doc/qunying/handbook/README.md",
}
FOLDERS = ("usr/share/qunying/themes/", "usr/share/doc/qunying/")


def text_of(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-package-"))
        cls.addClassCleanup(shutil.rmtree, cls.room, ignore_errors=True)
        made = subprocess.run([CPACK, "--config", BUILD / "CPackConfig.cmake", "-G", "DEB", "-B", cls.room / "made"],
                              cwd=cls.room, capture_output=True, text=True)
        assert made.returncode == 0, made.stdout + made.stderr
        (cls.package,) = (cls.room / "made").glob("*.deb")
        cls.root = cls.room / "root"
        subprocess.run(["dpkg-deb", "-x", cls.package, cls.root], check=True)
        cls.files = {path.relative_to(cls.root).as_posix() for path in cls.root.rglob("*") if path.is_file()}

    def field(self, name):
        return text_of("dpkg-deb", "-f", self.package, name).strip()

    def test_its_name_and_version_are_the_projects(self):
        architecture = text_of("dpkg", "--print-architecture").strip()
        self.assertEqual(self.package.name, f"qunying_{VERSION}_{architecture}.deb")
        self.assertEqual((self.field("Package"), self.field("Version")), ("qunying", VERSION))

    def test_it_asks_for_what_the_programs_link(self):
        depends = {re.split(r"[ (|]", one.strip())[0] for one in self.field("Depends").split(",")}
        for name in ("libc6", "libstdc++6", "libvips42", "libyaml-cpp0.7", "libicu72", "fonts-noto-cjk"):
            self.assertIn(name, depends)
        self.assertIn("rsync", self.field("Recommends"))
        self.assertIn("ffmpeg", self.field("Suggests"))
        self.assertFalse([name for name in depends if name.endswith("-dev")])

    def test_it_holds_every_part_and_nothing_else(self):
        self.assertEqual(sorted((PROGRAMS | NEEDED) - self.files), [])
        others = {path for path in self.files - PROGRAMS - NEEDED if not path.startswith(FOLDERS)}
        self.assertEqual(others, set())
        self.assertFalse([path for path in self.files if "node_modules" in path or path.endswith((".orig", "~"))])

    def test_modes_and_owners_are_those_of_a_package(self):
        for line in text_of("dpkg-deb", "-c", self.package).splitlines():
            mode, owner, *_, path = line.split(None, 5)
            name = path.removeprefix("./")
            self.assertEqual(owner, "root/root", path)
            wanted = "drwxr-xr-x" if path.endswith("/") else "-rwxr-xr-x" if name in PROGRAMS else "-rw-r--r--"
            self.assertEqual(mode, wanted, path)

    def test_programs_are_stripped_and_look_for_libraries_where_the_system_does(self):
        for name in PROGRAMS:
            self.assertNotIn("RUNPATH", text_of("readelf", "-d", self.root / name), name)
            self.assertNotIn(".symtab", text_of("readelf", "-S", "-W", self.root / name), name)

    def test_it_works_from_where_it_is_unpacked(self):
        program = self.root / "usr/bin/qunying"
        self.assertEqual(text_of(program, "--version"), f"qunying {VERSION}\n")
        site = self.room / "site"
        text_of(program, "init", site)
        said = subprocess.run([program, "build", site], capture_output=True, text=True)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertTrue((site / "public/people/wang-yangli.html").is_file())
        self.assertTrue(list((site / "public/static").glob("*.woff2")))  # the font worker was found

    def test_the_static_installer_needs_no_library(self):
        self.assertNotIn("NEEDED", text_of("readelf", "-d", self.root / "usr/bin/qunying-install"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv, verbosity=1)
