"""What a submission brings along or returns: it is never imported here, and cannot make the grader fail."""

import json
import os
import random
import subprocess
import sys
import textwrap
import zipfile

import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.inside.codec import Tree
from lintutor.autograder.run import grade, grade_all, grade_each

right = catalogue.beside(__file__, "../package/right_answers")
CHAPTER = [entry for entry in catalogue.exercises() if entry.chapter == "ch03"]
BY_NAME = {entry.function: entry for entry in CHAPTER}
WORKED = (CHAPTER[0].root / "solutions" / CHAPTER[0].file).read_text(encoding="utf-8")
VECTORIZED = BY_NAME["svm_loss_vectorized"]

# ------------------------------------------------------------------------ modules that pose as others

POSING = (
    "numpy",
    "pytest",
    "conftest",
    "sitecustomize",
    "usercustomize",
    "lintutor",
    "hypothesis",
    "json",
    "random",
    "sympy",
    "_pytest",
)


@pytest.fixture
def posing(tmp_path):
    """A submission with modules that leave a mark where they are imported, and the mark's place."""
    folder, mark = tmp_path / "alice", tmp_path / "imported"
    folder.mkdir()
    (folder / CHAPTER[0].file).write_text(WORKED, encoding="utf-8")
    for name in POSING:
        (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name + ' '!r})\n")
    return folder, mark


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_modules_beside_an_answer_shadow_nothing_of_the_grader_s(posing, packed, monkeypatch):
    folder, mark = posing
    path = folder
    if packed:
        path = folder.with_suffix(".zip")
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, file.name)
    monkeypatch.chdir(folder)
    for result in (grade([VECTORIZED], path, "process"), *grade_all([VECTORIZED], [path], "process", jobs=1)):
        assert (result.score, result.grader_fault) == (VECTORIZED.points, None)
    assert not mark.exists()


def test_a_python_that_starts_among_them_imports_them(posing):
    folder, mark = posing
    code = "import random, json, numpy, pytest, conftest, sitecustomize, lintutor"
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=False
    )
    assert {"numpy", "pytest", "conftest", "lintutor", "sitecustomize"} <= set(mark.read_text().split())


# ------------------------------------------------------------------- what is read before anything runs


def test_what_was_read_of_a_file_cannot_be_changed_by_running_it(level, opened):
    """The loops are found in the text, before a line of it runs; a later look would see what it is shown."""
    source = """
    import ast, sys
    def f(n):
        total = 0
        for i in range(n):
            total += i
        return total
    def flat(n):
        return n * (n - 1) // 2
    f.__code__ = flat.__code__
    ast.walk = lambda tree: []
    for name in ("inside.session", "inside.source"):
        sys.modules[name].outline = sys.modules[name].read = lambda *a: {}
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if hasattr(value, "blocks"):
                value.source = b"def f(n): return n"
        frame = frame.f_back
    """
    with opened(level, source) as channel:
        assert channel.call("f", 4).value == 6
        assert [kind for _, kind in channel.outline["f"]["loops"]] == ["for loop"]


def test_the_grader_s_functions_are_gone_once_the_second_try_is_over(tmp_path):
    """Graded after an exercise that leaned on it, a wrong neighbor gets no point for the book's answer."""
    leaning = right.SVM_LOSS_NAIVE["hinge_loss_one and nudged counts"]
    wrong = leaning + "\n\ndef hinge_loss_one(s, y, delta=1.0):\n    return 0.0\n"
    path = tmp_path / CHAPTER[0].file
    path.write_text(WORKED + wrong, encoding="utf-8")
    naive, one = BY_NAME["svm_loss_naive"], BY_NAME["hinge_loss_one"]
    alone = grade([one], path).score
    rows = {row.exercise.id: row for row in grade([naive, one], path).exercises}
    assert "followed_through" in {check.status for check in rows[naive.id].checks}
    assert rows[one.id].points == alone < one.points


# ------------------------------------------------------------------------------------ odd values

