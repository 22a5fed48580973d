// @ts-check
// The files of the index, each fetched once and when it is asked for. Twin of search/store.py.

import { folder } from "./analyze.js";

export const FORMAT_VERSION = 2;
const MANIFEST = "manifest.json";
const UTF8 = new TextDecoder();

/** @typedef {[name: string, documents: number, pinyin?: string]} Name */
/**
 * @typedef {object} Catalogue all names, and what is counted over the whole archive
 * @property {Name[]} regions @property {Name[]} topics @property {Name[]} papers
 * @property {[string, number][]} months @property {number[]} unknown documents without region, topic, newspaper
 * @property {number[]} broader of each topic the one above, −1 if none @property {number[]} newest
 */
/**
 * @typedef {object} Manifest
 * @property {number} format @property {string} lunr @property {number} documents
 * @property {[name: string, boost: number, sum: number][]} fields
 * @property {number} longest @property {number} total @property {number} block_size @property {number} size_bits
 * @property {[traditional: string, simplified: string]} folded the part of the table that the archive's own text needs
 * @property {string} catalogue @property {string} spelling @property {string} folding
 * @property {string[]} sizes @property {string[]} rests @property {string[]} facets @property {[first: string, digest: string][]} pages
 */
/** @typedef {(name: string) => Promise<Uint8Array>} FetchBytes gives a file below `search/` as it lies there */

export class Store {
  /** @param {FetchBytes} fetchBytes */
  constructor(fetchBytes) {
    /** @private */
    this.fetchBytes = fetchBytes;
    /** @private @type {Map<string, Promise<any>>} */
    this.known = new Map();
  }

  /** @returns {Promise<Manifest>} RangeError where it is of another format */
  manifest() {
    return this.once(MANIFEST, async () => {
      const manifest = parse(await this.fetchBytes(MANIFEST));
      if (manifest.format !== FORMAT_VERSION) throw new RangeError(`index format ${manifest.format}`);
      return manifest;
    });
  }

  /**
   * A compressed file, as `decode` reads its bytes; the same value each time.
   * @template T @param {string} name @param {(bytes: Uint8Array) => T} decode @returns {Promise<T>}
   */
  read(name, decode) {
    return this.once(name, async () => decode(await inflate(await this.fetchBytes(name))));
  }

  /** @returns {Promise<Catalogue>} */
  async catalogue() {
    return this.read(`catalogue-${(await this.manifest()).catalogue}.bin`, parse);
  }

  /** @returns {Promise<Catalogue>} with how the names of places and newspapers are spelt, the last of each row */
  speltCatalogue() {
    return this.once("spelt catalogue", async () => {
      const { spelling: digest } = await this.manifest();
      const [catalogue, spelling] = await Promise.all([this.catalogue(), this.read(`spelling-${digest}.bin`, parse)]);
      const spelt = (kind) => catalogue[kind].map(([name, documents], place) => [name, documents, spelling[kind][place]]);
      return { ...catalogue, regions: spelt("regions"), papers: spelt("papers") };
    });
  }

  /** @returns {Promise<import("./analyze.js").Fold>} traditional characters to simplified ones */
  async folding() {
    return this.read(`folding-${(await this.manifest()).folding}.bin`, (bytes) => folder(parse(bytes)));
  }

  /** @private A failure is not remembered. @template T @param {string} name @param {() => Promise<T>} load @returns {Promise<T>} */
  once(name, load) {
    let file = this.known.get(name);
    if (!file) {
      file = load();
      file.catch(() => this.known.delete(name));
      this.known.set(name, file);
    }
    return file;
  }
}

/** @param {Uint8Array} bytes @returns {any} JSON */
export const parse = (bytes) => JSON.parse(UTF8.decode(bytes));

/** @param {Uint8Array} bytes gzip @returns {Promise<Uint8Array>} */
async function inflate(bytes) {
  const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
