"""A book built on CIFAR-10: pages that load the chosen data run on it, and their words hold there too."""

import ast
import re
import shutil
from pathlib import Path

import nbformat
import numpy as np
import pytest
import yaml
from nbclient import NotebookClient

from lintutor.datasets import make_scenes
from lintutor.datasets.cifar10 import CIFAR10_SOURCE
from lintutor.sphinxext.execution import cells

pytestmark = pytest.mark.book
ROOT = Path(__file__).resolve().parents[2]
CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
#: What is true of one data set only.
OF_ONE = re.compile(r"\bscenes?\b|\bdrawn by\b|\bphoto|\bCIFAR|\bJPEG|\b32\b", re.IGNORECASE)
#: A result, unless it is glued: 0.38, 38 percent, 38 %.
TYPED = re.compile(r"\d\.\d|\d ?(percent|%|points)")
#: What a build runs and judges by itself: its numbers are checked there.
RUN_AT_BUILD = re.compile(r"^(`{3,})\{(quiz|commit|scales|definition)\}.*?^\1$", re.DOTALL | re.MULTILINE)
ROLE_CODE_OR_FORMULA = re.compile(r"\{[\w:]+\}`[^`]*`|``.*?``|`[^`\n]*`|\$[^$]*\$", re.DOTALL)


def pages():
    """Return the pages of the book, by name."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    return {Path(file).name: (ROOT / f"{file}.md").read_text(encoding="utf-8") for file in files}


def loads_the_chosen_data(code):
    """Whether a cell calls ``datasets.load()`` or ``load()`` without naming a data set."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    named = [getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls]
    return any(
        name == "load" and not call.args and all(keyword.arg != "name" for keyword in call.keywords)
        for name, call in zip(named, calls, strict=True)
    )


PAGES = pages()
CHOSEN = [name for name, text in PAGES.items() if any(map(loads_the_chosen_data, cells(text)))]


def words(text):
    """Return what a page says, captions and alternative texts included: all but code, roles and formulas.

    Questions are left out too: the right answer of each was computed.
    """
    for code in cells(text):
        text = text.replace(code, "", 1)
    text = re.sub(r"^(`{3}|:{3}).*$", "", text, flags=re.MULTILINE)  # where cells and boxes begin and end
    return ROLE_CODE_OR_FORMULA.sub("", text)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory):
    """Files laid out as CIFAR-10's binary edition: 60,000 rows, two thousand scenes again and again."""
    folder = tmp_path_factory.mktemp("stand-in")
    images, y = make_scenes(2000, seed=7)
    pixels = images.transpose(0, 3, 1, 2).reshape(len(y), -1)  # (N, 3072), color by color
    batch = np.tile(np.column_stack([y.astype(np.uint8), pixels]), (5, 1)).tobytes()
    for name in (*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"):
        (folder / f"{name}.bin").write_bytes(batch)
    (folder / "batches.meta.txt").write_text("\n".join(CLASSES), encoding="utf-8")
    yield folder
    shutil.rmtree(folder)  # 184 MB that nobody needs to look at again


def test_some_page_loads_the_chosen_data():
    assert "ch03_hinge_loss" in CHOSEN


@pytest.mark.parametrize("page", CHOSEN)
def test_a_page_runs_on_cifar10_within_four_gigabytes_and_says_so(page, stand_in, monkeypatch):
    monkeypatch.setenv("LINTUTOR_DATASET", "cifar10")
    monkeypatch.setenv("LINTUTOR_CIFAR10", str(stand_in))
    monkeypatch.setenv("JUPYTER_PATH", str(ROOT / "src" / "lintutor" / "sphinxext"))  # the book's kernel
    weigh = "import resource\nresource.getrusage(resource.RUSAGE_SELF).ru_maxrss"
    code = [nbformat.v4.new_code_cell(source) for source in (*cells(PAGES[page]), weigh)]
    run = NotebookClient(nbformat.v4.new_notebook(cells=code), timeout=120, kernel_name="python3").execute()
    shown = [output for cell in run.cells for output in cell.outputs]
    assert not [output.text for output in shown if output.get("name") == "stderr"]
    assert int(shown[-1].data["text/plain"]) < 4_000_000  # kilobytes
    glued = [next(iter(o.data.values())) for o in shown if "scrapbook" in o.get("metadata", {})]
    assert repr(CIFAR10_SOURCE) in glued, "the page does not say which data it shows"


@pytest.mark.parametrize("page", CHOSEN)
def test_what_a_page_says_of_the_chosen_data_holds_for_any(page):
    code = next(code for code in cells(PAGES[page]) if loads_the_chosen_data(code))
    before, after = PAGES[page].split(code, 1)
    heading = before.rindex("\n(")  # the anchor of the section
    said = words(before[heading:] + after)
    assert not OF_ONE.findall(said)


@pytest.mark.parametrize("page", sorted({*CHOSEN, "reproduction"}))
def test_no_result_is_typed(page):
    text = PAGES[page]
    if page in CHOSEN:  # what stands before may quote the sources
        code = next(code for code in cells(text) if loads_the_chosen_data(code))
        text = text.split(code, 1)[1]
    typed = [line for line in words(RUN_AT_BUILD.sub("", text)).splitlines() if TYPED.search(line)]
    assert not typed, typed
