"""A drawing becomes part of its page: ink, paper, font, ids, width, words."""

import re
from xml.etree import ElementTree

import pytest

from lintutor import graph, plots
from lintutor.sphinxext import svg


@pytest.fixture(scope="module")
def drawing():
    fig, axes = plots.figure(width=5, height=3)
    axes.plot([0, 1, 2], [1, 0, 1], color="black")
    axes.plot([0, 2], [0, 1], color="#d55e00")
    axes.imshow([[0, 1], [1, 0]], extent=(0, 1, 0, 1), aspect="auto")
    axes.set_xlabel("weight $w_1$")
    axes.set_title("a kink", style="italic", size=13)
    axes.text(1, 1, "kink", color="white", bbox={"facecolor": "white"})
    return fig._repr_svg_()


@pytest.fixture(scope="module")
def inlined(drawing):
    return svg.inline(drawing, 'A "broken" line & its kink', "fig7-")


def test_black_becomes_the_ink_and_white_the_paper_of_the_page(inlined):
    assert "currentColor" in inlined
    assert not re.search(r"(fill|stroke): (#000000|#ffffff|black|white)", inlined)
    assert "var(--lt-paper" in inlined


def test_other_colors_stay(inlined):
    assert "#d55e00" in inlined


def test_text_takes_the_font_of_the_page_and_keeps_size_and_slant(inlined):
    assert "DejaVu" not in inlined
    assert "font-family" not in inlined
    assert "font-size: 13px" in inlined
    assert "font-style: italic" in inlined


def test_ids_are_the_figure_s_own_and_every_reference_finds_its_target(inlined):
    ids = re.findall(r' id="([^"]+)"', inlined)
    used = re.findall(r'url\(#([^)]+)\)| href="#([^"]+)"', inlined)
    assert ids
    assert all(name.startswith("fig7-") for name in ids)
    assert len(ids) == len(set(ids))
    assert {a or b for a, b in used} == set(ids)


def test_two_figures_on_a_page_share_no_id(drawing):
    first, second = (set(re.findall(r' id="([^"]+)"', svg.inline(drawing, "x", p))) for p in ("a-", "b-"))
    assert not first & second


def test_the_figure_says_what_it_shows(inlined):
    root = ElementTree.fromstring(inlined)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A "broken" line & its kink'


def test_the_width_follows_the_column_up_to_the_natural_width(inlined):
    root = ElementTree.fromstring(inlined)
    assert root.get("width") is None
    assert "max-width: 480px" in root.get("style")  # 5 inches


def test_no_style_sheet_leaks_into_the_page(inlined):
    assert "<style" not in inlined
    assert "<metadata" not in inlined
    assert "stroke-linejoin: round" in ElementTree.fromstring(inlined).get("style")


def test_images_keep_their_pixels(inlined):
    image = next(e for e in ElementTree.fromstring(inlined).iter() if e.tag == "image")
    assert "image-rendering: pixelated" in image.get("style")
    assert image.get("href").startswith("data:image/png")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<svg", "not well-formed"),
        ("<p/>", "root is <p>"),
        ('<svg width="wide" height="1pt"/>', "'wide'"),
        ("<svg/>", "width"),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(source, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        svg.inline(source, "x", "f-")


def test_a_drawing_keeps_the_least_width_at_which_it_can_be_read():
    x = graph.Value(1.0, "x")
    for _ in range(30):
        x = x * 2.0
    wide = svg.inline(graph.to_svg(x), "a chain of gates", "f-")
    least, most = (int(re.search(rf"{side}-width: (\d+)px", wide)[1]) for side in ("min", "max"))
    assert 390 < least < most
    assert "min-width" not in svg.inline(graph.to_svg(graph.Value(1.0) + 2.0), "one gate", "f-")
