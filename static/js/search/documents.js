// @ts-check
// What results show and are narrowed by: rows of facets, blocks of headings, articles' texts, each fetched on need.

import { plain } from "./analyze.js";

export class Documents {
  /** @param {any} manifest @param {(name: string) => Promise<any>} read */
  constructor(manifest, read) {
    this.manifest = manifest;
    this.read = read;
  }

  /** @returns {Promise<any>} names with addresses, and a row a document */
  facets() {
    return this.read(this.manifest.facets);
  }

  /** @returns {Promise<number[]>} all document numbers, ascending */
  async numbers() {
    return (await this.facets()).documents.map(([number]) => number);
  }

  /** @param {number} number @returns {Promise<any>} what a result shows of a document */
  async row(number) {
    const block = await this.read(this.manifest.blocks[Math.floor(number / this.manifest.block_size)]);
    return block.find((row) => row.number === number);
  }

  /** @param {number} number @returns {Promise<{paragraphs: string[], captions: string[]}>} */
  async text(number) {
    return this.read((await this.row(number)).text);
  }

  /** @type {import("./rank.js").HoldsPhrases} */
  holds = async (number, phrases) => {
    const [row, text] = await Promise.all([this.row(number), this.text(number)]);
    const headings = [row.title, row.standing_head, row.kicker, row.deck].filter(Boolean);
    const printed = [...headings, ...(row.byline ?? []), ...text.paragraphs, ...text.captions];
    const haystack = printed.map(plain).join("\n");
    return phrases.every((phrase) => haystack.includes(phrase));
  };
}

/**
 * A reader of JSON files that fetches each once; a failure is not remembered.
 * @param {(name: string) => Promise<any>} fetchJson
 */
export function remembering(fetchJson) {
  /** @type {Map<string, Promise<any>>} */
  const known = new Map();
  return (/** @type {string} */ name) => {
    let file = known.get(name);
    if (!file) {
      file = fetchJson(name);
      file.catch(() => known.delete(name));
      known.set(name, file);
    }
    return file;
  };
}
