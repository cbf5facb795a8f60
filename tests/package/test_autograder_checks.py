"""The helpers of the graded checks: first and smallest failing case, agreement within precision, slopes."""

import numpy as np
import pytest
from hypothesis import strategies as st

from lintutor.autograder.advice import explain
from lintutor.autograder.checks import first, near, slope, smallest
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.results import course_secret, seed


def crash(kind="call"):
    return LearnerError(kind, "IndexError", "out of bounds", "answer.py", 7)


def crashes_above(limit, kind="call"):
    def wrong(case):
        if case > limit:
            raise crash(kind)
        return case == 3

    return wrong


def test_the_first_wrong_case_is_found_past_crashes():
    assert first([9, 1, 3, 5], crashes_above(4)) == 3
    assert first([1, 2], crashes_above(4)) is None
    assert first([9, 1], crashes_above(4)) is None


def test_an_answer_that_crashes_everywhere_fails_and_the_case_is_told():
    with pytest.raises(LearnerError, match=r"out of bounds \(with 8\)"):
        first([8, 9], crashes_above(4))


@pytest.mark.parametrize("kind", ["exit", "time", "missing"])
def test_an_answer_that_ends_or_hangs_is_not_asked_again(kind):
    asked = []

    def wrong(case):
        asked.append(case)
        raise crash(kind)

    with pytest.raises(LearnerError):
        first([1, 2], wrong)
    with pytest.raises(LearnerError):
        smallest(st.integers(), wrong, np.random.default_rng(0))
    assert asked[0] == 1


def test_a_failing_case_arrives_shrunk_and_a_crash_is_passed_over():
    rng = np.random.default_rng(0)
    assert smallest(st.integers(0, 1000), lambda n: n >= 17, rng) == 17
    assert smallest(st.integers(0, 1000), lambda n: n > 1000, rng) is None
    assert smallest(st.integers(0, 1000), crashes_above(-1), rng) is None


def test_agreement_is_as_close_as_the_precision_allows_and_never_with_nan_or_another_shape():
    assert near(1 + 1e-10, 1)
    assert not near(1 + 1e-6, 1)
    assert near(1 + 1e-6, 1, np.float32)
    assert not near(1.01, 1, np.float32)
    assert not near(np.nan, 1)
    assert not near([1, 1], 1)
    assert near(1e9 + 1, 1e9 + 1 + 1e-4)


def test_a_slope_is_the_gradient():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    assert np.allclose(slope(lambda v: float(np.sum(v**3)), x), 3 * x**2, rtol=1e-6)


@pytest.mark.parametrize(
    ("type_name", "message", "told"),
    [
        ("NameError", "name 'xrange' is not defined", "write range"),
        ("AttributeError", "'dict' object has no attribute 'has_key'", "a method of Python 2"),
        ("NameError", "name 'np' is not defined", "import numpy as np"),
        ("IndexError", "arrays used as indices must be of integer (or boolean) type", "`//` divides"),
        ("TabError", "inconsistent use of tabs and spaces in indentation", "four spaces"),
        ("ModuleNotFoundError", "No module named 'torch'", "Only numpy and the standard library"),
        ("SyntaxError", "expected ':'", "ends with a colon"),
        ("IndentationError", "expected an indented block after 'for' statement on line 2", "four spaces"),
        ("SyntaxError", "'(' was never closed", "one that closes"),
        ("SyntaxError", "unmatched ')'", "one that closes"),
        ("SyntaxError", "unterminated string literal (detected at line 3)", "ends with the quotes"),
        (
            "SyntaxError",
            "Missing parentheses in call to 'print'. Did you mean print(...)?",
            "Python 2 prints",
        ),
    ],
)
def test_errors_that_learners_often_meet_come_with_what_helps(type_name, message, told):
    text = explain(LearnerError("call", type_name, message, "answer.py", 3, ["line 3 in f: code"]))
    assert text.startswith(f"answer.py, line 3: {type_name}")
    assert told in text
    assert text.endswith("line 3 in f: code")


def test_what_is_not_written_in_a_notebook_is_told_with_its_cell():
    error = LearnerError(
        "stub", "NotImplementedError", "", "a.ipynb", 3, place="a.ipynb, code cell 2, line 3"
    )
    assert explain(error).startswith("a.ipynb, code cell 2, line 3: not written yet. Replace the `raise")


# ------------------------------------------------------------------------------- secrets and hashes


def test_the_secret_is_made_once_at_random_kept_private_and_can_be_given(tmp_path, monkeypatch):
    monkeypatch.delenv("LINTUTOR_SECRET")
    found = []
    for name in ("one", "other"):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / name))
        found.append(course_secret())
        assert course_secret() == found[-1]
        assert (tmp_path / name / "lintutor" / "secret").stat().st_mode & 0o077 == 0
    assert found[0] != found[1]
    monkeypatch.setenv("LINTUTOR_SECRET", "the course")
    assert course_secret() == b"the course"


def test_a_secret_that_can_be_kept_nowhere_serves_for_the_run(tmp_path, monkeypatch):
    monkeypatch.delenv("LINTUTOR_SECRET")
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    assert len(course_secret()) == 64


def test_a_seed_depends_on_the_secret_and_on_each_part_and_on_where_parts_end():
    seeds = {seed(key, *parts) for key in (b"a", b"b") for parts in (("x", "y"), ("xy", ""), ("y", "x"))}
    assert len(seeds) == 6
    assert seed(b"a", "x") == seed(b"a", "x")
