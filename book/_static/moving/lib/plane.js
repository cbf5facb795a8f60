// A plane with axes, in SVG: scales, layers, lines, markers. Ink is the color of the page's text.

import { brief, svg } from "./dom.js";

const EDGE = { left: 34, right: 10, top: 10, bottom: 34 };

/** Return a plane that shows x and y, each [low, high]; `ticks` are about how many, or which. */
export function plane({
  x,
  y,
  width = 360,
  height = 360,
  ticks = [5, 5],
  names = ["", ""],
  label,
  edge = {},
}) {
  const room = { ...EDGE, ...edge };
  const wide = width - room.left - room.right;
  const high = height - room.top - room.bottom;
  const at = {
    x: (value) => room.left + ((value - x[0]) / (x[1] - x[0])) * wide,
    y: (value) => room.top + ((y[1] - value) / (y[1] - y[0])) * high,
  };
  const clip = `lt-clip-${label.replace(/\W+/g, "-")}`;
  const box = { x: room.left, y: room.top, width: wide, height: high };
  const clipped = svg("g", { "clip-path": `url(#${clip})` });
  const above = svg("g");
  const root = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label, style: `--lt-wide: ${width}px` },
    svg("clipPath", { id: clip }, svg("rect", box)),
    clipped,
    axes(at, x, y, box, ticks, names),
    above,
  );
  const inverse = (event) => {
    const matrix = root.getScreenCTM().inverse();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    const across = (point.x - room.left) / wide;
    const up = 1 - (point.y - room.top) / high;
    return [x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])];
  };
  return { root, at, box, inverse, clipped, above, range: { x, y }, units: wide / (x[1] - x[0]) };
}

function axes(at, x, y, box, [across, up], names) {
  const group = svg("g", { class: "lt-axes", "aria-hidden": "true" });
  const bottom = box.y + box.height;
  group.append(svg("path", { d: `M${box.x} ${box.y}V${bottom}H${box.x + box.width}` }));
  for (const value of Array.isArray(across) ? across : steps(x, across)) {
    group.append(svg("path", { d: `M${at.x(value)} ${bottom}v4` }));
    group.append(svg("text", { x: at.x(value), y: bottom + 15, "text-anchor": "middle" }, brief(value)));
  }
  for (const value of steps(y, up)) {
    group.append(svg("path", { d: `M${box.x} ${at.y(value)}h-4` }));
    group.append(svg("text", { x: box.x - 7, y: at.y(value) + 4, "text-anchor": "end" }, brief(value)));
  }
  const middle = box.y + box.height / 2;
  const turned = `translate(10 ${middle}) rotate(-90)`;
  group.append(svg("text", { x: box.x + box.width, y: bottom + 29, "text-anchor": "end" }, names[0]));
  group.append(svg("text", { transform: turned, "text-anchor": "middle" }, names[1]));
  return group;
}

/** Return round numbers in a range, about `count` of them. */
export function steps([low, high], count) {
  const step = round((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Return the round number (1, 2 or 5 times a power of ten) at or above a size. */
export function round(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * [1, 2, 5, 10].find((k) => k * power >= size * (1 - 1e-9));
}

/** Return the path through points of a plane. */
export function through(area, points, closed = false) {
  const words = points.map(([x, y]) => `${area.at.x(x).toFixed(2)} ${area.at.y(y).toFixed(2)}`);
  return words.length ? `M${words.join("L")}${closed ? "Z" : ""}` : "";
}

/** Return a line through points of a plane. */
export function line(area, points, attributes = {}) {
  return svg("path", { d: through(area, points), fill: "none", stroke: "currentColor", ...attributes });
}

/** Return a word at a point of a plane, with a halo of paper so that it is read over lines. */
export function word(area, [x, y], text, attributes = {}) {
  const place = { x: area.at.x(x), y: area.at.y(y), class: "lt-word", ...attributes };
  return svg("text", place, text);
}

const SHAPES = {
  o: "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z",
  s: "M-.9 -.9H.9V.9H-.9Z",
  "^": "M0 -1.1L1.05 .8H-1.05Z",
};

/** Return the marker of a class about the origin. */
export function marker(shape, color, size = 6) {
  const outline = { "stroke-width": 1.5 / size };
  return svg("path", {
    class: "lt-marker",
    d: SHAPES[shape],
    transform: `scale(${size})`,
    fill: color,
    ...outline,
  });
}

/** Return cross hairs, which leave free what stands in their middle. */
export function cross() {
  const d = "M-15 0H-7M7 0H15M0 -15V-7M0 7V15";
  return svg("path", { d, stroke: "currentColor", "stroke-width": 2, "pointer-events": "none" });
}

/** Return the marker of a class to stand in a line of text. */
export function sign(shape, color) {
  return svg(
    "svg",
    { viewBox: "-8 -8 16 16", class: "lt-mark", "aria-hidden": "true" },
    marker(shape, color),
  );
}
