"""Notebooks: those made from stubs are valid, stable and complete; those handed in give their Python."""

import ast
import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintutor.autograder import catalogue, project, stubs
from lintutor.autograder.handed_in import Source, read
from lintutor.autograder.handed_in.bundle import Refused
from lintutor.autograder.handed_in.cells import read_notebook
from lintutor.autograder.notebooks import parts
from lintutor.autograder.reports import report
from lintutor.autograder.run import grade

ROOT = project.find_root(Path(__file__).parent)
FILES = sorted((ROOT / "solutions").glob("ch*.py"))


def written(*sources, **fields):
    """A notebook of these code cells, as bytes."""
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells, **fields}).encode()


def python(*sources):
    return read_notebook(written(*sources)).data.decode()


# ----------------------------------------------------------------------------- made from the stubs


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def made(request):
    """The path of some worked answers and their notebook."""
    return request.param, stubs.cut_notebook(request.param, ROOT)


def test_a_notebook_is_valid_the_same_each_time_and_as_jupyter_writes_it(made):
    path, text = made
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert text == stubs.cut_notebook(path, ROOT)
    assert text == nbformat.writes(notebook) + "\n"
    assert all(cell.get("outputs", []) == [] for cell in notebook.cells)


def test_a_notebook_holds_for_each_exercise_its_text_its_stub_and_how_to_check_it(made):
    path, text = made
    cells = {cell.id: cell for cell in nbformat.reads(text, as_version=4).cells}
    entries = [entry for entry in catalogue.exercises(root=ROOT) if entry.file == path.name]
    assert list(cells)[:2] == ["title", "imports"]
    assert [key for key in cells if key in {e.function for e in entries}] == [e.function for e in entries]
    for entry in entries:
        words = cells[f"{entry.function}-text"].source
        assert entry.title in words
        assert entry.statement in words
        assert f"{entry.points} point" in words
        assert cells[entry.function].metadata == {"lintutor": {"exercise": entry.id}}
        assert cells[f"{entry.function}-check"].source.endswith(f"!lintutor check {entry.function}")


def test_a_notebook_read_as_python_defines_what_the_stub_defines(made):
    path, text = made
    stub, read_back = stubs.cut(path), read_notebook(text.encode()).data.decode()
    trees = [{ast.dump(node) for node in ast.parse(source).body} for source in (stub, read_back)]
    assert trees[1] == trees[0] - {ast.dump(ast.parse(stub).body[0])}, "all but the docstring"


def test_each_link_of_a_notebook_leads_to_a_file_and_a_heading_of_the_repository(made):
    import re

    for target in re.findall(r"\]\(([^)]+)\)", made[1]):
        name, _, slug = target.partition("#")
        page = ROOT / "exercises" / name
        assert page.resolve().is_file(), target
        headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
        assert not slug or slug in slugs, target


def test_an_untouched_pair_of_stub_and_notebook_is_the_stub_and_a_changed_one_wins(tmp_path, made):
    path, text = made
    entries = [entry for entry in catalogue.exercises(root=ROOT) if entry.file == path.name]
    book = tmp_path / f"{path.stem}.ipynb"
    (tmp_path / path.name).write_text(stubs.cut(path), encoding="utf-8")
    book.write_text(text, encoding="utf-8")
    found = read(tmp_path, entries)
    assert (found.sources[path.name].shown, found.remarks) == (path.name, ())
    notebook = json.loads(text)
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "1 / 0"})
    book.write_text(json.dumps(notebook), encoding="utf-8")
    assert read(tmp_path, entries).sources[path.name].shown == path.name, "a trial is no answer"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "import re\ndef mine(): 1"})
    book.write_text(json.dumps(notebook), encoding="utf-8")
    assert read(tmp_path, entries).sources[path.name].shown == path.name, (
        "nor is what is no function asked for"
    )
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "source": f"def {entries[0].function}(): 1"}
    )
    book.write_text(json.dumps(notebook), encoding="utf-8")
    assert read(tmp_path, entries).sources[path.name].shown == book.name, "below the stub it is one"
    answer = text.replace("raise NotImplementedError(", "return print(", 1)
    book.write_text(answer, encoding="utf-8")
    found = read(tmp_path, entries)
    assert found.sources[path.name].shown == book.name
    assert found.remarks == (f"taken from {book.name}; {path.name} is still the stub",)


