#!/usr/bin/env python3
"""The launch script and the policy of `qunying kiosk setup` in a real Chromium, in a mount namespace of its own, where
they lie as on a kiosk. Usage: browser_test.py PATH-TO-QUNYING NODE
Ends with 77 where no mount namespace may be made."""
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

PROGRAM, NODE = os.path.abspath(sys.argv[1]), sys.argv[2]
HERE = pathlib.Path(__file__).resolve().parent
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<p id="here">{title}</p>
<a id="other" href="../people/one.html">one</a>
<a id="out" href="{address}out.html">out</a>
<a id="data" href="../note.bin" download>note</a>
"""


class Listener(http.server.BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>outside</title>")

    def log_message(self, *_):
        pass


def in_namespace(command):
    return ["unshare", "--mount", "--propagation", "private", "sh", "-ec", command]


def main():
    if subprocess.run(in_namespace("mount -t tmpfs none /mnt"), capture_output=True).returncode != 0:
        print("no mount namespace may be made here: nothing was tried")
        return 77
    room = pathlib.Path(tempfile.mkdtemp(prefix="qunying-machine-")).resolve()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        return tried(room, f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(room, ignore_errors=True)


def tried(room, address):
    content, root = room / "content", room / "root"
    for number in (1, 2):
        for name, title in (("kiosk/index.html", f"hall {number}"), ("people/one.html", f"one {number}")):
            page = content / "releases" / str(number) / name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(PAGE.format(title=title, address=address))
        (content / "releases" / str(number) / "note.bin").write_bytes(b"\0" * 64)
    (room / "secret.html").write_text("<title>secret</title>")
    subprocess.run([PROGRAM, "kiosk", "setup", "--to", str(content), "-o", str(room / "setup"), "--screen", "1080x1920"],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["sh", str(room / "setup/apply.sh"), "--root", str(root)], check=True, stdout=subprocess.DEVNULL)
    # As on a kiosk: policy, scripts and pages in their places. /etc of this machine stays as it is.
    command = f"""
        mkdir -p /run/qunying-kiosk 2>/dev/null || true
        for place in etc/chromium usr/local/lib usr/local/share; do
            mkdir -p "{room}/lower/$place"
            [ -d "/$place" ] || continue
            cp -a "/$place/." "{room}/lower/$place/" 2>/dev/null || true
            cp -a "{root}/$place/." "{room}/lower/$place/"
            mount --bind "{room}/lower/$place" "/$place"
        done
        mount -t tmpfs none /run
        mkdir -p /run/qunying-kiosk
        exec "{NODE}" "{HERE}/browser.mjs" "{room}" "{content}" "{root}" "{address}"
    """
    code = subprocess.run(in_namespace(command), timeout=240).returncode
    if Listener.asked:
        print("asked of a server outside:", Listener.asked)
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
