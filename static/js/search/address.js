// @ts-check
// The whole state of the search page in its address, and back.

/**
 * @typedef {object} State
 * @property {string} q
 * @property {string} region a path of names: 甘肃省/白银市
 * @property {string} topic
 * @property {string} paper
 * @property {string} from YYYY, YYYY-MM or YYYY-MM-DD
 * @property {string} to
 * @property {string} sort empty, new or old
 * @property {string} match empty, or any: documents with only some of the words too
 * @property {string} literal empty, or 1: Latin letters are not read as pinyin
 * @property {number} page
 */

const TEXTS = /** @type {const} */ (["q", "region", "topic", "paper", "from", "to", "sort", "match", "literal"]);
const ALLOWED = { sort: ["new", "old"], match: ["any"], literal: ["1"] };
export const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** The value of a filter that asks for articles of which nothing is known. */
export const UNKNOWN = "unknown";
/** What a state without any filter says of each. */
export const UNFILTERED = { region: "", topic: "", paper: "", from: "", to: "" };

/** @param {string} search the part of an address from the question mark on @returns {State} */
export function readAddress(search) {
  const given = new URLSearchParams(search);
  const state = /** @type {any} */ ({ page: 1 });
  for (const key of TEXTS) {
    const value = (given.get(key) ?? "").trim();
    const refused = (ALLOWED[key] && !ALLOWED[key].includes(value)) || (isDate(key) && !DATE.test(value));
    state[key] = refused ? "" : value;
  }
  const page = Number(given.get("page"));
  if (Number.isInteger(page) && page > 1) state.page = page;
  return state;
}

/** @param {State} state @param {Partial<State>} [change] @returns {string} an address relative to the search page */
export function writeAddress(state, change = {}) {
  const turned = "page" in change;
  const next = { ...state, ...change };
  const given = new URLSearchParams();
  for (const key of TEXTS) if (next[key]) given.set(key, next[key]);
  if (turned && next.page > 1) given.set("page", String(next.page));
  const text = given.toString();
  return text ? `?${text}` : "./";
}

/** @param {State} state */
export const isFiltered = (state) => Boolean(state.region || state.topic || state.paper || state.from || state.to);

const isDate = (key) => key === "from" || key === "to";
