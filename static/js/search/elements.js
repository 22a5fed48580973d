// @ts-check
// Elements from data. Text only ever becomes a text node, so nothing that a reader or a newspaper wrote is markup.

/**
 * @param {string} tag @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** @param {import("./marks.js").Stretch[]} stretches @returns {Node[]} text with the marked stretches in <mark> */
export const marked = (stretches) =>
  stretches.map(({ text, marked: isMarked }) => (isMarked ? element("mark", {}, text) : document.createTextNode(text)));

/**
 * @param {string} pattern @param {Record<string, string | number>} params
 * @returns {string} with {name} filled in, and {name:article|articles} by the word that goes with the number
 */
export const fill = (pattern, params) =>
  pattern.replace(/\{(\w+)(?::([^}]*))?\}/g, (whole, name, form) => {
    const value = params[name];
    return value === undefined ? whole : form === undefined ? String(value) : chosen(form.split("|"), value);
  });

/** Of two words the first is for 1; of more, the n-th. @param {string[]} words @param {string | number} value */
const chosen = (words, value) => {
  const number = Number(String(value).replaceAll(",", ""));
  const place = words.length === 2 ? Number(number !== 1) : number - 1;
  return words[Math.max(0, Math.min(place, words.length - 1))] ?? "";
};
