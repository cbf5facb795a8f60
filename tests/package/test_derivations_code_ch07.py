"""Chapter 7: the package's optimizers, run on exact fractions where they can be, equal the derivations."""

from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest
from sympy import Symbol

from lintutor import derivations, losses, optimizers, regularizers, scores
from lintutor.derivations.evaluate import compile_expr
from lintutor.derivations.exact import NoValue, TooLarge
from lintutor.derivations.notation import Hinge, Partial, SumOver, index, real, size, unfold
from lintutor.derivations.processes import Average, Iterated


def first_and_last(id: str) -> tuple[Any, Any]:
    lines = derivations.get(id).lines
    return compile_expr(lines[0].expr), compile_expr(lines[-1].expr)


def exact(value: Any) -> Any:
    return Fraction(value)


def bowl(h: Any) -> Any:
    return lambda w: (h * (w**2).sum() / 2, h * w)


def array(*values: Any) -> np.ndarray:
    return np.array([Fraction(v) for v in values], dtype=object)


def test_steps_of_the_code_shrink_a_bowl_by_the_factor() -> None:
    formula = first_and_last("sgd-bowl-steps")[1]
    for point in derivations.get("sgd-bowl-steps").domain.points(seed=7):
        h, rate, steps = exact(point["h"]), exact(point["eta"]), int(point["t"])
        w, _ = optimizers.gradient_descent(bowl(h), array(point["w_0"]), rate, steps)
        assert w[0] == formula(point)
        after, _ = optimizers.gradient_descent(bowl(h), array(1), rate, 1)
        assert (abs(after[0]) < 1) == (rate < 2 / h)


def test_a_step_of_the_code_wins_what_the_formula_says() -> None:
    formula = first_and_last("sgd-step-drop")[1]
    for point in derivations.get("sgd-step-drop").domain.points(seed=7):
        loss = bowl(exact(point["h"]))
        _, history = optimizers.gradient_descent(loss, array(point["w"]), exact(point["eta"]), 2)
        assert history[1] - history[0] == pytest.approx(float(formula(point)), rel=1e-12, abs=1e-12)


def test_copies_leave_the_gradient_of_the_code_as_it_is() -> None:
    X, W = np.array([array(1, 2), array(0, 3), array(-1, 1)]), np.array([array(1, 0, 2), array(0, 1, -1)])
    once = losses.hinge_loss_vectorized(W, X, [0, 1, 2])
    copied = losses.hinge_loss_vectorized(W, np.tile(X, (4, 1)), [0, 1, 2] * 4)
    assert once[0] == copied[0]
    assert np.all(once[1] == copied[1])
    formula = first_and_last("sgd-duplicates-exact")[1]
    rows = [losses.hinge_loss_vectorized(W, X[[i]], [i])[1][0, 0] for i in range(3)]
    assert formula({"N": 3, "R": 4, "g": tuple(rows)}) == copied[1][0, 0]


def test_no_rate_of_the_code_beats_the_best_one() -> None:
    bound = compile_expr(derivations.get("sgd-best-step").lines[-1].expr)
    reached = compile_expr(derivations.get("sgd-best-step-reached").lines[-1].expr)
    for point in derivations.get("sgd-best-step").domain.points(seed=7):
        curvatures = array(point["mu"], point["L"])
        both = lambda w, h=curvatures: ((h * w**2).sum() / 2, h * w)  # noqa: E731
        after, _ = optimizers.gradient_descent(both, array(1, 1), exact(point["eta"]), 1)
        assert max(abs(after)) >= bound(point)
        after, _ = optimizers.gradient_descent(both, array(1, 1), 2 / sum(curvatures), 1)
        assert max(abs(after)) == reached(point) == bound(point)


def test_momentum_of_the_code_gathers_the_speed_of_the_formula() -> None:
    formula = first_and_last("sgd-momentum-effective-step")[1]
    for point in derivations.get("sgd-momentum-effective-step").domain.points(seed=7):
        w, config = array(0), {"learning_rate": exact(point["eta"]), "momentum": exact(point["rho"])}
        for _ in range(int(point["t"])):
            w, config = optimizers.sgd_momentum(w, array(point["g"]), config)
        assert np.all(config.get("velocity", 0) == formula(point))


def test_momentum_of_the_code_shrinks_by_the_root() -> None:
    for p, q in ((1, 3), (1, 10), (2, 5)):
        rho, rate = ((q - p) / (q + p)) ** 2, 4 / (q + p) ** 2
        for h in np.linspace(p**2, q**2, 7)[1:-1]:
            w, _ = optimizers.gradient_descent(bowl(h), [1.0], rate, 400, momentum=rho)
            w = np.abs(w[0]) + 1e-300
            assert w ** (1 / 400) < np.sqrt(rho) * 1.03


def test_weights_of_the_code_decay_by_the_formula() -> None:
    formula = first_and_last("sgd-weight-decay")[1]
    for point in derivations.get("sgd-weight-decay").domain.points(seed=7):
        penalty = partial(regularizers.l2_penalty, reg=exact(point["lambda"]))
        start, rate = array(point["w_0"], 1), exact(point["eta"])
        W, _ = optimizers.gradient_descent(penalty, start, rate, int(point["t"]))
        assert W[0] == formula(point)


