"""The graded checks of ``template_image(W, c, shape) -> image``: 13 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.scores import template_image as reference

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch02.template_image")


def working(case):
    """The smallest and largest weight, and what becomes of each weight."""
    W, c, shape = case.arguments
    template = W[: int(np.prod(shape)), c]
    low, high = template.min(), template.max()
    lines = [
        f"template: {problems.inline(template)}, smallest {problems.say(low)}, largest {problems.say(high)}"
    ]
    if len(W) > len(template):
        lines[0] += f" (the last row of W, {problems.say(W[-1, c])}, is the bias)"
    if low == high:
        return [*lines, "all weights are equal: 127.5 everywhere"]
    over = problems.say(high - low)
    return lines + [
        f"    {problems.say(w)} becomes 255 * ({problems.say(w)} - {problems.paren(low)}) / {over} "
        f"= {problems.say(255 * (w - low) / (high - low))}"
        for w in template[:4]
    ]


@pytest.fixture
def answer(submission):
    return arrays.ArrayChecks(submission.ch02.template_image, reference, ("image",), working)


@pytest.mark.points(1)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns an array of the given shape"""
    answer.form(twins.random_templates(rng), follow)


@pytest.mark.points(5)
@pytest.mark.about("data")
def test_stretched(answer, rng):
    """the template is stretched over 0..255 by its own numbers"""
    cases = [case for case in twins.tiny_templates() if len(case.given["W"]) == 3]
    cases += twins.random_templates(rng, extra=0)
    answer.value(cases, "The image is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data")
def test_bias_left_out(answer, rng):
    """a row of biases is left out"""
    cases = [case for case in twins.tiny_templates() if len(case.given["W"]) == 4]
    cases += twins.random_templates(rng, extra=1)
    answer.value(cases, "With a row of biases the image is wrong")


@pytest.mark.points(2)
@pytest.mark.about("data")
def test_edges(answer):
    """equal weights, one pixel, negative weights, a template of two numbers"""
    cases = [
        twins.template([[2], [2], [2]], 0, (1, 3)),
        twins.template([[0, 1], [0, 5], [0, 7]], 0, (3, 1)),
        twins.template([[4], [9]], 0, (1, 1)),
        twins.template([[-3], [-1], [-2]], 0, (1, 3)),
        twins.template([[5], [5], [6]], 0, (3,)),
    ]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(2)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W stays as it was, and numpy has nothing to warn of"""
    answer.arguments_unchanged([*twins.random_templates(rng), twins.template([[2], [2]], 0, (1, 2))])
