"""Which code a chapter runs on is found without running it, and nothing is missed."""

import os
import textwrap

import pytest

from lintutor.sphinxext.closure import closure, digest, imported_modules
from lintutor.sphinxext.execution import cells, execution_key, page_key

HEAD = "---\nkernelspec:\n  name: python3\n---\n# A chapter\n"


@pytest.fixture
def package(tmp_path):
    """A small lintutor: top -> middle -> bottom, and two modules beside them."""
    files = {
        "__init__.py": "",
        "bottom.py": "x = 1\n",
        "middle.py": "def f():\n    from . import bottom\n    return bottom.x\n",
        "top.py": "from lintutor.middle import f\n",
        "beside.py": "",
        "reader.py": "from importlib import resources\n",
        "digits.npz": "data",
        "deep/__init__.py": "",
        "deep/inner.py": "from ..bottom import x\n",
    }
    for name, text in files.items():
        path = tmp_path / "lintutor" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def names(modules, root):
    return {path.relative_to(root / "lintutor").as_posix() for path in closure(modules, root)}


def test_imports_are_followed_to_the_bottom_inside_functions_too(package):
    assert names(["lintutor.top"], package) == {"__init__.py", "top.py", "middle.py", "bottom.py"}


def test_relative_imports_reach_the_package_above(package):
    assert {"deep/__init__.py", "deep/inner.py", "bottom.py"} <= names(["lintutor.deep.inner"], package)


def test_a_module_that_reads_package_data_brings_the_data_along(package):
    assert "digits.npz" in names(["lintutor.reader"], package)
    assert "digits.npz" not in names(["lintutor.top"], package)


@pytest.mark.parametrize(
    "code",
    [
        "import lintutor.bottom",
        "import lintutor.bottom as b",
        "from lintutor import bottom",
        "from lintutor.bottom import x",
        "import lintutor\nlintutor.bottom.x",
        "import lintutor as lt\ndef f():\n    return lt.bottom.x",
        "from importlib import import_module\nimport_module('lintutor.bottom')",
        "if True:\n    import lintutor.bottom",
    ],
)
def test_every_way_to_name_a_module_is_seen(code, package):
    assert "lintutor.bottom" in imported_modules(code, root=package)


@pytest.mark.parametrize("code", ["import numpy.bottom", "bottom = 1\nbottom.x", "'lintutor.bottom'"])
def test_what_does_not_name_a_module_is_not_seen(code, package):
    assert imported_modules(code, root=package) <= {"lintutor"}


def test_a_digest_changes_with_what_it_covers_and_with_nothing_else(package):
    before = digest(["lintutor.top"], package)
    (package / "lintutor" / "beside.py").write_text("y = 2\n")
    assert digest(["lintutor.top"], package) == before
    (package / "lintutor" / "bottom.py").write_text("x = 2\n")
    assert digest(["lintutor.top"], package) != before


def test_a_digest_does_not_depend_on_when_a_file_was_written(package):
    before = digest(["lintutor.top"], package)
    (package / "lintutor" / "bottom.py").touch()
    assert digest(["lintutor.top"], package) == before


def test_the_key_of_a_chapter_follows_its_cells_and_the_chosen_data_set(package, monkeypatch):
    page = f"{HEAD}```{{code-cell}} ipython3\n:tags: [hide-input]\nimport lintutor.top\n```\n"
    before = execution_key(page, package)
    assert before == execution_key(page + "More prose.\n", package)
    monkeypatch.setenv("LINTUTOR_DATASET", "digits")
    assert execution_key(page, package) != before


@pytest.mark.parametrize("layout", ["a folder", "a folder in it", "an archive", "the default place"])
def test_the_key_follows_the_files_of_cifar10_once_it_is_chosen(layout, package, tmp_path, monkeypatch):
    page = f"{HEAD}```{{code-cell}} ipython3\nimport lintutor.top\n```\n"
    place = tmp_path / "cifar"
    if layout == "an archive":
        file = place = tmp_path / "cifar-10-python.tar.gz"
    else:
        file = place / "data_batch_1" if layout != "a folder in it" else place / "inner" / "data_batch_1"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"one")
    if layout == "the default place":
        monkeypatch.delenv("LINTUTOR_CIFAR10", raising=False)
        monkeypatch.setattr("lintutor.datasets.cifar10_folder", lambda: place)
    else:
        monkeypatch.setenv("LINTUTOR_CIFAR10", str(place))

    monkeypatch.delenv("LINTUTOR_DATASET", raising=False)
    drawn = execution_key(page, package)
    monkeypatch.setenv("LINTUTOR_DATASET", "cifar10")
    before = execution_key(page, package)
    assert before != drawn
    assert execution_key(page, package) == before
    os.utime(file, ns=(0, 0))
    later = execution_key(page, package)
    assert later != before
    file.write_bytes(b"another")
    os.utime(file, ns=(0, 0))
    assert execution_key(page, package) != later
    monkeypatch.delenv("LINTUTOR_DATASET")
    assert execution_key(page, package) == drawn  # the scenes do not care where CIFAR-10 lies


def test_the_key_follows_the_place_of_cifar10_and_bears_with_none(package, tmp_path, monkeypatch):
    page = f"{HEAD}```{{code-cell}} ipython3\nimport lintutor.top\n```\n"
    monkeypatch.setenv("LINTUTOR_DATASET", "cifar10")
    keys = set()
    for place in ("here", "there"):
        monkeypatch.setenv("LINTUTOR_CIFAR10", str(tmp_path / place))
        keys.add(execution_key(page, package))
    assert len(keys) == 2


def test_a_cell_that_is_not_plain_python_stands_on_the_whole_package(package):
    page = f"{HEAD}```{{code-cell}}\n?? what\n```\n"
    before = execution_key(page, package)
    (package / "lintutor" / "beside.py").write_text("y = 3\n")
    assert execution_key(page, package) != before


def test_a_magic_line_does_not_hide_the_imports_beside_it_nor_add_any(package):
    page = f"{HEAD}```{{code-cell}}\n%matplotlib inline\nimport lintutor.beside\n```\n"
    before = execution_key(page, package)
    (package / "lintutor" / "top.py").write_text("y = 4\n")
    assert execution_key(page, package) == before
    (package / "lintutor" / "beside.py").write_text("y = 4\n")
    assert execution_key(page, package) != before


def test_all_forms_of_a_cell_are_read_and_their_options_left_out():
    page = textwrap.dedent(
        """\
        ```{code-cell} ipython3
        ---
        tags: [hide-input]
        ---
        a = 1
        ```
        :::{code-cell}
        :tags: [hide-input]
        b = 2
        :::
        ````{code-cell}
        c = "```"
        ````
        ```python
        d = 4
        ```
        """
    )
    assert [cell.strip() for cell in cells(page)] == ["a = 1", "b = 2", 'c = "```"']


def test_a_page_that_prints_derivations_follows_them_and_a_plain_page_follows_nothing(package):
    folder = package / "lintutor" / "derivations"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    printing, plain = "```{derivation} some-id\n```\n", "# Plain\n"
    before = page_key(printing, package), page_key(plain, package)
    (folder / "__init__.py").write_text("z = 1\n")
    assert page_key(printing, package) != before[0]
    assert page_key(plain, package) == before[1]
