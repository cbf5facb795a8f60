"""The symbols of chapter 7, "Stochastic gradient descent", and where its statements are claimed to hold.

A batch holds the numbers ``I_0 .. I_{B-1}`` of examples; ``g_i`` is one entry of the gradient of example i.
A bowl has the curvature h; mu and L are the least and the greatest curvature.
"""

from sympy import IndexedBase

from lintutor.derivations.domain import Domain
from lintutor.derivations.notation import SumOver, abbreviation, index, positive, real, size

B, C, D, N, R, T = (size(name) for name in "BCDNRT")
b, d, e, i, j, k, r, t = (index(name) for name in ("b", "d", "d'", "i", "j", "k", "r", "t"))
eta, h, lam, mu, L = (positive(name) for name in ("eta", "h", "lambda", "mu", "L"))
rho, w, v, w0, noise = (real(name) for name in ("rho", "w", "v", "w_0", "s"))
g, x = (IndexedBase(name, real=True) for name in "gx")
I = IndexedBase("I", integer=True, nonnegative=True)  # noqa: E741  the book's letter for a batch

MeanGradient = abbreviation(r"\bar g", lambda: SumOver(g[j], j, N) / N)
Deviation = abbreviation("a", lambda i: g[i] - MeanGradient())
Variance = abbreviation(r"\sigma^2", lambda: SumOver(Deviation(i) ** 2, i, N) / N)
BatchGradient = abbreviation("g_I", lambda: SumOver(g[I[b]], b, B) / B)

BATCHES = Domain(sizes={N: (2, 3, 4), B: (1, 2, 3)}, arrays={g: (N,)}, draws=4)
STEPS = Domain(sizes={T: (6,)}, indices={t: T}, draws=10)
DISTINCT = BATCHES.but(given=(N >= B,))

TESTS = "tests/package/test_derivations_code_ch07.py::"

EXAMPLES = (
    r"$g_i$ is one entry of the gradient of example $i = 0, \dots, N - 1$; "
    r"their mean $\bar g$ is that of the mean loss"
)
BATCH = r"$g_I = \frac{1}{B} \sum_b g_{I_b}$ is the same entry on the batch $I_0, \dots, I_{B-1}$"
DEVIATIONS = r"$a_i = g_i - \bar g$, and $\sigma^2 = \frac{1}{N} \sum_i a_i^2$"
BOWL = r"a bowl of curvature $h > 0$: the loss $\frac{1}{2} h w^2$, lowest at $w = 0$"
