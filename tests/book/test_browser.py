"""What a reader's browser makes of the pages, with every other host out of reach."""

from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def open_page(browser):
    """Open an address in a fresh window; return the page and what went wrong while it loaded."""
    contexts = []

    def open_it(address, viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page, wrong = context.new_page(), []
        page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda e: wrong.append(f"script: {e}"))
        page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}"))
        page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("request", lambda r: wrong.append(f"elsewhere: {r.url}") if elsewhere(r.url) else None)
        page.goto(address)
        page.wait_for_function(
            "!window.MathJax?.startup?.promise || MathJax.startup.promise.then(() => true)"
        )
        return page, wrong

    yield open_it
    for context in contexts:
        context.close()


def elsewhere(address):
    parts = urlsplit(address)
    return parts.scheme not in ("file", "data", "blob") and parts.hostname != "127.0.0.1"


@pytest.mark.parametrize(("transport", "scheme"), [("http", "light"), ("file", "dark")])
def test_every_page_opens_whole_without_another_host_and_fits_a_phone(
    transport, scheme, open_page, book_pages, address
):
    for built in book_pages:
        where = f"{address}/{built.name}" if transport == "http" else built.path.as_uri()
        page, wrong = open_page(where, PHONE, color_scheme=scheme)
        assert not wrong, f"{built.name}: {wrong}"
        formulas = sum("math" in e.classes for e in built.root.walk())
        assert page.locator("mjx-container").count() >= formulas, built.name
        assert page.locator("mjx-merror").count() == 0, built.name
        text = page.locator("article").inner_text()
        assert not any(tex in text for tex in ("\\(", "\\[", "\\frac", "\\sum", "$$")), built.name
        assert page.locator("mjx-assistive-mml").count() >= formulas, "formulas have no MathML"
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0, built.name
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_are_drawn_in_the_ink_of_the_page(scheme, open_page, book_pages, address):
    built = next(page for page in book_pages if page.all("figure"))
    page, _ = open_page(f"{address}/{built.name}", color_scheme=scheme)
    ink = "e => getComputedStyle(e).color"
    article = page.locator("article p").first.evaluate(ink)
    assert {figure.evaluate(ink) for figure in page.locator(".lt-figure svg").all()} == {article}


def test_figures_never_grow_beyond_their_natural_width(open_page, book_pages, address):
    built = next(page for page in book_pages if page.all("figure"))
    page, _ = open_page(f"{address}/{built.name}", {"width": 2400, "height": 900})
    for figure in page.locator(".lt-figure svg").all():
        natural = figure.evaluate("e => e.viewBox.baseVal.width * 96 / 72")
        assert figure.bounding_box()["width"] <= natural + 1


def test_the_keyboard_opens_one_hint_after_another(open_page, book_pages, address):
    built = next(page for page in book_pages if any("lt-exercise" in e.classes for e in page.root.walk()))
    page, _ = open_page(f"{address}/{built.name}")
    hints = page.locator(".lt-exercise").first.locator(".lt-exercise-hint > summary")
    for number in range(3):
        assert hints.nth(number).is_visible()
        assert number == 2 or not hints.nth(number + 1).is_visible()
        hints.nth(number).focus()
        page.keyboard.press("Enter")
    assert page.locator(".lt-exercise-hint-text").nth(2).is_visible()


def test_the_first_tab_offers_to_skip_to_the_text(open_page, address):
    page, _ = open_page(f"{address}/book/index.html")
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("document.activeElement.textContent").lower()


def test_a_dark_page_prints_on_white_and_turns_back(open_page, address):
    page, _ = open_page(f"{address}/book/index.html", color_scheme="dark")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.evaluate("onafterprint = () => { window.printed = true }")
    page.evaluate(f"onbeforeprint = () => {{ window.onPaper = {theme} }}")
    page.pdf()
    page.wait_for_function("window.printed")
    assert page.evaluate("window.onPaper") == "light"
    assert page.evaluate(theme) == "dark"


def test_one_switch_sets_the_scale_of_every_formula_on_the_page(open_page, book_pages, address):
    built = max(book_pages, key=lambda page: sum("lt-scales" in e.classes for e in page.root.walk()))
    page, _ = open_page(f"{address}/{built.name}")
    formulas = page.locator(".lt-scales")
    assert formulas.count() > 1
    formulas.first.get_by_text("Matrices", exact=True).click()
    for formula in formulas.all():
        panes = formula.locator(".sd-tab-content")
        assert [pane.is_visible() for pane in panes.all()] == [False, False, True]


def test_an_answer_opens_by_keyboard_and_says_whether_it_holds_and_why(open_page, book_pages, address):
    built = next(page for page in book_pages if any("lt-questions" in e.classes for e in page.root.walk()))
    page, _ = open_page(f"{address}/{built.name}", PHONE)
    question = page.locator(".lt-questions").first
    for kind, verdict in ((".lt-wrong", "No."), (".lt-right", "Right.")):
        answer = question.locator(kind).first
        why = answer.locator("p").last
        assert not why.is_visible()
        answer.locator("summary").focus()
        page.keyboard.press("Enter")
        assert answer.locator("strong").last.inner_text().strip() == verdict
        assert why.is_visible()
        assert len(why.inner_text()) > 20
