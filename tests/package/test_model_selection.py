"""Splits share nothing, folds are cut as specified, and a grid search returns its best, not its last."""

import json
import math
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest
import sklearn.model_selection as theirs
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import KNeighborsClassifier

from lintutor import classifiers, model_selection
from lintutor.classifiers import LinearSVM, NearestMean

LINE = np.array([[0.0], [9.0], [1.0], [8.0], [4.0], [7.0], [2.0], [6.0]]), np.array([0, 1, 0, 1, 1, 1, 0, 1])


class Fake:
    """An estimator whose score is looked up by its setting; None diverges."""

    def __init__(self, *, a=0, b=0, scores=None, fitted=None):
        self.a, self.b, self.scores, self.fitted = a, b, scores, fitted

    def get_params(self, deep=True):
        return {"a": self.a, "b": self.b, "scores": self.scores, "fitted": None}

    def set_params(self, **params):
        vars(self).update(params)
        return self

    def fit(self, X, y):
        self.seen_ = X, y
        if self.scores[self.a, self.b] is None:
            raise FloatingPointError(f"too high at {self.a}")
        return self

    def score(self, X, y):
        return self.scores[self.a, self.b] if len(X) == 1 else 1.0


# Splits


@given(st.integers(3, 60), st.floats(0, 0.45), st.floats(0, 0.45), st.booleans(), st.booleans())
def test_every_example_lands_in_exactly_one_part_beside_its_label(n, val, test, shuffle, stratify):
    if math.ceil(val * n) + math.ceil(test * n) >= n:
        return
    X, y = 2.0 * np.arange(n)[:, None], np.arange(n) % 3
    s = model_selection.train_val_test_split(X, y, val, test, shuffle=shuffle, stratify=stratify, rng=0)
    rows = np.concatenate([s.X_train, s.X_val, s.X_test])
    labels = np.concatenate([s.y_train, s.y_val, s.y_test])
    assert sorted(rows[:, 0]) == list(X[:, 0])
    np.testing.assert_array_equal(labels, (rows[:, 0] / 2) % 3)
    assert (len(s.y_val), len(s.y_test)) == (math.ceil(val * n), math.ceil(test * n))


@given(st.integers(2, 200), st.floats(0.01, 0.9))
def test_the_sizes_are_those_of_scikit_learn(n, test):
    if math.ceil(test * n) >= n:
        return
    s = model_selection.train_val_test_split(np.zeros((n, 1)), np.zeros(n), val=0, test=test)
    train, held = theirs.train_test_split(np.zeros(n), test_size=test)
    assert (len(s.X_train), len(s.X_val), len(s.X_test)) == (len(train), 0, len(held))


def test_unshuffled_parts_are_train_then_validation_then_test():
    s = model_selection.train_val_test_split(np.arange(10), np.arange(10), val=2, test=3, shuffle=False)
    assert (list(s.y_train), list(s.y_val), list(s.y_test)) == ([0, 1, 2, 3, 4], [5, 6], [7, 8, 9])


def test_a_stratified_split_gives_every_class_its_share():
    y = np.repeat(["a", "b", "c"], [50, 30, 20])
    s = model_selection.train_val_test_split(np.zeros((100, 1)), y, 0.1, 0.2, stratify=True, rng=0)
    for part, counts in ((s.y_train, [35, 21, 14]), (s.y_val, [5, 3, 2]), (s.y_test, [10, 6, 4])):
        assert np.unique(part, return_counts=True)[1].tolist() == counts
    uneven = model_selection.train_val_test_split(
        np.zeros((9, 1)), np.arange(9) % 2, 0, 3, stratify=True, rng=0
    )  # shares 5/3 and 4/3: the larger remainder is rounded up
    assert np.bincount(uneven.y_test).tolist() == [2, 1]


def test_a_split_is_shuffled_the_same_way_for_a_seed_and_is_made_of_copies():
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20)
    first, again = (model_selection.train_val_test_split(X, y, rng=3) for _ in range(2))
    other = model_selection.train_val_test_split(X, y, rng=4)
    np.testing.assert_array_equal(first.y_train, again.y_train)
    assert list(first.y_train) != list(other.y_train)
    assert not any(np.shares_memory(part, whole) for part in first for whole in (X, y))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"val": 0.5, "test": 0.5}, "val and test take 4 of 4 examples: none is left to train on"),
        ({"val": 1.0}, r"val must be a fraction, 0 up to but not 1, or a whole number, got 1\.0"),
        ({"test": -0.1}, r"test must be a fraction, .* got -0\.1"),
        ({"test": -1}, "test must be at least 0, got -1"),
        ({"test": "half"}, "test must be a fraction"),
        ({"val": math.nan}, "val must be a fraction"),
        ({"y": [1, 2]}, "y has 2 labels for 4 rows of X"),
        ({"X": [], "y": []}, "X has no rows to split"),
    ],
)
def test_a_split_that_cannot_be_made_is_refused(settings, message):
    with pytest.raises((ValueError, TypeError), match=message):
        model_selection.train_val_test_split(**{"X": np.zeros((4, 1)), "y": np.arange(4), **settings})


