// @ts-check
// What an article's page can do with scripts: copy a citation, save it, print; look for one of its keywords; keep the switch
// of the line numbers from page to page, which works without. Words: copy, copied, add, ris, bibtex, csl, print, paragraph, apart.

import { copy } from "./cite/hand.js";

const DONE_MS = 2000;
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const words = /** @type {Record<string, string>} */ (script.dataset);

/** @param {string} text @param {Record<string, string>} [data] @param {(made: HTMLButtonElement) => void} [act] */
function button(text, data = {}, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  Object.assign(made.dataset, data);
  if (act) made.addEventListener("click", () => act(made));
  return made;
}

/** @param {Element} cited @returns {HTMLButtonElement} what copies it, and says so for two seconds */
function copier(cited) {
  let timer = 0;
  const made = button(words.copy, {}, async () => {
    if (!(await copy(cited.textContent ?? ""))) return;
    made.textContent = words.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      made.textContent = words.copy;
    }, DONE_MS);
  });
  made.setAttribute("aria-live", "polite");
  return made;
}

for (const cited of document.querySelectorAll("article .cite")) {
  const tools = document.createElement("p");
  tools.className = "tools";
  tools.append(copier(cited));
  // cite/main.js gives these their work.
  if (cited.id === "cite")
    tools.append(
      button(words.add, { basket: "" }),
      ...["ris", "bibtex", "csl"].map((file) => button(words[file], { file })),
      button(words.print, {}, () => print()),
    );
  cited.after(tools);
}

// Links to the search, which is no use without scripts.
for (const listed of document.querySelectorAll(".facts .words")) {
  const search = new URL("../../search/", script.src);
  const links = (listed.textContent ?? "").split(words.apart).map((word) => {
    const link = document.createElement("a");
    search.searchParams.set("q", word);
    link.href = search.href;
    link.textContent = word;
    return link;
  });
  listed.replaceChildren(...links.flatMap((link, place) => (place ? [words.apart, link] : [link])));
}

for (const link of document.querySelectorAll('.body > [id] [href^="#p"]'))
  link.setAttribute("aria-label", words.paragraph.replace("{n}", link.textContent ?? ""));

const refs = /** @type {HTMLInputElement | null} */ (document.getElementById("refs"));
if (refs) {
  const KEY = "gwRefs";
  try {
    if (sessionStorage.getItem(KEY)) refs.checked = true;
    refs.addEventListener("change", () => {
      if (refs.checked) sessionStorage.setItem(KEY, "1");
      else sessionStorage.removeItem(KEY);
    });
  } catch {
    // Storage is closed to this page.
  }
}
