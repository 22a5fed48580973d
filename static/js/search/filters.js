// @ts-check
// A result narrowed by region, topic, newspaper and date, and what each choice would leave.

/** The value of a filter that asks for articles of which nothing is known. */
export const UNKNOWN = "unknown";
const MOST_MONTHS = 12;

/** @typedef {{date: string | null, paper: string | null, regions: string[], topics: string[]}} Facts */
/** @typedef {{value: string, name: string, count: number, chosen: boolean, without: string}} Choice */

/** @param {any} table the facets file @returns {Map<number, Facts>} the facts of each document */
export function readFacts(table) {
  const name = (list, place) => table[list][place][0];
  return new Map(
    table.documents.map(([number, date, paper, regions, topics]) => [
      number,
      {
        date,
        paper: paper === null ? null : name("papers", paper),
        regions: regions.map((place) => name("regions", place)),
        topics: topics.map((place) => name("topics", place)),
      },
    ]),
  );
}

/** @type {Record<string, (facts: Facts, state: import("./address.js").State) => boolean>} */
const TESTS = {
  region: ({ regions }, { region }) =>
    !region || (region === UNKNOWN ? !regions.length : regions.some((path) => isWithin(path, region))),
  topic: ({ topics }, { topic }) => !topic || (topic === UNKNOWN ? !topics.length : topics.includes(topic)),
  paper: (facts, { paper }) => !paper || (paper === UNKNOWN ? facts.paper === null : facts.paper === paper),
  // A date known to the month may be any of its days, so it is kept if any of them may lie within the range.
  date: ({ date }, { from, to }) =>
    !(from || to) || (date !== null && (!from || `${date}~` >= from) && (!to || date <= `${to}~`)),
};

const isWithin = (path, region) => path === region || path.startsWith(`${region}/`);

/**
 * @param {Facts} facts @param {import("./address.js").State} state
 * @param {string} [except] a filter that is not asked
 */
export const passes = (facts, state, except) =>
  Object.entries(TESTS).every(([key, test]) => key === except || test(facts, state));

/**
 * What each filter offers, counted over all documents that the others leave.
 * @param {Facts[]} found @param {import("./address.js").State} state
 * @returns {{month: Choice[], region: Choice[], topic: Choice[], paper: Choice[]}}
 */
export function countChoices(found, state) {
  const left = (key) => found.filter((facts) => passes(facts, state, key));
  const choices = (key, names) => {
    const counts = tally(left(key).flatMap(names));
    if (state[key] && !counts.has(state[key])) counts.set(state[key], 0);
    return byCount(Array.from(counts, ([value, count]) => choice(value, value, count, state[key] === value)));
  };
  return {
    month: months(left("date"), state),
    region: regions(left("region"), state.region),
    topic: choices("topic", ({ topics }) => (topics.length ? topics : [UNKNOWN])),
    paper: choices("paper", ({ paper }) => [paper ?? UNKNOWN]),
  };
}

/** @returns {Choice[]} the chosen region with all above it, then what lies within it; the provinces if none is chosen */
function regions(left, chosen) {
  const counts = tally(left.flatMap(({ regions: paths }) => (paths.length ? ancestors(paths) : [UNKNOWN])));
  const depth = chosen && chosen !== UNKNOWN ? chosen.split("/").length : 0;
  const above = depth ? ancestors([chosen]) : chosen ? [UNKNOWN] : [];
  const below = Array.from(counts.keys()).filter((path) =>
    depth ? isWithin(path, chosen) && path.split("/").length === depth + 1 : !path.includes("/") && path !== chosen,
  );
  const shown = (path) => path.slice(path.lastIndexOf("/") + 1);
  return [
    ...above.map((path) => choice(path, shown(path), counts.get(path) ?? 0, true, path.split("/").slice(0, -1).join("/"))),
    ...byCount(below.map((path) => choice(path, shown(path), counts.get(path) ?? 0, false))),
  ];
}

/** @returns {Choice[]} months, newest first; years where there are many */
function months(left, state) {
  const dates = left.flatMap(({ date }) => (date ? [date] : []));
  const counts = tally(dates.map((date) => date.slice(0, 7)));
  const shown = counts.size > MOST_MONTHS ? tally(dates.map((date) => date.slice(0, 4))) : counts;
  const chosen = state.from && state.from === state.to ? state.from : "";
  const values = Array.from(shown.keys()).sort().reverse();
  return values.map((value) => choice(value, value, shown.get(value), value === chosen));
}

const choice = (value, name, count, chosen, without = "") => ({ value, name, count, chosen, without });

/** @param {string[]} paths @returns {string[]} each path with all above it, once */
const ancestors = (paths) => [
  ...new Set(paths.flatMap((path) => path.split("/").map((_, depth, names) => names.slice(0, depth + 1).join("/")))),
];

/** @returns {Map<string, number>} */
function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

// What is unknown comes last: it is an absence, however often.
const byCount = (choices) =>
  choices.sort(
    (a, b) =>
      Number(b.chosen) - Number(a.chosen) ||
      Number(a.value === UNKNOWN) - Number(b.value === UNKNOWN) ||
      b.count - a.count ||
      (a.value < b.value ? -1 : 1),
  );
