"""The form of a result, ``lintutor/result/1``, as a JSON Schema and as the rows of a table."""

import json
from importlib import resources
from typing import Any

PARTS = ("result", "exercise", "check")


def schema() -> dict[str, Any]:
    """Return the JSON Schema that every result fulfills.

    >>> schema()["$id"]
    'lintutor/result/1'
    """
    file = resources.files(__package__).joinpath("result.schema.json")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def fields(part: str) -> list[tuple[str, str]]:
    """Return the fields of a ``result``, an ``exercise`` or a ``check``, each with its meaning.

    >>> fields("check")[0]
    ('name', 'What the check promises, in words.')
    """
    whole = schema()
    properties = whole["properties"] if part == "result" else whole["$defs"][part]["properties"]
    return [(name, each["description"]) for name, each in properties.items()]
