/** What opens beside something and goes away again: menus, and the lists of comboboxes. */

import { arrows, el, fresh } from "./dom.js";

/** Puts `popup` under (or above) `anchor`, over everything else, wherever that is scrolled. */
export function hang(popup, anchor, { wide = false } = {}) {
  const room = anchor.getBoundingClientRect();
  if (wide) popup.style.minWidth = `${room.width}px`;
  const [width, height] = [popup.offsetWidth, popup.offsetHeight];
  const below = room.bottom + 4;
  const above = room.top - height - 4;
  popup.style.top = `${below + height > innerHeight && above > 0 ? above : Math.min(below, Math.max(4, innerHeight - height - 4))}px`;
  popup.style.left = `${Math.max(4, Math.min(room.left, innerWidth - width - 4))}px`;
}

let open = null;

function close(back = true) {
  if (!open) return;
  const { popup, anchor, outside } = open;
  open = null;
  document.removeEventListener("pointerdown", outside, true);
  popup.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (back) anchor.focus();
}

/** `items`: { label, note, act, chosen, heading }. */
export function openMenu(anchor, name, items) {
  if (open?.anchor === anchor) return close();
  close(false);
  const popup = el("div", { class: "menu popup", role: "menu", "aria-label": name, popover: "manual", id: fresh("menu") }, items.map(entry));
  const outside = (event) => !popup.contains(event.target) && !anchor.contains(event.target) && close(false);
  (anchor.closest("dialog") ?? document.body).append(popup);
  popup.showPopover();
  hang(popup, anchor);
  open = { popup, anchor, outside };
  anchor.setAttribute("aria-expanded", "true");
  arrows(popup, "button");
  popup.addEventListener("keydown", (event) => {
    if (event.key === "Tab") close(false);
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  document.addEventListener("pointerdown", outside, true);
  (popup.querySelector("[aria-checked=true]") ?? popup.querySelector("button"))?.focus();
}

function entry(item) {
  if (item.heading) return el("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const role = item.chosen === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": String(item.chosen) };
  const chosen = () => {
    close();
    item.act();
  };
  return el("button", { type: "button", tabindex: "-1", disabled: Boolean(item.disabled), onclick: chosen, ...role },
    item.face, el("span", {}, item.label, item.note && el("small", {}, item.note)));
}

export function menuButton(anchor, name, items) {
  anchor.setAttribute("aria-haspopup", "menu");
  anchor.setAttribute("aria-expanded", "false");
  anchor.addEventListener("click", () => openMenu(anchor, name, items()));
  return anchor;
}
