"""Predictions, mended code and measurements: named mistakes, nothing given away, no typed figure believed.

The first tests hold for every exercise of these kinds, whatever the chapter; those below are of chapter 3.
"""

import ast
import difflib
import inspect
import re
import textwrap

import numpy as np
import pytest

from lintutor import gradients
from lintutor.autograder import catalogue

files = catalogue.beside(__file__, "answer_files")
graded = files.graded


def of_kind(kind):
    return [entry for entry in catalogue.exercises() if entry.kind == kind]


PREDICT, DEBUG, MEASURE = of_kind("predict"), of_kind("debug"), of_kind("measure")
IMPORTS = "import numpy as np\n"


def each(entries):
    return pytest.mark.parametrize("entry", entries, ids=lambda entry: entry.function)


def returning(entry, value):
    """The source of an answer that returns a value."""
    return f"def {entry.function}():\n    return {value}\n"


def written(parts):
    """Parts of an answer as they would be typed."""
    return ", ".join(str(v) if isinstance(v, bool) else repr(float(v)) for v in parts) + ","


def named(row):
    return [finding.misconception and finding.misconception.id for finding in row.findings]


def told_by(row):
    """Everything that a learner reads of a row, but for its own answer."""
    texts = [text for check in row.checks for text in (check.message, check.counterexample)]
    for finding in row.findings:
        entry = finding.misconception
        texts += [finding.remark] if entry is None else [entry.title, entry.explanation]
    return " ".join(texts)


# ------------------------------------------------------------------------------------- predictions

GUESSES = [
    "10, 20, 50",
    "0, 0, 0",
    "1, 15, 'x'",
    "float('nan'), None, 15",
    "5, True, True",
    "0.3, False, False",
]
CHANGES = (lambda v: 2 * v, lambda v: v + 3, lambda v: not v)


def numbers_in(text):
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", text)]


def secret(entry):
    """The right numbers, but for those that the question itself mentions."""
    open_to_all = numbers_in(entry.stub() + entry.statement)
    right = [part for part in entry.module("twins").REFERENCE() if not isinstance(part, bool)]
    return [part for part in right if not any(np.isclose(part, given) for given in open_to_all)]


def changed(parts, change):
    """Some parts with one of the changes: truths are turned round by the last, numbers by the others."""
    turns = change is CHANGES[-1]
    return [change(part) if isinstance(part, bool) == turns else part for part in parts]


def holds(text, wanted):
    return [number for number in numbers_in(text) for part in wanted if np.isclose(number, part, rtol=2e-3)]


@each(PREDICT)
def test_nothing_that_a_wrong_prediction_brings_holds_the_answer(entry, tmp_path):
    right, wanted = entry.module("twins").REFERENCE(), secret(entry)
    messages = {}
    for guess in [*(written(changed(right, change)) for change in CHANGES), *GUESSES]:
        row = graded(tmp_path, entry, returning(entry, guess))
        assert not any(finding.remark for finding in row.findings)  # "twice what it should be"
        assert not holds(told_by(row), wanted), told_by(row)
        for check in row.checks:
            if check.status == "failed" and "should" not in check.message:
                messages.setdefault(check.name, set()).add(check.message)
    assert messages
    assert all(len(words) == 1 for words in messages.values())  # they do not depend on the guess
    assert not holds(" ".join(texts_of(entry)), wanted)


def texts_of(entry):
    """The hints of an exercise, and what is said of each mistake."""
    return [*entry.hints, *(text for m in entry.misconceptions for text in (m.title, m.explanation))]


@each(PREDICT)
def test_no_word_about_a_prediction_is_the_answer(entry):
    """A truth that a text holds is one that the reader may take for the answer."""
    assert not [text for text in texts_of(entry) if re.search(r"\b(True|False)\b", text)]


@each(PREDICT)
def test_each_part_of_a_prediction_has_points_of_its_own(entry, tmp_path):
    right, total = entry.module("twins").REFERENCE(), 0
    for part in range(len(right)):
        guess = [written([v])[:-1] if i == part else "'no idea'" for i, v in enumerate(right)]
        row = graded(tmp_path, entry, returning(entry, ", ".join(guess)))
        assert row.points > 0
        total += row.points
    assert total == entry.points


@each(PREDICT)
def test_a_prediction_of_the_wrong_kind_is_told_so_and_earns_nothing(entry, tmp_path):
    parts = len(entry.module("twins").REFERENCE())
    for guess in ("None", "'yes'", "3", written(parts * [2] + [1]), ", ".join(parts * ["'yes'"]) + ","):
        row = graded(tmp_path, entry, returning(entry, guess))
        assert row.points == 0, guess
        assert re.search(r"should|number|True or False|True and False", row.checks[0].message), guess


