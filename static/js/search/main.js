// @ts-check
// The search page: its state stands wholly in its address; each change of it asks the index and shows the answer.

import { DATE, isFiltered, readAddress, writeAddress } from "./address.js";
import { answer } from "./answer.js";
import { remembering } from "./documents.js";
import { element, fill } from "./elements.js";
import { countChoices } from "./filters.js";
import { needlesOf } from "./marks.js";
import { SearchIndex } from "./query.js";
import { ANY } from "./rank.js";
import { pageLinks, resultItem } from "./results.js";
import { facetSections, readingLine, sortLinks, statusLine, waysOut } from "./view.js";

const DEBOUNCE_MS = 250;
const PATIENCE_MS = 200;

// This script lies at assets/js/search/ of the site, wherever the site is.
const ROOT = new URL("../../../", import.meta.url).href;
const page = /** @type {HTMLElement} */ (document.getElementById("search"));
const part = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-part="${name}"]`));
const words = JSON.parse(document.getElementById("search-words")?.textContent ?? "{}");
const form = /** @type {HTMLFormElement} */ (part("form"));
const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const rail = /** @type {HTMLDetailsElement} */ (part("facets"));
const siteTitle = page.dataset.site ?? "";

const readFile = remembering(async (name) => {
  const reply = await fetch(new URL(`search/${name}`, ROOT), name === "manifest.json" ? { cache: "no-cache" } : {});
  if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
  return reply.json();
});

/** @type {Promise<any> | null} */
let lunrScript = null;
const lunr = () => {
  lunrScript ??= new Promise((resolve, reject) => {
    const script = element("script", { src: new URL("assets/js/lunr.min.js", ROOT).href });
    script.addEventListener("load", () => resolve(/** @type {any} */ (window).lunr));
    script.addEventListener("error", () => {
      lunrScript = null;
      reject(new Error("lunr"));
    });
    document.head.append(script);
  });
  return lunrScript;
};

let state = readAddress(location.search);
let asked = 0;
let composing = false;
let typing = false;

/** @type {Promise<SearchIndex> | null} */
let opened = null;
const open = () => {
  opened ??= SearchIndex.open(readFile, lunr);
  opened.catch(() => (opened = null));
  return opened;
};

/** Ask and show. A later question makes an earlier answer void. */
async function show() {
  const turn = (asked += 1);
  const current = () => turn === asked;
  page.setAttribute("aria-busy", "true");
  const waiting = setTimeout(() => current() && say([words.loading]), PATIENCE_MS);
  document.title = [state.q ? fill(words.title, { query: state.q }) : words.heading, siteTitle].filter(Boolean).join(" · ");
  try {
    const made = await answer(await open(), state, words);
    if (current()) render(made);
  } catch {
    if (current()) renderFailure();
  } finally {
    clearTimeout(waiting);
    if (current()) page.setAttribute("aria-busy", "false");
  }
}

function render({ wanted, table, facts, reply, found, left, current, last, rows, ways }) {
  const focus = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.key;
  const addresses = new Map(table.regions);
  const needles = needlesOf(reply.reading, reply.plan.cut);
  const reading = readingLine(reply, wanted, words);
  const readable = reply.reading.blank ? false : reply.reading.pieces.length > 0;
  part("reading").replaceChildren(...reading);
  part("reading").hidden = !reading.length;
  const onlyAny = wanted.match !== "any" && left.length > 0 && left.every(({ tier }) => tier === ANY);
  say(
    statusLine(
      left.map(({ number }) => facts.get(number)),
      wanted,
      words,
      { onlyAny, readable },
    ),
  );
  part("status").classList.toggle("empty", !left.length);
  part("sort").replaceChildren(...(left.length > 1 ? sortLinks(wanted, words) : []));
  part("results").replaceChildren(
    ...rows.map(({ row, text, facts: known }) => resultItem(row, text, known, needles, { words, root: ROOT, addresses })),
  );
  part("ways").replaceChildren(...(left.length ? [] : waysOut([...ways, catalogues()], words)));
  part("ways").hidden = left.length > 0;
  part("pager").replaceChildren(
    ...(last > 1 ? pageLinks(current, last, (number) => writeAddress(wanted, { page: number }), words) : []),
  );
  part("pager").hidden = last <= 1;
  const narrowing = found.length || isFiltered(wanted) ? facetSections(countChoices(found, wanted), wanted, words) : [];
  rail.replaceChildren(/** @type {Element} */ (rail.firstElementChild), ...narrowing);
  rail.hidden = !narrowing.length;
  if (focus) /** @type {HTMLElement | null} */ (page.querySelector(`[data-key="${CSS.escape(focus)}"]`))?.focus();
}

/** @returns {import("./view.js").Way} the catalogues that the page names to readers without scripts */
function catalogues() {
  const links = Array.from(part("catalogues").querySelectorAll("a"));
  return { label: words.by_catalogue, links: links.map((link) => ({ text: link.textContent ?? "", href: link.href })) };
}

function renderFailure() {
  const again = element("button", { type: "button" }, words.retry);
  again.addEventListener("click", () => show());
  say([words.failed, " ", again]);
  part("results").replaceChildren();
}

function say(children) {
  part("status").replaceChildren(...children);
}

/** @param {string} address @param {{replace?: boolean}} [how] */
function go(address, { replace = false } = {}) {
  const url = new URL(address, location.href);
  if (address === "./") url.search = "";
  if (url.href !== location.href) history[replace ? "replaceState" : "pushState"](null, "", url);
  state = readAddress(url.search);
  show();
}

// ── What the reader does ──────────────────────────────────────────────────────────────────────────────────────────────

let timer = 0;

/** Typing asks after a pause. The first change is a step that Back undoes; further ones before Enter belong to it. */
function typed() {
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (composing || input.value.trim() === state.q) return;
    go(writeAddress(state, { q: input.value.trim(), page: 1 }), { replace: typing });
    typing = true;
  }, DEBOUNCE_MS);
}

input.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(timer);
});
input.addEventListener("compositionend", () => {
  composing = false;
  typed();
});
input.addEventListener("input", (event) => {
  if (!composing && !(/** @type {InputEvent} */ (event).isComposing)) typed();
});
// Enter that chooses among an input method's candidates is not Enter. Safari sends it after compositionend, as 229.
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || composing || event.keyCode === 229)) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (composing) return;
  clearTimeout(timer);
  go(writeAddress(state, { q: input.value.trim(), page: 1 }), { replace: typing });
  typing = false;
});

page.addEventListener("submit", (event) => {
  const range = /** @type {HTMLFormElement} */ (event.target);
  if (!range.matches("[data-range]")) return;
  event.preventDefault();
  const given = new FormData(range);
  const [from, to] = ["from", "to"].map((name) => String(given.get(name) ?? "").trim());
  for (const name of ["from", "to"]) {
    const field = /** @type {HTMLInputElement} */ (range.elements.namedItem(name));
    const wrong = field.value.trim() !== "" && !DATE.test(field.value.trim());
    field.setAttribute("aria-invalid", String(wrong));
    if (wrong) {
      field.focus();
      return;
    }
  }
  go(writeAddress(state, { from, to, page: 1 }));
});

page.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest?.("a[data-state], a[data-page]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  typing = false;
  go(/** @type {string} */ (link.getAttribute("href")));
  input.value = state.q;
  if (link.hasAttribute("data-page")) page.scrollIntoView();
});

window.addEventListener("popstate", () => {
  state = readAddress(location.search);
  input.value = state.q;
  typing = false;
  show();
});

const wide = matchMedia("(min-width: 46.01rem)");
const fit = () => (rail.open = wide.matches);
wide.addEventListener("change", fit);
fit();

input.value = state.q;
show();
