"""What all commands share: the app, its exit codes, the names of exercises, how errors end."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lintutor.autograder.catalogue import Exercise

RIGHT, WRONG, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

HELP = "The exercises of the book: check an answer, get a hint, grade a class."
CODES = """\b
Exit codes:
  0    all is right; of grade: every submission was graded, whatever its marks
  1    something is not right
  2    the command was used wrongly, or what it was given cannot be read
  3    the grader itself failed; nobody's answer is at fault
  130  ended by Ctrl-C (watch, whose end that is, gives 0)
"""

app = typer.Typer(
    name="lintutor",
    help=HELP,
    epilog=CODES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

ExerciseName = Annotated[
    str, typer.Argument(metavar="EXERCISE", help="svm_loss_vectorized, ch03.svm_loss_vectorized, or ch03")
]
SomeExercise = Annotated[
    str | None,
    typer.Argument(metavar="EXERCISE", help="svm_loss_vectorized, ch03.svm_loss_vectorized, or ch03"),
]
Answer = Annotated[
    Path | None,
    typer.Option("--file", help="The answer: a file or a folder (default: exercises/ of the project)."),
]
Seconds = Annotated[float, typer.Option(min=0.1, help="Time that one call may take.")]


def main() -> None:
    """Run the command line; every known error is one line on the error stream."""
    from lintutor.autograder.errors import GraderFault
    from lintutor.autograder.project import ProjectError
    from lintutor.autograder.reports import clean

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=clean.ENCODING_ERRORS)
    try:
        app()
    except ProjectError as error:
        fail(str(error), USAGE)
    except GraderFault as error:
        fail(f"the grader failed, your code is not at fault: {error}", FAULT)


def fail(text: str, code: int) -> None:
    """End with one line on the error stream."""
    from lintutor.autograder.reports import clean

    print(f"lintutor: {' '.join(clean.text(text).split())}", file=sys.stderr)
    sys.exit(code)


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Say the version and end.")] = False,
) -> None:
    if version:
        from lintutor import __version__

        print(f"lintutor {__version__}")
        raise typer.Exit


def choose(name: str | None, root: Path) -> "tuple[Exercise, ...]":
    """Return the exercises that a name stands for: a function, an id, a chapter, or nothing for all."""
    from lintutor.autograder import catalogue

    every = catalogue.exercises(root=root)
    wanted = (name or "").removesuffix(".py").removesuffix(".ipynb")
    chosen = tuple(
        entry
        for entry in every
        if name is None or wanted in (entry.id, entry.function, entry.chapter, entry.file.removesuffix(".py"))
    )
    if chosen:
        return chosen
    import difflib

    known = [key for entry in every for key in (entry.function, entry.id, entry.chapter)]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    told = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(e.id for e in every[:8])}"
    raise catalogue.CatalogueError(f"no exercise {name!r}; {told}")


def choose_one(name: str, root: Path) -> "Exercise":
    """Return the one exercise that a name stands for."""
    from lintutor.autograder.catalogue import CatalogueError

    chosen = choose(name, root)
    if len(chosen) > 1:
        raise CatalogueError(f"name one exercise of {name}: {', '.join(e.function for e in chosen)}")
    return chosen[0]
