// @ts-check
// A plan to documents in order. Twin of search/rank.py: three tiers, each before the next, Lunr's score within a tier.

import { asks } from "./plan.js";

export const EXACT = 1;
export const WORDS = 2;
export const ANY = 3;

/** Documents on a page of results: so many of the best have their text looked through for the pieces as typed. */
export const PAGE_SIZE = 20;
/** How many of them are shown before the others. */
export const FIRST_SHOWN = 10;
/** How many texts are read to settle which documents are the first page, where sizes alone do not. */
const MOST_LOOKED = 40;
/** How many have it looked through for what stood in quotes; further ones are taken on the evidence of their terms. */
const CHECKED_QUOTES = 100;

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {{number: number, score: number, tier: number, misses: boolean}} Ranked `misses`: its text was looked through and does not hold the pieces as typed */
/** @typedef {(number: number, phrases: import("./plan.js").Phrase[]) => Promise<boolean>} HoldsPhrases */

/**
 * The documents that answer a plan: the tier of each number, 0 where it does not. Documents with only some of the words
 * are left out unless none has them all, or unless `loose` asks for them.
 * @param {Plan} plan @param {Postings} postings @param {ArrayLike<number>} everything read if the plan asks for nothing
 * @param {number} size one more than the last number @param {boolean} loose
 * @returns {Uint8Array} by number
 */
export function find(plan, postings, everything, size, loose) {
  const tiers = new Uint8Array(size);
  const holding = (groups) => holders(groups, postings, size);
  const refused = plan.refused.map(holding);
  const quoted = plan.quoted.length ? holding(plan.quoted) : null;
  let found = false;
  /** @param {number} tier @param {Uint8Array | null} held by number, how many of something a document holds @param {number} least */
  const give = (tier, held, least) => {
    for (let number = 0; number < size; number += 1) {
      if (tiers[number] || (held && held[number] < least) || (quoted && !quoted[number])) continue;
      if (refused.some((set) => set[number])) continue;
      tiers[number] = tier;
      found = true;
    }
  };
  if (!asks(plan)) {
    const every = new Uint8Array(size);
    for (let at = 0; at < everything.length; at += 1) every[everything[at]] = 1;
    give(EXACT, every, 1);
    return tiers;
  }
  if (!plan.exact.length) {
    give(EXACT, null, 0);
    return tiers;
  }
  give(EXACT, holding(plan.exact), 1);
  if (!plan.words.length) return tiers;
  const held = new Uint8Array(size);
  for (const groups of plan.words) {
    const here = holding(groups);
    for (let number = 0; number < size; number += 1) held[number] += here[number];
  }
  give(WORDS, held, plan.words.length);
  if (loose || !found) give(ANY, held, plan.least);
  return tiers;
}

/** Orders documents. @param {Ranked} a @param {Ranked} b */
export const byPlace = (a, b) =>
  a.tier - b.tier || Number(a.misses) - Number(b.misses) || b.score - a.score || a.number - b.number;

/**
 * @typedef {object} Ordered
 * @property {Ranked[] | null} first the best ten, where they can be known before the page; null where they cannot
 * @property {() => Promise<Ranked[]>} page the best twenty
 * @property {() => Promise<Ranked[]>} all
 */

/** @param {Ranked[]} found @param {boolean} [first] whether the first ten may be shown at once @returns {Ordered} */
export const known = (found, first = false) => ({
  first: first ? found.slice(0, FIRST_SHOWN) : null,
  page: async () => found.slice(0, PAGE_SIZE),
  all: async () => found,
});

/**
 * Documents by tier, then score, then number: the first page as Lunr has it, all pages if `deep` and affordable.
 * By sizes a score is known within bounds. What may be on the first page by them is told to the term, if that is little
 * (the bounds of Fagin, Lotem and Naor, Optimal aggregation algorithms for middleware, 2003). All else is put in order by
 * the greatest scores. An answer of one page needs no sizes: its texts are read anyway.
 * @param {number[]} numbers ascending @param {Uint8Array} tiers @param {Plan} plan @param {Postings} postings
 * @param {(numbers: number[]) => Promise<void>} tell makes the lengths of bodies known @param {boolean} [deep]
 * @returns {Promise<Ordered>}
 */
