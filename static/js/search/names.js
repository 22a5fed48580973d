// @ts-check
// Names of places, topics and newspapers as a reader may type them. Twin of search/names.py.

import { normalise, runs } from "./analyze.js";

/** Each kind of name, and its list in the catalogue. @type {[kind: string, listed: "regions" | "topics" | "papers"][]} */
export const KINDS = [
  ["region", "regions"],
  ["topic", "topics"],
  ["paper", "papers"],
];

const PEOPLES =
  "蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|鄂温克|" +
  "裕固|保安|独龙|鄂伦春|塔塔尔|门巴|珞巴|各|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒";
const ENDING = new RegExp(
  `(?:(?:${PEOPLES})族)*(?:自治(?:区|州|县|旗)|(?<=.)地区|特别行政区|(?<=..)(?:省|市|县|(?<!新)区|州|盟|旗))$|维吾尔自治区$`,
  "u",
);
/** Letters that pinyin must have for a slip in it to be overlooked. */
const LEAST_PINYIN = 4;

/** @param {string} name @returns {string} without what kind of place it is: 白银 of 白银市, 临夏 of 临夏回族自治州 */
export const short = (name) => name.replace(ENDING, "") || name;

/** @typedef {{kind: string, name: string}} Name */
/**
 * @typedef {object} Entry
 * @property {string} kind @property {number} place @property {string} name @property {number} documents
 * @property {string[]} forms @property {string[]} pinyin @property {string[]} initials @property {string} read
 */

export class Names {
  /** @param {import("./store.js").Catalogue} catalogue with pinyin @param {import("./analyze.js").Fold} fold */
  constructor(catalogue, fold) {
    /** @private */
    this.key = (/** @type {string} */ text) => runs(normalise(text, fold)).join("");
    /** @private @type {Entry[]} */
    this.entries = KINDS.flatMap(([kind, listed]) => catalogue[listed].map((row, place) => this.entry(kind, place, row)));
  }

  /**
   * @param {string} kind @param {string} value
   * @returns {number[]} places in the catalogue of the names that it stands for, best first; of regions the topmost
   */
  called(kind, value) {
    const key = this.key(value);
    const listed = this.entries.filter((entry) => entry.kind === kind);
    const tests = [
      ({ forms }) => forms.includes(key),
      ({ pinyin, initials }) => pinyin.includes(key) || initials.includes(key),
      ({ name }) => this.key(name).includes(key),
    ];
    for (const test of tests) {
      const found = listed.filter((entry) => key && test(entry));
      if (found.length) return topmost(found).map(({ place }) => place);
    }
    return [];
  }

  /**
   * The places and newspapers whose pinyin or initials are `run`, most documents first, and the first's short name.
   * @param {string} run @returns {{names: Name[], read: string}}
   */
  spelt(run) {
    const found = this.entries.filter(
      ({ kind, pinyin, initials }) => kind !== "topic" && (pinyin.includes(run) || initials.includes(run)),
    );
    const rank = ({ pinyin, documents, kind, place }) => [pinyin.includes(run) ? 0 : 1, -documents, kind === "region" ? 0 : 1, place];
    const best = topmost(found.sort((a, b) => compare(rank(a), rank(b))));
    return { names: best.map(({ kind, name }) => ({ kind, name })), read: best[0]?.read ?? "" };
  }

  /**
   * @param {string} run @param {string} [only] a kind
   * @returns {Name[]} the names that one slip parts from it: a character too many, too few, other, or two changed about
   */
  near(run, only = "") {
    const typed = Array.from(run);
    const slipped = (form) => isSlip(typed, Array.from(form));
    const found = this.entries.filter(
      ({ kind, forms, pinyin }) =>
        (!only || kind === only) && (forms.some(slipped) || (typed.length >= LEAST_PINYIN && pinyin.some(slipped))),
    );
    found.sort((a, b) => b.documents - a.documents || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.place - b.place));
    return found.map(({ kind, name }) => ({ kind, name }));
  }

  /** @private @param {string} kind @param {number} place @param {import("./store.js").Name} row @returns {Entry} */
  entry(kind, place, [name, documents, pinyin]) {
    const parts = kind === "region" ? name.split("/") : [name];
    const bare = kind === "region" ? parts.map(short) : parts;
    const [last, read] = [parts[parts.length - 1], bare[bare.length - 1]];
    const brief = kind === "region" ? read + (Array.from(last).pop() ?? "") : read; // 临夏州
    const syllables = pinyin ? pinyin.split(" ") : [];
    // A syllable a character; where pinyin is longer or shorter than the name, only the whole can be typed.
    const some = syllables.length === size(last) ? syllables.slice(0, size(read)) : syllables;
    const spelt = [syllables, some].filter((each) => each.length);
    return {
      kind,
      place,
      name,
      documents,
      forms: [last, read, brief, parts.join(""), bare.join("")].map(this.key),
      pinyin: spelt.map((each) => each.join("")),
      initials: spelt.filter((each) => each.length > 1).map((each) => each.map(([initial]) => initial).join("")),
      read,
    };
  }
}

const size = (text) => Array.from(text).length;

/** @param {Entry[]} entries @returns {Entry[]} */
function topmost(entries) {
  const regions = new Set(entries.filter(({ kind }) => kind === "region").map(({ name }) => name));
  return entries.filter(({ kind, name }) => kind !== "region" || !above(name).some((path) => regions.has(path)));
}

/** @param {string} path @returns {string[]} the paths of the regions above one, the widest first */
export function above(path) {
  const parts = path.split("/");
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join("/"));
}

/** @param {number[]} a @param {number[]} b @returns {number} */
export function compare(a, b) {
  const place = a.findIndex((value, at) => value !== b[at]);
  return place < 0 ? 0 : a[place] - b[place];
}

/** @param {string[]} typed @param {string[]} name @returns {boolean} whether one change makes the one of the other */
function isSlip(typed, name) {
  if (Math.abs(typed.length - name.length) > 1 || Math.min(typed.length, name.length) < 2) return false;
  let start = 0;
  while (start < Math.min(typed.length, name.length) && typed[start] === name[start]) start += 1;
  const [one, other] = [typed.slice(start), name.slice(start)];
  if (!one.length && !other.length) return false;
  const text = (some) => some.join("");
  return (
    text(one.slice(1)) === text(other.slice(1)) ||
    text(one.slice(1)) === text(other) ||
    text(one) === text(other.slice(1)) ||
    (one.length > 1 && one[0] === other[1] && one[1] === other[0] && text(one.slice(2)) === text(other.slice(2)))
  );
}
