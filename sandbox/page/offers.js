/** What completes the words while they are typed: commands at the very beginning, and people after an @. */

import { el, fresh, replace } from "./dom.js";
import { face } from "./message.js";
import { hang } from "./menu.js";
import { app, channelOf, state, users } from "./state.js";

export const OWN = [
  { command: "/invite", description: "Add someone to this channel", usage_hint: "@name" },
  { command: "/remove", description: "Take someone out of this channel", usage_hint: "@name" },
];
const MOST = 8;

const called = (user) => [user.name, user.real_name, user.real_name.split(" ")[0]].map((name) => name.toLowerCase());
export const userNamed = (name) => users().find((user) => !user.deleted && name && called(user).includes(name.toLowerCase()));

/** As one writes them: in one word. */
const handle = (user) => (/\s/.test(user.real_name) || !user.real_name ? user.name : user.real_name);

function commands(words) {
  if (!/^\/\S*$/.test(words)) return [];
  return [...app().commands, ...OWN].filter((each) => each.command.startsWith(words)).map((each) => ({
    start: 0, written: each.command,
    shown: el("span", {}, el("strong", {}, each.command), each.usage_hint && ` ${each.usage_hint}`, el("small", {}, each.description)),
  }));
}

/** Who is in the channel comes first. */
function people(words, channel) {
  const [whole, before, begun] = words.match(/(^|\s)@([\w.-]*)$/) ?? [];
  if (whole === undefined) return [];
  const members = channelOf(channel)?.members ?? [];
  const fitting = users().filter((user) => !user.deleted && user.id !== state.me && called(user).some((name) => name.startsWith(begun.toLowerCase())));
  fitting.sort((one, other) => members.includes(other.id) - members.includes(one.id));
  return fitting.slice(0, MOST).map((user) => ({
    start: words.length - whole.length + before.length, written: `@${handle(user)}`, face: face(user.id),
    shown: el("span", {}, el("strong", {}, user.real_name), user.role === "bot" ? " App" : "", el("small", {}, members.includes(user.id) ? `@${user.name}` : `@${user.name} · not in this channel`)),
  }));
}

/** The list under a field; `channel` and whether it is a thread say what is on offer. */
export class Offers {
  constructor(field, { channel, inThread }) {
    Object.assign(this, { field, channel, inThread, offered: [], active: 0 });
    this.list = el("div", { class: "listbox popup", role: "listbox", id: fresh("offers"), "aria-label": "Suggestions", popover: "manual" });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    field.setAttribute("aria-controls", this.list.id);
  }

  follow() {
    const words = this.field.value.slice(0, this.field.selectionStart);
    const found = this.inThread ? [] : commands(words);
    this.offered = found.length ? found : people(words, this.channel);
    if (!this.offered.length) return this.hide();
    this.active = 0;
    this.draw();
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.field.setAttribute("aria-expanded", "true");
    hang(this.list, this.field, { wide: true });
  }

  draw() {
    replace(this.list, this.offered.map((each, place) =>
      el("div", { role: "option", id: `${this.list.id}-${place}`, class: place === this.active ? "active" : "", "aria-selected": String(place === this.active), onclick: () => this.take(each) },
        el("span", { class: "offer" }, each.face, each.shown))));
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    this.list.children[this.active].scrollIntoView({ block: "nearest" });
  }

  hide() {
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.offered = [];
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  take({ start, written }) {
    const after = this.field.value.slice(this.field.selectionStart).replace(/^ /, "");
    const before = `${this.field.value.slice(0, start)}${written} `;
    this.field.value = before + after;
    this.field.setSelectionRange(before.length, before.length);
    this.hide();
    this.field.focus();
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.offered.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { start, written } = this.offered[this.active];
    const complete = this.field.value.slice(start, this.field.selectionStart).toLowerCase() === written.toLowerCase();
    if (step) {
      this.active = (this.active + step + this.offered.length) % this.offered.length;
      this.draw();
    } else if (event.key === "Escape") this.hide();
    else if ((event.key === "Tab" || event.key === "Enter") && !complete) this.take(this.offered[this.active]);
    else return false;
    event.preventDefault();
    return true;
  }
}
