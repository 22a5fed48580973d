// @ts-check
// What a reader may try where nothing was found, each with what it would find. What would find nothing is not offered.

import { UNFILTERED, isFiltered } from "./address.js";
import { bigrams, isHan } from "./analyze.js";
import { MOST_CHARACTERS } from "./marks.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./query.js").SearchIndex} SearchIndex */
/** @typedef {import("./answer.js").Reading} Reading */
/** @typedef {"quotes" | "refusals" | "fields" | "filters" | "all" | "any" | "word" | "name" | "topic"} WayKind */
/** @typedef {{text: string, change: Partial<State>, count: number}} WayLink */
/** @typedef {{kind: WayKind, links: WayLink[]}} Way */

/** @typedef {{kind: WayKind, text: string, change: Partial<State>}} Try */

const ORDER = /** @type {WayKind[]} */ (["quotes", "refusals", "fields", "filters", "all", "any", "word", "name", "topic"]);
const MOST_WORDS = 6;
const MOST_NAMES = 4;
const MOST_TOPICS = 4;

/** @param {SearchIndex} index @param {State} wanted @param {Reading} reading @returns {Promise<Way[]>} */
export async function waysOut(index, wanted, reading) {
  const counted = async (/** @type {Try} */ one) => {
    const { total, partial } = await index.ask({ ...wanted, page: 1, ...one.change });
    return { ...one, count: partial ? 0 : total };
  };
  const tried = [...tries(reading, wanted), ...words(index, reading), ...(await names(index, reading))];
  const found = (await Promise.all(tried.map(counted))).filter(({ count }) => count);
  const bare = reading.pieces.flatMap(({ kind, runs }) => (kind === "not" ? [] : runs)).join(" ");
  if (bare && !found.some(({ kind }) => kind !== "name")) {
    found.push(await counted({ kind: "all", text: bare, change: { ...UNFILTERED, q: bare, match: "any" } }));
  }
  const all = [...found, ...(await topics(index))].filter(({ count }) => count);
  return ORDER.map((kind) => ({ kind, links: all.filter((one) => one.kind === kind) })).filter(({ links }) => links.length);
}

/** What may be given up of a query. @param {Reading} reading @param {State} wanted @returns {Try[]} */
function tries({ pieces, filters }, wanted) {
  const query = (list, change = (piece) => piece.typed) => [...list.map(change), ...filters.map(({ typed }) => typed)].join(" ");
  const kept = pieces.filter(({ kind }) => kind !== "not");
  const plain = pieces.map(({ typed }) => typed).join(" ");
  const has = {
    quotes: pieces.some(({ kind }) => kind === "exact"),
    refusals: kept.length && kept.length < pieces.length,
    fields: pieces.some(({ field }) => field),
    filters: filters.length || isFiltered(wanted),
    any: kept.length && wanted.match !== "any",
  };
  const change = {
    quotes: { q: query(pieces, unquoted) },
    refusals: { q: query(kept) },
    fields: { q: query(pieces, unfielded) },
    filters: { ...UNFILTERED, q: plain },
    any: { match: "any" },
  };
  return Object.keys(has)
    .filter((kind) => has[kind])
    .map((kind) => ({ kind: /** @type {WayKind} */ (kind), text: change[kind].q || wanted.q, change: change[kind] }));
}

const unfielded = ({ field, typed }) => (field ? typed.replace(/^(-*)[^:]*:/u, "$1") : typed);
const unquoted = (piece) => (piece.kind === "exact" ? piece.runs.join(" ") : piece.typed);

/** Each word alone, where there are several. @param {SearchIndex} index @param {Reading} reading @returns {Try[]} */
function words({ postings }, { pieces }) {
  const whole = pieces.flatMap(({ kind, words: cut }) => (kind === "not" ? [] : cut));
  const parts = [...new Set(whole.flatMap((word) => printedIn(word, postings)))].slice(0, MOST_WORDS);
  if (parts.length === 1 && pieces.length === 1 && parts[0] === pieces[0].typed) return [];
  return parts.map((text) => ({ kind: "word", text, change: { q: text } }));
}

/** Names that a slip parts from what was typed. @param {SearchIndex} index @param {Reading} reading @returns {Promise<Try[]>} */
async function names(index, { pieces, filters }) {
  const known = await index.names();
  const parts = [...pieces, ...filters];
  /** @type {Map<string, Try>} */
  const found = new Map();
  for (const part of parts) {
    const near = "runs" in part ? part.runs.flatMap((run) => known.near(run)) : part.field === "date" ? [] : known.near(part.value, part.field);
    const others = parts.filter((other) => other !== part).map(({ typed }) => typed);
    for (const { kind, name } of near) {
      const text = kind === "region" ? name.slice(name.lastIndexOf("/") + 1) : name;
      found.set(text, { kind: "name", text, change: { q: others.join(" "), [kind]: name } });
    }
  }
  return Array.from(found.values()).slice(0, MOST_NAMES);
}

/** @returns {string[]} a word; of one that the archive never printed whole, the longest stretches that it did */
function printedIn(word, postings) {
  const pairs = isHan(word) ? bigrams(word) : [];
  if (pairs.length >= MOST_CHARACTERS) return []; // of a text pasted in, few pairs were looked up
  if (pairs.every((pair) => postings.has(pair))) return [word];
  const found = [""];
  for (const pair of pairs) {
    const last = found.length - 1;
    if (!postings.has(pair)) found.push("");
    else found[last] += found[last] ? Array.from(pair)[1] : pair;
  }
  return found.filter(Boolean);
}

/** @returns {Promise<(WayLink & {kind: WayKind})[]>} those with most articles */
async function topics(index) {
  const rows = [...(await index.catalogue()).topics].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return rows.slice(0, MOST_TOPICS).map(([text, count]) => ({
    kind: "topic",
    text,
    change: { ...UNFILTERED, q: "", match: "", topic: text },
    count,
  }));
}
