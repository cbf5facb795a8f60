"""Chapter 6, gradients: exercises.

Check your work with ``lintutor check ch06``; ``lintutor hint eval_numerical_gradient`` gives a hint.
"""

import numpy as np


def random_search(loss, shape, num_tries, rng):
    """Guess weights at random and return the best guess with its loss.

    Each guess is an array of the given shape whose entries are drawn independently from the normal
    distribution with mean 0 and standard deviation 1e-4.

    Parameters
    ----------
    loss : callable (W) -> float
        Call it exactly once for every guess.
    shape : tuple of int
        The shape of a guess.
    num_tries : int
        How many guesses to make, at least 1.
    rng : numpy.random.Generator
        The only source of chance: the same generator state gives the same guesses.

    Returns
    -------
    W : ndarray of that shape
        The guess with the lowest loss; of equal losses the first.
    loss : float
        Its loss.

    Notes
    -----
    ``rng.standard_normal(shape)`` draws with standard deviation 1.

    Examples
    --------
    >>> def loss(W):
    ...     return float(np.sum((W - 1) ** 2))
    >>> W, lowest = random_search(loss, (2, 3), 5, np.random.default_rng(0))
    >>> W.shape
    (2, 3)
    >>> lowest == loss(W)
    True
    """
    # BEGIN SOLUTION
    best, lowest = None, np.inf
    for _ in range(num_tries):
        W = 1e-4 * rng.standard_normal(shape)
        value = loss(W)
        if value < lowest:  # of equal losses the first stays
            best, lowest = W, value
    return best, lowest
    # END SOLUTION


def random_local_search(loss, W, num_steps, step_size, rng):
    """Try a random step from the best weights so far, and stay there if the loss is lower; again and again.

    The first call of ``loss`` is at W. Then, `num_steps` times: a trial is the best weights so far plus
    `step_size` times an array of independent standard normal numbers; if its loss is *lower*, it becomes the
    best.

    Parameters
    ----------
    loss : callable (W) -> float
        Call it exactly ``num_steps + 1`` times.
    W : ndarray of any shape, float64
        Where to start. Leave it as it came.
    num_steps : int
        How many steps to try, at least 0.
    step_size : float
        The standard deviation of the entries of a step.
    rng : numpy.random.Generator
        The only source of chance.

    Returns
    -------
    W : ndarray
        The best weights.
    loss : float
        Their loss.

    Examples
    --------
    >>> def loss(W):
    ...     return float(np.sum(W**2))
    >>> start = np.array([3.0, 4.0])
    >>> W, lowest = random_local_search(loss, start, 200, 0.5, np.random.default_rng(0))
    >>> lowest == loss(W), lowest < 25
    (True, True)

    Where no step helps you stay: the loss of a plain is the same everywhere.

    >>> W, lowest = random_local_search(lambda W: 7.0, start, 10, 0.5, np.random.default_rng(0))
    >>> print(W, lowest)
    [3. 4.] 7.0
    """
    # BEGIN SOLUTION
    best, lowest = W.copy(), loss(W)
    for _ in range(num_steps):
        trial = best + step_size * rng.standard_normal(best.shape)
        value = loss(trial)
        if value < lowest:
            best, lowest = trial, value
    return best, lowest
    # END SOLUTION


def directional_derivative(grad, v):
    """Return the slope along a direction of a function whose gradient is known.

    Parameters
    ----------
    grad : ndarray of any shape, float64 or float32
        The slopes along the single entries.
    v : ndarray of the same shape
        The direction, taken as it is: do not bring it to length 1.

    Returns
    -------
    slope : float
        How fast f(x + a v) changes with a, at a = 0.

    Notes
    -----
    Leave ``grad`` and ``v`` as they came.

    Examples
    --------
    One step along v goes 2 along the first entry, at 3 each, and -1 along the second, at 4: 6 - 4 = 2.

    >>> print(directional_derivative(np.array([3.0, 4.0]), np.array([2.0, -1.0])))
    2.0
    """
    # BEGIN SOLUTION
    return np.sum(grad * v)
    # END SOLUTION


