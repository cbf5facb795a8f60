"""The graded checks of the class ``Value``: 13 points."""

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import CheckFailed, first, near

problems = catalogue.beside(__file__, "problems")
programs = catalogue.beside(__file__, "programs")
session = catalogue.beside(__file__, "session").session
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch09.Value")


@pytest.fixture
def answer(submission):
    return submission.ch09.Value


def ask(answer, graph):
    """Data and gradients, or the check has failed."""
    found = programs.numbers(answer(*graph.arguments), len(graph.inputs))
    if found is None:
        raise CheckFailed(f"After backward, .data and .grad should be numbers (at {graph}).")
    return found


def judge(answer, graphs, message):
    """Fail at the first of the graphs that is wrong."""

    def wrong(graph):
        data, grads = session(twins.REFERENCE, *graph.arguments)
        given = ask(answer, graph)
        return not (near(given[0], data) and near(given[1], grads))

    graph = first(graphs, wrong)
    if graph is None:
        return
    data, grads = session(twins.REFERENCE, *graph.arguments)
    given, inline = ask(answer, graph), problems.inline
    lines = [*graph.lines, f"v{len(graph.program) - 1}.backward()"]
    lines.append(f"data       expected {inline(data)}, yours {inline(given[0])}")
    lines += [f"gradients  expected {inline(grads)}", f"              yours {inline(given[1])}"]
    raise CheckFailed(message, "\n".join(lines))


@pytest.mark.points(2)
@pytest.mark.about("gates", "walk")
def test_sums_and_products(answer):
    """adds and multiplies, there and back"""
    judge(answer, programs.SUMS, "A sum or a product is wrong.")


@pytest.mark.points(2)
@pytest.mark.about("gates", "constants")
def test_powers(answer):
    """powers, differences, quotients"""
    judge(answer, programs.POWERS, "A power, a difference or a quotient is wrong.")


@pytest.mark.points(2)
@pytest.mark.about("gates")
def test_curves(answer):
    """exp, log, relu, sigmoid"""
    judge(answer, programs.CURVES, "One of exp, log, relu and sigmoid is wrong.")


@pytest.mark.points(1)
@pytest.mark.about("constants", "gates")
def test_plain_numbers(answer):
    """a plain number may stand on either side"""
    judge(answer, programs.CONSTANTS, "With a plain number something is wrong.")


@pytest.mark.points(2)
@pytest.mark.about("walk", "gates")
def test_forks(answer):
    """a value that is used twice collects both gradients"""
    judge(answer, programs.FORKS, "A value that is used twice gets a wrong gradient.")


@pytest.mark.points(2)
@pytest.mark.about("walk", "gates")
def test_order(answer, rng):
    """a value hands on its gradient when all of it has arrived"""
    judge(
        answer,
        [*programs.ORDERS, *programs.drawn(rng), programs.deep(150)],
        "In a larger graph a gradient is wrong.",
    )


@pytest.mark.points(1)
@pytest.mark.about("again")
def test_twice(answer):
    """a second walk gives what the first gave"""
    for graph in (*programs.SUMS[:3], programs.FORKS[0]):
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
