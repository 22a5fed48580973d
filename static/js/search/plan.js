// @ts-check
// What a reader typed to what is asked of the index. Twin of search/plan.py; docs/search-format.md, section 3.

import { SPACE, bigrams, isHan, normalise, runs } from "./analyze.js";

/** @typedef {"words" | "exact" | "not"} Kind */
/** @typedef {{kind: Kind, runs: string[], prefix: boolean}} Piece a stretch of a query between spaces or quotes */
/** @typedef {{blank: boolean, pieces: Piece[]}} Reading */
/** @typedef {string[]} Group terms of which a document must hold at least one */
/**
 * @typedef {object} Plan
 * @property {Group[]} exact groups of the pieces as typed
 * @property {Group[][]} words groups of each word in turn
 * @property {Group[]} quoted what every document must hold in its printed text
 * @property {Group[][]} refused groups of each excluded piece
 * @property {string[]} score terms by which Lunr ranks
 * @property {string[]} phrases looked for in the text itself
 * @property {string[]} quotedPhrases looked for without pardon
 * @property {string[][]} cut each piece's words
 */

const PIECE = new RegExp(
  `(?<refused>(?<![^${SPACE}])-)?` +
    `(?:["“”](?<curly>[^"“”]*)["“”]|「(?<corner>[^」]*)」|『(?<white>[^』]*)』|(?<bare>[^${SPACE}"“”「『]+))`,
  "gu",
);
const BLANK = new RegExp(`^[${SPACE}]*$`, "u");

/** The length in characters up to which a run is taken for a name if its words do not cover it. */
const NAME = 4;

const length = (text) => Array.from(text).length;

/** @param {string} text @returns {Reading} never fails: what is no piece is passed over */
export function read(text) {
  const typed = normalise(text);
  /** @type {Piece[]} */
  const pieces = [];
  for (const { groups } of typed.matchAll(PIECE)) {
    const { refused, curly, corner, white, bare } = groups ?? {};
    const quoted = curly ?? corner ?? white;
    const found = runs(quoted ?? bare);
    if (!found.length) continue;
    const kind = refused ? "not" : quoted !== undefined ? "exact" : "words";
    pieces.push({ kind, runs: found, prefix: false });
  }
  const last = pieces.at(-1);
  if (last?.kind === "words") {
    const run = last.runs[last.runs.length - 1];
    last.prefix = !isHan(run) && length(run) > 1;
  }
  return { blank: BLANK.test(typed), pieces };
}

/** @param {Reading} reading @param {import("./postings.js").Postings} postings @returns {Plan} */
export function plan(reading, postings) {
  /** @type {Plan} */
  const result = { exact: [], words: [], quoted: [], refused: [], score: [], phrases: [], quotedPhrases: [], cut: [] };
  const score = new Set();
  for (const piece of reading.pieces) {
    const groups = piece.runs.flatMap((run, place) => runGroups(run, postings, isPrefix(piece, place)));
    if (piece.kind === "not") {
      result.refused.push(groups);
      result.cut.push(piece.runs);
      continue;
    }
    for (const term of groups.flat()) score.add(term);
    const phrase = piece.runs.join(" ");
    if (piece.kind === "exact") {
      result.quoted.push(...groups);
      result.cut.push(piece.runs);
      if (needsText(piece)) result.quotedPhrases.push(phrase);
      continue;
    }
    result.exact.push(...groups);
    if (needsText(piece)) result.phrases.push(phrase);
    const found = words(piece, postings);
    result.cut.push(found.map(([word]) => word));
    result.words = [...result.words, ...found.map(([, wordGroups]) => wordGroups)];
    for (const [word] of found) if (length(word) > 2) score.add(word);
  }
  result.score = Array.from(score).filter((term) => postings.has(term)).sort();
  return result;
}

/**
 * The words of a Han run: the most probable route over the words that the archive itself was cut to.
 * @param {string} run @param {import("./postings.js").Postings} postings @returns {string[]}
 */
export function segment(run, postings) {
  const characters = Array.from(run);
  const size = characters.length;
  /** @type {[number, number][]} */
  const best = Array.from({ length: size + 1 }, () => [0, size]);
  for (let start = size - 1; start >= 0; start -= 1) {
    /** @type {[number, number] | null} */
    let chosen = null;
    const limit = Math.min(size, start + Math.max(postings.longest, 1));
    for (let end = start + 1; end <= limit; end += 1) {
      const weight = postings.weight(characters.slice(start, end).join(""));
      if (!weight && end > start + 1) continue;
      const value = Math.max(weight, 1) - 1 - postings.total + best[end][0];
      if (chosen === null || value >= chosen[0]) chosen = [value, end];
    }
    if (chosen !== null) best[start] = chosen;
  }
  const found = [];
  for (let start = 0; start < size; start = best[start][1]) found.push(characters.slice(start, best[start][1]).join(""));
  return found;
}

const isPrefix = (piece, place) => piece.prefix && place === piece.runs.length - 1;

// A pair of characters, one character and one Latin word are certain from the index; longer runs are only likely.
const needsText = (piece) => piece.runs.length > 1 || (isHan(piece.runs[0]) && length(piece.runs[0]) > 2);

/** @returns {Group[]} */
function runGroups(run, postings, prefix) {
  if (isHan(run) && length(run) > 1) return bigrams(run).map((pair) => [pair]);
  if (isHan(run) || prefix) return [postings.startingWith(run)];
  return [[run]];
}

/** @returns {[string, Group[]][]} */
function words(piece, postings) {
  return piece.runs.flatMap((run, place) => {
    const cut = isHan(run) ? telling(segment(run, postings), run) : [run];
    return cut.map((word) => [word, runGroups(word, postings, isPrefix(piece, place))]);
  });
}

// A short run that falls apart into single characters is a name that the archive's words do not know: 王轶男. In a longer
// one, words of one character say little beside others: 的, 在.
function telling(found, run) {
  const several = found.filter((word) => length(word) > 1);
  return !several.length || (length(run) <= NAME && several.length < found.length) ? [run] : several;
}
