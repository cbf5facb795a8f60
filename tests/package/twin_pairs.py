"""Two mistakes in one answer, made of two wrong twins.

`together` puts one twin on top of the other: where a twin is written on top of ``REFERENCE``, the other
one takes its place. Of two classes derived from ``REFERENCE`` the result inherits from both. Where
neither stands on top, the results of both are merged: where one is as it should be, the other counts, and
two differences add up. Where none of this is possible, ``twins.py`` can hold the answer that makes both
mistakes itself: ``TOGETHER = {("one-mistake", "another"): function_or_class}``.
"""

import ast
import builtins
import inspect
import textwrap
import types

import numpy as np

from lintutor.autograder.sessions import as_function


def together(entry, one, other):
    """An answer to an exercise that makes both mistakes, as a function of plain values, or None."""
    twins = entry.module("twins")
    in_order = sorted((one, other), key=lambda key: OUTSIDE.index(outside(entry, key)))
    second, first = (getattr(twins, entry.misconception(key).twin) for key in in_order)
    written = getattr(twins, "TOGETHER", {})
    made = written.get((one, other)) or written.get((other, one))
    if made is None and inspect.isclass(first):
        made = heir_of(first, second) or heir_of(second, first)
    elif made is None:
        right = twins.REFERENCE
        made = on_top(first, second, right) or on_top(second, first, right) or merged(first, second, right)
    return made and as_function(entry, made)


OUTSIDE = ["what is computed", "mutation", "shape", "bookkeeping"]  # the later on top of the earlier


def outside(entry, key):
    group = entry.misconception(key).group
    return group if group in OUTSIDE else OUTSIDE[0]


def heir_of(outer, inner):
    """A class with the mistakes of both, unless the outer one overrides what the inner one does."""
    mine, yours = (
        {name for name, value in vars(each).items() if not name.startswith("__") or name in OPERATORS}
        for each in (outer, inner)
    )
    if not all(uses_super(vars(outer)[name]) for name in mine & yours):
        return None
    try:
        return type("Both", (outer, inner), {})
    except TypeError:  # one is derived from the other
        return None


OPERATORS = {"__init__", *(name for name in dir(int) if name not in vars(object))}


def uses_super(value):
    return inspect.isfunction(value) and "super" in value.__code__.co_names


# ----------------------------------------------------------------------------------------- functions


def on_top(outer, inner, right):
    """The twin `outer` with `inner` where it calls the right answer, or None if it calls none."""
    made = rebuilt(outer, {right, handed_on(right)}, inner, {})
    return None if made is outer else made


def handed_on(right):
    """The function that the right answer is another name of, such as the package's; else itself."""
    body = ast.parse(textwrap.dedent(inspect.getsource(right))).body[0].body
    last = getattr(body[-1], "value", None)
    parameters = list(inspect.signature(right).parameters)
    if len(body) > 2 or not isinstance(last, ast.Call) or not isinstance(last.func, ast.Name):
        return right
    same = [getattr(arg, "id", None) for arg in last.args] == parameters and not last.keywords
    return right.__globals__.get(last.func.id, right) if same else right


def rebuilt(function, right, inner, known):
    """A function with another one in place of the right ones, in its closure, its module and its helpers."""
    if isinstance(function, types.FunctionType) and function in right:
        return inner
    if not isinstance(function, types.FunctionType) or function.__module__.startswith("lintutor."):
        return function
    if id(function) in known:
        return known[id(function)]
    known[id(function)] = function
    names = {name: function.__globals__[name] for name in names_in(function.__code__, function.__globals__)}
    changed = {
        name: new
        for name, value in names.items()
        if (new := rebuilt(value, right, inner, known)) is not value
    }
    cells, moved = [], False
    for cell in function.__closure__ or ():
        new = rebuilt(cell.cell_contents, right, inner, known)
        moved = moved or new is not cell.cell_contents
        cells.append(types.CellType(new))
    if changed or moved:
        space = {**function.__globals__, **changed}
        made = types.FunctionType(
            function.__code__, space, function.__name__, function.__defaults__, tuple(cells)
        )
        made.__kwdefaults__ = function.__kwdefaults__
        known[id(function)] = made
    return known[id(function)]


def names_in(code, space):
    found = {name for name in code.co_names if name in space and not hasattr(builtins, name)}
    return found.union(*(names_in(each, space) for each in code.co_consts if inspect.iscode(each)))


# -------------------------------------------------------------------------------------------- results


class Unlike(Exception):
    """Two answers that cannot be merged: a result of another form, or an argument that both would use up."""


def merged(one, other, right):
    """A function whose results have the differences of both.

    Its attribute ``unlike`` becomes true if there is a call whose results cannot be merged.
    """

    def both(*args):
        try:
            return merge(args)
        except Unlike:
            both.unlike = True
            raise

    def merge(args):
        if any(callable(arg) or isinstance(arg, np.random.Generator) for arg in args):
            raise Unlike
        calls = [[own(arg) for arg in args] for _ in range(3)]
        values = [function(*call) for function, call in zip((one, other, right), calls, strict=True)]
        for at, arg in enumerate(args):
            if isinstance(arg, np.ndarray):
                arg[...] = mixed(calls[0][at], calls[1][at], calls[2][at])
        return mixed(*values)

    both.unlike = False
    return both


def own(value):
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list | tuple):
        return type(value)(own(each) for each in value)
    return {key: own(each) for key, each in value.items()} if isinstance(value, dict) else value


def mixed(one, other, right):
    """What differs from the right value in either; numbers that differ in both add up."""
    if isinstance(right, list | tuple):
        if not all(isinstance(each, list | tuple) and len(each) == len(right) for each in (one, other)):
            raise Unlike
        return type(right)(mixed(*parts) for parts in zip(one, other, right, strict=True))
    if isinstance(right, dict):
        if not all(isinstance(each, dict) and each.keys() == right.keys() for each in (one, other)):
            raise Unlike
        return {key: mixed(one[key], other[key], right[key]) for key in right}
    if same(one, right):
        return other
    if same(other, right):
        return one
    numbers = all(np.asarray(each).dtype.kind in "fiu" for each in (one, other, right))
    if numbers and np.shape(one) == np.shape(other) == np.shape(right):
        return one + other - right
    raise Unlike


def same(left, right):
    if type(left) is bool or type(right) is bool or isinstance(left, str) or isinstance(right, str):
        return type(left) is type(right) and left == right
    if left is None or right is None:
        return left is right
    return np.shape(left) == np.shape(right) and bool(np.array_equal(left, right, equal_nan=False))
