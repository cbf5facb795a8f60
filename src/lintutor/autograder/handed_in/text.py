"""Whether bytes can be the text of a Python file, judged without parsing them."""

import re

from .bundle import Refused

COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+")
SAVED = "the file is saved as UTF-16; save it as UTF-8"
STARTS = (
    ((b"\xff\xfe", b"\xfe\xff"), SAVED),
    ((b"PK\3\4",), "this is a zip archive or an Office document under the name of a Python file"),
    ((b"%PDF",), "this is a PDF under the name of a Python file"),
    ((b"<!DOCTYPE", b"<!doctype", b"<html"), "this is a web page, not the file; download the raw file"),
    ((b"{\\rtf",), "this is a document of a word processor; save it as plain text"),
)


def check_text(data: bytes) -> None:
    """Refuse bytes that cannot be a Python file, and say what they are."""
    for starts, told in STARTS:
        if data.startswith(starts):
            raise Refused(told)
    if b"\0" in data:
        wide = data.count(b"\0") > len(data) // 3
        raise Refused(SAVED if wide else "this is not a text file: it holds zero bytes")
    if any(COOKIE.match(line) for line in data.split(b"\n", 2)[:2]):
        return  # it names its encoding; Python will judge
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"line {line} holds a character that is not UTF-8; save the file as UTF-8") from None


def bare(source: bytes) -> bytes:
    """Return a source without what editors change by themselves."""
    return b"\n".join(
        line.rstrip() for line in source.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()
    )
