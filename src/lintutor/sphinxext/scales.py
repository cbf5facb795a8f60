r"""The ``scales`` directive: one formula for one number, for three classes, and for matrices.

Write::

    ```{scales} hinge-margins
    index: i j
    one:
      tex: m_{ij} = \max(0,\ s_{ij} - s_{iy_i} + 1)
      code: "max(0, S[i, j] - S[i, y[i]] + 1) * (j != y[i])"
    three:
      tex: ...
      code: "..."
    matrices:
      tex: \underset{(N, C)}{M} = ...
      code: "losses.hinge_margins(S, y)"
    ```

The reader sees one of the three behind a switch that is common to the page, with the code of that scale
and its value for the cat, the car and the frog. The three codes are run when the page is read: ``one`` for
every entry of the result, ``three`` for every first index; where they disagree the build stops. The
anchor is ``scales-hinge-margins``.
"""

import itertools
from typing import Any

import numpy as np
import yaml
from docutils import nodes
from docutils.statemachine import StringList
from numpy.typing import NDArray
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lintutor.sphinxext import asides

__all__ = ["ScalesDirective", "agree", "setup"]

SCALES = {"one": "One number", "three": "Three classes", "matrices": "Matrices"}
KEYS = {"index", "setup", "show", *SCALES}


def agree(content: dict[str, Any]) -> dict[str, Any]:
    """Run the three codes of a formula and return the value of each, for the entry that is shown.

    Parameters
    ----------
    content : dict
        ``one``, ``three`` and ``matrices``, each with ``tex`` and ``code``; optionally ``index`` (the letters
        that name an entry), ``setup`` (statements) and ``show`` (the entry, zeros unless said).

    Returns
    -------
    dict
        The value at each scale.

    Raises
    ------
    ValueError
        If a key is missing or unknown, a code fails, or two scales disagree.

    Examples
    --------
    >>> say = lambda code: {"tex": "", "code": code}
    >>> scales = {"one": say("S[i, j]"), "three": say("X[i] @ W"), "matrices": say("X @ W")}
    >>> round(agree({"index": "i j", **scales})["one"], 9)
    3.2
    """
    _complete(content)
    letters = str(content.get("index", "")).split()
    known = asides.names(str(content.get("setup", "")))
    whole = np.asarray(asides.evaluate(content["matrices"]["code"], known), dtype=float)
    if whole.ndim != len(letters):
        raise ValueError(f"the matrices give {whole.ndim} axes, index has {len(letters)} letters: {letters}")
    for place in itertools.product(*map(range, whole.shape)):
        where = dict(zip(letters, place, strict=True))
        _equal("one", asides.evaluate(content["one"]["code"], known, **where), whole[place], where)
    for place in itertools.product(*map(range, whole.shape[:1])):
        where = dict(zip(letters[:1], place, strict=True))
        _equal("three", asides.evaluate(content["three"]["code"], known, **where), whole[place], where)
    shown = tuple(map(int, str(content.get("show", "0 " * len(letters))).split()))
    return {"one": float(whole[shown]), "three": whole[shown[:1]], "matrices": whole, "shown": shown}


def _complete(content: dict[str, Any]) -> None:
    """Refuse a formula that lacks a scale or has a key that nobody reads."""
    if unknown := set(content) - KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}; there are {', '.join(sorted(KEYS))}")
    for scale in SCALES:
        if set(content.get(scale, {})) != {"tex", "code"}:
            raise ValueError(f"{scale} must have tex and code")


def _equal(scale: str, value: Any, expected: NDArray[np.float64], where: dict[str, int]) -> None:
    value = np.asarray(value, dtype=float)
    if value.shape != expected.shape or not np.allclose(value, expected, rtol=1e-10, atol=1e-12):
        raise ValueError(f"{scale} gives {value} at {where}, the matrices {expected}")


def _written(value: Any) -> str:
    return np.array2string(np.asarray(value), precision=4, suppress_small=True, separator=", ")


class ScalesDirective(SphinxDirective):  # type: ignore[misc]
    """Show a formula at three scales."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the switch with its three panes."""
        try:
            content = yaml.safe_load("\n".join(self.content))
            values = agree(content)
        except (ValueError, yaml.YAMLError) as error:
            raise self.error(f"scales {self.arguments[0]}: {error}") from error
        anchor = f"scales-{self.arguments[0]}"
        box = nodes.container(classes=["lt-scales"], ids=[anchor], names=[anchor])
        source, _ = self.get_source_info()
        text = StringList(self._panes(content, values), source)
        self.state.nested_parse(text, self.content_offset, box)
        for code in box.findall(nodes.literal_block):
            code["classes"].append("lt-scales-code")
        return [box]

    def _panes(self, content: dict[str, Any], values: dict[str, Any]) -> list[str]:
        """Return the panes in Markdown."""
        letters = str(content.get("index", "")).split()
        entry = ", ".join(f"{a} = {n}" for a, n in zip(letters, values["shown"], strict=True))
        row = ", ".join(f"{a} = {n}" for a, n in list(zip(letters, values["shown"], strict=True))[:1])
        wheres = {"one": entry, "three": row, "matrices": ""}
        lines = ["::::::{tab-set}", ":sync-group: scale", ""]
        for scale, title in SCALES.items():
            shown = "\n".join(
                [content[scale]["code"].strip(), f"# {wheres[scale]}:" if wheres[scale] else "# gives:"]
            )
            value = "\n".join(f"# {line}" for line in _written(values[scale]).splitlines())
            lines += [f":::::{{tab-item}} {title}", f":sync: {scale}", "", "```{math}"]
            lines += [*content[scale]["tex"].strip().splitlines(), "```", "", "```python"]
            lines += [*shown.splitlines(), *value.splitlines(), "```", ":::::"]
        return [*lines, "::::::"]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("scales", ScalesDirective)