def derive_forward_error(h, d):
    """Return how far the forward difference is off, for a function that is a polynomial of degree 4.

    Taylor's theorem is exact here: ``f(x + h) = f(x) + h d[1] + h**2 / 2 d[2] + ...``, where ``d[k]`` is the
    k-th derivative of f at x and all derivatives after the fourth are 0. The error is the forward difference
    ``(f(x + h) - f(x)) / h`` *minus* the slope ``d[1]``.

    Parameters
    ----------
    h : sympy.Symbol, positive
        The nudge.
    d : list of 5 sympy.Symbol, real
        ``d[0]`` is f(x), ``d[1]`` the slope at x, up to ``d[4]``, the fourth derivative.

    Returns
    -------
    sympy expression in h and d
        The whole error, all its terms. Any equal form is right.

    Examples
    --------
    For f(x) = x**2 at x = 3 with h = 1/2: (12.25 - 9) / 0.5 is 6.5, the slope is 6.

    >>> from sympy import Rational, symbols
    >>> h, *d = symbols("h d_0 d_1 d_2 d_3 d_4")
    >>> derive_forward_error(h, d).subs({h: Rational(1, 2), d[0]: 9, d[1]: 6, d[2]: 2, d[3]: 0, d[4]: 0})
    1/2
    """
    # BEGIN SOLUTION
    return h * d[2] / 2 + h**2 * d[3] / 6 + h**3 * d[4] / 24
    # END SOLUTION


def derive_centered_error(h, d):
    """Return how far the centered difference is off, for a function that is a polynomial of degree 5.

    Taylor's theorem is exact here, in both directions: ``d[k]`` is the k-th derivative of f at x, and all
    derivatives after the fifth are 0. The error is the centered difference
    ``(f(x + h) - f(x - h)) / (2 h)`` *minus* the slope ``d[1]``.

    Parameters
    ----------
    h : sympy.Symbol, positive
        The nudge.
    d : list of 6 sympy.Symbol, real
        ``d[0]`` is f(x), ``d[1]`` the slope at x, up to ``d[5]``, the fifth derivative.

    Returns
    -------
    sympy expression in h and d
        The whole error, all its terms. Any equal form is right.

    Examples
    --------
    For f(x) = x**3 at x = 1 with h = 1/2: (3.375 - 0.125) / 1 is 3.25, the slope is 3.

    >>> from sympy import Rational, symbols
    >>> h, *d = symbols("h d_0 d_1 d_2 d_3 d_4 d_5")
    >>> values = dict(zip(d, [1, 3, 6, 6, 0, 0]))
    >>> derive_centered_error(h, d).subs({h: Rational(1, 2), **values})
    1/4
    """
    # BEGIN SOLUTION
    return h**2 * d[3] / 6 + h**4 * d[5] / 120
    # END SOLUTION


def eval_numerical_gradient(f, x, h=1e-5):
    """Return the gradient of f at x by centered differences.

    Entry k is ``(f(x + h e_k) - f(x - h e_k)) / (2 h)``: one entry of x is nudged by h, up and down, and all
    others stay.

    Parameters
    ----------
    f : callable (array of the shape of x) -> float
    x : ndarray of any shape, float64 or int
        Where the gradient is wanted. Whole numbers mean the same point as floats. x must come back unchanged.
    h : float
        The nudge, more than 0.

    Returns
    -------
    grad : ndarray of the shape of x, float64

    Notes
    -----
    Loops are welcome. ``np.ndindex(x.shape)`` runs over the indices of an array of any shape.

    Examples
    --------
    At (3, -1) the slopes of the sum of squares are 6 and -2.

    >>> def f(x):
    ...     return float(np.sum(x**2))
    >>> print(eval_numerical_gradient(f, np.array([3.0, -1.0])).round(6))
    [ 6. -2.]
    >>> print(eval_numerical_gradient(f, np.array([3, -1])).round(6))
    [ 6. -2.]

    With h = 1, the cube at 2 gives (27 - 1) / 2.

    >>> print(eval_numerical_gradient(lambda x: float(np.sum(x**3)), np.array([2.0]), h=1.0))
    [13.]
    """
    # BEGIN SOLUTION
    point = x.astype(np.float64)  # a copy, and a nudge is not lost in it
    grad = np.zeros(point.shape)
    for k in np.ndindex(point.shape):
        middle = point[k]
        point[k] = middle + h
        ahead = f(point)
        point[k] = middle - h
        behind = f(point)
        point[k] = middle  # before the next entry
        grad[k] = (ahead - behind) / (2 * h)
    return grad
    # END SOLUTION


