// Contours of a data loss, and the penalty's shape that touches one of them at the best weights.

import { brief, listed, pair, shown, svg } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { choice, slider, table } from "./lib/controls.js";
import { cross, line, plane, word } from "./lib/plane.js";
import { handle } from "./lib/handle.js";
import { bowlOf, ellipse, least, penaltyOf, shape } from "./lib/penalty.js";

const NAMES = { l1: "L1", l2: "L2", elastic: "elastic net" };
const REACH = 2.5;
const rules = { penalty: Object.keys(NAMES), reg: [0, 10], beta: [0, 2], v: [-REACH, REACH] };

mount("reg-geometry", rules, (figure) => {
  const { state, data } = figure;
  const [loss, path] = data.lines;
  const range = [-REACH, REACH];
  const area = plane({
    x: range,
    y: range,
    ticks: [5, 5],
    label: "The plane of two weights",
    names: ["weight 1", "weight 2"],
  });
  const center = handle(area, {
    label: "Weights of least data loss",
    shape: cross(),
    get: () => state.v,
    set: (v) => figure.change({ v }),
    step: 0.05,
    digits: 0.05,
    text: (v) => `${pair(v)}, best with penalty ${pair(best(v))}`,
  });
  area.above.append(center.node);
  const rows = table("What the weights cost", ["", "data loss", "penalty", "sum"]);
  const beta = slider(figure, {
    label: "β",
    min: 0,
    max: 2,
    step: 0.05,
    show: shown,
    get: () => state.beta,
    set: (x) => figure.change({ beta: x }),
  });
  figure.drawing.append(area.root);
  figure.panel.append(
    choice(figure, {
      legend: "Penalty",
      options: Object.entries(NAMES),
      get: () => state.penalty,
      set: (penalty) => figure.change({ penalty }),
    }),
    slider(figure, {
      label: "λ (reg)",
      min: 0,
      max: 10,
      step: 0.05,
      show: shown,
      get: () => state.reg,
      set: (reg) => figure.change({ reg }),
    }),
    beta,
    rows.node,
  );
  figure.hint =
    "Drag the cross, where the data loss is least, or go to it with Tab and press the arrow keys.";

  function best(v, reg = state.reg) {
    return least(data.bowl, v, reg, state.penalty, state.beta);
  }

  function costs(w) {
    const [fit, penalty] = [
      bowlOf(w, data.bowl, state.v),
      state.reg * penaltyOf(w, state.penalty, state.beta),
    ];
    return [fit, penalty, fit + penalty].map((cost) => (cost < 1e-12 ? 0 : cost)); // rounding has no digits
  }

  return () => {
    const { v, penalty } = state;
    const w = best(v);
    center.update();
    beta.hidden = penalty !== "elastic";
    const touching = bowlOf(w, data.bowl, v);
    const size = penaltyOf(w, penalty, state.beta);
    const way = Array.from({ length: 161 }, (_, i) => best(v, 0.0025 * i * i));
    const ball = shape(size, penalty, state.beta);
    const place = `translate(${area.at.x(w[0])} ${area.at.y(w[1])})`;
    area.clipped.replaceChildren(
      line(
        area,
        [
          [-REACH, 0],
          [REACH, 0],
        ],
        { opacity: 0.3 },
      ),
      line(
        area,
        [
          [0, -REACH],
          [0, REACH],
        ],
        { opacity: 0.3 },
      ),
      ...[0.1, 0.4, 0.9, 1.6, 2.5, 3.6].map((value) =>
        line(area, ellipse(value, data.bowl, v), { stroke: loss, opacity: 0.35 }),
      ),
      line(area, ball, { stroke: data.accent, "stroke-width": 2.5, fill: data.accent, "fill-opacity": 0.1 }),
      line(area, ellipse(touching, data.bowl, v), { stroke: loss, "stroke-width": 2.5 }),
      line(area, way, {
        stroke: path,
        "stroke-width": 3,
        "stroke-dasharray": "1 5",
        "stroke-linecap": "round",
      }),
      svg("circle", {
        r: 6,
        fill: data.accent,
        stroke: "var(--lt-paper)",
        "stroke-width": 1.5,
        transform: place,
      }),
      word(area, v, "data alone", { dy: -18, "text-anchor": "middle" }),
      word(area, w, "best", {
        dx: w[0] > v[0] ? 10 : -10,
        dy: 16,
        "text-anchor": w[0] > v[0] ? "start" : "end",
        class: "lt-word lt-strong",
      }),
    );
    rows.fill([
      [`without penalty ${pair(v)}`, ...costs(v).map((x) => shown(x))],
      [`best ${pair(w)}`, ...costs(w).map((x) => shown(x))],
      ["zero (0.00, 0.00)", ...costs([0, 0]).map((x) => shown(x))],
    ]);
    const zeros = w.flatMap((x, d) => (x === 0 ? [`weight ${d + 1}`] : []));
    const exact = zeros.length
      ? `Of them, ${listed(zeros)} ${zeros.length > 1 ? "are" : "is"} exactly 0.`
      : "None is exactly 0.";
    return {
      say:
        `Under ${penalty === "elastic" ? "the " : ""}${NAMES[penalty]} with λ = ${brief(state.reg)} the best weights are ${pair(w)}. ${exact} ` +
        `Their data loss is ${shown(costs(w)[0])}, their penalty ${shown(costs(w)[1])}.`,
      numbers: { w, v, data: touching, penalty: costs(w)[1], total: costs(w)[2] },
    };
  };
});
