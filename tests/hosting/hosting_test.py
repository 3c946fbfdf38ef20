#!/usr/bin/env python3
"""docs/hosting as it is shipped, in real servers on loopback; only names, ports and folders are put in.
Usage: hosting_test.py DOCS-HOSTING BUILT-SITE WORK [unittest arguments]"""
import gzip
import http.client
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree

HOSTING, SITE, WORK = (pathlib.Path(sys.argv.pop(1)).resolve() for _ in range(3))
POLICY = ("default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'")
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOR_EVER, ASK = "public, max-age=31536000, immutable", "no-cache"
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8", ".jpg": "image/jpeg", ".webp": "image/webp", ".woff2": "font/woff2",
    ".mp4": "video/mp4", ".mp3": "audio/mpeg",
}
COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".csv", ".txt", ".vtt", ".svg"}


def link_or_copy(old, new):
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def prepared_site():
    """The built site with .gz and .br beside every file of text, and what no host may show."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SITE, WORK, copy_function=link_or_copy)
    for path in sorted(WORK.rglob("*")):
        if path.suffix in COMPRESSED and not path.with_name(path.name + ".gz").exists():
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
            # Other bytes than a brotli file would have, but a host sends them as they are.
            path.with_name(path.name + ".br").write_bytes(b"br:" + path.read_bytes()[:64])
    (WORK / ".git").mkdir(exist_ok=True)
    for name in (".git/config", ".htpasswd", "people/.hidden.html", ".well-known/pki.txt"):
        (WORK / name).parent.mkdir(exist_ok=True)
        (WORK / name).write_text("hidden")
    (WORK / "empty").mkdir(exist_ok=True)
    (WORK / "empty/file.txt").write_text("alone")
    return WORK


def first(pattern):
    """A file of the site, by a pattern, from its root."""
    found = sorted(path.relative_to(WORK).as_posix() for path in WORK.glob(pattern))
    assert found, f"the site has no {pattern}"
    return found[0]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Answer:
    def __init__(self, response):
        self.status, self.body = response.status, response.read()
        self.headers = {}
        for name, value in response.getheaders():
            self.headers.setdefault(name.lower(), []).append(value)

    def one(self, name):
        values = self.headers.get(name.lower(), [])
        assert len(values) <= 1, f"{name} was sent {len(values)} times: {values}"
        return values[0] if values else None


class Server:
    """A server with the shipped settings, below `prefix`, stopped when it is closed."""
    kind = ""

    def __init__(self, prefix):
        self.prefix, self.port = prefix, free_port()
        self.room = pathlib.Path(tempfile.mkdtemp(prefix=f"qunying-{self.kind}-"))
        os.chmod(self.room, 0o755)
        (self.room / "outside.txt").write_text("outside")
        # Below a prefix the site is a folder of that name, as the settings' own words tell.
        self.root = self.room / "srv"
        self.root.mkdir()
        self.folder = self.root / (prefix.strip("/") or "public")
        shutil.copytree(WORK, self.folder, copy_function=link_or_copy)
        self.log = open(self.room / "log", "w+b")
        self.process = subprocess.Popen(self.command(), stdout=self.log, stderr=subprocess.STDOUT,
                                        cwd=self.room, env=dict(os.environ, HOME=str(self.room),
                                                                XDG_DATA_HOME=str(self.room),
                                                                XDG_CONFIG_HOME=str(self.room)))
        self.wait()

    def wait(self):
        for _ in range(200):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.close()
        raise AssertionError(f"{self.kind} did not start: {(self.room / 'log').read_text()}")

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    def discard(self):
        self.close()
        self.log.close()
        shutil.rmtree(self.room, ignore_errors=True)

    def get(self, path, method="GET", encoding="", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, self.prefix + path, skip_accept_encoding=True)
        if encoding:
            connection.putheader("Accept-Encoding", encoding)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def shipped(self, name, replacements):
        """The shipped file with places put in; each must be there as often as is said."""
        text = (HOSTING / name).read_text()
        for old, new, times in replacements:
            assert text.count(old) == times, f"{name}: {old!r} stands there {text.count(old)} times, not {times}"
            text = text.replace(old, new)
        return text


class Nginx(Server):
    kind = "nginx"

    def command(self):
        page = self.prefix + "404.html"
        site = self.shipped("nginx.conf", [
            ("    listen 80;", f"    listen 127.0.0.1:{self.port};", 1), ("    listen [::]:80;", "", 1),
            ("    location / {", f"    location {self.prefix} {{", 1),
            ("root /srv/qunying/public;", f"root {self.root if self.prefix != '/' else self.folder};", 1),
            ("error_page 404 /404.html;", f"error_page 404 {page};", 1),
            ("error_page 403 =404 /404.html;", f"error_page 403 =404 {page};", 1)])
        (self.room / "site.conf").write_text(site)
        module = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
        temporary = "".join(f"{kind}_temp_path {self.room}/{kind};\n"
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.room / "nginx.conf").write_text(
            f"load_module {module};\ndaemon off;\npid {self.room}/pid;\nerror_log stderr;\nworker_processes 1;\n"
            + ("user root;\n" if os.geteuid() == 0 else "")
            + f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {self.room}/site.conf;\n}}\n")
        return ["nginx", "-p", str(self.room), "-e", "stderr", "-c", str(self.room / "nginx.conf")]


class Caddy(Server):
    kind = "caddy"

    def command(self):
        replacements = [("www.example.gov.cn {", f"http://127.0.0.1:{self.port} {{", 1),
                        ("root * /srv/qunying/public\n\timport qunying\n",
                         f"root * {self.folder}\n\timport qunying\n" if self.prefix == "/" else
                         f"handle_path {self.prefix}* {{\n\t\troot * {self.folder}\n\t\timport qunying\n\t}}\n", 1),
                        ("\t\troot * /srv/qunying/public", f"\t\troot * {self.folder}", 1)]
        (self.room / "Caddyfile").write_text(
            "{\n\tadmin off\n\tauto_https off\n}\n" + self.shipped("Caddyfile", replacements))
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.room / "Caddyfile")]


class Apache(Server):
    kind = "apache"

    def command(self):
        page = self.prefix + "404.html"
        places = [("<VirtualHost *:80>", f"<VirtualHost 127.0.0.1:{self.port}>", 1),
                  ("    DocumentRoot /srv/qunying/public", f"    DocumentRoot {self.folder}" if self.prefix == "/" else
                   f"    DocumentRoot {self.room}\n    Alias {self.prefix.rstrip('/')} {self.folder}", 1),
                  ("<Directory /srv/qunying/public>", f"<Directory {self.folder}>", 1),
                  ("ErrorDocument 404 /404.html", f"ErrorDocument 404 {page}", 1),
                  ("ErrorDocument 403 /404.html", f"ErrorDocument 403 {page}", 1)]
        (self.room / "site.conf").write_text(self.shipped("apache.conf", places))
        # Debian's own modules and their settings, then the two that the shipped file names.
        (self.room / "apache2.conf").write_text(
            f"ServerRoot /etc/apache2\nDefaultRuntimeDir {self.room}\nPidFile {self.room}/pid\n"
            f"ErrorLog {self.room}/error.log\nListen 127.0.0.1:{self.port}\nServerName localhost\n"
            + "User www-data\nGroup www-data\n"
            + "IncludeOptional mods-enabled/*.load\nIncludeOptional mods-enabled/*.conf\n"
            + "Include mods-available/headers.load\nInclude mods-available/rewrite.load\n"
            + "<Directory />\nOptions FollowSymLinks\nAllowOverride None\nRequire all denied\n</Directory>\n"
            + f"IncludeOptional conf-enabled/*.conf\nInclude {self.room}/site.conf\n")
        os.environ.update(APACHE_RUN_USER="www-data", APACHE_RUN_GROUP="www-data", APACHE_LOG_DIR=str(self.room),
                          APACHE_RUN_DIR=str(self.room), APACHE_LOCK_DIR=str(self.room), APACHE_PID_FILE=f"{self.room}/pid")
        return ["/usr/sbin/apache2", "-f", str(self.room / "apache2.conf"), "-D", "FOREGROUND"]


class Hosted:
    """What must hold of every server; a class below for each, at the root and below a prefix."""

    @classmethod
    def setUpClass(cls):
        cls.host = cls.server(cls.prefix)

    @classmethod
    def tearDownClass(cls):
        cls.host.discard()

    def check_always(self, answer, where):
        for name, value in ALWAYS.items():
            self.assertEqual(answer.one(name), value, f"{where}: {name}")

    def check_file(self, path, cache, asked=None):
        answer = self.host.get(path if asked is None else asked)
        self.assertEqual(answer.status, 200, path)
        self.assertEqual(answer.body, (WORK / path).read_bytes(), path)
        self.assertEqual(answer.one("Content-Type"), TYPES[pathlib.Path(path).suffix], path)
        self.assertEqual(answer.one("Cache-Control"), cache, path)
        self.assertIsNone(answer.one("Content-Encoding"), path)
        self.check_always(answer, path)
        again = self.host.get(path, If_None_Match=answer.one("ETag"))
        self.assertEqual(again.status, 304, f"{path} is not told apart by its ETag")
        return answer

    def test_pages_are_asked_for_anew(self):
        for path in ("index.html", "people/index.html", first("people/[a-z]*-*.html"), "404.html"):
            self.check_file(path, ASK)

    def test_a_folder_shows_its_index(self):
        self.check_file("index.html", ASK, asked="")
        self.check_file("people/index.html", ASK, asked="people/")

    def test_names_with_a_digest_are_kept_for_ever(self):
        for pattern in ("static/*-????????.css", "static/*-????????.js", "static/*-????????.svg",
                        "static/*-????????.woff2", "media/*-????????-*.jpg", "media/*-????????-*.webp",
                        "media/*.mp4", "media/*.mp3", "media/*.vtt", "search/[a-z]-*.js"):
            self.check_file(first(pattern), FOR_EVER)

    def test_names_without_a_digest_are_asked_for_anew(self):
        for path in ("static/fonts.css", "search/index.js", "honors/roll.js", "honors/roll-1.js", "manifest.json",
                     "sitemap.xml", "feed.xml", "robots.txt", "data/people.json", "data/honors.csv"):
            self.check_file(path, ASK)

    def test_what_was_compressed_is_sent_so(self):
        for path in ("index.html", first("static/*-????????.css"), "search/index.js", "data/people.json",
                     "sitemap.xml", "data/honors.csv", first("media/*.vtt"), first("static/*-????????.svg")):
            for accepted, encoding, suffix in (("gzip", "gzip", ".gz"), ("br", "br", ".br"),
                                               ("gzip, deflate, br", "br", ".br"), ("identity", None, "")):
                answer = self.host.get(path, encoding=accepted)
                where = f"{path} for {accepted}"
                self.assertEqual(answer.status, 200, where)
                self.assertEqual(answer.one("Content-Encoding"), encoding, where)
                self.assertEqual(answer.body, (WORK / (path + suffix)).read_bytes(), where)
                self.assertEqual(answer.one("Content-Type"), TYPES[pathlib.Path(path).suffix], where)
                self.assertIn("accept-encoding", (answer.one("Vary") or "").lower(), where)
                cache = FOR_EVER if re.search(r"-[0-9a-f]{8}\.", path) else ASK
                self.assertEqual(answer.one("Cache-Control"), cache, where)
                self.check_always(answer, where)

    def test_the_first_page_is_sent_compressed_too(self):
        answer = self.host.get("", encoding="br")
        self.assertEqual((answer.status, answer.one("Content-Encoding")), (200, "br"))
        self.assertEqual(answer.one("Content-Type"), TYPES[".html"])

    def test_pictures_are_not_compressed(self):
        answer = self.host.get(first("media/*.jpg"), encoding="gzip, br")
        self.assertIsNone(answer.one("Content-Encoding"))

    def test_films_are_sent_in_parts(self):
        path = first("media/*.mp4")
        whole = (WORK / path).read_bytes()
        for said, begin, end in (("bytes=0-99", 0, 99), ("bytes=100-", 100, len(whole) - 1),
                                 ("bytes=-7", len(whole) - 7, len(whole) - 1)):
            answer = self.host.get(path, Range=said)
            self.assertEqual(answer.status, 206, said)
            self.assertEqual(answer.one("Content-Range"), f"bytes {begin}-{end}/{len(whole)}")
            self.assertEqual(answer.body, whole[begin:end + 1])
            self.assertEqual(answer.one("Content-Type"), "video/mp4")
        self.assertEqual(self.host.get(path, Range=f"bytes={len(whole)}-").status, 416)
        self.assertEqual(self.host.get(path).one("Accept-Ranges"), "bytes")

    def test_what_is_not_there_is_a_page_of_ours(self):
        for path in ("nothing.html", "people/nobody.html", "media/gone-01234567-160.jpg", "static/gone-01234567.css",
                     "search/c-0-aaaaaa.js", "a/b/c", "data/gone.csv"):
            answer = self.host.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertEqual(answer.body, (WORK / "404.html").read_bytes(), path)
            self.assertEqual(answer.one("Content-Type"), TYPES[".html"], path)
            self.assertEqual(answer.one("Cache-Control"), ASK, path)
            self.check_always(answer, path)

    def test_hidden_files_are_not_there(self):
        for path in (".git/config", ".htpasswd", "people/.hidden.html", ".git/"):
            answer = self.host.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertNotIn(b"hidden", answer.body[:6], path)
        self.assertEqual(self.host.get(".well-known/pki.txt").body, b"hidden")

    def test_no_folder_is_listed(self):
        for path in ("media/", "static/", "empty/"):
            answer = self.host.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertNotIn(b"file.txt", answer.body)

    def test_nothing_outside_is_shown(self):
        for path in ("../outside.txt", "..%2foutside.txt", "%2e%2e/outside.txt", "people/../../outside.txt",
                     "../../outside.txt", "people/..%2f..%2foutside.txt"):
            self.assertNotIn(b"outside", self.host.get(path).body, path)

    def test_only_reading_is_possible(self):
        for method in ("POST", "PUT", "DELETE"):
            self.assertGreaterEqual(self.host.get("index.html", method=method).status, 400, method)
        head = self.host.get("index.html", method="HEAD")
        self.assertEqual((head.status, head.body), (200, b""))

    def test_the_server_does_not_name_its_version(self):
        self.assertNotRegex(self.host.get("").one("Server") or "", r"\d")


for server in (Nginx, Caddy, Apache):
    for prefix, name in (("/", "AtTheRoot"), ("/qunying/", "BelowAPrefix")):
        case = type(server.__name__ + name, (Hosted, unittest.TestCase), {"server": server, "prefix": prefix})
        globals()[case.__name__] = case


class WebConfig(unittest.TestCase):
    """IIS runs nowhere here: its settings are checked as text against what the other servers send."""

    def setUp(self):
        self.root = ElementTree.parse(HOSTING / "web.config").getroot()

    def test_types_are_those_of_the_others(self):
        told = {one.get("fileExtension"): one.get("mimeType") for one in self.root.iter("mimeMap")}
        for ending, kind in TYPES.items():
            if ending != ".jpg":  # which every IIS knows
                self.assertEqual(told.get(ending), kind, ending)
        # An ending that IIS knows already makes every page an error unless it is removed first.
        static = self.root.find("system.webServer/staticContent")
        removed = set()
        for one in static:
            if one.tag == "remove":
                removed.add(one.get("fileExtension"))
            if one.tag == "mimeMap":
                self.assertIn(one.get("fileExtension"), removed)

    def test_headers_are_those_of_the_others(self):
        said = {one.get("name"): one.get("value")
                for one in self.root.findall("system.webServer/httpProtocol/customHeaders/add")}
        self.assertEqual(said, ALWAYS)

    def test_folders_are_not_listed_and_404_is_ours(self):
        self.assertEqual(self.root.find("system.webServer/directoryBrowse").get("enabled"), "false")
        pages = {one.get("statusCode"): one.get("path") for one in self.root.iter("error")}
        self.assertEqual(pages, {"404": "/404.html", "403": "/404.html"})

    def test_media_are_kept_and_the_rest_is_asked_for(self):
        modes = [one.get("cacheControlMode") for one in self.root.iter("clientCache")]
        self.assertEqual(modes, ["DisableCache", "UseMaxAge"])
        self.assertEqual(self.root.find("location").get("path"), "media")


if __name__ == "__main__":
    prepared_site()
    unittest.main(argv=sys.argv[:1] + sys.argv[1:], verbosity=1)
