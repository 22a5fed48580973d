// @ts-check
// Answers narrowed by region, topic, newspaper and date, and counted by them. Twin of search/filters.py.

import { UNKNOWN } from "./address.js";
import { KINDS, above } from "./names.js";

/** How many months are listed; of more, the years are. */
const MOST_MONTHS = 12;

/** @typedef {import("./columns.js").Facts} Facts */
/** @typedef {import("./address.js").State} State */
/** @typedef {(facts: Facts) => boolean} Test */
/** @typedef {{value: string, name: string, count: number, chosen: boolean, without: string}} Choice */
/**
 * @typedef {object} Counts what each filter offers
 * @property {Choice[]} month @property {Choice[]} region @property {Choice[]} topic @property {Choice[]} paper
 * @property {[string, string] | null} span the first and last month or year of the answer
 */
/**
 * How many documents there are of each name, by its place in the catalogue, −1 if unknown; of each month or year, "" if
 * unknown. `dates`: how many of each month or year all filters leave.
 * @typedef {Record<"month" | "region" | "topic" | "paper" | "dates", Map<any, number>>} Tallies
 */

const NAMED = KINDS.map(([kind]) => kind);

/** The names of a catalogue with what lies within what. */
export class Tree {
  /** @param {import("./store.js").Catalogue} catalogue */
  constructor(catalogue) {
    /** @type {Record<string, string[]>} */
    this.names = Object.fromEntries(KINDS.map(([kind, listed]) => [kind, catalogue[listed].map(([name]) => name)]));
    const places = new Map(this.names.region.map((path, at) => [path, at]));
    const parents = catalogue.broader;
    /** @type {Record<string, number[][]>} of each name the places of those above it, the widest first, and its own last */
    this.chains = {
      region: this.names.region.map((path, at) => [...above(path).flatMap((up) => places.get(up) ?? []), at]),
      topic: parents.map((_, at) => chainOf(at, parents)),
      paper: this.names.paper.map((_, at) => [at]),
    };
  }

  /** @param {string} kind @param {Iterable<number>} places @returns {Set<number>} those of the names within, themselves included */
  within(kind, places) {
    const wanted = new Set(places);
    return new Set(this.chains[kind].flatMap((chain, at) => (chain.some((up) => wanted.has(up)) ? [at] : [])));
  }
}

function chainOf(at, parents) {
  const chain = [at];
  while (parents[chain[0]] >= 0 && !chain.includes(parents[chain[0]])) chain.unshift(parents[chain[0]]);
  return chain;
}

/** @param {Facts} facts @param {string} kind @returns {number[]} places in the catalogue */
export const placesOf = (facts, kind) =>
  kind === "region" ? facts.regions : kind === "topic" ? facts.topics : facts.paper === null ? [] : [facts.paper];

/** @param {string} kind @param {Set<number>} places @param {boolean} [excluded] @returns {Test} */
export const nameTest =
  (kind, places, excluded = false) =>
  (facts) =>
    placesOf(facts, kind).some((place) => places.has(place)) !== excluded;

/** @param {string} first @param {string} last @param {boolean} [excluded] @returns {Test} whether a date may lie within */
export function dateTest(first, last, excluded = false) {
  const low = dateNumber(first);
  const high = last ? latest(dateNumber(last)) : Infinity;
  return ({ date }) => (date > 0 && latest(date) >= low && date <= high) !== excluded;
}

/** @param {string} text YYYY, YYYY-MM or YYYY-MM-DD @returns {number} (year · 13 + month) · 32 + day */
export function dateNumber(text) {
  const [year, month = 0, day = 0] = text.split("-").map(Number);
  return (year * 13 + month) * 32 + day;
}

/** @param {number} date @returns {number} the last day that a date known in part may be */
const latest = (date) => date + (date % 32 ? 0 : 31) + (Math.floor(date / 32) % 13 ? 0 : 12 * 32);

/** @param {number} date @returns {string} YYYY-MM, or YYYY where no more is known, or "" */
export function monthOf(date) {
  const months = Math.floor(date / 32);
  const [year, month] = [String(Math.floor(months / 13)).padStart(4, "0"), months % 13];
  return date ? (month ? `${year}-${String(month).padStart(2, "0")}` : year) : "";
}

/** @param {State} state @param {Tree} tree @returns {Map<string, Test>} the tests of a page's address, by facet */
export function stateTests(state, tree) {
  /** @type {Map<string, Test>} */
  const tests = new Map();
  for (const kind of NAMED) {
    const value = state[kind];
    if (value === UNKNOWN) tests.set(kind, (facts) => !placesOf(facts, kind).length);
    else if (value) {
      const named = tree.names[kind].flatMap((name, place) => (name === value ? [place] : []));
      tests.set(kind, nameTest(kind, tree.within(kind, named)));
    }
  }
  if (state.from || state.to) tests.set("month", dateTest(state.from, state.to));
  return tests;
}

