"""Gets a file by HTTP: goes on where an earlier attempt broke off, and ends whatever the server does."""

import json
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lintutor.progress import bar

if TYPE_CHECKING:
    from requests import Response

_CHUNK = 1 << 14
_MB = 1_000_000
_LATER = (408, 425, 429)  # what a server answers that may answer otherwise soon, besides all of 5xx
_GZIP = b"\x1f\x8b"


class DownloadError(OSError):
    """A file that cannot be had from its address."""


class _Trouble(Exception):
    """What ended one attempt and may not end the next; `wait` is what the server asks for."""

    def __init__(self, text: str, wait: float = 0.0) -> None:
        super().__init__(text)
        self.wait = wait


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: between attempts in vain, for a connection, for a byte, at most."""

    pauses: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)
    connect: float = 15.0
    read: float = 30.0
    longest: float = 120.0


PATIENCE = Patience()


def silent(text: str) -> None:
    """Say nothing."""


class Resuming:
    """A downloader for pooch. What has come lies in `part`, which outlives an error, Ctrl-C and a kill.

    Beside it lies what tells whether the server still has the same file: without that, or where it
    says otherwise, the download starts afresh, so that two files are never spliced.

    Parameters
    ----------
    part : Path
    size : int or None
        Bytes that the file must have; None if it may have any number up to `most`.
    most : int
        Bytes after which an answer is too long.
    patience : Patience
    say : callable
        Is told in one line why an attempt failed, and when the next one begins.
    shown : bool
        Whether to show a bar.
    """

    def __init__(
        self,
        part: Path,
        size: int | None,
        most: int,
        patience: Patience = PATIENCE,
        say: Callable[[str], None] = silent,
        shown: bool = False,
    ) -> None:
        self.part, self.size, self.most = part, size, most
        self.patience, self.say, self.shown = patience, say, shown
        self.memo = part.with_name(part.name + ".json")
        self.resumed = False

    def __call__(self, url: str, output_file: str, pooch: Any = None) -> None:
        """Get `url` into `output_file`."""
        in_vain, furthest = 0, self._have()
        while True:
            try:
                self._attempt(url)
                break
            except _Trouble as trouble:
                have = self._have()
                in_vain = 1 if have > furthest else in_vain + 1
                furthest = max(furthest, have)
                if in_vain > len(self.patience.pauses):
                    kept = f"; the {_mb(have)} that came are kept for the next start" if have else ""
                    raise DownloadError(f"{url}: {trouble}; tried {in_vain} times{kept}") from None
                wait = max(self.patience.pauses[in_vain - 1], trouble.wait)
                self.say(f"{trouble}; trying again in {wait:g} s")
                time.sleep(wait)
        self.part.replace(output_file)
        self.memo.unlink(missing_ok=True)

    def drop(self) -> None:
        """Forget what has come."""
        self.part.unlink(missing_ok=True)
        self.memo.unlink(missing_ok=True)

    def _have(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _remembered(self, url: str) -> dict[str, Any]:
        """Return what is known of the part: the address, the validator, the bytes of the whole."""
        try:
            memo = json.loads(self.memo.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return memo if isinstance(memo, dict) and memo.get("url") == url and memo.get("validator") else {}

    def _attempt(self, url: str) -> None:
        """Ask once for the file, or for the rest of it, and take what comes."""
        import requests

        memo = self._remembered(url)
        start = self._have() if memo else 0
        if start and start == memo["total"]:
            self.resumed = True
            return
        headers = {"Accept-Encoding": "identity", "User-Agent": "lintutor"}
        if start:
            headers |= {"Range": f"bytes={start}-", "If-Range": memo["validator"]}
        timeouts = (self.patience.connect, self.patience.read)
        try:
            with requests.get(url, headers=headers, stream=True, timeout=timeouts) as response:
                start, total = self._accept(response, url, start, memo)
                self._take(response, url, start, total)
        except requests.exceptions.SSLError:
            raise DownloadError(
                f"{url}: the connection is not secure: does this network want a sign-in, is the clock right?"
            ) from None
        except (
            requests.ConnectionError,
            requests.Timeout,
            requests.exceptions.ChunkedEncodingError,
        ) as error:
            raise _Trouble(self._reason(error)) from None
        except requests.RequestException as error:
            raise DownloadError(f"{url}: {error}") from None

    def _accept(
        self, response: "Response", url: str, start: int, memo: dict[str, Any]
    ) -> tuple[int, int | None]:
        """Return where the answer begins in the file and the bytes of the whole, or refuse the answer."""
        status, told = response.status_code, f"the server answers {response.status_code} {response.reason}"
        if status in _LATER or status >= 500:
            raise _Trouble(told, self._asked(response, url))
        if status == 416:
            self.drop()
            raise _Trouble("the server does not have the rest; starting afresh")
        if status not in (200, 206):
            raise DownloadError(f"{url}: {told}")
        if "html" in response.headers.get("Content-Type", ""):
            raise DownloadError(_not_the_archive(url, response, "an HTML page"))
        etag = response.headers.get("ETag", "")
        if status == 206:
            self._check_range(response, etag, start, memo)
            self.resumed = True
            return start, memo["total"]
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        if self.size is not None and total not in (None, self.size):
            raise DownloadError(
                f"{url}: the server announces {total} bytes, the published archive has {self.size}"
            )
        if total is not None and total > self.most:
            raise DownloadError(f"{url}: the server announces {total} bytes, too many for CIFAR-10")
        self.drop()  # before the new note, lest it vouch for the old part
        validator = etag if etag.startswith('"') else response.headers.get("Last-Modified")
        memo = {"url": url, "validator": validator if total else None, "total": total}
        self.memo.write_text(json.dumps(memo), encoding="utf-8")
        return 0, total

    def _check_range(self, response: "Response", etag: str, start: int, memo: dict[str, Any]) -> None:
        """Refuse a part that is not the rest of what has come."""
        given = response.headers.get("Content-Range", "")
        match = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", given.strip())
        if not (start and match and int(match[1]) == start and match[3] in ("*", str(memo["total"]))):
            self.drop()
            raise _Trouble(
                f"the server sends another part than asked for ({given or 'it does not say which'})"
            )
        if etag and memo["validator"].startswith('"') and etag != memo["validator"]:
            self.drop()
            raise _Trouble("the file on the server has changed; starting afresh")

    def _take(self, response: "Response", url: str, start: int, total: int | None) -> None:
        """Write the body behind what has come."""
        response.raw.headers.pop("Content-Encoding", None)  # it speaks of the archive: leave that packed
        have, begun = start, time.monotonic()
        most = self.most if total is None else total
        with (
            self.part.open("ab" if start else "wb") as file,
            bar(math.ceil((total or self.size or most) / _MB), "downloading, MB", self.shown) as advance,
        ):
            advance(start // _MB)
            for chunk in response.iter_content(_CHUNK):
                if not have and not _GZIP.startswith(chunk[:2]):
                    what = "an HTML page" if chunk.lstrip().startswith(b"<") else "something else"
                    raise DownloadError(_not_the_archive(url, response, what))
                if have + len(chunk) > most:
                    self.drop()
                    raise DownloadError(
                        f"{url}: the answer goes on after {most} bytes, too many for CIFAR-10"
                    )
                file.write(chunk)
                steps = (have + len(chunk)) // _MB - have // _MB
                have += len(chunk)
                if steps:
                    speed = (have - start) / _MB / max(time.monotonic() - begun, 1e-3)
                    advance(steps, f"{speed:.1f} MB/s")
        if have < (total or self.size or 0):
            raise _Trouble(f"the connection broke off after {_mb(have)} of {_mb(total or self.size or 0)}")

    def _asked(self, response: "Response", url: str) -> float:
        """Return how long the server asks to wait."""
        from email.utils import parsedate_to_datetime

        asked = response.headers.get("Retry-After", "")
        if asked.isdecimal():
            wait = float(asked)
        else:
            try:
                wait = max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
            except ValueError:
                return 0.0
        if wait > self.patience.longest:
            raise DownloadError(
                f"{url}: the server answers {response.status_code} and asks to come back in {wait:.0f} s"
            )
        return wait

    def _reason(self, error: Exception) -> str:
        if "timed out" in str(error).lower() or "timeout" in type(error).__name__.lower():
            return f"the server fell silent after {_mb(self._have())}"
        if self._have():
            return f"the connection broke off after {_mb(self._have())}"
        return "no connection to the server"


def _mb(count: int) -> str:
    return f"{count / _MB:.1f} MB" if count >= _MB else f"{count} bytes"


def _not_the_archive(url: str, response: "Response", what: str) -> str:
    led = f" from {response.url}" if response.url != url else ""
    return (
        f"{url}: {what} came{led} in place of the archive; "
        "does this network want you to sign in first? Open any page in a browser, then try again"
    )
