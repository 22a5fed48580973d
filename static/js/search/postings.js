// @ts-check
// What the index says of terms, fetched on need. Twin of search/postings.py; docs/search-format.md, sections 2 and 3.
// Plan and ranking ask only these questions, so that an index laid out otherwise can answer them.

import { Bodies, Facets } from "./columns.js";
import { assemble, weightOf } from "./lunr-part.js";
import { readPage, readPostings, readShard } from "./shards.js";

/** How many shards a prefix may stand for. */
const MOST_SHARDS = 8;
/** How many shards a page has at least, if another follows it. */
const LEAST_IN_A_PAGE = 32;
// After every term that starts with a prefix: U+FFFF is no character.
const AFTER = "\uffff";

/** @typedef {[term: string, fields: number]} Clause a term and the fields asked, a bit each in the manifest's order */
/** @typedef {import("./shards.js").Holders} Holders */

export class Postings {
  /** @param {import("./store.js").Store} store @returns {Promise<Postings>} */
  static async open(store) {
    return new Postings(store, await store.manifest());
  }

  /** @private @param {import("./store.js").Store} store @param {import("./store.js").Manifest} manifest */
  constructor(store, manifest) {
    this.store = store;
    this.manifest = manifest;
    this.longest = manifest.longest;
    this.total = manifest.total;
    this.documentsCount = manifest.documents;
    this.bodies = new Bodies(store, manifest);
    /** @private The bit of the field whose length no posting tells. */
    this.body = this.maskOf(["body"]);
    this.facets = new Facets(store, manifest);
    /** @private @type {import("./shards.js").Stretch[]} */
    this.pages = manifest.pages.map(([first, digest]) => ({ first, digest }));
    /** @private @type {Map<string, import("./shards.js").Stretch[]>} the shards of each page, by its digest */
    this.directory = new Map();
    /** @private @type {Map<string, import("./shards.js").Entry>} */
    this.entries = new Map();
    /** @private @type {Map<string, [terms: string[], complete: boolean]>} */
    this.prefixes = new Map();
    /** @private @type {Map<string, Holders>} */
    this.holders = new Map();
  }

  /**
   * Make terms, and all terms that start with the prefixes, answerable.
   * @param {Iterable<string>} terms @param {Iterable<string>} [prefixes]
   * @param {number} [most] how many shards a prefix may stand for
   */
  async prepare(terms, prefixes = [], most = MOST_SHARDS) {
    const started = Array.from(prefixes).filter((prefix) => !this.startingWith(prefix)[1]);
    const wanted = Array.from(terms).filter((term) => !this.entries.has(term)).concat(started);
    const few = started.filter((prefix) => (this.pagesOf(prefix, AFTER).length - 2) * LEAST_IN_A_PAGE <= most);
    await this.openPages([...wanted.flatMap((term) => this.pagesOf(term)), ...few.flatMap((term) => this.pagesOf(term, AFTER))]);
    const ranges = new Map(few.map((prefix) => [prefix, this.shardsOf(prefix, AFTER)]));
    for (const [prefix, range] of ranges) if (range.length > most) ranges.delete(prefix);
    const shards = await this.openShards([...wanted.flatMap((term) => this.shardsOf(term)), ...Array.from(ranges.values()).flat()]);
    for (const prefix of started) {
      const range = ranges.get(prefix);
      const found = range?.flatMap((digest) => Array.from(shards.get(digest)?.keys() ?? []));
      const terms = found?.filter((term) => term.startsWith(prefix)) ?? [prefix].filter((term) => this.has(term));
      this.prefixes.set(prefix, [terms, range !== undefined]);
    }
  }

  /** @param {string} term prepared */
  has(term) {
    return this.entries.has(term);
  }

  /** @param {string} word prepared @returns {number} its weight as jieba cut the archive, 0 if it never did */
  weight(word) {
    return this.entries.get(word)?.weight ?? 0;
  }

  /**
   * @param {string} prefix prepared
   * @returns {[terms: string[], complete: boolean]} ascending; where there are too many, the prefix itself if it is a term
   */
  startingWith(prefix) {
    return this.prefixes.get(prefix) ?? [[], false];
  }

  /** @param {string} term prepared @param {number} [fields] a mask @returns {Int32Array} document numbers, ascending */
  documents(term, fields = -1) {
    const { numbers, masks } = this.holding(term);
    const every = (1 << this.manifest.fields.length) - 1;
    return (fields & every) === every ? numbers : numbers.filter((_, place) => masks[place] & fields);
  }

  /** @param {string[]} names of fields @returns {number} their mask */
  maskOf(names) {
    return this.manifest.fields.reduce((mask, [name], place) => (names.includes(name) ? mask | (1 << place) : mask), 0);
  }

  /** @returns {Promise<Int32Array>} the numbers of all documents, ascending */
  allNumbers() {
    return this.facets.allNumbers();
  }

