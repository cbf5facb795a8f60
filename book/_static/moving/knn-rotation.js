// Two points are turned together; L1 between them changes, L2 does not.

import { brief, html, inked, pair, shown } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { slider, table } from "./lib/controls.js";
import { line, marker, plane, word } from "./lib/plane.js";
import { handle } from "./lib/handle.js";

const FULL = 2 * Math.PI;
const TURNS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 15, PageDown: -15 };

function turned([x, y], degrees) {
  const [c, s] = [Math.cos((degrees / 360) * FULL), Math.sin((degrees / 360) * FULL)];
  return [c * x - s * y, s * x + c * y];
}

function distances([ax, ay], [bx, by]) {
  return { l1: Math.abs(ax - bx) + Math.abs(ay - by), l2: Math.hypot(ax - bx, ay - by) };
}

mount("knn-rotation", { degrees: [-180, 180, true], a: [-9, 9], b: [-9, 9] }, (figure) => {
  const { state, data } = figure;
  const [tall, short] = data.lines;
  const picture = plane({ x: [-1.5, 1.5], y: [-1.5, 1.5], ticks: [3, 3], label: "The two points" });
  const graph = plane({
    x: [-180, 180],
    y: [0, 2.4],
    ticks: [[-180, -90, 0, 90, 180], 2],
    height: 165,
    label: "Both distances at every angle",
    names: ["angle in degrees", "distance"],
  });
  const ends = ["a", "b"].map((end, c) =>
    handle(picture, {
      label: `Point ${end.toUpperCase()}`,
      shape: marker(data.markers[c], data.colors[c]),
      get: () => turned(state[end], state.degrees),
      set: ([x, y]) => {
        const angle = Math.atan2(y, x) - Math.atan2(state[end][1], state[end][0]);
        const degrees = Math.round((angle / FULL) * 360);
        figure.change({ degrees: ((degrees + 540) % 360) - 180 });
      },
      now: () => state.degrees,
      bounds: [-180, 180],
      text: (at) => `${pair(at)}, turned by ${state.degrees} degrees`,
      key: (key) => {
        const by = TURNS[key];
        if (by) figure.change({ degrees: Math.min(180, Math.max(-180, state.degrees + by)) });
        return Boolean(by);
      },
    }),
  );
  const rows = table("The distance between them", ["", "at 0°", "turned"]);
  figure.drawing.append(picture.root, graph.root);
  figure.hint = "Drag a point round the circle, or go to it with Tab and press the arrow keys.";
  figure.panel.append(
    slider(figure, {
      label: "Turn by",
      min: -180,
      max: 180,
      step: 1,
      show: (x) => `${brief(x)}°`,
      get: () => state.degrees,
      set: (degrees) => figure.change({ degrees }),
    }),
    rows.node,
  );
  picture.above.append(...ends.map((end) => end.node));

  return () => {
    const [a, b] = [turned(state.a, state.degrees), turned(state.b, state.degrees)];
    const [before, now] = [distances(state.a, state.b), distances(a, b)];
    for (const end of ends) end.update();
    const corner = [b[0], a[1]];
    const circle = Array.from({ length: 121 }, (_, i) => turned([1, 0], 3 * i));
    picture.clipped.replaceChildren(
      line(
        picture,
        [
          [-1.5, 0],
          [1.5, 0],
        ],
        { opacity: 0.25 },
      ),
      line(
        picture,
        [
          [0, -1.5],
          [0, 1.5],
        ],
        { opacity: 0.25 },
      ),
      line(picture, circle, { opacity: 0.25, "stroke-dasharray": "2 4" }),
      line(picture, [a, corner, b], { stroke: tall, "stroke-width": 3 }),
      line(picture, [a, b], { stroke: short, "stroke-width": 3, "stroke-dasharray": "7 4" }),
      ...["A", "B"].map((name, i) => {
        const [x, y] = i ? b : a;
        return word(picture, [1.22 * x, 1.22 * y], name, {
          "text-anchor": "middle",
          dy: 5,
          class: "lt-word lt-strong",
        });
      }),
    );
    const curve = (which) =>
      Array.from({ length: 181 }, (_, i) => {
        const degrees = 2 * i - 180;
        return [degrees, distances(turned(state.a, degrees), turned(state.b, degrees))[which]];
      });
    graph.clipped.replaceChildren(
      line(
        graph,
        [
          [state.degrees, 0],
          [state.degrees, 2.4],
        ],
        { opacity: 0.5 },
      ),
      line(graph, curve("l1"), { stroke: tall, "stroke-width": 2.5 }),
      line(graph, curve("l2"), { stroke: short, "stroke-width": 2.5, "stroke-dasharray": "7 4" }),
      word(graph, [-90, 2.12], "L1", { style: `fill: ${inked(tall)}`, "text-anchor": "middle" }),
      word(graph, [-90, 1.1], "L2", { style: `fill: ${inked(short)}`, "text-anchor": "middle" }),
    );
    rows.fill([
      [key(tall, "L1, along the axes"), shown(before.l1, 3), shown(now.l1, 3)],
      [key(short, "L2, straight", true), shown(before.l2, 3), shown(now.l2, 3)],
    ]);
    return {
      say:
        `Turned by ${brief(state.degrees)}°, A is at ${pair(a)} and B at ${pair(b)}. ` +
        `L1 is ${shown(now.l1, 3)}, L2 is ${shown(now.l2, 3)}.`,
      numbers: { a, b, ...now },
    };
  };
});

function key(color, text, dashed = false) {
  const style = `border-top: 3px ${dashed ? "dashed" : "solid"} ${color}`;
  return html("span", {}, html("span", { class: "lt-key", style }), text);
}
