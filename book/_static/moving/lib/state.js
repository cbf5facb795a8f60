// The state of a figure stands in the page's address, as ?name=key:value;key:1,2. What is as at the start
// is left out. Each figure has a parameter of its own; other parameters and the anchor stay as they are.

/** Return the start state, changed by what the address says; what does not fit the rules is not taken. */
export function restored(name, start, rules) {
  const state = structuredClone(start);
  const given = new URLSearchParams(location.search).get(name) ?? "";
  for (const part of given.split(";")) {
    const [key, text] = part.split(":");
    if (text === undefined || !Object.hasOwn(start, key)) continue;
    const value = decoded(text, start[key], rules[key]);
    if (value !== undefined) state[key] = value;
  }
  return state;
}

function decoded(text, like, rule) {
  if (typeof like === "string") return rule.includes(text) ? text : undefined;
  const numbers = text.split(",").map((word) => (word === "" ? NaN : Number(word)));
  const wanted = [like].flat(Infinity).length;
  const [low, high, whole] = rule;
  const fits = (x) => Number.isFinite(x) && x >= low && x <= high && (!whole || Number.isInteger(x));
  if (numbers.length !== wanted || !numbers.every(fits)) return undefined;
  return filled(like, numbers);
}

function filled(like, numbers) {
  return Array.isArray(like) ? like.map((inner) => filled(inner, numbers)) : numbers.shift();
}

function encoded(state, start) {
  const changed = Object.keys(start).filter((key) => !same(state[key], start[key]));
  return changed.map((key) => `${key}:${[state[key]].flat(Infinity).join(",")}`).join(";");
}

/** Return whether two states, or parts of them, are the same. */
export function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Put a state into the address, without a new step in the history. */
export function remember(name, state, start) {
  const kept = location.search
    .slice(1)
    .split("&")
    .filter((part) => part && part.split("=")[0] !== name);
  const mine = encoded(state, start);
  if (mine) kept.push(`${name}=${mine}`);
  const search = kept.length ? `?${kept.join("&")}` : "";
  if (search === location.search) return;
  try {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  } catch {
    // Some browsers keep the address of a file as it is; the figure works all the same.
  }
}
