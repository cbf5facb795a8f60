"""The derivations of chapter 9, "Backpropagation": single gates, forks and the chain rule.

Whole layers stand in :mod:`~lintutor.derivations.ch09_layers`.
"""

from sympy import S, exp

from lintutor.derivations.ch09_symbols import A0 as A
from lintutor.derivations.ch09_symbols import (
    TESTS,
    UPSTREAM,
    K,
    a,
    b,
    g,
    k,
    l,
    m,
    q,
    sigma,
    t,
    u,
    z,
)
from lintutor.derivations.domain import Domain
from lintutor.derivations.engine import Derivation, Line, Twin
from lintutor.derivations.notation import (
    At,
    Group,
    Hinge,
    Indicator,
    Partial,
    Row,
    SumOver,
    abbreviation,
    real,
)

__all__ = ["DERIVATIONS"]

_GATE = Domain.of_symbols(g, a, b)
_p0, _p1, _p2, _u0, _u1, _u2 = (real(name) for name in ("p_0", "p_1", "p_2", "u_0", "u_1", "u_2"))
_Inner = abbreviation("q", lambda: _p0 + _p1 * t + _p2 * t**2, after="(t)")
_Outer = abbreviation("L", lambda: _u0 + _u1 * q + _u2 * q**2)
_Composed = abbreviation("L", lambda: _u0 + _u1 * _Inner() + _u2 * _Inner() ** 2, after="(q(t))")
_Larger = abbreviation("M", lambda: b + Hinge(a - b))
_Minus = abbreviation("(-a)", lambda: -a)
_Power = abbreviation("e^{-a}", lambda: exp(-a))
_Below = abbreviation("d", lambda: 1 + exp(-a))
_Sigma = abbreviation(r"\sigma", lambda: sigma(a))
_Forked = abbreviation(
    "L", lambda: SumOver(u[m] * z[m], m, K) + SumOver(SumOver(A[m, l] * z[m] * z[l], l, K), m, K)
)


def chain_rule() -> Derivation:
    """Return the chain rule for one wire: local times upstream."""
    upstream = At(Partial(_Outer(), q), q, _Inner())
    local = Partial(_Inner(), t)
    return Derivation(
        id="bp-chain-rule-one-wire",
        number=None,
        title="The chain rule: upstream gradient times local gradient",
        assumptions=(
            "$q = p_0 + p_1 t + p_2 t^2$ is a gate, $L = u_0 + u_1 q + u_2 q^2$ is all that follows it: "
            "near a point, every smooth function is that, up to terms that do not reach the slope",
        ),
        lines=(
            Line(Partial(_Composed(), t)),
            Line(
                Partial(_u0 + _u1 * _Inner() + _u2 * _Inner() ** 2, t), "what follows the gate, written out"
            ),
            Line(
                Group(_u1 + 2 * _u2 * _Inner()) * local,
                "a square has slope twice its base, times the slope of the base",
            ),
            Line(
                upstream * local, "the bracket is the slope of $L$ by $q$, taken where the gate's output is"
            ),
        ),
        domain=Domain.of_symbols(_p0, _p1, _p2, _u0, _u1, _u2, q, t),
        twins=(
            Twin(3, upstream + local, "adds the two slopes"),
            Twin(3, upstream, "missing term: forgets the local gradient"),
            Twin(
                3, At(Partial(_Outer(), q), q, t) * local, "the upstream slope is taken at the gate's input"
            ),
            Twin(2, Group(_u1 + _u2 * _Inner()) * local, "factor: the 2 of the square is missing"),
            Twin(3, -upstream * local, "sign"),
        ),
        section="bp-chain-rule",
        code="graph.backward",
        code_test=TESTS + "test_the_engine_multiplies_along_a_wire_as_the_chain_rule_says",
    )


def add_gate() -> Derivation:
    """Return what an add gate sends back."""
    return Derivation(
        id="bp-add-gate",
        number=None,
        title="An add gate distributes",
        assumptions=(UPSTREAM,),
        lines=(
            Line(Row(Partial(g * (a + b), a), Partial(g * (a + b), b))),
            Line(
                Row(g * Partial(a + b, a), g * Partial(a + b, b)),
                "the gradient from above is a constant here",
            ),
            Line(Row(g, g), "a sum moves by as much as either term does"),
        ),
        domain=_GATE,
        twins=(
            Twin(2, Row(g / 2, g / 2), "factor: shares the gradient out"),
            Twin(2, Row(g * b, g * a), "what a multiply gate does"),
            Twin(2, Row(g, -g), "sign: what a subtraction does"),
            Twin(2, Row(g, S.Zero), "missing term: only one input is served"),
        ),
        section="bp-gate-patterns",
        code="graph.backward",
        code_test=TESTS + "test_the_engine_sends_through_a_gate_what_the_formula_says",
    )


