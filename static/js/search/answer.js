// @ts-check
// A state of the page to all that it shows, as plain data: made beside the index, drawn by the page. See the types below.

import { normalise } from "./analyze.js";
import { findSpans, needlesOf, opening, passages, stretches } from "./marks.js";
import { nearMisses } from "./misses.js";

/**
 * @typedef {object} Piece
 * @property {"words" | "exact" | "not"} kind
 * @property {"" | "title" | "author"} field
 * @property {string[]} runs normalised
 * @property {boolean} prefix
 * @property {string} typed the stretch of the normalised query that it was read from: minus sign, field name, quotes included
 * @property {string[]} words what the plan cut it to; what is marked
 */
/**
 * @typedef {object} Filter a filter within the query: 地区:白银
 * @property {"region" | "topic" | "paper" | "date"} field
 * @property {string} typed as of a piece
 * @property {string[]} names that it stands for in the catalogue, empty if none does
 * @property {string} from of a date, as in the address
 * @property {string} to
 */
/**
 * @typedef {object} Note what could not be read as typed, or was read as something else
 * @property {"empty-field" | "unknown-name" | "unreadable-date" | "unreadable" | "too-long" | "too-common" | "pinyin" | "names"} code
 * @property {string} typed the stretch it is about, as of a piece
 * @property {string} [field] of empty-field, unknown-name
 * @property {string} [read] of pinyin: what is searched: 白银
 * @property {{kind: "region" | "paper", name: string}[]} [names] of pinyin and names: full names, best first, a few
 */
/** @typedef {{blank: boolean, pieces: Piece[], filters: Filter[], notes: Note[]}} Reading */
/**
 * @typedef {object} Found what SearchIndex.ask(state) gives
 * @property {Reading} reading
 * @property {number} total after all filters
 * @property {boolean} partial nothing has all words, so `total` counts documents with some of them (tier 3, not asked for)
 * @property {{number: number, score: number, tier: number}[]} ranked those of the page asked for, in the order asked for
 * @property {number} page the page shown, at most `pages`
 * @property {number} pages
 * @property {() => Promise<Counts>} counts over the whole answer; not awaited before results are shown
 */
/** @typedef {{value: string, name: string, count: number, chosen: boolean, without: string}} Choice as filters.js gives it */
/**
 * @typedef {object} Counts
 * @property {Choice[]} month
 * @property {Choice[]} region
 * @property {Choice[]} topic
 * @property {Choice[]} paper
 * @property {[string, string] | null} span the first and last month (or year) of the answer's dates
 */
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
 * @property {Row[]} rows
 * @property {import("./misses.js").Way[]} ways what to try where nothing is found
 */

const MOST_MARKS = 12;

/**
 * @param {any} index a SearchIndex @param {import("./address.js").State} wanted
 * @returns {Promise<{page: AnswerPage, counts: () => Promise<Counts>}>}
 */
export async function answer(index, wanted) {
  const found = /** @type {Found} */ (await index.ask(wanted));
  const { reading, total, partial, page, pages } = found;
  const needles = needlesOf(reading.pieces);
  const rows = Promise.all(found.ranked.map(async ({ number }) => row(await index.documents.text(number), needles)));
  const ways = total ? [] : nearMisses(index, wanted, reading);
  return {
    page: { wanted, reading, total, partial, page, pages, rows: await rows, ways: await ways },
    counts: found.counts,
  };
}

/** @param {any} text a document's text file @param {import("./marks.js").Needle[]} needles @returns {Row} */
function row(text, needles) {
  const printed = [...text.paragraphs, ...text.captions];
  const found = passages(printed, needles);
  const deck = text.deck ?? text.kicker;
  const instead = deck ? stretches(deck, findSpans(deck, needles)) : opening(printed[0] ?? "");
  return {
    id: text.id,
    title: text.title.split(" ").map((clause) => stretches(clause, findSpans(clause, needles))),
    supplied: Boolean(text.supplied),
    date: text.date ?? "",
    inferred: Boolean(text.inferred),
    paper: text.paper ?? "",
    region: text.regions?.[0] ?? "",
    characters: text.characters,
    passages: found.length ? found : [instead],
    deck: !found.length && Boolean(deck),
    marks: marksIn([text.title, deck, ...(text.byline ?? []), ...printed], needles),
  };
}

/** @returns {string[]} the words as printed, each once but for width and case, in order */
function marksIn(texts, needles) {
  const found = new Map();
  for (const text of texts) {
    if (!text) continue;
    for (const [from, to] of findSpans(text, needles)) {
      const word = text.slice(from, to);
      if (!found.has(normalise(word))) found.set(normalise(word), word);
      if (found.size === MOST_MARKS) return Array.from(found.values());
    }
  }
  return Array.from(found.values());
}
