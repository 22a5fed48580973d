// @ts-check
// What a reader may mean while typing: names of places, topics and newspapers that the last word of the query begins,
// contains, or spells in pinyin or initials. Reads the catalogue and how its names are spelt.

import { isHan, normalise, runs } from "./analyze.js";
import { short } from "./names.js";

/** @typedef {"region" | "topic" | "paper"} NameKind */
/**
 * @typedef {object} Name
 * @property {NameKind} kind
 * @property {string} value as in the address: the whole path of a region
 * @property {string} name its last part
 * @property {string} within what lies above it
 * @property {number} count documents
 * @property {[number, number]} at what of the name the typed word is, in UTF-16 units; empty where it spelled the name
 */
/** @typedef {{word: string, rest: string, names: Name[]}} Suggestions the word suggested for, and the query without it */

const KINDS = /** @type {NameKind[]} */ (["region", "topic", "paper"]);
const LISTS = { region: "regions", topic: "topics", paper: "papers" };
const FIELDS = { 地区: "region", region: "region", 主题: "topic", topic: "topic", 报纸: "paper", paper: "paper" };
const MOST = { region: 4, topic: 3, paper: 2 };
const MOST_OF_A_FIELD = 8;
const LAST = /(?:^|.*[\s"“”「」『』])(?:([^\s:："“”「」『』-][^\s:："“”「」『』]*)[:：])?([^\s:："“”「」『』-][^\s"“”「」『』]*)$/su;
const OPEN_QUOTE = /["“「『]$/u;

/**
 * @param {any} index a SearchIndex @param {import("./address.js").State} state @param {string} query as typed so far
 * @returns {Promise<Suggestions>}
 */
export async function suggest(index, state, query) {
  return match(await index.speltCatalogue(), state, query);
}

/** @param {import("./store.js").Catalogue} catalogue with pinyin @param {import("./address.js").State} state @param {string} query @returns {Suggestions} */
export function match(catalogue, state, query) {
  const [, label, last] = LAST.exec(query) ?? [];
  const kind = label && FIELDS[label.toLowerCase()];
  const word = normalise(last ?? "");
  if (!word || (label && !kind) || !runs(word).length) return { word, rest: query, names: [] };
  const stretch = label ? `${label}:${last}`.length : last.length;
  const rest = query.slice(0, query.length - stretch).replace(OPEN_QUOTE, "").trim();
  const found = (kind ? [kind] : KINDS).flatMap((one) =>
    names(catalogue, one)
      .filter(({ value, count }) => count > 0 && value !== state[one])
      .map((name) => ({ name, rank: rankOf(name, word) }))
      .filter(({ rank }) => rank !== null)
      .sort((a, b) => a.rank - b.rank || b.name.count - a.name.count || (a.name.value < b.name.value ? -1 : 1))
      .slice(0, kind ? MOST_OF_A_FIELD : MOST[one])
      .map(({ name }) => shown(name, word)),
  );
  return { word, rest, names: found };
}

/** What is known of the names of a catalogue, made once. @type {WeakMap<any, Record<string, any[]>>} */
const prepared = new WeakMap();

/** @param {any} catalogue @param {NameKind} kind */
function names(catalogue, kind) {
  const known = prepared.get(catalogue) ?? {};
  prepared.set(catalogue, known);
  known[kind] ??= catalogue[LISTS[kind]].map(([value, count, pinyin]) => {
    const cut = kind === "region" ? value.lastIndexOf("/") : -1;
    const name = value.slice(cut + 1);
    const plain = normalise(name);
    const within = cut < 0 ? "" : value.slice(0, cut);
    return { kind, value, name, plain, brief: short(plain), within, count, pinyin: pinyin?.split(" ") ?? [] };
  });
  return known[kind];
}

const shown = ({ kind, value, name, within, count }, word) => {
  const start = word ? name.toLowerCase().indexOf(word) : -1;
  return { kind, value, name, within, count, at: start < 0 ? [0, 0] : [start, start + word.length] };
};

/** @returns {number | null} the smaller the nearer: the name itself, its beginning, a part; then its sound likewise */
function rankOf({ plain, brief, pinyin }, word) {
  if (plain === word || brief === word) return 0;
  if (plain.startsWith(word)) return 1;
  if (plain.includes(word)) return Array.from(word).length > 1 ? 2 : null;
  if (isHan(word) || !/^[a-z']{2,}$/.test(word)) return null;
  const letters = word.replaceAll("'", "");
  const whole = pinyin.join("");
  const initials = pinyin.map((syllable) => syllable[0]).join("");
  if (whole === letters || initials === letters) return 3;
  if (spells(letters, pinyin)) return 4;
  return pinyin.some((_, place) => place > 0 && place + 1 < pinyin.length && spells(letters, pinyin.slice(place))) ? 5 : null;
}

/** Whether letters begin syllables, each syllable cut short or not: baiy, byin, by of bai yin shi. */
function spells(letters, syllables) {
  if (!letters) return true;
  const [first, ...rest] = syllables;
  if (!first) return false;
  for (let length = Math.min(first.length, letters.length); length > 0; length -= 1) {
    if (first.startsWith(letters.slice(0, length)) && spells(letters.slice(length), rest)) return true;
  }
  return false;
}