/** @param {Iterable<Facts>} found @param {Map<string, Test>} tests @param {Tree} tree @returns {Tallies} for each facet, of those that pass all tests but its own */
export function tally(found, tests, tree) {
  /** @type {Tallies} */
  const tallies = { month: new Map(), region: new Map(), topic: new Map(), paper: new Map(), dates: new Map() };
  const add = (facet, value) => tallies[facet].set(value, (tallies[facet].get(value) ?? 0) + 1);
  for (const facts of found) {
    let failed = "";
    let failures = 0;
    for (const [facet, test] of tests) {
      if (test(facts)) continue;
      failed = facet;
      failures += 1;
    }
    if (failures > 1) continue;
    const month = monthOf(facts.date);
    if (!failed) add("dates", month);
    if (!failed || failed === "month") add("month", month);
    for (const kind of NAMED) {
      if (failed && failed !== kind) continue;
      const named = new Set(placesOf(facts, kind).flatMap((place) => tree.chains[kind][place]));
      for (const place of named.size ? named : [-1]) add(kind, place);
    }
  }
  return tallies;
}

/** @param {import("./store.js").Catalogue} catalogue @returns {Tallies} of the whole archive */
export function catalogueTallies(catalogue) {
  const months = new Map(catalogue.months);
  const counts = KINDS.map(([kind, listed], at) => [
    kind,
    new Map([...catalogue[listed].map((row, place) => /** @type {const} */ ([place, row[1]])), [-1, catalogue.unknown[at]]]),
  ]);
  return /** @type {Tallies} */ ({ month: months, dates: months, ...Object.fromEntries(counts) });
}

/** @param {Tallies} tallies @param {State} state @param {Tree} tree @returns {Counts} what each filter offers */
export function choices(tallies, state, tree) {
  const dates = Array.from(tallies.dates).flatMap(([month, count]) => (month && count ? [month] : [])).sort();
  return {
    month: months(tallies.month, state),
    region: nested(tallies.region, state.region, "region", tree),
    topic: nested(tallies.topic, state.topic, "topic", tree),
    paper: nested(tallies.paper, state.paper, "paper", tree),
    span: dates.length ? [dates[0], dates[dates.length - 1]] : null,
  };
}

/** @returns {Choice[]} months, newest first; years where there are many */
function months(counts, state) {
  let known = new Map(Array.from(counts).filter(([month, count]) => month && count));
  if (known.size > MOST_MONTHS) {
    const years = new Map();
    for (const [month, count] of known) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + count);
    known = years;
  }
  const chosen = state.from === state.to ? state.from : "";
  const listed = Array.from(known.keys()).sort().reverse();
  return listed.map((month) => choice(month, month, known.get(month), month === chosen));
}

/** @returns {Choice[]} the chosen name with those above it, then those within it; of topics and newspapers also the others */
function nested(counts, chosen, kind, tree) {
  const [names, chains] = [tree.names[kind], tree.chains[kind]];
  const count = (at) => counts.get(at) ?? 0;
  const shown = (name) => (kind === "region" ? name.slice(name.lastIndexOf("/") + 1) : name);
  const place = chosen ? names.indexOf(chosen) : -1;
  const chain = place < 0 ? [] : chains[place];
  const path = chain.map((at, depth) =>
    choice(names[at], shown(names[at]), count(at), true, depth ? names[chain[depth - 1]] : ""),
  );
  if (chosen && place < 0) path.push(choice(chosen, shown(chosen), chosen === UNKNOWN ? count(-1) : 0, true));
  const all = Array.from(names.keys()).filter(count);
  const below = place < 0 ? [] : all.filter((at) => chains[at].length > 1 && chains[at][chains[at].length - 2] === place);
  const top = all.filter((at) => chains[at].length === 1 && !chain.includes(at));
  const beside = kind !== "region" || place < 0 ? top : [];
  const listed = (places) =>
    places.sort((a, b) => count(b) - count(a) || a - b).map((at) => choice(names[at], shown(names[at]), count(at)));
  const unknown = count(-1) && chosen !== UNKNOWN && (kind !== "region" || !chosen);
  return [...path, ...listed(below), ...listed(beside), ...(unknown ? [choice(UNKNOWN, UNKNOWN, count(-1))] : [])];
}

/** @returns {Choice} */
const choice = (value, name, count, chosen = false, without = "") => ({ value, name, count, chosen, without });