# Folds


@given(st.integers(2, 80), st.data())
def test_folds_are_those_of_scikit_learn_and_of_array_split(n, data):
    k = data.draw(st.integers(2, n))
    ours = list(model_selection.k_fold(n, k))
    peers = list(theirs.KFold(k).split(np.zeros(n)))
    assert len(ours) == k
    for (train, val), (their_train, their_val), piece in zip(
        ours, peers, np.array_split(np.arange(n), k), strict=True
    ):
        np.testing.assert_array_equal(train, their_train)
        np.testing.assert_array_equal(val, their_val)
        np.testing.assert_array_equal(val, piece)


@given(st.integers(2, 40), st.data())
def test_shuffled_folds_hold_out_every_example_once_in_the_same_sizes(n, data):
    k = data.draw(st.integers(2, n))
    folds = list(model_selection.k_fold(n, k, shuffle=True, rng=1))
    assert sorted(np.concatenate([val for _, val in folds])) == list(range(n))
    assert [len(val) for _, val in folds] == [len(p) for p in np.array_split(np.arange(n), k)]
    for train, val in folds:
        assert sorted([*train, *val]) == list(range(n))
        assert list(val) == sorted(val)
    again = list(model_selection.k_fold(n, k, shuffle=True, rng=1))
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(folds, again, strict=True))


def test_shuffling_depends_on_the_seed():
    folds = [next(model_selection.k_fold(50, 5, shuffle=True, rng=seed))[1].tolist() for seed in (0, 1)]
    assert folds[0] != folds[1]
    assert folds[0] != list(range(10))


@pytest.mark.parametrize(
    ("n", "k", "message"),
    [
        (5, 1, "num_folds must be at least 2, got 1"),
        (5, 6, "num_folds must be at most 5, one example a fold, got 6"),
        (0, 2, "n must be at least 1, got 0"),
        (5, 2.0, r"num_folds must be a whole number, got 2\.0"),
    ],
)
def test_folds_that_cannot_be_cut_are_refused_at_once(n, k, message):
    with pytest.raises((ValueError, TypeError), match=message):
        model_selection.k_fold(n, k)


def test_cross_validation_agrees_with_scikit_learn_and_leaves_the_model_as_it_was():
    rng = np.random.default_rng(0)
    y = rng.integers(3, size=60)
    X = rng.normal(size=(60, 2)) + y[:, None]
    for model in (NearestMean(), KNeighborsClassifier(3)):
        ours = model_selection.cross_val_score(model, X, y, 5)
        np.testing.assert_allclose(ours, theirs.cross_val_score(model, X, y, cv=theirs.KFold(5)))
        assert not hasattr(model, "classes_")


def test_each_fold_is_scored_by_a_fresh_model_that_never_saw_it():
    class Memory(Fake):
        def score(self, X, y):
            assert not set(X[:, 0]) & set(self.seen_[0][:, 0])
            assert len(self.seen_[0]) + len(X) == 8
            return float(X[0, 0])

    scores = model_selection.cross_val_score(Memory(scores={(0, 0): 1.0}), *LINE, 4)
    assert scores.tolist() == [0.0, 1.0, 4.0, 2.0]


@pytest.mark.parametrize("shuffle", [False, True])
def test_all_choices_are_judged_on_the_same_folds(shuffle):
    seen = {}

    class Memory(Fake):
        def score(self, X, y):
            seen.setdefault(self.a, []).append(X.tolist())
            return 0.5

    accuracies = model_selection.k_fold_accuracies(
        lambda a: Memory(a=a, scores={(1, 0): 0, (2, 0): 0}), *LINE, [2, 1], 3, shuffle=shuffle, rng=0
    )
    assert list(accuracies.items()) == [(2, [0.5] * 3), (1, [0.5] * 3)]
    assert seen[1] == seen[2]


def test_accuracies_of_folds_are_those_of_cross_validation():
    make = lambda k: KNeighborsClassifier(k)  # noqa: E731
    found = model_selection.k_fold_accuracies(make, *LINE, [1, 3], 4)
    for k, accuracies in found.items():
        assert accuracies == model_selection.cross_val_score(make(k), *LINE, 4).tolist()


@pytest.mark.parametrize(
    ("choices", "message"), [([1, 3, 1.0], r"choices holds 1\.0 twice"), ([], "it is empty")]
)
def test_choices_that_come_twice_or_not_at_all_are_refused(choices, message):
    with pytest.raises(ValueError, match=message):
        model_selection.k_fold_accuracies(Fake, *LINE, choices, 2)


# Grids

SCORES = {(1, 1): 0.2, (1, 2): 0.9, (2, 1): None, (2, 2): 0.9, (3, 1): math.nan, (3, 2): 0.1}
GRID = {"a": [1, 2, 3], "b": [1, 2]}
PARTS = np.zeros((4, 1)), np.zeros(4), np.zeros((1, 1)), np.zeros(1)


