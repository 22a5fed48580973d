// @ts-check
// The search page: its state stands wholly in its address; each change of it asks the index and shows the answer.

import { DATE, isFiltered, readAddress, writeAddress } from "./address.js";
import { Combobox, isComposing } from "./combobox.js";
import { element, fill, marked } from "./elements.js";
import { Engine } from "./engine.js";
import { facetPlaceholders, facetSections } from "./facets.js";
import { noteItems, readingLine } from "./readline.js";
import { articleAddress, pageLinks, resultItem } from "./results.js";
import { sayCount } from "./say.js";
import { sortLinks, spanLine, statusLine, waysOut } from "./view.js";

/** @typedef {import("./answer.js").AnswerPage} AnswerPage */

const DEBOUNCE_MS = 150;
const SUGGEST_MS = 100;
const PATIENCE_MS = 200;
const MOST_TITLES = 3;

/** What start.js began in the page's head. @type {import("./engine.js").Start} */
const start = /** @type {any} */ (globalThis).gongwenStart;
const engine = new Engine(start);
const page = /** @type {HTMLElement} */ (document.getElementById("search"));
const part = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-part="${name}"]`));
const words = JSON.parse(document.getElementById("search-words")?.textContent ?? "{}");
const form = /** @type {HTMLFormElement} */ (part("form"));
const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const rail = /** @type {HTMLDetailsElement} */ (part("facets"));
const siteTitle = page.dataset.site ?? "";

let state = readAddress(location.search);
let turn = 0;
let failed = false;
/** @type {import("./answer.js").Counts | null} */
let counted = null;

// ── An answer, shown ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Ask and show: the first results, the others, what they can be narrowed by. A later question makes an earlier answer void. */
async function show({ top = /** @type {number | null} */ (null) } = {}) {
  const mine = (turn += 1);
  const current = () => mine === turn;
  page.setAttribute("aria-busy", "true");
  document.title = [state.q ? fill(words.title, { query: state.q }) : words.heading, siteTitle].filter(Boolean).join(" · ");
  const waiting = setTimeout(() => {
    if (!current()) return;
    page.classList.add("waiting");
    say([words.loading]);
  }, PATIENCE_MS);
  const asked = engine.ask(state);
  try {
    const answer = await asked.results;
    clearTimeout(waiting);
    if (!current()) return;
    failed = false;
    render(answer);
    const rest = await asked.rest;
    if (!current()) return;
    renderRest(answer, rest);
    if (top !== null) scrollTo({ top, behavior: "instant" });
  } catch {
    if (current()) renderFailure();
  } finally {
    clearTimeout(waiting);
    if (current()) {
      page.classList.remove("waiting");
      page.setAttribute("aria-busy", "false");
    }
  }
  if (!current() || failed) return;
  try {
    const counts = await asked.counts;
    if (current()) renderCounts(counts);
  } catch {
    if (current()) fillRail([element("p", {}, words.failed_counts, " ", retryButton())]);
  }
}

/** @param {AnswerPage} answer */
function render(answer) {
  const { reading, wanted, total, rows } = answer;
  document.documentElement.classList.remove("asks");
  keepingFocus(() => {
    put("reading", readingLine(reading, wanted, words));
    put("notes", noteItems(reading, wanted, words));
    say(statusLine(answer, words));
    part("status").classList.toggle("empty", !total);
    part("span").textContent = "";
    part("sort").replaceChildren(...(total > 1 ? sortLinks(wanted, words) : []));
    part("results").replaceChildren(...rows.map((row) => resultItem(row, wanted, { words, root: start.root })));
    put("ways", total ? [] : waysOut(answer, catalogues(), words));
    put("pager", []);
    const narrowing = total > 0 || isFiltered(wanted) || reading.filters.length > 0;
    rail.classList.add("awaited");
    fillRail(narrowing ? (counted ? facetSections(counted, wanted, words) : facetPlaceholders(wanted, words)) : []);
  });
  offerTitles(answer);
}

/** What stands below the first results: nothing moves when it comes. @param {AnswerPage} answer @param {import("./answer.js").Row[]} rest */
function renderRest({ wanted, page, pages }, rest) {
  part("results").append(...rest.map((row) => resultItem(row, wanted, { words, root: start.root })));
  const address = (number) => writeAddress(wanted, { page: number });
  put("pager", pages > 1 ? pageLinks(page, pages, address, words) : []);
}

/** @param {import("./answer.js").Counts} counts */
function renderCounts(counts) {
  counted = counts;
  keepingFocus(() => {
    rail.classList.remove("awaited");
    if (!rail.hidden) fillRail(facetSections(counts, state, words));
    part("span").textContent = spanLine(counts, words);
  });
}

function renderFailure() {
  failed = true;
  document.documentElement.classList.remove("asks");
  for (const name of ["reading", "notes", "ways", "pager"]) put(name, []);
  part("results").replaceChildren();
  part("sort").replaceChildren();
  part("span").textContent = "";
  fillRail([]);
  part("status").classList.add("empty");
  say([words.failed, " ", retryButton()]);
}

function retryButton() {
  const again = element("button", { type: "button" }, words.retry);
  again.addEventListener("click", () => show());
  return again;
}

function say(children) {
  part("status").replaceChildren(...children);
}

/** Fill a part of the page; without anything in it, it is not there. */
function put(name, children) {
  part(name).replaceChildren(...children);
  part(name).hidden = !children.length;
}

function fillRail(sections) {
  const opened = new Set(Array.from(rail.querySelectorAll("details[open]"), (fold) => /** @type {HTMLElement} */ (fold).dataset.key));
  rail.replaceChildren(/** @type {Element} */ (rail.firstElementChild), ...sections);
  for (const fold of rail.querySelectorAll("details")) fold.open = opened.has(fold.dataset.key);
  rail.hidden = !sections.length;
}

/** What had the focus has it again when all is drawn anew; if it is gone, the number of results has it. */
function keepingFocus(draw) {
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  const key = held?.dataset?.key;
  const value = held instanceof HTMLInputElement ? held.value : null;
  draw();
  if (!held || held === document.body || held.isConnected) return;
  const again = key && /** @type {HTMLElement | null} */ (page.querySelector(`[data-key="${CSS.escape(key)}"]`));
  if (again instanceof HTMLInputElement && value !== null) again.value = value;
  (again || part("status")).focus({ preventScroll: true });
}

/** @returns {{text: string, href: string}[]} the catalogues that the page names to readers without scripts */
const catalogues = () =>
  Array.from(part("catalogues").querySelectorAll("a"), (link) => ({ text: link.textContent ?? "", href: link.href }));

// ── From one state to the next ────────────────────────────────────────────────────────────────────────────────────────

history.scrollRestoration = "manual"; // the answer is drawn after the browser would restore
const remember = () => history.replaceState({ top: scrollY }, "");
addEventListener("pagehide", remember);

/** @param {string} address @param {{replace?: boolean}} [how] */
function go(address, { replace = false } = {}) {
  const url = new URL(address, location.href);
  if (address === "./") url.search = "";
  if (url.href !== location.href) {
    if (!replace) remember();
    history[replace ? "replaceState" : "pushState"](null, "", url);
  }
  state = readAddress(url.search);
  show();
}

addEventListener("popstate", (event) => {
  state = readAddress(location.search);
  input.value = state.q;
  typing = false;
  list.close();
  show({ top: event.state?.top ?? 0 });
});
addEventListener("online", () => failed && show());

page.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest?.("a[data-state], a[data-page]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  typing = false;
  go(/** @type {string} */ (link.getAttribute("href")));
  input.value = state.q;
  if (rail.contains(link)) return; // several things may be chosen there, one after another
  if (link.hasAttribute("data-page")) part("status").focus({ preventScroll: true });
  page.scrollIntoView();
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

// ── The box ───────────────────────────────────────────────────────────────────────────────────────────────────────────

let composing = false;
/** Whether the last step in the history is what is being typed now. */
let typing = false;
let asking = 0;
let suggesting = 0;
/** @type {import("./combobox.js").Group[]} */
let names = [];
/** Either may come first. @type {import("./combobox.js").Group[]} */
let titles = [];

const list = new Combobox(input, part("suggest"), {
  label: words.suggestions,
  say: (count) => {
    part("offered").textContent = count ? fill(words.offered_count, { count }) : "";
  },
});

/** Typing asks after a pause. The first change is a step that Back undoes; further ones before Enter belong to it. */
function typed() {
  engine.ahead(input.value);
  clearTimeout(asking);
  clearTimeout(suggesting);
  suggesting = window.setTimeout(offerNames, SUGGEST_MS);
  asking = window.setTimeout(() => {
    if (composing || input.value.trim() === state.q) return;
    go(addressTyped(), { replace: typing });
    typing = true;
  }, DEBOUNCE_MS);
}

/** Filters and order stay when the words change; what was said about the words before does not. */
function addressTyped() {
  const q = input.value.trim();
  return writeAddress(state, { q, page: 1, ...(q === state.q ? {} : { match: "", literal: "" }) });
}

async function offerNames() {
  const query = input.value;
  let found;
  try {
    found = await engine.suggest(state, query);
  } catch {
    return; // what is typed is searched without help
  }
  if (input.value !== query || composing || document.activeElement !== input) return;
  names = ["region", "topic", "paper"].map((kind) => ({
    label: words[`facet_${kind}`],
    options: found.names.filter((name) => name.kind === kind).map((name) => nameOption(name, found.rest)),
  }));
  list.offer([...names, ...titles]);
}

function nameOption({ kind, value, name, within, count, at: [from, to] }, rest) {
  const typedPart = [
    { text: name.slice(0, from), marked: false },
    { text: name.slice(from, to), marked: true },
    { text: name.slice(to), marked: false },
  ];
  return {
    key: `${kind}:${value}`,
    children: [
      element("span", {}, ...marked(typedPart.filter(({ text }) => text))),
      within && element("span", { class: "muted" }, within.split("/").join(" ")),
      element("span", { class: "n" }, fill(words.count, { count: sayCount(count) })),
    ],
    choose: () => {
      typing = false;
      clearTimeout(asking);
      go(writeAddress(state, { q: rest, [kind]: value, page: 1 }));
      input.value = rest;
    },
  };
}

/** Titles of the answer that hold what is typed join the list, if it is still what is typed. @param {AnswerPage} answer */
function offerTitles({ wanted, rows }) {
  if (!typing || composing || document.activeElement !== input || input.value.trim() !== wanted.q || !wanted.q) return;
  const options = rows
    .filter(({ title }) => title.some((clause) => clause.some((stretch) => stretch.marked)))
    .slice(0, MOST_TITLES)
    .map((row) => ({
      key: `title:${row.id}`,
      children: [element("span", {}, ...row.title.flatMap((clause, place) => [place ? " " : "", ...marked(clause)])), element("span", { class: "n" }, row.date)],
      choose: () => location.assign(articleAddress(row, start.root)),
    }));
  titles = [{ label: words.titles, options }];
  list.offer([...names, ...titles]);
}

input.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(asking);
  clearTimeout(suggesting);
  list.close();
});
input.addEventListener("compositionend", () => {
  composing = false;
  typed();
});
input.addEventListener("input", (event) => {
  names = [];
  titles = [];
  if (composing || /** @type {InputEvent} */ (event).isComposing) return;
  typed();
});
input.addEventListener("keydown", (event) => {
  if (isComposing(event) || composing) {
    // Enter that chooses among an input method's candidates is not Enter.
    if (event.key === "Enter") event.preventDefault();
  } else if (event.key === "Escape" && input.value) {
    event.preventDefault();
    input.value = "";
    typed();
  } else if (event.key === "ArrowDown" && !event.altKey) {
    const first = /** @type {HTMLElement | null} */ (part("results").querySelector("a[data-result]"));
    if (first) event.preventDefault();
    first?.focus();
  }
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (composing) return;
  clearTimeout(asking);
  clearTimeout(suggesting);
  list.dismiss();
  go(addressTyped(), { replace: typing });
  typing = false;
});

part("results").addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const links = Array.from(part("results").querySelectorAll("a[data-result]"));
  const place = links.indexOf(/** @type {Element} */ (event.target));
  if (place < 0) return;
  const next = event.key === "ArrowDown" ? links[place + 1] : (links[place - 1] ?? input);
  if (next) event.preventDefault();
  /** @type {HTMLElement | undefined} */ (next)?.focus();
});

// Where there is room the rail stands open beside the results; else it is folded above them.
const wide = matchMedia("(min-width: 69.01rem)");
const fit = () => (rail.open = wide.matches);
wide.addEventListener("change", fit);
fit();

input.value = state.q;
show({ top: history.state?.top ?? null });