def batch_means(replace: bool, B: int = 3, draws: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    g = np.array([3.0, -1.0, 4.0, 1.0, -5.0, 9.0])
    rng = np.random.default_rng(0)
    means = [optimizers.sample_batch(g, g, B, rng, replace=replace)[0].mean() for _ in range(draws)]
    return g, np.array(means)


def test_batches_of_the_code_are_right_on_average() -> None:
    for replace in (True, False):
        g, means = batch_means(replace)
        assert abs(means.mean() - g.mean()) < 5 * means.std() / np.sqrt(len(means))


def test_batches_of_the_code_have_the_variance_of_the_formula() -> None:
    for id, replace in (("sgd-batch-variance", True), ("sgd-batch-variance-without-replacement", False)):
        g, means = batch_means(replace)
        formula = first_and_last(id)[1]({"N": len(g), "B": 3, "g": tuple(map(int, g))})
        assert means.var() == pytest.approx(float(formula), rel=0.05)


def test_noise_keeps_the_spread_of_the_weights() -> None:
    rate, h, s = 0.25, 1.0, 2.0
    rng, w, squares = np.random.default_rng(0), np.zeros(2000), []
    for step in range(200):
        w, _ = optimizers.sgd_plain(w, h * w + s * rng.standard_normal(len(w)), {"learning_rate": rate})
        squares += [float((w**2).mean())] if step >= 100 else []
    expected = first_and_last("sgd-noise-floor")[1]({"eta": rate, "h": h, "s": s})
    assert np.mean(squares) == pytest.approx(float(expected), rel=0.02)


def test_centering_in_the_code_takes_one_direction_off() -> None:
    X = np.random.default_rng(0).integers(0, 9, size=(6, 3)).astype(float)
    (centered,) = scores.center(X)
    m = X.mean(axis=0)
    assert np.allclose(X.T @ X / 6, centered.T @ centered / 6 + np.outer(m, m))


def test_what_is_repeated_is_done_step_by_step_and_agrees_with_its_closed_form() -> None:
    w, s, c, t = real("w"), real("s"), real("c"), index("t")
    rule = Iterated(c * w + 2, w, s, t)
    closed = compile_expr(unfold(rule))
    for times in range(5):
        point = {"s": 3, "c": Fraction(1, 2), "t": times}
        assert compile_expr(rule)(point) == closed(point)
    assert rule.free_symbols == {s, c, t}
    squared = Iterated(w**2, w, s, t)  # not affine: no closed form is claimed
    assert compile_expr(squared)({"s": 2, "t": 3}) == 256
    assert unfold(squared).func.__name__ == "iterated"
    with pytest.raises(TooLarge):
        compile_expr(rule)({"s": 1, "c": 1, "t": 10**6})
    with pytest.raises(ValueError, match="kinks"):
        Iterated(w - Partial(Hinge(w), w), w, s, t)


def test_an_average_goes_through_every_batch() -> None:
    from sympy import IndexedBase

    g, I = IndexedBase("g", real=True), IndexedBase("I", integer=True)  # noqa: E741
    B, N, b = size("B"), size("N"), index("b")
    squares = SumOver(g[I[b]], b, B) ** 2
    point = {"g": (1, 3), "B": 2, "N": 2}
    assert compile_expr(Average(squares, I, B, N))(point) == Fraction(4 + 16 + 16 + 36, 4)
    assert compile_expr(Average(squares, I, B, N, 1))(point) == 16
    assert Average(squares, I, B, N).free_symbols >= {B, N}
    assert Symbol("I") not in Average(squares, I, B, N).free_symbols
    with pytest.raises(NoValue):
        compile_expr(Average(squares, I, B, N, 1))({"g": (1,), "B": 2, "N": 1})
    with pytest.raises(TooLarge):
        compile_expr(Average(squares, I, B, N))({"g": (1,), "B": 20, "N": 9})


def test_the_closed_form_of_an_average_is_what_going_through_every_batch_gives() -> None:
    from sympy import IndexedBase

    g, h, I = IndexedBase("g", real=True), IndexedBase("h", real=True), IndexedBase("I", integer=True)  # noqa: E741
    B, N, b, c = size("B"), size("N"), index("b"), index("c")
    one, other = SumOver(g[I[b]], b, B), SumOver(h[I[c]] ** 2, c, B)
    known = (one, one**2, 3 * one * other - other / B + 1, (one - h[0]) ** 2, g[I[0]] * N)
    unknown = (one**3, g[I[0]] * g[I[1]], SumOver(b * g[I[b]], b, B), one * g[I[0]], SumOver(one, b, B))
    numbers = {"g": (3, -1, 4, 1), "h": (2, 7, -1, 8)}
    for distinct in (0, 1):
        for f in known:
            average = Average(f, I, B, N, distinct)
            assert average.unfold().func.__name__ != "average"
            for size_of_batch in (1, 2, 3):
                point = numbers | {"B": size_of_batch, "N": 4}
                assert compile_expr(average.unfold())(point) == compile_expr(average)(point)
        for f in unknown:
            assert Average(f, I, B, N, distinct).unfold().func.__name__ == "average"
    taken = SumOver(g[I[b]] * SumOver(h[index("i'")], index("i'"), N), b, B)
    assert Average(taken, I, B, N).unfold().func.__name__ == "average"


def test_statements_agree_up_to_a_positive_factor_only() -> None:
    from lintutor.derivations.domain import Domain
    from lintutor.derivations.inequalities import same_statement
    from lintutor.derivations.notation import positive

    a, w = positive("a"), real("w")
    domain = Domain(scalars=(a, w))
    assert same_statement(a * w > 0, w > 0, domain)
    assert same_statement(a**2 * w < a, a * w < 1, domain)
    assert not same_statement(-a * w > 0, w > 0, domain)
    assert not same_statement(w * w > 0, w > 0, domain)
    assert not same_statement(a * w >= 0, w > 0, domain)
