"""The exercises of chapter 1: mistakes of one method, code mended by halves, what is forgiven."""

import pytest

from lintutor.autograder import catalogue

files = catalogue.beside(__file__, "answer_files")
right = catalogue.beside(__file__, "right_answers_ch01").STYLES
ENTRIES = {entry.function: entry for entry in catalogue.exercises("ch01")}
KNN, FOLDS = ENTRIES["KNearestNeighbor"], ENTRIES["k_fold_accuracies"]
COURSE = f"import numpy as np\n{right['KNearestNeighbor']['of the course']}"


def graded(tmp_path, entry, source):
    return files.graded(tmp_path, entry, source)


def named(row):
    return [finding.misconception and finding.misconception.id for finding in row.findings]


def change(source, *pairs):
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    return source


# ------------------------------------------------------------------------------------- the classifier


@pytest.mark.parametrize(
    ("old", "new", "points", "key"),
    [
        ("np.sqrt(np.sum(np.square(self.X_train[j, :] - X[i, :])))",
         "np.sum(np.square(self.X_train[j, :] - X[i, :]))", 25, "root-missing-once"),
        ("np.sqrt(np.abs(", "np.sqrt((", 25, "negative-under-the-root"),
        ("-2 * inner", "-inner", 20, "cross-term-once"),
        ("np.argmax(np.bincount(closest_y))", "max(list(closest_y), key=list(closest_y).count)", 24,
         "tie-to-the-nearest"),
        ("np.argsort(dists[i, :])[:k]", "np.argsort(dists[i, :])[-k:]", 21, "farthest-vote"),
        ("self.predict_labels(dists, k=k)", "self.predict_labels(dists)", 24, "k-not-passed-on"),
    ],
)  # fmt: skip
def test_a_mistake_in_one_method_costs_that_method_and_is_named(old, new, points, key, tmp_path):
    row = graded(tmp_path, KNN, change(COURSE, (old, new)))
    assert (row.points, named(row)) == (points, [key])


def test_a_loop_where_none_should_be_costs_its_own_points(tmp_path):
    loop = "[X[i] @ self.X_train.T for i in range(len(X))]"
    row = graded(tmp_path, KNN, change(COURSE, ("np.dot(X, self.X_train.T)", f"np.array({loop})")))
    assert row.points == row.max_points - 2
    called = change(
        COURSE, ("return np.sqrt(np.abs(", "return self.compute_distances_one_loop(X)\n        ((")
    )
    assert graded(tmp_path, KNN, called).points == KNN.points - 2


def test_a_forgotten_root_is_forgiven_where_only_the_ranking_matters(tmp_path):
    row = graded(
        tmp_path,
        ENTRIES["l2_distances"],
        "def l2_distances(X, X_train):\n    return ((X[:, None] * 1.0 - X_train) ** 2).sum(axis=2)\n",
    )
    assert (row.points, named(row)) == (7, ["root-forgotten"])


# ----------------------------------------------------------------------------------- cross-validation


def test_a_wrong_classifier_of_the_learner_s_own_is_followed_through(tmp_path):
    source = f"import numpy as np\n{right['k_fold_accuracies']['of the course, with the class']}"
    wrong = change(source, ("np.argsort(dists[i, :])[:k]", "np.argsort(dists[i, :])[-k:]"))
    row = graded(tmp_path, FOLDS, wrong)
    assert row.points == row.max_points
    assert "your own KNearestNeighbor" in " ".join(check.message for check in row.checks)


def test_a_wrong_distance_of_the_learner_s_own_is_exchanged(tmp_path):
    source = f"import numpy as np\n{right['k_fold_accuracies']['with l2_distances of the file']}"
    row = graded(tmp_path, FOLDS, change(source, ("(X[:, None] - X_train) ** 2", "X[:, None] + X_train")))
    assert row.points == row.max_points


# ------------------------------------------------------------------------------------- mended by halves


@pytest.mark.parametrize(
    ("function", "old", "new", "key"),
    [
        ("debug_vote", "axis=0", "axis=1", "place-of-the-largest-label"),
        ("debug_vote", "np.argmax(votes)", "np.bincount(votes).argmax()", "sorted-down-the-columns"),
        ("debug_vote", "order", "places", "both-vote-mistakes"),
        ("debug_folds", "np.stack(", "np.concatenate(", "held-labels-kept"),
        ("debug_folds", "range(num_folds)])", "range(num_folds) if g != f])", "folds-stacked"),
        ("debug_folds", "X_album", "album", "both-fold-mistakes"),
    ],
)
def test_given_code_that_is_mended_by_halves_shows_the_other_mistake(function, old, new, key, tmp_path):
    entry = ENTRIES[function]
    row = graded(tmp_path, entry, change(entry.stub(), (old, new)))
    assert named(row) == [key]
    assert row.points < row.max_points


# ------------------------------------------------------------------------- predictions and measurements


def test_the_grader_s_own_measurement_agrees_with_the_worked_predictions(tmp_path):
    solution = (KNN.root / "solutions" / KNN.file).read_text(encoding="utf-8")
    for function in ("predict_shuffled_pixels", "predict_l1_unchanged", "predict_l2_unchanged"):
        assert graded(tmp_path, ENTRIES[function], solution).status == "passed"


@pytest.mark.parametrize(("value", "points"), [("0.8, 0.05", 6), ("1.2, -0.1", 6), ("8, 1", 0), ("None", 0)])
def test_timings_that_scatter_are_forgiven_and_ratios_are_not(value, points, tmp_path):
    row = graded(tmp_path, ENTRIES["measure_cost"], f"def measure_cost():\n    return {value}\n")
    assert row.points == points
