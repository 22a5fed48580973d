// What the engine fetches: sessions of queries, asked one after another of the index in a folder, each session by a reader
// who has nothing yet. In: [[query, …], …] as JSON. Out: of each query the bytes of what it fetched, by kind, how many
// files, and in how many rounds; the manifest as a server compresses it.
//
//     node tests/bench/search_bytes.mjs FOLDER < sessions.json
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { attend } from "../../static/js/search/worker.js";

const folder = process.argv[2];

/** @returns {(query: string) => Promise<object>} what asks one reader's queries */
function reader() {
  let fetched = {};
  let finished = () => undefined;
  let waiting = 0;
  const take = attend(
    (reply) => {
      if (reply.part === "results" && !reply.failure) {
        fetched.total = reply.value.total;
        fetched.ids = reply.value.rows.map(({ id }) => id);
        fetched.notes = reply.value.reading.notes.map(({ code }) => code);
      }
      if (reply.failure) fetched.failure = reply.failure;
      if (reply.part === "counts" || reply.failure) finished();
    },
    async (name) => {
      const bytes = readFileSync(join(folder, name));
      const kind = name.split(/[-./]/)[0];
      fetched.bytes[kind] = (fetched.bytes[kind] ?? 0) + (kind === "manifest" ? gzipSync(bytes).length : bytes.length);
      fetched.files += 1;
      if (waiting === 0) fetched.rounds += 1;
      waiting += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
      waiting -= 1;
      return new Uint8Array(bytes);
    },
  );
  take({ open: "" });
  let id = 0;
  return async (query) => {
    fetched = { query, bytes: {}, files: 0, rounds: 0 };
    await new Promise((resolve) => {
      finished = resolve;
      take({ id: (id += 1), ask: `?q=${encodeURIComponent(query)}` });
    });
    return fetched;
  };
}

const found = [];
for (const session of JSON.parse(readFileSync(0, "utf8"))) {
  const ask = reader();
  const answers = [];
  for (const query of session) answers.push(await ask(query));
  found.push(answers);
}
console.log(JSON.stringify(found));