ODD = (
    "None",
    "'a text'",
    "10**1000",
    "(-(10**400), 10**400)",
    "float('nan')",
    "float('-inf')",
    "{1: [2]}",
    "[[1], [2, 3]]",
    "object()",
    "np.matrix([[1.0, 2.0]])",
    "np.zeros((0, 3))",
    "np.array([True])",
    "1j",
    "np.array([object()])",
    "(1, 2, 3)",
    "('a', 'b')",
    "(float('nan'), np.full((3, 2), np.nan))",
    "lambda: 1",
    "np.datetime64('2020')",
    "(True, None)",
    "range(3)",
    "np.zeros(10**6)",
    "(np.uint64(2**64 - 1), np.full((3, 2), -(2**63)))",
    "(1e308, np.full((4, 3), 1e308))",
    "[None] * 1000",
    "(np.zeros((1,) * 16), {})",
)
ODDLY = '''

import numpy as np


def _oddly(function):
    """Right for some calls, so that the first checks pass, and odd from then on."""
    calls = [0]

    def odd(*args, **kwargs):
        calls[0] += 1
        return function(*args, **kwargs) if calls[0] <= {after} else {value}

    return odd


for _name in {names}:
    globals()[_name] = _oddly(globals()[_name])
'''
CASES = [(value, after) for value in ODD for after in (0, 3)]


def graded_oddly(exercises, cases, folder):
    """Return the results of some exercises whose answers return odd values."""
    paths, results = [], []
    for number, (value, after) in enumerate(cases):
        path = folder / f"odd_{number}.py"
        text = ODDLY.format(value=value, after=after, names=sorted(BY_NAME))
        path.write_text(WORKED + text, encoding="utf-8")
        paths.append(path)
    grade_each(exercises, paths, results.append, "process", 5)
    return results


ONE_OF_EACH_KIND = list({entry.kind: entry for entry in reversed(CHAPTER)}.values())


@pytest.mark.parametrize(
    ("exercises", "count"),
    [
        pytest.param(ONE_OF_EACH_KIND, 5, id="some"),
        pytest.param(CHAPTER, len(CASES), id="all", marks=pytest.mark.audit),
    ],
)
def test_whatever_an_answer_returns_is_its_own_fault(exercises, count, tmp_path):
    cases = random.Random("odd").sample(CASES, count)
    for case, result in zip(cases, graded_oddly(exercises, cases, tmp_path), strict=True):
        assert result.grader_fault is None, case
        assert result.score < result.max_score, case
        json.dumps(result.as_dict(), allow_nan=False)


# -------------------------------------------------------------------------------- expressions as trees

X = ["Symbol", "x"]


def nested(depth):
    """Return the text of a tree that is so deep."""
    return '["exp", ' * depth + '["Symbol", "x"]' + "]" * depth


TREES = {
    "an odd head": '["__import__", "os"]',
    "a head that is a class of ours": '["Function", ["Symbol", "x"]]',
    "a giant integer": f'["Integer", {"9" * 4000}]',
    "an integer that is too long to read": f'["Integer", {"9" * 5000}]',
    "a fraction without end": '["Rational", 1, 0]',
    "a truth value as an integer": '["Integer", true]',
    "a number that is not finite": '["Integer", 1e999]',
    "deeper than allowed": nested(200),
    "deeper than the interpreter": nested(50_000),
    "not a list": '{"Add": 1}',
    "a bare text": '"x + 1"',
    "no JSON": "x + 1",
    "NaN": "NaN",
    "empty": "[]",
    "a head that is no text": '[["Add"], ["Symbol", "x"]]',
    "another unknown": '["Symbol", "secret"]',
    "an unknown with a long name": json.dumps(["Symbol", "x" * 100]),
    "a name of Python": '["Symbol", "__class__"]',
    "too many parts": json.dumps(["Add", *[X] * 3000]),
    "a sum over nothing": '["Sum", ["Symbol", "x"]]',
    "the wrong number of arguments": '["Pow", ["Symbol", "x"]]',
}


