// @ts-check
// Where postings come from: the whole Lunr index, fetched at the first query. Twin of search/postings.py.
// Plan and ranking ask only these questions, so that an index laid out otherwise can answer them.

/** The field of names that the record gives, which need not stand in the printed text. */
const LABELS = "facet";

export class Postings {
  /**
   * @param {any} manifest
   * @param {(name: string) => Promise<any>} read gives a file of the index, parsed
   * @param {() => Promise<any>} lunr gives Lunr 2.3.9
   */
  constructor(manifest, read, lunr) {
    this.longest = manifest.longest;
    this.total = manifest.total;
    /** @type {Map<string, number>} */
    this.weights = new Map();
    /** @type {Promise<void> | null} */
    this.ready = null;
    this.load = async () => {
      const [file, library] = await Promise.all([read(manifest.index), lunr()]);
      this.terms = file.lunr.invertedIndex.map(([term]) => term);
      this.weights = new Map(this.terms.map((term, place) => [term, file.words[place]]));
      this.index = library.Index.load(file.lunr);
    };
  }

  /** Make the postings of a query answerable. @param {import("./plan.js").Reading} reading */
  async prepare(reading) {
    if (!reading.pieces.length) return;
    this.ready ??= this.load();
    try {
      await this.ready;
    } catch (failure) {
      this.ready = null; // the next query tries again
      throw failure;
    }
  }

  /** @param {string} term */
  has(term) {
    return this.weights.has(term);
  }

  /** @param {string} word @returns {number} its weight as jieba cut the archive, 0 if it never did */
  weight(word) {
    return this.weights.get(word) ?? 0;
  }

  /** @param {string} prefix @returns {string[]} the terms that start with it, in UTF-16 order */
  startingWith(prefix) {
    let low = 0;
    let high = this.terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.terms[middle] < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.terms.length && this.terms[end].startsWith(prefix)) end += 1;
    return this.terms.slice(low, end);
  }

  /** @param {string} term @param {boolean} printed leaves out the labels @returns {Set<number>} document numbers */
  documents(term, printed = false) {
    if (!this.has(term)) return new Set();
    const posting = this.index.invertedIndex[term];
    const fields = this.index.fields.filter((field) => !(printed && field === LABELS));
    return new Set(fields.flatMap((field) => Object.keys(posting[field]).map(Number)));
  }

  /** @param {string[]} terms all of which the index holds @returns {Map<number, number>} Lunr's score of each document */
  score(terms) {
    if (!terms.length) return new Map();
    const found = this.index.query((query) => {
      for (const term of terms) query.term(term, { usePipeline: false });
    });
    return new Map(found.map((match) => [Number(match.ref), match.score]));
  }
}
