"""What the makers of CIFAR-10 published, down to the last byte, and whether some files are that."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from lintutor.datasets._files import EDITIONS, members, read

NOTE = "lintutor.json"  # lies beside batches whose checksums alone do not say what they are


class Print(NamedTuple):
    """The size of a file in bytes, and its MD5."""

    size: int
    md5: str


@dataclass(frozen=True)
class Published:
    """An edition as it was published: the address and the archive, and each file in it.

    Attributes
    ----------
    url : str
    size : int
        Bytes of the archive.
    sha256 : str
        Of the archive.
    files : mapping of str to Print
        Each file that counts, by name.
    binary_md5 : str
        Of the archive of the binary edition, whose files have no published checksums.
    rows : int
        Images in a batch.
    """

    url: str
    size: int
    sha256: str
    files: Mapping[str, Print]
    binary_md5: str
    rows: int = 10000


#: The MD5 of both archives stand on the page of CIFAR-10; torchvision checks those of the files, Keras the
#: SHA-256.
CIFAR10 = Published(
    url="https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
    size=170498071,
    sha256="6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
    files={
        "batches.meta": Print(158, "5ff9c542aee3614f3951f8cda6e48888"),
        "data_batch_1": Print(31035704, "c99cafc152244af753f735de768cd75f"),
        "data_batch_2": Print(31035320, "d4bba439e000b95fd0a9bffe97cbabec"),
        "data_batch_3": Print(31035999, "54ebc095f3ab1f0389bbae665268c751"),
        "data_batch_4": Print(31035696, "634d18415352ddfa80567beed471001a"),
        "data_batch_5": Print(31035623, "482c414d41f54cd18b22e5b47cb7c3cb"),
        "test_batch": Print(31035526, "40351d587109b95175f43aff81a1287e"),
    },
    binary_md5="c32a1d4ab5d03f1284b67883e8d87530",
)


@dataclass(frozen=True)
class State:
    """What lies in a folder: it is ``absent``, ``verified``, ``unverified`` or ``differs``.

    With it: what is wrong, where unverified files came from, and the files.
    """

    name: str
    problem: str = ""
    origin: str = ""
    files: Mapping[str, Print] = field(default_factory=dict)


def is_published(path: str | os.PathLike[str], *, published: Published = CIFAR10) -> bool:
    """Return whether a folder or an archive holds the files of CIFAR-10 just as they were published.

    Parameters
    ----------
    path : path
        A folder or an archive of the python edition; an archive of the binary one; or a folder of the
        binary one that :func:`install_cifar10` made of its published archive.
    published : Published
        What to hold the files against.

    Returns
    -------
    bool
        False too where a file is missing, or cannot be read, or nothing is there.

    Examples
    --------
    >>> is_published("nowhere")
    False
    """
    root = Path(path).expanduser()
    try:
        if root.is_file() and checksum(root) == published.binary_md5:
            return True
        found = prints(root, published.rows)
        return not difference(found, published.files) or _noted(root, found).get("verified") is True
    except (OSError, ValueError):
        return False


def examine(folder: Path, published: Published = CIFAR10) -> State:
    """Return what lies in a folder that :func:`install_cifar10` may have filled."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return State("absent")
    try:
        found = prints(folder, published.rows)
    except ValueError as error:
        return State("differs", str(error))
    problem = difference(found, published.files)
    if not problem:
        return State("verified", files=found)
    note = _noted(folder, found)
    if not note:
        return State("differs", f"{folder}: {problem}", files=found)
    return State(
        "verified" if note["verified"] else "unverified", origin=str(note.get("from", "")), files=found
    )


def prints(root: Path, rows: int) -> dict[str, Print]:
    """Return the size and the MD5 of each file of the data set in a folder or an archive."""
    found = {}
    for member in members(root):
        raw = read(member, rows, root)
        found[member.name] = Print(len(raw), hashlib.md5(raw, usedforsecurity=False).hexdigest())
    return found


def checksum(path: Path) -> str:
    """Return the MD5 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def difference(found: Mapping[str, Print], expected: Mapping[str, Print]) -> str:
    """Return which file differs from the expected one, and how; an empty text where none does."""
    meta, ending = EDITIONS["binary"]
    if any(name == meta or name.endswith(ending) for name in found):
        return "the files are of the binary edition, of which only the archive has a published checksum"
    problems = [problem for name in expected if (problem := _differs(name, found.get(name), expected[name]))]
    if len(problems) < 2:
        return "".join(problems)
    return f"{problems[0]}, and {len(problems) - 1} more of the {len(expected)} files differ"


def _differs(name: str, found: Print | None, wanted: Print) -> str:
    if found is None:
        return f"{name} is missing"
    if found.md5 == wanted.md5:
        return ""
    if found.size != wanted.size:
        return f"{name} has {found.size} bytes, the published one has {wanted.size}"
    return f"{name} has MD5 {found.md5}, the published one has {wanted.md5}"


def write_note(folder: Path, verified: bool, origin: str, found: Mapping[str, Print]) -> None:
    """Remember where files came from whose checksums are not the published ones."""
    note = {"verified": verified, "from": origin, "md5": {name: found[name].md5 for name in sorted(found)}}
    (folder / NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")


def _noted(folder: Path, found: Mapping[str, Print]) -> dict[str, Any]:
    """Return the note of a folder; an empty dict where there is none that speaks of these very files."""
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    right = isinstance(note, dict) and type(note.get("verified")) is bool
    return note if right and note.get("md5") == {name: each.md5 for name, each in found.items()} else {}
