"""Chapter 9, backpropagation: exercises.

Check your work with ``lintutor check ch09``; ``lintutor hint affine_backward`` gives a hint.
"""

import numpy as np


def multiply_backward(x, y, dout):
    """Return what a multiply gate sends back to its two inputs.

    The gate has computed ``x * y``, entry by entry, and the gradient ``dout`` arrives at that product.

    Parameters
    ----------
    x, y : ndarray of one shape, float64
        The inputs of the gate. Numbers by themselves come as arrays of shape ().
    dout : ndarray of that shape
        The gradient that arrives: how strongly the loss reacts to each product.

    Returns
    -------
    dx, dy : ndarray of that shape
        How strongly the loss reacts to x and to y.

    Notes
    -----
    Change none of the arguments.

    Examples
    --------
    >>> x, y, dout = np.array([3.0, 0.0]), np.array([-4.0, 5.0]), np.array([2.0, 1.0])
    >>> dx, dy = multiply_backward(x, y, dout)

    Raise x[0] by a little, and the product moves -4 times as far, the loss 2 times as far as that.

    >>> print(dx, dy)
    [-8.  5.] [6. 0.]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("multiply_backward is not written yet")


def max_backward(x, y, dout):
    """Return what a max gate sends back to its two inputs.

    The gate has computed the larger of x and y, entry by entry, and the gradient ``dout`` arrives there.
    Where the two are equal, x counts as the larger.

    Parameters
    ----------
    x, y : ndarray of one shape, float64
        The inputs of the gate. Numbers by themselves come as arrays of shape ().
    dout : ndarray of that shape
        The gradient that arrives.

    Returns
    -------
    dx, dy : ndarray of that shape

    Notes
    -----
    Change none of the arguments.

    Examples
    --------
    >>> x, y, dout = np.array([3.0, 0.0, 1.0]), np.array([-4.0, 5.0, 1.0]), np.array([2.0, 7.0, 6.0])
    >>> dx, dy = max_backward(x, y, dout)

    3 beats -4, 5 beats 0, and the tie goes to x.

    >>> print(dx, dy)
    [2. 0. 6.] [0. 7. 0.]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("max_backward is not written yet")


def predict_circuit():
    """Return three gradients of a circuit, worked out by hand.

    The circuit computes ``f = 2 * (a + b) * max(b, c)`` in these steps, at a = -4, b = 3, c = -1::

        q = a + b
        m = max(b, c)
        p = q * m
        f = 2 * p

    Note that b is used twice. Write the four values down, then go back. Predict; run nothing.

    Returns
    -------
    da, db, dc : float
        The gradients of f with respect to a, b and c at that place.

    Examples
    --------
    >>> len(predict_circuit())
    3
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("predict_circuit is not written yet")


def sigmoid(x):
    """Return the sigmoid ``1 / (1 + exp(-x))``, entry by entry.

    Parameters
    ----------
    x : ndarray of any shape, float64 or float32
        Of any size: at -1000 and at 1000, too, the result is exact to its last digits and numpy warns of
        nothing.

    Returns
    -------
    out : ndarray of the shape of x

    Notes
    -----
    Leave ``x`` as it came. ``np.exp`` overflows where its argument is above 709 (88 in float32).

    Examples
    --------
    exp(-log 3) is 1/3, so at log 3 the result is 1 / (1 + 1/3) = 0.75.

    >>> x = np.array([0.0, np.log(3), -np.log(3), 1000.0, -1000.0])
    >>> print(sigmoid(x).round(12))
    [0.5  0.75 0.25 1.   0.  ]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("sigmoid is not written yet")


