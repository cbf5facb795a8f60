"""Makes what a submission printed, raised or is called fit for a terminal, a log and a line of JSON.

Nothing of a submission reaches a terminal but through `text`, nothing reaches a pipe as JSON but
through `json_line`.
"""

import codecs
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

ENCODING_ERRORS = "lintutor"  # how an output stream writes a character that its encoding lacks
LONGEST = 400  # characters of one line
MOST = 20_000  # characters of one text
ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colors, the cursor, the screen
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # titles, links
    r"|\x1b[ -/]*[0-Z\\^-~]"
)
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINERS = "\u200c\u200d"  # letters of some languages need them
# What a machine that reads the log would take for a command: "::notice::text", "##[error]", "##vso[".
ORDER = re.compile(r"::[A-Za-z].*::")
HASHES = re.compile(r"##(?=\w*\[)")
ASCII = {
    "✓": "+",
    "✗": "x",
    "·": "-",
    "…": "...",
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
}


def text(value: str) -> str:
    r"""Return `value` with nothing in it that a terminal or a log would obey; its lines stay lines.

    Escape sequences are taken out, other invisible characters are written as escapes, overlong lines are
    cut, and what a log reader would take for a command is broken.

    >>> text("\x1b[31mred\x1b[0m \x07 bell")
    'red \\x07 bell'
    >>> text("::error::not from the grader")
    ': :error: :not from the grader'
    """
    whole = ESCAPES.sub("", value[:MOST]).replace("\r\n", "\n").replace("\r", "\n")
    lines = [_line(line) for line in whole.expandtabs(4).split("\n")]
    if len(value) > MOST:
        lines.append(f"... and {len(value) - MOST} characters more")
    return "\n".join(lines)


def _line(line: str) -> str:
    more = len(line) - LONGEST
    seen = "".join(map(_visible, line[:LONGEST]))
    if ORDER.search(seen):
        seen = re.sub(":(?=:)", ": ", seen)
    seen = HASHES.sub("# #", seen)
    return f"{seen} ... and {more} characters more" if more > 0 else seen


def _visible(char: str) -> str:
    if char in JOINERS or unicodedata.category(char) not in INVISIBLE:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_line(data: Mapping[str, Any]) -> str:
    r"""Return `data` as one line of JSON in ASCII: any terminal, pipe or parser takes it.

    >>> json_line({"name": "\u5f20", "said": "\x1b[31m"})
    '{"name": "\\u5f20", "said": "\\u001b[31m"}'
    """
    whole = json.dumps(data, ensure_ascii=False, allow_nan=False)
    # A file name that is not UTF-8 holds halves of characters, which no strict parser takes.
    return json.dumps(json.loads(whole.encode("utf-8", "replace")))


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """Stand in for a character that the terminal does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    char = error.object[error.start]
    return ASCII.get(char) or char.encode("ascii", "backslashreplace").decode(), error.start + 1


codecs.register_error(ENCODING_ERRORS, _in_ascii)
