/** A field that offers what fits the letters typed: one choice, or several as chips. */

import { el, fresh, replace, sign } from "./dom.js";
import { hang } from "./menu.js";

/** `offer(query)` gives (a promise of) options: { value, label, note, group }. `change` hears all that is chosen. */
export class Combobox {
  constructor({ id, label, described, placeholder, several = false, most = 100, offer, chosen = [], clearable = true, change }) {
    Object.assign(this, { label, several, most, offer, chosen, clearable, change, active: -1, options: [], asked: 0 });
    this.list = el("div", { class: "listbox popup", role: "listbox", id: fresh("list"), "aria-label": label ?? "Choices", popover: "manual" });
    this.input = el("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: placeholder ?? "Choose…",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
      "aria-label": id && label === undefined ? null : label, "aria-describedby": described,
      onclick: () => this.show(), oninput: () => this.show(this.input.value), onkeydown: (event) => this.key(event), onblur: () => this.leave(),
    });
    this.chips = el("span", { class: "chips" });
    this.wipe = sign("cross", "Clear", { class: "wipe", onclick: () => this.set([]) || this.input.focus() });
    this.node = el("div", { class: "combobox" }, this.chips, this.input, this.wipe, this.list);
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.draw();
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  draw() {
    const chips = this.several ? this.chosen : [];
    replace(this.chips, chips.map((option) =>
      el("span", { class: "chip" }, option.label, sign("cross", `Remove ${option.label}`, { onclick: () => this.drop(option) }))
    ));
    if (!this.several) this.input.value = this.chosen[0]?.label ?? "";
    this.input.classList.toggle("full", this.chosen.length > 0);
    this.wipe.hidden = !this.clearable || this.chosen.length === 0;
  }

  set(chosen) {
    this.chosen = chosen;
    this.draw();
    this.change(chosen);
  }

  drop(option) {
    this.set(this.chosen.filter((each) => each.value !== option.value));
    this.input.focus();
  }

  async show(query = "") {
    const turn = (this.asked += 1);
    const offered = this.offer(query);
    const options = offered instanceof Promise ? await offered : offered;
    if (turn !== this.asked || document.activeElement !== this.input) return;
    this.options = options;
    this.fill(query);
    if (!this.isOpen) this.list.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    hang(this.list, this.node, { wide: true });
    const current = options.findIndex((option) => this.holds(option));
    this.activate(current >= 0 && !query ? current : options.length ? 0 : -1);
  }

  fill(query) {
    let group = null;
    const rows = this.options.flatMap((option, place) => {
      const row = el("div", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": String(this.holds(option)), onclick: () => this.pick(option) },
        el("span", {}, option.label, option.note && el("small", {}, option.note)));
      const heading = option.group && option.group !== group ? [el("div", { class: "menu-heading", role: "presentation" }, option.group)] : [];
      group = option.group;
      return [...heading, row];
    });
    const nothing = el("div", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, query ? "Nothing fits." : "Type to search.");
    replace(this.list, rows.length ? rows : nothing);
  }

  holds(option) {
    return this.chosen.some((each) => each.value === option.value);
  }

  activate(place) {
    this.active = place;
    const rows = this.list.querySelectorAll("[role=option]:not([aria-disabled])");
    rows.forEach((row, each) => row.classList.toggle("active", each === place));
    rows[place]?.scrollIntoView({ block: "nearest" });
    if (rows[place]) this.input.setAttribute("aria-activedescendant", rows[place].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  pick(option) {
    if (!this.several) {
      this.hide();
      this.set([option]);
    } else if (this.holds(option)) this.set(this.chosen.filter((each) => each.value !== option.value));
    else if (this.chosen.length < this.most) this.set([...this.chosen, option]);
    if (!this.several) return;
    this.input.value = "";
    this.show();
  }

  hide() {
    this.asked += 1;
    if (this.isOpen) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  leave() {
    this.hide();
    if (!this.several && this.input.value === "" && this.clearable && this.chosen.length) this.set([]);
    this.draw();
    if (this.several) this.input.value = "";
  }

  key(event) {
    const last = this.options.length - 1;
    const handled = {
      ArrowDown: () => (this.isOpen ? this.activate(Math.min(this.active + 1, last)) : this.show()),
      ArrowUp: () => (this.isOpen ? this.activate(Math.max(this.active - 1, 0)) : this.show()),
      Enter: () => (this.isOpen ? this.options[this.active] && this.pick(this.options[this.active]) : this.show()),
      Escape: () => this.isOpen && (this.hide(), this.draw(), true),
      Backspace: () => this.several && !this.input.value && this.chosen.length && this.drop(this.chosen.at(-1)),
    }[event.key];
    if (!handled || handled() === false) return;
    if (event.key === "Backspace" && this.input.value) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
