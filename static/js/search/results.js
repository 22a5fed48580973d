// @ts-check
// One page of a result as list items, and the links that turn its pages.

import { writeAddress } from "./address.js";
import { element, fill, marked } from "./elements.js";
import { sayCount } from "./say.js";

/** @typedef {import("./answer.js").Row} Row */
/** @typedef {import("./address.js").State} State */

/** @param {Row} row @param {State} state @param {{words: any, root: string}} page @returns {HTMLElement} */
export function resultItem(row, state, { words, root }) {
  return element(
    "li",
    { class: "item" },
    element("p", { class: "when" }, ...dateOf(row, words)),
    element(
      "div",
      {},
      element("h3", {}, titleLink(row, root), row.supplied && element("span", { class: "zhu" }, words.supplied)),
      element("p", { class: row.deck ? "sub" : "snip" }, ...passagesOf(row)),
      element(
        "p",
        { class: "meta quiet" },
        row.paper && element("span", {}, row.paper),
        row.region && element("span", { class: "rg" }, ...regionLinks(row.region, state, words)),
        element("span", { class: "n" }, fill(words.characters, { count: sayCount(row.characters) })),
      ),
    ),
  );
}

// Where one passage breaks off and the next begins within a paragraph, one sign of omission says both.
function passagesOf({ passages }) {
  return passages.flatMap((passage, place) => {
    const broken = place > 0 && passages[place - 1].at(-1)?.text === "…" && passage[0].text === "…";
    return [...marked(broken ? passage.slice(1) : passage), " "];
  });
}

function dateOf({ date, inferred }, words) {
  if (!date) return [element("span", { class: "muted" }, words.undated)];
  const time = element("time", { datetime: date }, date);
  return inferred ? [time, " ", element("span", { class: "zhu" }, words.inferred)] : [time];
}

/** @param {Row} row @param {string} root @returns {string} the article's page, told what to mark */
export function articleAddress({ id, marks }, root) {
  // From a disk an address that ends in a slash shows a list of files.
  const address = new URL(root.startsWith("file:") ? `a/${id}/index.html` : `a/${id}/`, root);
  for (const mark of marks) address.searchParams.append("hl", mark);
  return address.href;
}

// A space in a headline ends a clause; clauses are not broken over lines. One that is all of it runs on into what follows.
function titleLink(row, root) {
  if (row.title.length === 1) return element("a", { href: articleAddress(row, root), "data-result": true }, ...marked(row.title[0]));
  const clauses = row.title.flatMap((clause, place) => {
    const shown = element("span", { class: "cl" }, ...marked(clause));
    return place ? [" ", shown] : [shown];
  });
  return element("a", { href: articleAddress(row, root), "data-result": true }, ...clauses);
}

// A place in a result narrows the answer to it.
function regionLinks(path, state, words) {
  const names = path.split("/");
  return names.flatMap((name, depth) => {
    const region = names.slice(0, depth + 1).join("/");
    const link = element(
      "a",
      { href: writeAddress(state, { region, page: 1 }), "data-state": true, title: fill(words.narrow, { name }) },
      name,
    );
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
