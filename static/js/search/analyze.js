// @ts-check
// Text to runs: what a query asks for, what is marked. Twin of search/analyze.py; docs/search-format.md, section 1.

const HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{N}_])`;
const JOINT = "(?:[\\-.'’&\\/@+]|(?<=[0-9])[:,](?=[0-9]))";

/** White space that is left after `normalise`, as the body of a character class. */
export const SPACE = " \\t\\n\\r\\f\\v\\u2028\\u2029";

const INVISIBLE =
  /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
const HAN_START = new RegExp(`^[${HAN}]`, "u");
const RUN = new RegExp(`[${HAN}]+|${LETTER}+(?:${JOINT}${LETTER}+)*(?:\\+{1,2}|#)?`, "gu");
const PART = new RegExp(`${LETTER}+`, "gu");

/** @typedef {(text: string) => string} Fold */

/** @type {Fold} for a text in which there is nothing to fold, or where the table is not there yet */
export const unfolded = (text) => text;

/** @param {[traditional: string, simplified: string]} table the file `folding` @returns {Fold} a character at a time */
export function folder([traditional, simplified]) {
  if (!traditional) return unfolded;
  const to = Array.from(simplified);
  const table = new Map(Array.from(traditional, (character, place) => [character, to[place]]));
  const foldable = new RegExp(`[${traditional}]`, "gu");
  return (text) => text.replace(foldable, (character) => table.get(character) ?? character);
}

/**
 * @param {string} text @param {Fold} [fold]
 * @returns {string} without invisible characters, in NFKC and lower case, traditional characters as simplified ones
 */
export const normalise = (text, fold = unfolded) => fold(text.replace(INVISIBLE, "").normalize("NFKC").toLowerCase());

/** @param {string} text normalised @returns {string[]} its runs, in order */
export const runs = (text) => text.match(RUN) ?? [];

/** @param {string} text normalised @returns {{run: string, start: number}[]} its runs with their offsets in UTF-16 units */
export const locateRuns = (text) => Array.from(text.matchAll(RUN), (match) => ({ run: match[0], start: match.index }));

/** @param {string} run @returns {boolean} whether it is of Han characters */
export const isHan = (run) => HAN_START.test(run);

/** @param {string} text @param {Fold} [fold] @returns {string} its runs with one space between */
export const plain = (text, fold = unfolded) => runs(normalise(text, fold)).join(" ");

/** @param {string} run @returns {string[]} the pairs of neighbouring characters of a Han run */
export const bigrams = (run) => {
  const characters = Array.from(run);
  return characters.slice(1).map((character, place) => characters[place] + character);
};

/** @param {string} run @returns {string[]} the words of two letters or more inside a Latin run that holds several */
export const parts = (run) =>
  (run.match(PART) ?? []).filter((part) => Array.from(part).length > 1 && part !== run);
