"""Every attack on a grader's good faith: it beats a naive grader and gets no point out of this one."""

import contextlib
import textwrap

import numpy as np
import pytest

from lintutor.autograder import catalogue
from lintutor.autograder.checks import near
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.inside import codec
from lintutor.autograder.results import seed
from lintutor.autograder.run import grade_each

ATTACKS = catalogue.beside(__file__, "attacks/grader").ATTACKS
naive = catalogue.beside(__file__, "attacks/naive")
BY_NAME = [pytest.param(attack, id=attack.name) for attack in ATTACKS]
HONEST = "import numpy as np\ndef f(x, *a):\n    return 2 * np.asarray(x)\n"
WAYS = sorted({attack.way for attack in ATTACKS} - {"through_json", "through_text", "with_a_timeout"})


def points(opened, level, source, cases):
    """How many of some inputs an answer doubles, by the rules of the house."""
    reached = 0
    for x in cases:
        expected = 2 * x
        with opened(level, seconds=0.5) as channel, contextlib.suppress(LearnerError):
            channel.load(textwrap.dedent(source).encode(), "answer.py")
            value = codec.plain(channel.call("f", x.copy()).value)
            reached += isinstance(value, np.ndarray | float | np.generic) and near(value, expected)
    return reached


def secret_inputs(name):
    """What the naive grader asks, drawn from a secret."""
    rng = np.random.default_rng(seed(b"of this course", name))
    return [rng.integers(1, 9, size=3).astype(float), rng.normal(size=(2, 3)), rng.normal(size=())]


def test_an_honest_answer_gets_all_points(level, opened):
    assert points(opened, level, HONEST, secret_inputs("honest")) == 3


@pytest.mark.parametrize("attack", BY_NAME)
def test_the_attack_gets_no_point(attack, opened, possible):
    possible("process")
    assert points(opened, "process", attack.source, secret_inputs(attack.name)[:1]) == 0


@pytest.mark.audit
@pytest.mark.parametrize("attack", BY_NAME)
def test_the_attack_gets_no_point_at_any_level(attack, level, opened):
    assert points(opened, level, attack.source, secret_inputs(attack.name)[:1]) == 0


@pytest.mark.parametrize("attack", BY_NAME)
def test_the_attack_beats_a_naive_grader(attack, tmp_path):
    (tmp_path / "answer.py").write_text(textwrap.dedent(attack.source))
    hangs = attack.beaten.__name__ == "hangs"
    assert attack.beaten(*naive.grade(attack.way, tmp_path, seconds=0.9 if hangs else 20))


@pytest.mark.parametrize("way", WAYS)
def test_the_naive_grader_is_not_wrong_about_honest_answers(way, tmp_path):
    (tmp_path / "answer.py").write_text(HONEST)
    assert naive.grade(way, tmp_path, seconds=20)[0] == 0


def test_in_a_whole_run_every_attack_scores_nothing_and_an_honest_answer_all(possible, tmp_path):
    possible("process")
    exercise = catalogue.exercise("ch03.svm_loss_vectorized")
    paths = []
    for number, attack in enumerate(ATTACKS):
        path = tmp_path / f"attack_{number}.py"
        path.write_text(f"{textwrap.dedent(attack.source)}\nsvm_loss_vectorized = f\n")
        paths.append(path)
    paths.insert(len(paths) // 2, exercise.root / "solutions" / exercise.file)
    results = []
    grade_each([exercise], paths, results.append, "process", seconds=0.3)
    assert [result.grader_fault for result in results] == [None] * len(paths)
    scores = dict(zip(paths, (result.score for result in results), strict=True))
    assert scores.pop(paths[len(ATTACKS) // 2]) == exercise.points
    assert set(scores.values()) == {0}, {path.name: score for path, score in scores.items() if score}
