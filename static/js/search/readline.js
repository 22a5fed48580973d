// @ts-check
// The line that says how a query was read, each part of it with a way to take it away; and the notes below it.

import { UNKNOWN, writeAddress } from "./address.js";
import { element, fill } from "./elements.js";
import { sayDates, sayShort } from "./say.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./answer.js").Reading} Reading */

/** @param {Reading} reading @param {State} state @param {any} words @returns {Node[]} nothing for a blank query */
export function readingLine(reading, state, words) {
  const parts = [...reading.pieces, ...reading.filters];
  const without = (gone) => {
    const q = parts.filter((part) => part !== gone).map(({ typed }) => typed).join(" ");
    return writeAddress(state, { q, page: 1 });
  };
  const several = parts.length > 1;
  const clauses = [
    ...reading.pieces.map((piece) => sayPiece(piece, several && without(piece), words)),
    ...reading.filters.map((filter) => sayFilter(filter, several && without(filter), words)),
  ];
  const loose = state.match === "any";
  const choosable = reading.pieces.flatMap(({ kind, words: cut }) => (kind === "words" ? cut : [])).length > 1;
  if (loose && choosable) clauses.push([words.read_any]);
  const read = clauses.length ? [element("span", {}, words.read, ...joined(clauses, words.read_semicolon), words.read_end)] : [];
  const limits = chosenFilters(state, words);
  const limited = limits.length
    ? [element("span", {}, `${words.limited} `, ...joined(limits.map((link) => [link]), words.read_comma), words.read_end)]
    : [];
  const turn = (change, text) => element("a", { href: writeAddress(state, { ...change, page: 1 }), "data-state": true }, text);
  const turns = [
    ...(choosable ? [turn({ match: loose ? "" : "any" }, loose ? words.tighten : words.loosen)] : []),
    ...(state.literal && state.q ? [turn({ literal: "" }, words.read_pinyin)] : []),
  ];
  return joined([...read, ...limited, ...turns].map((node) => [node]), " ");
}

/** @param {Reading} reading @param {State} state @param {any} words @returns {Node[]} items of a list */
export function noteItems(reading, state, words) {
  return reading.notes.map((note) => element("li", {}, ...sayNote(note, reading, state, words)));
}

function sayNote({ code, typed, field, read, names = [] }, reading, state, words) {
  const link = (text, change) =>
    element("a", { href: writeAddress(state, { ...change, page: 1 }), "data-state": true }, text);
  const value = typed.replace(/^-?[^:：]*[:：]/u, "");
  const named = names.map(({ kind, name }) => link(name.split("/").join(" "), { q: withoutTyped(state, reading, typed), [kind]: name }));
  const refused = code === "too-long" && typed.startsWith("-");
  const told = fill(refused ? words.note_too_long_refused : (words[`note_${code.replaceAll("-", "_")}`] ?? "{typed}"), {
    typed: sayShort(typed),
    value: sayShort(value),
    read: read ?? "",
    field: field ? words[`field_${field}`] : "",
  });
  const undo = {
    pinyin: () => [link(fill(words.as_typed, { typed }), { literal: "1" })],
    "unknown-name": () => [link(fill(words.as_words, { value: sayShort(value) }), { q: replaceTyped(state, reading, typed, value) })],
  }[code];
  const offered = named.length ? [words.offered, ...joined(named.map((one) => [one]), words.read_comma), words.read_end] : [];
  return [told, ...(undo ? [" ", ...undo()] : []), ...(offered.length ? [" ", ...offered] : [])];
}

const withoutTyped = (state, reading, typed) => replaceTyped(state, reading, typed, "");
const replaceTyped = (state, { pieces, filters }, typed, text) => {
  const parts = [...pieces, ...filters].map((part) => (part.typed === typed ? text : part.typed));
  return parts.filter(Boolean).join(" ");
};

/** @returns {(Node | string)[]} */
function sayPiece({ kind, field, runs, prefix, words: cut }, without, words) {
  const lead = kind === "not" ? words.read_not : kind === "exact" ? words.read_exact : words.read_words;
  const told = kind === "words" && cut.length ? cut.map(sayShort) : [sayShort(runs.join(" "))];
  const where = field ? `${words[`read_in_${field}`]} ` : "";
  return [
    `${where}${lead} `,
    ...joined(told.map((word) => [element("b", {}, word)]), words.read_comma),
    ...(kind === "words" && prefix ? [` ${words.read_prefix}`] : []),
    ...removal(told.join(words.read_comma), without, words),
  ];
}

function sayFilter({ field, value, first, last, excluded, names = [] }, without, words) {
  const said = field === "date" ? sayDates(words, first, last) : value;
  const listed = field === "date" || !names.length ? "" : names.map((name) => name.split("/").pop()).join(words.read_comma);
  return [
    `${excluded ? words.read_not : ""}${words[`field_${field}`]} `,
    element("b", {}, listed || said),
    ...removal(said, without, words),
  ];
}

/** @param {string} name @param {string | false} address @returns {Node[]} a sign that takes a part away */
function removal(name, address, words) {
  if (!address) return [];
  const label = fill(words.remove, { name });
  return [element("a", { class: "undo", href: address, "data-state": true, "aria-label": label, title: label })];
}

/** @returns {Node[]} what the answer is narrowed to; each with a link that takes it away */
function chosenFilters(state, words) {
  const limit = (name, change) =>
    element("span", {}, element("b", {}, name), ...removal(name, writeAddress(state, { ...change, page: 1 }), words));
  const named = ["region", "topic", "paper"]
    .filter((key) => state[key])
    .map((key) => limit(state[key] === UNKNOWN ? words[`unknown_${key}`] : state[key].split("/").join(" "), { [key]: "" }));
  if (!state.from && !state.to) return named;
  return [limit(sayDates(words, state.from, state.to), { from: "", to: "" }), ...named];
}

const joined = (lists, between) => lists.flatMap((list, place) => (place ? [between, ...list] : list));
