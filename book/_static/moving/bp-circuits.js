// A circuit, stepped gate by gate: values forward, then gradients backward.

import { brief, html, shown } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { buttons, choice, slider, table } from "./lib/controls.js";
import { backward, CIRCUITS, forward, GATES, local } from "./lib/gates.js";
import { drawn } from "./lib/wires.js";

const rules = { circuit: Object.keys(CIRCUITS), step: [0, 17, true], product: [-6, 6], neuron: [-3, 3] };

mount("bp-circuits", rules, (figure) => {
  const { state, data } = figure;
  figure.wide = true;
  const picture = html("div");
  const rows = table("On the wires", ["wire", "value", "gradient of f"]);
  const circuit = () => CIRCUITS[state.circuit];
  const last = () => 2 * circuit().gates.length + 1;
  const go = (step) => figure.change({ step: Math.min(last(), Math.max(0, step)) });
  figure.drawing.append(picture);
  const inputs = Object.entries(CIRCUITS).map(([key, { inputs: wires }]) => {
    const sliders = wires.map(({ name }, i) =>
      slider(figure, {
        label: name,
        min: rules[key][0],
        max: rules[key][1],
        step: 0.5,
        show: shown,
        get: () => state[key][i],
        set: (x) => figure.change({ [key]: state[key].map((old, j) => (j === i ? x : old)) }),
      }),
    );
    const group = html(
      "div",
      { role: "group", "aria-label": "Inputs", class: "lt-moving-inputs" },
      ...sliders,
    );
    figure.controls.push(() => {
      group.hidden = key !== state.circuit;
    });
    return group;
  });
  figure.panel.append(
    choice(figure, {
      legend: "Circuit",
      options: Object.entries(CIRCUITS).map(([key, { title }]) => [key, title]),
      get: () => state.circuit,
      set: (key) => figure.change({ circuit: key, step: 0 }),
    }),
    buttons(
      figure,
      ["One gate back", () => go(state.step - 1), () => state.step === 0],
      ["Next gate", () => go(state.step + 1), () => state.step >= last()],
      ["To the end", () => go(last()), () => state.step >= last()],
    ),
    slider(figure, {
      label: "step",
      min: () => 0,
      max: last,
      step: 1,
      get: () => state.step,
      set: go,
      show: (k) => `${k} of ${last()}`,
    }),
    figure.said,
    ...inputs,
    html(
      "details",
      { class: "lt-fold" },
      html("summary", {}, "Every value and gradient as a table"),
      rows.node,
    ),
  );

  /** Say what the gate does that this step has come to. */
  function words({ gates }, value, gradient, step) {
    if (step === 0) return "The inputs are given. Forward, each gate computes its output from its inputs.";
    if (step <= gates.length) {
      const gate = gates[step - 1];
      const given = gate.from.map((name) => `${name} = ${brief(value[name], 4)}`).join(" and ");
      const out = `${gate.name} = ${brief(value[gate.name], 4)}`;
      return `Forward, gate ${step} of ${gates.length}: ${GATES[gate.op].symbol} takes ${given}; out comes ${out}.`;
    }
    if (step === gates.length + 1) return "Backward begins at the end: the gradient of f in f itself is 1.";
    const gate = gates[2 * gates.length + 1 - step];
    const slopes = local(gate, value);
    const from = gradient[gate.name];
    const sent = gate.from.map((name, i) => `${product(from, slopes[i])} to ${name}`);
    const arrives = `Backward through ${GATES[gate.op].symbol}: ${brief(from, 4)} arrives`;
    return `${arrives}; times the slope of the gate, it sends ${sent.join(", and ")}.`;
  }

  return () => {
    const { gates, inputs: wires } = circuit();
    const step = Math.min(state.step, last());
    const value = forward(circuit(), state[state.circuit]);
    const gradient = backward(circuit(), value);
    const names = [...wires, ...gates].map(({ name }) => name);
    const seen = new Set(wires.map(({ name }) => name));
    for (const gate of gates.slice(0, step)) seen.add(gate.name);
    const met = new Set();
    if (step > gates.length) met.add(gates[gates.length - 1].name);
    for (let k = gates.length + 2; k <= step; k += 1) {
      for (const name of gates[2 * gates.length + 1 - k].from) met.add(name);
    }
    const known = (all, which) =>
      Object.fromEntries(names.filter((name) => which.has(name)).map((name) => [name, all[name]]));
    const [values, gradients] = [known(value, seen), known(gradient, met)];
    const at = step <= gates.length ? step - 1 : 2 * gates.length + 1 - step;
    const now = step === gates.length + 1 ? "" : gates[at]?.name;
    picture.replaceChildren(
      drawn(circuit(), { value: values, gradient: gradients, now, colors: [data.value, data.gradient] }),
    );
    rows.fill(
      names.map((name) => [
        name,
        name in values ? shown(values[name]) : "–",
        name in gradients ? shown(gradients[name]) : "–",
      ]),
    );
    return { say: words(circuit(), value, gradient, step), numbers: { step, values, gradients } };
  };
});

/** Return a product in words; where the digits shown do not multiply out, it says so. */
function product(a, b) {
  const [x, y, result] = [a, b, a * b].map((number) => Number(number.toFixed(4)));
  const exact = Math.abs(x * y - result) < 1e-9;
  const second = y < 0 ? `(${brief(y, 4)})` : brief(y, 4);
  return `${brief(x, 4)} × ${second} ${exact ? "=" : "≈"} ${brief(result, 4)}`;
}
