"""A bar on the error stream while something takes long, where that stream is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Advance", "bar"]

#: Moves a bar on by so many steps; a text, if given, stands beside it from then on.
Advance = Callable[..., None]


@contextmanager
def bar(total: int, label: str = "", shown: bool = True) -> Iterator[Advance]:
    """Show a bar of `total` steps, gone when all is done; gives the function that moves it on.

    Parameters
    ----------
    total : int
    label : str
        What is being done, in front of the bar.
    shown : bool
        False shows nothing; nothing is shown either where the error stream is no terminal.

    Yields
    ------
    advance : callable (steps=1, note="") -> None

    Examples
    --------
    >>> with bar(3, "squares", shown=False) as advance:
    ...     for k in range(3):
    ...         advance(1, f"{k * k}")
    """
    if not shown or not sys.stderr.isatty():
        yield lambda steps=1, note="": None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = [BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[note]}")]
    if label:
        columns.insert(0, TextColumn("{task.description}"))
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # what is printed goes where it was sent
        redirect_stderr=False,
    ) as shown_bar:
        task = shown_bar.add_task(escape(label), total=total, note="")

        def advance(steps: int = 1, note: str = "") -> None:
            shown_bar.advance(task, steps)
            if note:
                shown_bar.update(task, note=escape(note))

        yield advance
