// @ts-check
// Where the words of a query stand in a printed text, and the passages around them.

import { isHan, locateRuns, normalise, parts, unfolded } from "./analyze.js";

/**
 * A normalised run that is marked wherever it stands. Of a text pasted in, every stretch that it shares is: `pasted` has all
 * its stretches of four characters.
 * @typedef {{run: string, prefix: boolean, pasted?: Set<string>}} Needle
 */
/** @typedef {[number, number]} Span first and last-but-one offset in UTF-16 units of the printed text */

/** Longer runs are texts pasted in. */
export const MOST_CHARACTERS = 24;
const SHARED = 4;
const AROUND = 30;
const PASSAGES = 2;
/** Many characters of which normalising makes one each; else a letter with its marks. */
const CLUSTER = /([ 0-9A-Za-z\u2014\u201c\u201d\u3001-\u3003\u3007-\u3011\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff10-\uff1b\uff1f]+(?!\p{M}))|\P{M}\p{M}*|\p{M}+/gu;
const LEADING_MARKS = /^[\s，。、；：！？）”’》」』…—·,.;:!?)]+/u;

/** @param {import("./answer.js").Piece[]} pieces @returns {Needle[]} what is marked, longest first */
export function needlesOf(pieces) {
  const needles = new Map();
  for (const { kind, runs, prefix, words } of pieces) {
    if (kind === "not") continue;
    runs.forEach((run, at) => needles.set(run, { run, prefix: prefix && at === runs.length - 1, pasted: pastedIn(run) }));
    for (const word of words) if (!needles.has(word)) needles.set(word, { run: word, prefix: false });
  }
  return Array.from(needles.values()).sort((a, b) => b.run.length - a.run.length || (a.run < b.run ? -1 : 1));
}

/**
 * @param {string} text as printed @param {Needle[]} needles
 * @param {import("./analyze.js").Fold} [fold] needed where the needles are folded and the text is not
 * @returns {Span[]} ascending, none overlapping
 */
