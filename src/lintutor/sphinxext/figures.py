r"""Figures drawn by cells stand in the page itself, with caption, number and alternative text.

How to write a figure cell, in a chapter whose front matter is::

    ---
    jupytext:
      text_representation: {extension: .md, format_name: myst}
    kernelspec: {name: python3, display_name: Python 3, language: python}
    ---

The cell says its caption, its anchor and what it shows to those who cannot see it::

    ```{code-cell} ipython3
    ---
    mystnb:
      figure:
        name: hinge-piecewise-linear-figure
        caption: The sum of three hinges is piecewise linear and convex. Each kink ...
      image:
        alt: A curve of four straight pieces that falls, then rises, over one weight.
    tags: [hide-input]
    ---
    fig = plots.hinge_sum(...)
    ```

``{numref}`hinge-piecewise-linear-figure``` refers to it as "Fig. 3"; a caption may hold mathematics
and links (quote it, or use ``|``, when it holds ``:`` or ``#``). A figure without caption or without
alternative text fails the build. The figures of :mod:`lintutor.plots` draw themselves as SVG.

Draw ink in black and paper in white or transparent: they become the page's own, light or dark; text
takes the page's font. :mod:`lintutor.sphinxext.svg` says what happens to the drawing.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from lintutor.sphinxext import svg

__all__ = ["InlineFigures", "setup"]

_LOG = logging.getLogger(__name__)
_OUTPUT_FOLDER = "jupyter_execute"  # where myst-nb writes what cells draw


class InlineFigures(SphinxPostTransform):  # type: ignore[misc]
    """Put the SVG figures that cells drew into the page, and insist on their texts."""

    default_priority = 300  # after myst-nb chose one format of each output (priority 4)
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Check every figure drawn by a cell; replace those in SVG by their markup."""
        drawn = [n for n in self.document.findall(nodes.image) if _OUTPUT_FOLDER in Path(n["uri"]).parts]
        for number, image in enumerate(drawn, start=1):
            self._insist(image)
            if image["uri"].endswith(".svg"):
                source = Path(self.env.srcdir, image["uri"]).read_text(encoding="utf-8")
                markup = svg.inline(source, image.get("alt", ""), f"fig{number}-")
                image.replace_self(nodes.raw("", f'<div class="lt-figure">{markup}</div>', format="html"))

    def _insist(self, image: nodes.image) -> None:
        """Warn, which fails the build, of a figure without caption or alternative text."""
        if not str(image.get("alt", "")).strip():
            _LOG.warning(
                "a figure has no alternative text: give its cell 'mystnb: {image: {alt: ...}}'",
                location=image,
                type="lintutor",
                subtype="figure",
            )
        if not _captioned(image):
            _LOG.warning(
                "a figure has no caption: give its cell 'mystnb: {figure: {name: ..., caption: ...}}'",
                location=image,
                type="lintutor",
                subtype="figure",
            )


def _captioned(image: nodes.Node) -> bool:
    """Return whether the image stands in a figure that has a caption."""
    parent = image.parent
    while parent is not None:
        if isinstance(parent, nodes.figure):
            return any(isinstance(child, nodes.caption) for child in parent.children)
        parent = parent.parent
    return False


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(InlineFigures)
