"""What an author asks of the checks themselves: ``mutants``."""

from typing import TYPE_CHECKING, Annotated

import typer

from lintutor.progress import bar

from .front import WRONG, SomeExercise, app, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lintutor.autograder.authoring.mutants import Tally


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
    """Change worked answers in every small way and count which changes the checks refuse."""
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
                print(json_line(_as_dict(done[-1])), flush=True)
            advance(1)
    if not json:
        _show(done)
    if not all(each.enough for each in done):
        raise typer.Exit(WRONG)


def _as_dict(one: "Tally") -> dict[str, object]:
    names = ("kind", "line", "before", "after")
    return {
        "exercise": one.exercise.id,
        "mutants": one.made,
        "refused": one.refused,
        "equivalent": one.equivalent,
        "survivors": [{name: getattr(mutant, name) for name in names} for mutant in one.survivors],
        "stale": one.stale,
    }


def _show(done: "Sequence[Tally]") -> None:
    from rich.table import Table

    from lintutor.autograder.reports import clean, page

    table = Table("exercise", box=None, header_style="bold")
    for name in ("mutants", "refused", "equivalent", "survive", "caught"):
        table.add_column(name, justify="right")

    def add(name: str, every: "Sequence[Tally]", style: str = "") -> None:
        refused, equivalent = sum(t.refused for t in every), sum(t.equivalent for t in every)
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
    for one in done:
        for mutant in one.survivors:
            where = f"solutions/{one.exercise.file}:{mutant.line}"
            out.print(clean.text(f"\n{where}  {one.exercise.id}, {mutant.kind}, gets full marks:"))
            out.print(clean.text(f"  {mutant.before}\n  {mutant.after}"), style="yellow")
        for problem in one.stale:
            out.print(clean.text(f"\n{one.exercise.folder.name}/equivalents.toml: {problem}"), style="red")
