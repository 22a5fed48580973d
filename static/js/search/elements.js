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

/** @param {string} pattern @param {Record<string, string | number>} params @returns {string} with {name} filled in */
export const fill = (pattern, params) => pattern.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
