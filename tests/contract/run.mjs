// Runs the browser's side of the contract in node; pytest compares what both languages say.
//   node run.mjs analyze < texts.json            the runs, bigrams, parts and plain form of each text
//   node run.mjs read    < queries.json          each query taken apart
//   node run.mjs search  FOLDER LUNR < queries   the answers of an index, as `gongwen search --json` prints them
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import * as analyze from "../../static/js/search/analyze.js";
import { remembering } from "../../static/js/search/documents.js";
import { read } from "../../static/js/search/plan.js";
import { SearchIndex } from "../../static/js/search/query.js";

const [verb, folder, lunr] = process.argv.slice(2);
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
};

async function answers() {
  const files = remembering(async (name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  const index = await SearchIndex.open(files, async () => createRequire(import.meta.url)(lunr));
  const found = [];
  for (const query of cases) {
    const answer = await index.search(query, 20);
    const cut = (await index.ask(query)).plan.cut;
    found.push({ ...answer, cut });
  }
  return found;
}

console.log(JSON.stringify(verb === "search" ? await answers() : cases.map(say[verb])));
