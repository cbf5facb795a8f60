"""Ship MathJax with the book, so that no page asks another host for it.

The files come from the installed package ``sphinx-mathjax-offline``. A page needs the combined
component, which sets TeX in HTML with hidden MathML for screen readers, its fonts, and the TeX
extensions that it loads when a formula uses one.
"""

import shutil
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

__all__ = ["setup"]

_PARTS = ("tex-chtml.js", "output/chtml/fonts/woff-v2", "input/tex/extensions")
_FOLDER = "mathjax"
#: No menu: it would offer parts that are not shipped.
_OPTIONS = {"enableMenu": False}


def _installed() -> Path:
    """Return the folder of MathJax in the installed package, whose name is not an identifier."""
    for file in metadata.files("sphinx-mathjax-offline") or []:
        if file.name == _PARTS[0]:
            return Path(str(file.locate())).parent
    raise ExtensionError("MathJax is not installed: run 'pip install sphinx-mathjax-offline==0.0.2'")


def _ship(app: Sphinx, error: Exception | None) -> None:
    """Copy the parts that pages need beside the book's other static files."""
    if error is not None or app.builder.format != "html":
        return
    source, target = _installed(), Path(app.outdir, "_static", _FOLDER)
    for part in _PARTS:
        if (target / part).exists():
            continue
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (source / part).is_dir() else shutil.copyfile
        copy(source / part, target / part)


def _choose(app: Sphinx, config: object) -> None:
    """Point Sphinx to the shipped files."""
    app.config.mathjax_path = f"{_FOLDER}/{_PARTS[0]}"
    app.config.mathjax3_config = {"options": dict(_OPTIONS)}


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("config-inited", _choose, priority=900)  # after myst-parser has had its say
    app.connect("build-finished", _ship)
