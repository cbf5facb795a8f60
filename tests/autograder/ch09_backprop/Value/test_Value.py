"""The graded checks of the class ``Value``: 13 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, LearnerError, near

problems = catalogue.beside(__file__, "problems")
programs = catalogue.beside(__file__, "programs")
session = catalogue.beside(__file__, "session").session
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.Value")

NUDGE = 0.001


@pytest.fixture
def answer(submission):
    return submission.ch09.Value


def ask(answer, graph):
    """Data and gradients, or the check has failed."""
    found = programs.numbers(answer(*graph.arguments), len(graph.inputs))
    if found is None:
        raise CheckFailed(f"After backward, .data and .grad should be numbers (at {graph}).")
    return found


def wrong(answer, graph):
    """Whether the data or a gradient is wrong."""
    given = ask(answer, graph)
    return not all(map(near, given, session(twins.REFERENCE, *graph.arguments)))


def judge(answer, graphs, message):
    """Fail at the first of the graphs that is wrong, or that crashes."""
    for graph in graphs:
        try:
            if wrong(answer, graph):
                raise CheckFailed(message, board(answer, graph))
        except LearnerError as error:
            if error.kind == "call":
                error.message += f" (with {graph})"
            raise


def board(answer, graph):
    """The graph as code, what a nudge of each input does, and what came."""
    (data, grads), given = session(twins.REFERENCE, *graph.arguments), ask(answer, graph)
    inline, last = problems.inline, f"v{len(graph.program) - 1}"
    lines = [*graph.lines, f"{last}.backward()"]
    for at, name in enumerate("abc"[: len(graph.inputs)]):
        nudged = list(graph.inputs)
        nudged[at] += NUDGE
        moved = session(twins.REFERENCE, nudged, list(graph.program))[0] - data
        lines.append(f"raise {name} by {NUDGE}: {last} moves by {moved:.3g}")
    lines.append(f"data       expected {inline(data)}, yours {inline(given[0])}")
    return "\n".join(
        [*lines, f"gradients  expected {inline(grads)}", f"              yours {inline(given[1])}"]
    )


def sound(answer):
    """The names of the gates that are right when they stand alone."""
    return {name for name, graph in programs.SINGLE.items() if fine(answer, graph)}


def fine(answer, graph):
    """Whether a graph is right, and does not crash."""
    try:
        return not wrong(answer, graph)
    except CheckFailed:
        return False
    except LearnerError as error:
        if error.kind not in ("call", "stub"):
            raise
        return False


def chained(answer):
    """Whether gradients arrive through two gates in a row at all."""
    return any(fine(answer, graph) for graph in programs.CHAINS)


def hold(answer, graphs):
    """Whether all is right; what is not is looked at more closely."""
    return all(fine(answer, graph) for graph in graphs)


def judge_gates(answer, graphs, alone, follow, message):
    """Judge graphs of several gates, or single gates if no gradient arrives through two in a row."""
    if not chained(answer):
        follow("Through two gates in a row no gradient is right, so each gate is graded alone.")
        graphs = alone
    judge(answer, graphs, message)


@pytest.mark.points(2)
@pytest.mark.about("gates", "walk")
def test_sums_and_products(answer, follow):
    """adds and multiplies, there and back"""
    graphs = [*programs.SUMS, *programs.PRODUCTS]
    if not hold(answer, graphs):
        alone = [programs.SINGLE["add"], programs.SINGLE["multiply"]]
        judge_gates(answer, graphs, alone, follow, "A sum or a product is wrong.")


@pytest.mark.points(2)
@pytest.mark.about("gates", "constants")
def test_powers(answer, follow):
    """powers, differences, quotients"""
    if hold(answer, [*programs.POWERS, *programs.DIFFERENCES]):
        return
    alone = [graph for graph in programs.POWERS if len(graph.program) == 1]
    judge_gates(answer, programs.POWERS, alone, follow, "A power is wrong.")
    if twins.plain_numbers(answer) == "refused" or "multiply" not in sound(answer) or not chained(answer):
        follow("Differences and quotients are made of sums and products, with plain numbers too; see there.")
        return
    judge(answer, programs.DIFFERENCES, "A difference or a quotient is wrong.")


@pytest.mark.points(2)
@pytest.mark.about("gates")
def test_curves(answer, follow):
    """exp, log, relu, sigmoid"""
    if not hold(answer, programs.curves(programs.SINGLE)):
        graphs, told = programs.curves(sound(answer)), "One of exp, log, relu and sigmoid is wrong."
        judge_gates(answer, [*programs.ALONE, *graphs], programs.ALONE, follow, told)


@pytest.mark.points(1)
@pytest.mark.about("constants", "gates")
def test_plain_numbers(answer):
    """a plain number may stand on either side"""
    if hold(answer, programs.CONSTANTS):
        return
    needs = {"subtract": {"add", "multiply"}, "divide": {"multiply", "power"}}
    right = sound(answer)
    graphs = [g for g in programs.CONSTANTS if needs.get(g.program[0][0], {g.program[0][0]}) <= right]
    graphs = graphs if chained(answer) else [g for g in graphs if g.program[0][0] not in needs]
    if not graphs:
        told = "Neither sums nor products are right yet, without plain numbers either."
        judge(answer, programs.CONSTANTS, told)  # says what is not written yet
        raise CheckFailed(told)
    judge(answer, graphs, "With a plain number something is wrong.")


@pytest.mark.points(2)
@pytest.mark.about("walk", "gates")
def test_forks(answer):
    """a value that is used twice collects both gradients"""
    if not hold(answer, [*programs.FORKS, *programs.PRODUCT_FORKS]):
        products = programs.PRODUCT_FORKS if "multiply" in sound(answer) else []
        judge(answer, [*programs.FORKS, *products], "A value that is used twice gets a wrong gradient.")


@pytest.mark.points(2)
@pytest.mark.about("walk", "gates")
def test_order(answer, rng):
    """a value hands on its gradient when all of it has arrived"""
    graphs = [*programs.ORDERS, programs.deep(150)]
    if not hold(answer, [*graphs, *programs.drawn(rng, programs.SINGLE)]):
        graphs += programs.drawn(rng, sound(answer))
        judge(answer, graphs, "In a larger graph a gradient is wrong.")


@pytest.mark.points(1)
@pytest.mark.about("again")
def test_twice(answer):
    """a second walk gives what the first gave"""
    for graph in (*programs.SUMS, programs.PRODUCTS[0], programs.FORKS[0]):
        one, two = (programs.numbers(answer(*graph.arguments, n), len(graph.inputs)) for n in (1, 2))
        if one is None or two is None or not near(two[1], one[1]):
            shown = [problems.inline(None if each is None else each[1]) for each in (one, two)]
            raise CheckFailed(
                f"After one backward() the gradients are {shown[0]}, after two {shown[1]} (at {graph})."
            )
        if not near(one[1], session(twins.REFERENCE, *graph.arguments)[1]) and not one[1].any():
            raise CheckFailed(f"No gradient arrives at all (at {graph}).")


@pytest.mark.points(1)
def test_visits(answer):
    """each value is visited once, however many paths there are"""
    counts = []
    for times in (6, 12):
        reply = answer.run(*programs.doubled(times).arguments, lines=True)
        found = programs.numbers(reply.value, 1)
        if found is None or not near(found[1], [2.0**times]):
            raise CheckFailed(
                f"A value that is added to itself {times} times over has the slope {2**times}; yours differs."
            )
        counts.append(reply.lines)
    if counts[1] > 6 * counts[0]:
        raise CheckFailed(
            f"For 6 sums in a row {counts[0]} lines run, for 12 {counts[1]}: the walk follows every path."
        )
