// @ts-check
// One page of a result as list items, and the links that turn its pages.

import { element, fill, marked } from "./elements.js";
import { findSpans, opening, passages, stretches } from "./marks.js";

export const PAGE_SIZE = 20;
const MOST_HIGHLIGHTS = 8;

/**
 * @param {any} row what a result shows @param {{paragraphs: string[], captions: string[]}} text
 * @param {import("./filters.js").Facts} facts @param {import("./marks.js").Needle[]} needles
 * @param {{words: any, root: string, addresses: Map<string, string>}} page
 */
export function resultItem(row, text, facts, needles, { words, root, addresses }) {
  const found = passages([...text.paragraphs, ...text.captions], needles);
  const sub = row.deck ?? row.kicker;
  return element(
    "li",
    { class: "item" },
    element("p", { class: "when" }, ...dateOf(row, words)),
    element(
      "div",
      {},
      element("h3", {}, titleLink(row, needles, root, words)),
      found.length
        ? element("p", { class: "snip" }, ...found.flatMap((passage) => [...marked(passage), " "]))
        : sub
          ? element("p", { class: "sub" }, ...marked(stretches(sub, findSpans(sub, needles))))
          : element("p", { class: "snip" }, ...marked(opening(text.paragraphs[0] ?? text.captions[0] ?? ""))),
      element(
        "p",
        { class: "meta quiet" },
        facts.paper && element("span", {}, facts.paper),
        facts.regions.length > 0 && element("span", { class: "rg" }, ...regionLinks(facts.regions[0], root, addresses)),
        element("span", { class: "n" }, fill(words.characters, { count: row.characters.toLocaleString("en-US") })),
      ),
    ),
  );
}

function dateOf(row, words) {
  if (!row.date) return [element("span", { class: "muted" }, words.undated)];
  const time = element("time", { datetime: row.date }, row.date);
  return row.inferred ? [time, " ", element("span", { class: "zhu" }, words.inferred)] : [time];
}

// A space in a headline ends a clause; clauses are not broken over lines.
function titleLink(row, needles, root, words) {
  const link = new URL(row.url, root);
  for (const { run } of needles.slice(0, MOST_HIGHLIGHTS)) link.searchParams.append("hl", run);
  const clauses = row.title.split(" ").flatMap((clause, place) => {
    const shown = element("span", { class: "cl" }, ...marked(stretches(clause, findSpans(clause, needles))));
    return place ? [" ", shown] : [shown];
  });
  return element("a", { href: link.href }, ...clauses, row.supplied && element("span", { class: "zhu" }, words.supplied));
}

function regionLinks(path, root, addresses) {
  const names = path.split("/");
  return names.flatMap((name, depth) => {
    const address = addresses.get(names.slice(0, depth + 1).join("/"));
    const link = element("a", { href: new URL(`region/${address}/`, root).href }, name);
    return depth ? [" ", link] : [link];
  });
}

/**
 * @param {number} current @param {number} last @param {(page: number) => string} address @param {any} words
 * @returns {Node[]} previous, the first, those around the current, the last, next
 */
export function pageLinks(current, last, address, words) {
  const link = (page, text) => element("a", { href: address(page), "data-page": String(page) }, text ?? String(page));
  const near = Array.from({ length: last }, (_, place) => place + 1).filter(
    (page) => page === 1 || page === last || Math.abs(page - current) <= 2,
  );
  const numbers = near.flatMap((page, place) => {
    const gap = place > 0 && page - near[place - 1] > 1 ? [element("i", { class: "skipy" }, "…")] : [];
    const shown = page === current ? element("b", { "aria-current": "page" }, String(page)) : link(page);
    if (page !== current) shown.classList.add("skipy");
    return [...gap, shown];
  });
  return [
    ...(current > 1 ? [link(current - 1, words.previous)] : []),
    ...numbers,
    ...(current < last ? [link(current + 1, words.next)] : []),
  ];
}
