// @ts-check
// A plan to documents in order. Twin of search/rank.py: three tiers, each before the next, Lunr's score within a tier.

import { asks } from "./plan.js";

export const EXACT = 1;
export const WORDS = 2;
export const ANY = 3;

/** How many of the best documents have their text looked through for the pieces as typed: a page of results. */
const CHECKED = 20;
/** How many have it looked through for what stood in quotes; further ones are taken on the evidence of their terms. */
const CHECKED_QUOTES = 100;

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {{number: number, score: number, tier: number}} Ranked */
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
  const kept = (number) => (!quoted || quoted[number]) && !refused.some((set) => set[number]);
  let found = false;
  const give = (tier, holds) => {
    for (let number = 0; number < size; number += 1) {
      if (!tiers[number] && holds(number) && kept(number)) {
        tiers[number] = tier;
        found = true;
      }
    }
  };
  if (!asks(plan)) {
    for (let at = 0; at < everything.length; at += 1) if (kept(everything[at])) tiers[everything[at]] = EXACT;
    return tiers;
  }
  if (!plan.exact.length) {
    give(EXACT, () => true);
    return tiers;
  }
  const exact = holding(plan.exact);
  const byWord = plan.words.map(holding);
  give(EXACT, (number) => exact[number]);
  if (!byWord.length) return tiers;
  give(WORDS, (number) => byWord.every((set) => set[number]));
  const held = (number) => byWord.reduce((count, set) => count + set[number], 0);
  if (loose || !found) give(ANY, (number) => held(number) >= plan.least);
  return tiers;
}

/** @param {number[]} numbers ascending @param {Uint8Array} tiers @param {Plan} plan @param {Postings} postings @returns {Promise<Ranked[]>} by tier, then score, then number */
export async function inOrder(numbers, tiers, plan, postings) {
  if (plan.clauses.length) await postings.prepareLengths(numbers);
  const scores = plan.clauses.length ? postings.scores(plan.clauses, numbers) : new Float64Array(numbers.length);
  const found = numbers.map((number, place) => ({ number, score: scores[place], tier: tiers[number] }));
  return found.sort((a, b) => a.tier - b.tier || b.score - a.score || a.number - b.number);
}

/** @param {Ranked[]} found @param {Plan} plan @param {HoldsPhrases} holds @returns {Promise<Ranked[]>} those whose text holds what stood in quotes */
export async function quoting(found, plan, holds) {
  if (!plan.quotedPhrases.length) return found;
  const looked = found.slice(0, CHECKED_QUOTES);
  const held = await Promise.all(looked.map(({ number }) => holds(number, plan.quotedPhrases)));
  return [...looked.filter((_, place) => held[place]), ...found.slice(CHECKED_QUOTES)];
}

/**
 * Of the first page, those first whose text holds the pieces as typed; where fewer than half do, of the first two.
 * @param {Ranked[]} found @param {Plan} plan @param {HoldsPhrases} holds @returns {Promise<Ranked[]>}
 */
export async function phrasesFirst(found, plan, holds) {
  if (!plan.phrases.length) return found;
  const exact = found.slice(0, 2 * CHECKED).filter(({ tier }) => tier === EXACT);
  const look = (some) => Promise.all(some.map(({ number }) => holds(number, plan.phrases)));
  const held = await look(exact.slice(0, CHECKED));
  if (held.filter(Boolean).length < CHECKED / 2) held.push(...(await look(exact.slice(CHECKED))));
  const looked = exact.slice(0, held.length);
  return [
    ...looked.filter((_, place) => held[place]),
    ...looked.filter((_, place) => !held[place]),
    ...found.slice(looked.length),
  ];
}

/** @returns {Uint8Array} by number, 1 where a document holds at least one term of every group */
function holders(groups, postings, size) {
  const found = new Uint8Array(size);
  groups.forEach(({ terms, fields }, place) => {
    // A document that holds a term of each group so far has been counted that often.
    for (const term of terms) for (const number of postings.documents(term, fields)) if (found[number] === place) found[number] += 1;
  });
  return found.map((count) => (groups.length && count === groups.length ? 1 : 0));
}
