// Regions of the plane where one linear score is the highest, as polygons.

/** Return the part of a polygon where a function that is linear, `side(point)`, is at least 0. */
export function cut(polygon, side) {
  const kept = [];
  polygon.forEach((here, i) => {
    const next = polygon[(i + 1) % polygon.length];
    const [a, b] = [side(here), side(next)];
    if (a >= 0) kept.push(here);
    if (a * b < 0) {
      const share = a / (a - b);
      kept.push([here[0] + share * (next[0] - here[0]), here[1] + share * (next[1] - here[1])]);
    }
  });
  return kept;
}

/** Return the corners of a rectangle. */
export function corners([left, right], [low, high]) {
  return [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
  ];
}

/** Return area and center of a polygon. */
export function middle(polygon) {
  let [area, x, y] = [0, 0, 0];
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length];
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += ((ax + bx) * cross) / 6;
    y += ((ay + by) * cross) / 6;
  });
  return { area: Math.abs(area), center: area ? [x / area, y / area] : polygon[0] };
}

/** Return the two ends, beyond the rectangle, of the line where `w . x + b` is zero. */
export function ends([u, v], b, [left, right], [low, high]) {
  const [x, y] = [(left + right) / 2, (low + high) / 2];
  const squared = u * u + v * v;
  const off = (u * x + v * y + b) / squared;
  const foot = [x - u * off, y - v * off];
  const far = Math.hypot(right - left, high - low) / Math.sqrt(squared);
  return {
    foot,
    line: [
      [foot[0] + v * far, foot[1] - u * far],
      [foot[0] - v * far, foot[1] + u * far],
    ],
  };
}
