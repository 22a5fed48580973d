// @ts-check
// A query to an answer, from the files of the index. Twin of search/query.py.

import { plain, unfolded } from "./analyze.js";
import { Documents } from "./documents.js";
import { Tree, catalogueTallies, choices, dateTest, nameTest, stateTests, tally } from "./filters.js";
import { Names } from "./names.js";
import { asks, isLong, isPasted, needs, plan, shortened, unknown, withoutLongRefusals } from "./plan.js";
import { Postings } from "./postings.js";
import { ANY, EXACT, FIRST_SHOWN, PAGE_SIZE, byPlace, fewFor, find, inOrder, known, missesMarked, quoting } from "./rank.js";
import { note, read } from "./reading.js";

const MOST_NAMES = 6;
const MOST_KEPT = 16;
const PINYIN = /^[a-z]{2,}$/;

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./reading.js").Reading} Reading */
/** @typedef {import("./rank.js").Ranked} Ranked */
/** @typedef {import("./filters.js").Test} Test */
/**
 * @typedef {object} Asked a query asked of the index, before any filter
 * @property {Reading} reading
 * @property {import("./plan.js").Plan} plan
 * @property {string[][]} names in the catalogue, of each filter
 * @property {Test[]} tests
 * @property {Uint8Array | null} tiers by number; null where every article is asked for
 * @property {number} total how many have a tier
 */
/** @typedef {import("./rank.js").Ordered & {total: number, refuted: Set<number>}} Order all documents of an answer; `refuted` are those ruled out by their texts */
/** @typedef {{ranked: Ranked[], complete: boolean, rest: () => Promise<Ranked[]>}} Page the documents of a page, or its first, and then the rest */
/**
 * @typedef {object} Found one page of an answer
 * @property {{blank: boolean, pieces: (import("./reading.js").Piece & {words: string[]})[], filters: (import("./reading.js").Filter & {names: string[], from: string, to: string})[], notes: import("./reading.js").Note[]}} reading
 * @property {number} total after all filters
 * @property {boolean} partial no document has all words, so `total` counts those with some
 * @property {Ranked[]} ranked of the page, or its first ten, if these are certain before its other texts are there
 * @property {boolean} complete whether these are all of the page @property {() => Promise<Ranked[]>} rest its others
 * @property {number} page at most `pages` @property {number} pages
 * @property {() => Promise<import("./filters.js").Counts>} counts over the whole answer
 */

export class SearchIndex {
  /** @param {import("./store.js").Store} store */
  static async open(store) {
    const postings = await Postings.open(store);
    // Whatever is asked, its order will need these, and they are one file.
    if (postings.manifest.sizes.length === 1) ahead(postings.bodies.prepare());
    return new SearchIndex(store, postings);
  }

  /** @private @param {import("./store.js").Store} store @param {Postings} postings */
  constructor(store, postings) {
    this.store = store;
    this.postings = postings;
    this.documents = new Documents(store, postings.manifest);
    const every = (1 << postings.manifest.fields.length) - 1;
    /** @private */
    this.masks = {
      "": every,
      printed: every & ~postings.maskOf(["facet"]),
      title: postings.maskOf(["title", "deck"]),
      author: postings.maskOf(["byline"]),
    };
    /** @private One more than the last document number. */
    this.size = postings.manifest.sizes.length * postings.manifest.block_size;
    /** @private @type {Map<string, Promise<any>>} */
    this.kept = new Map();
  }

  /** @param {State} state @returns {Promise<Found>} the page of the answer that it asks for */
  async ask(state) {
    if (isFiltered(state) || !state.q) ahead(this.catalogue());
    const asked = await this.put(state);
    const { reading, names } = asked;
    const front = !asked.tiers && !asked.tests.length && isFront(state);
    const order = front ? null : await this.ranked(asked, state);
    const total = order ? order.total : this.postings.documentsCount;
    const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
    const page = Math.max(1, Math.min(state.page, pages));
    return {
      reading: {
        ...reading,
        pieces: reading.pieces.map((piece, place) => ({ ...piece, words: asked.plan.cut[place] })),
        filters: reading.filters.map((each, place) => ({ ...each, names: names[place], from: each.first, to: each.last })),
      },
      total,
      partial: state.match !== "any" && total > 0 && isPartial(asked),
      ...(order ? await this.page(order, asked, state, page) : await this.newest()),
      page,
      pages,
      counts: () => this.counts(state),
    };
  }

