"""The nearest rows are the nearest, ties go where promised, votes are counted, scikit-learn agrees."""

import tracemalloc
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import KNeighborsClassifier
from sklearn.utils.estimator_checks import check_estimator

from lintutor import neighbors
from lintutor.neighbors import KNearestNeighbors, k_nearest, majority_vote, majority_vote_loops

POWERS = [0.5, 1, 2, 3, np.inf]


def sorted_whole(X, T, k, p):
    """Return what k_nearest must: every distance, sorted, equal ones by index."""
    full = neighbors.lp_distances(X, T, p)
    order = np.argsort(full, axis=1, kind="stable")[:, :k]
    return order, np.take_along_axis(full, order, axis=1)


def data(kind, seed=0):
    """Return rows (M, D), training rows (N, D): the kinds that searches go wrong on."""
    rng = np.random.default_rng(seed)
    M, N, D = (20, 300, 40)
    X, T = rng.normal(size=(M, D)), rng.normal(size=(N, D))
    return {
        "cloud": (X, T),
        "float32": (X.astype(np.float32), T.astype(np.float32)),
        "few columns": (X[:, :2], T[:, :2]),
        "bytes": (
            rng.integers(0, 256, (M, D)).astype(np.uint8),
            rng.integers(0, 256, (N, D)).astype(np.uint8),
        ),
        "whole numbers with ties": (rng.integers(0, 3, (M, 4)) * 1.0, rng.integers(0, 3, (N, 4)) * 1.0),
        "all alike": (np.zeros((M, D)), np.ones((N, D))),
        "far from zero": (X + 1e8, T + 1e8),
        "neighbors closer than float32 can tell": (1 + 1e-9 * X, 1 + 1e-9 * T),
        "one row far away": (X, np.vstack([T, 1e25 * T[:1]])),
        "questions far away": (1e30 * X, T),
        "questions beyond float32": (1e60 * X, T),
        "huge": (1e300 * X, 1e300 * T),
        "tiny": (1e-200 * X, 1e-200 * T),
        "a tight knot among wide rows": (1e-20 * X, np.vstack([1e-20 * T, T])),
    }[kind]


