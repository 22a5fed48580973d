// @ts-check
// The engine: takes questions as messages, says answers as messages, all plain data. It runs in a worker; where none can
// be made, the page runs it itself. The page's end of it is engine.js, its start start.js.

import { readAddress } from "./address.js";
import { answer } from "./answer.js";
import { SearchIndex } from "./query.js";
import { Store } from "./store.js";
import { suggest } from "./suggest.js";

/**
 * @typedef {object} Message to the engine: where the index lies, or what the page fetches of it, or a question
 * @property {string} [open] the address of the folder `search/`; comes first
 * @property {string[]} [expect] names of files that the page fetches while the engine is loaded
 * @property {[name: string, content: ArrayBuffer | null]} [file] one of them, null if it failed
 * @property {string} [ahead] a query that is being typed: what it will need is fetched
 * @property {number} [id] of a question
 * @property {import("./address.js").State | string} [ask] a state of the page, or its address from the question mark on
 * @property {[state: import("./address.js").State, text: string]} [suggest]
 */
/**
 * @typedef {object} Reply what is said of a question: its results, its further rows and its counts, or its suggestions, or what failed
 * @property {number} id @property {"results" | "rest" | "counts" | "suggestions"} part
 * @property {any} [value] @property {string} [failure]
 */

/**
 * @param {(reply: Reply) => void} say
 * @param {import("./store.js").FetchBytes | null} [given] gives the files of the index; fetched if null
 * @returns {(message: Message) => void} what takes messages
 */
export function attend(say, given = null) {
  let root = "";
  /** @type {Map<string, {promise: Promise<ArrayBuffer | null>, resolve: (content: ArrayBuffer | null) => void}>} */
  const expected = new Map();
  /** @type {Promise<SearchIndex> | null} */
  let opened = null;
  const latest = { ask: -1, suggest: -1 };

  /** @param {string} name @returns {Promise<Uint8Array>} */
  const fetchBytes = async (name) => {
    const early = await expected.get(name)?.promise;
    expected.delete(name); // once alone: what is fetched again is to be new
    if (early) return new Uint8Array(early);
    const reply = await fetch(root + name, name === "manifest.json" ? { cache: "no-cache" } : {});
    if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
    return new Uint8Array(await reply.arrayBuffer());
  };

  const open = () => {
    opened ??= SearchIndex.open(new Store(given ?? fetchBytes));
    return opened;
  };

  /** @template T @param {(index: SearchIndex) => Promise<T>} use @returns {Promise<T>} */
  async function withIndex(use) {
    const known = opened;
    try {
      return await use(await open());
    } catch (failure) {
      if (!known) {
        opened = null;
        throw failure;
      }
      // The site may be published anew since: then its files have other names. Without a network, what was read still serves.
      const fresh = SearchIndex.open(new Store(given ?? fetchBytes));
      const value = await use(await fresh);
      opened = fresh;
      return value;
    }
  }

  /** Say a part of an answer, unless a later question voids it. */
  async function part(kind, id, name, make) {
    try {
      const value = await make();
      if (latest[kind] === id) say({ id, part: name, value });
    } catch (failure) {
      if (latest[kind] === id) say({ id, part: name, failure: String(failure) });
    }
  }

  async function reply(id, state) {
    /** @type {any} */
    let made = null;
    await part("ask", id, "results", async () => {
      made = await withIndex((index) => answer(index, state));
      return made.page;
    });
    if (made && latest.ask === id) await part("ask", id, "rest", () => made.rest());
    if (made && latest.ask === id) await part("ask", id, "counts", () => made.counts());
  }

  return ({ open: where, expect = [], file, ahead, id = -1, ask, suggest: started }) => {
    if (where !== undefined) root = where;
    for (const name of expect) expected.set(name, deferred());
    if (file) expected.get(file[0])?.resolve(file[1]);
    if (ahead !== undefined) withIndex((index) => index.ahead(ahead)).catch(() => undefined);
    if (ask !== undefined) {
      latest.ask = id;
      reply(id, typeof ask === "string" ? readAddress(ask) : ask);
    }
    if (started) {
      latest.suggest = id;
      part("suggest", id, "suggestions", () => withIndex((index) => suggest(index, ...started)));
    }
  };
}

/** @returns {{promise: Promise<any>, resolve: (value: any) => void}} */
function deferred() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

const scope = /** @type {any} */ (globalThis);
if (scope.WorkerGlobalScope && scope instanceof scope.WorkerGlobalScope) {
  const take = attend((reply) => scope.postMessage(reply));
  scope.addEventListener("message", ({ data }) => take(data));
} else if (scope.document) {
  scope.gongwenEngine = attend;
}
