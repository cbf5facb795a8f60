"""Distances keep their laws, agree with their loops and with scipy, and refuse what they cannot use."""

import threading
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from lintutor import neighbors
from lintutor.neighbors import _blocks, _euclidean

L1 = [neighbors.l1_distances_two_loops, neighbors.l1_distances_one_loop, neighbors.l1_distances]
L2 = [
    neighbors.l2_distances_two_loops,
    neighbors.l2_distances_one_loop,
    neighbors.l2_distances_no_loops,
    neighbors.l2_distances,
]
POWERS = [0.5, 1, 1.5, 2, 3, 7, np.inf]
FAST = {
    "l1": neighbors.l1_distances,
    "l2": neighbors.l2_distances,
    "squared": neighbors.squared_l2_distances,
    "l3": lambda X, T, **more: neighbors.lp_distances(X, T, 3, **more),
    "largest": lambda X, T, **more: neighbors.lp_distances(X, T, np.inf, **more),
}
SCIPY = {
    "l1": ("cityblock", {}),
    "l2": ("euclidean", {}),
    "squared": ("sqeuclidean", {}),
    "l3": ("minkowski", {"p": 3}),
    "largest": ("chebyshev", {}),
}
WIDTHS = [1, 4, 5, 32, 33, 100, 600, 5000]  # through columns, lines of several rows, one row, parts of a row


@st.composite
def rows(draw, counts=(3, 3), max_d=12, numbers=None):
    """As many small matrices as counts, of one width, of quarter-integers: exact in float64."""
    numbers = numbers or st.integers(-40, 40).map(lambda k: k / 4)
    d = draw(st.integers(1, max_d))
    return [
        np.array(draw(st.lists(st.lists(numbers, min_size=d, max_size=d), min_size=n, max_size=n)))
        for n in counts
    ]


def cloud(M=7, N=30, D=20, seed=0, kind=np.float64):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(M, D)).astype(kind), rng.normal(size=(N, D)).astype(kind)


def pixels(M=20, N=301, D=40, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (M, D)).astype(float), rng.integers(0, 256, (N, D)).astype(float)


@given(rows((3, 4)))
def test_the_twins_agree(pair):
    for family in (L1, L2):
        for twin in family[1:]:
            np.testing.assert_allclose(twin(*pair), family[0](*pair), rtol=1e-12, atol=1e-12)


@given(rows((3, 4)), st.sampled_from(POWERS))
def test_distances_are_symmetric_and_zero_from_a_row_to_itself(pair, p):
    X, T = pair
    np.testing.assert_allclose(neighbors.lp_distances(X, T, p), neighbors.lp_distances(T, X, p).T, rtol=1e-13)
    assert (neighbors.lp_distances(X, X, p).diagonal() == 0).all()
    assert ((neighbors.lp_distances(X, T, p) == 0) == (X[:, None] == T).all(axis=2)).all()


@given(rows((3,)), st.sampled_from([p for p in POWERS if p >= 1]))
def test_no_detour_is_shorter_for_p_of_1_and_more(triple, p):
    d = neighbors.lp_distances(triple[0], triple[0], p)
    assert d[0, 2] <= (d[0, 1] + d[1, 2]) * (1 + 1e-12)


def test_a_detour_is_shorter_for_p_below_1():
    d = neighbors.lp_distances(
        [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]], [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]], 0.5
    )
    assert d[0, 2] == 4 > d[0, 1] + d[1, 2]


@given(rows((3, 3)), st.sampled_from(POWERS), st.integers(-6, 6))
def test_scaling_by_a_factor_scales_every_distance_by_its_size(pair, p, factor):
    X, T = pair
    scaled = neighbors.lp_distances(factor * X, factor * T, p)
    np.testing.assert_allclose(scaled, abs(factor) * neighbors.lp_distances(X, T, p), rtol=1e-12)


@given(rows((3, 3, 1)), st.sampled_from(POWERS))
def test_moving_all_rows_alike_changes_no_distance(triple, p):
    X, T, move = triple
    np.testing.assert_allclose(
        neighbors.lp_distances(X + move, T + move, p), neighbors.lp_distances(X, T, p), rtol=1e-12
    )


@given(rows((3, 3)), st.sampled_from(POWERS), st.randoms())
def test_shuffling_the_columns_changes_no_distance(pair, p, random):
    X, T = pair
    order = random.sample(range(X.shape[1]), X.shape[1])
    np.testing.assert_allclose(
        neighbors.lp_distances(X[:, order], T[:, order], p), neighbors.lp_distances(X, T, p), rtol=1e-12
    )


