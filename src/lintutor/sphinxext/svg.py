"""Make an SVG figure part of its page: it takes the page's ink, paper and font.

A figure drawn by matplotlib stands alone: black ink, its own fonts, a style sheet that would leak
into the page, ids that clash with the next figure. :func:`inline` returns the same drawing as an
element of the page: black becomes ``currentColor``, white becomes the paper of the page, text takes
the page's font, ids are unique, the width follows the column up to the natural width.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

__all__ = ["inline"]

_UNITS = {"pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "px": 1.0, "": 1.0}
_BLACK = {"#000", "#000000", "black", "rgb(0, 0, 0)"}
_WHITE = {"#fff", "#ffffff", "white", "rgb(255, 255, 255)"}
_PAINT = ("fill", "stroke", "color", "stop-color")
_FONT = re.compile(r"(?P<before>[^'\"]*?)(?P<size>[\d.]+)px(?:/[\d.]+)?\s+.*", re.DOTALL)
_INHERITED = ("stroke-linejoin", "stroke-linecap")


def inline(source: str, label: str, prefix: str) -> str:
    """Return the SVG document `source` as markup that can stand inside an HTML page.

    Parameters
    ----------
    source : str
        A whole SVG document.
    label : str
        What the figure shows, for those who cannot see it.
    prefix : str
        Put before every id of the figure; another one for each figure of a page.

    Returns
    -------
    str
        One ``<svg>`` element with ``role="img"`` and ``aria-label``.

    Raises
    ------
    ValueError
        If `source` is not an SVG document with a viewBox or a width and a height.

    Examples
    --------
    >>> inline('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" '
    ...        'viewBox="0 0 72 36"><path style="stroke: #000000"/></svg>', "a line", "f1-")
    '<svg viewBox="0 0 72 36" role="img" aria-label="a line" style="max-width: 96px" \
fill="currentColor"><path style="stroke: currentColor" /></svg>'

    See the book: it is how every figure of it is set.
    """
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise ValueError(f"a figure is not well-formed SVG: {error}") from error
    if _local(root.tag) != "svg":
        raise ValueError(f"a figure should be an SVG document, its root is <{_local(root.tag)}>")
    inherited = _take_style_sheets(root)
    _drop_idle_ids(root, source)
    for element in root.iter():
        _adapt(element, prefix)
    _adapt_root(root, label, inherited)
    return ElementTree.tostring(root, encoding="unicode").strip()


def _local(name: str) -> str:
    """Return a tag or attribute name without its namespace."""
    return name.rpartition("}")[2]


def _take_style_sheets(root: ElementTree.Element) -> dict[str, str]:
    """Remove metadata and style sheets; return what the sheets said of every element."""
    inherited: dict[str, str] = {}
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) == "style":
                inherited |= {k: v for k, v in _declarations(child.text or "") if k in _INHERITED}
            if _local(child.tag) in ("style", "metadata", "title", "script"):
                parent.remove(child)
    return inherited


def _drop_idle_ids(root: ElementTree.Element, source: str) -> None:
    """Remove the ids that nothing in the figure refers to."""
    used = set(re.findall(r"#([\w.-]+)", source))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each declaration of a style attribute or sheet."""
    for declaration in re.split(r"[;{}]", style):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _adapt(element: ElementTree.Element, prefix: str) -> None:
    """Rename ids, set colors and fonts of one element; drop namespaces."""
    element.tag = _local(element.tag)
    attributes = {_local(name): value for name, value in element.attrib.items()}
    element.attrib.clear()
    element.attrib.update(attributes)
    if "id" in attributes:
        element.set("id", prefix + attributes["id"])
    for name, value in attributes.items():
        if name == "href" and value.startswith("#"):
            element.set(name, f"#{prefix}{value[1:]}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}"))
        elif name in _PAINT:
            element.set(name, _paint(value))
    if "style" in attributes:
        element.set("style", _style(element.get("style", "")))
    if element.tag == "image":
        element.set("style", (element.get("style", "") + "; image-rendering: pixelated").lstrip("; "))


def _style(style: str) -> str:
    """Return a style attribute in the page's ink and font."""
    kept = []
    for name, value in _declarations(style):
        if name == "font":
            kept += _font(value)
        elif name in _PAINT:
            kept.append((name, _paint(value)))
        elif name != "font-family":
            kept.append((name, value))
    return "; ".join(f"{name}: {value}" for name, value in kept)


def _font(value: str) -> list[tuple[str, str]]:
    """Return the shorthand ``font`` as declarations without a family."""
    match = _FONT.fullmatch(value)
    if not match:
        return []
    found = [("font-size", f"{match['size']}px")]
    for word in match["before"].split():
        if word in ("italic", "oblique"):
            found.append(("font-style", word))
        elif word == "bold" or word.isdigit():
            found.append(("font-weight", word))
    return found


def _paint(color: str) -> str:
    """Return ink for black, paper for white, any other color as it is."""
    if color.lower() in _BLACK:
        return "currentColor"
    return "var(--lt-paper, #fff)" if color.lower() in _WHITE else color


def _adapt_root(root: ElementTree.Element, label: str, inherited: dict[str, str]) -> None:
    """Give the root its label and a width that follows the column, down to the least that it asks for."""
    width, height = root.attrib.pop("width", ""), root.attrib.pop("height", "")
    box = root.get("viewBox") or f"0 0 {_pixels(width):g} {_pixels(height):g}"
    natural = _pixels(width) if width else float(box.split()[2])
    least = {k: v for k, v in _declarations(root.get("style", "")) if k == "min-width"}
    style = {"max-width": f"{natural:.0f}px", **least, **inherited}
    root.attrib.clear()
    root.set("viewBox", box)
    root.set("role", "img")
    root.set("aria-label", label)
    root.set("style", "; ".join(f"{name}: {value}" for name, value in style.items()))
    root.set("fill", "currentColor")


def _pixels(length: str) -> float:
    """Return a length such as ``460.8pt`` in CSS pixels."""
    match = re.fullmatch(r"([\d.]+)([a-z]*)", length)
    if not match or match[2] not in _UNITS:
        raise ValueError(f"a figure's width should be a length such as '460.8pt', got {length!r}")
    return float(match[1]) * _UNITS[match[2]]
