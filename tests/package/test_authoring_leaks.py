"""A piece of a solution is found in a text whatever its layout and names, and nothing else is."""

import ast

import pytest

from lintutor.autograder.authoring.leaks import held, pieces, tokens

SOLUTION = """
shifted = S - S.max(axis=1, keepdims=True)
p = np.exp(shifted) / np.exp(shifted).sum(axis=1)[:, None]
for j in range(len(S)):
    total += max(0, S[j] - S[y] + 1) if j != y else 0
label = names["first"].strip().lower()
return np.bincount(votes).argmax()
"""
PIECES = pieces(ast.parse(SOLUTION).body)


def told(text):
    """The longest piece that a text holds."""
    return next((piece.source for piece in PIECES if held(piece, tokens(text))), None)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Write `np.bincount(labels).argmax()`.", "np.bincount(votes).argmax()"),
        ("Write numpy.bincount( labels ) . argmax ( ).", "np.bincount(votes).argmax()"),
        ("what it pays, max(0,s[k]-s[t]+1), is summed", "max(0, S[j] - S[y] + 1)"),
        ("`table['first'].strip( ).lower()`", "names['first'].strip().lower()"),
        ("divide: e(z) / e(z)", None),
        ("np.exp(z) / np.exp(z).sum(axis=1)[:, None] has rows of sum 1",
         "np.exp(shifted) / np.exp(shifted).sum(axis=1)[:, None]"),
    ],
)  # fmt: skip
def test_layout_quotes_and_names_may_differ(text, piece):
    assert told(text) == piece


@pytest.mark.parametrize(
    "text",
    [
        "what it pays, max(0, s[k] - t[y] + 1)",  # two rows where the solution has one
        "what it pays, max(0, s[k] - s[k] + 1)",  # one place where it has two
        "what it pays, max(0, m + 1)",
        "np.bincount(votes).argmin()",
        "np.bincount(votes) counts, argmax() finds",
        "S.max(axis=1) is what you subtract",
        "take np.exp of the shifted scores, then sum(axis=1)",
        "",
    ],
)
def test_what_is_computed_otherwise_is_no_piece_of_it(text):
    assert told(text) is None


@pytest.mark.parametrize(
    "line", ["return 2 * x", "y = x - y[0]", "W = W.copy()", "n = len(X)", "return a, b"]
)
def test_what_is_short_is_nobodys_secret(line):
    assert pieces(ast.parse(line).body) == []
