"""What fetches the data that does not come with the package: ``data``."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .front import INTERRUPTED, USAGE, app, fail

if TYPE_CHECKING:
    from lintutor.datasets.published import State

SCHEMA = "lintutor/data/1"
WHAT = {
    "scenes": "drawn scenes of 32 x 32 pixels, as many as you like",
    "digits": "1,797 handwritten digits of 8 x 8 pixels",
    "cifar10": "60,000 photographs of 32 x 32 pixels",
}


@app.command(epilog="Ends with 0 if the data are there, 2 if they cannot be had or read, 130 after Ctrl-C.")
def data(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="cifar10; without it, what there is.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="PATH", help="A folder or archive of CIFAR-10 that you have."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Put it into this folder (default: your cache folder)."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Get it anew, even if it is there.")] = False,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Take files whose checksums are not the published ones.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one object of lintutor/data/1.")] = False,
) -> None:
    """Show the data sets, or get CIFAR-10.

    A download that breaks off goes on where it was when you call this again.
    """
    if name not in (None, *WHAT):
        fail(f"no data set {name!r}; there are {', '.join(WHAT)}", USAGE)
    if name != "cifar10" and (source or to or again or unverified):
        fail("--from, --to, --again and --unverified are for cifar10: lintutor data cifar10 ...", USAGE)
    if name == "cifar10":
        _get(source, to, again, unverified, told=not json)
    try:
        rows = [_row(each, to) for each in WHAT if name in (None, each)]
    except (OSError, ValueError) as error:
        fail(_one_line(error), USAGE)
    if json:
        from lintutor.autograder.reports.clean import json_line

        print(json_line({"schema": SCHEMA, "datasets": rows}))
    elif name != "cifar10":
        _show(rows)


def _get(source: Path | None, to: Path | None, again: bool, unverified: bool, told: bool) -> None:
    """Get CIFAR-10 by download or from `source`, and say where it is."""
    from lintutor.datasets import fetch_cifar10, install_cifar10

    folder = _folder(to)
    try:
        if source is None:
            fetch_cifar10(folder, again=again, unverified=unverified, say=_say, shown=True)
        else:
            install_cifar10(source, folder, again=again, unverified=unverified, say=_say, shown=True)
    except KeyboardInterrupt:
        kept = "what has come is kept, and the next start goes on there"
        fail(f"stopped; {kept if source is None else 'nothing has changed'}", INTERRUPTED)
    except (OSError, ValueError) as error:
        fail(_one_line(error), USAGE)
    if told:
        print(f"CIFAR-10 is in {folder}")
        named = os.environ.get("LINTUTOR_CIFAR10")
        if to is None and named:
            print(f"It is read from {named} as long as LINTUTOR_CIFAR10 says so.")
        elif to is not None and named != str(folder):
            print(f"To read it from there: export LINTUTOR_CIFAR10={shlex.quote(str(folder))}")


def _folder(to: Path | None) -> Path:
    from lintutor.datasets import cifar10_folder

    usual = cifar10_folder()
    if to is None:
        return usual
    place = to.expanduser().absolute()
    return place if place.name == usual.name else place / usual.name


def _say(text: str) -> None:
    from lintutor.autograder.reports import clean

    print(f"lintutor: {clean.text(text)}", file=sys.stderr, flush=True)


def _one_line(error: OSError | ValueError) -> str:
    """Return an error in words; a system's own errors name a file, or else the disk is full."""
    import errno

    if not isinstance(error, OSError) or error.strerror is None:
        return str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full: CIFAR-10 takes 360 MB while it is unpacked and 186 MB then; see --to"
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _row(name: str, to: Path | None) -> dict[str, Any]:
    """Return what is to be said of a data set."""
    row: dict[str, Any] = {
        "name": name,
        "what": WHAT[name],
        "state": "in the package",
        "folder": None,
        "remark": "",
    }
    if name != "cifar10":
        return row
    folder, state = _lies(to)
    remark = state.problem or (f"taken from {state.origin}" if state.name == "unverified" else "")
    return {**row, "state": state.name, "folder": str(folder), "remark": remark}


def _lies(to: Path | None) -> "tuple[Path, State]":
    """Return where CIFAR-10 is looked for, and what lies there."""
    from lintutor.datasets.published import examine

    named = os.environ.get("LINTUTOR_CIFAR10")
    folder = Path(named).expanduser() if named and to is None else _folder(to)
    return folder, examine(folder)


def _show(rows: list[dict[str, Any]]) -> None:
    """Print a line a data set, and below it where it lies."""
    from lintutor.autograder.reports import page

    out = page.console()
    lines = page.Page(out.width)
    for row in rows:
        state = "not here" if row["state"] == "absent" else row["state"]
        lines.add(f"{row['name']:8}  {state:14}  {row['what']}", hang=26)
        if row["state"] == "absent":
            lines.add(
                "`lintutor data cifar10` downloads it: 170 MB, and 186 MB on the disk", "cyan", indent=10
            )
        elif row["folder"]:
            lines.add(f"in {row['folder']}", indent=10)
            if row["remark"]:
                lines.add(row["remark"], "yellow", indent=10)
    lines.print(out)