KINDS = [
    "cloud",
    "float32",
    "few columns",
    "bytes",
    "whole numbers with ties",
    "all alike",
    "far from zero",
    "neighbors closer than float32 can tell",
    "one row far away",
    "questions far away",
    "questions beyond float32",
    "huge",
    "tiny",
    "a tight knot among wide rows",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("p", POWERS)
@pytest.mark.parametrize("k", [1, 5, 300])
def test_the_nearest_are_those_of_the_whole_matrix_sorted(kind, p, k):
    X, T = data(kind)
    indices, distances = k_nearest(X, T, k, p)
    expected_indices, expected = sorted_whole(X, T, k, p)
    np.testing.assert_allclose(distances, expected, rtol=1e-6 if kind == "float32" else 1e-11)
    swapped = indices != expected_indices  # only where rounding decides
    again = np.take_along_axis(neighbors.lp_distances(X, T, p), indices, axis=1)
    np.testing.assert_allclose(again[swapped], expected[swapped], rtol=1e-6 if kind == "float32" else 1e-11)
    assert swapped.mean() < 0.01


@given(st.data(), st.sampled_from(POWERS), st.integers(1, 8))
def test_among_equals_the_smaller_index_comes_first_at_the_last_place_too(draws, p, k):
    numbers = st.lists(st.lists(st.integers(-1, 1), min_size=2, max_size=2), min_size=8, max_size=8)
    X, T = (np.array(draws.draw(numbers), dtype=float) for _ in range(2))
    indices, distances = k_nearest(X, T, k, p)
    full = neighbors.lp_distances(X, T, p)
    for i in range(len(X)):
        order = sorted(range(len(T)), key=lambda j, i=i: (full[i, j], j))[:k]
        assert indices[i].tolist() == order
        np.testing.assert_allclose(distances[i], full[i, order], rtol=1e-14)


@pytest.mark.parametrize("p", POWERS)
@pytest.mark.parametrize("block_bytes", [1, 10_000, 10**9])
@pytest.mark.parametrize("kind", ["cloud", "whole numbers with ties", "bytes"])
def test_blocks_of_every_size_give_the_same_neighbors(p, block_bytes, kind):
    X, T = data(kind)
    indices, distances = k_nearest(X, T, 7, p, block_bytes=block_bytes)
    expected_indices, expected = k_nearest(X, T, 7, p)
    np.testing.assert_array_equal(indices, expected_indices)
    np.testing.assert_allclose(distances, expected, rtol=1e-12)


@pytest.mark.parametrize("p", [1, 2])
@pytest.mark.parametrize("k", [3, 700, 2000])
def test_many_rows_and_many_neighbors_are_searched_as_few_are(p, k):
    rng = np.random.default_rng(k)
    X, T = rng.normal(size=(5, 3)), rng.normal(size=(2000, 3))
    np.testing.assert_array_equal(k_nearest(X, T, k, p)[0], sorted_whole(X, T, k, p)[0])


def test_the_distances_of_a_search_by_l2_are_those_of_the_loops():
    X, T = data("cloud")
    indices, distances = k_nearest(X, T, 9)
    loops = neighbors.l2_distances_two_loops(X, T)
    np.testing.assert_allclose(distances, np.take_along_axis(loops, indices, axis=1), rtol=1e-14)


@pytest.mark.parametrize("p", [1, 2, np.inf])
def test_exact_rows_have_exact_neighbors(p):
    exact = np.vectorize(Fraction, otypes=[object])
    X, T = data("whole numbers with ties")
    indices, distances = k_nearest(exact(X[:3]), exact(T[:20]), 6, p)
    expected_indices, expected = sorted_whole(X[:3], T[:20], 6, p)
    np.testing.assert_array_equal(indices, expected_indices)
    np.testing.assert_allclose(distances.astype(float), expected, rtol=1e-14)


@pytest.mark.parametrize("p", [1, 2, 3])
def test_memory_does_not_grow_with_the_number_of_questions(p, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    rng = np.random.default_rng(0)
    T = rng.normal(size=(500, 20))
    peaks = []
    for M in (1000, 8000):
        X = rng.normal(size=(M, 20))
        tracemalloc.start()
        k_nearest(X, T, 3, p, block_bytes=2**18)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 1.2 * 7000 * 3 * 16  # the result itself, no more


@pytest.mark.parametrize(
    ("k", "message"),
    [
        (0, "k must be at least 1, got 0"),
        (4, "k is 4, but there are only 3 training rows"),
        (1.0, "k must be a whole number"),
        (True, "k must be a whole number"),
    ],
)
def test_a_k_that_cannot_be_is_refused(k, message):
    T = [[0.0], [1.0], [2.0]]
    with pytest.raises((ValueError, TypeError), match=message):
        k_nearest([[0.0]], T, k)
    with pytest.raises((ValueError, TypeError), match=message):
        KNearestNeighbors(k=k).fit(T, [0, 1, 1])


def test_no_questions_have_no_neighbors_and_no_training_rows_are_refused():
    indices, distances = k_nearest(np.ones((0, 2)), np.ones((3, 2)), 2)
    assert indices.shape == distances.shape == (0, 2)
    with pytest.raises(ValueError, match="there are only 0 training rows"):
        k_nearest(np.ones((3, 2)), np.ones((0, 2)), 1)


def test_a_search_that_overflows_says_so():
    with pytest.raises(ValueError, match="too far apart"):
        k_nearest([[1.7e308]], [[-1.7e308]], 1)


votes = st.integers(1, 5).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 3), min_size=k, max_size=k), min_size=1, max_size=5)
)


@given(votes, st.booleans(), st.randoms())
def test_votes_counted_at_once_equal_votes_counted_one_by_one(labels, weighted, random):
    weights = [[random.randrange(4) / 2 for _ in row] for row in labels] if weighted else None
    found = majority_vote(labels, 4, weights)
    np.testing.assert_array_equal(found, majority_vote_loops(labels, 4, weights))
    for i, row in enumerate(labels):
        worth = weights[i] if weighted else [1] * len(row)
        counts = [sum(w for label, w in zip(row, worth, strict=True) if label == c) for c in range(4)]
        assert found[i] == counts.index(max(counts))


@pytest.mark.parametrize("vote", [majority_vote, majority_vote_loops])
@pytest.mark.parametrize(
    ("labels", "num_classes", "weights", "message"),
    [
        ([[0, 3]], 3, None, r"labels must lie in 0\.\.2, got 3"),
        ([[0, -1]], 3, None, r"labels must lie in 0\.\.2, got -1"),
        ([0, 1], 3, None, r"labels must have two axes, \(M, k\) with k at least 1, got shape \(2,\)"),
        (np.ones((2, 0), int), 3, None, "k at least 1"),
        ([[0.5]], 3, None, "labels must hold whole numbers"),
        ([[0]], 0, None, "num_classes must be at least 1"),
        ([[0, 1]], 3, [[1.0]], r"weights have shape \(1, 1\), labels have shape \(1, 2\)"),
        ([[0, 1]], 3, [[1.0, -2.0]], r"weights must be at least 0, got -2\.0 at index \(0, 1\)"),
        ([[0, 1]], 3, [[1.0, np.nan]], "weights must be finite"),
    ],
)
def test_votes_that_cannot_be_counted_are_refused(vote, labels, num_classes, weights, message):
    with pytest.raises((ValueError, TypeError), match=message):
        vote(labels, num_classes, weights)


