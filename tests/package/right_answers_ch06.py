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
}

PREDICT_KINK = {"a list": "def predict_kink():\n    return [0.1, 0.375, 1]\n"}
MEASURE_BEST_STEP = {"floats": "def measure_best_step():\n    return np.array([-8.0, -5.0, -2.0])\n"}
PREDICT_GRADIENT_NORM = {"an array": "def predict_gradient_norm():\n    return np.array([30, 1.8e-3, 100])\n"}
MEASURE_KINK_FREQUENCY = {"more digits": "def measure_kink_frequency():\n    return [0.57617, 0.1625, 0]\n"}

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
