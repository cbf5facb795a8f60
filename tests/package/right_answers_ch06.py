"""Right answers to chapter 6 in many styles: each gets full marks. All start after ``import numpy as np``."""

RANDOM_SEARCH = {
    "all guesses at once": """
def random_search(loss, shape, num_tries, rng):
    guesses = rng.normal(0, 1e-4, size=(num_tries, *shape))
    losses = [loss(W) for W in guesses]
    k = int(np.argmin(losses))
    return guesses[k], losses[k]
""",
    "the first guess before the loop": """
def random_search(loss, shape, num_tries, rng):
    bestW = rng.standard_normal(shape) * 0.0001
    bestloss = loss(bestW)
    for num in range(1, num_tries):
        W = rng.standard_normal(shape) * 0.0001
        value = loss(W)
        if bestloss > value:
            bestloss, bestW = value, W
            print("in attempt %d the loss was %f" % (num, value))
    return bestW, bestloss
""",
    "min over pairs, as a list": """
def random_search(loss, shape, num_tries, rng):
    tried = []
    while len(tried) < num_tries:
        W = rng.normal(scale=1e-4, size=shape)
        tried.append((loss(W), len(tried), W))
    value, _, W = min(tried, key=lambda each: each[:2])
    return [W, np.float64(value)]
""",
    "entry by entry, in single precision, all kept": """
import math

def guess(shape, rng):
    W = np.zeros(shape, np.float32)
    for k in np.ndindex(shape):
        W[k] = rng.normal() / 10000
    return W

def random_search(loss, shape, num_tries, rng):
    history = {}
    lowest = math.inf
    for t in range(num_tries):
        history[t] = guess(shape, rng)
        value = float(loss(history[t]))
        lowest, best = min((lowest, -1), (value, t), key=lambda each: each[0]) if t else (value, 0)
        if best >= 0:
            keep = best
    return history[keep], lowest
""",
    "None instead of infinity": """
def random_search(loss, shape, num_tries, rng):
    best = None
    for _ in range(num_tries):
        W = np.empty(shape)
        W[...] = rng.normal(0.0, 1.0, W.size).reshape(shape) * 1e-4
        value = loss(W)
        if best is None or value < best[1]:
            best = (W.copy(), value)
    return best
""",
}

RANDOM_LOCAL_SEARCH = {
    "rng.normal and an else": """
def random_local_search(loss, W, num_steps, step_size, rng):
    best = np.array(W)
    lowest = loss(best)
    for _ in range(num_steps):
        trial = best + rng.normal(0.0, step_size, size=W.shape)
        value = loss(trial)
        if value >= lowest:
            continue
        best, lowest = trial, value
    return best, lowest
""",
    "all steps drawn beforehand": """
def random_local_search(loss, W, num_steps, step_size, rng):
    best, lowest = W + 0.0, loss(W)
    for step in step_size * rng.standard_normal((num_steps, *W.shape)):
        value = loss(best + step)
        if value < lowest:
            best, lowest = best + step, value
    return [best, lowest]
""",
    "in place on a copy, and back": """
def random_local_search(loss, W, num_steps, step_size, rng):
    here = W.copy()
    lowest = loss(here)
    for _ in range(num_steps):
        old = here.copy()
        here += step_size * rng.standard_normal(here.shape)
        value = loss(here)
        if value < lowest:
            lowest = value
        else:
            here[...] = old
    return here, lowest
""",
    "the trial itself is drawn, a while loop": """
def random_local_search(loss, W, num_steps, step_size, rng):
    here, value, left = W.copy(), loss(W), num_steps
    while left > 0:
        there = rng.normal(loc=here, scale=step_size)
        new = loss(there)
        print(left, new)
        here, value = (there, new) if new < value else (here, value)
        left -= 1
    return here, value
""",
    "entry by entry, all trials kept": """
def random_local_search(loss, W, num_steps, step_size, rng):
    trials = [np.array(W, copy=True)]
    losses = [float(loss(trials[0]))]
    for _ in range(num_steps):
        trial = trials[int(np.argmin(losses))].copy()
        for k in np.ndindex(*W.shape):
            trial[k] = trial[k] + step_size * rng.standard_normal()
        trials.append(trial)
        losses.append(float(loss(trial)))
    return trials[losses.index(min(losses))], np.array(min(losses))
""",
}