# ------------------------------------------------------------- some answers here and some answers there


def both(folder, chapter, here=(), there=(), above_here="", above_there=""):
    """A stub with worked answers `here`, its notebook with some `there`; or answers of one's own, by name."""
    (path,) = (path for path in FILES if path.stem.startswith(chapter))
    stub, answers = parts(stubs.cut(path))[2], parts(path.read_text(encoding="utf-8"))[2]
    own = [
        dict(each) if isinstance(each, dict) else {name: answers[name] for name in each}
        for each in (here, there)
    ]
    script = stubs.cut(path)
    for name, text in own[0].items():
        script = script.replace(stub[name], text)
    cells = json.loads(stubs.cut_notebook(path, ROOT))
    for cell in cells["cells"]:
        name = cell["metadata"].get("lintutor", {}).get("exercise", "").partition(".")[2]
        cell["source"] = own[1].get(name, cell["source"])
    extra = {"cell_type": "code", "metadata": {}, "source": above_there}
    cells["cells"].insert(2, extra)
    folder.mkdir(exist_ok=True)
    (folder / path.name).write_text(
        script.replace("import numpy as np\n", f"import numpy as np\n{above_here}\n", 1)
    )
    (folder / f"{path.stem}.ipynb").write_text(json.dumps(cells))
    return folder


def rows_of(folder, *ids, isolation="in process"):
    result = grade([catalogue.exercise(each, ROOT) for each in ids], folder, isolation=isolation)
    assert result.grader_fault is None
    return result


def test_answers_of_both_kinds_count_each_with_the_helpers_and_constants_of_its_own_file(tmp_path):
    helper = "OFF = {}\n\n\ndef zero():\n    return OFF - {}\n"
    answers = parts((ROOT / "solutions" / "ch03_hinge_loss.py").read_text(encoding="utf-8"))[2]
    wrapped = "{0}\n\n\ndef {1}(*args, **named):\n    assert zero() == 0\n    return _{1}(*args, **named)"
    one, two = (
        {name: wrapped.format(answers[name].replace(f"def {name}", f"def _{name}"), name)}
        for name in ("hinge_loss_one", "svm_loss_vectorized")
    )
    folder = both(tmp_path / "x", "ch03", one, two, helper.format(1, 1), helper.format(2, 2))
    result = rows_of(folder, "ch03.hinge_loss_one", "ch03.svm_loss_vectorized", "ch03.squared_svm_loss")
    assert [row.status for row in result.exercises] == ["passed", "passed", "missing"]
    assert [row.source for row in result.exercises][:2] == ["ch03_hinge_loss.py", "ch03_hinge_loss.ipynb"]
    assert any("svm_loss_vectorized: taken from ch03_hinge_loss.ipynb" in line for line in result.remarks)
    shown = "\n".join(line.plain for line in report.exercise_lines(result.exercises[1], 88))
    assert "20 of 20 points, for ch03_hinge_loss.ipynb" in shown
    assert "for ch03" not in "\n".join(line.plain for line in report.exercise_lines(result.exercises[0], 88))


def test_an_answer_that_uses_one_of_the_other_file_is_graded_with_the_books(tmp_path):
    calls = "def svm_loss_naive(W, X, y, reg):\n    hinge_loss_one((X @ W)[0], y[0])\n"
    answers = parts((ROOT / "solutions" / "ch03_hinge_loss.py").read_text(encoding="utf-8"))[2]
    body = answers["svm_loss_naive"].replace("def svm_loss_naive", "def _mine")
    there = {"svm_loss_naive": f"{body}\n\n{calls}    return _mine(W, X, y, reg)"}
    result = rows_of(both(tmp_path / "x", "ch03", ["hinge_loss_one"], there), "ch03.svm_loss_naive")
    (row,) = result.exercises
    assert (row.status, row.source) == ("passed", "ch03_hinge_loss.ipynb")
    assert "followed_through" in {check.status for check in row.checks}


