// Three linear scores in the plane: where each is zero, where it grows, which one is the highest.

import { brief, html, listed, pair, shown, svg } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { choice, slider, table } from "./lib/controls.js";
import { cross, line, marker, plane, round, sign, steps, through, word } from "./lib/plane.js";
import { handle } from "./lib/handle.js";
import { corners, cut, ends, middle } from "./lib/polygon.js";
import { largest } from "./lib/neighbors.js";

const RULES = { W: [-5, 5], b: [-10, 10], at: [-4, 5], chosen: [0, 2, true] };

mount("score-half-planes", RULES, (figure) => {
  const { state, data } = figure;
  const { names, colors, markers } = data;
  const range = [
    [-4, 4],
    [-3, 5],
  ];
  const area = plane({
    x: range[0],
    y: range[1],
    ticks: [8, 8],
    label: "The plane of two pixels",
    names: ["pixel 0", "pixel 1"],
  });
  const probe = handle(area, {
    label: "Point to score",
    shape: cross(),
    get: () => state.at,
    set: (at) => figure.change({ at }),
    step: 0.05,
    digits: 0.05,
    text: (at) => `${pair(at)}, ${names[largest(scores(at))]}`,
  });
  area.above.append(probe.node);
  const rows = table("Weights, biases, and the scores at the cross", ["", "w₀", "w₁", "b", "score"]);
  const weight = (d) => ({
    get: () => state.W[d][state.chosen],
    set: (x) =>
      figure.change({
        W: state.W.map((row, i) => row.map((w, c) => (i === d && c === state.chosen ? x : w))),
      }),
  });
  const bias = {
    get: () => state.b[state.chosen],
    set: (x) => figure.change({ b: state.b.map((old, c) => (c === state.chosen ? x : old)) }),
  };
  figure.drawing.append(area.root);
  figure.panel.append(
    choice(figure, {
      legend: "Change the class",
      options: names.map((name, c) => [c, name]),
      get: () => state.chosen,
      set: (c) => figure.change({ chosen: Number(c) }),
    }),
    slider(figure, { label: "w₀", min: -5, max: 5, step: 0.05, show: shown, ...weight(0) }),
    slider(figure, { label: "w₁", min: -5, max: 5, step: 0.05, show: shown, ...weight(1) }),
    slider(figure, { label: "bias b", min: -10, max: 10, step: 0.05, show: shown, ...bias }),
    rows.node,
  );
  figure.hint = "Drag the cross, or go to it with Tab and press the arrow keys, with Shift for larger steps.";

  function scores([x, y]) {
    return state.b.map((b, c) => x * state.W[0][c] + y * state.W[1][c] + b);
  }

  /** Draw the region of a class and its name. */
  function region(c) {
    let polygon = corners(...range);
    for (let j = 0; j < 3; j += 1) {
      if (j !== c) polygon = cut(polygon, (at) => scores(at)[c] - scores(at)[j]);
    }
    if (polygon.length < 3) return [];
    const { area: size, center } = middle(polygon);
    const shape = svg("path", {
      d: through(area, polygon, true),
      fill: colors[c],
      "fill-opacity": 0.16,
      stroke: "currentColor",
      "stroke-opacity": 0.5,
    });
    const name = word(area, center, names[c], { "text-anchor": "middle", class: "lt-word lt-strong", dy: 5 });
    return size > 2.5 ? [shape, name] : [shape];
  }

  /** Draw where a score is zero, with an arrow as long as one unit of score is wide. */
  function zero(c) {
    const [w, b] = [[state.W[0][c], state.W[1][c]], state.b[c]];
    const squared = w[0] ** 2 + w[1] ** 2;
    if (squared < 1e-12) return [];
    const { foot, line: along } = ends(w, b, ...range);
    const tip = [foot[0] + w[0] / squared, foot[1] + w[1] / squared];
    const chosen = c === state.chosen;
    const style = { stroke: colors[c], "stroke-width": chosen ? 3 : 2, "stroke-dasharray": "7 4" };
    return [
      line(area, along, style),
      line(area, [foot, tip], { ...style, "stroke-dasharray": "none" }),
      head(foot, tip, colors[c]),
    ];
  }

  function head(foot, tip, color) {
    const [x, y] = [area.at.x(tip[0]), area.at.y(tip[1])];
    const angle = (Math.atan2(y - area.at.y(foot[1]), x - area.at.x(foot[0])) * 180) / Math.PI;
    return svg("path", {
      d: "M4 0L-7 -5V5Z",
      fill: color,
      transform: `translate(${x} ${y}) rotate(${angle})`,
    });
  }

  /** Draw the level lines of the chosen class, each with its score. */
  function levels() {
    const c = state.chosen;
    const [w, b] = [[state.W[0][c], state.W[1][c]], state.b[c]];
    const size = Math.hypot(...w);
    if (size < 1e-6) return [];
    const all = corners(...range).map((at) => scores(at)[c]);
    const span = [Math.min(...all), Math.max(...all)];
    const step = round(size);
    return steps(span, (span[1] - span[0]) / step).flatMap((level) => {
      if (Math.abs(level) < 1e-9) return [];
      const { line: along } = ends(w, b - level, ...range);
      const place = edge(w, b - level);
      const style = { "text-anchor": "middle", dy: 4, class: "lt-word lt-small" };
      const text = place ? [word(area, place, brief(level), style)] : [];
      return [line(area, along, { opacity: 0.3 }), ...text];
    });
  }

  /** Return where a line passes near the lower or the right edge, which is where its number stands. */
  function edge([u, v], b) {
    const [low, right] = [range[1][0] + 0.3, range[0][1] - 0.35];
    const [x, y] = [-(b + v * low) / u, -(b + u * right) / v];
    if (x > range[0][0] + 0.3 && x < right) return [x, low];
    return y > low && y < range[1][1] - 0.3 ? [right, y] : undefined;
  }

  return () => {
    const now = scores(state.at);
    const winner = largest(now);
    probe.update();
    area.clipped.replaceChildren(
      ...names.flatMap((_, c) => region(c)).sort((a, b) => (a.tagName === "text") - (b.tagName === "text")),
      ...levels(),
      ...names.flatMap((_, c) => zero(c)),
      ...data.pictures.map((at, c) => {
        const shape = marker(markers[c], colors[c], 6);
        return svg("g", { transform: `translate(${area.at.x(at[0])} ${area.at.y(at[1])})` }, shape);
      }),
    );
    rows.fill(
      names.map((name, c) => {
        const mark = sign(markers[c], colors[c]);
        const score = html(c === winner ? "strong" : "span", {}, shown(now[c]));
        return [
          html("span", {}, mark, name),
          shown(state.W[0][c]),
          shown(state.W[1][c]),
          shown(state.b[c]),
          score,
        ];
      }),
    );
    const said = listed(names.map((name, c) => `${name} ${shown(now[c])}`));
    return {
      say: `At ${pair(state.at)} the scores are ${said}: the point lies in the region of ${names[winner]}.`,
      numbers: { scores: now, label: winner, W: state.W, b: state.b, at: state.at },
    };
  };
});
