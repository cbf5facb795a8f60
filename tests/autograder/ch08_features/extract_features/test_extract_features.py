"""The graded checks of ``extract_features(imgs, feature_fns) -> features``: 16 points."""

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near

arrays = catalogue.beside(__file__, "arrays")
problems = catalogue.beside(__file__, "problems")
twins = catalogue.beside(__file__, "twins")
pytestmark = pytest.mark.exercise("ch08.extract_features")


def working(case):
    """What each function says of each image."""
    imgs, fns = case.arguments
    return [
        f"image {i} = {problems.inline(image)}: "
        + ", ".join(f"{f.__name__} gives {problems.inline(f(image))}" for f in fns)
        for i, image in enumerate(imgs)
    ]


@pytest.fixture
def answer(submission):
    (upright, *_) = twins.random_stacks(np.random.default_rng(0))
    ask = submission.ch08.extract_features
    return arrays.ArrayChecks(ask, twins.REFERENCE, ("features",), working, upright)


@pytest.mark.points(2)
@pytest.mark.about("bookkeeping", "shape")
@pytest.mark.gate
def test_form(answer, rng, follow):
    """returns a row for each image"""
    answer.form(twins.random_stacks(rng, [[twins.rows], [twins.ends], [twins.flat]]), follow)


@pytest.mark.points(5)
@pytest.mark.about("data", "shape")
def test_rows(answer, rng):
    """row i is what the functions say of image i, in their order"""
    answer.value([*twins.TINY, *twins.random_stacks(rng)], "The features are wrong")


@pytest.mark.points(3)
@pytest.mark.about("shape", "data")
def test_numbers(answer, rng):
    """a function that returns a number counts like one that returns an array with that number"""

    def wrong(case):
        boxed = [lambda image, f=f: np.atleast_1d(f(image)) for f in case.given["feature_fns"]]
        return not near(*answer.ask(case), *answer.ask(twins.stacked(case.given["imgs"], boxed)))

    cases = [twins.stacked([[[1, 2]], [[3, 7]]], [twins.mean]), *twins.random_stacks(rng, twins.NUMBERS)]
    answer.law(cases, wrong, "With a function that returns a number it is wrong")


@pytest.mark.points(3)
@pytest.mark.about("data", "shape")
def test_one_at_a_time(answer, rng):
    """each function gets one image at a time"""
    for case in twins.random_stacks(rng):
        shapes = []

        def note(image, shapes=shapes):
            shapes.append(np.shape(image))
            return np.array([np.sum(image)], float)

        imgs = case.given["imgs"]
        noted = twins.stacked(imgs, [note])
        answer.ask(noted)
        if set(shapes) != {imgs.shape[1:]}:
            came = ", ".join(map(str, sorted(set(shapes))))
            raise arrays.CheckFailed(
                f"A function should get images of shape {imgs.shape[1:]}; it got {came or 'none'}."
            )


@pytest.mark.points(2)
@pytest.mark.about("data", "shape")
def test_edges(answer, rng):
    """one image, one function, color images, bytes"""
    cases = [
        twins.stacked(rng.random((1, 3, 4)), [twins.rows]),
        twins.stacked(rng.random((4, 2, 3)), [twins.brightest]),
        twins.stacked(rng.integers(0, 256, size=(3, 4, 5, 3)), [twins.mean, twins.flat], np.uint8),
    ]
    answer.value(cases, "Wrong at the edge")


@pytest.mark.points(1)
@pytest.mark.about("mutation")
def test_images_unchanged(answer, rng):
    """the images stay as they were, and numpy has nothing to warn of"""
    answer.arguments_unchanged(twins.random_stacks(rng))
