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

/** @param {Uint8Array} bytes @param {number} fields how many @param {number} size numbers in the block @returns {Uint32Array[]} by field */
export function readLengths(bytes, fields, size) {
  const reader = new Bytes(bytes);
  return Array.from({ length: fields }, () => Uint32Array.from({ length: size }, () => reader.varint()));
}

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

/** @param {Uint8Array} bytes a byte a number @returns {Float64Array} about how long each one's body is */
export function readSizes(bytes) {
  return Float64Array.from(bytes, (digits) => (digits ? 0.75 * 2 ** digits : 0));
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
    /** @type {Map<number, Block>} */
    this.loaded = new Map();
    this.load = async (/** @type {number} */ place) => {
      this.loaded.set(place, await store.read(`${folder}/${digests[place]}.bin`, decode));
    };
  }

  /** @param {Iterable<number>} numbers of documents @returns {Promise<void>} */
  async prepare(numbers) {
    const places = new Set();
    for (const number of numbers) places.add(Math.floor(number / this.size));
    await this.prepareBlocks(places);
  }

  /** @returns {Promise<void>} */
  prepareAll() {
    return this.prepareBlocks(this.digests.keys());
  }

  /** @private @param {Iterable<number>} places */
  async prepareBlocks(places) {
    const missing = Array.from(places).filter((place) => this.digests[place] && !this.loaded.has(place));
    await Promise.all(missing.map(this.load));
  }

  /** @param {number} number of a document, prepared @returns {Block} */
  of(number) {
    const block = this.loaded.get(Math.floor(number / this.size));
    if (!block) throw new RangeError(`document ${number} is not prepared`);
    return block;
  }
}

/** How long the fields of documents are, in terms; also of single documents that their texts tell of. @extends {Blocks<Uint32Array[]>} */
export class Lengths extends Blocks {
  /** @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, manifest) {
    const { lengths, block_size: size, fields } = manifest;
    super(store, "lengths", lengths, size, (bytes) => readLengths(bytes, fields.length, size));
    /** @private @type {Map<number, ArrayLike<number>>} */
    this.told = new Map();
  }

  /** @param {number} number of a document @param {ArrayLike<number>} lengths */
  take(number, lengths) {
    this.told.set(number, lengths);
  }

  /** @param {number} number of a document, prepared or taken in @param {number} field @returns {number} */
  length(number, field) {
    return this.told.get(number)?.[field] ?? this.of(number)[field][number % this.size];
  }
}

/** About how long documents are: the body to a third, other fields as they are on average. @extends {Blocks<Float64Array>} */
export class Sizes extends Blocks {
  /** @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, { sizes, stretch_size: size, fields, documents }) {
    super(store, "sizes", sizes, size, readSizes);
    /** @private */
    this.body = fields.findIndex(([name]) => name === "body");
    /** @private */
    this.averages = fields.map(([, , sum]) => sum / Math.max(documents, 1));
  }

  /** @param {number} number of a document, prepared @param {number} field @returns {number} */
  length(number, field) {
    return field === this.body ? this.of(number)[number % this.size] : this.averages[field];
  }
}

export class Facets {
  /** @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, manifest) {
    const { facets, stretch_size: size } = manifest;
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
      this.blocks.loaded.get(place)?.forEach((facts, at) => facts && numbers.push(start + at));
    }
    return Int32Array.from(numbers);
  }
}
