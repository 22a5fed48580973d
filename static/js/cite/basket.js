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

/** @param {string | undefined} iso @returns {import("./formats.js").CslDate | undefined} */
const dateOf = (iso) => (iso ? { "date-parts": [iso.split("-").map(Number)] } : undefined);

/**
 * The item of CSL-JSON that an article's page says in its metadata; what no metadata can say stands on the citation.
 * @param {Document} page @param {string} [archive] the archive's name @returns {import("./formats.js").CslItem}
 */
function itemOf(page, archive) {
  const all = (/** @type {string} */ name) =>
    Array.from(page.querySelectorAll(`meta[name="${name}"]`), (meta) => meta.getAttribute("content") ?? "");
  const [id, title, source, place, date, number] = [
    ...["DC.identifier", "citation_title", "DC.source", "eprints.place_of_pub", "DC.date", "citation_firstpage"],
  ].map((name) => all(name).at(0));
  const linked = JSON.parse(page.querySelector('script[type="application/ld+json"]')?.textContent ?? "");
  const own = page.querySelector("link[rel=canonical]")?.getAttribute("href") ?? undefined;
  const said = page.getElementById("cite")?.dataset ?? {};
  const issued = dateOf(date);
  const item = {
    id,
    type: "site" in said ? "webpage" : "article-newspaper",
    title,
    author: all("DC.creator").map((literal) => ({ literal })),
    "container-title": source,
    "publisher-place": "site" in said ? undefined : place,
    issued: issued && "circa" in said ? { ...issued, circa: true } : issued,
    page: number,
    URL: linked.isBasedOn ?? (source ? undefined : own),
    accessed: dateOf(said.accessed),
    language: page.documentElement.lang,
    source: archive,
    keyword: (linked.about ?? []).map((/** @type {{name: string}} */ { name }) => name).join("; "),
    note: said.note,
  };
  const kept = Object.entries(item).filter(([, value]) => (Array.isArray(value) ? value.length : value));
  return /** @type {import("./formats.js").CslItem} */ (Object.fromEntries(kept));
}

/** @param {Document} page an article's page @param {string} [archive] the archive's name @returns {Entry | null} what it says of itself */
export function entryOf(page, archive) {
  try {
    const cited = Array.from(page.querySelectorAll("article .cite"), (form) => [form.id === "cite" ? "gbt2025" : form.id, form.textContent?.trim()]);
    const entry = { item: itemOf(page, archive), forms: Object.fromEntries(cited) };
    return isEntry(entry) ? entry : null;
  } catch {
    return null;
  }
}
