"""A bar on the error stream while something takes long, where that stream is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int, shown: bool = True) -> Iterator[Callable[[int], None]]:
    """Show a bar of `total` steps, gone when all is done; gives the function that moves it on."""
    if not shown or not sys.stderr.isatty():
        yield lambda steps: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    from lintutor.autograder.reports.page import console

    out = console(stderr=True)
    with Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=out,
        transient=True,
        redirect_stdout=False,  # what is printed goes where it was sent
        redirect_stderr=False,
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda steps: bar.update(task, advance=steps)