@given(rows((3, 3)), st.integers(0, 2**32 - 1))
def test_turning_the_axes_changes_no_l2_distance(pair, seed):
    X, T = pair
    Q = np.linalg.qr(np.random.default_rng(seed).normal(size=(X.shape[1],) * 2))[0]
    np.testing.assert_allclose(
        neighbors.l2_distances(X @ Q, T @ Q), neighbors.l2_distances(X, T), rtol=1e-12, atol=1e-12
    )


def test_turning_the_axes_by_45_degrees_changes_an_l1_distance():
    x, t = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    turn = np.sqrt(0.5) * np.array([[1.0, 1.0], [-1.0, 1.0]])
    assert neighbors.l1_distances(x, t) == 2
    assert neighbors.l1_distances(x @ turn, t @ turn) == pytest.approx(np.sqrt(2))


@given(rows((3, 3)), st.floats(0.25, 20), st.floats(0.25, 20))
def test_distances_fall_as_p_rises_and_l1_is_at_most_the_root_of_d_times_l2(pair, p, q):
    X, T = pair
    low, high = sorted((p, q))
    assert (neighbors.lp_distances(X, T, high) <= neighbors.lp_distances(X, T, low) * (1 + 1e-9)).all()
    assert (neighbors.lp_distances(X, T, np.inf) <= neighbors.lp_distances(X, T, high) * (1 + 1e-9)).all()
    l1, l2 = neighbors.l1_distances(X, T), neighbors.l2_distances(X, T)
    assert (l2 <= l1 * (1 + 1e-12)).all()
    assert (l1 <= np.sqrt(X.shape[1]) * l2 * (1 + 1e-12)).all()


@given(rows((3, 4)))
def test_squares_rank_as_the_distances_do(pair):
    squares = neighbors.squared_l2_distances(*pair)
    np.testing.assert_allclose(squares, neighbors.l2_distances(*pair) ** 2, rtol=1e-12)
    assert (squares.argmin(axis=1) == neighbors.l2_distances(*pair).argmin(axis=1)).all()


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("D", WIDTHS)
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_every_width_agrees_with_scipy(name, D, kind):
    metric, more = SCIPY[name]
    X, T = cloud(5, 700, D, kind=kind)
    expected = cdist(X.astype(np.float64), T.astype(np.float64), metric, **more)
    found = FAST[name](X, T)
    assert found.dtype == kind
    np.testing.assert_allclose(found, expected, rtol=1e-11 if kind == np.float64 else 3e-7)


@pytest.mark.parametrize("shape", [(3, 1, 9), (20, 301, 40), (2, 2050, 130), (257, 259, 1030)])
@pytest.mark.parametrize("kind", [np.float64, np.float32, np.uint8])
def test_distances_of_pixels_are_exact(shape, kind):
    X, T = pixels(*shape)
    X[0], T[0] = 0, 255
    x, t = X.astype(kind), T.astype(kind)
    np.testing.assert_array_equal(neighbors.l1_distances(x, t), cdist(X, T, "cityblock"))
    squares = cdist(X, T, "sqeuclidean")
    exact = squares.astype(np.float32) if kind == np.float32 else squares
    np.testing.assert_array_equal(neighbors.squared_l2_distances(x, t), exact)
    np.testing.assert_allclose(neighbors.l2_distances(x, t), np.sqrt(squares), rtol=1e-7)


