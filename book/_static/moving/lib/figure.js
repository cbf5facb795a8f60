// A figure: a stage in the page, a state, and a function that draws the one on the other.

import { html } from "./dom.js";
import { remember, restored, same } from "./state.js";

const PATIENCE = 150; // milliseconds: browsers refuse an address that changes at every frame

/**
 * Bring a figure to life.
 *
 * `rules` says for each part of the state what may stand in the address: [low, high, whole numbers only],
 * or the words allowed. `build(figure)` makes the elements and returns `draw`, which brings them up to the
 * state and returns `{ say, numbers }`: the sentence for everyone, and the numbers that tests compare. It
 * may set `figure.hint`, what keys and pointers do, and `figure.wide`, for a drawing above its controls; and
 * put `figure.said`, the element of the sentence, where it is read best.
 */
export function mount(name, rules, build) {
  const stage = document.querySelector(`[data-moving="${name}"]`);
  const data = JSON.parse(document.querySelector(`[data-moving-data="${name}"]`).textContent);
  const figure = { name, stage, data, state: restored(name, data.start, rules), controls: [] };
  let frame = 0;
  let timer = 0;
  let late = false;

  function write() {
    remember(name, figure.state, data.start);
    late = false;
    timer = setTimeout(() => {
      timer = 0;
      if (late) write();
    }, PATIENCE);
  }

  function draw() {
    frame = 0;
    const { say, numbers } = paint();
    for (const control of figure.controls) control();
    said.textContent = say;
    again.disabled = same(figure.state, data.start);
    stage.dataset.numbers = JSON.stringify(numbers);
  }

  figure.change = (part) => {
    Object.assign(figure.state, structuredClone(part));
    frame ||= requestAnimationFrame(draw);
    if (timer) late = true;
    else write();
  };

  const said = html("p", { class: "lt-moving-say", "aria-live": "polite" });
  const again = html("button", { type: "button", onclick: () => figure.change(data.start) }, "Start again");
  const drawing = html("div", { class: "lt-moving-drawing" });
  const panel = html("div", { class: "lt-moving-panel" });
  figure.drawing = drawing;
  figure.panel = panel;
  figure.said = said;
  const paint = build(figure);
  if (!said.parentNode) panel.append(said);
  panel.append(html("div", { class: "lt-moving-buttons" }, again));
  if (figure.hint) panel.append(html("p", { class: "lt-moving-hint" }, figure.hint));
  stage.classList.toggle("lt-moving-wide", Boolean(figure.wide));
  stage.replaceChildren(html("div", { class: "lt-moving-body" }, drawing, panel));
  draw();
}