def debug_numerical_gradient(f, x, h):
    """Mend the given code: a gradient by centered differences. It runs, and two things are wrong.

    It should return, for each entry k of x, ``(f(x + h e_k) - f(x - h e_k)) / (2 h)``, where all other
    entries are those of x. It should be right for x of whole numbers too, and leave x as it came.

    Parameters
    ----------
    f : callable (array of the shape of x) -> float
    x : ndarray of any shape, float64 or int
        Where the gradient is wanted.
    h : float
        The nudge.

    Returns
    -------
    grad : ndarray of the shape of x, float64

    Examples
    --------
    The slopes of a product are 3 and 2 at (2, 3).

    >>> x = np.array([2.0, 3.0])
    >>> print(debug_numerical_gradient(lambda x: float(np.prod(x)), x, 0.5))
    [3. 2.]
    >>> print(x)
    [2. 3.]
    >>> print(debug_numerical_gradient(lambda x: float(np.prod(x)), np.array([2, 3]), 0.5))
    [3. 2.]
    """
    # BEGIN SOLUTION
    x = x.astype(np.float64)
    grad = np.zeros_like(x)
    for k in np.ndindex(x.shape):
        middle = x[k]
        x[k] = middle + h
        ahead = f(x)
        x[k] = middle - h
        behind = f(x)
        x[k] = middle
        grad[k] = (ahead - behind) / (2 * h)
    return grad
    # STUB
    # grad = np.zeros_like(x)
    # for k in np.ndindex(x.shape):
    #     middle = x[k]
    #     x[k] = middle + h
    #     ahead = f(x)
    #     x[k] = middle - h
    #     behind = f(x)
    #     grad[k] = (ahead - behind) / (2 * h)
    # return grad
    # END SOLUTION


def measure_best_step():
    """Return which nudge gives the smallest error: forward, centered, and centered in float32.

    Run this experiment and put down here what you measured::

        import numpy as np

        f = lambda t: np.exp(np.sin(t))
        x = np.linspace(0, 3, 201)
        slope = np.exp(np.sin(x)) * np.cos(x)

    For a nudge ``h = 10.0**e``, the *error* of a difference is the mean over the 201 points of its distance
    to the slope, without sign. Try e = -1, -2, ..., -13. For float32, x and h are float32 before anything is
    computed with them (``x.astype(np.float32)``, ``np.float32(h)``), and the slope stays as it is.

    Returns
    -------
    forward : int
        The exponent e with the smallest error of the forward difference, in float64.
    centered : int
        The same for the centered difference, in float64.
    centered32 : int
        The same for the centered difference, in float32.

    Examples
    --------
    >>> len(measure_best_step())
    3
    """
    # BEGIN SOLUTION
    return -8, -5, -2
    # END SOLUTION


def relative_error(a, b):
    """Return the largest relative error between two arrays, entry by entry.

    The relative error of two numbers is ``|a - b| / max(|a|, |b|)``, and 0 where both are 0.

    Parameters
    ----------
    a, b : ndarray of one shape, float64
        At least one entry.

    Returns
    -------
    error : float
        The largest over the entries.

    Notes
    -----
    Add nothing to the denominator: slopes of 1e-12 are compared as strictly as slopes of 1. Leave a and b
    as they came, and let numpy have nothing to warn of.

    Examples
    --------
    2 and 2.5 are 0.5 apart, and the larger is 2.5: 0.2. The first entries agree.

    >>> print(relative_error(np.array([1.0, 2.0]), np.array([1.0, 2.5])))
    0.2
    >>> print(relative_error(np.array([0.0, 1.0]), np.array([0.0, 1.0])))
    0.0
    """
    # BEGIN SOLUTION
    gap, size = np.abs(a - b), np.maximum(np.abs(a), np.abs(b))
    return np.max(gap / np.where(size > 0, size, 1))
    # END SOLUTION