  /** @param {string} words @param {number} limit as `gongwen search --json` prints it */
  async search(words, limit) {
    const state = { q: words, region: "", topic: "", paper: "", from: "", to: "", sort: "", match: "", literal: "", page: 1 };
    const asked = await this.put(state);
    const order = await this.ranked(asked, limit > PAGE_SIZE ? { ...state, page: 2 } : state);
    const { total } = order;
    const shown = [];
    for (let page = 1; shown.length < Math.min(limit, total); page += 1) {
      const { ranked, rest } = await this.page(order, asked, state, page);
      shown.push(...ranked, ...(await rest()));
    }
    const results = await Promise.all(
      shown.slice(0, limit).map(async ({ number, score }) => {
        const { id, title } = await this.documents.text(number);
        return { id, score, title, url: `a/${id}/` };
      }),
    );
    return { query: words, total, results };
  }

  /** @param {State} state @returns {Promise<import("./filters.js").Counts>} what each filter offers, over the whole answer */
  async counts(state) {
    const asked = await this.put(state);
    const [catalogue, tree] = [await this.catalogue(), await this.tree()];
    const tests = stateTests(state, tree);
    if (!asked.tiers && !asked.tests.length && !tests.size) return choices(catalogueTallies(catalogue), state, tree);
    const { refuted } = await this.ranked(asked, state);
    const kept = (await this.numbers(asked)).filter((number) => !refuted.has(number));
    const numbers = await this.passing(kept, asked.tests);
    if (numbers.length) await this.postings.facets.prepare();
    const facts = numbers.map((number) => this.postings.facets.of(number));
    return choices(tally(facts, tests, tree), state, tree);
  }

  /** @returns {Promise<import("./store.js").Catalogue>} */
  catalogue() {
    return this.store.catalogue();
  }

  /** @returns {Promise<import("./store.js").Catalogue>} with pinyin */
  speltCatalogue() {
    return this.store.speltCatalogue();
  }

  /** @private @param {State} state @returns {Promise<Asked>} */
  put({ q, match, literal }) {
    return this.keeping(`put ${JSON.stringify([q, match, literal])}`, async () => {
      const reading = withoutLongRefusals(read(q));
      const asking = { loose: match === "any", literal: Boolean(literal) };
      if (!isLong(reading)) return this.asked(reading, asking);
      const found = await this.asked(reading, { ...asking, sample: true });
      if (await this.isWhole(found)) return found;
      return isPasted(reading) ? notWhole(found) : this.asked(shortened(reading), asking);
    });
  }

  /** @private @param {Reading} given @param {{loose: boolean, literal: boolean, sample?: boolean}} how @returns {Promise<Asked>} */
  async asked(given, { loose, literal, sample = false }) {
    const spelling = !sample && !literal && given.pieces.some(isSpelling);
    if (spelling || given.filters.some(({ field }) => field !== "date")) ahead(this.names());
    let reading = await this.prepared(given, sample);
    if (spelling) reading = await this.spelt(reading);
    const made = plan(reading, this.postings, this.masks, sample);
    const { notes, names, tests } = await this.filters(reading);
    reading = { ...reading, notes: [...notes, ...made.common.map((term) => note("too-common", term))] };
    const all = !reading.pieces.length && (reading.blank || reading.filters.length);
    if (all) return { reading, plan: made, names, tests, tiers: null, total: this.postings.documentsCount };
    const everything = reading.pieces.length && !asks(made) ? await this.postings.allNumbers() : [];
    const tiers = find(made, this.postings, everything, this.size, loose);
    return { reading, plan: made, names, tests, tiers, total: tiers.reduce((sum, tier) => sum + (tier ? 1 : 0), 0) };
  }

