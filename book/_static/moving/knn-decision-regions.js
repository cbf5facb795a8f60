// Points of three classes, and what their K nearest neighbors make of the plane.

import { html, listed, pair, shown, svg } from "./lib/dom.js";
import { mount } from "./lib/figure.js";
import { choice, slider, table } from "./lib/controls.js";
import { cross, line, marker, plane, sign } from "./lib/plane.js";
import { handle } from "./lib/handle.js";
import { distance, largest, nearest, votes } from "./lib/neighbors.js";

const SIDE = 10;
const CELLS = 160;
const EVERY = 8; // which cells tests compare

/** Return the regions as a picture, and the labels of some of its cells, row by row from below. */
function regions({ points, k, p }, labels, colors) {
  const canvas = html("canvas", { width: CELLS, height: CELLS });
  const context = canvas.getContext("2d");
  const image = context.createImageData(CELLS, CELLS);
  const rgb = colors.map((color) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16)));
  const some = [];
  for (let row = 0; row < CELLS; row += 1) {
    for (let column = 0; column < CELLS; column += 1) {
      const at = [((column + 0.5) * SIDE) / CELLS, ((row + 0.5) * SIDE) / CELLS];
      const counts = votes(nearest(points, at, k, p), labels);
      const winner = largest(counts);
      const alpha = 0.1 + 0.35 * (counts[winner] / k) ** 2;
      image.data.set([...rgb[winner], 255 * alpha], 4 * ((CELLS - 1 - row) * CELLS + column));
      if (row % EVERY === 0 && column % EVERY === 0) some.push(winner);
    }
  }
  context.putImageData(image, 0, 0);
  return { address: canvas.toDataURL(), some };
}

const rules = { k: [1, 15, true], p: [1, 2, true], points: [0, SIDE], at: [0, SIDE] };

mount("knn-decision-regions", rules, (figure) => {
  const { state, data } = figure;
  const { labels, colors } = data;
  const area = plane({
    x: [0, SIDE],
    y: [0, SIDE],
    label: "The plane of two features",
    names: ["feature 1", "feature 2"],
  });
  const picture = svg("image", { ...area.box, preserveAspectRatio: "none", class: "lt-regions" });
  const links = svg("g");
  area.clipped.append(picture, links);
  const says = (at) => `${pair(at, 1)}, ${outcome(at).words}`;
  let current = 0;
  const choose = (i) => {
    current = i;
    training.forEach((end, j) => end.node.setAttribute("tabindex", j === current ? 0 : -1));
  };
  const training = labels.map((label, i) =>
    handle(area, {
      label: `Training point ${i + 1} of ${labels.length}, class ${label}`,
      shape: marker(data.markers[label], colors[label], 5.5),
      get: () => state.points[i],
      set: (at) => figure.change({ points: state.points.map((point, j) => (j === i ? at : point)) }),
      step: 0.1,
      digits: 0.1,
      text: (at) => pair(at, 1),
      pick: () => choose(i),
      key: (key) => {
        const by = { n: 1, p: -1, PageDown: 1, PageUp: -1 }[key];
        if (by) training[(i + by + labels.length) % labels.length].node.focus();
        return Boolean(by);
      },
      tab: i ? -1 : 0,
      quiet: true,
    }),
  );
  const probe = handle(area, {
    label: "New point",
    shape: cross(),
    get: () => state.at,
    set: (at) => figure.change({ at }),
    step: 0.1,
    digits: 0.1,
    text: says,
  });
  area.above.append(...training.map((end) => end.node), probe.node);
  const rows = table("The votes for the new point, the cross", ["", "votes", "nearest at"]);
  figure.drawing.append(area.root);
  figure.panel.append(
    slider(figure, {
      label: "K",
      min: 1,
      max: 15,
      step: 1,
      get: () => state.k,
      set: (k) => figure.change({ k }),
    }),
    choice(figure, {
      legend: "Distance",
      options: [
        [2, "L2"],
        [1, "L1"],
      ],
      get: () => state.p,
      set: (p) => figure.change({ p: Number(p) }),
    }),
    rows.node,
  );
  figure.hint =
    "Drag the cross or any point. By keyboard: Tab to the points or the cross, arrow keys to move, " +
    "N and P for the next and the previous point.";

  function outcome(at) {
    const found = nearest(state.points, at, state.k, state.p);
    const counts = votes(found, labels);
    const winner = largest(counts);
    const tied = counts.filter((count) => count === counts[winner]).length > 1;
    return { found, counts, winner, words: `class ${winner}${tied ? ", the smallest label of a tie" : ""}` };
  }

  let drawn = "";
  let map;
  return () => {
    const { found, counts, winner, words } = outcome(state.at);
    const asked = JSON.stringify([state.points, state.k, state.p]);
    if (asked !== drawn) {
      map = regions(state, labels, colors);
      picture.setAttribute("href", map.address);
      drawn = asked;
    }
    for (const end of [...training, probe]) end.update();
    const radius = distance(state.points[found[state.k - 1]], state.at, state.p);
    const ring = Array.from({ length: 121 }, (_, i) => {
      const [c, s] = [Math.cos((i * Math.PI) / 60), Math.sin((i * Math.PI) / 60)];
      const long = state.p === 1 ? radius / (Math.abs(c) + Math.abs(s)) : radius;
      return [state.at[0] + long * c, state.at[1] + long * s];
    });
    links.replaceChildren(
      line(area, ring, { opacity: 0.55, "stroke-dasharray": "3 3" }),
      ...found.map((i) => line(area, [state.at, state.points[i]], { opacity: 0.7 })),
    );
    const closest = (c) => found.find((i) => labels[i] === c);
    rows.fill(
      counts.map((count, c) => {
        const i = closest(c);
        const mark = sign(data.markers[c], colors[c]);
        const away = i === undefined ? "–" : shown(distance(state.points[i], state.at, state.p));
        return [html("span", {}, mark, `class ${c}`), count, away];
      }),
    );
    const strays = state.points.filter((point, i) => outcome(point).winner !== labels[i]).length;
    const shares = listed(counts.map((count, c) => `${count} for class ${c}`));
    const vote = `the ${state.k} nearest vote ${shares}: ${words}`;
    const only = `the nearest point is of class ${winner}`;
    return {
      say:
        `At ${pair(state.at, 1)} ${state.k === 1 ? only : vote}. ` +
        `Of the ${labels.length} points, ${strays} lie in the region of another class.`,
      numbers: {
        found,
        votes: counts,
        label: winner,
        radius,
        strays,
        some: map.some,
        cells: CELLS,
        every: EVERY,
      },
    };
  };
});
