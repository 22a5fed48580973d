// @ts-check
// On an article's page: marks the words that a search brought the reader here by (?hl=…), goes to the first, and from one to
// the next by two buttons or the keys n and N. The words of the buttons stand on the script's own element.

import { normalise, runs } from "./analyze.js";
import { element, fill } from "./elements.js";
import { findSpans } from "./marks.js";

const BLOCKS = "h1, h2, h3, p, blockquote, li, figcaption, td";
const APART = "nav, form, .ref, .body [href^='#p'], .crumb, .rail, .after, .why, script, style";

const words = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.dataset ?? {};
const wanted = new URLSearchParams(location.search).getAll("hl").flatMap((text) => runs(normalise(text)));
const needles = [...new Set(wanted)]
  .sort((a, b) => b.length - a.length)
  .map((run) => ({ run, prefix: false }));

/** @param {Element} block @returns {Text[]} the text nodes that are the block's own words */
function wordsOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent && !parent.closest(APART) && parent.closest(BLOCKS) === block) found.push(/** @type {Text} */ (node));
  }
  return found;
}

/**
 * A word may run over several nodes, where a paragraph was joined over columns: it is looked for in the whole block.
 * @param {Element} block @returns {HTMLElement[]} where each word found begins
 */
function markBlock(block) {
  const nodes = wordsOf(block);
  const spans = findSpans(nodes.map(({ data }) => data).join(""), needles);
  let start = nodes.reduce((sum, { data }) => sum + data.length, 0);
  const begun = [];
  for (const node of nodes.reverse()) {
    start -= node.data.length;
    const length = node.data.length;
    for (const [first, end] of [...spans].reverse()) {
      const [from, to] = [Math.max(first - start, 0), Math.min(end - start, length)];
      if (from >= to) continue;
      const marked = node.splitText(from);
      marked.splitText(to - from);
      const mark = element("mark");
      marked.replaceWith(mark);
      mark.append(marked);
      if (first >= start) begun.push(mark);
    }
  }
  return begun.reverse();
}

/** @param {HTMLElement[]} hits in order of the page @param {number} place the first to be at */
function walk(hits, place) {
  const told = element("p", { role: "status" });
  const button = (name, act) => {
    const made = element("button", { type: "button" }, name);
    made.addEventListener("click", act);
    return made;
  };
  const at = (next) => {
    hits[place].classList.remove("now");
    place = (next + hits.length) % hits.length;
    hits[place].classList.add("now");
    hits[place].scrollIntoView({ block: "center" });
    told.textContent = fill(words.of ?? "", { place: place + 1, count: hits.length });
  };
  const step = (by) => () => at(place + by);
  const bar = element(
    "div",
    { class: "hits", role: "group", "aria-label": words.label },
    told,
    ...(hits.length > 1 ? [button(words.previous, step(-1)), button(words.next, step(1))] : []),
    button(words.unmark, () => {
      for (const mark of document.querySelectorAll("main mark")) mark.replaceWith(...mark.childNodes);
      bar.remove();
      removeEventListener("keydown", pressed);
    }),
  );
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const typing = /** @type {HTMLElement} */ (event.target).closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") at(place + 1);
    else if (event.key === "N") at(place - 1);
  };
  addEventListener("keydown", pressed);
  document.querySelector("main")?.append(bar);
  if (location.hash) told.textContent = fill(words.of ?? "", { place: place + 1, count: hits.length });
  else at(place);
}

if (needles.length) {
  const article = document.querySelector("main article") ?? document.querySelector("main");
  const hits = Array.from(article?.querySelectorAll(BLOCKS) ?? []).flatMap(markBlock);
  const first = hits.findIndex((mark) => mark.closest(".body"));
  if (hits.length) walk(hits, Math.max(first, 0));
}
