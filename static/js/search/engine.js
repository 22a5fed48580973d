// @ts-check
// The page's end of the engine: questions go out, answers come in. The other end is worker.js, in a worker that start.js
// began in the page's head; where there is none, the same engine is loaded into the page.

import { readAddress } from "./address.js";

/**
 * @typedef {object} Start what start.js began
 * @property {string} root the address of the site @property {string} asked the address that was asked as question 0
 * @property {import("./worker.js").Reply[]} said what came before anyone listened
 * @property {import("./store.js").FetchBytes} [files] set by offline.js, where nothing can be fetched
 * @property {boolean} failed @property {Worker | null} worker @property {Promise<ArrayBuffer | null>} manifest
 */
/** @typedef {{resolve: (value: any) => void, reject: (failure: Error) => void}} Waiting */

/** Of an answer, in the order in which they come. @type {import("./worker.js").Reply["part"][]} */
const PARTS = ["results", "rest", "counts"];

export class Engine {
  /**
   * @param {Start} start
   * @param {import("./store.js").FetchBytes | null} [files] gives the files of the index where they cannot be fetched
   */
  constructor(start, files = start.files ?? null) {
    /** @private */
    this.start = start;
    /** @private */
    this.files = files;
    /** @private */
    this.last = 0;
    /** @private Whether nothing was asked yet. */
    this.fresh = true;
    /** @private */
    this.loading = false;
    /** @private @type {Map<string, Waiting & {message: import("./worker.js").Message}>} by number and part of the answer */
    this.waiting = new Map();
    /** @private @type {((message: import("./worker.js").Message) => void) | null} */
    this.send = null;
    if (start.worker && !start.failed && !files) this.listen(start.worker);
    else this.bringIn();
  }

  /**
   * Ask for a state of the page. A later question voids an earlier one: its promises then stay open for ever.
   * @param {import("./address.js").State} state
   * @returns {{results: Promise<any>, rest: Promise<any>, counts: Promise<any>}} come in this order; Error if the index cannot be read
   */
  ask(state) {
    const early = this.fresh && this.start.worker && same(state, readAddress(this.start.asked));
    this.fresh = false;
    const id = early ? 0 : (this.last += 1);
    this.forget(PARTS);
    const message = { id, ask: state };
    const [results, rest, counts] = PARTS.map((part) => this.expect(message, part));
    for (const later of [rest, counts]) later.catch(() => undefined); // whoever asks for results alone need not look after them
    if (early) for (const reply of this.start.said.splice(0)) this.hear(reply);
    else this.post(message);
    return { results, rest, counts };
  }

  /**
   * What may be meant by what is being typed. A later question voids an earlier one.
   * @param {import("./address.js").State} state @param {string} text @returns {Promise<any>}
   */
  suggest(state, text) {
    const message = { id: (this.last += 1), suggest: /** @type {[any, string]} */ ([state, text]) };
    this.forget(["suggestions"]);
    const suggestions = this.expect(message, "suggestions");
    this.post(message);
    return suggestions;
  }

  /** Have what a query needs fetched while it is being typed. @param {string} text */
  ahead(text) {
    this.send?.({ ahead: text });
  }

  /** @private @param {import("./worker.js").Message} message */
  post(message) {
    if (this.send) this.send(message);
    else if (!this.loading) this.bringIn();
  }

  /** @private @param {Worker} worker */
  listen(worker) {
    let heard = this.start.said.length > 0;
    this.send = (message) => worker.postMessage(message);
    worker.onmessage = ({ data }) => {
      heard = true;
      this.hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (!heard) this.bringIn();
    };
  }

  /** Load the engine into the page. @private */
  bringIn() {
    this.send = null;
    this.loading = true;
    const script = document.createElement("script");
    script.src = `${this.start.root}assets/js/engine.js`;
    script.onload = async () => {
      const take = /** @type {any} */ (globalThis).gongwenEngine((reply) => this.hear(reply), this.files);
      take({ open: `${this.start.root}search/`, expect: ["manifest.json"], file: ["manifest.json", await this.start.manifest] });
      this.send = take;
      this.loading = false;
      for (const message of new Set(Array.from(this.waiting.values(), ({ message }) => message))) take(message);
    };
    script.onerror = () => {
      this.loading = false;
      for (const { reject } of this.waiting.values()) reject(new Error(script.src));
      this.waiting.clear();
    };
    document.head.append(script);
  }

  /** @private @param {import("./worker.js").Message} message @param {string} part @returns {Promise<any>} */
  expect(message, part) {
    return new Promise((resolve, reject) => this.waiting.set(`${message.id} ${part}`, { resolve, reject, message }));
  }

  /** @private @param {string[]} parts */
  forget(parts) {
    for (const key of this.waiting.keys()) if (parts.includes(key.split(" ")[1])) this.waiting.delete(key);
  }

  /** @private @param {import("./worker.js").Reply} reply */
  hear({ id, part, value, failure }) {
    const waiting = this.waiting.get(`${id} ${part}`);
    if (!waiting) return;
    this.waiting.delete(`${id} ${part}`);
    if (failure === undefined) return waiting.resolve(value);
    waiting.reject(new Error(failure));
    const place = PARTS.indexOf(part);
    if (place >= 0) for (const later of PARTS.slice(place + 1)) this.hear({ id, part: later, failure });
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