def multiply_gate() -> Derivation:
    """Return what a multiply gate sends back."""
    return Derivation(
        id="bp-multiply-gate",
        number=None,
        title="A multiply gate swaps",
        assumptions=(UPSTREAM,),
        lines=(
            Line(Row(Partial(g * a * b, a), Partial(g * a * b, b))),
            Line(Row(g * b, g * a), "a product is linear in each factor, with the other one as its slope"),
        ),
        domain=_GATE,
        twins=(
            Twin(1, Row(g * a, g * b), "index: each input gets itself"),
            Twin(1, Row(b, a), "missing term: no gradient from above"),
            Twin(1, Row(g, g), "what an add gate does"),
            Twin(1, Row(g * b, -g * a), "sign"),
        ),
        section="bp-gate-patterns",
        code="graph.multiply_backward",
        code_test=TESTS + "test_the_engine_sends_through_a_gate_what_the_formula_says",
    )


def max_gate() -> Derivation:
    """Return what a max gate sends back."""
    return Derivation(
        id="bp-max-gate",
        number=None,
        title="A max gate routes",
        assumptions=(UPSTREAM, r"$M = \max(a, b) = b + \max(0, a - b)$", r"no tie: $a \ne b$"),
        lines=(
            Line(Row(Partial(g * _Larger(), a), Partial(g * _Larger(), b))),
            Line(
                Row(g * Indicator(a - b > 0), g * (1 - Indicator(a - b > 0))),
                "where it is open, the hinge has slope 1 by $a$ and $-1$ by $b$; else it is 0",
            ),
            Line(
                Row(g * Indicator(a > b), g * Group(1 - Indicator(a > b))),
                "the hinge is open where $a$ is larger: one input gets all, the other nothing",
            ),
        ),
        domain=_GATE,
        twins=(
            Twin(2, Row(g * Indicator(b > a), g * Group(1 - Indicator(b > a))), "index: to the smaller"),
            Twin(2, Row(g, g), "missing indicator: both get it"),
            Twin(2, Row(g * a * Indicator(a > b), g * b * Indicator(b > a)), "multiplies by the value too"),
            Twin(1, Row(g * Indicator(a - b > 0), g * Indicator(a - b > 0)), "sign in the second slot"),
        ),
        section="bp-gate-patterns",
        code="graph.max_backward",
        code_test=TESTS + "test_the_engine_sends_through_a_gate_what_the_formula_says",
        off_kinks=True,
    )


def relu_gate() -> Derivation:
    """Return what a ReLU sends back."""
    return Derivation(
        id="bp-relu-gate",
        number=None,
        title="A ReLU lets the gradient through where its input was positive",
        assumptions=(UPSTREAM, r"off the kink: $a \ne 0$"),
        lines=(
            Line(Partial(g * Hinge(a), a)),
            Line(g * Partial(Hinge(a), a), "the gradient from above is a constant here"),
            Line(g * Indicator(a > 0), r"$\max(0, a)$ has slope 1 where $a > 0$ and slope 0 where $a < 0$"),
        ),
        domain=_GATE,
        twins=(
            Twin(2, g, "missing mask: everything comes back"),
            Twin(2, g * Indicator(g > 0), "index: masks by the gradient and not by the input"),
            Twin(2, g * Hinge(a), "multiplies by the output"),
            Twin(2, g * Indicator(a < 0), "sign: lets through where the input was negative"),
        ),
        section="bp-relu",
        code="network.relu_backward",
        code_test=TESTS + "test_the_relu_masks_as_the_formula_says",
        off_kinks=True,
    )


