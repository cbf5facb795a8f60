"""The exercises of chapter 1: mistakes of one method, code mended by halves, what is forgiven."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest

from lintutor import neighbors
from lintutor.autograder import catalogue

files = catalogue.beside(__file__, "answer_files")
right = catalogue.beside(__file__, "right_answers_ch01").STYLES
ENTRIES = {entry.function: entry for entry in catalogue.exercises("ch01")}
KNN, FOLDS = ENTRIES["KNearestNeighbor"], ENTRIES["k_fold_accuracies"]
PREDICT = [entry for entry in ENTRIES.values() if entry.kind == "predict"]
CODE = [entry for entry in ENTRIES.values() if entry.kind in ("code", "debug")]
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
        ("self.y_train[np.argsort(dists[i, :])[:k]]", "np.argsort(dists[i, :])[:k]", 19, "rows-vote"),
        ("num_loops == 0:", "num_loops >= 0:", 24, "num-loops-ignored"),
    ],
)  # fmt: skip
def test_a_mistake_in_one_method_costs_that_method_and_is_named(old, new, points, key, tmp_path):
    row = graded(tmp_path, KNN, change(COURSE, (old, new)))
    assert (row.points, named(row)) == (points, [key])


def test_num_loops_that_are_exchanged_are_told_by_the_names_of_the_methods(tmp_path):
    source = change(COURSE, ("num_loops == 1", "num_loops == 9"), ("num_loops == 2", "num_loops == 1"))
    row = graded(tmp_path, KNN, change(source, ("num_loops == 9", "num_loops == 2")))
    (check,) = [check for check in row.checks if check.status == "failed"]
    assert row.points == 24
    told = (
        "num_loops=2) should ask compute_distances_two_loops for the distances; it asks compute_distances_one"
    )
    assert told in check.message


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("X *= 0", "X is changed by compute_distances_no_loops"),
        ("self.X_train *= 2", "compute_distances_no_loops gives other distances when it is called a second"),
    ],
)
def test_a_method_that_changes_what_it_was_given_loses_one_point_and_is_named(line, told, tmp_path):
    inner = "inner = np.dot(X, self.X_train.T)"
    row = graded(tmp_path, KNN, change(COURSE, (inner, f"{inner}\n        {line}")))
    (check,) = [check for check in row.checks if check.status == "failed"]
    assert (row.points, check.max_points) == (25, 1)
    assert told in check.message


def test_a_method_that_is_not_written_costs_the_others_nothing(tmp_path):
    head, _, tail = COURSE.partition(
        "        num_test = X.shape[0]\n        dists = np.zeros((num_test, self"
    )
    unwritten = 'raise NotImplementedError("KNearestNeighbor.compute_distances_one_loop is not written yet")'
    rest = tail[tail.index("    def compute_distances_no_loops") :]
    row = graded(tmp_path, KNN, f"{head}        {unwritten}\n\n{rest}")
    assert row.points == 22
    assert [check.unwritten for check in row.checks if check.points < check.max_points] == [True]


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


def test_a_scratch_array_of_the_wrong_shape_costs_one_point_and_is_named(tmp_path):
    loops = """
def l1_distances(X, X_train):
    d = np.zeros((len(X_train), len(X)))
    for i in range(len(X)):
        for j in range(len(X_train)):
            d[i, j] = np.abs(X[i] * 1.0 - X_train[j]).sum()
    return d
