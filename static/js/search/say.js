// @ts-check
// Dates and figures in words.

import { fill } from "./elements.js";

/** @param {any} words @param {string} date YYYY, YYYY-MM or YYYY-MM-DD @returns {string} 2024年11月 */
export function sayDate(words, date) {
  const [year, month, day] = date.split("-").map(Number);
  return fill(day ? words.day : month ? words.month : words.year, { year, month, day });
}

/** @param {any} words @param {string} first @param {string} last one of them may be empty @returns {string} 2024年1月—11月 */
export function sayDates(words, first, last) {
  if (first === last) return sayDate(words, first);
  if (!first || !last) return fill(first ? words.since : words.until, { date: sayDate(words, first || last) });
  const sameYear = first.length === 7 && last.length === 7 && first.slice(0, 4) === last.slice(0, 4) && words.month.startsWith("{year}");
  return `${sayDate(words, first)}—${sameYear ? fill(words.month_only, { month: Number(last.slice(5)) }) : sayDate(words, last)}`;
}

const MOST_SAID = 40;

/** @param {string} text @returns {string} the beginning of a text that is too long to be said back */
export function sayShort(text) {
  const characters = Array.from(text);
  return characters.length > MOST_SAID ? `${characters.slice(0, MOST_SAID).join("")}…` : text;
}

/** @param {number} count */
export const sayCount = (count) => count.toLocaleString("en-US");
