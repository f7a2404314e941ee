/** Elements are made here: what people and apps wrote becomes text nodes, never markup. */

import { icon } from "./icon.js";

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected"]);

export function el(tag, traits = {}, ...children) {
  const made = document.createElement(tag);
  put(made, ...children);
  for (const [name, value] of Object.entries(traits)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) made[name] = value;
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  return made;
}

export function put(parent, ...children) {
  parent.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return parent;
}

export function replace(parent, ...children) {
  parent.replaceChildren();
  return put(parent, ...children);
}

export function button(label, traits = {}, ...children) {
  const { class: look = "", ...rest } = traits;
  return el("button", { type: "button", class: `button ${look}`, ...rest }, label, ...children);
}

/** A button that shows a drawing instead of words; the words are read aloud and shown as its title. */
export function sign(drawing, words, traits = {}) {
  const { class: look = "", ...rest } = traits;
  return el("button", { type: "button", class: `sign ${look}`, "aria-label": words, title: words, ...rest }, icon(drawing));
}

/** Only addresses that open something; never one that runs something. */
export function link(address, ...label) {
  const safe = /^(https?:|mailto:|tel:)/i.test(address);
  if (!safe) return el("span", {}, ...label);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

let count = 0;
export const fresh = (prefix) => `${prefix}-${(count += 1)}`;

const said = document.getElementById("said");
/** Told to whoever listens instead of looking. */
export function announce(words) {
  said.textContent = words;
}

/** Arrow keys, Home and End move the focus among the elements that `selector` finds. */
export function arrows(container, selector, { previous = "ArrowUp", next = "ArrowDown" } = {}) {
  container.addEventListener("keydown", (event) => {
    const all = [...container.querySelectorAll(selector)].filter((each) => !each.disabled);
    const place = all.findIndex((each) => each === document.activeElement);
    if (place < 0) return;
    const target = { [previous]: place - 1, [next]: place + 1, Home: 0, End: all.length - 1 }[event.key];
    if (target === undefined || !all[target]) return;
    event.preventDefault();
    all[target].focus();
  });
}