def sigmoid_backward(out, dout):
    """Return what a sigmoid gate sends back, from its output.

    Parameters
    ----------
    out : ndarray of any shape, float64, 0 to 1
        What the gate *returned*, that is sigmoid(x); x itself is not given.
    dout : ndarray of that shape
        The gradient that arrives.

    Returns
    -------
    dx : ndarray of that shape

    Notes
    -----
    Change none of the arguments. You do not need ``np.exp``.

    Examples
    --------
    Where the sigmoid is 0.5, its slope is 0.25; where it is 0.9, its slope is 0.09.

    >>> dx = sigmoid_backward(np.array([0.5, 0.9]), np.array([4.0, 10.0]))
    >>> print(dx)
    [1.  0.9]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("sigmoid_backward is not written yet")


def derive_sigmoid_slope(s):
    """Return the slope of the sigmoid as an expression in its output.

    The sigmoid is computed by four gates::

        n = -a
        e = exp(n)
        q = 1 + e
        s = 1 / q

    Multiply the four local gradients, and write what comes out with s alone: neither a nor e nor q is left.

    Parameters
    ----------
    s : sympy.Symbol, positive
        The output of the last gate.

    Returns
    -------
    sympy expression in s
        The slope of s along a. Any equal form is right.

    Examples
    --------
    At a = 0 the output is 1/2 and the slope 1/4.

    >>> from sympy import Rational, Symbol
    >>> s = Symbol("s", positive=True)
    >>> derive_sigmoid_slope(s).subs(s, Rational(1, 2))
    1/4
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_sigmoid_slope is not written yet")


