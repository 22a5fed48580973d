// @ts-check
// A query to ranked documents, from the files of the index. Twin of search/query.py.

import { Documents } from "./documents.js";
import { plan, read } from "./plan.js";
import { Postings } from "./postings.js";
import { rank } from "./rank.js";

const FORMAT_VERSION = 1;

/** @typedef {{reading: import("./plan.js").Reading, plan: import("./plan.js").Plan, ranked: import("./rank.js").Ranked[]}} Answer */

export class SearchIndex {
  /**
   * @param {(name: string) => Promise<any>} readFile gives a file of the index by name, parsed
   * @param {() => Promise<any>} lunr gives Lunr 2.3.9
   */
  static async open(readFile, lunr) {
    const manifest = await readFile("manifest.json");
    if (manifest.format !== FORMAT_VERSION) throw new RangeError(`index format ${manifest.format}`);
    return new SearchIndex(manifest, readFile, lunr);
  }

  /** @private */
  constructor(manifest, readFile, lunr) {
    this.postings = new Postings(manifest, readFile, lunr);
    this.documents = new Documents(manifest, readFile);
  }

  /** @param {string} words @param {boolean} [loose] @returns {Promise<Answer>} all documents, best first */
  async ask(words, loose = false) {
    const reading = read(words);
    await this.postings.prepare(reading);
    const asked = plan(reading, this.postings);
    if (!reading.pieces.length && !reading.blank) return { reading, plan: asked, ranked: [] };
    const everything = await this.documents.numbers();
    const ranked = await rank(asked, this.postings, everything, this.documents.holds, loose);
    return { reading, plan: asked, ranked };
  }

  /** @param {string} words @param {number} limit as `gongwen search --json` prints it */
  async search(words, limit) {
    const { ranked } = await this.ask(words);
    const results = await Promise.all(
      ranked.slice(0, limit).map(async ({ number, score }) => {
        const { id, title, url } = await this.documents.row(number);
        return { id, score, title, url };
      }),
    );
    return { query: words, total: ranked.length, results };
  }
}
