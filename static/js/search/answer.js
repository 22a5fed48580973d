// @ts-check
// A state of the page to all that it shows: the ranked documents narrowed, sorted and cut to a page, or the ways out.

import { isFiltered, readAddress, writeAddress } from "./address.js";
import { countChoices, passes, readFacts } from "./filters.js";
import { PAGE_SIZE } from "./results.js";
import { QUOTES } from "./view.js";

/*
 * The seam of format 2. Everything here is plain data (structured clone), made beside the index (in the worker):
 *
 *   answer(index, state)   -> Promise<{page: AnswerPage, counts: () => Promise<Counts>}>   worker posts `page`, then `await counts()`
 *   suggest(index, state, text) -> Promise<Suggestions>                                    suggest.js; reads the catalogue alone
 *   engine.ask(state)      -> {results: Promise<AnswerPage>, counts: Promise<Counts>}      a later ask voids an earlier one
 *   engine.suggest(state, text) -> Promise<Suggestions>                                    likewise
 *
 * of SearchIndex they ask: `await index.ask(state)` -> Found, `index.catalogue()`, `index.documents.text(number)`.
 */

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
 * @property {string} from @property {string} to of a date, as in the address
 */
/**
 * @typedef {object} Note what could not be read as typed, or was read as something else
 * @property {"empty-field" | "unknown-name" | "unreadable-date" | "unreadable" | "too-long" | "too-common" | "pinyin" | "names"} code
 * @property {string} typed the stretch it is about, as of a piece
 * @property {string} [field] of empty-field, unknown-name
 * @property {string} [read] of pinyin: the name's characters that are searched: 白银
 * @property {{kind: "region" | "paper", name: string}[]} [names] of pinyin and names: full names, best first, a few
 */
/** @typedef {{blank: boolean, pieces: Piece[], filters: Filter[], notes: Note[]}} Reading */
/**
 * @typedef {object} Found what SearchIndex.ask(state) gives
 * @property {Reading} reading
 * @property {number} total after all filters
 * @property {boolean} partial nothing has all words, so `total` counts documents with some of them (only tier 3, not asked for)
 * @property {{number: number, score: number, tier: number}[]} ranked those of the page asked for, in the order asked for
 * @property {number} page the page shown, at most `pages` @property {number} pages
 * @property {() => Promise<Counts>} counts over the whole answer; not awaited before results are shown
 */
/** @typedef {{value: string, name: string, count: number, chosen: boolean, without: string}} Choice as filters.js gives it */
/**
 * @typedef {object} Counts
 * @property {Choice[]} month @property {Choice[]} region @property {Choice[]} topic @property {Choice[]} paper
 * @property {[string, string] | null} span the first and last month (or year) of the answer's dates
 */

const MOST_TOPICS = 4;

/**
 * @param {import("./query.js").SearchIndex} index @param {import("./address.js").State} wanted @param {any} words
 * @returns {Promise<any>} all that one page of the answer shows
 */
export async function answer(index, wanted, words) {
  const table = await index.documents.facets();
  const facts = readFacts(table);
  const reply = await index.ask(wanted.q, wanted.match === "any");
  const found = reply.ranked.map(({ number }) => /** @type {import("./filters.js").Facts} */ (facts.get(number)));
  const left = reply.ranked.filter((_, place) => passes(found[place], wanted));
  sortByDate(left, facts, wanted.q ? wanted.sort : wanted.sort || "new");
  const last = Math.max(1, Math.ceil(left.length / PAGE_SIZE));
  const current = Math.min(wanted.page, last);
  const shown = left.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);
  const rows = await Promise.all(
    shown.map(async ({ number }) => ({
      row: await index.documents.row(number),
      text: await index.documents.text(number),
      facts: facts.get(number),
    })),
  );
  const ways = left.length ? [] : await findWays(index, wanted, reply, facts, words);
  return { wanted, table, facts, reply, found, left, current, last, rows, ways };
}

function sortByDate(ranked, facts, order) {
  if (!order) return;
  const date = ({ number }) => facts.get(number).date ?? "";
  const direction = order === "new" ? -1 : 1;
  ranked.sort((a, b) => {
    const [one, other] = [date(a), date(b)];
    if (one === other) return a.number - b.number;
    if (!one || !other) return one ? -1 : 1; // what has no date comes last in either order
    return one < other ? -direction : direction;
  });
}

// What a reader may try where nothing was found, with what it would find.
async function findWays(index, wanted, { reading, plan }, facts, words) {
  const count = async (query, change = {}) => {
    const narrowed = { ...wanted, ...change };
    const { ranked } = await index.ask(query);
    return ranked.filter(({ number }) => passes(facts.get(number), narrowed)).length;
  };
  const none = { region: "", topic: "", paper: "", from: "", to: "", page: 1 };
  const ways = [];
  const bare = wanted.q.replace(QUOTES, " ").replace(/\s+/g, " ").trim();
  if (reading.pieces.some(({ kind }) => kind === "exact")) {
    const href = writeAddress(wanted, { q: bare, page: 1 });
    ways.push({ label: words.without_quotes, links: [{ text: bare, href, count: await count(bare), state: true }] });
  }
  if (isFiltered(wanted)) {
    const href = writeAddress(wanted, none);
    ways.push({
      label: words.without_filters,
      links: [{ text: wanted.q || words.heading, href, count: await count(wanted.q, none), state: true }],
    });
  }
  const single = [...new Set(reading.pieces.flatMap(({ kind }, place) => (kind === "not" ? [] : plan.cut[place])))];
  if (single.length > 1) {
    const links = await Promise.all(
      single.map(async (word) => ({
        text: word,
        href: writeAddress(wanted, { q: word, page: 1 }),
        count: await count(word),
        state: true,
      })),
    );
    ways.push({ label: words.by_word, links });
  }
  const topics = countChoices(Array.from(facts.values()), readAddress("")).topic.slice(0, MOST_TOPICS);
  ways.push({
    label: words.by_topic,
    links: topics.map(({ value, count: of }) => ({
      text: value,
      href: writeAddress(readAddress(""), { topic: value }),
      count: of,
      state: true,
    })),
  });
  return ways.filter(({ links }) => links.length);
}
