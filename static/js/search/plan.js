// @ts-check
// A reading to what is asked of the index. Twin of search/plan.py; docs/search-format.md, section 4.

import { bigrams, isHan } from "./analyze.js";
import { note } from "./reading.js";

/** @typedef {import("./reading.js").Piece} Piece */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {{terms: string[], fields: number}} Group terms of which a document must hold one, in fields of a bit mask */
/** @typedef {{text: string, field: string, term: string, fields: number}} Phrase what is looked for in plain texts */
/** @typedef {Record<string, number>} Masks the fields of each field of a query: "", printed, title, author */
/**
 * @typedef {object} Plan
 * @property {Group[]} exact groups of the pieces as typed
 * @property {Group[][]} words groups of each word in turn
 * @property {number} least how many of the words a document of the last tier holds
 * @property {Group[]} quoted what every document must hold in its printed text
 * @property {Group[][]} refused groups of each excluded piece
 * @property {import("./postings.js").Clause[]} clauses terms by which Lunr ranks
 * @property {Phrase[]} phrases looked for in the text itself
 * @property {Phrase[]} quotedPhrases looked for without pardon
 * @property {string[][]} cut each piece's words
 * @property {string[]} common terms that stand for all that start with them
 */

/** Han characters and Latin words of a query that are all asked for; a longer one is asked for by a sample. */
export const MOST_CHARACTERS = 24;
/** How many terms of a longer query are asked for. */
const SAMPLE = 12;
/** A query of more characters is a text pasted in: where no document has it whole, those like it are given. */
const MOST_READ = 48;
/** The length in characters up to which a run is taken for a name if its words do not cover it. */
const NAME = 4;
/** A word of fewer characters is a bigram, or a character. */
const LEAST_WORD = 3;

const length = (text) => Array.from(text).length;

/** @param {Plan} plan @returns {boolean} whether a document must hold anything at all */
export const asks = ({ exact, quoted }) => exact.length + quoted.length > 0;

const sizeAsked = ({ pieces }) => sizeOf(pieces.filter(({ kind }) => kind !== "not"));

/** @param {Reading} reading @returns {boolean} whether it asks for more than is all asked for */
export const isLong = (reading) => sizeAsked(reading) > MOST_CHARACTERS;

/** @param {Reading} reading @returns {boolean} whether it is a text pasted in, of which no beginning is read either */
export const isPasted = (reading) => sizeAsked(reading) > MOST_READ;

/** @param {Reading} reading @returns {Reading} its first 24 characters; what exceeds them is noted */
export const shortened = (reading) => beginning(reading, ({ kind }) => kind !== "not", false);

/** @param {Reading} reading @returns {Reading} with excluded pieces of 24 characters together; what exceeds them is noted */
export const withoutLongRefusals = (reading) => beginning(reading, ({ kind }) => kind === "not", true);

/**
 * What `plan` will ask for; all of it can be fetched in one round.
 * @param {Reading} reading @param {number} longest @param {boolean} [sample]
 * @returns {{terms: string[], prefixes: string[]}}
 */
export function needs(reading, longest, sample = false) {
  const terms = new Set();
  const prefixes = new Set();
  for (const piece of reading.pieces) {
    if (sample && piece.kind !== "not") continue;
    for (const [run, prefix] of runsOf(piece)) {
      if (isHan(run) && length(run) > 1) {
        for (const pair of bigrams(run)) terms.add(pair);
        for (const word of candidates(piece, run, longest)) terms.add(word);
      } else if (prefix) prefixes.add(run);
      else terms.add(run);
    }
  }
  if (sample) for (const [group] of sampled(reading, {})) for (const term of group.terms) terms.add(term);
  return { terms: Array.from(terms), prefixes: Array.from(prefixes) };
}

/**
 * Whether a query may hold traditional characters: a bigram that the index lacks, of characters unseen in others. The
 * index holds no character that folding changes, so one that stands in some known term is no such character.
 * @param {Reading} reading @param {Postings} postings @param {boolean} [sample] @returns {boolean}
 */