  /** @private @param {Asked} found @returns {Promise<boolean>} whether a document that holds the sample of a long query holds the pieces as typed */
  async isWhole({ tiers, plan: asked }) {
    const exact = tiers ? Array.from(tiers.keys()).filter((number) => tiers[number] === EXACT) : [];
    if (!tiers || !exact.length) return false;
    const order = await inOrder(exact, tiers, asked, this.postings, this.tell);
    const best = await order.page();
    const held = await Promise.all(best.map(({ number }) => this.holds(number, asked.phrases)));
    return held.some(Boolean);
  }

  /** @private @param {Reading} reading @param {boolean} sample @returns {Promise<Reading>} with its terms fetched, simplified if the index lacks them */
  async prepared(reading, sample) {
    await this.fetch(reading, sample);
    if (!unknown(reading, this.postings, sample)) return reading;
    const fold = await this.store.folding();
    const pieces = reading.pieces.map((piece) => ({ ...piece, runs: piece.runs.map(fold) }));
    const folded = { ...reading, pieces };
    const changed = pieces.some(({ runs }, place) => runs.some((run, at) => run !== reading.pieces[place].runs[at]));
    if (changed) await this.fetch(folded, sample);
    return folded;
  }

  /** @private @param {Reading} reading @param {boolean} [sample] */
  fetch(reading, sample = false) {
    const { terms, prefixes } = needs(reading, this.postings.longest, sample);
    return this.postings.prepare(terms, prefixes);
  }

  /** @private @param {Reading} reading @returns {Promise<Reading>} with names for pinyin that the index does not hold */
  async spelt(reading) {
    const typed = reading.pieces.filter(isSpelling);
    const names = await this.names();
    const spelt = new Map(
      typed.map(({ runs: [run] }) => /** @type {const} */ ([run, names.spelt(run)])).filter(([, found]) => found.names.length),
    );
    if (!spelt.size) return reading;
    await this.postings.prepare([], spelt.keys());
    const notes = [...reading.notes];
    const pieces = reading.pieces.map((piece) => {
      const run = piece.runs[0];
      const found = isSpelling(piece) ? spelt.get(run) : undefined;
      if (!found) return piece;
      const few = found.names.slice(0, MOST_NAMES);
      const [terms, complete] = this.postings.startingWith(run);
      if (terms.length || !complete) {
        notes.push(note("names", piece.typed, { names: few }));
        return piece;
      }
      notes.push(note("pinyin", piece.typed, { read: found.read, names: few }));
      return { ...piece, runs: [found.read], prefix: false };
    });
    const made = { ...reading, pieces, notes };
    await this.fetch(made);
    return made;
  }

  /** @private @returns {Promise<{notes: import("./reading.js").Note[], names: string[][], tests: Test[]}>} of each filter */
  async filters({ filters, notes: before }) {
    const notes = [...before];
    const names = [];
    const tests = [];
    for (const { field, value, excluded, first, last, typed } of filters) {
      if (field === "date") {
        names.push([]);
        tests.push(dateTest(first, last, excluded));
        continue;
      }
      const tree = await this.tree();
      const called = (await this.names()).called(field, value);
      const places = called.length ? called : (await this.foldedNames()).called(field, value);
      if (!places.length) notes.push(note("unknown-name", typed, { field }));
      names.push(places.map((place) => tree.names[field][place]));
      tests.push(nameTest(field, tree.within(field, places), excluded));
    }
    return { notes, names, tests };
  }

  /** @private @param {Asked} asked @returns {Promise<number[]>} ascending */
  async numbers({ tiers }) {
    if (!tiers) return Array.from(await this.postings.allNumbers());
    const numbers = [];
    for (let number = 0; number < tiers.length; number += 1) if (tiers[number]) numbers.push(number);
    return numbers;
  }

