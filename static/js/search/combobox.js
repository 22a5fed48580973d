// @ts-check
// An input that offers a list while one types: the combobox of the ARIA practices, its focus never leaving the input.
// Arrows walk the list, Enter chooses, Esc closes; a mouse and a finger choose too. Whoever uses an input method is left alone.

import { element } from "./elements.js";

/** @typedef {{key: string, children: (Node | string | false)[], choose: () => void}} Option */
/** @typedef {{label: string, options: Option[]}} Group */

export class Combobox {
  /**
   * @param {HTMLInputElement} input @param {HTMLElement} list an empty element that follows it
   * @param {{label: string, say: (count: number) => void}} how
   */
  constructor(input, list, { label, say }) {
    this.input = input;
    this.list = list;
    this.say = say;
    /** @type {Option[]} */
    this.options = [];
    this.active = -1;
    /** Whether the reader sent the list away; what is typed next brings it back. @private */
    this.dismissed = false;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.addEventListener("input", () => (this.dismissed = false));
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    list.addEventListener("click", (event) => {
      const option = /** @type {HTMLElement} */ (event.target).closest?.("[role=option]");
      if (option) this.choose(Number(/** @type {HTMLElement} */ (option).dataset.place));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  /** Show groups of options; those without any close the list. @param {Group[]} groups */
  offer(groups) {
    const chosen = this.options[this.active]?.key;
    this.options = groups.flatMap(({ options }) => options);
    if (!this.options.length || this.dismissed) return this.close();
    let place = 0;
    const drawn = groups.filter(({ options }) => options.length).map(({ label, options }, number) => {
      const name = `${this.list.id}-${number}`;
      return element(
        "div",
        { role: "group", "aria-labelledby": name },
        element("div", { id: name, class: "kind", role: "presentation" }, label),
        ...options.map(({ children }) => {
          const attributes = { role: "option", id: `${this.list.id}-option-${place}`, "data-place": String(place) };
          place += 1;
          return element("div", attributes, ...children);
        }),
      );
    });
    this.list.replaceChildren(...drawn);
    const opened = !this.open;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(chosen === undefined ? -1 : this.options.findIndex(({ key }) => key === chosen));
    if (opened) this.say(this.options.length);
  }

  dismiss() {
    this.dismissed = true;
    this.close();
  }

  close() {
    if (!this.open) return;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.options = [];
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
    this.say(0);
  }

  /** @private @param {number} place */
  activate(place) {
    this.active = place;
    const drawn = Array.from(this.list.querySelectorAll("[role=option]"));
    drawn.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", drawn[place].id);
    drawn[place]?.scrollIntoView({ block: "nearest" });
  }

  /** @private @param {number} place */
  choose(place) {
    const option = this.options[place];
    this.dismiss();
    option?.choose();
  }

  /** @private @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.open || isComposing(event)) return;
    const size = this.options.length;
    const { key } = event;
    // One step beyond either end is the text itself.
    if (key === "ArrowDown") this.activate(this.active + 1 < size ? this.active + 1 : -1);
    else if (key === "ArrowUp") this.activate(this.active < 0 ? size - 1 : this.active - 1);
    else if (key === "Enter" && this.active >= 0) this.choose(this.active);
    else if (key === "Escape") this.dismiss();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** A key that belongs to an input method. Safari sends the Enter that ends a composition after its end, as 229. */
export const isComposing = (/** @type {KeyboardEvent} */ event) => event.isComposing || event.keyCode === 229;
