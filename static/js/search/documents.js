// @ts-check
// The texts of articles, each fetched on need: what a result shows, and where a phrase is looked for.

import { folder } from "./analyze.js";

const GBK = new TextDecoder("gbk");

/**
 * @typedef {object} Text what is shown of an article whose page is `a/<id>/`
 * @property {string} id @property {string} title @property {number} characters
 * @property {number} length of its body, in terms
 * @property {string[]} paragraphs @property {string[]} captions
 * @property {boolean} [supplied] @property {string} [standing_head] @property {string} [kicker] @property {string} [deck]
 * @property {string[]} [byline] @property {string} [date] @property {boolean} [inferred] @property {string} [paper]
 * @property {string[]} [regions]
 */

export class Documents {
  /** @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, manifest) {
    /** @private */
    this.store = store;
    /** What it takes to fold any text of the archive. */
    this.fold = folder(manifest.folded);
  }

  /** @param {number} number @returns {Promise<Text>} */
  text(number) {
    return this.store.read(`text/${number}.bin`, (bytes) => JSON.parse(GBK.decode(bytes)));
  }
}
