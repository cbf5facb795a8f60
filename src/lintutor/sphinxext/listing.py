r"""Code of the package, shown in the book without its docstring: what is shown is what runs.

::

    ```{listing} lintutor.losses.hinge_loss_one
    ```

The function is cut from its source file by its syntax tree; the docstring is left out (the API
reference has it), every other line stands as it is. A name that does not exist fails the build.
"""

import ast
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import lintutor

__all__ = ["setup", "source_without_docstring"]

_PACKAGE = Path(lintutor.__file__).parent


def locate(name: str) -> tuple[Path, str]:
    """Return the file and the function of a dotted name such as ``lintutor.losses.hinge_margins``.

    The functions of a folder are found by its name alone, whichever of its files holds them.

    Raises
    ------
    LookupError
        If there is no such module, or the name is not in the package.
    """
    package, *modules, function = name.split(".")
    place = _PACKAGE.joinpath(*modules)
    files = sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    if package == "lintutor" and modules:
        for path in files:
            if path.is_file() and _definition(path, function) is not None:
                return path, function
    raise LookupError(f"no module of lintutor holds {name!r}")


def _definition(path: Path, name: str) -> ast.FunctionDef | ast.ClassDef | None:
    """Return the function or class of that name that a file defines."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name:
            return node
    return None


def source_without_docstring(name: str) -> str:
    """Return the source of a function or class of the package, its docstring left out.

    Raises
    ------
    LookupError
        If the module or the function does not exist.

    Examples
    --------
    >>> print(source_without_docstring("lintutor.regularizers.l2_penalty").splitlines()[0])
    def l2_penalty(W: ArrayLike, reg: float) -> tuple[Any, Array]:
    """
    path, function = locate(name)
    node = _definition(path, function)
    assert node is not None  # locate has seen it
    first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
    kept = set(range(first, (node.end_lineno or node.lineno) + 1))
    if ast.get_docstring(node) is not None:
        doc = node.body[0]
        kept -= set(range(doc.lineno, (doc.end_lineno or doc.lineno) + 1))
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[number - 1] for number in sorted(kept))


class Listing(SphinxDirective):  # type: ignore[misc]
    """Show a function of the package."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the code block, under a caption that names the function."""
        name = self.arguments[0]
        try:
            code = source_without_docstring(name)
        except LookupError as error:
            raise self.error(f"listing: {error}") from None
        self.env.note_dependency(str(locate(name)[0]))
        block = nodes.literal_block(code, code, language="python")
        container = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
        caption = nodes.caption("", "", nodes.literal("", name))
        container += [caption, block]
        return [container]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive with Sphinx."""
    app.add_directive("listing", Listing)
    return {"version": lintutor.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
