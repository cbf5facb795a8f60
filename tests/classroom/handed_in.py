"""A class of thirty-one: what they handed in for chapter 3, right in several styles, wrong in many ways.

``python tests/classroom/handed_in.py FOLDER`` writes them into a folder, to be graded by
``lintutor grade FOLDER``. ``test_classroom.py`` says what each deserves.
"""

import ast
import io
import json
import sys
import textwrap
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = "ch03_hinge_loss.py"
RIGHT = (ROOT / "solutions" / FILE).read_text(encoding="utf-8")
STUB = (ROOT / "exercises" / FILE).read_text(encoding="utf-8")


def functions(text):
    """The functions of a source, each without its docstring."""
    found = {}
    for node in ast.parse(textwrap.dedent(text)).body:
        if isinstance(node, ast.FunctionDef):
            if ast.get_docstring(node):
                node.body = node.body[1:]
            found[node.name] = ast.unparse(node)
    return found


def answers(changes="", leave_out=()):
    """The right answers, with those that `changes` defines in their place, and helpers of its own."""
    own = functions(changes)
    merged = {n: own.pop(n, t) for n, t in functions(RIGHT).items() if n not in leave_out}
    imports = "import numpy as np\n"
    return "\n\n\n".join([imports, *own.values(), *merged.values()]) + "\n"


def notebook(cells, **metadata):
    """A notebook with these code cells."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell-{i}",
            "metadata": {},
            "source": text,
            "outputs": [],
            "execution_count": None,
        }
        for i, text in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel | metadata, "cells": made})


def zipped(files):
    """An archive of names and texts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


LOOPS = """
def hinge_loss_one(s, y, delta=1.0):
    total = 0.0
    for j, score in enumerate(s):
        if j != y and score - s[y] + delta > 0:
            total += score - s[y] + delta
    return total

def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(len(X)):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W

def squared_svm_loss(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    for i in range(len(X)):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            margin = scores[j] - scores[y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin ** 2
                dW[:, j] += 2 * margin * X[i]
                dW[:, y[i]] -= 2 * margin * X[i]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
"""
LOOP_OVER_CLASSES = """
def L_i_vectorized(x, y, W):
    loss = 0.0
    for j in range(W.shape[0]):
        if j != y:
            loss += max(0.0, W[j].dot(x) - W[y].dot(x) + 1.0)
    return loss
"""
EINSUM = """
def one_hot(y, C):
    return (y[:, None] == np.arange(C)).astype(float)

def margins_of(W, X, y):
    Y = one_hot(y, W.shape[1])
    S = np.einsum("nd,dc->nc", X, W)
    true = np.einsum("nc,nc->n", S, Y)
    return np.clip(S - true[:, None] + 1, 0, None) * (1 - Y), Y

def svm_loss_vectorized(W, X, y, reg):
    M, Y = margins_of(W, X, y)
    G = np.sign(M)
    G = G - np.einsum("nc->n", G)[:, None] * Y
    loss = np.einsum("nc->", M) / len(y) + reg * np.einsum("dc,dc->", W, W)
    return loss, np.einsum("nd,nc->dc", X, G) / len(y) + 2 * reg * W

def squared_svm_loss(W, X, y, reg):
    M, Y = margins_of(W, X, y)
    G = 2 * M
    G = G - G.sum(axis=1, keepdims=True) * Y
    return (M ** 2).sum() / len(y) + reg * (W ** 2).sum(), X.T @ G / len(y) + 2 * reg * W
"""
MATRIX = """
def svm_loss_vectorized(W, X, y, reg):
    print("scores", X.shape, W.shape)
    S = np.matrix(X) * np.matrix(W)
    M = np.asarray(S) - np.asarray(S)[np.arange(len(y)), y].reshape(-1, 1) + 1
    wrong = np.ones(M.shape, bool)
    wrong[np.arange(len(y)), y] = False
    hit = (M >= 0) & wrong
    G = hit.astype(float)
    G[np.arange(len(y)), y] = -hit.sum(1)
    loss = np.array(np.sum(M[hit]) / len(y) + reg * np.sum(np.square(W)))
    return loss, np.matrix(X).T * G / len(y) + 2 * reg * W

def svm_loss_naive(W, X, y, reg):
    return svm_loss_vectorized(W, X, y, reg)
"""
LOSS = """
def svm_loss_{name}(W, X, y, reg):
    N = X.shape[0]
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    {true}
    loss = M.sum() {mean} + {penalty}
    G = (M > 0) * 1.0
    G[np.arange(N), y] = -G.sum(axis=1)
    dW = X.T @ G {mean} + {slope}
    return {returned}
"""
PLAIN = {
    "true": "M[np.arange(N), y] = 0",
    "mean": "/ N",
    "penalty": "reg * np.sum(W * W)",
    "slope": "2 * reg * W",
    "returned": "loss, dW",
}


def losses(**changes):
    """Both SVM losses with the same mistake, and right answers to everything else."""
    fields = PLAIN | changes
    return answers("".join(LOSS.format(name=name, **fields) for name in ("naive", "vectorized")))


