// @ts-check
// A plan to documents in order. Twin of search/rank.py: three tiers, each before the next, Lunr's score within a tier.

export const EXACT = 1;
export const WORDS = 2;
export const ANY = 3;

/** How many of the best documents have their text looked through for the pieces as typed: a page of results. */
const CHECKED = 20;
/** How many have it looked through for what stood in quotes. */
const CHECKED_QUOTES = 200;

/** @typedef {{number: number, score: number, tier: number}} Ranked */
/** @typedef {(number: number, phrases: string[]) => Promise<boolean>} HoldsPhrases */

/**
 * @param {import("./plan.js").Plan} plan
 * @param {import("./postings.js").Postings} postings
 * @param {number[]} everything
 * @param {HoldsPhrases} holds
 * @param {boolean} loose keeps documents with only some of the words
 * @returns {Promise<Ranked[]>} best first
 */
export async function rank(plan, postings, everything, holds, loose = false) {
  const refused = new Set(plan.refused.flatMap((groups) => Array.from(holding(groups, postings))));
  if (!plan.exact.length && !plan.quoted.length) {
    return everything.filter((number) => !refused.has(number)).map((number) => ({ number, score: 0, tier: EXACT }));
  }
  let scores = new Map(Array.from(postings.score(plan.score)).filter(([number]) => !refused.has(number)));
  if (plan.quoted.length) scores = await quoting(scores, plan, postings, holds);
  const tiers = findTiers(Array.from(scores.keys()), plan, postings);
  /** @type {Ranked[]} */
  let found = Array.from(tiers, ([number, tier]) => ({ number, score: scores.get(number) ?? 0, tier }));
  if (!loose && found.some(({ tier }) => tier < ANY)) found = found.filter(({ tier }) => tier < ANY);
  found.sort((a, b) => a.tier - b.tier || b.score - a.score || a.number - b.number);
  return checked(found, plan.phrases, holds);
}

/** @returns {Map<number, number>} */
function findTiers(numbers, plan, postings) {
  if (!plan.exact.length) return new Map(numbers.map((number) => [number, EXACT]));
  const exact = holding(plan.exact, postings);
  const byWord = plan.words.map((groups) => holding(groups, postings));
  const tierOf = (number) => {
    if (exact.has(number)) return EXACT;
    return byWord.every((set) => set.has(number)) ? WORDS : ANY;
  };
  return new Map(
    numbers.filter((number) => byWord.some((set) => set.has(number))).map((number) => [number, tierOf(number)]),
  );
}

async function quoting(scores, plan, postings, holds) {
  const here = holding(plan.quoted, postings, true);
  const candidates = Array.from(scores.keys()).filter((number) => here.has(number));
  candidates.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
  const kept = await Promise.all(
    candidates.map(
      (number, place) => !plan.quotedPhrases.length || place >= CHECKED_QUOTES || holds(number, plan.quotedPhrases),
    ),
  );
  return new Map(candidates.filter((_, place) => kept[place]).map((number) => [number, scores.get(number)]));
}

async function checked(found, phrases, holds) {
  if (!phrases.length) return found;
  const looked = found.slice(0, CHECKED).filter(({ tier }) => tier === EXACT);
  const held = await Promise.all(looked.map(({ number }) => holds(number, phrases)));
  return [
    ...looked.filter((_, place) => held[place]),
    ...looked.filter((_, place) => !held[place]),
    ...found.slice(looked.length),
  ];
}

/** @returns {Set<number>} the documents that hold at least one term of every group */
function holding(groups, postings, printed = false) {
  let found = null;
  for (const group of groups) {
    const here = new Set(group.flatMap((term) => Array.from(postings.documents(term, printed))));
    found = found === null ? here : new Set(Array.from(found).filter((number) => here.has(number)));
  }
  return found ?? new Set();
}
