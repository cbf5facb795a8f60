"""The channel: the same operations and the same answers, whatever lies between."""

import numpy as np
import pytest

from lintutor.autograder.channel import Channel
from lintutor.autograder.errors import LearnerError
from lintutor.autograder.inside.codec import ArrayLike, Handle, Seed
from lintutor.autograder.sandbox import Sandbox
from lintutor.autograder.warm import Parent, WarmTransport

SOURCE = '''\
"""An answer."""
import numpy as np

LIMIT = 3

class Counter:
    def __init__(self, start):
        self.count = start
    def step(self, by=1):
        self.count += by
        return self.count

def double(x):
    print("doubling")
    return 2 * x

def change(x):
    x += 1
    return x

def make(start):
    return Counter(start)

def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total

def helper(x):
    return [v for v in x]

def uses_helper(x):
    return helper(x)

def ask(f, x):
    return f(x) + f(x)

def draw(rng):
    return rng.normal()

def divide(x):
    return x / np.zeros(2)

def fail(x):
    return double(x[5])

def many():
    return np.matrix([[1.0]]), LIMIT, {"a": (1, None)}
'''


@pytest.fixture
def channel(isolation):
    with Channel(isolation, seconds=20) as opened:
        opened.load(SOURCE.encode(), "answer.py")
        yield opened


def test_a_call_brings_back_the_value_and_what_was_printed(channel):
    reply = channel.call("double", np.array([1.0, 2.0]))
    assert np.array_equal(reply.value, [2, 4])
    assert reply.output == "doubling\n"


def test_arguments_are_copies_and_their_state_after_the_call_can_be_asked_for(channel):
    sent = np.zeros(2)
    reply = channel.call("change", sent, echo=True)
    assert np.array_equal(sent, [0, 0])
    assert np.array_equal(reply.arguments[0], [1, 1])
    assert reply.shared == [0]
    assert channel.call("double", sent, echo=True).shared == []


def test_what_cannot_travel_stays_behind_a_handle_with_its_methods_and_attributes(channel):
    handle = channel.call("make", 5).value
    assert isinstance(handle, Handle)
    assert handle.type_name == "Counter"
    assert channel.call("step", 2, target=handle).value == 7
    assert channel.get("count", handle) == 7
    channel.set("count", 40, handle)
    assert channel.call("step", target=handle).value == 41


def test_names_of_the_file_can_be_read_and_replaced(channel):
    assert channel.get("LIMIT") == 3
    channel.set("LIMIT", 4)
    assert channel.call("many").value[1] == 4
    channel.set("helper", lambda x: "the grader's own")
    for _ in range(2):
        assert channel.call("uses_helper", [1]).value == "the grader's own"


def test_values_of_every_kind_arrive(channel):
    matrix, limit, table = channel.call("many").value
    assert isinstance(matrix, ArrayLike)
    assert matrix.type_name.endswith("matrix")
    assert (limit, table) == (3, {"a": (1, None)})


def test_a_function_given_to_the_answer_is_called_in_the_grader(channel):
    asked = []
    assert channel.call("ask", lambda x: asked.append(x) or 10 * x, 4).value == 80
    assert asked == [4, 4]


def test_an_error_of_the_grader_s_function_reaches_the_answer_as_an_error(channel):
    def refuse(x):
        raise ValueError("x must be positive")

    with pytest.raises(LearnerError, match="x must be positive"):
        channel.call("ask", refuse, -1)


@pytest.mark.parametrize(
    ("given", "type_name", "reason"),
    [
        (lambda x, y: 1, "TypeError", "it is missing 1 required positional argument: 'y'"),
        (lambda x: [][x], "IndexError", "list index out of range"),
        (lambda x: np.linalg.inv(np.zeros((2, 2))), "ValueError", "Singular matrix"),
        (lambda x: exec("raise OSError('a\\nb')"), "ValueError", "a b"),
    ],
)
def test_a_refusal_of_the_grader_s_function_is_one_line_with_one_type(channel, given, type_name, reason):
    with pytest.raises(LearnerError) as caught:
        channel.call("ask", given, 1)
    told = f"the function called here does not accept these arguments: {reason}"
    assert (caught.value.type_name, caught.value.message) == (type_name, told)


def test_a_generator_is_a_seed_that_the_worker_builds(channel):
    expected = np.random.default_rng(3).normal()
    assert channel.call("draw", Seed(3)).value == expected


def test_lines_that_run_are_counted_and_loops_are_found_in_the_text(channel):
    few, many = (channel.call("loop", n, lines=True).lines for n in (2, 50))
    assert many > few + 40
    flat, same = (channel.call("double", np.zeros(n), lines=True).lines for n in (2, 50))
    assert flat == same
    assert channel.outline["loop"]["loops"] == [(SOURCE[: SOURCE.index("for i")].count("\n") + 1, "for loop")]
    assert channel.outline["uses_helper"]["calls"] == ["helper"]


def test_warnings_of_numpy_are_told(channel):
    assert "RuntimeWarning" in channel.call("divide", 1.0).warnings[0]


def test_an_error_names_type_message_and_line_and_shows_only_the_learner_s_file(channel):
    with pytest.raises(LearnerError) as caught:
        channel.call("fail", [1])
    error = caught.value
    assert (error.type_name, error.line, error.file) == ("IndexError", 46, "answer.py")
    assert error.frames == ["line 46 in fail: return double(x[5])"]
    assert str(error) == "answer.py, line 46: IndexError: list index out of range"


