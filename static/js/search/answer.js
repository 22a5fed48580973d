// @ts-check
// A state of the page to all that it shows, as plain data: made beside the index, drawn by the page. See the types below.

import { normalise } from "./analyze.js";
import { findSpans, needlesOf, opening, passages, stretches } from "./marks.js";
import { waysOut } from "./misses.js";

/** @typedef {import("./query.js").Found["reading"]} Reading how a query was read: its pieces with their words, its filters with their names */
/** @typedef {import("./filters.js").Counts} Counts */
/** @typedef {import("./marks.js").Stretch} Stretch */
/**
 * @typedef {object} Row what a result shows
 * @property {string} id
 * @property {Stretch[][]} title a list of stretches a clause
 * @property {boolean} supplied
 * @property {string} date
 * @property {boolean} inferred
 * @property {string} paper
 * @property {string} region the first, a path
 * @property {number} characters
 * @property {Stretch[][]} passages around the words; the deck or the beginning where none stands in the text
 * @property {boolean} deck whether that is the deck
 * @property {string[]} marks the words as printed there, for the article's page to mark
 */
/**
 * @typedef {object} AnswerPage
 * @property {import("./address.js").State} wanted
 * @property {Reading} reading
 * @property {number} total
 * @property {boolean} partial
 * @property {number} page
 * @property {number} pages
 * @property {Row[]} rows all of the page, or its first ones
 * @property {boolean} complete whether no more rows follow
 * @property {import("./misses.js").Way[]} ways what to try where nothing is found
 */

const MOST_MARKS = 12;

/**
 * @param {import("./query.js").SearchIndex} index @param {import("./address.js").State} wanted
 * @returns {Promise<{page: AnswerPage, rest: () => Promise<Row[]>, counts: () => Promise<Counts>}>} `rest` gives further rows
 */
export async function answer(index, wanted) {
  const found = await index.ask(wanted);
  const { reading, total, partial, page, pages } = found;
  const needles = needlesOf(reading.pieces);
  const { fold } = index.documents;
  const rowsOf = (/** @type {import("./rank.js").Ranked[]} */ ranked) =>
    Promise.all(ranked.map(async ({ number }) => row(await index.documents.text(number), needles, fold)));
  const rows = rowsOf(found.ranked);
  const ways = total ? [] : waysOut(index, wanted, reading);
  return {
    page: { wanted, reading, total, partial, page, pages, rows: await rows, complete: found.complete, ways: await ways },
    rest: async () => rowsOf(await found.rest()),
    counts: found.counts,
  };
}

/**
 * @param {import("./documents.js").Text} text @param {import("./marks.js").Needle[]} needles
 * @param {import("./analyze.js").Fold} fold @returns {Row}
 */
function row(text, needles, fold) {
  const printed = [...text.paragraphs, ...text.captions];
  const found = passages(printed, needles, fold);
  const deck = text.deck ?? text.kicker;
  const instead = deck ? stretches(deck, findSpans(deck, needles, fold)) : opening(printed[0] ?? "");
  return {
    id: text.id,
    title: text.title.split(" ").map((clause) => stretches(clause, findSpans(clause, needles, fold))),
    supplied: Boolean(text.supplied),
    date: text.date ?? "",
    inferred: Boolean(text.inferred),
    paper: text.paper ?? "",
    region: text.regions?.[0] ?? "",
    characters: text.characters,
    passages: found.length ? found : [instead],
    deck: !found.length && Boolean(deck),
    marks: marksIn([text.title, deck, ...(text.byline ?? []), ...printed], needles, fold),
  };
}

/** @returns {string[]} the words as printed, each once but for width and case, in order */
function marksIn(texts, needles, fold) {
  const found = new Map();
  for (const text of texts) {
    if (!text) continue;
    for (const [from, to] of findSpans(text, needles, fold)) {
      const word = text.slice(from, to);
      if (!found.has(normalise(word))) found.set(normalise(word), word);
      if (found.size === MOST_MARKS) return Array.from(found.values());
    }
  }
  return Array.from(found.values());
}
