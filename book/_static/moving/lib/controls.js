// Sliders, choices, buttons and tables: ordinary elements of a form, so that every keyboard works them.

import { brief, html } from "./dom.js";

/** Return a slider with its name and value; `get` and `set` join it to the state.
 *  `mark` stands before the name; `said` is a longer name, for those who hear it. */
export function slider(figure, { label, min, max, step, get, set, show = brief, mark, said }) {
  const input = html("input", { type: "range", min, max, step, "aria-label": said });
  const value = html("output", {});
  input.addEventListener("input", () => set(Number(input.value)));
  figure.controls.push(() => {
    if (typeof max === "function") Object.assign(input, { min: min(), max: max() });
    input.value = get();
    value.textContent = show(get());
    input.setAttribute("aria-valuetext", show(get()));
  });
  const name = html("span", {}, ...(mark ? [mark] : []), label);
  return html("label", { class: "lt-moving-slider" }, name, input, value);
}

/** Return a group of radio buttons. */
export function choice(figure, { legend, options, get, set }) {
  const inputs = options.map(([value]) =>
    html("input", { type: "radio", name: `${figure.name}-${legend}`, value, onchange: () => set(value) }),
  );
  figure.controls.push(() => {
    for (const input of inputs) input.checked = input.value === String(get());
  });
  const labels = options.map(([, text], i) => html("label", {}, inputs[i], html("span", {}, text)));
  return html("fieldset", { class: "lt-moving-choice" }, html("legend", {}, legend), ...labels);
}

/** Return a row of buttons, each [text, act] or [text, act, disabled()]. */
export function buttons(figure, ...acts) {
  const row = acts.map(([text, act, disabled]) => {
    const button = html("button", { type: "button", onclick: act }, text);
    if (disabled) figure.controls.push(() => button.setAttribute("aria-disabled", disabled()));
    return button;
  });
  return html("div", { class: "lt-moving-buttons" }, ...row);
}

/** Return a table and a function that fills it; the first cell of a row is its heading. */
export function table(caption, header) {
  const body = html("tbody");
  const head = html("tr", {}, ...header.map((text) => html("th", { scope: "col" }, text)));
  const node = html("table", {}, html("caption", {}, caption), html("thead", {}, head), body);
  const fill = (rows) =>
    body.replaceChildren(
      ...rows.map(([first, ...cells]) =>
        html("tr", {}, html("th", { scope: "row" }, first), ...cells.map((cell) => html("td", {}, cell))),
      ),
    );
  return { node: html("div", { class: "lt-moving-table" }, node), fill };
}