@pytest.mark.parametrize("isolation", ["in process", "process"])
def test_a_class_is_derived_from_the_one_that_is_written_in_the_other_file(tmp_path, isolation):
    for number, (here, there) in enumerate(
        [
            (["LinearClassifier", "sample_batch"], ["LinearSVM"]),
            (["LinearSVM"], ["LinearClassifier", "sample_batch"]),
        ]
    ):
        folder = both(tmp_path / str(number), "ch07", here, there)
        result = rows_of(folder, "ch07.LinearClassifier", "ch07.LinearSVM", isolation=isolation)
        assert [row.status for row in result.exercises] == ["passed", "passed"]
        assert len({row.source for row in result.exercises}) == 2


def test_broken_code_as_given_in_one_file_takes_nothing_from_the_mended_in_the_other(tmp_path):
    for number, (here, there) in enumerate([([], ["debug_accumulator"]), (["debug_accumulator"], [])]):
        result = rows_of(both(tmp_path / str(number), "ch03", here, there), "ch03.debug_accumulator")
        assert result.exercises[0].status == "passed"
    result = rows_of(both(tmp_path / "3", "ch03"), "ch03.debug_accumulator")
    assert (result.exercises[0].status, result.remarks) == ("missing", [])


def test_where_the_newer_of_two_answers_does_not_load_the_other_is_graded_and_that_is_said(tmp_path):
    import os

    broken = {"hinge_loss_one": "def hinge_loss_one(s, y, delta=1.0):\n    return (1\n"}
    folder = both(tmp_path / "x", "ch03", broken, ["hinge_loss_one"])
    os.utime(folder / "ch03_hinge_loss.ipynb", (1e9, 1e9))
    result = rows_of(folder, "ch03.hinge_loss_one")
    (row,) = result.exercises
    assert (row.status, row.source) == ("passed", "ch03_hinge_loss.ipynb")
    first, second = result.remarks
    assert "ch03_hinge_loss.py is newer and is graded" in first
    assert second.startswith(
        "hinge_loss_one: graded is ch03_hinge_loss.ipynb after all, since ch03_hinge_loss.py, line "
    )
    assert "SyntaxError" in second


# --------------------------------------------------------------------------------------- handed in


def test_cells_are_joined_and_each_line_is_told_as_cell_and_line():
    notebook = read_notebook(
        written("import math", "print(1)", ["def f(x):\n", "    return x"], "", "def g(): 1")
    )
    source = Source("ch01_x.py", "week/ch01_x.ipynb", notebook.data, notebook.cells)
    lines = notebook.data.decode().splitlines()
    assert lines == ["import math", "def f(x):", "    return x", "def g(): 1"]
    assert [source.place(n) for n in range(1, 5)] == [
        "ch01_x.ipynb, code cell 1, line 1",
        "ch01_x.ipynb, code cell 3, line 1",
        "ch01_x.ipynb, code cell 3, line 2",
        "ch01_x.ipynb, code cell 5, line 1",
    ]
    assert source.place(None) == "ch01_x.ipynb"
    assert Source("ch01_x.py", "week/作业.py", b"").place(7) == "作业.py, line 7"
    assert notebook.remarks == ["code cell 2 only runs things: left out"]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "%matplotlib inline",
            "!pip install x",
            "?print",
            "np.sum?",
            "np.sum??",
            "%time f()",
            "files = !ls",
        ),
        *("x, y = %timeit -o f()", "import matplotlib.pyplot as plt", "from lintutor import losses"),
    ],
)
def test_a_line_that_is_not_for_the_grader_becomes_pass_and_keeps_its_place(line):
    lines = python(f"if 1:\n    {line}\ndef f(): 1").splitlines()
    assert lines == ["if 1:", f"    pass  # {line}", "def f(): 1"]


@pytest.mark.parametrize(
    "code",
    [
        "x = ('%d'\n% 3)",
        "x = '''\n%d\n!ls\n'''",
        'x = """a # b\n? """',
        "x = 7 \\\n% 3",
        "x = [1,  # (\n!= 2]",
        "x = '(' # [\ny = 'it\\'s ['\nz = 7 % 3",
        "x = r'\\'\n",
        'x = "a""".join([\n7\n% 3])',
        "imports = 5 != 6",
        "# why?\nx = 1  # %d",
        "y = x == 3 if x else !1",
    ],
)
def test_python_that_looks_like_a_magic_is_left_as_it_is(code):
    assert python(f"import a\n{code}\ndef f(): 1").split("\n")[1:-2] == code.split("\n")


