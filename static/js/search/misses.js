// @ts-check
// What a reader may try where nothing was found, each with what it would find. What would find nothing is not offered.

import { UNFILTERED, isFiltered } from "./address.js";
import { bigrams, isHan } from "./analyze.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {"without_quotes" | "without_refusal" | "anywhere" | "without_filters" | "by_word" | "all_loose" | "near" | "by_topic"} WayKind */
/** @typedef {{kind: WayKind, links: {text: string, within?: string, change: Partial<State>, count: number}[]}} Way */

const MOST_WORDS = 6;
const MOST_TOPICS = 4;
const MOST_NAMES = 4;
const LISTS = { region: "regions", topic: "topics", paper: "papers" };

/** @param {any} index @param {State} wanted @param {import("./answer.js").Reading} reading @returns {Promise<Way[]>} */
export async function nearMisses(index, wanted, reading) {
  const catalogue = await index.catalogue();
  const asked = await Promise.all(tries(index, wanted, reading).map((one) => counted(index, wanted, one)));
  const ways = asked.filter(({ links }) => links.length);
  const loose = loosest(wanted, reading);
  if (!ways.some(({ kind }) => kind !== "by_word") && loose) ways.push(await counted(index, wanted, loose));
  const names = await nearNames(index, catalogue, reading);
  const topics = catalogue.topics
    .map(([text, , count]) => ({ text, change: cleared({ topic: text }), count }))
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_TOPICS);
  return [...ways, { kind: "near", links: names }, { kind: "by_topic", links: topics }].filter(({ links }) => links.length);
}

async function counted(index, wanted, { kind, links }) {
  const known = links.map(async (link) => {
    const { total, partial } = await index.ask({ ...wanted, page: 1, ...link.change });
    return { ...link, count: partial ? 0 : total };
  });
  return { kind, links: (await Promise.all(known)).filter(({ count }) => count) };
}

/** @returns {{kind: WayKind, links: {text: string, change: Partial<State>}[]}[]} */
function tries(index, wanted, { pieces, filters }) {
  const query = (list, change = (piece) => piece.typed) => [...list, ...filters].map((one) => (one.runs ? change(one) : one.typed)).join(" ");
  const one = (kind, q, change = {}) => ({ kind, links: [{ text: q || wanted.q, change: { q, ...change } }] });
  const kept = pieces.filter(({ kind }) => kind !== "not");
  const found = [];
  if (pieces.some(({ kind }) => kind === "exact")) found.push(one("without_quotes", query(pieces, unquoted)));
  if (kept.length < pieces.length && kept.length) found.push(one("without_refusal", query(kept)));
  if (pieces.some(({ field }) => field)) found.push(one("anywhere", query(pieces, unfielded)));
  if (isFiltered(wanted) || filters.length) {
    found.push(one("without_filters", pieces.map(({ typed }) => typed).join(" "), UNFILTERED));
  }
  const words = [...new Set(kept.flatMap((piece) => wordsOf(piece, index)))].slice(0, MOST_WORDS);
  const whole = new Set(pieces.map(({ typed }) => typed));
  const apart = words.filter((word) => pieces.length > 1 || !whole.has(word));
  found.push({ kind: "by_word", links: apart.map((word) => ({ text: word, change: { q: word } })) });
  return found;
}

/** @returns {{kind: WayKind, links: {text: string, change: Partial<State>}[]} | null} all of it given up but the words */
function loosest(wanted, { pieces }) {
  const q = pieces.filter(({ kind }) => kind !== "not").map(({ runs }) => runs.join(" ")).join(" ");
  if (!q || (q === wanted.q && !isFiltered(wanted))) return null;
  return { kind: "all_loose", links: [{ text: q, change: { ...UNFILTERED, q } }] };
}

const unquoted = (piece) => (piece.kind === "exact" ? piece.runs.join(" ") : piece.typed);
const unfielded = (piece) => (piece.field ? piece.typed.replace(/^(-?)[^:：]*[:：]/u, "$1") : piece.typed);
const cleared = (change) => ({ ...UNFILTERED, q: "", ...change });

/** The words of a piece; of what the archive never printed, the longest stretches that it did. */
function wordsOf(piece, index) {
  return piece.words.flatMap((word) => {
    if (!isHan(word)) return [word];
    const pairs = bigrams(word);
    if (pairs.every((pair) => index.postings.has(pair))) return [word];
    const stretches = [""];
    for (const pair of pairs) {
      const last = stretches.length - 1;
      if (!index.postings.has(pair)) stretches.push("");
      else stretches[last] = stretches[last] ? stretches[last] + Array.from(pair)[1] : pair;
    }
    return stretches.filter(Boolean);
  });
}

/** Names that one slip of the hand parts from what was typed. */
async function nearNames(index, catalogue, { pieces, notes }) {
  const runs = pieces.flatMap(({ kind, runs: all }) => (kind === "not" ? [] : all));
  const unknown = notes.filter(({ code }) => code === "unknown-name").map(({ typed }) => typed.replace(/^[^:：]*[:：]/u, ""));
  const names = await index.names();
  const found = new Map([...runs, ...unknown].flatMap((run) => names.near(run)).map((name) => [`${name.kind}:${name.name}`, name]));
  return Array.from(found.values()).slice(0, MOST_NAMES).map(({ kind, name }) => {
    const [above, last] = /^(?:(.*)\/)?(.*)$/su.exec(name)?.slice(1) ?? ["", name];
    const row = catalogue[LISTS[kind]].find(([value]) => value === name);
    return { text: last, within: above, change: cleared({ [kind]: name }), count: row?.[2] ?? 0 };
  });
}
