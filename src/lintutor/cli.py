"""The front door: ``lintutor check``, ``hint``, ``stubs`` and ``serve``.

Exit codes: 0 all is right, 1 something is not, 2 the command was used wrongly or its input is bad,
3 the grader itself failed.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from lintutor.autograder.catalogue import Exercise

RIGHT, WRONG, USAGE, FAULT = 0, 1, 2, 3

app = typer.Typer(
    name="lintutor",
    help="The exercises of the book: check an answer, get a hint, read the book.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

ExerciseName = Annotated[
    str, typer.Argument(metavar="EXERCISE", help="svm_loss_vectorized, ch03.svm_loss_vectorized, or ch03")
]


def main() -> None:
    """Run the command line; every known error is one line on the error stream."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without the check marks still gets the rest
    from lintutor.autograder.errors import GraderFault
    from lintutor.autograder.project import ProjectError

    try:
        app()
    except ProjectError as error:
        _fail(str(error), USAGE)
    except GraderFault as error:
        _fail(f"the grader failed, your code is not at fault: {error}", FAULT)
    except BrokenPipeError:
        sys.exit(WRONG)


def _fail(text: str, code: int) -> None:
    print(f"lintutor: {text}", file=sys.stderr)
    sys.exit(code)


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Say the version and end.")] = False,
) -> None:
    if version:
        from lintutor import __version__

        print(f"lintutor {__version__}")
        raise typer.Exit


@app.command()
def check(
    exercise: Annotated[
        str | None,
        typer.Argument(metavar="[EXERCISE]", help="svm_loss_vectorized, ch03.svm_loss_vectorized, or ch03"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="The answer: a file or a folder (default: exercises/ of the project).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of lintutor/result/1.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time that one call may take.")] = 10.0,
) -> None:
    """Check your answers and say which mistake it is."""
    from lintutor.autograder.project import ProjectError, find_root
    from lintutor.autograder.run import grade

    root = find_root()
    chosen = _choose(exercise, root)
    path = root / "exercises" if file is None else file
    if not path.exists():
        raise ProjectError(f"{path}: no such file or folder")
    if path.is_dir() and not any((path / entry.file).exists() for entry in chosen):
        wanted = ", ".join(sorted({entry.file for entry in chosen}))
        raise ProjectError(f"{path}: this folder holds no {wanted}")
    result = grade(chosen, path, seconds=seconds)
    if json:
        print(result.as_json())
    else:
        from lintutor.autograder import report

        report.show(result, report.console())
    if result.grader_fault is not None:
        _fail(f"the grader failed, your code is not at fault: {result.grader_fault}", FAULT)
    if any(row.status != "passed" for row in result.exercises):
        raise typer.Exit(WRONG)


@app.command()
def hint(
    exercise: ExerciseName,
    level: Annotated[int, typer.Option(min=1, max=3, help="1 is general, 3 says most.")] = 1,
) -> None:
    """Print a hint; each level says more than the one before, none says all."""
    from lintutor.autograder.project import ProjectError, find_root
    from lintutor.autograder.report import console

    chosen = _choose(exercise, find_root())
    if len(chosen) > 1:
        raise ProjectError(f"name one exercise of {exercise}: {', '.join(e.function for e in chosen)}")
    out = console()
    out.print(f"{chosen[0].title}: hint {level} of {len(chosen[0].hints)}", style="bold")
    out.print(" ".join(chosen[0].hints[level - 1].split()), markup=False)
    if level < len(chosen[0].hints):
        out.print(f"Still stuck? lintutor hint {chosen[0].function} --level {level + 1}", style="cyan")


@app.command()
def stubs(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if a stub is out of date.")
    ] = False,
) -> None:
    """Cut the learner's stubs in exercises/ out of solutions/."""
    from lintutor.autograder.project import find_root
    from lintutor.autograder.stubs import stale_stubs, write_stubs

    root = find_root()
    if not check:
        for path in write_stubs(root):
            print(f"written: {path.relative_to(root)}")
    stale = stale_stubs(root)
    for path, problem in stale:
        print(f"lintutor: {path.relative_to(root)} {problem}; run `lintutor stubs`", file=sys.stderr)
    if stale:
        raise typer.Exit(WRONG)


@app.command()
def serve(port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8000) -> None:
    """Serve the built book on this machine only."""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    from lintutor.autograder.project import ProjectError, find_root

    folder = find_root() / "_build" / "html"
    if not (folder / "index.html").is_file():
        raise ProjectError(f"the book is not built: {folder}/index.html is missing; run `make book`")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise ProjectError(f"port {port} cannot be used: {error.strerror}; try --port 0") from None
    with server:
        print(f"The book: http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def _choose(name: str | None, root: Path) -> "tuple[Exercise, ...]":
    """Return the exercises that a name stands for: a function, an id, a chapter, or nothing for all."""
    from lintutor.autograder import catalogue

    every = catalogue.exercises(root=root)
    wanted = (name or "").removesuffix(".py")
    chosen: Any = tuple(
        entry
        for entry in every
        if name is None or wanted in (entry.id, entry.function, entry.chapter, entry.file.removesuffix(".py"))
    )
    if chosen:
        return tuple(chosen)
    import difflib

    known = [key for entry in every for key in (entry.function, entry.id, entry.chapter)]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    told = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(e.id for e in every[:8])}"
    raise catalogue.CatalogueError(f"no exercise {name!r}; {told}")
