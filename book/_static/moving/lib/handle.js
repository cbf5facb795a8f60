// Points that can be dragged, and moved by the arrow keys.

import { snapped, svg } from "./dom.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Return a point of a plane that the reader moves; `update()` brings it up to the state.
 *
 * `get` returns [x, y], `set` receives it; `step` is one press of an arrow key, ten with Shift; `text` says
 * the value in words; `key` may take a key for itself and returns whether it did. A quiet point has a ring
 * only while it is looked at. `now` and `bounds` stand for x where the value is something else.
 */
export function handle(
  area,
  { label, shape, get, set, step, digits, text, key, pick, tab = 0, quiet, now, bounds },
) {
  const [low, high] = bounds ?? area.range.x;
  const node = svg(
    "g",
    {
      class: quiet ? "lt-handle lt-quiet" : "lt-handle",
      role: "slider",
      tabindex: tab,
      "aria-label": label,
      "aria-valuemin": low,
      "aria-valuemax": high,
    },
    svg("circle", { r: 17, class: "lt-reach" }),
    svg("circle", { r: 11, class: "lt-ring" }),
    shape,
  );
  const place = ([x, y], grid) => {
    const { x: across, y: up } = area.range;
    set([snapped(x, ...across, grid), snapped(y, ...up, grid)]);
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    node.focus({ preventScroll: true });
    pick?.();
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) place(area.inverse(event), digits);
  });
  node.addEventListener("focus", () => pick?.());
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (key?.(event.key)) {
      // The figure has taken it.
    } else if (arrow) {
      const far = step * (event.shiftKey ? 10 : 1);
      const [x, y] = get();
      place([x + arrow[0] * far, y + arrow[1] * far], digits);
    } else return;
    event.preventDefault();
    event.stopPropagation(); // arrow keys may turn the book's pages
  });
  const update = () => {
    const [x, y] = get();
    node.setAttribute("transform", `translate(${area.at.x(x).toFixed(2)} ${area.at.y(y).toFixed(2)})`);
    node.setAttribute("aria-valuenow", now ? now() : x);
    node.setAttribute("aria-valuetext", text(get()));
  };
  return { node, update };
}
