// @ts-check
// What the search page shows: how the query was read, the count, the list, what it can be narrowed by, the ways out.

import { isFiltered, writeAddress } from "./address.js";
import { element, fill } from "./elements.js";
import { UNKNOWN } from "./filters.js";

const SHOWN = 8;
const MOST_WAYS = 6;
/** The marks that a phrase may stand in. */
export const QUOTES = /["“”「」『』]/g;

/** @param {any} words @param {string} date YYYY, YYYY-MM or YYYY-MM-DD @returns {string} 2024年11月 */
export function sayDate(words, date) {
  const [year, month, day] = date.split("-").map(Number);
  return fill(day ? words.day : month ? words.month : words.year, { year, month, day });
}

/**
 * The line that says how a query was read.
 * @param {import("./query.js").Answer} answer @param {import("./address.js").State} state @param {any} words
 * @returns {Node[]} nothing for a blank query
 */
export function readingLine(answer, state, words) {
  const read = queryLine(answer, state, words);
  const limits = chosenFilters(state, words);
  if (!limits.length) return read;
  const line = limits.flatMap((link, place) => (place ? [words.read_comma, link] : [link]));
  return [...read, " ", element("span", {}, `${words.limited} `, ...line, words.read_end)];
}

/** @returns {Node[]} what the answer is narrowed to; each a link that takes it away */
function chosenFilters(state, words) {
  const link = (shown, change) =>
    element(
      "a",
      { href: writeAddress(state, { ...change, page: 1 }), "data-state": true, title: fill(words.remove, { name: shown }) },
      shown,
    );
  const named = ["region", "topic", "paper"]
    .filter((key) => state[key])
    .map((key) => link(state[key] === UNKNOWN ? words[`unknown_${key}`] : state[key].replaceAll("/", " "), { [key]: "" }));
  if (!state.from && !state.to) return named;
  const ends = [state.from, state.to].map((date) => (date ? sayDate(words, date) : ""));
  return [link(ends[0] === ends[1] ? ends[0] : ends.join("—"), { from: "", to: "" }), ...named];
}

/** @returns {Node[]} */
function queryLine({ reading, plan }, state, words) {
  if (reading.blank) return [];
  if (!reading.pieces.length) return [text(words.nothing_readable)];
  const strong = (texts) => texts.flatMap((text, place) => (place ? [words.read_comma, bold(text)] : [bold(text)]));
  const clauses = reading.pieces.map((piece, place) => {
    if (piece.kind === "exact") return [`${words.read_exact} `, bold(piece.runs.join(" "))];
    if (piece.kind === "not") return [`${words.read_not} `, bold(piece.runs.join(" "))];
    const ending = piece.prefix ? [` ${words.read_prefix}`] : [];
    return [`${words.read_words} `, ...strong(plan.cut[place]), ...ending];
  });
  const several = plan.words.length > 1;
  const loose = state.match === "any";
  const line = clauses.flatMap((clause, place) =>
    place ? [words.read_semicolon, reading.pieces[place].kind === "not" ? "" : words.read_all, ...clause] : clause,
  );
  return [
    element("span", {}, words.read, ...line, loose && several && `${words.read_semicolon}${words.read_any}`, words.read_end),
    ...(several
      ? [
          element(
            "a",
            { href: writeAddress(state, { match: loose ? "" : "any", page: 1 }), "data-state": true },
            loose ? words.tighten : words.loosen,
          ),
        ]
      : []),
  ];
}

const bold = (text) => element("b", {}, text);

/**
 * @param {import("./filters.js").Facts[]} found @param {import("./address.js").State} state @param {any} words
 * @param {{onlyAny: boolean, readable: boolean}} how
 * @returns {Node[]} how many there are and when
 */
export function statusLine(found, state, words, { onlyAny, readable }) {
  const count = found.length.toLocaleString("en-US");
  if (!found.length) {
    const query = state.q.replace(QUOTES, "");
    return [text(fill(isFiltered(state) || !readable ? words.none_filtered : words.none, { query }))];
  }
  if (onlyAny) return [text(fill(words.only_any, { count }))];
  const dates = found.flatMap(({ date }) => (date ? [date.slice(0, 7)] : [])).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  const pattern = dates.length && first !== last ? words.total_span : words.total;
  const sameYear = first?.length === 7 && last?.length === 7 && first.slice(0, 4) === last.slice(0, 4);
  const filled = fill(pattern, {
    first: first ? sayDate(words, first) : "",
    last: sameYear ? fill(words.month_only, { month: Number(last.slice(5)) }) : last ? sayDate(words, last) : "",
  });
  const [before, after] = filled.split("{count}");
  return [text(before), element("b", {}, count), text(after)];
}

const text = (value) => document.createTextNode(value);

/** @param {import("./address.js").State} state @param {any} words @returns {Node[]} the orders, the current one marked */
export function sortLinks(state, words) {
  const orders = state.q ? ["", "new", "old"] : ["new", "old"];
  const current = state.q ? state.sort : state.sort || "new";
  const names = { "": words.sort_relevance, new: words.sort_new, old: words.sort_old };
  const links = orders.map((order) =>
    order === current
      ? element("b", { "aria-current": "true" }, names[order])
      : element("a", { href: writeAddress(state, { sort: order, page: 1 }), "data-state": true }, names[order]),
  );
  return [text(words.sort), ...links];
}

/**
 * The lists in the rail.
 * @param {ReturnType<typeof import("./filters.js").countChoices>} choices
 * @param {import("./address.js").State} state @param {any} words
 * @returns {Node[]}
 */
export function facetSections(choices, state, words) {
  const section = (key, name, link) => {
    const list = choices[key];
    if (!list.length) return null;
    return element("section", {}, element("h2", {}, words[`facet_${key}`]), ...listed(list, (one) => link(one, name), words));
  };
  const name = (key) => (one) => (one.value === UNKNOWN ? words[`unknown_${key}`] : one.name);
  const simple = (key) => (one, say) =>
    facetLink(state, one, say(one), { [key]: one.chosen ? "" : one.value }, `${key}:${one.value}`, words);
  const month = (one, say) => {
    const value = one.chosen ? "" : one.value;
    return facetLink(state, one, say(one), { from: value, to: value }, `month:${one.value}`, words);
  };
  // A region above the chosen one widens to itself; the chosen one to what lies above it.
  const region = (one, say) => {
    const value = one.value === state.region ? one.without : one.value;
    return facetLink(state, one, say(one), { region: value }, `region:${one.value}`, words);
  };
  return [
    section("month", (one) => sayDate(words, one.value), month),
    rangeSection(state, words),
    section("region", name("region"), region),
    section("topic", name("topic"), simple("topic")),
    section("paper", name("paper"), simple("paper")),
  ].filter((made) => made !== null);
}

function facetLink(state, one, shown, change, key, words) {
  return element(
    "li",
    {},
    element(
      "a",
      {
        href: writeAddress(state, { ...change, page: 1 }),
        "data-state": true,
        "data-key": key,
        "aria-current": one.chosen && "true",
        title: one.chosen && fill(words.remove, { name: shown }),
      },
      element("span", {}, shown),
      element("span", { class: "n" }, String(one.count)),
    ),
  );
}

function listed(list, link, words) {
  const index = (some) => element("ul", { class: "index quiet" }, ...some.map(link));
  if (list.length <= SHOWN + 1) return [index(list)];
  const rest = element("summary", { class: "muted" }, fill(words.more, { count: list.length - SHOWN }));
  return [index(list.slice(0, SHOWN)), element("details", {}, rest, index(list.slice(SHOWN)))];
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

/**
 * @typedef {{label: string, links: {text: string, href: string, count?: number, state?: boolean}[]}} Way a way out
 * @param {Way[]} ways @param {any} words @returns {Node[]} rows of a list of terms
 */
export function waysOut(ways, words) {
  return ways.flatMap(({ label, links }) => [
    element("dt", {}, label),
    element(
      "dd",
      {},
      ...links.slice(0, MOST_WAYS).flatMap(({ text: shown, href, count, state }) => {
        const link = element("a", { href, "data-state": state }, shown);
        if (count === undefined) return [link];
        const figure = element("span", { class: "n" }, fill(words.count, { count }));
        return [element("span", { class: "cl" }, link, " ", figure), " "];
      }),
    ),
  ]);
}