# ------------------------------------------------------------------------------------- mended code


def lines_of(text, function):
    """The lines of a function without comments and docstring."""
    (made,) = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == function]
    made.body = made.body[1:]
    return ast.unparse(made).splitlines()


def mistakes_given(entry):
    """The lines as given, and each mistake: where it begins and ends, and the right lines for it."""
    wrong = lines_of(entry.stub(), entry.function)
    right = lines_of((entry.root / "solutions" / entry.file).read_text(encoding="utf-8"), entry.function)
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            found += [(a + i, a + i + 1, right[c + i : c + i + 1]) for i in range(b - a)]
        elif tag != "equal":
            found.append((a, b, right[c:d]))
    return wrong, found


def mended(entry, keep):
    """The given code with all its mistakes mended but those to keep; it is no longer as it was given."""
    lines, mistakes = mistakes_given(entry)
    for number, (start, end, right) in reversed(list(enumerate(mistakes))):
        if number not in keep:
            lines[start:end] = right
    indent = lines[-1][: -len(lines[-1].lstrip())]
    return IMPORTS + "\n".join([*lines[:-1], f"{indent}touched = True", lines[-1]]) + "\n"


SPREAD = {  # mistakes that take more than one line, by the numbers of the differences
    "debug_batch_gradient": [[0, 1, 2, 3, 5, 6], [4]],
    "debug_fork": [[0], [1, 2, 3, 4]],
}
IN_ONE_LINE = {"debug_log_probabilities": ["exponential-of-shares", "logarithm-never-taken"]}
TOGETHER = {  # what both mistakes are called where one changes what is seen of the other
    "debug_vote": ["both-vote-mistakes"],
    "debug_folds": ["both-fold-mistakes"],
    "debug_numerical_gradient": ["integer-throughout", "x-not-restored"],
    "debug_training_loop": ["batch-drawn-unused"],
    "debug_best_setting": ["last-setting-and-its-accuracy"],
}


@each(DEBUG)
def test_of_a_given_code_each_mistake_is_named_when_the_others_are_mended(entry, tmp_path):
    _, differences = mistakes_given(entry)
    mistakes = SPREAD.get(entry.function, [[number] for number in range(len(differences))])
    assert graded(tmp_path, entry, mended(entry, [])).status == "passed"
    alone = []
    for mistake in mistakes:
        row = graded(tmp_path, entry, mended(entry, mistake))
        assert row.points < row.max_points
        assert len(named(row)) == len(IN_ONE_LINE.get(entry.function, "1")), differences[mistake[0]]
        alone += named(row)
    row = graded(tmp_path, entry, mended(entry, range(len(differences))))
    assert row.points < row.max_points
    assert None not in [*alone, *named(row)]
    assert sorted(alone) == IN_ONE_LINE.get(entry.function, sorted(alone))
    if not any("Error" in check.message for check in row.checks):  # a crash hides the rest
        assert sorted(named(row)) == TOGETHER.get(entry.function, sorted(alone))


@each(DEBUG)
def test_what_mended_code_returns_in_a_wrong_form_is_told(entry, tmp_path):
    arguments = ", ".join(inspect.signature(entry.module("twins").REFERENCE).parameters)
    for value in ("None", "'x'", "True"):
        row = graded(tmp_path, entry, f"def {entry.function}({arguments}):\n    return {value}\n")
        assert row.points == 0, value
        assert re.search(r"returns|is asked", row.checks[0].message), row.checks[0].message


# ------------------------------------------------------------------------------------ measurements


@each(MEASURE)
def test_a_measurement_is_right_as_it_comes_out_today(entry, tmp_path):
    right = entry.module("twins").REFERENCE()
    for value in (f"[{written(right)}]", ", ".join(f"{part:.3f}" for part in right)):
        assert graded(tmp_path, entry, returning(entry, value)).status == "passed"


@each(MEASURE)
def test_a_report_that_holds_no_figures_is_told_and_earns_nothing(entry, tmp_path):
    parts = len(entry.module("twins").REFERENCE())
    for part in ("None", "'few'", "float('nan')", "True"):
        row = graded(tmp_path, entry, returning(entry, ", ".join(parts * [part]) + ","))
        assert row.points == 0, part
        assert "number" in row.checks[0].message
    for value in ("None", "'few'", written((parts + 1) * [0.5])):
        row = graded(tmp_path, entry, returning(entry, value))
        assert row.points == 0, value
        assert re.search(f"({parts}|{('two', 'three')[parts - 2]}) numbers", row.checks[0].message)


