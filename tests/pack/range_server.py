"""A web server for packs, with ranges, that counts what it sends and fails as it is told."""
import http.server
import pathlib
import re
import threading


class RangeServer:
    """Serves a folder on a free port of this machine. Use with `with`."""
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.sent = {}  # bytes of bodies, by file
        self.requests = []  # (path, range or None)
        self.break_after = None  # bytes of bodies in all, then every connection breaks
        self.refuse = 0  # so many answers of 503 first
        self.ranges = True
        self.moved = False  # everything is found under /moved/
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                server.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that was killed
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def total(self):
        return sum(self.sent.values())

    def forget(self):
        self.sent, self.requests = {}, []

    def say(self, handler, status, headers=(), body=b""):
        handler.send_response(status)
        for name, value in headers:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def answer(self, handler):
        wanted = handler.headers.get("Range")
        self.requests.append((handler.path, wanted))
        if self.refuse > 0:
            self.refuse -= 1
            return self.say(handler, 503)
        path = handler.path
        if self.moved:
            if not path.startswith("/moved/"):
                return self.say(handler, 302, [("Location", "/moved" + path)])
            path = path[len("/moved"):]
        file = self.folder / path.lstrip("/")
        if not file.is_file():
            return self.say(handler, 404, body=b"not here")
        self.send(handler, file, wanted if self.ranges else None)

    def send(self, handler, file, wanted):
        data = file.read_bytes()
        if wanted:
            begin, end = (int(number) for number in re.fullmatch(r"bytes=(\d+)-(\d+)", wanted).groups())
            if begin >= len(data):
                return self.say(handler, 416, [("Content-Range", f"bytes */{len(data)}")])
            end = min(end, len(data) - 1)
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {begin}-{end}/{len(data)}")
            data = data[begin:end + 1]
        else:
            handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        if self.break_after is not None:
            data, whole = data[:max(0, self.break_after - self.total)], data
            if len(data) < len(whole):
                handler.close_connection = True
        self.sent[file.name] = self.sent.get(file.name, 0) + len(data)
        handler.wfile.write(data)
