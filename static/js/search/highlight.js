// @ts-check
// On an article's page: marks the words that a search brought the reader here by (?hl=…), and goes to the first.

import { normalise, runs } from "./analyze.js";
import { findSpans } from "./marks.js";

const BLOCKS = "h1, h2, h3, p, blockquote, li, figcaption, td";
const APART = "nav, form, .ref, .crumb, .rail, .after, .why, script, style";

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

// A word may run over several nodes, where a paragraph was joined over columns: it is looked for in the whole block.
function markBlock(block) {
  const nodes = wordsOf(block);
  const spans = findSpans(nodes.map(({ data }) => data).join(""), needles);
  let start = nodes.reduce((sum, { data }) => sum + data.length, 0);
  for (const node of nodes.reverse()) {
    start -= node.data.length;
    const length = node.data.length;
    for (const [first, end] of [...spans].reverse()) {
      const [from, to] = [Math.max(first - start, 0), Math.min(end - start, length)];
      if (from >= to) continue;
      const marked = node.splitText(from);
      marked.splitText(to - from);
      const mark = document.createElement("mark");
      marked.replaceWith(mark);
      mark.append(marked);
    }
  }
}

if (needles.length) {
  const article = document.querySelector("main article") ?? document.querySelector("main");
  for (const block of article?.querySelectorAll(BLOCKS) ?? []) markBlock(block);
  const first = article?.querySelector(".body mark") ?? article?.querySelector("mark");
  if (first && !location.hash) first.scrollIntoView({ block: "center" });
}