PYTHON_2 = """import numpy as np


def hinge_loss_one(s, y, delta=1.0):
    loss = 0.0
    for j in xrange(len(s)):
        if j != y:
            loss += max(0, s[j] - s[y] + delta)
    print "loss", loss
    return loss


def L_i_vectorized(x, y, W):
    scores = W.dot(x)
    margins = np.maximum(0, scores - scores[y] + 1)
    margins[y] = 0
    return np.sum(margins)
"""
FORGED = """
import builtins, json, os, sys
import numpy as np
for name in ("results.json", "/tmp/results.json", "/autograder/results/results.json"):
    try:
        with open(name, "w") as file:
            file.write(json.dumps({"score": 100, "tests": []}))
    except OSError:
        pass
print('{"schema": "lintutor/result/1", "score": 100, "max_score": 100}')
print("::notice::all 100 points \\x1b[32m100 passed\\x1b[0m")
np.allclose = np.array_equal = lambda *a, **k: True
np.abs = lambda *a, **k: np.zeros(1)
builtins.abs = lambda x: 0


class Equal(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return Equal(0)
    __rsub__ = __sub__
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__


class Anything(np.ndarray):
    def __array_finalize__(self, other): pass
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __sub__(self, other): return np.zeros(self.shape)


def hinge_loss_one(s, y, delta=1.0):
    return Equal(1)


def svm_loss_vectorized(W, X, y, reg):
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if isinstance(value, tuple) and len(value) == 2:
                return value
        frame = frame.f_back
    return Equal(0), np.zeros(W.shape).view(Anything)
"""

SUBMISSIONS = {
    "adams": {FILE: answers(LOOPS)},
    "baker.py": answers(EINSUM),
    "chen": {FILE: answers(MATRIX)},
    "diaz.ipynb": notebook([answers(EINSUM), "%matplotlib inline\\n!ls", "svm_loss_vectorized"]),
    "evans.zip": zipped({f"homework/week 3/{FILE}": answers(LOOPS), "homework/notes.txt": "done"}),
    "fischer": {FILE: losses(penalty="0.5 * reg * np.sum(W * W)", slope="reg * W")},
    "garcia": {FILE: losses(slope="reg * W")},
    "hughes": {FILE: losses(true="pass", slope="0")},
    "ito": {FILE: losses(mean="")},
    "jones": {FILE: losses(slope="W.__imul__(2 * reg)")},
    "khan": {FILE: losses(returned="loss, dW.T")},
    "lopez": {FILE: losses(returned="dW, loss")},
    "martin": {FILE: STUB},
    "nguyen": {"notes.txt": "I will hand it in tomorrow."},
    "okafor": {FILE: answers().replace("def L_i_vectorized(x, y, W):", "def L_i_vectorized(x, y, W)")},
    "patel": {FILE: f"import matplotlib.pyplot as plt\n{answers()}"},
    "quinn": {FILE: answers("def svm_loss_naive(W, X, y, reg):\n    while True:\n        pass")},
    "rossi": {FILE: answers("def L_i_vectorized(x, y, W):\n    return float(np.ones(10 ** 9).sum())")},
    "silva": {FILE: f"import os\nos._exit(0)\n{answers()}"},
    "tanaka": {FILE: answers("def svm_loss_vectorized(W, X, y, reg):\n    import os\n    os._exit(0)")},
    "usman": {FILE: losses(returned="np.nan, dW")},
    "varga": {FILE: answers().replace("svm_loss_vectorized", "svm_loss_vectorised")},
    "weber": {FILE: PYTHON_2},
    "xu": {FILE: bytes(range(256)) * 8},
    "yilmaz": {"\u4f5c\u4e1a.py": answers(EINSUM)},
    "zhou": {},
    "abbott": {FILE: FORGED},
    "brown": {
        FILE: answers(
            """
            def hinge_loss_one(s, y, delta=1.0):
                return float(np.sum(np.maximum(0, s - s[y] + delta)))

            def svm_loss_naive(W, X, y, reg):
                loss, dW = 0.0, np.zeros(W.shape)
                for i in range(len(X)):
                    scores = X[i] @ W
                    loss += hinge_loss_one(scores, y[i])
                    for j in range(W.shape[1]):
                        if j != y[i] and scores[j] - scores[y[i]] + 1 > 0:
                            dW[:, j] += X[i]
                            dW[:, y[i]] -= X[i]
                return loss / len(X) + reg * np.sum(W ** 2), dW / len(X) + 2 * reg * W
            """
        )
    },
    "cohen": {FILE: answers(leave_out=["svm_loss_naive", "measure_violations"])},
    "novak": {FILE: answers(LOOP_OVER_CLASSES)},
    "dubois.zip": zipped({FILE: answers()})[:-30],
}


def write(folder):
    """Write all submissions into a folder."""
    for name, content in SUBMISSIONS.items():
        files = content if isinstance(content, dict) else {"": content}
        if isinstance(content, dict):
            (folder / name).mkdir(parents=True)
        for inner, text in files.items():
            data = text if isinstance(text, bytes) else text.encode("utf-8")
            (folder / name / inner if inner else folder / name).write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