DIRECTIONAL_DERIVATIVE = {
    "vdot": """
def directional_derivative(grad, v):
    return np.vdot(grad, v)
""",
    "a loop": """
def directional_derivative(grad, v):
    total = 0.0
    for k in np.ndindex(grad.shape):
        total += float(grad[k]) * float(v[k])
    return total
""",
    "a 0-d array": """
def directional_derivative(grad, v):
    return np.array(grad.ravel() @ v.ravel())
""",
    "tensordot over all axes": """
def directional_derivative(grad, v):
    return float(np.tensordot(grad, v, axes=grad.ndim))
""",
    "plain Python over flat lists": """
def directional_derivative(grad, v):
    return sum(g * d for g, d in zip(grad.ravel().tolist(), v.ravel().tolist()))
""",
    "einsum": """
def directional_derivative(grad, v):
    return np.einsum("i,i->", grad.reshape(-1), v.reshape(-1))
""",
    "a nudge along v of the plane that grad describes": """
def directional_derivative(grad, v):
    plane = lambda x: np.multiply(grad, x).sum()
    return (plane(v) - plane(-v)) / 2
""",
}

DERIVE_FORWARD_ERROR = {
    "the difference itself": """
def derive_forward_error(h, d):
    from math import factorial
    ahead = sum(h**k * d[k] / factorial(k) for k in range(5))
    return (ahead - d[0]) / h - d[1]
""",
    "sympy's factorial and simplify": """
def derive_forward_error(h, d):
    import sympy as sp
    return sp.simplify(sum(h ** (k - 1) * d[k] / sp.factorial(k) for k in range(2, 5)))
""",
    "nested": """
def derive_forward_error(h, d):
    return h / 2 * (d[2] + h / 3 * (d[3] + h / 4 * d[4]))
""",
    "by sympy's series, and a number for each factorial": """
def derive_forward_error(h, d):
    import sympy as sp
    half, sixth = sp.Rational(1, 2), sp.Integer(1) / 6
    return sp.expand(h * (half * d[2] + sixth * h * d[3] + h**2 * d[4] / sp.Integer(24)))
""",
    "over one denominator": """
def derive_forward_error(h, d):
    return (12 * h**2 * d[2] + 4 * h**3 * d[3] + h**4 * d[4]) / (24 * h)
""",
}

DERIVE_CENTERED_ERROR = {
    "the difference itself": """
def derive_centered_error(h, d):
    from math import factorial
    f = lambda t: sum(t**k * d[k] / factorial(k) for k in range(6))
    return (f(h) - f(-h)) / (2 * h) - d[1]
""",
    "nested": """
def derive_centered_error(h, d):
    return h**2 / 6 * (d[3] + h**2 * d[5] / 20)
""",
    "over one denominator, decimals": """
def derive_centered_error(h, d):
    return (20 * h**3 * d[3] + h**5 * d[5]) / (120 * h) * 1.0
""",
    "half the forward error and half the backward one": """
def derive_centered_error(h, d):
    from sympy import Rational, expand, factorial
    def forward(h):
        return sum(h ** (k - 1) * d[k] / factorial(k) for k in range(2, 6))
    return expand(Rational(1, 2) * (forward(h) + forward(-h)))
""",
}

EVAL_NUMERICAL_GRADIENT = {
    "nditer, as in the course": """
def eval_numerical_gradient(f, x, h=0.00001):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    it = np.nditer(x, flags=["multi_index"], op_flags=[["readwrite"]])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad
""",
    "unit vectors": """
def eval_numerical_gradient(f, x, h=1e-5):
    units = np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in units]
    return np.array(slopes, dtype=float).reshape(x.shape)
""",
    "in place and restored, whole numbers aside": """
def eval_numerical_gradient(f, x, h=1e-5):
    if x.dtype.kind != "f":
        return eval_numerical_gradient(f, x.astype(np.float64), h)
    f(x)
    flat, grad = x.reshape(-1), np.empty(x.size)
    for k in range(x.size):
        old = flat[k]
        flat[k] = old + h
        up = f(x)
        flat[k] = old - h
        grad[k] = (up - f(x)) / h / 2
        flat[k] = old
    return grad.reshape(x.shape)
""",
    "a point for each entry, plain Python": """
def eval_numerical_gradient(f, x, h=1e-5):
    shape, point = x.shape, [float(each) for each in x.ravel()]
    def at(values):
        return float(f(np.array(values).reshape(shape)))
    slopes = []
    for k, value in enumerate(point):
        up = at(point[:k] + [value + h] + point[k + 1:])
        down = at(point[:k] + [value - h] + point[k + 1:])
        slopes.append((up - down) / (2.0 * h))
    return np.reshape(slopes, shape)
""",
    "all points drawn up first, prints": """
def eval_numerical_gradient(f, x, h=1e-5):
    nudges = h * np.identity(x.size)
    ahead = (x.reshape(1, -1) + nudges).reshape((-1,) + x.shape)
    behind = (x.reshape(1, -1) - nudges).reshape((-1,) + x.shape)
    grad = np.array([f(a) - f(b) for a, b in zip(ahead, behind)]) * 0.5 / h
    print(grad)
    return grad.reshape(x.shape)
""",
}