@pytest.mark.parametrize(
    ("source", "kind", "line", "message"),
    [
        (b"x = 1\ndef f(:\n", "parse", 2, "SyntaxError"),
        (b"print 'hello'\n", "parse", 1, "Missing parentheses"),
        (b"def f():\n\treturn 1\n        return 2\n", "parse", 3, "TabError"),
        (b"x = '\xff'\n", "parse", None, "SyntaxError"),
        (b"import numpy\nimport lintutor_is_not_here\n", "load", 2, "ModuleNotFoundError"),
        (b"import sys\nsys.exit(0)\n", "load", 2, "SystemExit"),
        (b"import numpy\ny = numpy.zeros(2)[3]\n", "load", 2, "IndexError"),
    ],
)
def test_a_file_that_does_not_load_is_told_with_its_line(isolation, source, kind, line, message):
    with Channel(isolation) as channel, pytest.raises(LearnerError) as caught:
        channel.load(source, "answer.py")
    assert caught.value.kind == kind
    assert line in (None, caught.value.line)  # None: whichever this version of Python says
    assert message in str(caught.value)


BROKEN = b"""import numpy as np
import not_here

def good(x):
    return np.sum(x)

def broken(x)
    return x

class Odd(Exception):
    def __str__(self):
        1 / 0

def unfinished(x):
    return (x +

def other(x):
    print 'python 2'
raise Odd

def last(x):
    return helper(x)

def helper(x):
    return x + 1
"""


def test_one_broken_line_does_not_cost_the_rest_of_the_file(isolation):
    with Channel(isolation) as channel:
        channel.load(BROKEN, "answer.py")
        assert channel.call("good", [1, 2]).value == 3
        assert channel.call("last", 1).value == 2
        told = [(p.error.kind, p.error.line, p.error.type_name, p.names) for p in channel.problems]
    assert told[0] == ("load", 2, "ModuleNotFoundError", ["not_here"])
    assert told[1] == ("parse", 7, "SyntaxError", ["broken"])
    assert told[2][::3] == ("parse", ["unfinished"])
    assert told[3][::3] == ("parse", ["other"])
    assert "print" in channel.problems[3].error.message


def test_a_statement_that_fails_at_import_is_told_and_the_next_ones_run(isolation):
    source = b"x = [1][2]\nimport sys\nsys.exit(3)\ndef f():\n    return 'there'\n"
    with Channel(isolation) as channel:
        channel.load(source, "answer.py")
        assert channel.call("f").value == "there"
        told = [(p.error.line, p.error.type_name) for p in channel.problems]
    assert told == [(1, "IndexError"), (3, "SystemExit")]


def test_files_beside_the_answer_can_be_imported_and_none_poses_as_a_library(isolation):
    source = b"import numpy as np\nimport helpers, random\ndef f():\n    return helpers.two(), np.ones(2)\n"
    beside = {
        "helpers": b"def two():\n    return 2\n",
        "numpy": b"def ones(n):\n    return 'forged'\n",
        "random": b"raise ValueError('forged')\n",
    }
    with Channel(isolation) as channel:
        channel.load(source, "answer.py", beside)
        two, ones = channel.call("f").value
        assert channel.problems == []
    assert two == 2
    assert np.array_equal(ones, [1, 1])


def test_annotations_of_the_future_hold_for_every_statement(isolation):
    source = b"from __future__ import annotations\ndef f(x: NotDefined) -> Nor(This):\n    return x\n"
    with Channel(isolation) as channel:
        channel.load(source, "answer.py")
        assert channel.call("f", 5).value == 5


def test_a_parent_that_does_not_fork_serves_one_file_itself():
    """As on systems where a process that has loaded numpy is better not forked."""
    parent = Parent(Sandbox("process", fork=False))
    with Channel(transport=WarmTransport(parent)) as channel:
        channel.load(SOURCE.encode(), "answer.py")
        assert channel.call("ask", lambda x: x + 1, 4).value == 10
        with pytest.raises(LearnerError, match="out of range"):
            channel.call("fail", [1])
    assert not parent.usable
    other = Channel(transport=WarmTransport(Parent(Sandbox("process", fork=False))))
    with other, pytest.raises(LearnerError, match="ended while it was imported"):
        other.load(b"import os\nos._exit(3)\n", "answer.py")


def test_results_that_are_too_large_or_too_deep_are_an_error_of_the_answer():
    source = b"def deep():\n    a = []\n    a.append(a)\n    return a\ndef long():\n    return 'x' * 10**7\n"
    with Channel() as channel:
        channel.load(source, "answer.py")
        for name in ("deep", "long"):
            with pytest.raises(LearnerError, match="cannot be sent"):
                channel.call(name)


def test_an_unknown_isolation_is_refused_by_name():
    with pytest.raises(ValueError, match="isolation must be one of bubblewrap, account, process"):
        Channel("none")


def test_a_file_of_absurd_size_is_refused_before_a_worker_reads_it():
    with Channel() as channel, pytest.raises(LearnerError, match="an answer is at most"):
        channel.load(b"#" * (3 * 2**20), "answer.py")


def test_a_count_of_lines_that_is_not_there_is_the_answer_s_fault():
    """As where a submission has tampered with what its worker says."""
    with Channel() as channel:
        channel.load(SOURCE.encode(), "answer.py")
        channel._request = lambda *_: {"value": 1, "lines": "many"}
        with pytest.raises(LearnerError, match="the lines of double that run could not be counted"):
            channel.call("double", 1, lines=True)
