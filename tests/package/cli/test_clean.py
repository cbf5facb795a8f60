"""What a submission says does nothing to a terminal, to a log or to a parser of JSON."""

import io
import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lintutor.autograder.reports import clean

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
HOSTILE = [
    "\x1b[2J\x1b[1;1Hyou passed",
    "\x1b]0;title\x07text",
    "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mred",
    "a\rb",
    "back\x08\x08\x08\x08space",
    "\u202egnp.exe",
    "\ud800 half a character",
    "\x1b[unfinished",
]


@given(st.text(alphabet=st.characters(codec=None)))
@example("".join(HOSTILE))
def test_no_invisible_character_is_left_but_the_ends_of_lines(value):
    for char in clean.text(value):
        assert char in "\n\u200c\u200d" or unicodedata.category(char) not in INVISIBLE


@pytest.mark.parametrize("value", HOSTILE)
def test_what_a_terminal_would_obey_does_not_reach_it(value):
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]", clean.text(value))


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("\x1b[2J\x1b[1;1Hyou passed", "you passed"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("\x1b[unfinished", "nfinished"),
        ("bell\x07", "bell\\x07"),
    ],
)
def test_whole_orders_are_taken_out_and_single_signs_are_written_down(value, left):
    assert clean.text(value) == left


@pytest.mark.parametrize(
    "order",
    [
        "::notice::hi",
        "   ::error file=a.py,line=1::hi",
        "::set-output name=score::100",
        ":::notice::hi",
        "::::error::::",
        "\x1b[0m::notice::hi",
        "text ::notice::hi",
    ],
)
def test_no_line_is_a_command_to_the_machine_that_reads_the_log(order):
    for line in clean.text(order).splitlines():
        assert not re.search(r"::\s*[\w-]+.*::", line)


@pytest.mark.parametrize("order", ["##[error]no", "##vso[task.complete]", "##teamcity[x]"])
def test_commands_of_other_machines_are_broken_too(order):
    assert "##" not in clean.text(order)


@pytest.mark.parametrize(
    "value",
    ["x[::2, 1]", "W = [[0, 2]]   X = [[1]]", "张伟", "naïve — “quoted”", "  indented\nlines", "## a"],
)
def test_ordinary_text_stays_as_it_is(value):
    assert clean.text(value) == value


def test_long_lines_and_long_texts_are_cut_and_say_how_much_is_missing():
    assert clean.text("x" * 1000).endswith("... and 600 characters more")
    assert len(clean.text("x\n" * 10**6)) < 50_000


@given(st.text(alphabet=st.characters(codec=None)))
@example("\ud800")
def test_json_is_one_line_of_ascii_that_gives_the_text_back(value):
    line = clean.json_line({"said": value})
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["said"] == value.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_unicode_gets_signs_that_it_has(encoding):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, errors=clean.ENCODING_ERRORS)
    stream.write("✓ ✗ 张")
    stream.flush()
    assert raw.getvalue() == b"+ x \\u5f20"