@pytest.mark.parametrize("model", [Fake(scores=SCORES), partial(Fake, scores=SCORES)])
def test_every_combination_is_tried_in_the_order_of_the_grid_and_the_first_of_the_best_wins(model):
    results, best, best_model = model_selection.grid_search(model, GRID, *PARTS, progress=False)
    assert [tuple(trial.settings.values()) for trial in results] == list(SCORES)
    assert best is results[1]  # neither the last nor the later equal one
    assert (best_model.a, best_model.b) == (1, 2)
    assert best_model.seen_[0].shape == (4, 1)
    for trial, score in zip(results, SCORES.values(), strict=True):
        assert trial.val_score == score or (math.isnan(trial.val_score) and score in (None, SCORES[3, 1]))
        assert trial.seconds >= 0
    assert results[0].train_score == 1.0


def test_a_run_that_diverges_is_a_result_with_its_reason_and_never_wins():
    results, best, _ = model_selection.grid_search(
        Fake(scores={(1, 0): None, (2, 0): math.nan, (3, 0): 0.0}), {"a": [1, 2, 3]}, *PARTS, progress=False
    )
    assert results[0].error == "too high at 1"
    assert math.isnan(results[0].val_score)
    assert results[1].error == "the validation score is nan"
    assert best is results[2]
    assert best.error is None


def test_a_grid_of_which_every_run_diverges_is_an_error():
    with pytest.raises(FloatingPointError, match="all 2 trials failed; the first: too high at 1"):
        model_selection.grid_search(
            Fake(scores={(1, 0): None, (2, 0): None}), {"a": [1, 2]}, *PARTS, progress=False
        )


def test_a_real_grid_finds_the_rate_that_learns_and_notes_the_one_that_explodes():
    X, y = LINE[0] - 4, LINE[1]
    svm = LinearSVM(num_iters=200, reg=1.0, random_state=0)
    rates = {"learning_rate": [1e-12, 0.05, 1e200]}
    logged = []
    results, best, model = model_selection.grid_search(
        svm, rates, X, y, X, y, progress=False, on_trial=lambda trial: logged.append(trial.as_row())
    )
    assert best.settings == {"learning_rate": 0.05}
    assert "too high" in results[2].error
    assert model.score(X, y) == best.val_score == best.train_score
    assert svm.learning_rate == 1e-3  # the model given is left as it was
    assert not hasattr(svm, "W_")
    assert [row["learning_rate"] for row in logged] == rates["learning_rate"]
    assert json.loads(json.dumps(logged[1]))["val_score"] == best.val_score
    same = model_selection.grid_search(
        partial(LinearSVM, num_iters=200, reg=1.0, random_state=0), rates, X, y, X, y, progress=False
    )
    assert same.best.val_score == best.val_score


@pytest.mark.parametrize(
    ("grid", "message"),
    [
        ({}, "grid must name at least one setting"),
        ({"reg": []}, r"grid\['reg'\] must hold at least one value"),
        ({"reg": [1e-3, 0.1, 0.001]}, r"grid\['reg'\] holds 0\.001 twice"),
        ({"reg": 0.1}, r"grid\['reg'\] must be a list of values, got 0\.1"),
        ({"loss": "hinge"}, r"grid\['loss'\] must be a list of values, got 'hinge'"),
        ({"regg": [1]}, "LinearSVM has no setting 'regg'"),
    ],
)
def test_a_grid_that_cannot_be_searched_is_refused_with_its_name(grid, message):
    with pytest.raises((ValueError, TypeError), match=message):
        model_selection.grid_search(classifiers.LinearSVM(), grid, *LINE, *LINE, progress=False)


def test_data_that_do_not_fit_are_refused_before_anything_is_trained():
    for parts in ((LINE[0], LINE[1][:3], *LINE), (*LINE, LINE[0], LINE[1][:3])):
        with pytest.raises(ValueError, match="y has 3 labels for 8 rows of X"):
            model_selection.grid_search(LinearSVM(), {"reg": [0.1]}, *parts, progress=False)


def test_progress_counts_folds_choices_and_trials_and_names_the_best_so_far(monkeypatch):
    calls, notes = [], []

    @contextmanager
    def bar(total, label="", shown=True):
        calls.append((total, label, shown))
        yield lambda steps=1, note="": notes.append((label, note))

    for module in ("folds", "grid"):
        monkeypatch.setattr(f"lintutor.model_selection.{module}.bar", bar)
    model_selection.grid_search(Fake(scores=SCORES), GRID, *PARTS)
    model_selection.cross_val_score(NearestMean(), *LINE, 4, progress=True)
    assert calls == [(6, "grid", True), (4, "folds", True)]
    assert [note for label, note in notes if label == "grid"] == ["best 0.200"] + 5 * ["best 0.900"]
    assert len(notes) == 10
