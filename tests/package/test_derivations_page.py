"""The directives print what was verified, can be referred to, and stop the build where they must."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lintutor import derivations
from lintutor.derivations import Derivation, Twin

IDS = [d.id for d in derivations.all()]
EXTENSION = "myst_parser"
PAGE = """# Page

See {{eq}}`hinge-at-zero`, {{ref}}`derivation-hinge-at-zero` and {{ref}}`claims-ledger`.

{directives}
"""
LEDGER = "(claims-ledger)=\n# Ledger\n\n```{ledger}\n```\n"


def directive(id: str) -> str:
    return f"```{{derivation}} {id}\n```\n"


def build(folder: Path, page: str, ledger: str = LEDGER) -> tuple[str, str, str]:
    """Build two pages; return what was warned about, the page and the ledger."""
    from io import StringIO

    folder.mkdir(exist_ok=True)
    (folder / "index.md").write_text(page + "\n```{toctree}\nledger\n```\n")
    (folder / "ledger.md").write_text(ledger)
    warnings = StringIO()
    with patch_docutils(str(folder)), docutils_namespace():
        app = Sphinx(
            srcdir=folder,
            confdir=None,
            outdir=folder / "out",
            doctreedir=folder / "trees",
            buildername="html",
            confoverrides={
                "extensions": [EXTENSION, "lintutor.sphinxext.derivation"],
                "myst_enable_extensions": ["dollarmath"],
                "html_theme": "basic",
            },
            status=None,
            warning=warnings,
        )
        app.build()
    pages = [(folder / "out" / f"{name}.html").read_text() for name in ("index", "ledger")]
    return warnings.getvalue(), pages[0], pages[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    folder = tmp_path_factory.mktemp("book")
    yield build(folder, PAGE.format(directives="\n".join(map(directive, IDS))))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Derivation:
    """Put a wrong twin in the place of a derivation."""
    whole = derivations.get("hinge-at-zero")
    wrong = whole.with_twin(whole.twins[0])
    monkeypatch.setattr(derivations, "get", lambda id: wrong)
    monkeypatch.setattr(derivations, "report", lambda id: derivations.verify(wrong))
    return wrong


def test_every_derivation_builds_without_a_warning(built: tuple[str, str, str]) -> None:
    warnings, _, _ = built
    assert warnings == ""


@pytest.mark.parametrize("id", IDS)
def test_a_derivation_prints_title_reasons_marks_and_its_verified_result(
    built: tuple[str, str, str], id: str
) -> None:
    _, page, _ = built
    derivation = derivations.get(id)
    start = page.index(f'id="derivation-{id}"')
    box = page[start : page.find('id="derivation-', start + 1)]
    assert derivation.title in box
    marks = re.findall(r'<abbr class="lt-derivation-mark lt-derivation-(\w+)" title="([^"]+)"', box)
    report = derivations.report(id)
    assert [strength for strength, _ in marks] == [line.strength for line in report.lines[1:]]
    assert all("compared at" in words for _, words in marks)
    result = derivation.tex().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert result in box
    for text in re.split(r"\$[^$]*\$", " ".join(line.reason for line in derivation.lines)):
        assert all(word in box for word in text.split() if word.isalpha())


def test_equation_and_anchor_can_be_referred_to(built: tuple[str, str, str]) -> None:
    _, page, ledger = built
    assert re.search(r'href="#equation-hinge-at-zero">\(\d+\)</a>', page)
    assert re.search(r'href="#derivation-hinge-at-zero"><span class="std std-ref">The loss at zero', page)
    assert 'href="index.html#derivation-hinge-convex"' in ledger


def test_the_ledger_lists_every_claim_with_its_test_and_counts(built: tuple[str, str, str]) -> None:
    _, _, ledger = built
    twins = sum(len(d.twins) for d in derivations.all())
    assert f"{len(IDS)} claims" in ledger
    assert f"{twins} of {twins} wrong versions were refused" in ledger
    for derivation in derivations.all():
        assert f'id="claim-{derivation.id}"' in ledger
        if derivation.code:  # some speak of no function of the package
            assert derivation.code_test in ledger
            assert f"lintutor.{derivation.code}" in ledger


def test_an_unknown_id_is_an_error_of_the_build(tmp_path: Path) -> None:
    warnings, _, _ = build(tmp_path, "# Page\n\n" + directive("hinge-at-one"), "# Nothing\n")
    assert "no derivation is called 'hinge-at-one'; there are distance-expand-square" in warnings
    assert "index.md:3" in warnings


def test_a_line_that_does_not_hold_is_an_error_that_says_where(tmp_path: Path, broken: Derivation) -> None:
    warnings, page, _ = build(tmp_path, "# Page\n\n" + directive(broken.id), "# Nothing\n")
    assert "derivation hinge-at-zero: line 4 (there are $C - 1$ wrong classes" in warnings
    assert re.search(r"is refuted: \S+ against \S+ at .*delta = ", warnings)
    assert "equation-hinge-at-zero" not in page


def test_a_twin_that_is_not_refused_is_an_error_of_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = derivations.get("hinge-at-zero")
    honest = Twin(4, whole.lines[4].expr, "nothing wrong with it")
    weak = Derivation(**{**whole.__dict__, "twins": (honest,)})
    monkeypatch.setattr(derivations, "all", lambda: [weak])
    warnings, _, _ = build(tmp_path, "# Page\n")
    assert "the wrong twin is not refused: nothing wrong with it" in warnings


def test_a_page_is_built_again_when_a_derivation_changes(tmp_path: Path) -> None:
    build(tmp_path, "# Page\n\n" + directive("hinge-at-zero"), "# Nothing\n")
    import pickle

    environment = pickle.loads((tmp_path / "trees" / "environment.pickle").read_bytes())
    watched = {Path(tmp_path, name).resolve() for name in environment.dependencies["index"]}
    assert Path(derivations.source("hinge-at-zero")).resolve() in watched
    assert {"printer.py", "engine.py", "normal.py", "derivation.py"} <= {path.name for path in watched}