export function unknown(reading, postings, sample = false) {
  const asked = needs(reading, 0, sample);
  const pairs = asked.terms.filter(isHan);
  const seen = new Set(pairs.filter((term) => postings.has(term)).flatMap((term) => Array.from(term)));
  return (
    asked.prefixes.some((prefix) => isHan(prefix) && !postings.startingWith(prefix)[0].length) ||
    pairs.some((term) => !postings.has(term) && Array.from(term).some((character) => !seen.has(character)))
  );
}

/**
 * What to ask of the index for a reading whose needs are prepared.
 * @param {Reading} reading @param {Postings} postings @param {Masks} masks
 * @param {boolean} [sample] asks for a long query by some of its terms
 * @returns {Plan}
 */
export function plan(reading, postings, masks, sample = false) {
  /** @type {Plan} */
  const made = { exact: [], words: [], least: 1, quoted: [], refused: [], clauses: [], phrases: [], quotedPhrases: [], cut: [], common: [] };
  /** @type {Map<string, number>} */
  const scored = new Map();
  const score = (/** @type {Group[]} */ groups) => {
    for (const { terms, fields } of groups) {
      for (const term of terms) if (postings.has(term)) scored.set(term, (scored.get(term) ?? 0) | fields);
    }
  };
  const groupsOf = (run, fields, prefix) => {
    if (isHan(run) && length(run) > 1) return bigrams(run).map((pair) => ({ terms: [pair], fields }));
    if (!prefix) return [{ terms: [run], fields }];
    const [terms, complete] = postings.startingWith(run);
    if (!complete && !made.common.includes(run)) made.common.push(run);
    return [{ terms, fields }];
  };
  const demand = (piece) => {
    const exact = piece.kind === "exact";
    const fields = masks[piece.field || (exact ? "printed" : "")];
    if (needsText(piece)) {
      // The terms of a sample are not those by which a run could be vouched for.
      const term = !sample && piece.runs.length === 1 && postings.has(piece.runs[0]) ? piece.runs[0] : "";
      const phrase = { text: piece.runs.join(" "), field: piece.field, term, fields: fields & masks.printed };
      (exact ? made.quotedPhrases : made.phrases).push(phrase);
    }
    if (sample) return piece.runs;
    const groups = runsOf(piece).flatMap(([run, prefix]) => groupsOf(run, fields, prefix));
    score(groups);
    const word = (run) => ({ terms: [run], fields });
    if (exact) {
      made.quoted.push(...groups);
      score(piece.runs.filter(isWord).map(word));
      return piece.runs;
    }
    made.exact.push(...groups);
    const words = [];
    for (const [run, prefix] of runsOf(piece)) {
      const cut = isHan(run) ? telling(segment(run, postings), run) : [run];
      words.push(...cut);
      made.words.push(...cut.map((each) => groupsOf(each, fields, prefix)));
    }
    score(words.filter(isWord).map(word));
    return words;
  };
  for (const piece of reading.pieces) {
    if (piece.kind === "not") {
      const fields = masks[piece.field || (piece.quoted ? "printed" : "")];
      made.refused.push(runsOf(piece).flatMap(([run, prefix]) => groupsOf(run, fields, prefix)));
    }
    made.cut.push(piece.kind === "not" ? piece.runs : demand(piece));
  }
  if (sample) {
    for (const [group, quoted] of sampled(reading, masks)) {
      (quoted ? made.quoted : made.exact).push(group);
      score([group]);
    }
    if (isPasted(reading)) {
      made.words = made.exact.map((group) => [group]);
      made.least = Math.ceil(made.words.length / 2);
    }
  }
  made.clauses = Array.from(scored).sort(([one], [other]) => (one < other ? -1 : 1));
  return made;
}

/**
 * The words of a Han run: the most probable route over the words that the archive itself was cut to, every single
 * character as unlikely as an unknown one; of routes equally probable the one with the longest first word.
 * @param {string} run @param {Postings} postings @returns {string[]}
 */
export function segment(run, postings) {
  const characters = Array.from(run);
  const size = characters.length;
  /** @type {[value: number, end: number][]} */
  const best = Array.from({ length: size + 1 }, () => [0, size]);
  for (let start = size - 1; start >= 0; start -= 1) {
    /** @type {[number, number]} */
    let chosen = [best[start + 1][0] - postings.total, start + 1];
    for (let end = start + 2; end <= Math.min(size, start + postings.longest); end += 1) {
      const weight = postings.weight(characters.slice(start, end).join(""));
      const value = weight - 1 - postings.total + best[end][0];
      if (weight && value >= chosen[0]) chosen = [value, end];
    }
    best[start] = chosen;
  }
  const found = [];
  for (let start = 0; start < size; start = best[start][1]) found.push(characters.slice(start, best[start][1]).join(""));
  return found;
}

