// Asks the index split by term and one whole Lunr index the same; says where they differ.
//   node oracle.mjs FOLDER WHOLE.json < queries.json      each query a list of clauses, as lunr-part.js takes them
import { readFileSync } from "node:fs";
import { join } from "node:path";
import lunr from "lunr";

import { query } from "../../static/js/search/lunr-part.js";
import { Postings } from "../../static/js/search/postings.js";
import { Store } from "../../static/js/search/store.js";

const [folder, file] = process.argv.slice(2);
const whole = lunr.Index.load(JSON.parse(readFileSync(file, "utf8")));
const postings = await Postings.open(new Store(async (name) => readFileSync(join(folder, name))));

/** @param {import("../../static/js/search/lunr-part.js").LunrClause[]} clauses */
function askWhole(clauses) {
  const found = whole.query((question) => {
    for (const { term, prefix, fields, boost = 1, presence = "optional" } of clauses) {
      const wildcard = prefix ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE;
      const options = { boost, wildcard, usePipeline: false, presence: lunr.Query.presence[presence.toUpperCase()] };
      question.term(term, fields ? { ...options, fields } : options);
    }
  });
  return found.map(({ ref, score }) => [Number(ref), score]);
}

/** Clauses that only score: what `scores` and `lunrScores` are asked. @returns {[string, number][]} */
function scoring(clauses) {
  const masks = new Map();
  for (const { term, fields } of clauses) masks.set(term, fields ? postings.maskOf(fields) : -1);
  return Array.from(masks).sort(([one], [other]) => (one < other ? -1 : 1));
}

const differences = [];
const met = { answered: 0, results: 0 };
for (const clauses of JSON.parse(readFileSync(0, "utf8"))) {
  const expected = askWhole(clauses);
  const found = (await query(postings, clauses)).map(({ number, score }) => [number, score]);
  met.answered += Number(expected.length > 0);
  met.results += expected.length;
  if (JSON.stringify(found) !== JSON.stringify(expected)) differences.push({ clauses, found, expected });

  const plain = scoring(clauses.filter(({ prefix }) => !prefix));
  const fields = postings.manifest.fields.map(([name]) => name);
  const asked = plain.map(([term, mask]) => ({ term, fields: fields.filter((_, place) => mask & (1 << place)) }));
  const numbers = Int32Array.from(new Set(plain.flatMap(([term, mask]) => Array.from(postings.documents(term, mask))))).sort();
  await postings.bodies.prepareWhole();
  const sums = postings.scores(plain, numbers);
  const parts = postings.lunrScores(plain, numbers);
  const wholes = new Map(asked.length ? askWhole(asked) : []);
  for (const [place, number] of numbers.entries()) {
    const said = [sums[place], parts.get(number), wholes.get(number)];
    if (new Set(said).size > 1) differences.push({ scored: plain, number, said });
  }
  if (wholes.size !== numbers.length) differences.push({ scored: plain, numbers: Array.from(numbers), expected: wholes.size });
}
console.log(JSON.stringify({ differences: differences.slice(0, 5), count: differences.length, ...met }));
