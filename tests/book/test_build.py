"""Small books, really built: chapters run when they must, and what is wrong fails the build."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.book
ROOT = Path(__file__).resolve().parents[2]
HEAD = """---
jupytext: {text_representation: {format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---
"""


@pytest.fixture
def book(tmp_path):
    """The settings of the book, with pages of its own and a copy of the package that can be changed."""
    shutil.copytree(ROOT / "src" / "lintutor", tmp_path / "src" / "lintutor")
    shutil.copytree(ROOT / "book" / "_static", tmp_path / "book" / "_static")
    for name in ("_config.yml", "pyproject.toml", "book/references.bib"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("tests", "solutions", "exercises"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    return tmp_path


def write(book, **pages):
    for name, text in pages.items():
        (book / "book" / f"{name}.md").write_text(text, encoding="utf-8")
    chapters = "".join(f"  - file: book/{name}\n" for name in pages if name != "index")
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: book/index\nchapters:\n{chapters}")


def build(book):
    """Build as ``make book`` does; return the exit status and what was said."""
    environment = {**os.environ, "PYTHONPATH": str(book / "src"), "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "--quiet"]
    command += ["-W", "--keep-going", str(book)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def chapter(name, code):
    """Return a page whose cell leaves a mark each time it runs."""
    return f"{HEAD}# {name}\n\n```{{code-cell}} ipython3\nopen('{name}.ran', 'a').write('x')\n{code}\n```\n"


def test_a_chapter_runs_again_when_a_module_it_stands_on_has_changed_and_only_then(book):
    direct = chapter("direct", "from lintutor.losses import hinge_loss_one\nhinge_loss_one([1.0, 2.0], 0)")
    through = chapter("through", "import lintutor\nlintutor.objective.__name__")
    beside = chapter("beside", "from lintutor import regularizers\nregularizers.__name__")
    write(book, index="# Book\n", direct=direct, through=through, beside=beside)

    def runs():
        status, said = build(book)
        assert status == 0, said
        return [len((book / "book" / f"{name}.ran").read_text()) for name in ("direct", "through", "beside")]

    assert runs() == [1, 1, 1]
    assert runs() == [1, 1, 1]
    losses = book / "src" / "lintutor" / "losses" / "hinge.py"
    text = losses.read_text(encoding="utf-8")
    change = "def hinge_loss_one(*_, **__):\n    return 42\n\n\ndef _old("
    losses.write_text(text.replace("def hinge_loss_one(", change), encoding="utf-8")
    assert runs() == [2, 2, 1]
    assert "42" in (book / "_build" / "html" / "book" / "direct.html").read_text(encoding="utf-8")


def test_a_figure_without_words_and_an_unknown_exercise_fail_the_build_every_time(book):
    figure = (
        f"{HEAD}# Figure\n\n```{{code-cell}} ipython3\nfrom lintutor import plots\n"
        "fig, axes = plots.figure()\nfig\n```\n"
    )
    exercise = "# Exercise\n\n```{exercise} ch03.svm_loss_vectorised\n```\n"
    write(book, index="# Book\n", figure=figure, exercise=exercise)
    for _ in range(2):  # building again must not hide what was wrong
        status, said = build(book)
        assert status != 0
        assert "a figure has no alternative text" in said
        assert "a figure has no caption" in said
        assert "no exercise 'ch03.svm_loss_vectorised'; did you mean ch03.svm_loss_vectorized" in said


def test_a_page_that_leaves_the_book_leaves_nothing_behind(book):
    write(book, index="# Book\n", gone="# Gone\n", stays="# Stays\n")
    assert build(book)[0] == 0
    (book / "book" / "gone.md").unlink()
    write(book, index="# Book\n", stays="# Stays\n")
    assert build(book)[0] == 0
    assert {path.stem for path in (book / "_build" / "html" / "book").glob("*.html")} == {"index", "stays"}


def test_a_cell_that_raises_fails_the_build_and_says_where(book):
    write(book, index="# Book\n", broken=chapter("broken", "1 / 0"))
    status, said = build(book)
    assert status != 0
    assert "ZeroDivisionError" in said
    assert "broken.md" in said


BARE = "# Bare\n\n$$\na = b\n$$\n"
QUIZ = """# Quiz

```{commit} sum
ask: What is 1 + 1?
answers:
  - {say: "1", holds: 1 + 1 == 1, why: Count.}
  - {say: "2", holds: 1 + 1 == 2, why: Yes.}
  - {say: "3", holds: 1 + 1 == 3, why: Count., right: true}
```
"""
SCALES = """# Scales

```{scales} scores
index: i j
one: {tex: s, code: "S[i, j] + 1e-6"}
three: {tex: s, code: "S[i]"}
matrices: {tex: S, code: "X @ W"}
```
"""


def test_an_equation_that_is_nothing_declared_fails_the_build(book):
    write(book, index="# Book\n", bare=BARE)
    status, said = build(book)
    assert status != 0
    assert "a displayed equation is neither a definition nor checked: a = b" in said


def test_an_answer_marked_right_that_does_not_hold_fails_the_build(book):
    write(book, index="# Book\n", quiz=QUIZ)
    status, said = build(book)
    assert status != 0
    assert "answers [2] hold, [3] are marked right" in said


def test_a_formula_whose_scales_disagree_fails_the_build(book):
    write(book, index="# Book\n", scales=SCALES)
    status, said = build(book)
    assert status != 0
    assert "one gives" in said
    assert "the matrices" in said


def test_a_build_counts_what_it_displays(book):
    page = BARE.replace("$$\na = b\n$$", "```{definition} ab\na = b\n```\n\n```{equation-count}\n```")
    write(book, index="# Book\n", counted=page, scales=SCALES.replace(" + 1e-6", ""))
    status, said = build(book)
    assert status == 0, said
    sentence = "1 definitions, 0 checked derivations and 1 formulas run at three scales"
    assert f"Displayed equations: {sentence}." in said
    assert sentence in (book / "_build" / "html" / "book" / "counted.html").read_text(encoding="utf-8")
    (book / "book" / "scales.md").write_text(
        "# Scales\n", encoding="utf-8"
    )  # the page that counts is another
    assert build(book)[0] == 0
    assert "and 0 formulas" in (book / "_build" / "html" / "book" / "counted.html").read_text(
        encoding="utf-8"
    )