DEBUG_NUMERICAL_GRADIENT = {
    "a copy for each nudge": """
def debug_numerical_gradient(f, x, h):
    grad = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        ahead, behind = x.astype(float), x.astype(float)
        ahead[k] += h
        behind[k] -= h
        grad[k] = (f(ahead) - f(behind)) / (2 * h)
    return grad
""",
    "restored by adding": """
def debug_numerical_gradient(f, x, h):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for k in np.ndindex(x.shape):
        x[k] += h
        ahead = f(x)
        x[k] -= 2 * h
        behind = f(x)
        x[k] += h
        grad[k] = (ahead - behind) / (2 * h)
    return grad
""",
    "restored in a finally, whole numbers turned where they are": """
def debug_numerical_gradient(f, x, h):
    if not np.issubdtype(x.dtype, np.floating):
        x = x * 1.0
    grad = np.zeros(x.shape)
    for k in np.ndindex(x.shape):
        middle = x[k]
        try:
            x[k] = middle + h
            ahead = f(x)
            x[k] = middle - h
            behind = f(x)
        finally:
            x[k] = middle
        grad[k] = (ahead - behind) / (2 * h)
    return grad
""",
}

RELATIVE_ERROR = {
    "a loop": """
def relative_error(a, b):
    worst = 0
    for p, q in zip(a.ravel(), b.ravel()):
        if p != q:
            worst = max(worst, abs(p - q) / max(abs(p), abs(q)))
    return worst
""",
    "a mask": """
def relative_error(a, b):
    some = (a != 0) | (b != 0)
    if not some.any():
        return 0.0
    gap = np.abs(a - b)[some]
    return float((gap / np.maximum(np.abs(a), np.abs(b))[some]).max())
""",
    "divide where": """
def relative_error(a, b):
    size = np.maximum(abs(a), abs(b))
    return np.divide(abs(a - b), size, out=np.zeros_like(size), where=size > 0).max()
""",
    "nan to 0": """
def relative_error(a, b):
    with np.errstate(invalid="ignore"):
        shares = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
    return np.nan_to_num(shares).max()
""",
    "zeros replaced below, a 0-d array": """
def relative_error(a, b):
    below = np.fmax(np.abs(a), np.abs(b))
    below[below == 0] = 1.0
    return np.asarray(np.amax(np.fabs(b - a) / below))
""",
    "sorted, plain Python": """
def share(p, q):
    p, q = float(p), float(q)
    return 0.0 if p == q == 0 else abs(p - q) / sorted([abs(p), abs(q)])[1]

def relative_error(a, b):
    return sorted(map(share, np.ravel(a), np.ravel(b)))[-1]
""",
}