/** @returns {[run: string, prefix: boolean][]} each run, and whether it stands for all terms that start with it */
const runsOf = ({ runs, prefix }) =>
  runs.map((run, place) => [run, (isHan(run) && length(run) === 1) || (prefix && place === runs.length - 1)]);

function candidates({ kind }, run, longest) {
  const characters = Array.from(run);
  const size = characters.length;
  if (kind === "not") return [];
  if (kind === "exact") return LEAST_WORD <= size && size <= longest ? [run] : [];
  const found = [];
  for (let start = 0; start < size; start += 1) {
    for (let end = start + LEAST_WORD; end <= Math.min(size, start + longest); end += 1) {
      found.push(characters.slice(start, end).join(""));
    }
  }
  return found;
}

const isWord = (run) => isHan(run) && length(run) >= LEAST_WORD;

// A pair of characters, one character and one Latin word are certain from the index; longer runs are only likely.
const needsText = ({ runs }) => runs.length > 1 || isWord(runs[0]);

// A short run that falls apart into single characters is a name that the archive's words do not know: 王轶男. In a longer
// one, words of one character say little beside others: 的, 在.
function telling(found, run) {
  const several = found.filter((word) => length(word) > 1);
  return !several.length || (length(run) <= NAME && several.length < found.length) ? [run] : several;
}

const sizeOfRun = (run) => (isHan(run) ? length(run) : 1);

/** @param {Piece[]} pieces */
const sizeOf = (pieces) => pieces.flatMap(({ runs }) => runs).reduce((sum, run) => sum + sizeOfRun(run), 0);

/** @returns {Reading} with the pieces of which those that are `counted` have 24 characters together */
function beginning(reading, counted, whole) {
  let left = MOST_CHARACTERS;
  let cut = "";
  const pieces = [];
  for (const piece of reading.pieces) {
    if (!counted(piece)) {
      pieces.push(piece);
      continue;
    }
    const size = sizeOf([piece]);
    if (size <= left) pieces.push(piece);
    else {
      cut ||= piece.typed;
      if (left && !whole) pieces.push({ ...piece, runs: firstOf(piece.runs, left), prefix: false });
    }
    left = Math.max(0, left - size);
  }
  return { ...reading, pieces, notes: cut ? [...reading.notes, note("too-long", cut)] : reading.notes };
}

function firstOf(runs, size) {
  let left = size;
  const kept = [];
  for (const run of runs) {
    if (left <= 0) break;
    kept.push(isHan(run) ? Array.from(run).slice(0, left).join("") : run);
    left -= sizeOfRun(run);
  }
  return kept;
}

/**
 * Some of the terms of a reading, evenly spread, each as a group. Pairs of characters alone, if there are enough: a text is
 * often pasted from the middle of a word to that of another.
 * @returns {[group: Group, quoted: boolean][]}
 */
function sampled(reading, masks) {
  /** @type {[Group, boolean][]} */
  const all = reading.pieces
    .filter(({ kind }) => kind !== "not")
    .flatMap((piece) => {
      const quoted = piece.kind === "exact";
      const fields = masks[piece.field || (quoted ? "printed" : "")] ?? 0;
      const terms = piece.runs.flatMap((run) => (isHan(run) && length(run) > 1 ? bigrams(run) : [run]));
      return terms.map((term) => [{ terms: [term], fields }, quoted]);
    });
  const pairs = all.filter(([{ terms }]) => isHan(terms[0]) && length(terms[0]) > 1);
  const found = pairs.length >= SAMPLE ? pairs : all.length > SAMPLE + 1 ? all.slice(1, -1) : all;
  const count = Math.min(SAMPLE, found.length);
  return Array.from({ length: count }, (_, place) => found[Math.floor((place * (found.length - 1)) / Math.max(count - 1, 1))]);
}
