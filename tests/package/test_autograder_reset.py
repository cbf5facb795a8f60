"""Putting a stub back changes what was asked for, keeps all else, and loses nothing."""

import ast
import json

import pytest

from lintutor.autograder import stubs
from lintutor.autograder.project import ProjectError
from lintutor.autograder.reset import reset

SOLUTION = '''\
"""Chapter 1, a trial: exercises."""

import math


def f(x):
    """Return the root."""
    # BEGIN SOLUTION
    return math.sqrt(x)
    # END SOLUTION


# The second one.
@staticmethod
def g(x):
    """Return twice x."""
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
'''
EXERCISE = """
kind = "code"
title = "The function {name}"
points = 5
sections = ["a-section"]
statement = "Write {name}."
hints = ["one", "two", "three"]
"""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "tests" / "autograder" / "ch01_trial"
    for name in ("f", "g"):
        (folder / name).mkdir(parents=True)
        (folder / name / "exercise.toml").write_text(EXERCISE.format(name=name), encoding="utf-8")
    (folder / "chapter.toml").write_text('file = "ch01_trial.py"\nexercises = ["f", "g"]\n', encoding="utf-8")
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "ch01_trial.py").write_text(SOLUTION, encoding="utf-8")
    stubs.write_stubs(tmp_path)
    return tmp_path


@pytest.fixture
def script(root):
    return root / "exercises" / "ch01_trial.py"


@pytest.fixture
def book(root):
    return root / "exercises" / "ch01_trial.ipynb"


MINE = '''\
"""My own words."""
import math
import random

# my constant
LEVEL = "# no comment"


# my thoughts on f
@random.choice
def f(x):
    def inner():
        return 1
    return inner()  # mine

def helper(x):
    return x
# The second one, mine.
def g(x): return 3 * x
print(helper(2))
'''


def test_one_function_is_put_back_and_all_else_stays(root, script):
    stub = script.read_text(encoding="utf-8")
    script.write_text(MINE, encoding="utf-8")
    assert reset(root, "f") == [script]
    text = script.read_text(encoding="utf-8")
    first, last = MINE.index("# my thoughts"), MINE.index("\ndef helper")
    assert text == MINE[:first] + stub[stub.index("def f") : stub.index("\n\n# The second")] + MINE[last:]
    assert script.with_name("ch01_trial.py~").read_text(encoding="utf-8") == MINE


def test_decorators_and_comments_right_above_go_with_the_function(root, script):
    stub = script.read_text(encoding="utf-8")
    script.write_text(MINE, encoding="utf-8")
    reset(root, "ch01.g")
    text = script.read_text(encoding="utf-8")
    assert stub[stub.index("# The second one.") :] in text
    assert "mine." not in text
    assert text.startswith(MINE[: MINE.index("# The second")])
    assert text.endswith("print(helper(2))\n")


def test_resetting_both_functions_in_turn_gives_the_stub_again(root, script):
    stub = script.read_text(encoding="utf-8")
    changed = stub.replace("raise NotImplementedError", "return None and str")
    script.write_text(changed, encoding="utf-8")
    assert reset(root, "f") == reset(root, "g") == [script]
    assert script.read_text(encoding="utf-8") == stub
    assert reset(root, "f") == []


def test_a_function_that_is_gone_comes_back_and_one_defined_twice_is_there_once(root, script):
    thrice = "def f(x): 1\nz = 1\n\n\ndef f(x):\n    2\n\ny = 2\ndef f(x): 3\nlast = 4\n"
    for text in ("x = 1\n", "", thrice, "x = '''\n# a'''\ndef f(x): 1\ny = 2\ndef f(x): 2\nz = 3"):
        script.write_text(text, encoding="utf-8")
        reset(root, "f")
        after = script.read_text(encoding="utf-8")
        names = [node.name for node in ast.parse(after).body if isinstance(node, ast.FunctionDef)]
        assert names == ["f"]
        assert "f is not written yet" in after
        rest = [line for line in text.splitlines() if not line.startswith(("def", "    "))]
        assert [line for line in after.splitlines() if line in rest and line] == [
            line for line in rest if line
        ]


def test_odd_escapes_in_the_learners_strings_are_no_obstacle(root, script):
    script.write_text('x = "\\d"\n', encoding="utf-8")
    assert reset(root, "f") == [script]
    assert script.read_text(encoding="utf-8").startswith('x = "\\d"\n')


def test_line_ends_of_windows_are_kept(root, script):
    data = script.read_bytes().replace(b"\n", b"\r\n").replace(b"raise", b"return 1;raise")
    script.write_bytes(data)
    reset(root, "f")
    after = script.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") == data.count(b"\r\n")


