// @ts-check
// What a reader typed, taken apart without any index. Twin of search/reading.py; docs/search-format.md, section 4.

import { SPACE, isHan, normalise, runs } from "./analyze.js";

/** @typedef {"words" | "exact" | "not"} Kind */
/**
 * @typedef {object} Piece a stretch of a query that asks for text
 * @property {Kind} kind
 * @property {"" | "title" | "author"} field
 * @property {string[]} runs normalised
 * @property {boolean} prefix its last run may go on
 * @property {boolean} quoted
 * @property {string} typed the stretch of the normalised query that it was read from
 */
/**
 * @typedef {object} Filter a stretch of a query that narrows the answer
 * @property {"region" | "topic" | "paper" | "date"} field
 * @property {string} value
 * @property {boolean} excluded
 * @property {string} first @property {string} last of a date; empty where it is open
 * @property {string} typed
 */
/**
 * @typedef {object} Note something that was not read as typed
 * @property {string} code
 * @property {string} typed the stretch that it is about
 * @property {string} field
 * @property {string} read of pinyin, what is searched instead
 * @property {{kind: string, name: string}[]} names of pinyin and names
 */
/** @typedef {{blank: boolean, pieces: Piece[], filters: Filter[], notes: Note[]}} Reading */

/** What may stand before a colon, and the field or filter that it names. */
const FIELDS = new Map([
  ["标题", "title"],
  ["標題", "title"],
  ["title", "title"],
  ["作者", "author"],
  ["author", "author"],
  ["地区", "region"],
  ["地區", "region"],
  ["region", "region"],
  ["主题", "topic"],
  ["主題", "topic"],
  ["topic", "topic"],
  ["报纸", "paper"],
  ["報紙", "paper"],
  ["paper", "paper"],
  ["日期", "date"],
  ["date", "date"],
]);
const FILTERS = ["region", "topic", "paper", "date"];

const HEAD = new RegExp(`(-*)(?:(${Array.from(FIELDS.keys()).join("|")}):)?`, "uy");
const CURLY = /["“”]/gu;
const CLOSING = new Map([
  ["「", "」"],
  ["『", "』"],
]);
const IS_SPACE = new RegExp(`^[${SPACE}]$`, "u");
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const DATE = /^([0-9]{4})(?:[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2}))?)?[年月日号]?$/u;
const LAST_MONTH = 12;
const LAST_DAY = 31;

const strip = (text) => text.replace(AROUND, "");

/** @param {string} code @param {string} typed @param {Partial<Note>} [more] @returns {Note} */
export const note = (code, typed, more) => ({ code, typed, field: "", read: "", names: [], ...more });

/** @param {string} given @returns {Reading} never fails: what cannot be read is passed over and noted */
export function read(given) {
  const text = normalise(given);
  /** @type {Reading} */
  const reading = { blank: false, pieces: [], filters: [], notes: [] };
  let last = null;
  for (const stretch of stretches(text)) last = take(stretch, reading);
  if (last && mayGoOn(last)) last.prefix = true;
  const typed = strip(text);
  reading.blank = !typed;
  if (typed && !reading.pieces.length && !reading.filters.length && !reading.notes.length) {
    reading.notes.push(note("unreadable", typed));
  }
  return reading;
}

/** @param {string} value @returns {[string, string] | null} first and last date, empty where open; null if it is no date */
export function readRange(value) {
  const [, one, other] = /^(.*?)(?:\.{2,}|[~—–至到]+)(.*)$/su.exec(value) ?? [null, value, value];
  const ends = [strip(one), strip(other)];
  const [first, last] = ends.map(readDate);
  if ((!first && !last) || (ends[0] && !first) || (ends[1] && !last)) return null;
  // A last date known in part reaches to its end, so 2023-05..2023 is no range turned round.
  return first && last && first > `${last}~` ? [last, first] : [first, last];
}

/** @param {string} text */
function* stretches(text) {
  for (let at = 0; at < text.length; ) {
    if (IS_SPACE.test(text[at])) {
      at += 1;
      continue;
    }
    const start = at;
    HEAD.lastIndex = start;
    let [head, minus, field] = HEAD.exec(text) ?? ["", "", undefined];
    // A minus sign within a word or right after a quote is a hyphen.
    const refused = Boolean(minus) && (start === 0 || IS_SPACE.test(text[start - 1]));
    if (refused || !minus) at += head.length;
    else field = undefined;
    const closing = closingOf(text, at);
    const end = closing < 0 ? endOfBare(text, at) : closing;
    const value = text.slice(closing < 0 ? at : at + 1, end);
    at = closing < 0 ? end : end + 1;
    const name = field === undefined ? "" : FIELDS.get(field);
    yield { refused, field: name ?? "", value, quoted: closing >= 0, typed: text.slice(start, at) };
  }
}

/** @returns {number} the place of the mark that closes the quote at `at`; -1 if none begins there or it is never closed */
function closingOf(text, at) {
  const mark = text[at] ?? "";
  const closing = CLOSING.get(mark);
  if (closing) return text.indexOf(closing, at + 1);
  if (!'"“”'.includes(mark) || !mark) return -1;
  CURLY.lastIndex = at + 1;
  return CURLY.exec(text)?.index ?? -1;
}

function endOfBare(text, at) {
  let end = at;
  while (end < text.length && !IS_SPACE.test(text[end]) && closingOf(text, end) < 0) end += 1;
  return end;
}

/** @param {Reading} reading @returns {Piece | null} the piece, if the stretch was one */
function take({ refused, field, value, quoted, typed }, reading) {
  const found = runs(value);
  if (!found.length) {
    if (field) reading.notes.push(note("empty-field", typed, { field }));
    return null;
  }
  if (FILTERS.includes(field)) {
    const name = strip(value);
    const ends = field === "date" ? readRange(name) : ["", ""];
    if (!ends) reading.notes.push(note("unreadable-date", typed, { field }));
    else reading.filters.push({ field, value: name, excluded: refused, first: ends[0], last: ends[1], typed });
    return null;
  }
  /** @type {Kind} */
  const kind = refused ? "not" : quoted ? "exact" : "words";
  const piece = { kind, field, runs: found, prefix: false, quoted, typed };
  reading.pieces.push(piece);
  return piece;
}

function mayGoOn({ kind, runs: found }) {
  const last = found[found.length - 1];
  return kind === "words" && !isHan(last) && Array.from(last).length > 1;
}

function readDate(text) {
  const [matched, year, month, day] = DATE.exec(text) ?? [];
  if (!matched) return "";
  if ((month && !inRange(month, LAST_MONTH)) || (day && !inRange(day, LAST_DAY))) return "";
  return [year, month, day].filter(Boolean).map((part) => part.padStart(2, "0")).join("-");
}

const inRange = (text, last) => Number(text) >= 1 && Number(text) <= last;
