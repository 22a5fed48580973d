// @ts-check
// What is told of documents by number, in blocks fetched on need. Twin of search/columns.py; docs/search-format.md, section 2.

import { Bytes } from "./bytes.js";

/**
 * @typedef {object} Facts what results are narrowed and counted by
 * @property {number} date (year · 13 + month) · 32 + day, unknown parts 0
 * @property {number | null} paper a position in the catalogue
 * @property {number[]} regions positions in the catalogue
 * @property {number[]} topics positions in the catalogue
 */

/** @param {Uint8Array} bytes @param {number} size numbers in the block @returns {(Facts | null)[]} null for a number without a document */
export function readFacets(bytes, size) {
  const reader = new Bytes(bytes);
  const present = Array.from(reader.take(size));
  const column = (read) => present.map((there) => (there ? read() : 0));
  let date = 0;
  const dates = column(() => (date += reader.zigzag()));
  const papers = column(() => reader.varint());
  const regionCounts = column(() => reader.varint());
  const topicCounts = column(() => reader.varint());
  const lists = (counts) => counts.map((count) => Array.from({ length: count }, () => reader.varint()));
  const regions = lists(regionCounts);
  const topics = lists(topicCounts);
  return present.map((there, place) =>
    there
      ? { date: dates[place], paper: papers[place] ? papers[place] - 1 : null, regions: regions[place], topics: topics[place] }
      : null,
  );
}

/** @param {Uint8Array} bytes the lowest bytes of all values, then those above @param {number} size numbers in the block @returns {Uint32Array} */
export function readPlanes(bytes, size) {
  if (!bytes.length || bytes.length % size) throw new RangeError("a block is cut off");
  const values = new Uint32Array(size);
  for (let at = bytes.length - 1; at >= 0; at -= 1) values[at % size] = values[at % size] * 256 + bytes[at];
  return values;
}

/** @param {number} size @param {number} bits how many of a length's highest binary digits it keeps @returns {number} the least length of that size */
export function leastOf(size, bits) {
  const dropped = Math.max(0, (size >>> (bits - 1)) - 1);
  return (size - (dropped << (bits - 1))) << dropped;
}

/** @template Block */
class Blocks {
  /**
   * @param {import("./store.js").Store} store @param {string} folder
   * @param {string[]} digests by block, "" for one without documents
   * @param {number} size numbers in a block @param {(bytes: Uint8Array) => Block} decode
   */
  constructor(store, folder, digests, size, decode) {
    this.size = size;
    this.digests = digests;
    /** @type {(Block | undefined)[]} by place */
    this.loaded = [];
    this.load = async (/** @type {number} */ place) => {
      this.loaded[place] = await store.read(`${folder}/${digests[place]}.bin`, decode);
    };
  }

  /** @returns {Promise<void>} */
  async prepareAll() {
    const missing = Array.from(this.digests.keys()).filter((place) => this.digests[place] && !this.loaded[place]);
    await Promise.all(missing.map(this.load));
  }

  /** @param {number} number of a document, prepared @returns {Block} */
  of(number) {
    const block = this.loaded[Math.floor(number / this.size)];
    if (!block) throw new RangeError(`document ${number} is not prepared`);
    return block;
  }
}

/** How long bodies are, in terms: within bounds, by their sizes; whole, by their texts or by what sizes leave out. */
export class Bodies {
  /** @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, { sizes, rests, block_size: size, size_bits: bits }) {
    const blocks = (folder, digests) => new Blocks(store, folder, digests, size, (bytes) => readPlanes(bytes, size));
    /** @private @type {Blocks<Uint32Array>} */
    this.sizes = blocks("sizes", sizes);
    /** @private @type {Blocks<Uint32Array>} */
    this.rests = blocks("rests", rests);
    /** @private */
    this.bits = bits;
    /** @private @type {Map<number, number>} */
    this.told = new Map();
    /** Whether sizes are one file, which is here soon. */
    this.atHand = sizes.length <= 1;
    /** Whether all lengths can be had whole. */
    this.hasRests = rests.length > 0;
  }

  /** Fetch the sizes of all documents. @returns {Promise<void>} */
  prepare() {
    return this.sizes.prepareAll();
  }

  /** Fetch what sizes leave out, too. @returns {Promise<void>} */
  async prepareWhole() {
    await Promise.all([this.sizes.prepareAll(), this.rests.prepareAll()]);
  }

  /** @param {number} number of a document @param {number} length of its body */
  take(number, length) {
    this.told.set(number, length);
  }

  /** @param {number} number of a document, taken in or prepared whole @returns {number} */
  length = (number) => this.told.get(number) ?? this.least(number) + this.rests.of(number)[number % this.rests.size];

  /** @param {number} number of a document, prepared @returns {number} at least so long, by its size */
  least = (number) => leastOf(this.sizes.of(number)[number % this.sizes.size], this.bits);

  /** @param {number} number of a document, prepared @returns {number} at most so long, by its size */
  most = (number) => leastOf(this.sizes.of(number)[number % this.sizes.size] + 1, this.bits) - 1;
}

export class Facets {
  /** @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, manifest) {
    const { facets, block_size: size } = manifest;
    /** @private */
    this.blocks = new Blocks(store, "facets", facets, size, (bytes) => readFacets(bytes, size));
  }

  /** Make the facts of all documents known: later answers will have documents anywhere. @returns {Promise<void>} */
  prepare() {
    return this.blocks.prepareAll();
  }

  /** @param {number} number of a document, prepared @returns {Facts} */
  of(number) {
    const facts = this.blocks.of(number)[number % this.blocks.size];
    if (!facts) throw new RangeError(`there is no document ${number}`);
    return facts;
  }

  /** @returns {Promise<Int32Array>} the numbers of all documents, ascending */
  async allNumbers() {
    await this.blocks.prepareAll();
    /** @type {number[]} */
    const numbers = [];
    for (const place of this.blocks.digests.keys()) {
      const start = place * this.blocks.size;
      this.blocks.loaded[place]?.forEach((facts, at) => facts && numbers.push(start + at));
    }
    return Int32Array.from(numbers);
  }
}
