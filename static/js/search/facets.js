// @ts-check
// What an answer can be narrowed by: lists of links with counts in the rail.

import { UNKNOWN, writeAddress } from "./address.js";
import { element, fill } from "./elements.js";
import { sayCount, sayDate } from "./say.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./answer.js").Counts} Counts */

const SHOWN = 8;
const KEYS = /** @type {const} */ (["month", "region", "topic", "paper"]);
const PLACEHOLDERS = { month: 4, region: 5, topic: 8, paper: 3 };

/** @param {Counts} counts @param {State} state @param {any} words @returns {Element[]} the lists */
export function facetSections(counts, state, words) {
  const lists = KEYS.map((key) => counts[key].length > 0 && section(key, listed(key, counts[key], state, words), words));
  return withRange(lists, state, words);
}

/** @param {State} state @param {any} words @returns {Element[]} lines that hold the place of lists to come */
export function facetPlaceholders(state, words) {
  const line = () => element("li", {}, element("span", { class: "none" }, " "));
  const lists = KEYS.map((key) =>
    section(key, [element("ul", { class: "index quiet awaited", "aria-hidden": "true" }, ...Array.from({ length: PLACEHOLDERS[key] }, line))], words),
  );
  return withRange(lists, state, words);
}

// The range stands below the months: both are about time.
const withRange = ([months, ...others], state, words) =>
  [months, rangeSection(state, words), ...others].filter((made) => made !== false);

const section = (key, lists, words) => element("section", {}, element("h2", {}, words[`facet_${key}`]), ...lists);

function listed(key, list, state, words) {
  const index = (some) => element("ul", { class: "index quiet" }, ...some.map((one) => choice(key, one, state, words)));
  if (list.length <= SHOWN + 1) return [index(list)];
  const rest = element("summary", { class: "muted" }, fill(words.more, { count: list.length - SHOWN }));
  return [index(list.slice(0, SHOWN)), element("details", { "data-key": `more:${key}` }, rest, index(list.slice(SHOWN)))];
}

function choice(key, one, state, words) {
  const shown = key === "month" ? sayDate(words, one.value) : one.value === UNKNOWN ? words[`unknown_${key}`] : one.name;
  const value = one.chosen ? one.without : one.value;
  const change = key === "month" ? { from: value, to: value } : { [key]: value };
  return element(
    "li",
    {},
    element(
      "a",
      {
        href: writeAddress(state, { ...change, page: 1 }),
        "data-state": true,
        "data-key": `${key}:${one.value}`,
        "aria-current": one.chosen && "true",
        title: one.chosen && fill(words.remove, { name: shown }),
      },
      element("span", {}, shown),
      element("span", { class: "n" }, sayCount(one.count)),
    ),
  );
}

function rangeSection(state, words) {
  const field = (name, label) =>
    element("input", {
      name,
      value: state[name],
      "aria-label": label,
      placeholder: words[`${name}_example`],
      autocomplete: "off",
      "data-key": `range:${name}`,
    });
  const form = element(
    "form",
    { class: "range", "data-range": true },
    field("from", words.from),
    element("span", {}, "—"),
    field("to", words.to),
    element("button", { class: "sr", type: "submit" }, words.apply),
  );
  return element("section", {}, element("h2", {}, words.facet_range), form);
}