export function findSpans(text, needles, fold = unfolded) {
  const { normal, starts, ends } = withOffsets(text, fold);
  if (!needles.some(({ run, pasted }) => pasted || normal.includes(run))) return [];
  const taken = new Uint8Array(normal.length);
  for (const { run, start } of locateRuns(normal)) {
    for (const needle of needles) {
      for (const [from, to] of isHan(run) ? inHan(run, needle) : inLatin(run, needle)) {
        const first = start + from;
        if (!taken.subarray(first, start + to).some(Boolean)) taken.fill(1, first, start + to);
      }
    }
  }
  /** @type {Span[]} */
  const spans = [];
  for (let at = 0; at < taken.length; at += 1) {
    if (!taken[at]) continue;
    const last = spans.at(-1);
    const [from, to] = [starts[at], ends[at]];
    // What lies between two marked letters and leaves no trace in the normal form is marked with them.
    if (last && (taken[at - 1] || from <= last[1])) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}

/** @returns {Set<string> | undefined} */
function pastedIn(run) {
  const characters = Array.from(run);
  if (!isHan(run) || characters.length <= MOST_CHARACTERS) return undefined;
  return new Set(characters.slice(SHARED - 1).map((_, at) => characters.slice(at, at + SHARED).join("")));
}

function* inHan(run, needle) {
  if (!isHan(needle.run)) return;
  if (needle.pasted) return yield* shared(run, needle.pasted);
  for (let at = run.indexOf(needle.run); at >= 0; at = run.indexOf(needle.run, at + needle.run.length)) {
    yield [at, at + needle.run.length];
  }
}

function* shared(run, pasted) {
  let from = -1;
  let end = -1;
  for (let at = 0; at + SHARED <= run.length; at += 1) {
    if (!pasted.has(run.slice(at, at + SHARED))) continue;
    if (at > end) {
      if (from >= 0) yield [from, end];
      from = at;
    }
    end = at + SHARED;
  }
  if (from >= 0) yield [from, end];
}

function* inLatin(run, needle) {
  if (run === needle.run || (needle.prefix && run.startsWith(needle.run))) yield [0, run.length];
  else if (parts(run).includes(needle.run)) {
    const at = run.indexOf(needle.run);
    yield [at, at + needle.run.length];
  }
}

/**
 * A text normalised, with the printed span that each UTF-16 unit of it came from. Normalising changes lengths (㎡, …), so
 * it is done a letter with its marks at a time.
 */
function withOffsets(text, fold) {
  let normal = "";
  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} */
  const ends = [];
  const place = (/** @type {string} */ piece, /** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ step) => {
    for (let at = 0; at < piece.length; at += 1) {
      starts.push(from + at * step);
      ends.push(step ? from + at + 1 : to);
    }
    normal += piece;
  };
  for (const { 0: found, 1: simple, index } of text.matchAll(CLUSTER)) {
    const piece = normalise(found, fold);
    if (!simple || piece.length === found.length) place(piece, index, index + found.length, simple ? 1 : 0);
    else Array.from(found, (character, at) => place(fold(character), index + at, index + at + 1, 0)); // folding alone changes their length
  }
  return { normal, starts, ends };
}

/** @typedef {{text: string, marked: boolean}} Stretch */

/** @param {string} text @param {Span[]} spans @param {number} [from] @param {number} [to] @returns {Stretch[]} */
export function stretches(text, spans, from = 0, to = text.length) {
  /** @type {Stretch[]} */
  const found = [];
  let at = from;
  for (const [first, end] of spans) {
    if (end <= from || first >= to) continue;
    if (first > at) found.push({ text: text.slice(at, first), marked: false });
    found.push({ text: text.slice(Math.max(first, from), Math.min(end, to)), marked: true });
    at = Math.min(end, to);
  }
  if (at < to) found.push({ text: text.slice(at, to), marked: false });
  return found;
}

/**
 * The passages around the first places of the words, thirty characters on each side, within their paragraphs. Passages
 * that show a further word come first.
 * @param {string[]} paragraphs @param {Needle[]} needles @param {import("./analyze.js").Fold} [fold]
 * @returns {Stretch[][]} at most two; none where nothing is found
 */
export function passages(paragraphs, needles, fold = unfolded) {
  const shown = new Set();
  const found = [];
  for (const paragraph of paragraphs) {
    const spans = findSpans(paragraph, needles, fold);
    let covered = 0;
    for (const [first, end] of spans) {
      if (found.length === PASSAGES) return found;
      const word = normalise(paragraph.slice(first, end));
      if (first < covered || shown.has(word)) continue;
      const [start, stop] = whole(paragraph, spans, Math.max(0, first - AROUND), Math.min(paragraph.length, end + AROUND));
      for (const [from, to] of spans) if (from >= start && to <= stop) shown.add(normalise(paragraph.slice(from, to)));
      found.push(clipped(paragraph, spans, Math.max(start, covered), stop));
      covered = stop;
    }
  }
  return found;
}

/** @param {string} text @returns {Stretch[]} the beginning of a text */
export const opening = (text) => clipped(text, [], 0, edge(text, Math.min(text.length, 2 * AROUND)));

function clipped(text, spans, start, stop) {
  const skipped = start > 0 ? (LEADING_MARKS.exec(text.slice(start, stop))?.[0].length ?? 0) : 0;
  const found = stretches(text, spans, start + skipped, stop);
  if (start > 0) found.unshift({ text: "…", marked: false });
  if (stop < text.length) found.push({ text: "…", marked: false });
  return found;
}

// A passage that would end within a marked word takes in the whole word.
function whole(text, spans, start, stop) {
  const first = spans.find(([from, to]) => from < start && start < to);
  const last = spans.find(([from, to]) => from < stop && stop < to);
  return [first ? first[0] : edge(text, start), last ? last[1] : edge(text, stop)];
}

// Never between the halves of a character outside the basic plane.
const edge = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);
