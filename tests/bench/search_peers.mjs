// What search engines of static sites find and cost, each over the same articles. Started by search_peers.py, in a folder in
// which Pagefind and MiniSearch are installed.
//
//     node search_peers.mjs minisearch ARTICLES.jsonl < queries.json      ids of the best ten of each query
//     node search_peers.mjs pagefind BUNDLE < queries.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const LOOKED_AT = 10;
const require = createRequire(join(process.cwd(), "here.js"));
const [kind, source] = process.argv.slice(2);

/** MiniSearch as it is set up for Chinese: words by the platform's own segmenter, all of them wanted. */
function miniSearch(rows) {
  const MiniSearch = require("minisearch");
  const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });
  const tokenize = (text) =>
    Array.from(segmenter.segment(text.normalize("NFKC").toLowerCase()))
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment }) => segment);
  const options = { fields: ["title", "body"], tokenize, searchOptions: { boost: { title: 4 }, combineWith: "AND" } };
  const index = new MiniSearch(options);
  index.addAll(rows);
  return (query) => index.search(query).slice(0, LOOKED_AT).map(({ id }) => id);
}

/** Pagefind's own script, its files read from the disk. */
async function pagefind() {
  globalThis.window = globalThis;
  globalThis.document = { querySelector: () => ({ getAttribute: () => "zh-cn" }), currentScript: null };
  globalThis.location = new URL("http://localhost/");
  globalThis.fetch = async (address) => {
    // Where its own module lies is where it takes its files from.
    const bytes = readFileSync(decodeURIComponent(new URL(address, "http://localhost/").pathname));
    return new Response(bytes, { headers: { "content-type": /wasm/.test(address) ? "application/wasm" : "application/octet-stream" } });
  };
  const engine = await import(pathToFileURL(join(source, "pagefind.js")));
  await engine.options({ baseUrl: "/" });
  await engine.init();
  return async (query) => {
    const { results } = await engine.search(query);
    const pages = await Promise.all(results.slice(0, LOOKED_AT).map((result) => result.data()));
    return pages.map(({ raw_url, url }) => /([^/]+)\.html/.exec(raw_url ?? url)[1]);
  };
}

const rows = () => readFileSync(source, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const ask = kind === "minisearch" ? miniSearch(rows()) : await pagefind();
const found = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) found.push(await ask(query));
console.log(JSON.stringify(found));
