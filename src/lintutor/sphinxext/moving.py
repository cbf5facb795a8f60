"""Figures that the reader moves: ``{moving} knn-rotation``, with the caption as its body.

::

    ```{moving} knn-rotation
    Turn the axes. The L2 distance stays, the L1 distance does not.
    ```

A figure is an ES module, ``book/_static/moving/NAME.js``, over the modules in ``moving/lib/``. A browser
loads no module from a file, so the directive joins them and puts the text into the page: it works from
a USB stick. What the figure starts from is computed here, by :mod:`lintutor.sphinxext.moving_data`, and
stands in the page as JSON; so does the palette. Without JavaScript the reader sees the sentence that
module gives. The anchor is ``moving-NAME`` (for ``{numref}``).
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lintutor import __version__
from lintutor.sphinxext import moving_data

__all__ = ["MovingDirective", "join", "setup"]

_IMPORT = re.compile(r'^import\s+\{[^}]*\}\s+from\s+"(\./[\w./-]+|\.\./[\w./-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)


def modules(entry: Path) -> list[Path]:
    """Return a module and all that it imports, each after what it needs.

    Raises
    ------
    FileNotFoundError
        If a module does not exist.
    """
    order: dict[Path, None] = {}

    def visit(path: Path) -> None:
        for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
            needed = (path.parent / name).resolve()
            if needed not in order:
                visit(needed)
        order[path] = None

    visit(entry.resolve())
    return list(order)


def join(entry: Path) -> str:
    """Return a module and all that it imports as one text without imports.

    Modules share one scope then: no two may use one name at their top.

    Raises
    ------
    FileNotFoundError
        If a module does not exist.
    ValueError
        If two modules use one name, import in another form than ``import { a } from "./b.js";`` or hold
        what would end the script.
    """
    names: dict[str, str] = {}
    texts = []
    for path in modules(entry):
        text = _EXPORT.sub("", _IMPORT.sub("", path.read_text(encoding="utf-8")))
        if re.search(r"^(import|export)\b", text, re.MULTILINE) or "</script" in text or "<!--" in text:
            raise ValueError(f"{path.name} imports or exports in a form that cannot be joined")
        for name in re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE):
            if names.setdefault(name, path.name) != path.name:
                raise ValueError(f"{path.name} and {names[name]} both have a {name} at their top")
        texts.append(text.strip())
    return "\n\n".join(texts) + "\n"


class MovingDirective(SphinxDirective):  # type: ignore[misc]
    """Put a figure that moves into the page."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the figure that the argument names, with its caption."""
        name = self.arguments[0]
        if name not in moving_data.FIGURES:
            raise self.error(f"no moving figure {name!r}; there are {', '.join(sorted(moving_data.FIGURES))}")
        self.assert_has_content()
        figure = nodes.figure(classes=["lt-moving"], names=[f"moving-{name}"])
        self.set_source_info(figure)
        self.state.document.note_explicit_target(figure, figure)
        figure += nodes.raw("", self.markup(name), format="html")
        figure += self.caption()
        return [figure]

    def caption(self) -> list[nodes.Node]:
        """Return the first paragraph as the caption, what follows as the legend."""
        parsed = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, parsed)
        first, *rest = parsed.children
        if not isinstance(first, nodes.paragraph):
            raise self.error("a moving figure begins with its caption, a paragraph")
        caption = nodes.caption(first.rawsource, "", *first.children)
        self.set_source_info(caption)
        return [caption, nodes.legend("", *rest)] if rest else [caption]

    def markup(self, name: str) -> str:
        """Return the stage, what stands there until the script runs, the data and the script."""
        for own in (__file__, moving_data.__file__):
            self.env.note_dependency(own)
        entry = self.source(name)
        try:
            for path in modules(entry):
                self.env.note_dependency(str(path))
            script = join(entry)
        except (OSError, ValueError) as error:
            raise self.error(f"moving figure {name}: {error}") from error
        title, still, data = moving_data.FIGURES[name]
        given = json.dumps({**moving_data.palette(), **data()}).replace("<", "\\u003c")
        return (
            f'<div class="lt-moving-stage" data-moving="{name}" role="group" '
            f'aria-label="{html.escape(title)}"><p class="lt-moving-still">{html.escape(still())} '
            "<noscript>The figure moves where JavaScript is on.</noscript></p></div>\n"
            f'<script type="application/json" data-moving-data="{name}">{given}</script>\n'
            f'<script type="module">\n{script}</script>\n'
        )

    def source(self, name: str) -> Path:
        """Return the module of a figure, in the folder of static files."""
        folders = [Path(self.env.app.confdir, folder) for folder in self.config.html_static_path]
        found = [f for folder in folders if (f := folder / "moving" / f"{name}.js").is_file()]
        if not found:
            raise self.error(f"moving figure {name}: there is no moving/{name}.js among the static files")
        return found[0]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive with Sphinx."""
    app.add_directive("moving", MovingDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
