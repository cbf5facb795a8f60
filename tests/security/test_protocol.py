"""What a worker can say: forged, early, twice, malformed, huge, slow, or chosen to make the grader slow."""

import contextlib
import os
import random
import struct
import time

import numpy as np
import pytest

from lintutor.autograder import catalogue, warm
from lintutor.autograder.channel import LONGEST_OUTPUT, LONGEST_TEXT, MOST_NAMES, Channel
from lintutor.autograder.errors import LearnerError, WorkerLostError
from lintutor.autograder.inside import codec
from lintutor.autograder.warm import WarmTransport

TOOLS = catalogue.beside(__file__, "attacks/tools").TOOLS
MERSENNE = 2**61 - 1  # Python's hash of a whole number is its remainder by this


class Believing(WarmTransport):
    """A way to a worker that takes whatever comes next for the answer, of any length."""

    def receive(self, deadline):
        length, _ = codec.HEAD.unpack(self._exactly(codec.HEAD.size, deadline))
        return self._exactly(length, deadline)


# ----------------------------------------------------------------------------- one answer a question

TWICE = """
def first():
    say("done", {"value": "forged"})
    return "the answer to the first question"
def second():
    return "the answer to the second question"
"""
EARLY = """
def first():
    data = codec.encode(("done", {"value": "an answer nobody asked for"}))
    known = serving()["mark"]
    say("done", {"value": 1})
    raw(codec.HEAD.pack(len(data), known) + data)
    time.sleep(60)
def second():
    return "never run"
"""


@pytest.mark.parametrize("source", [TWICE, EARLY], ids=["twice", "early"])
def test_what_is_written_beside_an_answer_does_not_pass_for_the_next_one(level, opened, source):
    with opened(level, TOOLS + source) as channel:
        assert channel.call("first").value in ("forged", 1)
        with pytest.raises(LearnerError, match="nobody had asked for"):
            channel.call("second")


@pytest.mark.parametrize("source", [TWICE, EARLY], ids=["twice", "early"])
def test_without_marks_it_would(level, opened, source):
    with opened(level, TOOLS + source, transport=Believing) as channel:
        channel.call("first")
        assert channel.call("second").value in (
            "the answer to the first question",
            "an answer nobody asked for",
        )


def test_no_mark_is_used_twice_and_none_can_be_guessed(level, opened):
    with opened(level, TOOLS + "def f():\n    return serving()['mark'].hex()\n") as channel:
        marks = {channel.call("f").value for _ in range(20)}
    assert len(marks) == 20
    assert all(len(mark) == 32 for mark in marks)


# ------------------------------------------------------------------------------- malformed and huge

