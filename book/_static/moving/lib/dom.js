// Elements and numbers: what every figure is made of.

const SVG = "http://www.w3.org/2000/svg";

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Return an HTML element; an attribute such as `onclick` is a listener. */
export function html(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** Return an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/** Return a number as a reader expects it: a real minus sign, powers of ten for what is tiny or huge. */
export function shown(x, digits = 2) {
  if (!Number.isFinite(x)) return x > 0 ? "∞" : x < 0 ? "−∞" : "undefined";
  const size = Math.abs(x);
  if (size !== 0 && (size < 0.5 * 10 ** -digits || size >= 1e5)) {
    const [head, power] = size.toExponential(2).split("e");
    return `${x < 0 ? "−" : ""}${head} × 10${raised(Number(power))}`;
  }
  return minus(x.toFixed(digits));
}

/** Return a number without needless zeros: 3, −0.5, 1.25. */
export function brief(x, digits = 2) {
  if (x !== 0 && (Math.abs(x) < 0.5 * 10 ** -digits || Math.abs(x) >= 1e5)) return shown(x, digits);
  return minus(String(Number(x.toFixed(digits))));
}

function minus(text) {
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

function raised(power) {
  return String(power)
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
}

/** Return a number for a narrow column: 0.130, 1.7e−48. */
export function narrow(x, digits = 3) {
  const tiny = x !== 0 && Math.abs(x) < 0.5 * 10 ** -digits;
  return tiny ? x.toExponential(1).replaceAll("-", "−") : shown(x, digits);
}

/** Return a point as text, which breaks nowhere. */
export function pair([x, y], digits = 2) {
  return `(${shown(x, digits)},\u00a0${shown(y, digits)})`;
}

/** Return x kept between two bounds and on the grid of a step. */
export function snapped(x, low, high, step) {
  const kept = Math.min(high, Math.max(low, x));
  return step ? Number((Math.round(kept / step) * step).toFixed(6)) : kept;
}

/** Return words joined as a sentence joins them: a, b and c. */
export function listed(words) {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** Return a color for words: nearer to the ink of the page than the line that it names. */
export function inked(color) {
  return `color-mix(in srgb, ${color} 75%, currentColor)`;
}
