// Three gates with the same inputs and the same gradient from above: what each sends back.

import { brief, html, shown, svg } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { slider, table } from "./lib/controls.js";
import { forward, local } from "./lib/gates.js";
import { drawn } from "./lib/wires.js";

const KINDS = {
  add: "adds, and distributes",
  multiply: "multiplies, and swaps",
  max: "takes the larger, and routes",
};
const rules = { x: [-6, 6], y: [-6, 6], g: [-4, 4] };

function single(op) {
  return {
    title: op,
    height: 130,
    inputs: [
      { name: "x", at: [16, 35] },
      { name: "y", at: [16, 95] },
    ],
    gates: [{ name: "f", op, from: ["x", "y"], at: [130, 65] }],
  };
}

mount("bp-gate-patterns", rules, (figure) => {
  const { state, data } = figure;
  figure.wide = true;
  const pictures = html("div", { class: "lt-gates" });
  const rows = table("What flows forward and back", ["gate", "out", "back to x", "back to y"]);
  figure.drawing.append(pictures);
  const one = (key, label, most) =>
    slider(figure, {
      label,
      min: -most,
      max: most,
      step: 0.5,
      show: brief,
      get: () => state[key],
      set: (x) => figure.change({ [key]: x }),
    });
  figure.panel.append(one("x", "input x", 6), one("y", "input y", 6), one("g", "upstream", 4), rows.node);

  return () => {
    const results = Object.keys(KINDS).map((op) => {
      const circuit = single(op);
      const value = forward(circuit, [state.x, state.y]);
      const [toX, toY] = local(circuit.gates[0], value).map((slope) => slope * state.g);
      return { op, circuit, value, out: value.f, x: toX, y: toY };
    });
    pictures.replaceChildren(
      ...results.map(({ op, circuit, value, x, y }) => {
        const gradient = { f: state.g, x, y };
        const weight = (name) => 1 + 1.6 * Math.log1p(Math.abs(gradient[name]));
        const picture = drawn(circuit, {
          value,
          gradient,
          colors: [data.value, data.gradient],
          width: 230,
          weight,
        });
        picture.append(svg("title", {}, op));
        return html("div", {}, html("p", { class: "lt-moving-hint" }, KINDS[op]), picture);
      }),
    );
    rows.fill(results.map(({ op, out, x, y }) => [op, shown(out), shown(x), shown(y)]));
    const [, product, larger] = results;
    const tie = state.x === state.y ? "at a tie, x" : `the larger, ${state.x > state.y ? "x" : "y"}`;
    return {
      say: [
        `A gradient of ${brief(state.g)} arrives at each gate from upstream. Add hands it to both inputs.`,
        `Multiply hands x the value of y times it, ${brief(product.x)}, and y the value of x times it,`,
        `${brief(product.y)}. Max hands all of it to ${tie}: ${brief(larger.x)} to x, ${brief(larger.y)} to y.`,
      ].join(" "),
      numbers: Object.fromEntries(results.map(({ op, out, x, y }) => [op, { out, x, y }])),
    };
  };
});
