"""The built book, as trees that the tests can walk, and a browser that can reach no other host."""

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: Pages that Sphinx writes by itself.
MACHINE_MADE = {"genindex.html", "search.html", "index.html"}


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    order: int = 0

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        return " ".join(" ".join(element.words) for element in self.walk())


class TreeBuilder(HTMLParser):
    """Reads a page into a tree of elements."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document", {})
        self.open = [self.root]
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        element = Element(tag, {k: v or "" for k, v in attrs}, order=self.count)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1].tag not in ("script", "style"):
            self.open[-1].words.append(data)


@dataclass
class Page:
    """One page of the book."""

    path: Path
    root: Element

    @property
    def name(self) -> str:
        return self.path.relative_to(HTML).as_posix()

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.root.walk() if e.attributes.get("id")]

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.root.walk() if e.tag in tags]


def missing(what: str, cure: str) -> None:
    """Fail where everything must be there, skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: {cure}")
    pytest.skip(f"{what}: {cure}")


@pytest.fixture(scope="session")
def built_book() -> Path:
    if not (HTML / "index.html").is_file():
        missing("the book is not built", "run make book first")
    return HTML


@pytest.fixture(scope="session")
def pages(built_book: Path) -> list[Page]:
    found = []
    for path in sorted(built_book.rglob("*.html")):
        if "_static" in path.relative_to(built_book).parts or path.name == "webpack-macros.html":
            continue
        builder = TreeBuilder()
        builder.feed(path.read_text(encoding="utf-8"))
        found.append(Page(path, builder.root))
    assert found, f"{built_book} holds no page"
    return found


@pytest.fixture(scope="session")
def book_pages(pages: list[Page]) -> list[Page]:
    """The pages that people wrote."""
    return [page for page in pages if page.name not in MACHINE_MADE]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        missing("Chromium is not installed", "apt-get install chromium")
    from playwright.sync_api import sync_playwright

    flags = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"]
    flags += [
        "disable-component-update",
        "disable-sync",
        "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=[f"--{flag}" for flag in flags])
        yield launched
        launched.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def address(built_book: Path) -> Iterator[str]:
    """The book on a server of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built_book)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