@pytest.fixture(scope="module")
def unknowns():
    derive = pytest.importorskip("lintutor.autograder.derive")
    made = derive.Unknowns({"x": "real"})
    made.values(Tree('["Symbol", "x"]'), [{"x": 1}])  # the limited process is warm
    return made


@pytest.mark.parametrize("text", TREES.values(), ids=TREES)
def test_a_tree_that_is_no_expression_is_refused_as_such(text, unknowns):
    from lintutor.autograder.checks import CheckFailed

    with pytest.raises(CheckFailed):
        unknowns.read(Tree(text))


WRONG = {
    "a Piecewise without a condition": '["Piecewise", ["Symbol", "x"], ["Symbol", "x"]]',
    "a power of a power": '["Pow", ["Integer", 7], ["Pow", ["Integer", 10], ["Integer", 9]]]',
    "a tower": '["Pow", ["Integer", 9], ["Pow", ["Integer", 9], ["Pow", ["Integer", 9], ["Integer", 9]]]]',
    "a sum of a million million parts": '["Sum", ["Symbol", "i"], ["Symbol", "i"], ["Integer", 0], '
    '["Integer", 999999999999]]',
    "a product that doubles": json.dumps(["Mul", *[["Add", X, ["Integer", n]] for n in range(300)]]),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_tree_that_is_odd_or_takes_for_ever_is_not_taken_for_right(text, unknowns, monkeypatch):
    import sympy

    from lintutor.autograder import derive
    from lintutor.autograder.checks import CheckFailed
    from lintutor.derivations.tree import Refused

    monkeypatch.setattr(derive._comparator(os.getpid()), "seconds", 1.0)
    try:
        answer = unknowns.read(Tree(text))
        agrees = unknowns.compare(answer, sympy.Symbol("x", real=True) ** 2).agrees
    except (CheckFailed, Refused):
        agrees = False
    assert not agrees
    assert unknowns.values(Tree('["Symbol", "x"]'), [{"x": 2}])[0] == 2, "the next answer is compared"


@pytest.mark.parametrize(
    "code",
    [
        "import sympy; sympy.sympify(\"__import__('os')._exit(7)\")",
        "import sympy; print(sympy.Pow(7, 10**9) > 0)",
    ],
    ids=["a text", "a power"],
)
def test_a_naive_reader_of_expressions_would_run_them(code):
    try:
        assert subprocess.run([sys.executable, "-c", code], timeout=1.5, check=False).returncode == 7
    except subprocess.TimeoutExpired:
        assert "Pow" in code


# ---------------------------------------------------------------------------------------- reports

SHOUTS = r"""
def {name}(*args):
    print("\x1b[2J\x1b]0;owned\x07::error::all failed\n::notice::100 points")
    print("##[error]x\n##vso[task.complete]")
    raise ValueError("\x1b[31m::set-output name=score::100\n\u202egnp.exe \ud800")
"""


def test_nothing_that_an_answer_prints_or_raises_acts_on_a_terminal_or_a_log(tmp_path):
    path = tmp_path / "answer.py"
    path.write_text(SHOUTS.format(name=VECTORIZED.function), encoding="utf-8")
    options = ["--submission", str(path), "--isolation", "process", "-p", "no:cacheprovider"]
    told = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", str(VECTORIZED.checks), *options],
        cwd=VECTORIZED.root,
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = (told.stdout + told.stderr).decode("utf-8")
    assert "ValueError" in said
    for order in ("\x1b", "\x07", "::error::", "::notice::", "::set-output", "##[", "##vso[", "\u202e"):
        assert order not in said, order
    raw = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(path.read_text()) + f"\n{VECTORIZED.function}()"],
        capture_output=True,
        check=False,
    )
    assert b"\x1b[2J" in raw.stdout, "printed as it is, it would act"
    assert b"::notice::" in raw.stdout
