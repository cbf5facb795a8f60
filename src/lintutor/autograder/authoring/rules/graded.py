"""Rules that grade: worked answers pass, stubs fail, and every wrong twin is refused and named."""

from ...errors import GraderFault
from ...results import ExerciseRow
from ..findings import Finding, Findings, Unreadable, rule
from ..material import Item
from ..trials import Trials

SLOW = 1.0  # seconds


@rule("solution-refused", of="exercise", grades=True)
def solutions_pass(item: Item) -> Findings:
    """The worked answer gets all points."""
    row = _row(item, "solutions")
    if row.points < row.max_points:
        check = next(each for each in row.checks if each.points < each.max_points)
        text = f"the worked answer gets {row.points:g} of {row.max_points:g} points. "
        text += f"{check.name}: {check.message}"
        yield Finding(item.answers.path, item.line, text, "mend the check or the answer")


@rule("solution-slow", of="exercise", grades=True)
def solutions_are_quick(item: Item) -> Findings:
    """The checks of one exercise take less than a second."""
    row = _row(item, "solutions")
    if row.seconds > SLOW:  # the machine may have been busy
        seconds = min(row.seconds, item.material.trials.seconds(item.entry))
    if row.seconds > SLOW and seconds > SLOW:
        text = f"the checks of {item.entry.function} took {seconds:.1f} s, each time that a learner asks"
        yield Finding(item.entry.checks, 0, text, "use fewer or smaller cases", warning=True)


@rule("stub-passes", of="exercise", grades=True)
def stubs_fail(item: Item) -> Findings:
    """The stub gets no points; code to be mended gets fewer than all."""
    row = _row(item, "exercises")
    allowed = row.max_points - 1 if item.entry.kind == "debug" else 0
    if row.points > allowed:
        text = f"the stub gets {row.points:g} of {row.max_points:g} points"
        yield Finding(item.entry.checks, 0, text, "let the checks refuse it")


@rule("twin-passes", of="exercise", grades=True)
def twins_are_refused(item: Item) -> Findings:
    """The checks refuse each twin and say which mistake it is."""
    path = item.entry.folder / "twins.py"
    item.demand_twins()
    for mistake in item.entry.misconceptions:
        line = item.twin_line(mistake.twin)
        try:
            row = item.material.trials.twin(item.entry, mistake)
        except GraderFault as fault:
            yield Finding(path, line, f"{mistake.twin} cannot be graded: {_first(fault)}", "mend the checks")
            continue
        if row.points == row.max_points:
            text = f"{mistake.twin} gets full marks, with its mistake"
            yield Finding(path, line, text, "write a check that refuses it")
        elif (named := [f.misconception.id if f.misconception else "" for f in row.findings]) != [mistake.id]:
            told = f"named {' and '.join(named)}" if any(named) else "not named"
            lost = ", ".join(check.name for check in row.checks if check.points < check.max_points)
            text = f"{mistake.twin} is refused, and {told}; the checks that fail: {lost}"
            advice = f'mark them with about("{mistake.group}"), and let its probes tell it apart'
            yield Finding(path, line, text, advice)


def _row(item: Item, folder: str) -> ExerciseRow:
    trials: Trials = item.material.trials
    row = trials.row(item.entry, folder)
    if row is None:
        raise Unreadable
    return row


@rule("grader-fails", of="exercise", grades=True)
def the_grader_does_not_fail(item: Item) -> Findings:
    """The checks themselves do not fail, whatever they are given."""
    for folder in ("solutions", "exercises"):
        if fault := item.material.trials.fault(item.entry, folder):
            text = f"the checks fail on {folder}/{item.entry.file}: {_first(fault)}"
            yield Finding(item.entry.checks, 0, text, "mend them")


def _first(fault: object) -> str:
    return " ".join(str(fault).split())[:300]
