"""Reads a zip in memory: nothing is unpacked, and nothing that its headers say is believed.

Python files and notebooks are read, at most so many bytes of each and of all; other members are not
opened, a zip inside the zip neither.
"""

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator

from .bundle import DEPTH, KINDS, Bundle, Entry, Refused, is_junk, limit, tell, too_large

MEMBERS = 1_000


def unpack(data: bytes) -> Bundle:
    """Read a zip in memory, with no trust in what its headers say."""
    bundle = Bundle(kind="zip")
    if not data:
        raise Refused("the file is empty")
    if not data.startswith(b"PK"):
        raise Refused(f"this is not a zip archive, whatever its name says{_in_truth(data)}")
    # Each member takes one such signature: so many are refused before zipfile makes objects of them.
    if data.count(b"PK\1\2") > 10 * MEMBERS:
        raise Refused(f"the zip holds more than {MEMBERS} files; pack only your answers")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise Refused(
                    f"the zip holds {len(members)} files, more than {MEMBERS}; pack only your answers"
                )
            if sum(member.compress_size for member in members) > len(data):
                raise Refused("the zip is damaged or a trap: its files take more room than it has")
            for name, member in _named(members, bundle):
                bundle.add(_member(archive, member, name, bundle.room))
    except Refused:
        raise
    except Exception as error:  # on damaged bytes zipfile raises almost anything
        told = str(error) or type(error).__name__
        raise Refused(f"the zip is damaged or not whole ({tell(told)}); pack it again") from None
    bundle.entries.sort(key=lambda entry: (entry.depth, entry.name))  # as a folder is walked
    return bundle


def _in_truth(data: bytes) -> str:
    """Return what a file really is, where its first bytes tell."""
    known = {b"Rar!": "a RAR", b"7z\xbc\xaf": "a 7z", b"\x1f\x8b": "a gzip"}
    found = [word for start, word in known.items() if data.startswith(start)]
    return f": it is {found[0]} archive; pack your answers as a .zip" if found else "; pack it again"


def _named(members: Iterable[zipfile.ZipInfo], bundle: Bundle) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the members that can be answers, each under a clean name; sort out the rest."""
    seen: dict[str, zipfile.ZipInfo] = {}
    twice: set[str] = set()
    for member in members:
        name = _decoded(member).replace("\\", "/")  # some programs of Windows write these
        parts = name.split("/")
        if name.endswith("/") or any(is_junk(part) for part in parts if part not in ("..", ".")):
            continue
        if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
            bundle.remarks.append(f"the zip holds {tell(name)!r}, a path that leads out of it: not read")
        elif not name.lower().endswith(KINDS):
            bundle.others.append(name)
        elif len(parts) - 1 > DEPTH:
            bundle.deep = True
        else:
            name = "/".join(part for part in parts if part not in ("", "."))
            twice |= {name} & seen.keys()
            seen[name] = member
    for name, member in seen.items():
        if name in twice:
            bundle.add(Entry(name, problem="the zip holds it twice; pack it again"))
        else:
            yield name, member


def _decoded(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the mark of UTF-8 it may be UTF-8 still, or Chinese, or of DOS."""
    name = member.orig_filename
    if member.flag_bits & 0x800:
        return name
    raw = name.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb2312", "cp437"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, room: int) -> Entry:
    """Read one member, at most so many bytes as it may have, whatever the header claims."""
    most = min(limit(name), room)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.flag_bits & 0x1:
        return Entry(name, problem="it is encrypted in the zip; pack it without a password")
    if kind not in (0, stat.S_IFREG):
        word = "symbolic link" if kind == stat.S_IFLNK else "device or pipe"
        return Entry(name, problem=f"in the zip this is a {word}, not a file; pack the file itself")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Entry(name, problem="the zip packs it in an unusual way; pack it again, with deflate")
    try:
        with archive.open(member) as file:
            data = file.read(most + 1)
    except Exception as error:  # on damaged bytes zipfile raises almost anything
        told = tell(str(error) or type(error).__name__)
        return Entry(name, problem=f"it is damaged in the zip ({told}); pack it again")
    if len(data) > most:
        return Entry(name, problem=too_large(name, most))
    return Entry(name, data, time=_changed(member))


def _changed(member: zipfile.ZipInfo) -> float:
    """Return when a member was changed, in seconds; only the order of such times means anything."""
    year, month, day, hour, minute, second = member.date_time
    return float(((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second)
