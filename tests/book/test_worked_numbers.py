"""The figures that the sources of the syllabus give come out of the cells of the book."""

import tomllib
from decimal import Decimal
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache

EXPECTED = tomllib.loads(
    Path(__file__).with_name("worked_numbers.toml").read_text(encoding="utf-8"), parse_float=Decimal
)


def glued(html: Path, page: str) -> dict[str, str]:
    """Return what the newest run of a page glued, by name, as the text of a Python value."""
    cache = get_cache(html.parent / ".jupyter_cache")
    records = [r for r in cache.list_cache_records() if Path(r.uri).stem == page]
    newest = max(records, key=lambda record: record.accessed)
    notebook = cache.get_cache_bundle(newest.pk).nb
    cache.db.dispose()  # Python 3.13 reports a database that is left open
    assert isinstance(notebook, nbformat.NotebookNode)
    values = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            scrap = output.get("metadata", {}).get("scrapbook")
            if scrap:
                values[scrap["name"]] = output["data"][scrap["mime_prefix"] + "text/plain"]
    return values


@pytest.mark.book
@pytest.mark.parametrize("page", EXPECTED)
def test_the_cells_compute_the_figures_of_the_sources(built_book, page):
    values = glued(built_book, page)
    for name, figure in EXPECTED[page].items():
        digits = -Decimal(figure).as_tuple().exponent
        assert round(float(values[name]), digits) == float(figure), name
