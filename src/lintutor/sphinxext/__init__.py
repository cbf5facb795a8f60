"""What the book needs of Sphinx: directives, figures in the page, MathJax on board, a sharper cache.

``_config.yml`` names this package as an extension; :func:`setup` starts the parts.

========================================  ==========================================================
:mod:`lintutor.sphinxext.api`             the API reference, linked with the sections that teach it
:mod:`lintutor.sphinxext.asides`          runs the Python that stands beside formulas and questions
:mod:`lintutor.sphinxext.derivation`      prints checked derivations and the ledger of claims
:mod:`lintutor.sphinxext.equations`       tells definitions from what was checked, and counts both
:mod:`lintutor.sphinxext.exercise`        prints exercises from the catalogue of the autograder
:mod:`lintutor.sphinxext.figures`         puts the figures that cells draw into the page
:mod:`lintutor.sphinxext.execution`       runs a chapter again when the code it stands on changes
:mod:`lintutor.sphinxext.languages`       marks Chinese words as Chinese
:mod:`lintutor.sphinxext.listing`         prints functions of the package
:mod:`lintutor.sphinxext.mathjax`         ships MathJax with the pages
:mod:`lintutor.sphinxext.moving`          puts figures that the reader moves into the page
:mod:`lintutor.sphinxext.questions`       questions whose right answers are computed
:mod:`lintutor.sphinxext.scales`          formulas for one number, three classes and matrices
========================================  ==========================================================
"""

import importlib

from sphinx.application import Sphinx

from lintutor import __version__

__all__ = ["PARTS", "setup"]

#: The modules that have something to register.
PARTS = (
    "api",
    "derivation",
    "equations",
    "execution",
    "exercise",
    "figures",
    "languages",
    "listing",
    "mathjax",
    "moving",
    "questions",
    "scales",
)


def setup(app: Sphinx) -> dict[str, object]:
    """Register every part; Sphinx calls this."""
    for part in PARTS:
        importlib.import_module(f"lintutor.sphinxext.{part}").setup(app)
    return {"version": __version__, "parallel_read_safe": False, "parallel_write_safe": True}
