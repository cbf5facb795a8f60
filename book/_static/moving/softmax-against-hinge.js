// The same three scores under the hinge loss and under cross-entropy: what each class costs and pulls.

import { brief, html, inked, listed, narrow, shown, svg } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { buttons, choice, slider, table } from "./lib/controls.js";
import { line, marker, plane, sign, word } from "./lib/plane.js";
import { entropy, hinge } from "./lib/losses.js";

mount("softmax-against-hinge", { s: [-1000, 1000], y: [0, 2, true] }, (figure) => {
  const { state, data } = figure;
  const { names, colors, markers, lines } = data;
  const lowest = () => (Math.min(...state.s) < -20 ? -100 : -20);
  const curves = html("div");
  const bars = html("div");
  const rows = table(
    "Class by class: what the hinge charges, what softmax gives, and the slope of each loss in each score",
    ["", "hinge", "softmax p", "hinge slope", "softmax slope"],
  );
  figure.drawing.append(curves, bars, rows.node);
  figure.panel.append(
    choice(figure, {
      legend: "True class",
      options: names.map((name, c) => [c, name]),
      get: () => state.y,
      set: (y) => figure.change({ y: Number(y) }),
    }),
    ...names.map((name, c) =>
      slider(figure, {
        label: name,
        mark: sign(markers[c], colors[c]),
        said: `score of ${name}`,
        min: lowest,
        max: () => 20,
        step: 0.1,
        show: shown,
        get: () => state.s[c],
        set: (x) => figure.change({ s: state.s.map((old, j) => (j === c ? x : old)) }),
      }),
    ),
    html("p", { class: "lt-moving-hint" }, "Scores to try, the cat's last:"),
    buttons(
      figure,
      ...data.presets.map((s) => [s.map((x) => brief(x)).join(", "), () => figure.change({ s, y: 0 })]),
    ),
  );

  /** Draw both losses against the lead of the true class. */
  function losses(h, e) {
    const { s, y } = state;
    const rival = Math.max(...s.filter((_, j) => j !== y));
    const lead = s[y] - rival;
    const range = [Math.min(-6, lead - 1), Math.max(8, lead + 1)];
    const at = (x) => s.map((score, j) => (j === y ? rival + x : score));
    const top = Math.max(hinge(at(range[0]), y).loss, 1) * 1.06;
    const area = plane({
      x: range,
      y: [0, top],
      height: 270,
      ticks: [6, 4],
      label: "Both losses against the lead of the true class",
      names: ["score of the true class less its best rival", "loss"],
    });
    const places = Array.from({ length: 241 }, (_, i) => range[0] + (i * (range[1] - range[0])) / 240);
    const bend = places.concat([1, lead]).sort((a, b) => a - b);
    area.clipped.append(
      line(
        area,
        [
          [lead, 0],
          [lead, top],
        ],
        { opacity: 0.4 },
      ),
      line(
        area,
        bend.map((x) => [x, hinge(at(x), y).loss]),
        { stroke: lines[0], "stroke-width": 2.5 },
      ),
      line(
        area,
        bend.map((x) => [x, entropy(at(x), y).loss]),
        { stroke: lines[1], "stroke-width": 2.5, "stroke-dasharray": "7 4" },
      ),
    );
    for (const [loss, k] of [
      [h.loss, 0],
      [e.loss, 1],
    ]) {
      const dot = svg("circle", { r: 5, fill: lines[k], stroke: "var(--lt-paper)", "stroke-width": 1.5 });
      dot.setAttribute("transform", `translate(${area.at.x(lead)} ${area.at.y(loss)})`);
      area.above.append(dot);
    }
    const [x, below] = [range[1], top * 0.9];
    area.above.append(
      word(area, [x, below], `hinge ${shown(h.loss)}`, {
        style: `fill: ${inked(lines[0])}`,
        "text-anchor": "end",
        class: "lt-word lt-strong",
      }),
      word(area, [x, below * 0.88], `cross-entropy ${shown(e.loss)}`, {
        style: `fill: ${inked(lines[1])}`,
        "text-anchor": "end",
        class: "lt-word lt-strong",
      }),
    );
    return area.root;
  }

  /** Draw the slopes as bars: what each loss asks of each score. */
  function slopes(h, e) {
    const longest = Math.max(2, ...h.slope.map(Math.abs));
    const root = svg("svg", {
      viewBox: "0 0 360 150",
      role: "img",
      "aria-label": "What each loss asks of each score, as in the table",
      style: "--lt-wide: 360px",
    });
    for (const [k, name, slope] of [
      [0, "hinge", h.slope],
      [1, "cross-entropy", e.slope],
    ]) {
      const left = 20 + 180 * k;
      const zero = left + 75;
      const scale = 68 / longest;
      root.append(
        svg("text", { x: zero, y: 14, "text-anchor": "middle", style: `fill: ${inked(lines[k])}` }, name),
      );
      slope.forEach((pull, c) => {
        const [y, long] = [28 + 32 * c, Math.abs(pull) * scale];
        const bar = { x: pull > 0 ? zero - long : zero, y, width: long, height: 20, fill: colors[c] };
        const mark = svg(
          "g",
          { transform: `translate(${left - 12} ${y + 10})` },
          marker(markers[c], colors[c], 5),
        );
        root.append(svg("rect", bar), ...(k ? [] : [mark]));
      });
      root.append(svg("path", { d: `M${zero} 22V122`, stroke: "currentColor", "stroke-opacity": 0.6 }));
      root.append(
        svg("text", { x: zero - 6, y: 138, "text-anchor": "end", class: "lt-small" }, "← lower it"),
      );
      root.append(svg("text", { x: zero + 6, y: 138, class: "lt-small" }, "raise it →"));
    }
    return root;
  }

  return () => {
    const { s, y } = state;
    const [h, e] = [hinge(s, y), entropy(s, y)];
    curves.replaceChildren(losses(h, e));
    bars.replaceChildren(slopes(h, e));
    rows.fill(
      names.map((name, c) => {
        const mark = sign(markers[c], colors[c]);
        const label = html("span", {}, mark, c === y ? html("strong", {}, name) : name);
        return [
          label,
          c === y ? "–" : shown(h.each[c]),
          narrow(e.p[c]),
          brief(h.slope[c]),
          narrow(e.slope[c]),
        ];
      }),
    );
    const satisfied =
      h.loss === 0
        ? "The hinge is satisfied and asks for nothing more; cross-entropy still pulls."
        : "Both losses pull.";
    return {
      say:
        `With scores ${listed(s.map((x) => brief(x)))} and ${names[y]} the true class, the hinge loss is ` +
        `${shown(h.loss)} and the cross-entropy loss ${shown(e.loss)}. ${satisfied}`,
      numbers: {
        s,
        y,
        hinge: h.loss,
        margins: h.each,
        hingeSlope: h.slope,
        entropy: e.loss,
        p: e.p,
        entropySlope: e.slope,
      },
    };
  };
});
