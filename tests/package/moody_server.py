"""A server on loopback that serves one file, and can break off, lie, stall or serve something else."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """How one request is answered; by default as it should be."""

    status: int = 200
    body: bytes | None = None  # what is served in place of the file
    cut: int | None = None  # bytes of the body after which the connection ends
    stalls: bool = False  # ... or only falls silent
    length: int | None = -1  # the Content-Length to announce: -1 for the true one, None for none
    etag: str | None = '"one"'
    ranges: bool = True  # whether a Range is honored
    shift: int = 0  # how far from the asked one the served range begins
    headers: dict = field(default_factory=dict)


class Server(ThreadingHTTPServer):
    """Answers requests as `answers` says, in order; the last one answers all further ones."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, content):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content, self.answers = content, [Answer()]
        self.asked, self.sent = [], []  # the headers of each request; the bytes of each body
        self.released = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/cifar-10-python.tar.gz"

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass  # a client that goes away is what some tests are about


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        self.server.asked.append(dict(self.headers))
        self.server.sent.append(0)
        number = len(self.server.sent) - 1
        body = self.server.content if answer.body is None else answer.body
        status, extra = answer.status, dict(answer.headers)
        asked = self.headers.get("Range")
        unchanged = self.headers.get("If-Range") in (answer.etag, extra.get("Last-Modified"))
        if asked and answer.ranges and unchanged and status == 200:
            start = int(asked.removeprefix("bytes=").removesuffix("-")) + answer.shift
            status = 206
            extra["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            body = body[start:]
        self.send_response(status)
        if answer.length is not None:
            self.send_header("Content-Length", str(len(body) if answer.length == -1 else answer.length))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        sent = body if answer.cut is None else body[: answer.cut]
        self.wfile.write(sent)
        self.server.sent[number] = len(sent)
        if answer.stalls:
            self.wfile.flush()
            self.server.released.wait(30)
        self.close_connection = True

    def log_message(self, format, *args):
        pass