  /** @private @param {Asked} asked @param {State} state @returns {Promise<Order>} all documents of an answer, in the order asked for */
  ranked(asked, state) {
    const { q, match, literal, region, topic, paper, from, to, sort } = state;
    const { plan: made } = asked;
    // Texts are looked through for quotes in one order, whatever the page.
    const deep = state.page > 1 && !made.quotedPhrases.length;
    const key = JSON.stringify([q, match, literal, region, topic, paper, from, to, sort, deep]);
    return this.keeping(`rank ${key}`, async () => {
      const narrowed = isFiltered(state) ? [...stateTests(state, await this.tree()).values()] : [];
      const numbers = await this.passing(await this.numbers(asked), [...asked.tests, ...narrowed]);
      // A page takes them all, so their texts need not wait for their order.
      if (numbers.length <= fewFor(this.postings)) for (const number of numbers) ahead(this.documents.text(number));
      const tiers = asked.tiers ?? new Uint8Array(this.size).fill(EXACT);
      const byDate = isByDate(asked, state);
      /** @type {Ranked[]} */
      let dated = [];
      let order = known([]);
      if (byDate && !made.quotedPhrases.length) dated = numbers.map((number) => ({ number, score: 0, tier: tiers[number], misses: false }));
      else order = await inOrder(numbers, tiers, made, this.postings, this.tell, deep);
      let refuted = new Set();
      if (made.quotedPhrases.length) {
        const found = await quoting(await order.all(), made, this.holds);
        const kept = new Set(found.map(({ number }) => number));
        refuted = new Set(numbers.filter((number) => !kept.has(number)));
        order = known(found);
        dated = found;
      }
      if (byDate) {
        const found = await this.byDate(dated, sort || "new");
        order = known(found, true);
      }
      return { total: numbers.length - refuted.size, refuted, ...order };
    });
  }

  /** @private @param {number[]} numbers @param {Test[]} tests @returns {Promise<number[]>} */
  async passing(numbers, tests) {
    if (!tests.length) return numbers;
    const { facets } = this.postings;
    await facets.prepare();
    return numbers.filter((number) => tests.every((test) => test(facets.of(number))));
  }

  /** @private @param {Ranked[]} found @param {string} sort @returns {Promise<Ranked[]>} what has no date comes last in either order */
  async byDate(found, sort) {
    const { facets } = this.postings;
    await facets.prepare();
    const date = ({ number }) => facets.of(number).date;
    const direction = sort === "new" ? -1 : 1;
    const undated = (ranked) => (date(ranked) ? 0 : 1);
    return [...found].sort(
      (a, b) => undated(a) - undated(b) || direction * (date(a) - date(b)) || a.number - b.number,
    );
  }

  /** @private @returns {Promise<Page>} what stands first where nothing is asked for */
  async newest() {
    const ranked = (await this.catalogue()).newest.map((number) => ({ number, score: 0, tier: EXACT, misses: false }));
    for (const { number } of ranked) ahead(this.documents.text(number));
    const [first, others] = [ranked.slice(0, FIRST_SHOWN), ranked.slice(FIRST_SHOWN)];
    return { ranked: first, complete: !others.length, rest: async () => others };
  }

  /**
   * The documents of a page with the scores that a Lunr index of them gives, and in their order. The first of them do not
   * wait for the texts of the others where these cannot come before them.
   * @private @param {Order} order @param {Asked} asked @param {State} state @param {number} page @returns {Promise<Page>}
   */
  async page({ first, page: front, all }, asked, state, page) {
    const placed = (/** @type {Ranked[]} */ some) => this.placed(some, asked, state, page);
    if (page === 1 && first) {
      const others = async () => (await front()).slice(FIRST_SHOWN);
      const placing = placed(first);
      ahead(others().then((some) => this.tell(some.map(({ number }) => number))));
      const ranked = await placing;
      // None of the others comes before one of these if all hold the pieces as typed, or if there is another tier below.
      const certain = ranked.every(({ misses }) => !misses) || first[first.length - 1].tier > EXACT;
      if (certain) return { ranked, complete: false, rest: async () => placed(await others()) };
    }
    const shown = page === 1 ? await front() : (await all()).slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    return { ranked: await placed(shown), complete: true, rest: async () => [] };
  }