def fork() -> Derivation:
    """Return number 55: a value used several times collects what every use sends back."""
    branch = At(Partial(_Forked(), z[k]), z, t)
    return Derivation(
        id="bp-fork",
        number=55,
        title="Forks add: a value used K times collects K gradients",
        assumptions=(
            "$L$ depends on $K$ wires $z_0, z_1, \\dots$, and every wire carries the same value $t$",
            r"$L = \sum_k u_k z_k + \sum_{k, l} A_{kl} z_k z_l$: "
            "near a point every smooth loss is that, up to a constant and terms that do not reach the slope",
        ),
        lines=(
            Line(Partial(At(_Forked(), z, t), t)),
            Line(
                Partial(SumOver(u[k] * t, k, K) + SumOver(SumOver(A[k, l] * t**2, l, K), k, K), t),
                "every wire carries $t$",
            ),
            Line(
                SumOver(u[k], k, K) + SumOver(SumOver(2 * A[k, l] * t, l, K), k, K),
                "a square has slope twice its base",
            ),
            Line(
                SumOver(u[k] + SumOver(A[k, l] * t + A[l, k] * t, l, K), k, K),
                "over all pairs, $A_{kl}$ and $A_{lk}$ have the same sum",
            ),
            Line(
                SumOver(branch, k, K),
                "that is what wire $k$ alone sends back: the slope of $L$ by $z_k$, the others held still",
            ),
        ),
        domain=Domain(sizes={K: (1, 2, 3)}, arrays={u: (K,), z: (K,), A: (K, K)}, scalars=(t,), draws=12),
        twins=(
            Twin(4, At(Partial(_Forked(), z[0]), z, t), "missing terms: keeps one branch, what = does"),
            Twin(4, SumOver(branch, k, K) / K, "factor: the mean of the branches"),
            Twin(4, -SumOver(branch, k, K), "sign"),
            Twin(
                3,
                SumOver(u[k] + SumOver(A[k, l] * t, l, K), k, K),
                "factor: the square moved once and not twice",
            ),
            Twin(4, K * At(Partial(_Forked(), z[0]), z, t), "index: every branch is the first one"),
        ),
        section="bp-forks-add",
        code="graph.backward",
        code_test=TESTS + "test_the_engine_adds_at_a_fork",
    )


def sigmoid_by_gates() -> Derivation:
    """Return the slope of the sigmoid, gate by gate, last gate first."""
    d, out = _Below(), _Sigma()
    return Derivation(
        id="bp-sigmoid-by-gates",
        number=None,
        title="The sigmoid as four gates, and as one",
        assumptions=(
            UPSTREAM,
            r"forward: $a \to -a \to e^{-a} \to d = 1 + e^{-a} \to \sigma = \frac{1}{d}$",
        ),
        lines=(
            Line(Partial(g / d, a)),
            Line(-g / d**2 * Partial(d, a), r"the gate $\frac{1}{d}$ has the slope $-\frac{1}{d^2}$"),
            Line(-g / d**2 * Partial(_Power(), a), "adding 1 has the slope 1"),
            Line(-g / d**2 * exp(-a) * Partial(_Minus(), a), "the slope of an exponential is its own output"),
            Line(g * exp(-a) / d**2, "changing the sign has the slope $-1$"),
            Line(g * (1 - out) * out, r"$1 - \sigma = \frac{e^{-a}}{d}$: the output alone is enough"),
        ),
        domain=Domain.of_symbols(g, a),
        twins=(
            Twin(4, -g * exp(-a) / d**2, "sign: one of the two minus signs is lost"),
            Twin(3, -g / d**2 * Partial(_Minus(), a), "missing term: the slope of the exponential"),
            Twin(5, g * (1 - a) * a, "the input in place of the output"),
            Twin(5, g * out, "missing factor"),
            Twin(1, -g / d * Partial(d, a), "factor: 1/d in place of its square"),
        ),
        section="bp-sigmoid-gate",
        code="graph.sigmoid_backward",
        code_test=TESTS + "test_the_sigmoid_gate_is_its_four_gates",
    )


def tanh_is_sigmoid() -> Derivation:
    """Return tanh as a stretched sigmoid."""
    tanh = (exp(a) - exp(-a)) / (exp(a) + exp(-a))
    return Derivation(
        id="bp-tanh-is-a-sigmoid",
        number=None,
        title="tanh is a sigmoid, twice as high and twice as steep inside",
        assumptions=(r"$\sigma(a) = \frac{1}{1 + e^{-a}}$",),
        lines=(
            Line(tanh),
            Line((1 - exp(-2 * a)) / (1 + exp(-2 * a)), "divide above and below by $e^a$"),
            Line(2 * sigma(2 * a) - 1, "$1 - r = 2 - (1 + r)$ with $r = e^{-2a}$"),
        ),
        domain=Domain.of_symbols(a),
        twins=(
            Twin(2, 2 * sigma(a) - 1, "factor: the 2 inside"),
            Twin(2, sigma(2 * a), "missing terms: not stretched to -1 .. 1"),
            Twin(2, 1 - 2 * sigma(2 * a), "sign"),
        ),
        section="bp-sigmoid-family",
        code="graph.backward",
        code_test=TESTS + "test_the_tanh_gate_is_a_stretched_sigmoid_gate",
    )


DERIVATIONS = (
    chain_rule,
    add_gate,
    multiply_gate,
    max_gate,
    relu_gate,
    fork,
    sigmoid_by_gates,
    tanh_is_sigmoid,
)
