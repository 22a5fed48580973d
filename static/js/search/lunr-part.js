// @ts-check
// A small Lunr index of a query's terms, put together and asked. Twin of search/lunr_part.py; docs/search-format.md, section 3.

// @ts-ignore it has no types
import lunr from "lunr";

// Lunr's constants: how soon a term's weight levels off with its count, and how much a long field counts less.
const K1 = 1.2;
const B = 0.75;

/**
 * How Lunr weighs a term, in lunr.js's order of operations.
 * @param {import("./store.js").Manifest} manifest @param {number} pairs of field and document that hold the term
 * @returns {(field: number, count: number, length: number) => number} its weight in a field of that length that holds it so often
 */
export function weightOf({ documents, fields }, pairs) {
  const idf = Math.log(1 + Math.abs((documents - pairs + 0.5) / (pairs + 0.5)));
  const averages = fields.map(([, , sum]) => sum / documents);
  return (field, count, length) => {
    const weight = (idf * ((K1 + 1) * count)) / (K1 * (1 - B + B * (length / averages[field])) + count);
    return Math.round(weight * fields[field][1] * 1000) / 1000;
  };
}

/**
 * @param {import("./postings.js").Postings} postings @param {string[]} terms ascending, each once, all in the index
 * @param {ArrayLike<number>} numbers ascending, the lengths of their bodies known; no other document is in the part
 * @param {boolean} [all] gives each document its vectors, though they be empty
 * @returns {any} a lunr.Index, equal to the whole one in all that these terms and documents decide
 */
export function assemble(postings, terms, numbers, all = false) {
  const fields = postings.manifest.fields.map(([name]) => name);
  /** @type {Map<string, number[]>} */
  const vectors = new Map();
  if (all) for (const number of Array.from(numbers)) for (const field of fields) vectors.set(`${field}/${number}`, []);
  const invertedIndex = terms.map((term, rank) => {
    const posting = { _index: rank, ...Object.fromEntries(fields.map((field) => [field, {}])) };
    postings.weigh(term, -1, numbers, (place, field, weight) => {
      const key = `${fields[field]}/${numbers[place]}`;
      const vector = vectors.get(key);
      if (vector) vector.push(rank, weight);
      else vectors.set(key, [rank, weight]);
      posting[fields[field]][numbers[place]] = {};
    });
    return [term, posting];
  });
  return lunr.Index.load({ version: lunr.version, fields, fieldVectors: Array.from(vectors), invertedIndex, pipeline: [] });
}

/**
 * @typedef {object} LunrClause as Lunr's own
 * @property {string} term @property {boolean} [prefix] stands for all terms that start with it
 * @property {string[]} [fields] @property {number} [boost]
 * @property {"optional" | "required" | "prohibited"} [presence]
 */

/**
 * Ask for anything that Lunr can be asked for by whole terms and their beginnings, over all documents. Only of an archive
 * that has the lengths of all bodies whole.
 * @param {import("./postings.js").Postings} postings @param {LunrClause[]} clauses
 * @returns {Promise<{number: number, score: number}[]>} in Lunr's order
 */
export async function query(postings, clauses) {
  const [whole, started] = [false, true].map((prefix) => clauses.filter((clause) => Boolean(clause.prefix) === prefix));
  await postings.prepare(
    whole.map(({ term }) => term),
    started.map(({ term }) => term),
    Infinity,
  );
  const named = [...whole.map(({ term }) => term), ...started.flatMap(({ term }) => postings.startingWith(term)[0])];
  const terms = [...new Set(named)].filter((term) => postings.has(term)).sort();
  const negated = clauses.every(({ presence }) => presence === "prohibited");
  const holding = new Set(terms.flatMap((term) => Array.from(postings.documents(term))));
  const numbers = negated ? await postings.allNumbers() : Int32Array.from(holding).sort();
  await postings.bodies.prepareWhole();
  const found = assemble(postings, terms, numbers, negated).query((query) => {
    for (const { term, prefix, fields, boost = 1, presence = "optional" } of clauses) {
      query.term(term, {
        boost,
        presence: lunr.Query.presence[presence.toUpperCase()],
        usePipeline: false,
        wildcard: prefix ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE,
        ...(fields && { fields }),
      });
    }
  });
  return found.map(({ ref, score }) => ({ number: Number(ref), score }));
}