def test_distances_of_pixels_are_exact_where_float32_would_round_their_products():
    X, T = (rows // 128 for rows in pixels(256, 257, 3000))  # less 128, every product is near 2**14
    np.testing.assert_array_equal(neighbors.squared_l2_distances(X, T), cdist(X, T, "sqeuclidean"))


@pytest.mark.parametrize("almost", [255.5, 256.0, -1.0])
@pytest.mark.parametrize("where", [0, -1])
def test_one_entry_that_is_no_pixel_is_seen(almost, where):
    X, T = pixels(260, 261, 300)
    T[where, where] = almost
    np.testing.assert_allclose(neighbors.l1_distances(X, T), cdist(X, T, "cityblock"), rtol=1e-12)
    np.testing.assert_allclose(neighbors.l2_distances(X, T), cdist(X, T), rtol=1e-12)


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("D", [2, 20, 50, 600])
def test_far_from_zero_no_digit_is_lost(name, D):
    X, T = (1e8 + rows for rows in cloud(6, 40, D))
    X[0], T[1] = T[0], X[1] + 2.0**-20  # one pair alike, one nearly
    gap = np.abs(X.astype(np.longdouble)[:, None] - T)  # (M, N, D)
    p = {"l1": 1, "l2": 2, "squared": 2, "l3": 3, "largest": np.inf}[name]
    exact = gap.max(axis=2) if p == np.inf else (gap**p).sum(axis=2)
    exact = exact if p == np.inf or name == "squared" else exact ** (np.longdouble(1) / p)
    found = FAST[name](X, T)
    assert found[0, 0] == 0
    np.testing.assert_allclose(found, exact.astype(float), rtol=1e-11)


@pytest.mark.parametrize("name", FAST)
def test_two_far_clusters_lose_no_digit_and_alike_rows_are_at_zero(name):
    X, T = cloud(6, 40, 50)
    X[::2] += 1e9
    T[::2] -= 1e9
    T[:3] = X[3:6]
    metric, more = SCIPY[name]
    found = FAST[name](X, T)
    np.testing.assert_allclose(found, cdist(X, T, metric, **more), rtol=1e-11)
    assert found[3, 0] == found[4, 1] == found[5, 2] == 0


def test_rows_far_from_zero_are_moved_to_their_middle_and_others_are_left_where_they_are():
    _, T = cloud(N=1000)
    assert _blocks.center_of(T) is None
    assert _blocks.center_of(T[:0]) is None
    np.testing.assert_allclose(_blocks.center_of(T + 100), 100, atol=1)


def test_the_expanded_square_by_itself_loses_digits():
    X, T = np.array([[1e8, 1.0]]), np.array([[1e8, 3.0]])
    assert neighbors.l2_distances_no_loops(X, T) != 2
    assert neighbors.l2_distances(X, T) == 2


@pytest.mark.parametrize("f", [*L1, *L2, *FAST.values()])
@given(pair=rows((2, 3), max_d=3))
@settings(max_examples=15)
def test_exact_numbers_stay_exact(f, pair):
    exact = np.vectorize(Fraction, otypes=[object])
    found = f(exact(pair[0]), exact(pair[1]))
    assert found.dtype == object
    np.testing.assert_allclose(found.astype(float), f(*pair), rtol=1e-12, atol=1e-9)
    if f in L1 or f in (FAST["squared"], FAST["largest"]):
        assert all(isinstance(entry, (int, Fraction)) for entry in found.flat)


@pytest.mark.parametrize(
    ("f", "p"), [*((f, 1) for f in L1), *((f, 2) for f in L2), (FAST["l3"], 3), (FAST["largest"], sympy.oo)]
)
def test_on_sympy_numbers_the_result_equals_the_formula(f, p):
    X = np.array([[sympy.Rational(1, 3), sympy.Integer(2)]], dtype=object)
    T = np.array(
        [[sympy.Rational(-1, 2), sympy.Integer(1)], [sympy.Rational(1, 3), sympy.Integer(2)]], object
    )
    for j, t in enumerate(T):
        gaps = [sympy.Abs(a - b) for a, b in zip(X[0], t, strict=True)]
        formula = sympy.Max(*gaps) if p == sympy.oo else sum(g**p for g in gaps) ** sympy.Rational(1, p)
        assert sympy.simplify(sympy.nsimplify(f(X, T)[0, j]) - formula) == 0


@pytest.mark.parametrize("f", L2[:3])
def test_the_root_of_an_exact_square_is_exact(f):
    found = f([[Fraction(0), Fraction(0)]], [[Fraction(3, 5), Fraction(4, 5)]])
    assert found[0, 0] == 1
    assert isinstance(found[0, 0], Fraction)


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("D", [3, 50, 700])
@pytest.mark.parametrize("block_bytes", [1, 1000, 30_000, 10**9])
def test_blocks_of_every_size_give_the_same_result(name, D, block_bytes):
    X, T = cloud(11, 41, D)
    T[5] = X[5]
    found = FAST[name](X, T, block_bytes=block_bytes)
    np.testing.assert_allclose(found, FAST[name](X, T), rtol=1e-12)
    moved = FAST[name](X + 1e6, T + 1e6, block_bytes=block_bytes)
    np.testing.assert_allclose(moved, FAST[name](X + 1e6, T + 1e6), rtol=1e-12)


@pytest.mark.parametrize("name", FAST)
def test_the_number_of_threads_changes_no_bit(name, monkeypatch):
    results = []
    for number in ("1", "2", "5"):
        monkeypatch.setenv("OMP_NUM_THREADS", number)
        results.append(
            [FAST[name](*data) for data in (cloud(40, 300, 90), pixels(20, 5000, 40), cloud(400, 300, 2))]
        )
    for one, *others in zip(*results, strict=True):
        for other in others:
            np.testing.assert_array_equal(one, other)


def test_where_no_thread_can_start_the_work_is_done_without(monkeypatch):
    expected = neighbors.l1_distances(*cloud(9, 900, 90))
    monkeypatch.setenv("OMP_NUM_THREADS", "3")

    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    np.testing.assert_array_equal(neighbors.l1_distances(*cloud(9, 900, 90)), expected)


def test_an_error_in_a_thread_reaches_the_caller(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    with pytest.raises(ZeroDivisionError):
        _blocks.for_each(lambda k: 1 / k, [1, 0, 1])


@pytest.mark.parametrize(
    ("name", "value", "count"), [("OMP_NUM_THREADS", "3", 3), ("OPENBLAS_NUM_THREADS", "2", 2)]
)
def test_the_environment_grants_threads(monkeypatch, name, value, count):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert _blocks.thread_count() >= 1
    monkeypatch.setenv(name, value)
    assert _blocks.thread_count() == count


def test_numpys_own_settings_are_as_they_were():
    before = np.getbufsize(), np.geterr()
    neighbors.l1_distances(*cloud(5, 50, 60))
    with pytest.raises(ValueError, match="too far apart"):
        neighbors.l1_distances([[1.7e308]], [[-1.7e308]])
    assert (np.getbufsize(), np.geterr()) == before


def test_rows_are_broadcast_without_a_buffer_for_as_long_as_asked():
    usual = np.getbufsize()
    with pytest.raises(ZeroDivisionError), _blocks.broadcast_in_place():
        assert np.getbufsize() < usual
        1 / 0  # noqa: B018
    assert np.getbufsize() == usual


@pytest.mark.parametrize("p", [1, 2, 3])
@pytest.mark.parametrize("D", [2, 40])
def test_an_overflow_in_a_thread_is_no_warning(p, D, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    X, T = cloud(500, 5000, D)
    with pytest.raises(ValueError, match="too far apart"):
        neighbors.lp_distances(1.7e308 * np.sign(X), 1.7e308 * np.sign(T), p)


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("offset", [0, 1e4])
def test_memory_is_bounded_by_the_blocks_and_never_holds_all_differences(name, kind, offset, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    X, T = ((offset + rows).astype(kind) for rows in cloud(60, 900, 1500))
    block, result = 2**20, 8 * 60 * 900
    tracemalloc.start()
    FAST[name](X, T, block_bytes=block)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * block + 3 * result  # the differences would take 648 MB, rows in float64 11 MB


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_memory_for_pixels_does_not_grow_with_the_number_of_rows(name, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    peaks = []
    for M in (500, 3000):
        X, T = (rows.astype(np.uint8) for rows in pixels(M, 300, 300))
        tracemalloc.start()
        FAST[name](X, T, block_bytes=2**20)
        peaks.append(tracemalloc.get_traced_memory()[1] - 8 * M * 300)
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**19


@pytest.mark.parametrize("f", [*L1, *L2, *FAST.values()])
def test_arguments_are_never_changed_and_results_never_share_their_memory(f):
    for X, T in (cloud(), pixels(), cloud(D=3)):
        copies = X.copy(), T.copy()
        X.setflags(write=False)
        T.setflags(write=False)
        found = f(X, T)
        np.testing.assert_array_equal(X, copies[0])
        np.testing.assert_array_equal(T, copies[1])
        assert not np.shares_memory(found, X)
        found[0, 0] = -1  # it can be written to


@pytest.mark.parametrize("f", [*L1, *L2, *FAST.values()])
def test_integers_lists_float16_and_strided_arrays_are_welcome(f):
    rng = np.random.default_rng(1)
    X, T = rng.integers(-9, 10, (4, 30)), rng.integers(-9, 10, (6, 30))
    expected = f(X.astype(float), T.astype(float))
    assert f(X, T).dtype == np.float64
    wide = np.zeros((6, 60))
    wide[:, ::2] = T
    for x, t in (
        (X, T.tolist()),
        (np.asfortranarray(X * 1.0), wide[:, ::2]),
        (X[::-1][::-1] * 1.0, T.astype(np.int8)),
    ):
        np.testing.assert_allclose(f(x, t), expected, rtol=1e-12)
    half = f(X.astype(np.float16), T.astype(np.float16))
    assert half.dtype == np.float32
    np.testing.assert_allclose(half, expected, rtol=1e-5)
    np.testing.assert_allclose(f(X.astype(np.longdouble), T).astype(float), expected, rtol=1e-12)


@pytest.mark.parametrize("f", [*L1, *L2, *FAST.values()])
def test_no_rows_or_no_columns_give_an_empty_or_a_zero_matrix(f):
    assert f(np.ones((0, 3)), np.ones((2, 3))).shape == (0, 2)
    assert f(np.ones((2, 3)), np.ones((0, 3))).shape == (2, 0)
    np.testing.assert_array_equal(f(np.ones((2, 0)), np.ones((3, 0))), np.zeros((2, 3)))


@pytest.mark.parametrize("f", [*L1, *L2, *FAST.values()])
@pytest.mark.parametrize(
    ("X", "T", "message"),
    [
        (np.ones((2, 3)), np.ones((2, 4)), "X has 3 columns, X_train has 4"),
        (np.ones(3), np.ones((2, 3)), r"X must have two axes, got shape \(3,\)"),
        (np.ones((2, 3)), np.ones((1, 2, 3)), "X_train must have two axes"),
        ([[np.nan]], [[1.0]], r"X must be finite, got nan at index \(0, 0\)"),
        ([[1.0]], [[1.0], [np.inf]], r"X_train must be finite, got inf at index \(1, 0\)"),
        ([["a"]], [[1.0]], "X must hold real numbers"),
        ([[1.0]], [[1j]], "X_train must hold real numbers"),
        ([[1.0], [1.0, 2.0]], [[1.0]], "X must be a rectangular array"),
        (
            [[0.0], [1.7e308]],
            [[-1.7e308]],
            r"X\[\d\] and X_train\[0\] are too far apart for float64",
        ),
    ],
)
def test_bad_input_is_refused_with_its_name(f, X, T, message):
    with pytest.raises((ValueError, TypeError), match=message):
        f(X, T)


@pytest.mark.parametrize(
    ("p", "message"),
    [
        (0, "p must be more than 0, got 0"),
        (-1.0, "p must be more than 0"),
        (np.nan, "p must be more than 0, got nan"),
        ("2", "p must be a number, got str"),
        (True, "p must be a number, got bool"),
    ],
)
def test_a_p_that_is_no_power_is_refused(p, message):
    with pytest.raises((ValueError, TypeError), match=message):
        neighbors.lp_distances([[1.0]], [[1.0]], p)


@pytest.mark.parametrize("block_bytes", [0, 1.5])
def test_a_block_of_no_bytes_is_refused(block_bytes):
    with pytest.raises((ValueError, TypeError), match="block_bytes must be"):
        neighbors.l1_distances([[1.0]], [[1.0]], block_bytes=block_bytes)


@pytest.mark.parametrize("D", [2, 40])
@pytest.mark.parametrize("size", [1e-310, 1e-200, 1e-160, 1e150, 1e200, 1e300])
@pytest.mark.parametrize("name", ["l1", "l2", "l3", "largest"])
def test_huge_and_tiny_rows_have_right_distances(name, D, size):
    X, T = cloud(3, 5, D)
    found = FAST[name](X * size, T * size)
    np.testing.assert_allclose(found / size, FAST[name](X, T), rtol=1e-9 if size > 1e-300 else 1e-4)


@pytest.mark.parametrize("p", [1, 2, 3, np.inf])
@pytest.mark.parametrize("D", [1, 40])
def test_at_the_end_of_float64_only_the_pair_that_overflows_is_blamed(p, D):
    X, T = np.zeros((2, D)), np.zeros((1, D))
    X[1, 0], T[0, 0] = 1.7e308, -1.7e308
    assert neighbors.lp_distances(X[:1], T, p) == 1.7e308
    with pytest.raises(ValueError, match=r"X\[1\] and X_train\[0\] are too far apart for float64"):
        neighbors.lp_distances(X, T, p)


@pytest.mark.parametrize("p", [0.01, 500.0])
def test_extreme_powers_do_not_overflow_on_the_way(p):
    assert neighbors.lp_distances([[1e100, 0.0]], [[0.0, 0.0]], p) == pytest.approx(1e100)


def test_the_length_of_rows_is_right_where_their_squares_vanish():
    np.testing.assert_allclose(
        _euclidean.length(np.array([[3e-200, 4e-200], [0, 0], [3e200, 4e200]])), [5e-200, 0, 5e200]
    )