export async function inOrder(numbers, tiers, plan, postings, tell, deep = false) {
  const { clauses, common } = plan;
  const { bodies } = postings;
  const rank = (some, scores) =>
    some.map((number, place) => ({ number, score: scores[place], tier: tiers[number], misses: false })).sort(byPlace);
  if (!clauses.length || numbers.length <= fewFor(postings)) return known(rank(numbers, new Float64Array(numbers.length)), !clauses.length);
  const whole = async () => {
    await bodies.prepareWhole();
    return known(rank(numbers, postings.scores(clauses, numbers)), true);
  };
  const affordable = bodies.hasRests && !common.length;
  if (deep && affordable) return whole();
  await bodies.prepare();
  const greatest = postings.scores(clauses, numbers, bodies.least);
  const best = bestOf(numbers, tiers, greatest, MOST_LOOKED + 1);
  const looked = best.slice(0, MOST_LOOKED).map(({ number }) => number).sort((a, b) => a - b);
  const least = rank(looked, postings.scores(clauses, looked, bodies.most));
  const ordered = (first) => {
    const shown = new Set(first.map(({ number }) => number));
    return [...first, ...rank(numbers, greatest).filter(({ number }) => !shown.has(number))];
  };
  /** What may be among the best so many. */
  const front = (/** @type {number} */ count) => {
    const bar = least[Math.min(count, least.length) - 1];
    return best.filter(({ tier, score }) => tier < bar.tier || (tier === bar.tier && score >= bar.score)).map(({ number }) => number);
  };
  const page = front(PAGE_SIZE);
  if (common.length || page.length > MOST_LOOKED) return affordable ? whole() : known(ordered([]));
  const exact = (/** @type {number[]} */ some) => rank(some, postings.scores(clauses, some));
  const ten = front(FIRST_SHOWN);
  const [early, late] = [tell(ten), tell(page)];
  late.catch(() => undefined); // it is waited for below
  await early;
  const settled = async () => {
    await late;
    return exact(page.sort((a, b) => a - b)).slice(0, PAGE_SIZE);
  };
  return { first: exact(ten.sort((a, b) => a - b)).slice(0, FIRST_SHOWN), page: settled, all: async () => ordered(await settled()) };
}

/** @param {Postings} postings @returns {number} how many documents an answer has that is not put in order before its texts are there */
export const fewFor = ({ bodies }) => (bodies.atHand ? FIRST_SHOWN : PAGE_SIZE);

/** @returns {Ranked[]} the best so many by tier, score and number, in order */
function bestOf(numbers, tiers, scores, count) {
  /** @type {Ranked[]} */
  const best = [];
  for (let place = 0; place < numbers.length; place += 1) {
    const [number, score] = [numbers[place], scores[place]];
    const tier = tiers[number];
    const last = best[count - 1];
    if (last && (tier > last.tier || (tier === last.tier && score <= last.score))) continue;
    let at = Math.min(best.length, count - 1);
    while (at > 0 && (best[at - 1].tier > tier || (best[at - 1].tier === tier && best[at - 1].score < score))) at -= 1;
    best.splice(at, 0, { number, score, tier, misses: false });
    if (best.length > count) best.pop();
  }
  return best;
}

/** @param {Ranked[]} found @param {Plan} plan @param {HoldsPhrases} holds @returns {Promise<Ranked[]>} those whose text holds what stood in quotes */
export async function quoting(found, plan, holds) {
  if (!plan.quotedPhrases.length) return found;
  const looked = found.slice(0, CHECKED_QUOTES);
  const held = await Promise.all(looked.map(({ number }) => holds(number, plan.quotedPhrases)));
  return [...looked.filter((_, place) => held[place]), ...found.slice(CHECKED_QUOTES)];
}

/**
 * The documents of a page, those of the first tier marked whose text does not hold the pieces as typed.
 * @param {Ranked[]} found @param {Plan} plan @param {HoldsPhrases} holds @returns {Promise<Ranked[]>}
 */
export async function missesMarked(found, plan, holds) {
  if (!plan.phrases.length) return found;
  const misses = async ({ number, tier }) => tier === EXACT && !(await holds(number, plan.phrases));
  return Promise.all(found.map(async (ranked) => ({ ...ranked, misses: await misses(ranked) })));
}

/** @returns {Uint8Array} by number, 1 where a document holds at least one term of every group */
function holders(groups, postings, size) {
  const found = new Uint8Array(size);
  groups.forEach(({ terms, fields }, place) => {
    // A document that holds a term of each group so far has been counted that often.
    for (const term of terms) for (const number of postings.documents(term, fields)) if (found[number] === place) found[number] += 1;
  });
  for (let number = 0; number < size; number += 1) found[number] = groups.length && found[number] === groups.length ? 1 : 0;
  return found;
}
