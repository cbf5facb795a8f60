"""What an author asks for: ``lint``, ``mutants`` and ``new exercise``."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from lintutor.progress import bar

from .front import WRONG, SomeExercise, app, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lintutor.autograder.authoring.linting import Report
    from lintutor.autograder.authoring.mutants import Tally
    from lintutor.autograder.authoring.mutations import Mutant

new = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(new, name="new", help="For authors: start something new, such as an exercise.")

LONGEST = 1500  # characters of one finding


@app.command(epilog="Ends with 0 if nothing is wrong (warnings are no errors), 1 if something is.")
def lint(
    exercise: Annotated[
        str | None,
        typer.Argument(metavar="EXERCISE", help="svm_loss_vectorized, ch03.svm_loss_vectorized, or ch03"),
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out the rules that grade answers.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one object of lintutor/lint/1.")] = False,
) -> None:
    """For authors: say everything that is wrong with the exercises.

    Each line is a place, what is wrong there, what to do, and the rule that says so.
    """
    from lintutor.autograder.authoring.linting import lint as look
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports.clean import json_line

    with ExitStack() as stack:
        report = look(find_root(), exercise, fast, lambda total: stack.enter_context(bar(total)))
    if json:
        print(json_line(report.as_dict()))
    else:
        _show(report)
    if report.errors:
        raise typer.Exit(WRONG)


def _show(report: "Report") -> None:
    from lintutor.autograder.reports import clean

    for each in report.findings:
        kind = "warning: " if each.warning else ""
        text = f"{report.place(each)}: {kind}{each.problem}; {each.advice} [{each.rule}]"
        line = " ".join(text.split())
        parts = [line[at : at + clean.LONGEST] for at in range(0, min(len(line), LONGEST), clean.LONGEST)]
        print("".join(map(clean.text, parts)))
    if report.remark:
        print(f"Left out: {report.remark}.")
    counts = [_counted(report.errors, "error")]
    if report.warnings:
        counts.append(_counted(report.warnings, "warning"))
    print(f"{_counted(report.exercises, 'exercise')}: {' and '.join(counts)}.")


def _counted(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


@app.command(
    epilog="Ends with 0 if at least 99 % of the mutants that are not equivalent are refused, in every "
    "exercise, and every list of equivalent ones is right; 1 if not."
)
def mutants(
    exercise: SomeExercise = None,
    jobs: Annotated[int, typer.Option(min=1, help="Mutants that are graded at a time.")] = 1,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Grade so many of each exercise, drawn with the seed.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the sample.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print one object an exercise.")] = False,
) -> None:
    """For authors: count which small changes of worked answers the checks refuse.

    What gets full marks is shown, with its place: what is listed as no mistake with the
    reason, and then the holes in the checks.
    """
    from lintutor.autograder.authoring.mutants import KINDS, tally
    from lintutor.autograder.catalogue import CatalogueError
    from lintutor.autograder.project import find_root
    from lintutor.autograder.reports.clean import json_line

    chosen = [entry for entry in choose(exercise, find_root()) if entry.kind in KINDS]
    if not chosen:
        raise CatalogueError(f"{exercise} has no worked answer that is a program: there is nothing to change")
    done: list[Tally] = []
    with bar(len(chosen), shown=len(chosen) > 1) as advance:
        for entry in chosen:
            advance(0, entry.id)
            done.append(tally(entry, jobs, sample, seed))
            if json:
                print(json_line(_counts(done[-1])), flush=True)
            advance(1)
    if not json:
        _show_tallies(done)
    if not all(each.enough for each in done):
        raise typer.Exit(WRONG)


def _counts(one: "Tally") -> dict[str, object]:
    def told(mutant: "Mutant") -> dict[str, object]:
        return {name: getattr(mutant, name) for name in ("kind", "line", "before", "after")}

    return {
        "exercise": one.exercise.id,
        "mutants": one.made,
        "refused": one.refused,
        "equivalent": [{**told(mutant), "reason": reason} for mutant, reason in one.equivalent],
        "survivors": [told(mutant) for mutant in one.survivors],
        "stale": one.stale,
    }


def _show_tallies(done: "Sequence[Tally]") -> None:
    from rich.table import Table

    from lintutor.autograder.reports import clean, page

    table = Table("exercise", box=None, header_style="bold")
    for name in ("mutants", "refused", "equivalent", "survive", "caught"):
        table.add_column(name, justify="right")

    def add(name: str, every: "Sequence[Tally]", style: str = "") -> None:
        refused, equivalent = sum(t.refused for t in every), sum(len(t.equivalent) for t in every)
        survive = sum(len(t.survivors) for t in every)
        share = refused / (refused + survive) if refused + survive else 1.0
        counts = (refused + equivalent + survive, refused, equivalent, survive)
        table.add_row(name, *map(str, counts), f"{100 * share:.1f} %", style=style)

    for one in done:
        add(one.exercise.id, [one], "" if one.enough else "red")
    if len(done) > 1:
        add("together", done, "bold")
    out = page.console(wide=True)
    out.print(table)

    def show(one: "Tally", mutant: "Mutant", said: str, style: str) -> None:
        where = f"solutions/{one.exercise.file}:{mutant.line}"
        out.print(clean.text(f"\n{where}  {one.exercise.id}, {mutant.kind}, {said}:"))
        out.print(clean.text(f"  {mutant.before}\n  {mutant.after}"), style=style)

    for one in done:
        for mutant, reason in one.equivalent:
            show(one, mutant, "is no mistake", "dim")
            out.print(clean.text(f"  {' '.join(reason.split())}"))
    for one in done:
        for mutant in one.survivors:
            show(one, mutant, "gets full marks", "yellow")
        for problem in one.stale:
            out.print(clean.text(f"\n{one.exercise.folder.name}/equivalents.toml: {problem}"), style="red")


@new.command("exercise", epilog="Ends with 0 if all was written, 2 if nothing was: the line says why.")
def exercise(
    name: Annotated[
        str, typer.Argument(metavar="CHAPTER.NAME", help="The chapter and the function, as ch03.margin_of")
    ],
    kind: Annotated[str, typer.Option(help="code, derive, debug, predict or measure")],
    as_class: Annotated[bool, typer.Option("--class", help="It asks for a class, of kind code.")] = False,
    title: Annotated[str | None, typer.Option(help="What the book calls it.")] = None,
    points: Annotated[int | None, typer.Option(help="What it is worth; you can change that later.")] = None,
    after: Annotated[
        str | None, typer.Option(metavar="NAME", help="The exercise that it follows (default: the last one).")
    ] = None,
    section: Annotated[
        str | None, typer.Option(metavar="ANCHOR", help="The section of the book that shows it.")
    ] = None,
    file: Annotated[
        str | None, typer.Option(metavar="NAME", help="For a new chapter: its file, as ch10_convolutions.")
    ] = None,
) -> None:
    """Make all that an exercise needs: a small sample that works, to be replaced part by part.

    Nothing that is there is overwritten.
    """
    from lintutor.autograder.authoring.new import Wanted, make
    from lintutor.autograder.project import find_root

    root = find_root()
    changes = make(root, Wanted(name, kind, as_class, title, points, after, section, file))
    for path in changes.written:
        print(f"written: {path.relative_to(root)}")
    for path in changes.kept:
        print(f"what it held: {path.relative_to(root)}")
    function = name.partition(".")[2]
    print(
        "\nThe sample works. Replace it part by part: the worked answer with its docstring, the checks, the\n"
        "twins, the texts. After each step ask what is left, and whether the checks hold:\n\n"
        f"    lintutor lint {name}\n    lintutor check {function} --file solutions"
    )
    if kind in ("code", "debug"):
        print(f"    lintutor mutants {function}")