  /** @private @param {Ranked[]} shown @param {Asked} asked @param {State} state @param {number} page @returns {Promise<Ranked[]>} */
  async placed(shown, asked, state, page) {
    const { clauses } = asked.plan;
    const numbers = shown.map(({ number }) => number).sort((a, b) => a - b);
    await this.tell(numbers);
    const scores = clauses.length ? this.postings.lunrScores(clauses, numbers) : new Map();
    const scored = shown.map((ranked) => ({ ...ranked, score: scores.get(ranked.number) ?? 0 }));
    if (isByDate(asked, state)) return scored;
    return (page === 1 ? await missesMarked(scored, asked.plan, this.holds) : scored).sort(byPlace);
  }

  /** Take from their texts how long the bodies of documents are. @private @param {number[]} numbers */
  tell = async (numbers) => {
    const texts = await Promise.all(numbers.map((number) => this.documents.text(number)));
    texts.forEach(({ length }, place) => this.postings.bodies.take(numbers[place], length));
  };

  /**
   * Fetch what a query asks of the index while it is being typed: whole terms alone, so what is typed next needs them too.
   * @param {string} text
   */
  async ahead(text) {
    const reading = read(text);
    if (!isLong(reading)) await this.postings.prepare(needs(reading, this.postings.longest).terms);
  }

  /** Whether a document's printed text holds phrases; a term that is the phrase vouches for it. @private @type {import("./rank.js").HoldsPhrases} */
  holds = async (number, phrases) => {
    const vouched = ({ term, fields }) => term && has(this.postings.documents(term, fields), number);
    const looked = phrases.filter((phrase) => !vouched(phrase));
    if (!looked.length) return true;
    const text = await this.documents.text(number);
    const headings = [text.title, text.standing_head, text.kicker, text.deck].map((heading) => heading ?? "");
    const byline = text.byline ?? [];
    const printed = {
      "": [...headings, ...byline, ...text.paragraphs, ...text.captions],
      title: headings,
      author: byline,
    };
    return looked.every(({ text: phrase, field }) =>
      printed[field].map((part) => plain(part, this.documents.fold)).join("\n").includes(phrase),
    );
  };

  /** @private @returns {Promise<Tree>} */
  tree() {
    return this.keeping("tree", async () => new Tree(await this.catalogue()));
  }

  /** @returns {Promise<Names>} */
  names() {
    return this.keeping("names", async () => new Names(await this.speltCatalogue(), unfolded));
  }

  /** @private @returns {Promise<Names>} */
  foldedNames() {
    return this.keeping("folded names", async () => new Names(await this.speltCatalogue(), await this.store.folding()));
  }

  /** @private The last few things made; a failure is not remembered. @template T @param {string} key @param {() => Promise<T>} make @returns {Promise<T>} */
  keeping(key, make) {
    const made = this.kept.get(key) ?? make();
    made.catch(() => this.kept.delete(key));
    this.kept.delete(key);
    this.kept.set(key, made);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }
}

/** @param {Asked} found @returns {Asked} of a text pasted in that no document holds whole */
const notWhole = (found) => ({
  ...found,
  reading: { ...found.reading, notes: [...found.reading.notes, note("not-whole", found.reading.pieces[0].typed)] },
  tiers: found.tiers && found.tiers.map((tier) => (tier ? ANY : 0)),
});

const isSpelling = ({ kind, field, runs }) => kind === "words" && !field && runs.length === 1 && PINYIN.test(runs[0]);

/** Begin a fetch that will be waited for, and may fail, later. @param {Promise<any>} fetched */
const ahead = (fetched) => void fetched.catch(() => undefined);

const isPartial = ({ tiers }) => tiers !== null && tiers.every((tier) => !tier || tier === ANY);

const isFiltered = ({ region, topic, paper, from, to }) => Boolean(region || topic || paper || from || to);

/** @param {Asked} asked @param {State} state */
const isByDate = ({ plan: made }, { sort }) => Boolean(sort) || !asks(made);

const isFront = (state) => state.page <= 1 && state.sort !== "old" && !isFiltered(state);

/** @param {Int32Array} numbers ascending @param {number} number @returns {boolean} */
function has(numbers, number) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < number) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === number;
}
