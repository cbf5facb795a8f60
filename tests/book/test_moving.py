"""Figures that the reader moves: their numbers are lintutor's, by any key, at any width, from a file too."""

import json
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

from lintutor import datasets, losses, neighbors, plots, regularizers, scores
from lintutor.graph import Value
from lintutor.sphinxext import moving, moving_data

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "book" / "_static" / "moving"
NAMES = sorted(moving_data.FIGURES)
START = {name: figure.data()["start"] for name, figure in moving_data.FIGURES.items()}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
pytestmark = pytest.mark.book


def small_book(folder, **pages):
    """Build a book of these pages with the real settings; return the exit status and what was said."""
    shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
    for name in ("_config.yml", "pyproject.toml", "book/references.bib"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("src", "tests", "solutions", "exercises"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    for name, text in {"index": "# Book\n", **pages}.items():
        (folder / "book" / f"{name}.md").write_text(text, encoding="utf-8")
    chapters = "".join(f"  - file: book/{name}\n" for name in pages)
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: book/index\nchapters:\n{chapters}")
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "--quiet"]
    done = subprocess.run(
        [*command, "-W", "--keep-going", str(folder)],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def directive(name, caption="Move it and see what changes, and what stays as it is."):
    return f"```{{moving}} {name}\n{caption}\n```\n"


@pytest.fixture(scope="module")
def page_of_figures(tmp_path_factory):
    """A page that holds every figure, and its address as a file."""
    folder = tmp_path_factory.mktemp("moving")
    text = "# Figures\n\nSee {numref}`moving-bp-circuits`.\n\n" + "\n".join(map(directive, NAMES))
    status, said = small_book(folder, figures=text + "\n(the-end)=\n## The end\n\nWords.\n")
    assert status == 0, said
    page = folder / "_build" / "html" / "book" / "figures.html"
    found = re.findall(r"<figure.*?</figure>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == len(NAMES)
    head = "<!doctype html><meta charset=utf-8><title>Figures</title>"
    page.with_name("bare.html").write_text(head + "".join(found), encoding="utf-8")
    return page


@pytest.fixture
def show(browser, page_of_figures):
    """Open the page with figures in given states; on closing, nothing may have gone wrong.

    A bare page has the figures and nothing else: it opens quickly.
    """
    contexts, wrong = [], []

    def open_it(query="", anchor="", viewport=DESK, bare=False, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("request", lambda r: wrong.append(r.url) if urlsplit(r.url).scheme not in OWN else None)
        page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}"))
        file = page_of_figures.with_name("bare.html") if bare else page_of_figures
        page.goto(f"{file.as_uri()}{query}{anchor}")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert not wrong


OWN = ("file", "data", "blob")


def stage(page, name):
    return page.locator(f'[data-moving="{name}"]')


def numbers(page, name):
    return json.loads(stage(page, name).get_attribute("data-numbers"))


def text_of(state):
    """Return a state as an address holds it."""
    return ";".join(f"{key}:{','.join(map(str, np.ravel(value)))}" for key, value in state.items())


def wait_for_change(page, name, before):
    page.wait_for_function(
        "([name, before]) => document.querySelector(`[data-moving='${name}']`).dataset.numbers !== before",
        arg=[name, before],
    )


def drawn(page):
    """Wait until what was asked for has been drawn."""
    page.wait_for_function("new Promise((done) => requestAnimationFrame(() => done(true)))")


# What lintutor says of each state.


def rotation(degrees, a, b):
    angle = math.radians(degrees)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    A, B = np.array([a]) @ turn, np.array([b]) @ turn
    lengths = {
        "l1": neighbors.l1_distances(A, B)[0, 0],
        "l2": neighbors.l2_distances(A, B)[0, 0],
    }
    return {"a": A[0], "b": B[0], **lengths}


def regions(k, p, points, at):
    labels = moving_data.seeded_points()[1]
    found, distances = neighbors.k_nearest([at], points, k, p)
    votes = neighbors.vote_counts(labels[found], 3)
    model = neighbors.KNearestNeighbors(k=k, p=p).fit(points, labels)
    where = (np.arange(0, 160, 8) + 0.5) * 10 / 160
    cells = np.array([[x, y] for y in where for x in where])
    return {
        "found": found[0],
        "votes": votes[0],
        "label": neighbors.majority_vote(labels[found], 3)[0],
        "radius": distances[0, -1],
        "strays": (model.predict(points) != labels).sum(),
        "some": model.predict(cells),
    }


def half_planes(W, b, at, chosen):
    X, W1 = scores.bias_trick([at], W, b)
    return {"scores": scores.linear_scores([at], W, b)[0], "label": scores.predict(X, W1)[0]}


def two_losses(s, y):
    hinge, slope = losses.hinge_on_scores([s], [y])
    entropy, pull = losses.cross_entropy_on_scores([s], [y])
    assert hinge == pytest.approx(losses.hinge_loss_one(s, y))
    return {
        "hinge": hinge,
        "margins": losses.hinge_margins([s], [y])[0],
        "hingeSlope": slope[0],
        "entropy": entropy,
        "p": losses.softmax(s),
        "entropySlope": pull[0],
    }


def geometry(penalty, reg, beta, v):
    w = moving_data.solve(v, reg, penalty, beta)
    cost = {
        "l1": lambda: regularizers.l1_penalty(w, reg)[0],
        "l2": lambda: regularizers.l2_penalty(w, reg)[0],
        "elastic": lambda: regularizers.elastic_net_penalty(w, reg, beta)[0],
    }[penalty]()
    data = (w - v) @ moving_data.ridge_bowl() @ (w - v)
    return {"w": w, "data": data, "penalty": cost, "total": data + cost}


def wires(circuit, product, neuron):
    """Return every wire of a circuit in the order of the gates, after a walk back."""
    if circuit == "product":
        x, y, z = map(Value, map(float, product))
        q = x + y
        named = {"x": x, "y": y, "z": z, "q": q, "f": q * z}
    else:
        w0, x0, w1, x1, b = map(Value, map(float, neuron))
        p, q = w0 * x0, w1 * x1
        r = p + q
        s = r + b
        n = -s
        e = n.exp()
        d = 1 + e
        named = {"w₀": w0, "x₀": x0, "w₁": w1, "x₁": x1, "b": b, "p": p, "q": q, "r": r}
        named |= {"s": s, "n": n, "e": e, "d": d, "f": 1 / d}
    named["f"].backward()
    return named


def circuits(circuit, step, product, neuron):
    named = wires(circuit, product, neuron)
    gates = [name for name, value in named.items() if value.inputs]
    seen = [name for name, value in named.items() if not value.inputs] + gates[:step]
    passed = max(0, step - len(gates) - 1)  # gates that were walked back through
    met = ["f"] if step > len(gates) else []
    for gate in gates[::-1][:passed]:
        met += [name for name, value in named.items() if value in named[gate].inputs]
    return {
        "values": {name: named[name].data for name in seen},
        "gradients": {name: named[name].grad for name in met},
    }


def patterns(x, y, g):
    expected = {}
    for op in ("add", "multiply", "max"):
        a, b = Value(float(x)), Value(float(y))
        out = {"add": a + b, "multiply": a * b, "max": a.maximum(b)}[op]
        out.backward(float(g))
        expected[op] = {"out": out.data, "x": a.grad, "y": b.grad}
    return expected


EXPECTED = {
    "knn-rotation": rotation,
    "knn-decision-regions": regions,
    "score-half-planes": half_planes,
    "softmax-against-hinge": two_losses,
    "reg-geometry": geometry,
    "bp-circuits": circuits,
    "bp-gate-patterns": patterns,
}
MOVED = [[x, round(10 - y, 1)] for x, y in START["knn-decision-regions"]["points"]]
STATES = {
    "knn-rotation": [{}, {"degrees": 45}, {"degrees": -133}, {"degrees": 30, "a": [0.5, 2], "b": [-1, 0.25]}],
    "knn-decision-regions": [
        *[{"k": k, "p": p} for k in (1, 2, 5, 15) for p in (1, 2)],
        {"k": 3, "at": [7.3, 4.9], "points": MOVED},
    ],
    "score-half-planes": [
        {},
        {"at": [-2.35, 4.5]},
        {"W": [[1, -1, 0], [0.5, 2, -3.3]], "b": [0, -4, 2.5], "at": [0.1, 0.2]},
        {"W": [[0, 0, 0], [0, 0, 0]], "b": [1, 1, 1]},
    ],
    "softmax-against-hinge": [
        *[{"s": s, "y": y} for s in ([10, -2, 3], [10, 9, 9], [10, -100, -100]) for y in (0, 2)],
        {},
        {"s": [1000, -1000, 999.5], "y": 1},
        {"s": [0, 0, 0], "y": 2},
    ],
    "reg-geometry": [
        {"penalty": penalty, "reg": reg, "v": v, "beta": beta}
        for penalty in ("l1", "l2", "elastic")
        for reg, beta in ((0, 0.5), (0.35, 1.5), (2, 0.5), (9, 0))
        for v in ([0.6, 1.6], [-2.2, 0.3])
    ],
    "bp-circuits": [
        *[{"circuit": "product", "step": step} for step in range(6)],
        *[{"circuit": "neuron", "step": step} for step in (0, 5, 8, 9, 12, 17)],
        {"circuit": "product", "step": 5, "product": [1.5, -0.5, 0]},
        {"circuit": "neuron", "step": 17, "neuron": [3, 3, 3, 3, 3]},
    ],
    "bp-gate-patterns": [{}, {"x": 1.5, "y": 1.5, "g": -3}, {"x": -6, "y": 5.5, "g": 0.5}],
}


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_shows_what_lintutor_computes_in_every_state(name, show):
    page = show(bare=True)
    for change in STATES[name]:
        page.goto(f"{page.url.split('?')[0]}?{name}={text_of(change)}")
        shown, expected = numbers(page, name), EXPECTED[name](**(START[name] | change))
        for key, value in expected.items():
            agree(shown[key], value, f"{change}: {key}", 1e-300 if key in TINY else 1e-9)


#: Losses and probabilities of 1e-48 are right to nine digits, too.
TINY = ("entropy", "p")


def agree(shown, expected, where, atol):
    if isinstance(expected, dict):
        assert shown.keys() == expected.keys(), where
        for key in expected:
            agree(shown[key], expected[key], f"{where}: {key}", atol)
    else:
        np.testing.assert_allclose(shown, expected, rtol=1e-9, atol=atol, err_msg=where)


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_every_slider_and_every_point_is_moved_by_the_keyboard(name, show):
    page = show(f"?{name}=step:2" if name == "bp-circuits" else "")
    controls = stage(page, name).locator("input[type=range], [role=slider][tabindex='0']")
    moved = [control for control in controls.all() if control.is_visible()]
    assert moved
    for control in moved:
        before, at = stage(page, name).get_attribute("data-numbers"), control.get_attribute("aria-valuetext")
        value = [control.element_handle(), at]
        control.focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("([e, at]) => e.getAttribute('aria-valuetext') !== at", arg=value)
        assert stage(page, name).get_attribute("data-numbers") != before, control.get_attribute("aria-label")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("([e, at]) => e.getAttribute('aria-valuetext') === at", arg=value)


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_buttons_and_choices_change_the_sentence_and_start_again_goes_back(name, show):
    page = show()
    figure, start = stage(page, name), numbers(page, name)
    again = figure.get_by_role("button", name="Start again")
    assert again.is_disabled()
    figure.locator("input[type=range]:visible").first.focus()
    page.keyboard.press("PageUp")
    drawn(page)
    for control in [*figure.locator("button").all()[:-1], *figure.locator("input[type=radio]").all()]:
        control.focus()
        page.keyboard.press("Space")
        drawn(page)
    assert figure.locator(".lt-moving-say").inner_text().strip()
    before = figure.get_attribute("data-numbers")
    page.wait_for_function("(name) => location.search.includes(name)", arg=name)
    again.focus()
    page.keyboard.press("Enter")
    wait_for_change(page, name, before)
    assert numbers(page, name) == start
    page.wait_for_function("(name) => !location.search.includes(name)", arg=name)


@pytest.mark.browser
def test_points_are_dragged_with_the_mouse(show):
    page = show()
    for name, label in (
        ("knn-decision-regions", "New point"),
        ("score-half-planes", "Point to score"),
        ("reg-geometry", "Weights of least data loss"),
        ("knn-rotation", "Point A"),
    ):
        point = stage(page, name).get_by_role("slider", name=label)
        point.scroll_into_view_if_needed()
        box, before = point.bounding_box(), stage(page, name).get_attribute("data-numbers")
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 30, y + 25, steps=3)
        page.mouse.up()
        wait_for_change(page, name, before)


@pytest.mark.browser
def test_one_tab_reaches_the_points_and_letters_go_from_one_to_the_next(show):
    page = show()
    figure = stage(page, "knn-decision-regions")
    points = figure.locator("[role=slider][aria-label^='Training']")
    assert points.count() == 30
    points.first.focus()
    for key, number in (("n", 2), ("n", 3), ("p", 2), ("p", 1), ("p", 30)):
        page.keyboard.press(key)
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert label.startswith(f"Training point {number} of")
        assert figure.locator("[aria-label^='Training'][tabindex='0']").count() == 1


@pytest.mark.browser
def test_states_survive_a_reload_beside_one_another_and_leave_the_anchor_alone(show):
    page = show("?highlight=norm&bp-gate-patterns=x:1", "#the-end")
    for name in ("knn-rotation", "softmax-against-hinge"):
        before = stage(page, name).get_attribute("data-numbers")
        stage(page, name).locator("input[type=range]").first.focus()
        page.keyboard.press("ArrowRight")
        wait_for_change(page, name, before)
        page.wait_for_function("(name) => location.search.includes(name)", arg=name)
    held = {name: numbers(page, name) for name in NAMES}
    assert page.evaluate("location.hash") == "#the-end"
    assert "highlight=norm" in page.evaluate("location.search")
    page.reload()
    assert {name: numbers(page, name) for name in NAMES} == held
    assert held["knn-rotation"]["l1"] == pytest.approx(rotation(1, [0, 1], [1, 0])["l1"])
    assert held["bp-gate-patterns"]["add"]["out"] == -3


@pytest.mark.browser
def test_the_last_state_is_kept_when_the_page_is_left_at_once(show):
    page = show(bare=True)  # it waits for no picture that leaving could cut off
    stage(page, "knn-rotation").locator("input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.reload()
    assert numbers(page, "knn-rotation")["l1"] == pytest.approx(rotation(1, [0, 1], [1, 0])["l1"])


@pytest.mark.browser
@pytest.mark.parametrize(
    "nonsense",
    ["knn-rotation=degrees:1e9", "knn-rotation=degrees:x", "knn-rotation=degrees:1.5", "knn-rotation=degrees",
     "knn-rotation=%3Cscript%3E", "reg-geometry=penalty:l3;reg:-1;v:1", "reg-geometry=__proto__:1;reg:NaN",
     "knn-decision-regions=k:0;points:1,2,3", "bp-circuits=step:99;circuit:toString"],
)  # fmt: skip
def test_what_an_address_may_not_say_changes_nothing(nonsense, show):
    name = nonsense.split("=")[0]
    assert numbers(show(f"?{nonsense}", bare=True), name) == numbers(show(bare=True), name)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_page_and_ink_is_the_color_of_its_text(scheme, show):
    page = show(viewport=PHONE, color_scheme=scheme)
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    ink = page.locator("article p").first.evaluate("e => getComputedStyle(e).color")
    for name in NAMES:
        right = stage(page, name).bounding_box()["x"] + stage(page, name).bounding_box()["width"]
        assert right <= PHONE["width"]
        for drawing in stage(page, name).locator(".lt-moving-drawing svg").all():
            assert drawing.evaluate("e => getComputedStyle(e).color") == ink
            assert drawing.bounding_box()["width"] <= PHONE["width"]
        small = stage(page, name).locator("svg text").evaluate_all(
            "all => Math.min(...all.map((e) => parseFloat(getComputedStyle(e).fontSize)"
            " * Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b)))"
        )  # fmt: skip
        assert small >= 8.9, name


@pytest.mark.browser
def test_everything_that_can_be_worked_has_a_name_and_every_drawing_says_what_it_is(show):
    page = show()
    nameless = page.evaluate(
        """[...document.querySelectorAll('.lt-moving :is(input, button, svg, [role=slider])')].filter((e) =>
             !e.closest('[aria-hidden=true]') && !e.getAttribute('aria-label') && !e.textContent.trim()
             && !e.closest('label')?.textContent.trim()).map((e) => e.outerHTML.slice(0, 200))"""
    )
    assert nameless == []
    for name in NAMES:
        assert stage(page, name).locator("[aria-live=polite]").inner_text().strip()
        assert stage(page, name).get_attribute("aria-label")


@pytest.mark.browser
def test_paper_keeps_the_drawing_and_the_sentence_and_drops_the_controls(show):
    page = show()
    page.emulate_media(media="print")
    for name in NAMES:
        assert stage(page, name).locator(".lt-moving-say").is_visible()
        assert stage(page, name).locator(".lt-moving-drawing svg").first.is_visible()
        for control in stage(page, name).locator("button, input").all():
            assert not control.is_visible()


@pytest.mark.browser
def test_without_javascript_a_sentence_with_computed_numbers_stands_there(show):
    page = show(bare=True, java_script_enabled=False)
    for name in NAMES:
        still = " ".join(stage(page, name).inner_text().split())
        assert still.startswith(" ".join(moving_data.FIGURES[name].still().split()))
        assert "JavaScript" in still


@pytest.mark.browser
def test_classes_have_the_colors_of_every_other_figure(show):
    page = show()
    drawn = stage(page, "score-half-planes").locator("svg path[fill^='#']")
    fills = set(drawn.evaluate_all("all => all.map((e) => e.getAttribute('fill'))"))
    assert fills == {plots.class_color(c) for c in range(3)}


@pytest.mark.browser
def test_figures_work_over_http_too(browser, page_of_figures):
    import http.server
    import threading
    from functools import partial

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    folder = str(page_of_figures.parents[1])
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page, wrong = browser.new_page(), []
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.goto(f"http://127.0.0.1:{server.server_port}/book/figures.html?knn-rotation=degrees:45")
        assert numbers(page, "knn-rotation")["l1"] == pytest.approx(math.sqrt(2))
        page.close()
        server.shutdown()
    assert not wrong


def test_an_unknown_figure_fails_the_build_and_the_names_are_listed(tmp_path):
    text = "# Wrong\n\n" + directive("knn-rotations") + "\n```{moving} knn-rotation\n```\n"
    status, said = small_book(tmp_path, wrong=text)
    assert status != 0
    assert "no moving figure 'knn-rotations'" in said
    assert all(name in said for name in NAMES)
    assert "wrong.md:7" in said  # a figure without a caption


def test_every_figure_has_its_module_and_none_is_long():
    assert sorted(path.stem for path in MODULES.glob("*.js")) == NAMES
    for path in MODULES.rglob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 200, path.name


def test_a_figure_has_what_it_imports_once_and_before_it_is_used():
    joined = moving.join(MODULES / "knn-rotation.js")
    assert joined.count("function mount(") == joined.count("function html(") == 1
    order = ["function html(", "function mount(", 'mount("knn-rotation"']
    assert sorted(order, key=joined.index) == order
    assert "\nimport " not in joined
    assert "\nexport " not in joined


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('import { a } from "./a.js";\nconst a = 1;\n', "both have a a at their top"),
        ('import * as a from "./a.js";\n', "cannot be joined"),
        ("export default 1;\n", "cannot be joined"),
        ('const b = "</script>";\n', "cannot be joined"),
    ],
)
def test_modules_that_cannot_share_a_page_are_refused(text, said, tmp_path):
    (tmp_path / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "b.js").write_text(text)
    with pytest.raises(ValueError, match=said):
        moving.join(tmp_path / "b.js")


def test_a_module_that_is_missing_is_named(tmp_path):
    (tmp_path / "b.js").write_text('import { a } from "./gone.js";\n')
    with pytest.raises(FileNotFoundError, match=r"gone\.js"):
        moving.join(tmp_path / "b.js")


def test_sentences_for_paper_hold_the_book_s_numbers():
    X, W, _, _ = datasets.three_pictures()
    for score in (X @ W)[0]:
        assert f"{score:.1f}" in moving_data.FIGURES["score-half-planes"].still()
    assert f"{math.sqrt(2):.3f}" in moving_data.FIGURES["knn-rotation"].still()


def test_the_solutions_that_figures_are_held_against_are_minima():
    rng = np.random.default_rng(0)
    for penalty in ("l1", "l2", "elastic"):
        v = np.array([0.6, 1.6])
        w = moving_data.solve(v, 2.0, penalty, 0.5)

        def cost(w, penalty=penalty, v=v):
            squares, sizes = (w * w).sum(), np.abs(w).sum()
            extra = {"l1": sizes, "l2": squares, "elastic": 0.5 * squares + sizes}[penalty]
            return (w - v) @ moving_data.ridge_bowl() @ (w - v) + 2.0 * extra

        assert all(cost(w) <= cost(w + step) + 1e-12 for step in rng.normal(0, 0.1, (200, 2)))


def test_every_figure_stands_in_the_book(book_pages):
    ids = [i for page in book_pages for i in page.ids]
    assert [name for name in NAMES if ids.count(f"moving-{name}") != 1] == []
