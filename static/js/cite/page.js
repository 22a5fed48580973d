// @ts-check
// The basket's own page: its articles in the chosen style and order, copied and saved together. Built of text nodes only.

import { fill } from "../search/elements.js";
import { FILES } from "./formats.js";
import { copy, save } from "./hand.js";

/** @typedef {import("./basket.js").Entry} Entry */

/** @type {Record<string, (entry: Entry) => string>} what entries are ordered by */
const ORDERS = {
  date: ({ item }) => (item.issued?.["date-parts"]?.[0] ?? [9999]).map((part) => String(part).padStart(4, "0")).join("-"),
  author: ({ item }) => item.author?.[0]?.literal ?? item.title,
  title: ({ item }) => item.title,
};
const NUMBERED = /^gbt/;

/**
 * @param {HTMLElement} place @param {import("./basket.js").Basket} basket @param {URL} root
 * @param {() => void} changed @returns {() => void} what shows the basket as it is
 */
export function showBasket(place, basket, root, changed) {
  const words = /** @type {Record<string, string>} */ ({ ...place.dataset });
  const list = /** @type {HTMLElement} */ (place.querySelector("ol"));
  const status = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
  const style = /** @type {HTMLSelectElement} */ (place.querySelector("[data-choose=style]"));
  const undo = /** @type {HTMLButtonElement} */ (place.querySelector("[data-undo]"));
  /** @type {Entry[] | null} */
  let before = null;
  let said = "";

  /** @param {Entry} entry */
  const form = ({ forms, item }) => forms[style.value] ?? item.title;
  const text = () =>
    basket.entries().map((entry, place) => (NUMBERED.test(style.value) ? `[${place + 1}] ${form(entry)}` : form(entry))).join("\n") + "\n";

  /** @param {(entries: Entry[]) => Entry[]} change @param {string} [word] */
  function alter(change, word) {
    const entries = basket.entries();
    if (basket.change(change)) before = word ? entries : before;
    said = word ?? "";
    undo.hidden = !before;
    changed();
  }

  /** @param {string} word @param {string} title @param {boolean} able @param {() => void} act */
  function button(word, title, able, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = word;
    made.setAttribute("aria-label", `${word}：${title}`);
    made.disabled = !able;
    made.addEventListener("click", act);
    return made;
  }

  /** @param {string} id @param {number} step */
  function move(id, step) {
    alter((entries) => {
      const from = entries.findIndex(({ item }) => item.id === id);
      const kept = entries.filter(({ item }) => item.id !== id);
      return from < 0 ? entries : kept.toSpliced(Math.max(0, from + step), 0, entries[from]);
    });
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (list.querySelectorAll(`[data-id="${id}"] button`));
    const [up, down] = buttons;
    const [wanted, other] = step < 0 ? [up, down] : [down, up];
    (wanted?.disabled ? other : wanted)?.focus();
  }

  place.addEventListener("click", async ({ target }) => {
    const data = target instanceof HTMLButtonElement ? target.dataset : {};
    const entries = basket.entries();
    if (data.save === "text") save("citations.txt", "text/plain", text());
    else if (data.save) {
      const { suffix, type, write } = FILES[data.save];
      save(`citations.${suffix}`, type, write(entries.map(({ item }) => item)));
    } else if ("copyAll" in data) {
      said = (await copy(text())) ? words.copied : words.notCopied;
      changed();
    } else if ("clear" in data) {
      alter(() => [], words.cleared);
      undo.focus();
    } else if ("undo" in data && before) {
      const old = before;
      before = null;
      alter(() => old);
      list.querySelector("a")?.focus();
    }
  });
  style.addEventListener("change", changed);
  place.querySelector("[data-choose=order]")?.addEventListener("change", (event) => {
    const key = ORDERS[/** @type {HTMLSelectElement} */ (event.target).value];
    if (key) alter((entries) => [...entries].sort((one, other) => key(one).localeCompare(key(other), "zh-CN")));
    /** @type {HTMLSelectElement} */ (event.target).value = "";
  });

  return () => {
    const entries = basket.entries();
    const count = entries.length ? fill(words.count, { n: entries.length }) : words.empty;
    status.textContent = [said, count, basket.lasts ? "" : words.fleeting].filter(Boolean).join(" ");
    list.className = NUMBERED.test(style.value) ? "cites numbered" : "cites";
    for (const tool of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-some]"))) tool.hidden = !entries.length;
    list.replaceChildren(
      ...entries.map((entry, index) => {
        const { id, title } = entry.item;
        const row = document.createElement("li");
        row.dataset.id = id;
        const cited = document.createElement("p");
        cited.className = "cite";
        cited.textContent = form(entry);
        const link = document.createElement("a");
        link.href = new URL(`a/${id}/`, root).href;
        link.textContent = words.open;
        link.setAttribute("aria-label", `${words.open}：${title}`);
        const tools = document.createElement("p");
        tools.className = "tools";
        tools.append(
          button(words.up, title, index > 0, () => move(id, -1)),
          button(words.down, title, index < entries.length - 1, () => move(id, 1)),
          button(words.remove, title, true, () => {
            alter((all) => all.filter(({ item }) => item.id !== id), words.removed);
            undo.focus();
          }),
          link,
        );
        row.append(cited, tools);
        return row;
      }),
    );
  };
}