  /**
   * Lunr's own scores, to the last bit, without an index put together for them.
   * @param {Clause[]} clauses prepared; ascending by term, each term once
   * @param {ArrayLike<number>} numbers ascending, the lengths of their bodies known
   * @param {(number: number) => number} [length] says otherwise how long they are: the longer, the less the score
   * @returns {Float64Array} aligned with `numbers`
   */
  scores(clauses, numbers, length = this.bodies.length) {
    const fields = this.manifest.fields.length;
    const sums = new Float64Array(numbers.length * fields);
    const order = new Uint8Array(numbers.length * fields);
    const orders = new Uint8Array(numbers.length);
    const seen = new Uint8Array(numbers.length);
    const asked = clauses.filter(([term]) => this.has(term));
    for (const [term, mask] of asked) {
      const { numbers: held, masks, counts, lengths } = this.holding(term);
      const weight = weightOf(this.manifest, counts.length);
      let place = 0;
      let count = 0;
      for (let at = 0; at < held.length && place < numbers.length; at += 1) {
        const number = held[at];
        while (numbers[place] < number) place += 1;
        const met = numbers[place] === number ? mask & masks[at] : 0;
        for (let rest = masks[at]; rest; rest &= rest - 1, count += 1) {
          const bit = rest & -rest;
          if (!(bit & met)) continue;
          const field = 31 - Math.clz32(bit);
          if (!(seen[place] & bit)) {
            seen[place] |= bit;
            order[place * fields + orders[place]++] = field;
          }
          sums[place * fields + field] += weight(field, counts[count], bit === this.body ? length(number) : lengths[count]);
        }
      }
    }
    const magnitudes = Array.from({ length: fields }, (_, field) =>
      Math.sqrt(asked.filter(([, mask]) => mask & (1 << field)).length),
    );
    const scores = new Float64Array(numbers.length);
    for (let place = 0; place < numbers.length; place += 1) {
      for (let at = 0; at < orders[place]; at += 1) {
        const field = order[place * fields + at];
        scores[place] += sums[place * fields + field] / magnitudes[field];
      }
    }
    return scores;
  }

  /**
   * The same from a Lunr index of these terms and documents, put together and asked.
   * @param {Clause[]} clauses as of `scores` @param {ArrayLike<number>} numbers @returns {Map<number, number>} score by number
   */
  lunrScores(clauses, numbers) {
    const asked = clauses.filter(([term]) => this.has(term));
    const names = this.manifest.fields.map(([name]) => name);
    const index = assemble(this, asked.map(([term]) => term), numbers);
    const found = index.query((query) => {
      for (const [term, mask] of asked) {
        query.term(term, { fields: names.filter((_, field) => mask & (1 << field)), usePipeline: false });
      }
    });
    return new Map(found.map(({ ref, score }) => [Number(ref), score]));
  }

  /**
   * Give a term's weights in documents, as Lunr's vectors hold them; by document, then by field.
   * @param {string} term prepared @param {number} mask of fields @param {ArrayLike<number>} numbers ascending, the lengths of their bodies known
   * @param {(place: number, field: number, weight: number) => void} give `place` is that of the document in `numbers`
   */
  weigh(term, mask, numbers, give) {
    const { numbers: held, masks, counts, lengths } = this.holding(term);
    const weight = weightOf(this.manifest, counts.length);
    let place = 0;
    let count = 0;
    for (let at = 0; at < held.length; at += 1) {
      while (place < numbers.length && numbers[place] < held[at]) place += 1;
      if (place === numbers.length) return;
      const asked = numbers[place] === held[at] ? mask & masks[at] : 0;
      for (let rest = masks[at]; rest; rest &= rest - 1, count += 1) {
        const bit = rest & -rest;
        if (!(bit & asked)) continue;
        const field = 31 - Math.clz32(bit);
        const length = bit === this.body ? this.bodies.length(held[at]) : lengths[count];
        give(place, field, weight(field, counts[count], length));
      }
    }
  }

  /** @private @param {string} term @returns {Holders} */
  holding(term) {
    let holders = this.holders.get(term);
    if (!holders) {
      holders = readPostings(this.entries.get(term)?.postings ?? new Uint8Array());
      this.holders.set(term, holders);
    }
    return holders;
  }

  /** @private @returns {import("./shards.js").Stretch[]} the pages that may hold a term, or all terms up to one with `after` */
  pagesOf(term, after = "") {
    return between(this.pages, term, after);
  }

  /** @private @returns {string[]} the digests of the shards that may hold a term, or all terms up to one with `after` */
  shardsOf(term, after = "") {
    const shards = this.pagesOf(term, after).flatMap(({ digest }) => this.directory.get(digest) ?? []);
    return between(shards, term, after).map(({ digest }) => digest);
  }

  /** @private @param {import("./shards.js").Stretch[]} pages */
  async openPages(pages) {
    const missing = new Set(pages.map(({ digest }) => digest).filter((digest) => !this.directory.has(digest)));
    await Promise.all(
      Array.from(missing, async (digest) => {
        this.directory.set(digest, await this.store.read(`pages/${digest}.bin`, readPage));
      }),
    );
  }

  /** @private @param {string[]} digests @returns {Promise<Map<string, Map<string, import("./shards.js").Entry>>>} */
  async openShards(digests) {
    const open = async (digest) => [digest, await this.store.read(`shards/${digest}.bin`, readShard)];
    const shards = new Map(await Promise.all(Array.from(new Set(digests), open)));
    for (const shard of shards.values()) for (const [term, entry] of shard) this.entries.set(term, entry);
    return shards;
  }
}

/** @returns {import("./shards.js").Stretch[]} those in which a term lies, or all terms up to one with `after` */
const between = (stretches, term, after) =>
  stretches.slice(placeOf(stretches, term), placeOf(stretches, term + after) + 1);

/** @returns {number} the last that begins at or before a term; the first if none does */
function placeOf(stretches, term) {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stretches[middle].first <= term) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
