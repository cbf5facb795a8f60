"""The errata museum: an exhibit is a claim, a cell that refutes it, a correction and a way to its section."""

import re
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.book
ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "errata.md").read_text(encoding="utf-8")
SYLLABUS = yaml.safe_load((ROOT / "book" / "syllabus.yml").read_text(encoding="utf-8"))
TOPICS = {topic for part in SYLLABUS.values() for topic in part}
EXHIBITS = dict(re.findall(r"^\(erratum-([a-z0-9-]+)\)=\n(.*?)(?=^\(erratum-|^## |\Z)", PAGE, re.M | re.S))


def parts(text):
    """Return the code of an exhibit's cells and the prose that follows the last of them."""
    cells = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", text, re.M | re.S)
    return "\n".join(cells), text.rsplit("```", 1)[-1]


def test_there_are_exhibits_and_each_has_a_kind():
    kinds = PAGE[PAGE.index("KINDS = {") : PAGE.index("kind_of =")]
    named = {name for line in re.findall(r': "([^"]+)"', kinds) for name in line.split()}
    assert len(EXHIBITS) > 60
    assert set(EXHIBITS) == named


@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibit_is_a_claim_with_a_cell_that_refutes_it_and_a_correction_that_leads_on(name):
    heading, rest = EXHIBITS[name].split("\n", 1)
    code, correction = parts(re.split(r"^## ", rest, flags=re.M)[0].split("```{code-cell} ipython3\n---")[0])
    assert heading.startswith("### Claim: ")
    assert re.search(rf'refuted\(\s*"{name}"', code)
    assert correction.strip().startswith("**Correction.**")
    led = re.findall(r"\{ref\}`([a-z0-9-]+)`", correction)
    assert led, "no section teaches it"
    assert set(led) <= TOPICS


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_refutation_compares_something(name):
    code, _ = parts(EXHIBITS[name])
    said = code[code.index("refuted(") :]
    assert re.search(r"[<>]|==|!=|isclose|allclose|isinf|isnan|all\(\)|same", said), (
        "nothing in it could fail"
    )


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_correction_types_no_result(name):
    """What it quotes is glued; another decimal is one of the claim's, or stands in the cell."""
    text = EXHIBITS[name].split("```{code-cell} ipython3\n---")[0]
    code, correction = parts(text)
    plain = re.sub(r"\{glue:text\}`[^`]*`", "", correction)
    given = text.split("\n", 1)[0] + code
    assert all(number in given for number in re.findall(r"\d+\.\d+", plain))
