// Gates of a circuit: what each computes, and its local slopes, one an input. The gradient that arrives is
// multiplied by them.

export const GATES = {
  add: { symbol: "+", forward: (a, b) => a + b, slopes: () => [1, 1] },
  multiply: { symbol: "×", forward: (a, b) => a * b, slopes: ([a, b]) => [b, a] },
  max: { symbol: "max", forward: (a, b) => Math.max(a, b), slopes: ([a, b]) => (a >= b ? [1, 0] : [0, 1]) },
  negate: { symbol: "−", forward: (a) => -a, slopes: () => [-1] },
  exp: { symbol: "exp", forward: (a) => Math.exp(a), slopes: (_, out) => [out] },
  increment: { symbol: "+1", forward: (a) => 1 + a, slopes: () => [1] },
  invert: { symbol: "1/x", forward: (a) => 1 / a, slopes: (_, out) => [-out * out] },
};

/** Run a circuit forward: return the value of every wire, by its name. */
export function forward(circuit, inputs) {
  const value = Object.fromEntries(circuit.inputs.map(({ name }, i) => [name, inputs[i]]));
  for (const gate of circuit.gates)
    value[gate.name] = GATES[gate.op].forward(...gate.from.map((name) => value[name]));
  return value;
}

/** Run it backward: return the gradient of the last wire in every wire. */
export function backward(circuit, value) {
  const gradient = { [circuit.gates[circuit.gates.length - 1].name]: 1 };
  for (const gate of [...circuit.gates].reverse()) {
    const slopes = local(gate, value);
    gate.from.forEach((name, i) => {
      gradient[name] = (gradient[name] ?? 0) + gradient[gate.name] * slopes[i];
    });
  }
  return gradient;
}

/** Return the slopes of a gate in its inputs, at the values on the wires. */
export function local(gate, value) {
  return GATES[gate.op].slopes(
    gate.from.map((name) => value[name]),
    value[gate.name],
  );
}

/** Two circuits, drawn by hand: where gates and inputs stand in a picture of 420 pixels across. */
export const CIRCUITS = {
  product: {
    title: "(x + y) z",
    height: 210,
    inputs: [
      { name: "x", at: [16, 40] },
      { name: "y", at: [16, 105] },
      { name: "z", at: [16, 175] },
    ],
    gates: [
      { name: "q", op: "add", from: ["x", "y"], at: [160, 72] },
      { name: "f", op: "multiply", from: ["q", "z"], at: [310, 122] },
    ],
  },
  neuron: {
    title: "sigmoid neuron",
    height: 365,
    inputs: [
      { name: "w₀", at: [18, 30] },
      { name: "x₀", at: [18, 82] },
      { name: "w₁", at: [18, 138] },
      { name: "x₁", at: [18, 190] },
      { name: "b", at: [18, 246] },
    ],
    gates: [
      { name: "p", op: "multiply", from: ["w₀", "x₀"], at: [122, 56] },
      { name: "q", op: "multiply", from: ["w₁", "x₁"], at: [122, 164] },
      { name: "r", op: "add", from: ["p", "q"], at: [222, 110] },
      { name: "s", op: "add", from: ["r", "b"], at: [322, 178] },
      { name: "n", op: "negate", from: ["s"], at: [86, 330], again: [18, 330] },
      { name: "e", op: "exp", from: ["n"], at: [171, 330] },
      { name: "d", op: "increment", from: ["e"], at: [256, 330] },
      { name: "f", op: "invert", from: ["d"], at: [334, 330] },
    ],
  },
};
