"""A visitor who never rests: follows every link of a site that is served from a folder, and remembers what was
missing or torn."""
import functools
import http.client
import http.server
import threading
import time

from releases import links_of


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass


class Crawler:
    def __init__(self, folder):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.known = {}  # path: every text that a release has there
        self.faults, self.rounds, self.requests = [], 0, 0
        self.patient, self.blinks = False, 0  # towards a server that removes before it renames
        self.resting, self.stopping = threading.Event(), threading.Event()
        self.connection = None
        self.thread = threading.Thread(target=self.crawl, daemon=True)

    def knows(self, files):
        for path, text in files.items():
            self.known.setdefault(path, set()).add(text)

    def start(self):
        self.thread.start()
        return self

    def stop(self):
        self.stopping.set()
        self.thread.join(30)
        self.server.shutdown()
        self.server.server_close()

    def get(self, path):
        self.requests += 1
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        try:
            self.connection.request("GET", "/" + path)
            answer = self.connection.getresponse()
            body = answer.read()
        except (http.client.HTTPException, OSError):
            self.connection = None  # a file that became shorter while it was sent: looked at again
            return 0, ""
        return answer.status, body.decode(errors="replace")

    def crawl(self):
        while not self.stopping.is_set():
            self.round()
            self.rounds += 1

    def round(self):
        status, home = self.get("index.html")
        if status != 200:
            return self.note("index.html", status, None, None)
        seen, todo = {"index.html"}, [("index.html", home)]
        while todo and not self.stopping.is_set():
            page, text = todo.pop()
            for link in links_of(page, text):
                if link in seen:
                    continue
                seen.add(link)
                status, there = self.get(link)
                if status == 200 and there in self.known.get(link, ()):
                    todo.append((link, there))
                else:
                    self.note(link, status, page, text)

    def note(self, link, status, page, text):
        """A page that was replaced or taken down since it was read no longer counts; what is torn does."""
        if page is not None and status != 200:
            again, now = self.get(page)
            if again == 404 or (again == 200 and now != text):
                return
        if self.patient:
            time.sleep(0.3)
            again, there = self.get(link)
            if again == 200 and there in self.known.get(link, ()):
                self.blinks += 1
                return
        self.faults.append((link, status if status != 200 else "torn", page))