@pytest.mark.parametrize("p", [1, 2, 3, np.inf])
@pytest.mark.parametrize("weights", ["uniform", "distance"])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_labels_and_probabilities_are_those_of_scikit_learn(p, weights, k):
    rng = np.random.default_rng(k)
    X, y, questions = rng.normal(size=(150, 6)), rng.integers(4, size=150) * 3, rng.normal(size=(60, 6))
    questions[:9] = X[:9]  # at distance 0
    ours = KNearestNeighbors(k=k, p=p, weights=weights).fit(X, y)
    theirs = KNeighborsClassifier(k, p=p, weights=weights, algorithm="brute").fit(X, y)
    np.testing.assert_allclose(ours.predict_proba(questions), theirs.predict_proba(questions), atol=1e-12)
    np.testing.assert_array_equal(ours.predict(questions), theirs.predict(questions))
    for mine, other in zip(ours.kneighbors(questions), theirs.kneighbors(questions), strict=True):
        np.testing.assert_allclose(mine, other, atol=1e-12)
    assert ours.score(questions, theirs.predict(questions)) == 1


def test_the_classifier_passes_the_checks_of_scikit_learn():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it is not of their family, and that pandas is not here
        check_estimator(KNearestNeighbors())
        check_estimator(KNearestNeighbors(k=3, p=1, weights="distance"))


def test_a_tie_in_votes_goes_to_the_smallest_label():
    knn = KNearestNeighbors(k=2).fit([[0.0], [1.0], [9.0]], ["zebra", "ant", "bee"])
    assert knn.predict([[0.2]]) == "ant"
    assert (
        KNearestNeighbors(k=2, weights="distance").fit([[0.0], [1.0]], ["zebra", "ant"]).predict([[0.2]])
        == "zebra"
    )


@pytest.mark.parametrize("size", [1.0, 1e-310, 1e300])
def test_a_training_row_at_distance_zero_outvotes_all_others(size):
    knn = KNearestNeighbors(k=3, weights="distance").fit([[0.0], [size], [size]], [0, 1, 1])
    np.testing.assert_array_equal(knn.predict_proba([[0.0], [size]]), [[1, 0], [0, 1]])
    np.testing.assert_allclose(knn.predict_proba([[size / 4]]), [[0.6, 0.4]], atol=1e-3)


def test_each_training_row_is_its_own_nearest_neighbor():
    X, y = data("cloud")[1], np.arange(300) % 7
    for p in POWERS:
        assert KNearestNeighbors(p=p).fit(X, y).score(X, y) == 1


def test_the_training_rows_are_kept_as_they_were_and_pixels_as_bytes():
    y = np.arange(300) % 2
    for p in (1, 2):
        questions, X = data("cloud")
        knn = KNearestNeighbors(p=p).fit(X, y)
        before = knn.kneighbors(questions)[0]
        X[:] = 0
        np.testing.assert_array_equal(knn.kneighbors(questions)[0], before)
    questions, pixels = data("bytes")
    assert KNearestNeighbors().fit(pixels.astype(float), y).X_train_.dtype == np.uint8
    for p in (1, 2):
        kept = KNearestNeighbors(k=3, p=p).fit(pixels, y)
        same = KNearestNeighbors(k=3, p=p).fit(pixels + 0.5, y)
        np.testing.assert_array_equal(kept.predict(questions), same.predict(questions + 0.5))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"weights": "near"}, "weights must be one of uniform, distance, got 'near'"),
        ({"p": 0}, "p must be more than 0, got 0"),
        ({"k": -1}, "k must be at least 1, got -1"),
    ],
)
def test_a_setting_out_of_range_is_refused_when_fitting(setting, message):
    with pytest.raises(ValueError, match=message):
        KNearestNeighbors(**setting).fit([[0.0], [1.0]], [0, 1])


def test_exact_rows_can_be_classified():
    X = np.array([[Fraction(0)], [Fraction(1, 3)], [Fraction(2)]], dtype=object)
    for weights in ("uniform", "distance"):
        knn = KNearestNeighbors(k=2, p=1, weights=weights).fit(X, [0, 1, 1])
        assert knn.predict(X).tolist() == [0, 0 if weights == "uniform" else 1, 1]
