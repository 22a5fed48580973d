// @ts-check
// What else the search page says: how many there are, in which order, the ways out of an empty answer.

import { isFiltered, writeAddress } from "./address.js";
import { element, fill } from "./elements.js";
import { sayCount, sayDates, sayShort } from "./say.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./answer.js").AnswerPage} AnswerPage */

/** The marks that a phrase may stand in. */
const QUOTES = /["“”「」『』]/g;

/** @param {AnswerPage} answer @param {any} words @returns {(Node | string)[]} how many there are */
export function statusLine({ total, partial, page, pages, reading, wanted }, words) {
  if (!total) {
    const plain = reading.pieces.length > 0 && !reading.filters.length && !isFiltered(wanted);
    if (!plain) return [reading.notes.length && !reading.pieces.length ? words.nothing_readable : words.none_filtered];
    const query = reading.notes.length ? reading.pieces.flatMap(({ runs }) => runs).join(" ") : wanted.q.replace(QUOTES, "");
    return [fill(words.none, { query: sayShort(query) })];
  }
  const said = partial && !reading.notes.some(({ code }) => code === "not-whole") ? words.only_any : words.total;
  // The words agree with the number first; the number itself stands in an element of its own.
  const [before, after] = said.split("{count}").map((part) => fill(part, { count: total }));
  const turned = pages > 1 ? [element("span", { class: "sr" }, fill(words.page_of, { page, pages }))] : [];
  return [before, element("b", {}, sayCount(total)), after, ...turned];
}

/** @param {import("./answer.js").Counts} counts @param {any} words @returns {string} when the articles found were printed */
export const spanLine = ({ span }, words) => (span ? fill(words.span, { dates: sayDates(words, ...span) }) : "");

/** @param {State} state @param {any} words @returns {(Node | string)[]} the orders, the current one marked */
export function sortLinks(state, words) {
  const orders = state.q ? ["", "new", "old"] : ["new", "old"];
  const current = state.q ? state.sort : state.sort || "new";
  const names = { "": words.sort_relevance, new: words.sort_new, old: words.sort_old };
  const links = orders.map((order) =>
    order === current
      ? element("b", { "aria-current": "true", tabindex: "-1", "data-key": `sort:${order}` }, names[order])
      : element("a", { href: writeAddress(state, { sort: order, page: 1 }), "data-state": true, "data-key": `sort:${order}` }, names[order]),
  );
  return [words.sort, ...links];
}

/**
 * @param {AnswerPage} answer @param {{text: string, href: string}[]} catalogues @param {any} words
 * @returns {Node[]} rows of a list of terms
 */
export function waysOut({ ways, wanted }, catalogues, words) {
  const rows = ways.map(({ kind, links }) => [
    words[`way_${kind}`],
    links.map(({ text, change, count }) =>
      element(
        "span",
        { class: "cl" },
        element("a", { href: writeAddress(wanted, { ...change, page: 1 }), "data-state": true }, sayShort(text)),
        " ",
        element("span", { class: "n" }, fill(words.count, { count: sayCount(count) })),
      ),
    ),
  ]);
  const links = catalogues.map(({ text, href }) => element("a", { href }, text));
  return [...rows, [words.by_catalogue, links]].flatMap(([label, list]) => [
    element("dt", {}, label),
    element("dd", {}, ...list.flatMap((link) => [link, " "])),
  ]);
}