# --------------------------------------------------------------------------------------- chapter 3

FIRST_LOSS, COUNTED, VIOLATIONS = (
    catalogue.exercise(f"ch03.{name}")
    for name in ("predict_initial_loss", "predict_true_class_counted", "measure_violations")
)


def test_a_prediction_may_come_as_a_list_an_array_and_with_three_digits(tmp_path):
    entry = FIRST_LOSS
    a, b, c = entry.module("twins").REFERENCE()
    for value in (
        f"[{a}, {b}, {c}]",
        f"__import__('numpy').array([{a}, {b}, {c}])",
        f"{a:.0f}, {b:.0f}, {c}",
    ):
        assert graded(tmp_path, entry, returning(entry, value)).status == "passed"


def test_the_first_loss_is_what_the_package_prints():
    from lintutor.objective import svm_loss_vectorized

    twins = FIRST_LOSS.module("twins")
    rng = np.random.default_rng(0)
    for (C, N, delta, reg), right in zip(twins.SITUATIONS, twins.REFERENCE(), strict=True):
        X, y = rng.normal(size=(N, 3)), rng.integers(0, C, size=N)
        loss, _ = svm_loss_vectorized(np.zeros((3, C)), X, y, reg)
        assert np.isclose(loss * delta, right)  # at W = 0 the data loss is proportional to delta


def test_what_counting_the_true_class_does_is_measured_on_the_two_programs():
    """The programs of the statement, run, with a gradient check of each."""
    stub = COUNTED.stub()
    loops, arrays = re.findall(r"::\n\n((?: {8}.*\n|\n)+)", stub)
    twins = COUNTED.module("twins")
    rng = np.random.default_rng(1)
    N, C = twins.N, twins.C
    X, y, start = rng.normal(size=(N, 3)), rng.integers(0, C, size=N), rng.normal(size=(3, C))

    def program(text):
        body = compile(textwrap.dedent(text), "program", "exec")

        def run(W):
            names = {"X": X, "y": y, "W": W, "N": N, "C": C, "delta": twins.DELTA, "np": np}
            names |= {"loss": 0.0, "dW": np.zeros_like(W)}
            exec(body, names)  # the text of our own stub
            return names["loss"], names["dW"]

        return run

    def right(W):
        S = X @ W
        margins = np.maximum(0, S - S[np.arange(N), y][:, None] + twins.DELTA)
        margins[np.arange(N), y] = 0
        return margins.sum() / N

    excess, caught = [], []
    for text in (loops, arrays):
        run = program(text)
        loss, dW = run(start)
        excess.append(loss - right(start))
        nudged = gradients.eval_numerical_gradient(lambda W, run=run: run(W)[0], start, 1e-6)
        caught.append(bool(np.abs(nudged - dW).max() > 1e-3))
    assert np.allclose(excess, twins.REFERENCE()[0])
    assert tuple(caught) == twins.REFERENCE()[1:]


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("debug_accumulator", "accumulator-unread"),
        ("debug_batch_gradient", "full-set-used"),
        ("debug_batch_gradient", "gradient-of-full-set"),
        ("debug_columns", "divided-by-features"),
        ("debug_columns", "gradient-not-averaged"),
    ],
)
def test_a_wrong_number_is_shown_as_arithmetic_that_fits_on_a_screen(entry, key, tmp_path):
    exercise = catalogue.exercise(f"ch03.{entry}")
    row = graded(tmp_path, exercise, files.by_name(exercise, exercise.misconception(key).twin))
    boards = [check.counterexample for check in row.checks if check.counterexample]
    assert boards
    for board in boards:
        assert len(board.splitlines()) < 20
        assert "max(0, " in board
        expected, given = re.search(r"(?:loss|dW) +expected (.*?)(?:,|\n) +yours (.*)$", board).groups()
        assert expected != given


def test_other_seeds_are_within_what_is_forgiven_and_no_confusion_is():
    measured, twins = VIOLATIONS.module("measured"), VIOLATIONS.module("twins")
    for seed in (5, 6):
        for part, figure in enumerate(measured.run(seed).answer):
            assert twins.near(figure, part, twins.REFERENCE()[part])
    for mistake in VIOLATIONS.misconceptions:
        answer = getattr(twins, mistake.twin)()
        assert not all(twins.near(answer[part], part, twins.REFERENCE()[part]) for part in range(3))
