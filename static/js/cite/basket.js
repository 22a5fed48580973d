// @ts-check
// 引文篮, the basket of chosen articles: kept in this browser, for this archive, and told to nobody. Every change reads what is
// kept first, so that several tabs fill one basket. Where nothing may be kept, it lasts as long as the page.

/** @typedef {{item: import("./formats.js").CslItem, forms: Record<string, string>}} Entry */

const ID = /^[a-z0-9]{1,32}$/;

/** @param {any} entry @returns {entry is Entry} */
const isEntry = (entry) =>
  typeof entry?.item?.id === "string" && ID.test(entry.item.id) && typeof entry.item.title === "string" && typeof entry.forms === "object" && entry.forms !== null &&
  Object.values(entry.forms).every((form) => typeof form === "string");

export class Basket {
  /** @type {Entry[]} */
  #own = [];

  /** @param {string} key @param {() => Storage} open what opening the storage means; it may throw */
  constructor(key, open) {
    this.key = key;
    try {
      this.storage = open();
      this.storage.getItem(key);
    } catch {
      this.storage = null;
    }
  }

  /** Whether the basket outlives the page. */
  get lasts() {
    return this.storage !== null;
  }

  /** @returns {Entry[]} what is in it, in its order */
  entries() {
    if (!this.storage) return this.#own;
    try {
      const { entries } = JSON.parse(this.storage.getItem(this.key) ?? "{}");
      return Array.isArray(entries) ? entries.filter(isEntry) : [];
    } catch {
      return [];
    }
  }

  /** @param {string} id */
  has(id) {
    return this.entries().some(({ item }) => item.id === id);
  }

  /** @param {(entries: Entry[]) => Entry[]} change @returns {boolean} false if there is no room: then nothing has changed */
  change(change) {
    const entries = change(this.entries());
    if (!this.storage) {
      this.#own = entries;
      return true;
    }
    try {
      if (entries.length) this.storage.setItem(this.key, JSON.stringify({ version: 1, entries }));
      else this.storage.removeItem(this.key);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {Entry} entry */
  add(entry) {
    return this.change((entries) => [...entries.filter(({ item }) => item.id !== entry.item.id), entry]);
  }

  /** @param {string} id */
  remove(id) {
    return this.change((entries) => entries.filter(({ item }) => item.id !== id));
  }
}

/** @param {Document} page an article's page @returns {Entry | null} what it says of itself */
export function entryOf(page) {
  try {
    const item = JSON.parse(page.querySelector('script[type="application/vnd.citationstyles.csl+json"]')?.textContent ?? "");
    const forms = Object.fromEntries(
      [...page.querySelectorAll("[data-style]")].map((form) => [form.getAttribute("data-style"), form.textContent?.trim()]),
    );
    const entry = { item, forms };
    return isEntry(entry) ? entry : null;
  } catch {
    return null;
  }
}
