// A circuit as a picture: gates, wires, values above the wires and gradients below.

import { inked, shown, svg } from "./dom.js";
import { GATES } from "./gates.js";

const RADIUS = 17;

/**
 * Return the drawing of a circuit. `value` and `gradient` hold what is known so far, `now` is the name of
 * the gate at work, `colors` are those of values and gradients.
 */
export function drawn(circuit, { value, gradient, now, colors, width = 420, weight = () => 1.5 }) {
  const place = Object.fromEntries([...circuit.inputs, ...circuit.gates].map((node) => [node.name, node]));
  const root = svg("svg", {
    viewBox: `0 0 ${width} ${circuit.height}`,
    class: "lt-circuit",
    role: "img",
    "aria-label": `The circuit ${circuit.title}, as in the table`,
  });
  const isGate = (node) => "op" in node;
  const start = (node) => [node.at[0] + (isGate(node) ? RADIUS : 12), node.at[1]];
  const numbers = [];
  const labelled = (name, [x, y], end) => {
    if (name in value) numbers.push(number((x + end) / 2, y - 6, value[name], colors[0]));
    if (name in gradient) numbers.push(number((x + end) / 2, y + 17, gradient[name], colors[1]));
  };
  for (const gate of circuit.gates) {
    gate.from.forEach((name, i) => {
      const [x, y] = gate.again ?? start(place[name]);
      const left = gate.at[0] - RADIUS;
      const port = gate.at[1] + (gate.from.length > 1 ? 14 * i - 7 : 0);
      const bend = Math.abs(port - y) < 1 ? left : Math.min(x + 58, left - 22);
      const middle = (bend + left) / 2;
      const d = `M${x} ${y}H${bend}C${middle} ${y} ${middle} ${port} ${left + 1} ${port}`;
      root.append(svg("path", { d, class: "lt-wire", style: `stroke-width: ${weight(name)}` }));
      labelled(name, [x, y], Math.min(bend, x + 58));
      if (gate.again) root.append(svg("text", { x: x - 4, y: y + 5, "text-anchor": "end" }, name));
    });
  }
  const last = circuit.gates[circuit.gates.length - 1];
  for (const node of [
    last,
    ...circuit.gates.filter((gate) => circuit.gates.some((next) => next.again && next.from[0] === gate.name)),
  ]) {
    const [x, y] = start(node);
    const end = Math.min(x + 58, width - 14);
    root.append(
      svg("path", { d: `M${x} ${y}H${end}`, class: "lt-wire", style: `stroke-width: ${weight(node.name)}` }),
    );
    root.append(svg("text", { x: end + 3, y: y + 5 }, node.name));
    labelled(node.name, [x, y], end);
  }
  for (const { name, at } of circuit.inputs)
    root.append(svg("text", { x: at[0] + 7, y: at[1] + 5, "text-anchor": "end" }, name));
  for (const { name, op, at } of circuit.gates) {
    const symbol = GATES[op].symbol;
    const text = svg("text", { y: 5, style: `font-size: ${symbol.length > 1 ? 13 : 19}px` }, symbol);
    const place_ = {
      transform: `translate(${at[0]} ${at[1]})`,
      class: name === now ? "lt-gate lt-gate-now" : "lt-gate",
    };
    root.append(svg("g", place_, svg("circle", { r: RADIUS }), text));
  }
  root.append(...numbers);
  return root;
}

function number(x, y, n, color) {
  return svg(
    "text",
    { x, y, "text-anchor": "middle", class: "lt-word", style: `fill: ${inked(color)}` },
    shown(n),
  );
}
