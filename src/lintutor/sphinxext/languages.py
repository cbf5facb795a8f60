"""Chinese words are marked as Chinese: a screen reader changes its voice, a browser its font."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

__all__ = ["MarkChinese", "setup"]

_CHINESE = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff（）]*)")


class Chinese(nodes.inline):  # type: ignore[misc]
    """Words in Chinese."""


class MarkChinese(SphinxTransform):  # type: ignore[misc]
    """Put each run of Chinese characters into a node of its own."""

    default_priority = 900

    def apply(self, **kwargs: Any) -> None:
        """Divide every text that has such a run."""
        for text in [text for text in self.document.findall(nodes.Text) if _CHINESE.search(text)]:
            if isinstance(text.parent, nodes.TextElement) and not isinstance(
                text.parent, nodes.FixedTextElement
            ):
                parts = [part for part in _CHINESE.split(text) if part]
                marked = [Chinese("", p) if _CHINESE.match(p) else nodes.Text(p) for p in parts]
                text.parent.replace(text, marked)


def _open(self: Any, node: Chinese) -> None:
    """Write the start of the words."""
    self.body.append('<span lang="zh-Hans">')


def _close(self: Any, node: Chinese) -> None:
    """Write their end."""
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    """Register the node and the transform."""
    app.add_node(Chinese, html=(_open, _close))
    app.add_transform(MarkChinese)
