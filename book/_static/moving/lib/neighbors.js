// Nearest neighbors and their vote, with the ties of lintutor.neighbors: of equal distances the smaller
// index comes first, of equal votes the smaller label wins.

/** Return the distance of two points; p is 1 or 2. */
export function distance([ax, ay], [bx, by], p) {
  const [dx, dy] = [Math.abs(ax - bx), Math.abs(ay - by)];
  return p === 1 ? dx + dy : Math.sqrt(dx * dx + dy * dy);
}

/** Return the indices of the k points nearest to `at`, nearest first. */
export function nearest(points, at, k, p) {
  const [found, far] = [[], []];
  for (let i = 0; i < points.length; i += 1) {
    const here = distance(points[i], at, p);
    if (found.length === k && here >= far[k - 1]) continue;
    let place = Math.min(found.length, k - 1);
    while (place > 0 && far[place - 1] > here) {
      [found[place], far[place]] = [found[place - 1], far[place - 1]];
      place -= 1;
    }
    [found[place], far[place]] = [i, here];
  }
  return found;
}

/** Return the votes of three classes among some points. */
export function votes(found, labels) {
  const counts = [0, 0, 0];
  for (const i of found) counts[labels[i]] += 1;
  return counts;
}

/** Return the place of the largest number, the first of equals. */
export function largest(numbers) {
  return numbers.indexOf(Math.max(...numbers));
}