"""
    row = graded(tmp_path, ENTRIES["l1_distances"], f"import numpy as np\n{loops}")
    assert (row.points, named(row)) == (7, ["matrix-turned"])


def test_bytes_and_a_forgotten_root_are_both_named_and_cost_their_own_points(tmp_path):
    source = "def l2_distances(X, X_train):\n    return ((X[:, None] - X_train) ** 2).sum(axis=2)\n"
    row = graded(tmp_path, ENTRIES["l2_distances"], source)
    assert (row.points, sorted(named(row))) == (6, ["bytes-wrapped", "root-forgotten"])


def test_bytes_are_right_if_they_give_what_wrong_floats_give(tmp_path):
    source = "def l1_distances(X, X_train):\n    return ((X[:, None] * 1.0 - X_train) ** 2).sum(axis=2)\n"
    row = graded(tmp_path, ENTRIES["l1_distances"], source)
    (check,) = [check for check in row.checks if "bytes" in check.name]
    assert (check.points, check.status, named(row)) == (1, "followed_through", ["squares-instead"])


# ----------------------------------------------------------------------------------- cross-validation


@pytest.mark.parametrize(
    ("key", "points"),
    [
        ("ties-to-the-first-seen", 12),
        ("ties-to-the-largest", 12),
        ("errors-for-accuracies", 10),
        ("counts-for-shares", 10),
        ("strided-folds", 10),
        ("mean-of-folds", 12),
        ("last-fold-only", 12),
    ],
)
def test_another_convention_costs_its_own_points_only(key, points, tmp_path):
    row = graded(tmp_path, FOLDS, files.by_name(FOLDS, FOLDS.misconception(key).twin))
    assert (row.points, named(row)) == (points, [key])


def test_folds_that_must_come_out_even_cost_the_points_of_uneven_ones(tmp_path):
    source = f"import numpy as np\n{right['k_fold_accuracies']['of the course, with the class']}"
    row = graded(tmp_path, FOLDS, source.replace("np.array_split", "np.split"))
    assert row.points == 10
    assert "It crashes with X = [[0], [6], [1], [7], [2]]" in row.checks[0].message


def test_folds_that_are_drawn_are_told(tmp_path):
    source = f"import numpy as np\n{right['k_fold_accuracies']['of the course, with the class']}"
    drawn = "    p = np.random.permutation(len(X)); X, y = X[p], y[p]\n    X_folds = np"
    row = graded(tmp_path, FOLDS, change(source, ("    X_folds = np", drawn)))
    assert any("Called twice with the same rows" in check.message for check in row.checks)


def test_every_data_set_of_the_checks_is_one_that_the_statement_allows():
    folds = catalogue.beside(FOLDS.checks, "folds")
    for seed in range(3):
        for case in [*folds.small_data(), folds.ties(), *folds.random_sets(np.random.default_rng(seed))]:
            largest = max(len(fold) for fold in folds.contiguous(len(case.X), case.num_folds))
            assert 2 <= case.num_folds <= len(case.X)
            assert 1 <= min(case.k_choices) <= max(case.k_choices) <= len(case.X) - largest


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


@pytest.mark.parametrize(
    ("function", "old", "new", "points"),
    [
        ("debug_vote", "axis=0", "axis=1", 3),
        ("debug_vote", "np.argmax(votes)", "np.bincount(votes).argmax()", 3),
        ("debug_folds", "np.stack(", "np.concatenate(", 3),
        ("debug_folds", "range(num_folds)])", "range(num_folds) if g != f])", 2),
    ],
)
def test_one_of_two_mended_mistakes_earns_its_points(function, old, new, points, tmp_path):
    entry = ENTRIES[function]
    assert graded(tmp_path, entry, change(entry.stub(), (old, new))).points == points


# ------------------------------------------------------------------------------- the smallest case

UNSHOWN = {  # what the message shows as well: a form, a crash, a change, a missing return
    "l1_distances": {"distances-transposed", "matrix-turned", "album-changed", "distances-not-returned"},
    "l2_distances": {
        "distances-transposed", "matrix-turned", "album-changed", "distances-not-returned",
        "root-forgotten", "no-number-at-equal-rows",
    },
    "KNearestNeighbor": {
        "root-missing-everywhere", "root-missing-once", "scratch-turned", "album-sizes-in-rows",
        "negative-under-the-root", "distances-sorted", "album-changed", "k-not-passed-on",
        "num-loops-ignored",
    },
    "k_fold_accuracies": {"mean-of-folds", "last-fold-only", "rows-shuffled"},
}  # fmt: skip


@pytest.mark.parametrize(
    "entry",
    [pytest.param(entry, marks=[pytest.mark.audit] * (entry.kind == "code")) for entry in CODE],
    ids=lambda entry: entry.function,
)
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(entry, tmp_path):
    unshown = set()
    for mistake in entry.misconceptions:
        row = graded(tmp_path, entry, files.by_name(entry, mistake.twin))
        boards = [check.counterexample for check in row.checks if check.counterexample]
        assert all(len(board.splitlines()) < 15 for board in boards)
        assert all("yours" in board for board in boards)
        unshown |= set() if boards else {mistake.id}
    assert unshown == UNSHOWN.get(entry.function, set())


# ------------------------------------------------------------------------- predictions and measurements


def returning(entry, value):
    return f"import numpy as np\n\ndef {entry.function}():\n    return {value}\n"


def guesses(entry):
    """Truths with one that is wrong, or all; or numbers that are not right, beside both truths."""
    right = entry.module("twins").REFERENCE()
    if {type(part) for part in right} == {bool}:
        turned = [[part != (at == place) for at, part in enumerate(right)] for place in range(len(right))]
        return [*turned, [not part for part in right]]
    return [[*numbers, last] for numbers in ((36, 6), (10, 10), (1, 4), (-10, 2)) for last in (True, False)]


GIVEN_AWAY = re.compile(r"\b(true|false|unchanged|same|cancel\w*|no distance|every neighbor|alike)\b", re.I)


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_nothing_that_a_wrong_prediction_brings_holds_the_answer(entry, tmp_path):
    wanted = {part for part in entry.module("twins").REFERENCE() if not isinstance(part, bool)}
    messages = {}
    for guess in guesses(entry):
        row = graded(tmp_path, entry, returning(entry, guess))
        assert not any(finding.remark for finding in row.findings)
        for check in row.checks:
            if check.status == "failed":
                messages.setdefault(check.name, set()).add(check.message)
    assert len(messages) == len(entry.module("twins").REFERENCE())
    assert all(len(each) == 1 for each in messages.values())  # the words do not depend on the guess
    mistakes = [text for m in entry.misconceptions for text in (m.title, m.explanation)]
    for text in [*entry.hints, *mistakes, *(each for words in messages.values() for each in words)]:
        assert not {float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", text)} & wanted
        assert not GIVEN_AWAY.search(text), text


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
def test_each_part_of_a_prediction_has_its_own_point(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    for part in range(len(right)):
        guess = [repr(right[i]) if i == part else "'no idea'" for i in range(len(right))]
        row = graded(tmp_path, entry, returning(entry, ", ".join(guess)))
        assert [check.points for check in row.checks] == [float(i == part) for i in range(len(right))]


@pytest.mark.parametrize("entry", PREDICT, ids=lambda entry: entry.function)
@pytest.mark.parametrize("value", ["None", "'True'", "True, False", "2, 2", "{}", "[[1, 0], [2]]"])
def test_a_prediction_of_another_form_is_told(entry, value, tmp_path):
    row = graded(tmp_path, entry, returning(entry, value))
    assert row.points == 0
    assert f"return {len(entry.module('twins').REFERENCE())} things" in row.checks[0].message


def test_what_leaves_neighbors_alone_does_so_on_other_pictures_too():
    """The examples of the explanations, by hand: an order that a step turns round."""
    for p in (1, 2):
        twins = ENTRIES[f"predict_l{p}_unchanged"].module("twins")
        assert twins.REFERENCE()[:4] == (True, True, False, True)
        gaps = np.array([[2.0, 0.0], [0.0, 6.0]])
        near, far = (neighbors.lp_distances(np.zeros((1, 2)), gaps / s, p)[0] for s in (1, [1, 10]))
        assert near[0] < near[1]
        assert far[0] > far[1]
    turn = np.array([[1, 1], [-1, 1]]) / np.sqrt(2)
    points, origin = np.array([[1.0, 0.0], [0.6, 0.6]]), np.zeros((1, 2))
    for p, turned in ((1, True), (2, False)):
        before, after = (neighbors.lp_distances(origin, X, p)[0].argmin() for X in (points, points @ turn))
        assert (before != after) == turned


def test_the_grader_s_own_measurement_agrees_with_the_worked_predictions(tmp_path):
    solution = (KNN.root / "solutions" / KNN.file).read_text(encoding="utf-8")
    for function in ("predict_shuffled_pixels", "predict_l1_unchanged", "predict_l2_unchanged"):
        assert graded(tmp_path, ENTRIES[function], solution).status == "passed"


@pytest.mark.parametrize(
    ("value", "points", "told"),
    [
        ("0.8, 0.05", 6, ""),
        ("1.2, -0.1", 6, ""),
        ("np.array([1.0, 0.0])", 6, ""),
        ("8, 1", 0, "You report 8."),
        ("0.5, 0.0", 3, "You report 0.5."),
        ("None", 0, "It returns None."),
        ("1.0", 0, "It returns a number."),
        ("1.0, 0.0, 0.0", 0, "It returns 3 of them."),
        ("True, 0.0", 3, "should be a number; it is True"),
        ("'1', 0.0", 3, "should be a number; it is '1'"),
        ("float('nan'), 0.0", 3, "should be a number; it is nan"),
    ],
)
def test_timings_that_scatter_are_forgiven_and_ratios_and_odd_values_are_told(value, points, told, tmp_path):
    row = graded(tmp_path, ENTRIES["measure_cost"], returning(ENTRIES["measure_cost"], value))
    assert row.points == points
    assert told in row.checks[0].message


class Counted(Fraction):
    """A number that counts its subtractions."""

    count = 0

    def __sub__(self, other):
        Counted.count += 1
        return Fraction(self) - other


def subtractions(N, means):
    """How many subtractions one answer takes, of an album of N pictures or of two means of it."""
    rows = np.array([[Counted(n + d) for d in range(3)] for n in range(2 if means else N)], dtype=object)
    Counted.count = 0
    neighbors.l1_distances(rows[:1], rows)
    return Counted.count


def test_the_exponents_that_are_asked_for_are_those_of_the_work_done():
    measured = ENTRIES["measure_cost"].module("twins").REFERENCE()
    for exponent, means in zip(measured, (False, True), strict=True):
        small, large = (subtractions(N, means) for N in (4, 32))
        assert math.log(large / small) / math.log(8) == pytest.approx(exponent)


def test_no_named_confusion_of_the_exponents_is_within_what_is_forgiven():
    twins = ENTRIES["measure_cost"].module("twins")
    for mistake in ENTRIES["measure_cost"].misconceptions:
        figures = getattr(twins, mistake.twin)()
        assert not all(twins.near(figure, part) for part, figure in enumerate(figures))
