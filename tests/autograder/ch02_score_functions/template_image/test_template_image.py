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


def tiny(bias):
    """The small cases with a row of biases, or those without."""
    return [
        case
        for case in twins.tiny_templates()
        if bias == (len(case.given["W"]) > int(np.prod(case.given["shape"])))
    ]


@pytest.mark.points(5)
@pytest.mark.about("data", "shape")
def test_stretched(answer, rng):
    """the template is stretched over 0..255 by its own numbers"""
    drawn = twins.random_templates(rng, extra=0)
    faint = [twins.template(1e-4 * case.given["W"], *case.arguments[1:]) for case in drawn[:1]]
    answer.value([*tiny(False), *drawn, *faint], "The image is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data", "shape")
def test_bias_left_out(answer, rng):
    """a row of biases is left out"""
    cases = [*tiny(True), *twins.random_templates(rng, extra=1)]
    answer.value(cases, "With a row of biases the image is wrong")


@pytest.mark.points(2)
@pytest.mark.about("equal")
def test_equal_weights(answer):
    """equal weights become 127.5, one pixel too"""
    answer.value(twins.EQUAL, "A template of equal weights is wrong")


@pytest.mark.points(2)
@pytest.mark.about("mutation")
def test_arguments_unchanged(answer, rng):
    """W stays as it was, and numpy has nothing to warn of"""
    answer.arguments_unchanged(twins.random_templates(rng))
