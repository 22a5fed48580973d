// Runs the browser's side of the contract in node; pytest compares what both languages say.
//   node run.mjs analyze < texts.json       the runs, bigrams, parts and plain form of each text
//   node run.mjs read    < queries.json     each query taken apart
//   node run.mjs names   < cases.json       what a catalogue's names are called, spelt, near: [catalogue, [verb, …arguments]][]
//   node run.mjs search  FOLDER < queries   the answers of an index, as `gongwen search --json` prints them
//   node run.mjs ask     FOLDER < states    the answers of an index to states of the page, with their counts
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as analyze from "../../static/js/search/analyze.js";
import { Names } from "../../static/js/search/names.js";
import { SearchIndex } from "../../static/js/search/query.js";
import { read } from "../../static/js/search/reading.js";
import { Store } from "../../static/js/search/store.js";

const [verb, folder] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(0, "utf8"));

const say = {
  analyze: (text) => {
    const runs = analyze.runs(analyze.normalise(text));
    return {
      plain: analyze.plain(text),
      runs,
      han: runs.map(analyze.isHan),
      bigrams: runs.map((run) => (analyze.isHan(run) ? analyze.bigrams(run) : [])),
      parts: runs.map((run) => (analyze.isHan(run) ? [] : analyze.parts(run))),
    };
  },
  read,
  names: ([catalogue, [method, ...given]]) => new Names(catalogue, analyze.unfolded)[method](...given),
};

/** @param {(index: SearchIndex, given: any) => Promise<any>} ask */
async function answers(ask) {
  const index = await SearchIndex.open(new Store(async (name) => readFileSync(join(folder, name))));
  const found = [];
  for (const given of cases) found.push(await ask(index, given));
  return found;
}

const asking = {
  search: (index, query) => index.search(query, 20),
  ask: async (index, state) => {
    const { counts, rest, complete: _, ...found } = await index.ask(state);
    return { ...found, ranked: [...found.ranked, ...(await rest())], counts: await counts() };
  },
};

console.log(JSON.stringify(asking[verb] ? await answers(asking[verb]) : cases.map(say[verb])));
