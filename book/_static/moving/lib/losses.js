// Two losses of one row of scores, with their slopes.

/** Return the hinge of each class, their sum, and its slope in each score. */
export function hinge(s, y) {
  const each = s.map((score, j) => (j === y ? 0 : Math.max(0, score - s[y] + 1)));
  const slope = each.map((margin) => Number(margin > 0));
  slope[y] = -each.filter((margin) => margin > 0).length;
  return { each, loss: each.reduce((a, b) => a + b), slope };
}

/** Return probabilities, cross-entropy and its slopes; tiny ones keep their digits. */
export function entropy(s, y) {
  const top = s.indexOf(Math.max(...s));
  const powers = s.map((score) => Math.exp(score - s[top]));
  const rest = powers.reduce((sum, power, j) => (j === top ? sum : sum + power), 0);
  const p = powers.map((power) => power / (1 + rest));
  const slope = p.map((share, j) => (j === y ? 0 : share));
  slope[y] = -slope.reduce((a, b) => a + b);
  return { p, loss: s[top] - s[y] + Math.log1p(rest), slope };
}
