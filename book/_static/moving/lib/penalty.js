// The minimum of a bowl in two weights plus a penalty, exactly: within each pattern of signs it is a
// linear system, and the best of the nine patterns is the answer.

/** Return the penalty of weights without its strength; `beta` weighs the squares in the elastic net. */
export function penaltyOf([u, v], kind, beta) {
  const [squares, sizes] = [u * u + v * v, Math.abs(u) + Math.abs(v)];
  return { l2: squares, l1: sizes, elastic: beta * squares + sizes }[kind];
}

/** Return the data loss `(w - v) A (w - v)`. */
export function bowlOf(w, A, v) {
  const [x, y] = [w[0] - v[0], w[1] - v[1]];
  return A[0][0] * x * x + 2 * A[0][1] * x * y + A[1][1] * y * y;
}

/** Return the weights of least data loss plus `reg` times the penalty. */
export function least(A, v, reg, kind, beta) {
  const squares = { l2: 1, l1: 0, elastic: beta }[kind] * reg;
  const size = kind === "l2" ? 0 : reg / 2;
  const [p, q, r] = [A[0][0] + squares, A[0][1], A[1][1] + squares];
  const target = [A[0][0] * v[0] + A[0][1] * v[1], A[0][1] * v[0] + A[1][1] * v[1]];
  const signs = size ? [-1, 0, 1] : [1];
  let best;
  for (const s of signs) {
    for (const t of signs) {
      const [x, y] = [target[0] - s * size, target[1] - t * size];
      const w = solved(p, q, r, x, y, size > 0 && s === 0, size > 0 && t === 0);
      const cost = bowlOf(w, A, v) + reg * penaltyOf(w, kind, beta);
      if (!best || cost < best.cost) best = { w, cost };
    }
  }
  return best.w;
}

function solved(p, q, r, x, y, flat, low) {
  if (flat) return [0, low ? 0 : y / r];
  if (low) return [x / p, 0];
  const size = p * r - q * q;
  return [(r * x - q * y) / size, (p * y - q * x) / size];
}

/** Return the curve of all weights whose penalty is `value`. */
export function shape(value, kind, beta) {
  return Array.from({ length: 361 }, (_, i) => {
    const [c, s] = [Math.cos((i * Math.PI) / 180), Math.sin((i * Math.PI) / 180)];
    const sizes = Math.abs(c) + Math.abs(s);
    const far = {
      l2: () => Math.sqrt(value),
      l1: () => value / sizes,
      elastic: () => (2 * value) / (sizes + Math.sqrt(sizes * sizes + 4 * beta * value)),
    }[kind]();
    return [far * c, far * s];
  });
}

/** Return the ellipse of all weights whose data loss is `value`. */
export function ellipse(value, A, v) {
  const [a, b] = [Math.sqrt(A[0][0]), A[0][1] / Math.sqrt(A[0][0])]; // A = R' R, R = [[a, b], [0, d]]
  const d = Math.sqrt(A[1][1] - b * b);
  return Array.from({ length: 181 }, (_, i) => {
    const [x, y] = [
      Math.sqrt(value) * Math.cos((i * Math.PI) / 90),
      Math.sqrt(value) * Math.sin((i * Math.PI) / 90),
    ];
    return [v[0] + (x - (b * y) / d) / a, v[1] + y / d];
  });
}
