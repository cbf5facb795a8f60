"""`load`: one call, three data sets, the same three parts."""

import subprocess
import sys

import numpy as np
import pytest

from lintutor.datasets import DATASETS, SCENE_CLASSES, Splits, load, load_digits, make_scenes, splits

PARTS = ("train", "val", "test")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch, tmp_path):
    monkeypatch.delenv("LINTUTOR_DATASET", raising=False)
    monkeypatch.delenv("LINTUTOR_CIFAR10", raising=False)
    monkeypatch.setattr(splits, "cifar10_folder", lambda: tmp_path / "cache" / "cifar-10-batches-py")


@pytest.mark.parametrize("name", ["scenes", "digits"])
def test_every_part_is_float64_rows_with_int64_labels_of_known_classes(name):
    data = load(name)
    for part in PARTS:
        X, y = getattr(data, f"X_{part}"), getattr(data, f"y_{part}")
        assert X.dtype == np.float64 and y.dtype == np.int64
        assert X.shape == (len(y), np.prod(data.image_shape))
        assert y.min() >= 0 and y.max() < len(data.class_names)
    assert data.name == name and data.source.endswith(".")


def test_the_default_is_2000_500_500_scenes():
    data = load()
    assert [len(getattr(data, f"y_{part}")) for part in PARTS] == [2000, 500, 500]
    assert data.name == "scenes" and data.class_names == SCENE_CLASSES and data.image_shape == (32, 32, 3)


def test_the_environment_chooses_the_default(monkeypatch):
    monkeypatch.setenv("LINTUTOR_DATASET", "digits")
    assert load().name == "digits"
    assert load("scenes", num_train=10, num_val=0, num_test=0).name == "scenes"


def test_rows_are_the_raw_pixels_of_make_scenes_in_order():
    data = load(num_train=6, num_val=3, num_test=2, seed=7, clutter=0.0)
    images, labels = make_scenes(11, seed=7, clutter=0.0)
    rows = np.concatenate([data.X_train, data.X_val, data.X_test])
    assert np.array_equal(data.images(rows), images)
    assert np.array_equal(np.concatenate([data.y_train, data.y_val, data.y_test]), labels)


@pytest.mark.parametrize("name", ["scenes", "digits"])
def test_float32_rows_hold_the_same_numbers_in_half_the_memory(name):
    half, usual = load(name, dtype=np.float32), load(name)
    for part in PARTS:
        rows = getattr(half, f"X_{part}")
        assert rows.dtype == np.float32
        assert np.array_equal(rows, getattr(usual, f"X_{part}"))


def test_no_digit_is_in_two_parts_and_none_is_lost():
    data = load("digits")
    rows = np.concatenate([data.X_train, data.X_val, data.X_test])
    labels = np.concatenate([data.y_train, data.y_val, data.y_test])
    ours = sorted((int(y), x.tobytes()) for x, y in zip(rows.astype(np.uint8), labels, strict=True))
    assert ours == sorted((int(y), x.tobytes()) for x, y in zip(*load_digits(), strict=True))


def test_another_seed_deals_the_digits_in_another_order():
    assert np.array_equal(load("digits").X_val, load("digits", seed=0).X_val)
    assert not np.array_equal(load("digits").X_val, load("digits", seed=1).X_val)


def test_images_turns_rows_back_and_refuses_what_is_no_row():
    data = load("digits")
    assert data.images(data.X_val).shape == (300, 8, 8)
    assert np.array_equal(data.images(data.X_val[4]).ravel(), data.X_val[4])
    with pytest.raises(ValueError, match=r"X must hold rows of 64 pixels .* got shape \(3, 65\)"):
        data.images(np.zeros((3, 65)))
    with pytest.raises(ValueError, match="X must hold rows of 64 pixels"):
        data.images(3.0)


def test_the_repr_says_shapes_and_no_values():
    shapes = "X_train (1197, 64), X_val (300, 64), X_test (300, 64)"
    assert repr(load("digits")) == f"Splits('digits': {shapes}, 10 classes, images (8, 8))"


def test_splits_cannot_be_reassigned():
    with pytest.raises(AttributeError):
        load("digits").X_train = np.zeros((1, 64))
    assert Splits.__dataclass_params__.frozen


@pytest.mark.parametrize("name", ["mnist", "CIFAR10", "", 3])
def test_an_unknown_name_is_answered_with_the_choices(name):
    with pytest.raises(ValueError, match=rf"name must be one of {', '.join(DATASETS)}, got {name!r}"):
        load(name)


def test_an_unknown_name_in_the_environment_is_blamed_on_the_environment(monkeypatch):
    monkeypatch.setenv("LINTUTOR_DATASET", "mnist")
    with pytest.raises(
        ValueError, match="LINTUTOR_DATASET must be one of scenes, digits, cifar10, got 'mnist'"
    ):
        load()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"name": "digits", "num_train": 1700}, ValueError, "at most 1797, got 1700 [+] 300 [+] 300"),
        (
            {"name": "cifar10", "num_train": 50000},
            ValueError,
            "at most 50000 .* got 50000 [+] 1000 and 10000",
        ),
        ({"name": "cifar10", "num_test": 10001}, ValueError, "num_test at most 10000"),
        ({"num_val": -1}, ValueError, "num_val must be at least 0, got -1"),
        ({"num_val": 1.5}, TypeError, "num_val must be a whole number"),
        ({"name": "digits", "clutter": 1.0}, ValueError, "clutter belong to the scenes, not to digits"),
        ({"cluter": 1.0}, TypeError, "no argument 'cluter'; the difficulties are viewpoint"),
        ({"name": "digits", "path": "x"}, ValueError, "path says where CIFAR-10 lies; digits comes with"),
        ({"name": "digits", "seed": -1}, ValueError, "seed must be at least 0"),
        ({"name": "digits", "dtype": np.uint8}, ValueError, "dtype must be float64 or float32, got .*uint8"),
        ({"dtype": "float16"}, ValueError, "dtype must be float64 or float32, got 'float16'"),
        ({"dtype": "words"}, ValueError, "dtype must be float64 or float32, got 'words'"),
        ({"dtype": None}, ValueError, "dtype must be float64 or float32, got None"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments, error, message):
    with pytest.raises(error, match=message):
        load(**arguments)


def test_cifar10_without_a_place_says_where_to_get_it_and_how_to_point_to_it():
    with pytest.raises(FileNotFoundError) as failure:
        load("cifar10")
    for part in (
        "https://www.cs.toronto.edu/~kriz/cifar.html",
        "path=",
        "LINTUTOR_CIFAR10",
        "lintutor data cifar10",
    ):
        assert part in str(failure.value)


def test_the_datasets_load_nothing_beyond_numpy():
    script = "import sys, lintutor.datasets; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sklearn", "scipy", "matplotlib", "PIL", "sympy", "pytest", "pooch", "requests"} & set(loaded)
