// @ts-check
// On every page: the citation tools of an article, a button beside each entry of a list, the way to the basket while there is
// something in it; and the basket's own page, whose words stand on its element.

import { Basket, entryOf } from "./basket.js";
import { FILES } from "./formats.js";
import { save } from "./hand.js";
import { showBasket } from "./page.js";

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const words = /** @type {Record<string, string>} */ (script.dataset);
const root = new URL("../../", script.src);
const basket = new Basket(`gwBasket:${root.pathname}`, () => localStorage);
const own = entryOf(document, words.archive);

/** @type {(() => void)[]} */
const shown = [];
/** @type {Map<HTMLElement, (chosen: Set<string>) => void>} what each button says; those of results that are gone go too */
const buttons = new Map();

function show() {
  const chosen = new Set(basket.entries().map(({ item }) => item.id));
  for (const [button, tell] of buttons) {
    if (button.isConnected) tell(chosen);
    else buttons.delete(button);
  }
  shown.forEach((each) => each());
}

/** @param {HTMLElement} button @param {string} text */
function say(button, text) {
  button.textContent = text;
  setTimeout(show, 4000);
}

/**
 * A button that puts an article into the basket and takes it out.
 * @param {HTMLElement} button @param {string} id @param {string} add @param {string} added
 * @param {() => Promise<import("./basket.js").Entry | null>} find @param {string} [title] said after the button's own word
 */
function toggle(button, id, add, added, find, title) {
  buttons.set(button, (chosen) => {
    const within = chosen.has(id);
    button.textContent = within ? added : add;
    button.setAttribute("aria-pressed", String(within));
    if (title) button.setAttribute("aria-label", `${button.textContent}：${title}`);
  });
  button.addEventListener("click", async () => {
    if (basket.has(id)) basket.remove(id);
    else {
      const entry = await find();
      if (!entry) return say(button, words.failed);
      if (!basket.add(entry)) return say(button, words.full);
    }
    show();
  });
}

/** @param {string} href @returns {Promise<import("./basket.js").Entry | null>} */
async function fetched(href) {
  try {
    const reply = await fetch(href);
    return reply.ok ? entryOf(new DOMParser().parseFromString(await reply.text(), "text/html"), words.archive) : null;
  } catch {
    return null;
  }
}

if (own) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-basket]")))
    toggle(button, own.item.id, words.add, words.added, async () => own);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-file]"))) {
    const { suffix, type, write } = FILES[button.dataset.file ?? ""];
    button.addEventListener("click", () => save(`${own.item.id}.${suffix}`, type, write([own.item])));
  }
}

function offerRows() {
  for (const row of document.querySelectorAll(".item, .related li")) {
    const link = /** @type {HTMLAnchorElement | null} */ (row.querySelector("h3 a, :scope > a"));
    const id = link && new URL(link.href).pathname.slice(root.pathname.length).match(/^a\/([a-z0-9]+)\/$/)?.[1];
    if (!id || row.querySelector(".pick")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pick";
    const address = new URL(`a/${id}/`, root).href;
    toggle(button, id, words.row, words.rowAdded, () => fetched(address), link.textContent ?? "");
    (row.querySelector(".meta, .rg") ?? row).append(button);
  }
}

// Pages opened from a disk may not read one another: there an article is added on its own page only.
if (location.protocol !== "file:") {
  offerRows();
  // Rows that come later, of a search, get theirs before they are seen.
  const results = document.querySelector(".results");
  const watch = new MutationObserver(() => {
    offerRows();
    show();
  });
  if (results) watch.observe(results, { childList: true });
}

const theme = document.querySelector("button.theme");
const way = document.createElement("a");
way.className = "basket-way";
way.href = new URL("cite/", root).href;
shown.push(() => {
  const count = basket.entries().length;
  way.textContent = `${words.name} ${count}`;
  if (count) theme?.before(way);
  else way.remove();
});

const place = document.getElementById("basket");
if (place) shown.push(showBasket(place, basket, root, show));
addEventListener("storage", (event) => {
  if (event.key === basket.key || event.key === null) show();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) show();
});
show();