def staged_expression(x, y):
    """Return the values of a longer expression and its gradients, in stages.

    Entry by entry, the expression is::

        f = (x + sigmoid(y)) / (sigmoid(x) + (x + y) ** 2)

    Write it as short lines, one gate each, and keep what each computes. Then write one line back for each
    line, in reverse order. x and y are each used more than once.

    Parameters
    ----------
    x, y : ndarray of one shape, float64
        At most 20 in size.

    Returns
    -------
    f : ndarray of that shape
    dx, dy : ndarray of that shape
        The slope of each entry of f along the entries of x and y that it is computed from.

    Notes
    -----
    Change none of the arguments. You may call ``sigmoid`` and ``sigmoid_backward``: if one is wrong, it costs
    its own points only.

    Examples
    --------
    At x = y = 0 both sigmoids are 1/2 and have the slope 1/4, and the square is flat. The numerator is 1/2
    and has slopes 1 and 1/4, the denominator is 1/2 and has slopes 1/4 and 0. So f = 1, dx = (1 - 1/4) /
    (1/2) = 1.5 and dy = (1/4) / (1/2) = 0.5.

    >>> f, dx, dy = staged_expression(np.array([0.0]), np.array([0.0]))
    >>> print(f, dx, dy)
    [1.] [1.5] [0.5]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("staged_expression is not written yet")


def debug_fork(inputs, gates):
    """Mend the given code: an engine that walks a circuit of adds and multiplies. Two things are wrong.

    The values of the circuit are numbered: first the inputs 0, 1, ..., then the output of each gate, in
    order. A gate is ``(kind, i, j)``: it adds or multiplies the values number i and j, which stand before
    it. The last gate computes the result.

    Parameters
    ----------
    inputs : list of float
        At least one.
    gates : list of (str, int, int)
        At least one; the kind is ``"add"`` or ``"multiply"``; i and j may be equal. A value may be used by
        several gates, and by none.

    Returns
    -------
    result : float
        The output of the last gate.
    gradients : list of float
        One an input: the slope of the result with respect to it; 0 for an input that the result does not use.

    Examples
    --------
    The circuit of (a + b) * a at a = 3, b = 4. Its slope is 2 a + b = 10 along a, and a = 3 along b.

    >>> result, gradients = debug_fork([3.0, 4.0], [("add", 0, 1), ("multiply", 2, 0)])
    >>> print(result, gradients)
    21.0 [10.0, 3.0]
    """
    values = list(inputs)
    for kind, i, j in gates:
        values.append(values[i] + values[j] if kind == "add" else values[i] * values[j])
    slopes = [0.0] * len(values)
    slopes[-1] = 1.0
    for k in range(len(gates)):
        kind, i, j = gates[k]
        arrived = slopes[len(inputs) + k]
        if kind == "add":
            slopes[i] = arrived
            slopes[j] = arrived
        else:
            slopes[i] = values[j] * arrived
            slopes[j] = values[i] * arrived
    return values[-1], slopes[: len(inputs)]


class Value:
    """A number that remembers what it was computed from.

    ``+ - * /`` of two values, or of a value and a number on either side, give new values, and so do ``-a``,
    ``a ** k`` with a number k, and the methods ``exp``, ``log``, ``relu`` and ``sigmoid``. ``backward`` walks
    back from one of them.

    Each value keeps a list of pairs: what its gate was given, and the local gradient along it, a number. You
    write the gates and the walk. What is given here may be written differently, too: the data, the gradients
    and the operations count.

    Parameters
    ----------
    data : float

    Attributes
    ----------
    data : float
    grad : float
        0 before ``backward``; after it, the slope of the value on which ``backward`` was called.

    Examples
    --------
    The gradients of (x + y) * z at x = -2, y = 5, z = -4: both x and y get z, and z gets the sum.

    >>> x, y, z = Value(-2.0), Value(5.0), Value(-4.0)
    >>> f = (x + y) * z
    >>> f.backward()
    >>> f.data, x.grad, y.grad, z.grad
    (-12.0, -4.0, -4.0, 3.0)
    """

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self.inputs = []  # pairs (value, local gradient)

    def made(self, data, *inputs):
        """Return a new value with this data, made from inputs: pairs (value, local gradient)."""
        out = Value(data)
        out.inputs = list(inputs)
        return out

    @staticmethod
    def of(other):
        """Return a number as a value; a value is one already."""
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        """Return the sum with another value or a number."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.__add__ is not written yet")

    def __mul__(self, other):
        """Return the product with another value or a number."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.__mul__ is not written yet")

    def __pow__(self, k):
        """Return this value to the power of k, a number (not a Value), such as 2, -1 or 0.5."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.__pow__ is not written yet")

    def exp(self):
        """Return e to the power of this value."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.exp is not written yet")

    def log(self):
        """Return the natural logarithm; the data is positive."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.log is not written yet")

    def relu(self):
        """Return the larger of 0 and this value; at exactly 0 nothing comes back."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.relu is not written yet")

    def sigmoid(self):
        """Return 1 / (1 + exp(-a)); the data is at most 50 in size."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.sigmoid is not written yet")

    def backward(self):
        """Set ``grad`` of this value, to 1, and of everything that it was computed from, to its slope.

        A value that is used several times collects what all its users send back, and hands it on when it
        has all of it. Each value is visited once, however many paths lead to it. Every call starts anew:
        calling it twice gives what calling it once gives. The graph is at most 200 gates deep.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Value.backward is not written yet")

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -self.of(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * self.of(other) ** -1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other


def affine_forward(x, w, b):
    """Return ``x @ w + b``, and what the way back will need.

    Parameters
    ----------
    x : ndarray (N, ...), float64 or float32
        N examples, each of any shape: (N, D), or (N, height, width, 3). Each is laid out as a row of D
        numbers, as ``reshape`` does it.
    w : ndarray (D, H)
    b : ndarray (H,)

    Returns
    -------
    out : ndarray (N, H)
    cache : tuple (x, w, b)
        x in the shape in which it came.

    Notes
    -----
    Change none of the arguments.

    Examples
    --------
    >>> x, w, b = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [10.0, 1.0]]), np.array([0.5, -1.0])

    The first output is 1 * 1 + 2 * 10 + 0.5, the second 1 * 0 + 2 * 1 - 1.

    >>> out, cache = affine_forward(x, w, b)
    >>> print(out)
    [[21.5  1. ]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("affine_forward is not written yet")


def affine_backward(dout, cache):
    """Return the gradients of an affine layer.

    Parameters
    ----------
    dout : ndarray (N, H), float64 or float32
        The gradient that arrives at the output.
    cache : tuple (x, w, b)
        What ``affine_forward`` returned: x (N, ...), w (D, H), b (H,).

    Returns
    -------
    dx : ndarray of the shape of x
    dw : ndarray (D, H)
    db : ndarray (H,)

    Notes
    -----
    Change neither ``dout`` nor what is in the cache.

    Examples
    --------
    >>> x, w, b = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[1.0], [10.0]]), np.array([0.5])
    >>> dx, dw, db = affine_backward(np.array([[3.0], [-1.0]]), (x, w, b))

    The first weight meets 1 and 3, so its gradient is 1 * 3 + 3 * (-1) = 0; the second meets 2 and 0.

    >>> print(dx.tolist(), dw.tolist(), db.tolist())
    [[3.0, 30.0], [-1.0, -10.0]] [[0.0], [6.0]] [2.0]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("affine_backward is not written yet")


def derive_affine_weight(x, g):
    """Return the gradient of one weight of an affine layer.

    The layer computes ``out[i, h] = sum over d of x[i, d] * w[d, h] + b[h]`` for N examples, and a gradient
    arrives at each entry of ``out``. How does the loss answer to a single weight ``w[d, h]``, with d and h
    fixed?

    Parameters
    ----------
    x : list of sympy.Symbol, real
        Entry d of each example: x[0, d], ..., x[N-1, d]; N is ``len(x)``, at least 1.
    g : list of sympy.Symbol, real
        The gradient that arrives at out[i, h], one an example.

    Returns
    -------
    sympy expression in these 2 N unknowns
        The slope of the loss along ``w[d, h]``. Any equal form is right.

    Examples
    --------
    >>> from sympy import symbols
    >>> x, g = symbols("x_0 x_1", real=True), symbols("g_0 g_1", real=True)
    >>> slope = derive_affine_weight(list(x), list(g))
    >>> slope.subs({x[0]: 1, x[1]: 3, g[0]: 3, g[1]: -1})
    0
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("derive_affine_weight is not written yet")


def relu_forward(x):
    """Return ``max(0, x)``, entry by entry, and what the way back will need.

    Parameters
    ----------
    x : ndarray of any shape, float64 or float32

    Returns
    -------
    out : ndarray of the shape of x
    cache : ndarray
        x as it came.

    Notes
    -----
    Leave ``x`` as it came.

    Examples
    --------
    >>> out, cache = relu_forward(np.array([[-1.0, 0.0], [2.0, -3.0]]))
    >>> print(out)
    [[0. 0.]
     [2. 0.]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("relu_forward is not written yet")


def relu_backward(dout, cache):
    """Return what a ReLU sends back.

    Parameters
    ----------
    dout : ndarray of any shape, float64 or float32
        The gradient that arrives at the output.
    cache : ndarray of that shape
        What ``relu_forward`` returned: its input x. Where x is exactly 0, nothing goes back.

    Returns
    -------
    dx : ndarray of that shape

    Notes
    -----
    Change neither ``dout`` nor the cache.

    Examples
    --------
    >>> print(relu_backward(np.array([5.0, 6.0, -7.0]), np.array([-1.0, 0.0, 2.0])))
    [ 0.  0. -7.]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("relu_backward is not written yet")


def softmax_loss(x, y):
    """Return the softmax loss of a batch of scores, and its gradient with respect to the scores.

    The last layer of a network. The loss is the mean over the examples of ``-log p[i, y[i]]``, where
    ``p[i, j] = exp(x[i, j]) / sum over k of exp(x[i, k])``. There is no penalty here.

    Parameters
    ----------
    x : ndarray (N, C), float64 or float32
        Scores, one row an example, one column a class. They may be as large as 1e4: loss and gradient are
        finite all the same.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.

    Returns
    -------
    loss : float
    dx : ndarray (N, C)

    Notes
    -----
    Change none of the arguments. Where an example's true class trails by more than 700, its loss need not
    be finite.

    Examples
    --------
    exp(log 3) = 3: the probabilities are [3/4, 1/4]. The true class is 1, so the loss is log 4.

    >>> loss, dx = softmax_loss(np.array([[np.log(3), 0.0]]), np.array([1]))
    >>> print(round(float(np.exp(loss)), 6), dx.round(6).tolist())
    4.0 [[0.75, -0.75]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("softmax_loss is not written yet")


def svm_loss(x, y):
    """Return the hinge loss of a batch of scores, and its gradient with respect to the scores.

    Another last layer for a network. The loss is the mean over the examples of the sum over the wrong classes
    j of ``max(0, x[i, j] - x[i, y[i]] + 1)``. There is no penalty here. A margin of exactly 0 adds nothing
    to the loss; its share of the gradient may be counted or not.

    Parameters
    ----------
    x : ndarray (N, C), float64 or float32
        Scores, one row an example, one column a class.
    y : ndarray (N,), int
        The true class of each example, 0 .. C-1.

    Returns
    -------
    loss : float
    dx : ndarray (N, C)

    Notes
    -----
    Change none of the arguments.

    Examples
    --------
    Class 1 pays 5 - 3 + 1 = 3; class 2, at -2 - 3 + 1 = -4, pays nothing.

    >>> loss, dx = svm_loss(np.array([[3.0, 5.0, -2.0]]), np.array([0]))
    >>> print(float(loss), dx.tolist())
    3.0 [[-1.0, 1.0, 0.0]]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("svm_loss is not written yet")


class TwoLayerNet:
    """A net of two layers: affine, ReLU, affine, with the softmax loss.

    Parameters
    ----------
    input_size : int
        D, the numbers of an example.
    hidden_size : int
        H, the hidden units.
    output_size : int
        C, the classes.
    std : float
        The weights start at random with this standard deviation, the biases at 0.

    Attributes
    ----------
    params : dict
        W1 (D, H), b1 (H,), W2 (H, C), b2 (C,). Use what stands there: it may have been replaced.

    Notes
    -----
    You may call the layers and losses of this file: where one is wrong, it costs its own points only.

    Examples
    --------
    Weights near 0 give scores near 0, and with ten classes a loss of log 10.

    >>> net = TwoLayerNet(4, 5, 10)
    >>> X, y = np.ones((3, 4)), np.array([0, 1, 2])
    >>> print(net.loss(X).shape)
    (3, 10)
    >>> loss, grads = net.loss(X, y, reg=0.1)
    >>> print(round(float(loss), 4), grads["W2"].shape)
    2.3026 (5, 10)
    """

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),  # noqa: NPY002
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),  # noqa: NPY002
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        """Return the scores of a batch, or with labels its loss and the gradients.

        Parameters
        ----------
        X : ndarray (N, D), float64
        y : ndarray (N,), int, or None
            True classes, 0 .. C-1.
        reg : float
            Multiplies ``sum(W1 ** 2) + sum(W2 ** 2)``; there is no one-half, and the biases are not
            penalized.

        Returns
        -------
        scores : ndarray (N, C)
            If y is None.
        loss, grads : float and dict
            Otherwise: the mean softmax loss plus the penalty, and its gradients under W1, b1, W2 and b2,
            each of the shape of its parameter. They are finite for scores as large as 1e4, too.

        Notes
        -----
        Change neither the parameters nor X nor y.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("TwoLayerNet.loss is not written yet")

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        """Train by gradient descent on batches.

        Each step draws ``batch_size`` rows at random, with replacement, and subtracts the learning rate
        times the gradient of their loss from every parameter. After each pass, ``max(N // batch_size, 1)``
        steps, the rate is multiplied by ``learning_rate_decay``. Momentum that starts from 0 is welcome, too.

        Parameters
        ----------
        X, y : ndarray (N, D) and (N,)
            Training rows; N may be smaller than the batch.
        X_val, y_val : ndarray
            Validation rows, to be watched if you like; they must not change the result.
        learning_rate, learning_rate_decay, reg : float
        num_iters, batch_size : int
        verbose : bool
            Whether to print.

        Returns
        -------
        dict
            Under ``"loss_history"`` a list of num_iters floats: the loss of each batch, penalty included,
            before its step. You may put more into it.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("TwoLayerNet.train is not written yet")

    def predict(self, X):
        """Return the class with the highest score for each row, (N,) of int."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("TwoLayerNet.predict is not written yet")


def measure_open_gates():
    """Return two figures of an experiment: how many ReLU gates are open before and after training.

    Run it where lintutor is installed, and put down here what you measured::

        from lintutor import datasets, network, scores

        digits = datasets.load("digits")
        (X,) = scores.center(digits.X_train / 16)
        y = digits.y_train
        settings = dict(hidden_size=64, learning_rate=0.1, reg=1e-3, batch_size=100, random_state=0)
        before = network.TwoLayerNet(num_iters=0, **settings).fit(X, y)
        after = network.TwoLayerNet(num_iters=200, **settings).fit(X, y)

    The parameters of a fitted net stand in ``before.params_``, a dict with W1, b1, W2 and b2. A *gate* is a
    training digit i with a hidden unit h. It is *open* where ``(X @ W1 + b1)[i, h] > 0``: there the ReLU
    lets the gradient through.

    Returns
    -------
    open_before : float
        Share of the N * 64 gates that are open before training, 0 to 1.
    open_after : float
        The same after training.

    Notes
    -----
    Three decimals are enough. The figures are compared with the grader's own measurement; another seed
    or another machine moves them by less than is forgiven. The file that is graded cannot import
    lintutor: return numbers.

    Examples
    --------
    >>> open_before, open_after = measure_open_gates()
    >>> 0 < open_before < 1 and 0 < open_after < 1
    True
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("measure_open_gates is not written yet")