def test_a_file_that_was_deleted_comes_back_only_if_both_are_gone(root, script, book):
    book.unlink()
    script.write_text("x = 1\n", encoding="utf-8")
    assert reset(root, "f") == [script]
    assert not book.exists()
    script.unlink()
    assert reset(root, "f") == [script, book]
    assert stubs.stale_stubs(root) == []


def test_no_copy_is_ever_written_over(root, script):
    for number in range(1, 4):
        script.write_text(f"x = {number}\n", encoding="utf-8")
        reset(root, "ch01_trial.py")
    kept = {path.name: path.read_text(encoding="utf-8") for path in script.parent.glob("*~")}
    assert kept == {
        "ch01_trial.py~": "x = 1\n",
        "ch01_trial.py~2~": "x = 2\n",
        "ch01_trial.py~3~": "x = 3\n",
    }


def test_a_file_that_does_not_parse_is_only_replaced_whole(root, script, book):
    for bad, told in ((b"def f(:\n", "line 1"), (b"\xff\xfe", "cannot be read"), (b"x = '\0'", "")):
        script.write_bytes(bad)
        with pytest.raises(ProjectError, match=r"lintutor reset ch01_trial\.py") as caught:
            reset(root, "f")
        assert told in str(caught.value)
        assert script.read_bytes() == bad
        assert reset(root, "ch01_trial.py") == [script]
    assert stubs.stale_stubs(root) == []


def test_a_chapter_is_put_back_with_its_notebook_and_one_file_alone(root, script, book):
    for path in (script, book):
        path.write_text("{}", encoding="utf-8")
    assert reset(root, "ch01_trial.ipynb") == [book]
    book.unlink()
    assert reset(root, "ch01") == [script, book]
    assert stubs.stale_stubs(root) == []
    assert book.with_name("ch01_trial.ipynb~").exists()


def test_in_a_notebook_only_the_cell_of_the_exercise_is_put_back(root, book):
    made = json.loads(book.read_text(encoding="utf-8"))
    notebook = json.loads(book.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] in ("f", "g", "imports"):
            cell["source"] = ["mine = 1"]
    extra = {**notebook["cells"][1], "id": "mine"}
    notebook["cells"].insert(0, extra)
    book.write_text(json.dumps(notebook), encoding="utf-8")
    assert reset(root, "g") == [book]
    after = {cell["id"]: cell for cell in json.loads(book.read_text(encoding="utf-8"))["cells"]}
    given = {cell["id"]: cell for cell in made["cells"]}
    assert after["g"] == given["g"]
    assert after["f"]["source"] == after["imports"]["source"] == ["mine = 1"]
    assert list(after) == ["mine", *given]


def test_a_cell_that_was_deleted_or_lost_its_mark_comes_back(root, book):
    made = book.read_text(encoding="utf-8")
    notebook = json.loads(made)
    del notebook["cells"][-3:]
    book.write_text(json.dumps(notebook), encoding="utf-8")
    reset(root, "g")
    assert book.read_text(encoding="utf-8") == made
    notebook = json.loads(made)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell["source"] = []
    book.write_text(json.dumps(notebook), encoding="utf-8")
    reset(root, "f")
    found = [cell for cell in json.loads(book.read_text(encoding="utf-8"))["cells"] if cell["id"] == "f"]
    assert [cell["metadata"] for cell in found] == [{"lintutor": {"exercise": "ch01.f"}}]


def test_of_a_cell_that_was_split_or_copied_one_is_left(root, book):
    made = book.read_text(encoding="utf-8")
    notebook = json.loads(made)
    (place,) = (number for number, cell in enumerate(notebook["cells"]) if cell["id"] == "f")
    copies = [{**notebook["cells"][place], "id": f"other{i}", "source": ["mine"]} for i in range(3)]
    notebook["cells"][place : place + 1] = copies
    book.write_text(json.dumps(notebook), encoding="utf-8")
    assert reset(root, "f") == [book]
    assert book.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("bad", ["", "{", "[]", '{"cells": 3}', '{"cells": [1]}', '{"cells": ["\\ud800"]}'])
def test_a_broken_notebook_is_named_and_left_alone(root, script, book, bad):
    book.write_text(bad, encoding="utf-8")
    script.write_text("def f(x): 1\n", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"lintutor reset ch01_trial\.ipynb"):
        reset(root, "f")
    assert book.read_text(encoding="utf-8") == bad
    assert script.read_text(encoding="utf-8") == "def f(x): 1\n"


def test_an_unknown_name_is_told_with_those_that_exist(root):
    with pytest.raises(ProjectError, match=r"'h'; there are ch01\.f, ch01\.g"):
        reset(root, "h")