GRAD_CHECK_SPARSE = {
    "an index for each axis": """
def grad_check_sparse(f, x, analytic_grad, num_checks, h, rng):
    found = []
    for _ in range(num_checks):
        ix = tuple(rng.integers(m) for m in x.shape)
        e = np.zeros(x.shape)
        e[ix] = h
        num = (f(x + e) - f(x - e)) / (2 * h)
        ana = analytic_grad[ix]
        size = max(abs(num), abs(ana))
        found.append((ix, num, ana, abs(num - ana) / size if size else 0.0))
    return found
""",
    "in place and restored, lists": """
def grad_check_sparse(f, x, analytic_grad, num_checks, h, rng):
    rows = []
    for flat in rng.choice(x.size, size=num_checks):
        ix = np.unravel_index(flat, x.shape)
        old = x[ix]
        x[ix] = old + h
        up = f(x)
        x[ix] = old - h
        down = f(x)
        x[ix] = old
        num, ana = (up - down) / (2 * h), analytic_grad[ix]
        err = 0 if num == ana else abs(num - ana) / max(abs(num), abs(ana))
        rows.append([list(ix), num, ana, err])
    return rows
""",
    "a choice among all indices, and relative_error": """
def relative_error(a, b):
    size = np.maximum(np.abs(a), np.abs(b))
    return np.max(np.abs(a - b) / np.where(size == 0, 1, size))

def grad_check_sparse(f, x, analytic_grad, num_checks, h, rng):
    every = list(np.ndindex(*x.shape))
    out = []
    for number in rng.choice(len(every), num_checks, replace=True):
        index = every[number]
        unit = np.zeros_like(x)
        unit[index] = 1
        numerical = (f(x + h * unit) - f(x - h * unit)) / h / 2
        analytic = analytic_grad[index]
        out.append((index, numerical, analytic, relative_error(np.array([numerical]), np.array([analytic]))))
        print("numerical: %f analytic: %f" % (numerical, analytic))
    return out
""",
    "uniform numbers floored, a tuple of tuples": """
def grad_check_sparse(f, x, analytic_grad, num_checks, h, rng):
    def one():
        k = int(rng.random() * x.size)
        up, down = x.flatten(), x.flatten()
        up[k] += h
        down[k] -= h
        n = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * h)
        a = analytic_grad.flatten()[k]
        top = max(abs(n), abs(a))
        return tuple(np.unravel_index(k, x.shape)), float(n), float(a), abs(n - a) / (top or 1.0)
    return tuple(one() for _ in range(num_checks))
""",
}

PREDICT_KINK = {
    "a list": "def predict_kink():\n    return [0.1, 0.375, 1]\n",
    "an array": "def predict_kink():\n    return np.array([1 / 10, 3 / 8, True])\n",
    "by the formula": """
def predict_kink():
    slope = lambda f, x: (f(x + 1) - f(x - 1)) / 2
    return slope(abs, 0.1), np.float64(slope(lambda t: max(0, t), -1 / 4)), np.bool_(0.05 < 0.1)
""",
}

MEASURE_BEST_STEP = {
    "floats": "def measure_best_step():\n    return np.array([-8.0, -5.0, -2.0])\n",
    "a list": "def measure_best_step():\n    return [-8, -5, np.int64(-2)]\n",
    "measured": """
def measure_best_step():
    f = lambda t: np.exp(np.sin(t))
    x = np.linspace(0, 3, 201)
    slope = np.exp(np.sin(x)) * np.cos(x)
    errors = []
    for e in range(-1, -14, -1):
        h, x32, h32 = 10.0**e, x.astype(np.float32), np.float32(10.0**e)
        found = [(f(x + h) - f(x)) / h, (f(x + h) - f(x - h)) / (2 * h)]
        found.append((f(x32 + h32) - f(x32 - h32)) / (2 * h32))
        errors.append([np.abs(each - slope).mean() for each in found])
    return -1 - np.argmin(errors, axis=0)
""",
}

PREDICT_GRADIENT_NORM = {
    "an array": "def predict_gradient_norm():\n    return np.array([30, 1.8e-3, 100])\n",
    "computed": """
import math

def predict_gradient_norm():
    length = math.sqrt(0.009 / 1e-5)
    return [round(length, 1), 0.009 / 5, 10 * 10]
""",
}

MEASURE_KINK_FREQUENCY = {
    "more digits": "def measure_kink_frequency():\n    return [0.57617, 0.1625, 0]\n",
    "an array, three decimals": "def measure_kink_frequency():\n    return np.array([0.576, 0.163, 0.0])\n",
}

STYLES = {
    "random_search": RANDOM_SEARCH,
    "random_local_search": RANDOM_LOCAL_SEARCH,
    "directional_derivative": DIRECTIONAL_DERIVATIVE,
    "derive_forward_error": DERIVE_FORWARD_ERROR,
    "derive_centered_error": DERIVE_CENTERED_ERROR,
    "eval_numerical_gradient": EVAL_NUMERICAL_GRADIENT,
    "debug_numerical_gradient": DEBUG_NUMERICAL_GRADIENT,
    "measure_best_step": MEASURE_BEST_STEP,
    "relative_error": RELATIVE_ERROR,
    "grad_check_sparse": GRAD_CHECK_SPARSE,
    "predict_kink": PREDICT_KINK,
    "measure_kink_frequency": MEASURE_KINK_FREQUENCY,
    "predict_gradient_norm": PREDICT_GRADIENT_NORM,
}
