"""The derivations of chapter 9, "Backpropagation": affine layers, a squared norm, and a net of two layers."""

from typing import Any

from lintutor.derivations.ch09_symbols import (
    AFFINE,
    NET,
    NET_TEXT,
    TESTS,
    W1,
    W2,
    Active,
    C,
    D,
    G,
    H,
    Hidden,
    K,
    N,
    NetLoss,
    W,
    X,
    b1,
    b2,
    bias,
    d,
    e,
    h,
    i,
    j,
    k,
    v,
    x,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import Hinge, Indicator, Partial, Row, SumOver, abbreviation, index

__all__ = ["DERIVATIONS"]

_n, _c = index("n"), index("c")
_Affine = abbreviation("S", lambda i, j: SumOver(X[i, e] * W[e, j], e, D) + bias[j])
_AffineLoss = abbreviation("L", lambda: SumOver(SumOver(G[_n, _c] * _Affine(_n, _c), _c, C), _n, N))
_Product = abbreviation("q", lambda i: SumOver(W[i, e] * x[e], e, D))
_Back = abbreviation("B", lambda i, h: SumOver(G[i, k] * W2[h, k], k, C))
_Unit = abbreviation("r", lambda h: Hinge(SumOver(x[e] * W[e, h], e, D)))
_Norm = abbreviation("f", lambda: SumOver(_Product(i) ** 2, i, K))


def affine() -> Derivation:
    """Return number 56: what an affine layer sends back to its three operands."""
    dx = SumOver(G[i, _c] * W[d, _c], _c, C)
    dw = SumOver(X[_n, d] * G[_n, j], _n, N)
    db = SumOver(G[_n, j], _n, N)
    return Derivation(
        id="bp-affine",
        number=56,
        title="An affine layer backward: to its input, to its weights, to its biases",
        assumptions=(
            r"$S_{ij} = \sum_d X_{id} W_{dj} + b_j$",
            r"$G_{ij}$ is the gradient that arrives at $S_{ij}$: near the point, the loss moves as "
            r"$L = \sum_{n, c} G_{nc} S_{nc}$ does",
        ),
        lines=(
            Line(
                Row(
                    Partial(_AffineLoss(), X[i, d]),
                    Partial(_AffineLoss(), W[d, j]),
                    Partial(_AffineLoss(), bias[j]),
                )
            ),
            Line(
                Row(
                    SumOver(G[i, _c] * Partial(_Affine(i, _c), X[i, d]), _c, C),
                    SumOver(G[_n, j] * Partial(_Affine(_n, j), W[d, j]), _n, N),
                    SumOver(G[_n, j] * Partial(_Affine(_n, j), bias[j]), _n, N),
                ),
                "$X_{id}$ is in row $i$ of the scores only, $W_{dj}$ and $b_j$ in column $j$ only",
            ),
            Line(
                Row(dx, dw, db),
                "each score is linear in all three: "
                "$X_{id}$ has the factor $W_{dc}$, $W_{dj}$ has $X_{nd}$, $b_j$ has 1",
            ),
        ),
        domain=AFFINE,
        twins=(
            Twin(2, Row(-dx, dw, db), "sign"),
            Twin(2, Row(dx, dw, G[i, j]), "missing sum: the bias is in every row"),
            Twin(2, Row(dx, dw, db / N), "factor: the mean was taken further up already"),
            Twin(2, Row(SumOver(W[d, _c], _c, C), dw, db), "missing term: no gradient from above"),
            Twin(2, Row(dx, X[i, d] * G[i, j], db), "missing sum: the weight is in every row"),
        ),
        section="bp-vector-shapes",
        code="network.affine_backward",
        code_test=TESTS + "test_the_affine_layer_sends_back_what_the_formula_says",
    )


def squared_norm() -> Derivation:
    """Return number 57: the gradients of the squared length of W x."""
    dw = 2 * _Product(k) * x[d]
    dx = 2 * SumOver(W[i, d] * _Product(i), i, K)
    return Derivation(
        id="bp-squared-norm",
        number=57,
        title="The squared length of W x, by entries",
        assumptions=(
            r"$q_i = \sum_d W_{id} x_d$ and $f = \sum_i q_i^2$; here $W$ stands on the left, with $K$ rows",
        ),
        lines=(
            Line(Row(Partial(_Norm(), W[k, d]), Partial(_Norm(), x[d]))),
            Line(
                Row(
                    SumOver(2 * _Product(i) * Partial(_Product(i), W[k, d]), i, K),
                    SumOver(2 * _Product(i) * Partial(_Product(i), x[d]), i, K),
                ),
                "the square gate: twice its input",
            ),
            Line(
                Row(dw, dx),
                "$W_{kd}$ is in $q_k$ only, with the factor $x_d$; "
                "$x_d$ is in every $q_i$, with the factor $W_{id}$",
            ),
        ),
        domain=Domain(
            sizes={K: (1, 2, 3), D: (1, 2, 3)}, indices={k: K, d: D}, arrays={W: (K, D), x: (D,)}, draws=3
        ),
        twins=(
            Twin(2, Row(dw / 2, dx), "factor: the 2 of the square is missing"),
            Twin(2, Row(-dw, dx), "sign"),
            Twin(2, Row(2 * x[d], dx), "missing term: the product itself"),
            Twin(2, Row(dw, 2 * W[k, d] * _Product(k)), "missing sum: one branch of the fork only"),
        ),
        section="bp-vector-shapes",
        code="graph.backward",
        code_test=TESTS + "test_the_engine_finds_the_gradients_of_a_squared_norm",
    )


def net_second_layer() -> Derivation:
    """Return the gradients of a net's second layer."""
    dw = SumOver(Active(i, h) * G[i, j], i, N)
    db = SumOver(G[i, j], i, N)
    return Derivation(
        id="bp-net-second-layer",
        number=None,
        title="A two-layer net: the second layer is a linear classifier on the hidden units",
        assumptions=NET_TEXT,
        lines=(
            Line(Row(Partial(NetLoss(), W2[h, j]), Partial(NetLoss(), b2[j]))),
            Line(
                Row(dw, db),
                "the affine layer's formula; what enters it are the hidden units after their ReLU",
            ),
        ),
        domain=NET,
        twins=(
            Twin(1, Row(SumOver(Hidden(i, h) * G[i, j], i, N), db), "the hidden layer before its ReLU"),
            Twin(1, Row(-dw, db), "sign"),
            Twin(1, Row(dw, db / N), "factor"),
            Twin(
                1,
                Row(SumOver(Indicator(Hidden(i, h) > 0) * G[i, j], i, N), db),
                "the mask in place of the value",
            ),
        ),
        section="bp-two-layer-net",
        code="network.two_layer_loss",
        code_test=TESTS + "test_the_net_gives_the_gradients_of_the_formulas",
        off_kinks=True,
    )


def net_first_layer() -> Derivation:
    """Return the gradients of a net's first layer."""
    back = _Back(i, h)
    opened = Indicator(Hidden(i, h) > 0)
    dw = SumOver(X[i, d] * opened * back, i, N)
    db = SumOver(opened * back, i, N)
    return Derivation(
        id="bp-net-first-layer",
        number=None,
        title="A two-layer net: what reaches the first layer has passed the mask",
        assumptions=(
            *NET_TEXT,
            r"$B_{ih} = \sum_k G_{ik} W^{(2)}_{hk}$ is what the second layer sends back to $R_{ih}$",
            "no hidden unit is exactly at 0",
        ),
        lines=(
            Line(Row(Partial(NetLoss(), W1[d, h]), Partial(NetLoss(), b1[h]))),
            Line(
                Row(
                    SumOver(back * Partial(Active(i, h), W1[d, h]), i, N),
                    SumOver(back * Partial(Active(i, h), b1[h]), i, N),
                ),
                "only unit $h$ contains them, and it hears from every class through the second layer",
            ),
            Line(
                Row(
                    SumOver(back * opened * Partial(Hidden(i, h), W1[d, h]), i, N),
                    SumOver(back * opened * Partial(Hidden(i, h), b1[h]), i, N),
                ),
                "the ReLU masks",
            ),
            Line(
                Row(dw, db),
                "the affine layer again: the weight has the factor $X_{id}$, the bias the factor 1",
            ),
        ),
        domain=NET,
        twins=(
            Twin(3, Row(SumOver(X[i, d] * back, i, N), SumOver(back, i, N)), "no mask"),
            Twin(3, Row(-dw, db), "sign"),
            Twin(
                3,
                Row(SumOver(X[i, d] * opened * SumOver(G[i, k], k, C), i, N), db),
                "missing term: the weights of the second layer",
            ),
            Twin(3, Row(dw, db / N), "factor"),
            Twin(3, Row(SumOver(X[i, d] * Active(i, h) * back, i, N), db), "the value in place of the mask"),
        ),
        section="bp-two-layer-net",
        code="network.two_layer_loss",
        code_test=TESTS + "test_the_net_gives_the_gradients_of_the_formulas",
        off_kinks=True,
    )


def permuted_units() -> Derivation:
    """Return that a net does not know the order of its hidden units."""

    def unit(h: Any) -> Any:
        return _Unit(h) * v[h]

    return Derivation(
        id="bp-permuted-units",
        number=None,
        title="Units have no order: a net with its units reversed is the same function",
        assumptions=(
            r"one output; unit $h$ has the weights $W_{dh}$ coming in and $v_h$ going out: "
            r"$r_h = \max(0, \sum_d x_d W_{dh})$",
        ),
        lines=(
            Line(SumOver(unit(H - 1 - h), h, H)),
            Line(
                SumOver(unit(h), h, H),
                "the same terms, added from the other end; any other order does it too",
            ),
        ),
        domain=Domain(sizes={H: (1, 2, 3), D: (1, 2)}, arrays={x: (D,), W: (D, H), v: (H,)}, draws=6),
        twins=(
            Twin(
                1,
                SumOver(_Unit(h) * v[H - 1 - h], h, H),
                "the weights that go out stay where they were",
            ),
            Twin(1, -SumOver(unit(h), h, H), "sign"),
            Twin(1, SumOver(unit(h), h, H) / H, "factor"),
        ),
        section="bp-nonconvex",
        code="network.two_layer_scores",
        code_test=TESTS + "test_a_net_with_its_units_reversed_gives_the_same_scores",
    )


DERIVATIONS = (affine, squared_norm, net_second_layer, net_first_layer, permuted_units)
