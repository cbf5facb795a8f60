"""The scenes: deterministic, balanced, each difficulty a knob of its own that makes recognition harder."""

import re

import numpy as np
import pytest

from lintutor.datasets import DEFAULT_DIFFICULTY, DIFFICULTIES, SCENE_CLASSES, make_scenes

EASY = dict.fromkeys(DIFFICULTIES, 0.0)
QUIET = dict.fromkeys(DIFFICULTIES, 0.25)


def nearest_mean_accuracy(**knobs):
    """How well the nearest class mean of 1000 pictures names 500 others."""
    images, y = make_scenes(1500, seed=11, **knobs)
    X = images.reshape(len(images), -1).astype(np.float64)
    train, test = X[:1000], X[1000:]
    means = np.stack([train[y[:1000] == c].mean(axis=0) for c in range(10)])  # (C, D)
    scores = test @ means.T - (means**2).sum(axis=1) / 2  # (N, C)
    return (scores.argmax(axis=1) == y[1000:]).mean()


def test_ten_classes_of_32_by_32_color_images_by_default():
    images, labels = make_scenes(20)
    assert images.shape == (20, 32, 32, 3) and images.dtype == np.uint8
    assert labels.shape == (20,) and labels.dtype == np.int64
    assert len(SCENE_CLASSES) == 10 and len(DIFFICULTIES) == 7


def test_the_same_arguments_give_the_same_pictures():
    first, second = make_scenes(30, seed=3, clutter=0.9), make_scenes(30, seed=3, clutter=0.9)
    assert np.array_equal(first[0], second[0]) and np.array_equal(first[1], second[1])


def test_another_seed_gives_other_pictures():
    assert not np.array_equal(make_scenes(10, seed=1)[0], make_scenes(10, seed=2)[0])


@pytest.mark.parametrize("n", [0, 1, 10, 13, 299])
def test_a_picture_does_not_depend_on_how_many_follow(n):
    many, few = make_scenes(300, seed=5), make_scenes(n, seed=5)
    assert np.array_equal(many[0][:n], few[0]) and np.array_equal(many[1][:n], few[1])


@pytest.mark.parametrize("classes", [SCENE_CLASSES, ("car", "fish", "tree"), ("house",)])
def test_every_run_of_as_many_pictures_as_classes_holds_each_class_once(classes):
    count = len(classes)
    labels = make_scenes(20 * count, seed=2, classes=classes)[1]
    assert (np.sort(labels.reshape(20, count), axis=1) == np.arange(count)).all()


def test_labels_are_places_in_the_classes_asked_for():
    both, labels = make_scenes(8, classes=("tree", "car"), **EASY)
    tree, car = (
        make_scenes(1, classes=("tree",), **EASY)[0][0],
        make_scenes(1, classes=("car",), **EASY)[0][0],
    )
    for image, label in zip(both, labels, strict=True):
        assert np.array_equal(image, tree if label == 0 else car)


def test_without_difficulties_all_pictures_of_a_class_are_the_same_and_no_two_classes_are():
    images, labels = make_scenes(40, seed=8, **EASY)
    first = np.stack([images[labels == c][0] for c in range(10)])
    assert np.array_equal(images, first[labels])
    assert len(np.unique(first.reshape(10, -1), axis=0)) == 10


@pytest.mark.parametrize("knob", DIFFICULTIES)
def test_each_knob_alone_changes_the_pictures(knob):
    easy, hard = make_scenes(20, **EASY)[0], make_scenes(20, **{**EASY, knob: 1.0})[0]
    assert (easy != hard).any(axis=(1, 2, 3)).mean() > 0.8


def test_turning_the_clutter_leaves_the_thing_itself_as_it_was():
    quiet = {**EASY, "variation": 1.0, "viewpoint": 0.5}
    plain, strewn = (
        make_scenes(10, seed=4, classes=("house",), **{**quiet, "clutter": k})[0] for k in (0.0, 1.0)
    )
    same = (plain == strewn).all(axis=3)  # (N, H, W)
    assert (same[:, 12:24, 12:20].mean(axis=(1, 2)) > 0.5).all()
    assert same[:, :3].mean() < 0.1


@pytest.mark.parametrize("knob", DIFFICULTIES)
def test_each_difficulty_makes_the_nearest_mean_clearly_less_accurate(knob):
    easy = nearest_mean_accuracy(**{**QUIET, knob: 0.0})
    hard = nearest_mean_accuracy(**{**QUIET, knob: 1.0})
    assert easy - hard > 0.04, f"{knob}: {easy:.3f} at 0, {hard:.3f} at 1"


def test_the_default_is_neither_trivial_nor_hopeless():
    assert 0.3 < nearest_mean_accuracy() < 0.7
    assert 0 < DEFAULT_DIFFICULTY < 1


def test_the_backdrop_tells_something_about_the_class_but_not_all():
    images, labels = make_scenes(1500, seed=12)
    corner = images[:, :4].reshape(1500, -1, 3).mean(axis=1)  # mean color of the top rows
    means = np.stack([corner[:1000][labels[:1000] == c].mean(axis=0) for c in range(10)])
    distance = ((corner[1000:, None] - means) ** 2).sum(axis=2)  # (N, C)
    assert 0.12 < (distance.argmin(axis=1) == labels[1000:]).mean() < 0.4


@pytest.mark.parametrize("knob", DIFFICULTIES)
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_difficulty_out_of_range_is_refused_by_name(knob, value):
    with pytest.raises(ValueError, match=rf"^{knob} must .*{re.escape(str(value))}"):
        make_scenes(1, **{knob: value})


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"clutter": "much"}, TypeError, "clutter must be a number, got str"),
        ({"n": -1}, ValueError, "n must be at least 0, got -1"),
        ({"n": 2.5}, TypeError, "n must be a whole number, got 2.5"),
        ({"seed": -3}, ValueError, "seed must be at least 0, got -3"),
        ({"classes": ("car", "cat")}, ValueError, "classes must be among bird, .*; got 'cat'"),
        ({"classes": ("car", "car")}, ValueError, "classes must differ, got car, car"),
        ({"classes": ()}, ValueError, "classes must name at least one class"),
        ({"classes": "car"}, TypeError, "classes must be a sequence of names"),
        ({"classes": (["car"],)}, ValueError, r"classes must be among .*; got \['car'\]"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments, error, message):
    with pytest.raises(error, match=message):
        make_scenes(**{"n": 1, **arguments})