@pytest.mark.parametrize("slip", ["x = 'oops", "x = 1))"])
def test_a_quote_or_bracket_too_many_hides_no_magic_below_it(slip):
    assert python(f"import a\n{slip}\n!ls").splitlines()[-1] == "pass  # !ls"


def test_a_shell_line_takes_its_continuation_with_it():
    assert ast.parse(python("!ls \\\n  -l \\\n  -a\ndef f(): 1")).body[1].name == "f"


@pytest.mark.parametrize(
    "cell", ["%%bash\ndef f(): rm -rf /", "%%html\nimport x", "f(3)", "W = f(2)\nprint(W)"]
)
def test_a_cell_of_another_language_or_that_only_runs_things_is_left_out(cell):
    assert python("import a", cell, "def f(): 1") == "import a\ndef f(): 1\n"


@pytest.mark.parametrize(
    "cell", ["DELTA = 1.0", "# a note\nSIZE: int = 3\n", "%%time\ndef g(): 2", "@a\nclass B: 1"]
)
def test_a_cell_that_defines_something_is_kept(cell):
    assert cell.splitlines()[-1] in python("import a", cell)


def test_of_a_trial_with_the_books_package_the_other_imports_are_kept():
    trial = (
        "import math\nfrom lintutor import (\n  datasets,\n)\nfrom re import (sub,\n  match)\ndatasets.load()"
    )
    notebook = read_notebook(written(trial, "f(1)", "def f(): 1"))
    (kept,) = [
        node for node in ast.parse(notebook.data).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert ast.unparse(kept) == "import math"
    assert notebook.cells == ((1, 1), (3, 8))
    assert notebook.remarks == ["code cells 1, 2 only run things: left out"]
    assert "def g" in python("from lintutor import x\ndef g(): 1")


def test_a_cell_made_for_an_exercise_is_kept_whatever_it_holds():
    cell = {"cell_type": "code", "metadata": {"lintutor": {"exercise": "ch01.f"}}, "source": "f = g(2)"}
    assert read_notebook(written(cells=[cell])).data == b"f = g(2)\n"


def test_a_mark_of_utf_8_and_line_ends_of_windows_or_zero_bytes_do_no_harm():
    data = b"\xef\xbb\xbf" + written("def f():\r\n    return 1\r# end\0")
    assert read_notebook(data).data == b"def f():\n    return 1\n# end\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"{", "not a whole notebook (line 1"),
        (b"[1]", "JSON, but of another kind"),
        (b"[" * 100_000, "nested without end"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"{" + b'"a": ' + b"9" * 5000 + b"}", "not a whole notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "old format"),
        (b'{"nbformat": 5, "cells": []}', "not a notebook of format 4"),
        (b'{"nbformat": 4, "cells": {}}', "not a notebook of format 4"),
        (b'{"nbformat": 4, "cells": [3]}', "cell 1 of the notebook is not a cell"),
        (written(3), "code cell 1 of the notebook holds no text"),
        (written(["a", 3]), "code cell 1 of the notebook holds no text"),
        (written("x(1)", ""), "defines nothing"),
        (written("x = 1\n" * 200_000), "larger than 1 MB"),
        (written(*["x = 1"] * 2001), "more than 2000 cells"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_notebook_that_cannot_be_read_is_told_in_one_line(data, told):
    with pytest.raises(Refused) as caught:
        read_notebook(data)
    assert told in str(caught.value)
    assert str(caught.value).isprintable()


LINES = st.text("ab=()[]{}'\"\\#%!? .,\t", max_size=30)


@given(st.lists(LINES, max_size=12))
def test_a_cell_has_as_many_lines_after_as_before_and_only_whole_lines_change(lines):
    source = "\n".join(["import a", *lines])
    after = python(source).split("\n")[:-1]
    assert len(after) == len(lines) + 1
    for old, new in zip(source.split("\n"), after, strict=True):
        assert new == old or new.lstrip().startswith(("pass  # ", "# "))


@given(
    st.lists(
        st.sampled_from(["x = 1", "x = (1,", "'''", '"""', "% 3", ")", "s = '#'", "# '''", "y = 'a\\'b'"])
    )
)
def test_what_is_python_already_stays_as_it_is(lines):
    source = "\n".join(["import a", *lines])
    try:
        ast.parse(source)
    except SyntaxError:
        return
    assert python(source) == source + "\n"
