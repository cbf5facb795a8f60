"""Turns an error in the learner's code into one clear line, with what usually helps."""

import re

from .errors import LearnerError

UNWRITTEN = "not written yet"
IMPORTABLE = "Only numpy and the standard library can be imported here (and sympy, to derive)."
_REMARKS: tuple[tuple[str, str], ...] = (
    (r"Missing parentheses in call to 'print'", "That is how Python 2 prints; this is Python 3."),
    (r"multiple exception types must be parenthesized", "This is Python 2: write `except Error as e:`."),
    (r"expected ':'", "A line that opens a block, such as def, for, if or else, ends with a colon."),
    (r"expected an indented block", "What belongs to the line above is indented, by four spaces."),
    (
        r"was never closed|does not match opening|unmatched '",
        "Each bracket that opens needs one that closes.",
    ),
    (r"unterminated", "A text ends with the quotes that it begins with."),
    (r"name 'xrange' is not defined", "This is Python 2: write range."),
    (r"name '(raw_input|unicode|basestring|reduce|long)' is not defined", "This is a name of Python 2."),
    (r"has no attribute '(has_key|iteritems|itervalues|iterkeys)'", "This is a method of Python 2."),
    (
        r"inconsistent use of tabs|unindent does not match|unexpected indent",
        "Indent with four spaces, no tabs.",
    ),
    (
        r"arrays used as indices must be of integer",
        "In Python 3 `/` gives a float; `//` divides whole numbers.",
    ),
    (r"name 'np' is not defined", "The file needs `import numpy as np`."),
    (r"can't decode byte|(utf-8|encoding)", "Save the file as UTF-8."),
    (r"Unable to allocate", "That is more than a check allows; an array here is far larger than the data."),
)


def explain(error: LearnerError) -> str:
    """Return file and line, what happened, what usually helps, and the lines of code that led there."""
    if error.kind == "stub":
        method = re.match(r"\w+\.\w+(?= is not written yet)", error.message)
        what = f"{method[0]} is {UNWRITTEN}" if method else UNWRITTEN
        return (
            f"{error.place or error.file}: {what}. Replace the `raise NotImplementedError` line by your code."
        )
    shown = "".join(f"\n{frame}" for frame in error.frames[-2:])
    text = str(error).rstrip(". ")
    text += "" if text.endswith("?") else "."
    if error.type_name == "ModuleNotFoundError":
        return f"{text} {IMPORTABLE}{shown}"
    if error.type_name == "SystemExit":
        return f"{text} The file must not call exit().{shown}"
    for pattern, remark in _REMARKS:
        if re.search(pattern, f"{error.type_name}: {error.message}"):
            return f"{text} {remark}{shown}"
    return f"{text}{shown}"