JUNK = {
    "ones": b"\xff" * 64,
    "zeros": b"\0" * 64,
    "a list that claims four billion entries": struct.pack("<I16s", 5, bytes(16)) + b"L\xff\xff\xff\xff",
    "many small messages": (struct.pack("<I16s", 1, bytes(16)) + b"N") * 9,
    "half a message": struct.pack("<I16s", 100, bytes(16)) + b"N",
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_bytes_forged_on_every_descriptor_end_the_worker_and_nothing_else(level, opened, junk):
    source = f"""
import os
def f():
    for number in range(3, 64):
        try:
            os.write(number, {junk!r})
        except OSError:
            pass
"""
    with opened(level, source, seconds=0.5) as channel, pytest.raises(LearnerError) as caught:
        channel.call("f")
    assert caught.value.kind in ("exit", "time")
    with opened(level, "def f():\n    return 1\n") as channel:
        assert channel.call("f").value == 1


@pytest.mark.parametrize("marked", [b"L\xff\xff\xff\xff", b"Q", b"", b"U\2\0\0\0S\4\0\0\0doneN", b"N" * 99])
def test_malformed_messages_with_the_right_mark_are_an_error_of_the_answer(level, opened, marked):
    source = f"{TOOLS}\ndef f():\n    raw(codec.HEAD.pack(len({marked!r}), serving()['mark']) + {marked!r})\n"
    with opened(level, source) as channel, pytest.raises(LearnerError, match="is no answer") as caught:
        channel.call("f")
    assert caught.value.kind == "exit"


HUGE = TOOLS + "\ndef f():\n    raw(codec.HEAD.pack(2**31, serving()['mark']))\n    time.sleep(60)\n"


def test_a_message_that_announces_too_much_is_refused_before_a_byte_of_it_is_read(level, opened):
    began = time.monotonic()
    with opened(level, HUGE) as channel, pytest.raises(LearnerError, match="a message of 2147483648 bytes"):
        channel.call("f")
    assert time.monotonic() - began < 4


def test_without_the_cap_the_grader_would_wait_for_all_of_it(level, opened):
    channel = opened(level, HUGE, seconds=0.5, transport=Believing)
    with pytest.raises(LearnerError, match="no answer within"):
        channel.call("f")


def test_a_worker_that_closes_every_descriptor_has_ended(level, opened):
    source = "import os\ndef f():\n    os.closerange(0, 100)\n    while True: pass\n"
    with opened(level, source) as channel, pytest.raises(LearnerError, match="the program ended in the call"):
        channel.call("f")


def test_a_worker_that_reads_nothing_cannot_hold_up_the_grader(level, opened, monkeypatch):
    monkeypatch.setattr(warm, "SEND_SECONDS", 0.3)
    source = TOOLS + "\ndef f(g):\n    say('callback', 1, (), {})\n    time.sleep(60)\n"
    with opened(level, source) as channel, pytest.raises(LearnerError, match="does not read"):
        channel.call("f", lambda: np.zeros(10**6))


def garbled(data, rng):
    """Return a message with some of its bytes changed, cut out or repeated."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data))
        what = rng.randrange(3)
        if what == 0:
            data[at] = rng.choice((0, 1, 255, rng.randrange(256)))
        elif what == 1:
            del data[at : at + rng.randint(1, 9)]
            data += b"N" * (not data)
        else:
            data[at:at] = data[at : at + rng.randint(1, 9)]
    return bytes(data)


MESSAGES = [
    ("done", {"value": np.arange(6.0).reshape(2, 3), "output": "x" * 50, "warnings": ["w"], "lines": 3}),
    ("error", {"type": "ValueError", "message": "m", "line": 3, "traceback": ["line 3"], "output": ""}),
    ("done", {"value": {(1, "a"): [None, True, 2**70, -1, 0.5, (codec.Handle(3, "T"), codec.Tree("[]"))]}}),
    ("callback", 1, (np.float32(1), np.zeros((2, 0), np.int8)), {"k": codec.Seed(3)}),
]


@pytest.mark.parametrize("count", [400, pytest.param(40_000, marks=pytest.mark.audit)])
def test_garbled_messages_are_refused_or_are_values_and_never_anything_else(count):
    rng = random.Random(count)
    for _ in range(count):
        data = garbled(codec.encode(rng.choice(MESSAGES)), rng)
        with contextlib.suppress(codec.ProtocolError):
            codec.encode(codec.plain(codec.decode(data)))


class _Said:
    """A way to a worker that says what a test wants it to."""

    isolation = "process"

    def __init__(self, *messages):
        self.waiting = [codec.encode(("ready",)), *messages]

    def send(self, data):
        pass

    def receive(self, deadline):
        if not self.waiting:
            raise WorkerLostError("exit", "nothing more")
        return self.waiting.pop(0)

    def complaint(self):
        return ""

    def close(self):
        pass


@pytest.mark.parametrize("count", [300, pytest.param(20_000, marks=pytest.mark.audit)])
def test_garbled_answers_are_replies_or_errors_of_the_answer(count):
    rng = random.Random(count + 1)
    parsed = codec.encode(("done", {"functions": {}, "blocks": []}))
    for _ in range(count):
        told = [garbled(codec.encode(rng.choice(MESSAGES)), rng) for _ in range(3)]
        channel = Channel(
            "process", 5, transport=_Said(parsed, codec.encode(("done", {"names": ["f"]})), *told)
        )
        with contextlib.suppress(LearnerError):
            channel.load(b"", "answer.py")
            channel.callback(lambda *args: 1)
            channel.call("f")


# -------------------------------------------------------------- sizes that a tampered worker can choose


def test_parts_of_a_wrong_type_cannot_confuse_the_grader(level, opened):
    forged = {
        "value": 1,
        "warnings": 5,
        "arguments": "no",
        "shared": [None, "x"],
        "lines": "many",
        "output": 3,
    }
    source = f"{TOOLS}\ndef f():\n    say('done', {forged!r})\n    time.sleep(60)\n"
    with opened(level, source) as channel:
        reply = channel.call("f")
    assert (reply.value, reply.lines, reply.arguments, reply.shared) == (1, None, [], [])
    assert (reply.warnings, reply.output) == ([], "")


def test_an_error_that_tells_too_much_is_cut(level, opened):
    source = f"""{TOOLS}
def f():
    say("error", {{"type": "T" * 10**6, "message": "m" * 10**6, "output": "o" * 10**6, "line": 10**1000,
                   "traceback": ["line " + "9" * 10**6] * 40}})
    time.sleep(60)
"""
    with opened(level, source) as channel, pytest.raises(LearnerError) as caught:
        channel.call("f")
    error = caught.value
    assert error.line is None
    assert len(error.message) == LONGEST_TEXT
    assert len(error.output) == LONGEST_OUTPUT
    assert len(error.type_name) <= 200
    assert sum(map(len, error.frames)) <= 2000


@pytest.mark.parametrize("line", [True, 0, -1, 2**40, 10**1000, "3", None, 1.0])
def test_a_line_that_no_file_has_is_no_line(opened, possible, line):
    possible("process")
    source = f"{TOOLS}\ndef f():\n    say('error', {{'type': 'E', 'line': {line!r}}})\n    time.sleep(60)\n"
    with opened("process", source) as channel, pytest.raises(LearnerError) as caught:
        channel.call("f")
    assert caught.value.line is None


def test_names_and_prints_that_are_too_many_are_cut(opened, possible):
    possible("process")
    source = f"""{TOOLS}
for number in range(3000):
    globals()["f%d" % number + "x" * 5000] = print
def f():
    say("done", {{"value": 1, "output": "o" * 10**6, "warnings": ["w" * 10**5] * 500}})
    time.sleep(60)
"""
    with opened("process", source) as channel:
        assert len(channel.names) <= MOST_NAMES
        assert max(map(len, channel.names)) <= 200
        reply = channel.call("f")
    assert len(reply.output) == LONGEST_OUTPUT
    assert len("".join(reply.warnings)) <= 2000


def test_surrogates_and_escapes_come_as_text_that_can_be_written_anywhere(level, opened):
    source = "def f():\n    print('\\ud800 \\x1b[31m')\n    raise ValueError('\\udfff')\n"
    with opened(level, source) as channel, pytest.raises(LearnerError) as caught:
        channel.call("f")
    (caught.value.message + caught.value.output).encode("utf-8")


def colliding(count):
    """Return a dict's bytes whose keys all have one hash."""
    keys = b"".join(codec.encode(number * MERSENNE) + b"N" for number in range(1, count + 1))
    return b"M" + struct.pack("<I", count) + keys


def test_keys_chosen_to_collide_are_refused_before_they_cost_anything():
    one, many = colliding(20_000), b"L" + struct.pack("<I", 40) + colliding(codec.MAX_KEYS // 2) * 40
    began = time.process_time()
    with pytest.raises(codec.ProtocolError, match="limit"):
        codec.decode(one)
    with pytest.raises(codec.ProtocolError, match="keys"):
        codec.decode(many)
    assert time.process_time() - began < 1


def test_without_that_limit_a_small_message_would_cost_seconds(monkeypatch):
    monkeypatch.setattr(codec, "MAX_KEYS", codec.MAX_ITEMS)
    data, honest = colliding(4_000), codec.encode(dict.fromkeys(range(4_000)))
    began = time.process_time()
    codec.decode(honest)
    between = time.process_time()
    codec.decode(data)
    assert time.process_time() - between > 10 * (between - began)


# ------------------------------------------------------------------------------ functions of the grader


def test_a_callback_computes_with_small_arguments_only(level, opened):
    """The grader has no limits of its own: an outer product of two long rows could take all memory."""
    source = """
import numpy as np
def f(g, n):
    return g(np.ones(n), np.ones(n))
"""
    given = []
    with opened(level, source) as channel:
        assert channel.call("f", lambda a, b: given.append(a.size) or float(a @ b), 1000).value == 1000
        with pytest.raises(LearnerError, match="the limit is 262144"):
            channel.call("f", lambda a, b: given.append(a.size) or a[:, None] * b, 10**6)
    assert given == [1000]


FORGED_CALLBACKS = [
    (0, (), {}),
    (2, (), {}),
    (-1, (), {}),
    (10**30, (), {}),
    (True, (), {}),
    ("1", (), {}),
    (1, 5, {}),
]
FORGED_CALLBACKS += [(1, (), 5), (1, (), {1: 2}), (1, ({}, []), {"x": None}), (None, None, None)]


@pytest.mark.parametrize("forged", FORGED_CALLBACKS, ids=str)
def test_forged_callbacks_are_refused_and_the_grader_goes_on(opened, possible, forged):
    possible("process")
    source = f"""{TOOLS}
def f(g):
    return serving()["ask"](("callback", *{forged!r}))[0]
"""
    with opened("process", source) as channel:
        assert channel.call("f", lambda: 1).value == "refuse"


def test_a_callback_takes_matrices_and_what_stayed_behind(level, opened):
    source = """
import numpy as np
class Mine: pass
def f(g):
    return g(np.matrix([[1.0, 2.0]])), g(Mine())
"""
    seen = []
    with opened(level, source) as channel:
        channel.call("f", lambda x: seen.append(x) or 1)
    assert np.array_equal(seen[0], [[1, 2]])
    assert isinstance(seen[1], codec.Handle)


def test_this_process_has_no_child_left(opened):
    with contextlib.suppress(ChildProcessError):
        assert os.waitpid(-1, os.WNOHANG)[0] == 0
