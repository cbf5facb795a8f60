"""Each experiment measures the same twice, and looks at no row that it must not look at."""

import json
from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from lintutor.reproduction.experiments import EXPERIMENTS, Images

from .reproduction_parts import at_once, chosen_wrongly, leaves, other_rows, scenes, without

NAMES = [experiment.name for experiment in EXPERIMENTS]
# Counts all of a numerical gradient, which takes seconds; it reads one training image.
OF_ROWS = [name for name in NAMES if name != "evaluations"]
# What is measured on the test rows though its name does not say so; nothing is chosen by it.
ON_TEST_ROWS = {"knn_all": ("l1", "l2"), "first_losses": ("chance",)}
# All 50,000 images are looked up there, those of validation too: with no k to choose, none is held back.
ON_VALIDATION_ROWS = {"knn_all": ("l1", "l2")}


def small(name):
    """Return an experiment that takes no time."""
    return next(at_once(experiment) for experiment in EXPERIMENTS if experiment.name == name)


def measure(name, images, *, seed=-1, threads=1, **settings):
    """Return the results of a small experiment as a record has them."""
    experiment = small(name)
    with threadpool_limits(threads):
        results = experiment.measure(images, experiment.seeds[seed], {**experiment.settings, **settings})
    return json.loads(json.dumps(results, allow_nan=False))


@pytest.fixture(scope="module")
def data():
    return scenes()


@pytest.fixture(scope="module")
def usual(data):
    """Return the results of an experiment on the same images as all others."""
    images, known = Images(data), {}

    def results(name):
        if name not in known:
            known[name] = measure(name, images)
        return known[name]

    return results


@pytest.fixture(scope="module")
def rehearsed():
    return Images(scenes(num_train=600))


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=NAMES)
def test_a_rehearsal_gives_numbers_that_json_has(rehearsed, experiment):
    small = experiment.for_rehearsal()
    assert small.name == experiment.name and set(small.seeds) <= set(experiment.seeds)
    with threadpool_limits(1):
        results = small.measure(rehearsed, small.seeds[0], small.settings)
    read = json.loads(json.dumps(results, allow_nan=False))
    assert read and dict(leaves(read)).keys() == dict(leaves(results)).keys(), "JSON has texts for keys"


@pytest.mark.parametrize("name", OF_ROWS)
def test_the_same_seed_measures_the_same_whatever_was_measured_before_on_these_images(data, usual, name):
    first = usual(name)
    assert measure(name, Images(data)) == first


@pytest.mark.parametrize("name", [experiment.name for experiment in EXPERIMENTS if len(experiment.seeds) > 1])
def test_another_seed_draws_anew(data, usual, name):
    assert measure(name, Images(data), seed=0) != usual(name)


@pytest.mark.parametrize("name", OF_ROWS)
def test_two_threads_change_no_more_than_the_last_digits(data, usual, name):
    one = dict(leaves(usual(name)))
    for path, value in leaves(measure(name, Images(data), threads=2)):
        if isinstance(value, float):
            assert value == pytest.approx(one[path], rel=1e-2, abs=1e-9), path
        else:
            assert value == one[path], path


@pytest.mark.parametrize("name", OF_ROWS)
def test_nothing_is_chosen_by_the_test_rows(data, usual, name):
    reported = "test", *ON_TEST_ROWS.get(name, ())
    changed = measure(name, Images(other_rows(data, "test")))
    assert without(changed, *reported) == without(usual(name), *reported)


@pytest.mark.parametrize("name", OF_ROWS)
def test_training_sees_no_validation_row(data, name):
    settings = without_choice(small(name).settings)
    usual = measure(name, Images(data), **settings)
    changed = measure(name, Images(other_rows(data, "val")), **settings)
    judged = "val", *ON_VALIDATION_ROWS.get(name, ())
    assert without(changed, *judged) == without(usual, *judged)


def without_choice(settings):
    """Return what to change in settings, so that validation has nothing to choose."""
    changes = {}
    if "grid" in settings:
        changes["grid"] = {key: values[:1] for key, values in settings["grid"].items()}
        changes["corners"] = {}
    changes |= {key: settings[key][:1] for key in ("trials", "ks") if key in settings}
    return changes


@pytest.mark.parametrize("name", OF_ROWS)
def test_what_is_chosen_is_the_best_in_validation(usual, name):
    assert not chosen_wrongly(usual(name))


@pytest.mark.parametrize("name", ["svm", "course_grid", "net", "nearest_mean", "random_search_tuned"])
def test_the_order_of_the_test_rows_does_not_matter(data, usual, name):
    order = np.random.default_rng(0).permutation(len(data.y_test))
    images = Images(replace(data, X_test=data.X_test[order], y_test=data.y_test[order]))
    assert without(measure(name, images), "test_first") == without(usual(name), "test_first")


# The images themselves.


@pytest.mark.parametrize("part", ["train", "val", "test"])
def test_the_digest_tells_of_every_pixel_and_every_label(data, part):
    usual = Images(data).sha256
    X, y = getattr(data, f"X_{part}").copy(), getattr(data, f"y_{part}").copy()
    X[-1, -1] = (X[-1, -1] + 1) % 256
    y[0] = (y[0] + 1) % 10
    assert Images(replace(data, **{f"X_{part}": X})).sha256 != usual
    assert Images(replace(data, **{f"y_{part}": y})).sha256 != usual
    assert Images(scenes()).sha256 == usual


def test_the_forms_of_the_images_know_the_mean_of_the_training_rows_only(data):
    images, other = Images(data), Images(other_rows(other_rows(data, "val"), "test"))
    assert np.array_equal(images.scaled.train, other.scaled.train)
    assert np.allclose(images.centered.val + data.X_train.mean(axis=0), data.X_val, atol=1e-3)
    assert np.allclose(images.pooled(32).train.mean(axis=0), 0, atol=1e-3)  # one number a color is left
    assert images.pooled(1).test == pytest.approx(images.centered.test)