def grad_check_sparse(f, x, analytic_grad, num_checks, h, rng):
    """Hold a gradient against centered differences at a few entries drawn at random.

    Draw `num_checks` entries of x; each entry has the same chance in each draw, and one may be drawn twice.
    Take the centered difference of f along each with the nudge h, and compare with the given gradient.

    Parameters
    ----------
    f : callable (array of the shape of x) -> float
        Call it twice for each entry that is drawn, no more: that is the point of a sparse check.
    x : ndarray of any shape, float64
        Leave it as it came.
    analytic_grad : ndarray of the shape of x
        The gradient to be checked.
    num_checks : int
    h : float
        The nudge.
    rng : numpy.random.Generator
        The only source of chance.

    Returns
    -------
    checks : list of num_checks tuples
        ``(index, numerical, analytic, error)``: a tuple of whole numbers that indexes x, the centered
        difference, the entry of `analytic_grad`, and their relative error,
        ``|numerical - analytic| / max(|numerical|, |analytic|)``, 0 where both are 0.

    Notes
    -----
    You may call ``relative_error``: if it is wrong, it costs its own points only.

    Examples
    --------
    The slope of x**2 at 3 is 6; somebody claims 8: the error is 2 / 8.

    >>> def f(x):
    ...     return float(np.sum(x**2))
    >>> rng = np.random.default_rng(0)
    >>> checks = grad_check_sparse(f, np.array([3.0]), np.array([8.0]), 1, 0.5, rng)
    >>> [(index, numerical, analytic, error)] = checks
    >>> print(*index, numerical, analytic, error)
    0 6.0 8.0 0.25
    """
    # BEGIN SOLUTION
    checks = []
    for flat in rng.integers(x.size, size=num_checks):
        index = np.unravel_index(flat, x.shape)
        ahead, behind = x.copy(), x.copy()
        ahead[index] += h
        behind[index] -= h
        numerical = (f(ahead) - f(behind)) / (2 * h)
        analytic = analytic_grad[index]
        error = relative_error(np.array([numerical]), np.array([analytic]))
        checks.append((index, numerical, analytic, error))
    return checks
    # END SOLUTION


def predict_kink():
    """Return what a gradient check sees beside a kink.

    ``|x|`` has slope 1 right of 0 and -1 left of it, and ``max(0, x)`` has slope 1 and 0. The difference is
    the centered one, ``(f(x + h) - f(x - h)) / (2 h)``. Predict; run nothing.

    Returns
    -------
    a : float
        The difference of ``|x|`` at ``x = h / 10``.
    b : float
        The difference of ``max(0, x)`` at ``x = -h / 4``.
    c : bool
        The check of ``|x|`` at the point of part a is done again, at the *same* point, with a nudge twenty
        times smaller. Does it now agree with the slope?

    Examples
    --------
    >>> a, b, c = predict_kink()
    >>> type(a), type(b), type(c)
    (<class 'float'>, <class 'float'>, <class 'bool'>)
    """
    # BEGIN SOLUTION
    a = (1.1 - 0.9) / 2  # in units of h: |1.1| - |-0.9|
    b = (0.75 - 0.0) / 2
    c = True  # the new nudge is half the way to the kink
    return a, b, c
    # END SOLUTION


def measure_kink_frequency():
    """Return how many entries of a gradient check meet a kink, in three settings.

    Run it where lintutor is installed, and put down here what you measured. One draw is::

        import numpy as np
        from lintutor import gradients, losses

        rng = np.random.default_rng(seed)
        X = rng.standard_normal((50, 20))
        y = rng.integers(10, size=50)
        W = sigma * rng.standard_normal((20, 10))

    The loss is ``losses.hinge_loss_vectorized(W, X, y, delta)``, which returns (loss, dW). An entry of W
    *meets a kink* if the centered difference with h = 0.01 is off dW by more than 1e-9. Count the share of
    the 200 entries that do, and take the mean over the seeds 0, 1, ..., 29.

    Returns
    -------
    on_the_kink : float
        The mean share with sigma = 0.1 and delta = 0.
    as_usual : float
        With sigma = 0.1 and delta = 1.
    tiny : float
        With sigma = 0.001 and delta = 1.

    Notes
    -----
    Three decimals are enough. The nudge is large, so that there is something to count.

    Examples
    --------
    >>> len(measure_kink_frequency())
    3
    """
    # BEGIN SOLUTION
    return 0.576, 0.163, 0.000
    # END SOLUTION


def predict_gradient_norm():
    """Return what a table of losses says of a gradient that nobody printed.

    The loss is 2.5. One step of 1e-5 times the gradient, against it, lowers it to 2.491. So short a step sees
    the loss as a straight ramp. Predict; run nothing.

    Returns
    -------
    length : float
        The length of the gradient: the root of the sum of its squared entries.
    drop : float
        By how much a step of 2e-6 times the gradient, against it, would lower the loss from 2.5.
    factor : float
        Somebody multiplies the loss by 10 everywhere, and so its gradient. How many times larger is the drop
        after one step of 1e-5 times the new gradient, against it?

    Examples
    --------
    >>> len(predict_gradient_norm())
    3
    """
    # BEGIN SOLUTION
    square = (2.5 - 2.491) / 1e-5  # the drop is the step times the square of the length
    length = square**0.5
    return length, 2e-6 * square, 10.0**2
    # END SOLUTION
