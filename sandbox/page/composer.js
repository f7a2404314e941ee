/** Where one writes: messages, commands with what completes them, and the app's shortcuts. */

import { el, fresh, replace, sign } from "./dom.js";
import { attempt } from "./hosts.js";
import { post } from "./api.js";
import { hang, menuButton } from "./menu.js";
import { app, channelOf, deed, on, state, users } from "./state.js";
import { escape } from "./text.js";

const OWN = [
  { command: "/invite", description: "Add someone to this channel", usage_hint: "@name" },
  { command: "/remove", description: "Take someone out of this channel", usage_hint: "@name" },
];

export class Composer {
  constructor(channel, thread, name) {
    Object.assign(this, { channel, thread, active: 0, offered: [] });
    this.list = el("div", { class: "listbox popup", role: "listbox", id: fresh("commands"), "aria-label": "Commands", popover: "manual" });
    this.field = el("textarea", {
      rows: "1", "aria-label": `Message ${name}`, placeholder: `Message ${name}`, "aria-autocomplete": "list", role: "combobox", "aria-expanded": "false",
      "aria-controls": this.list.id, oninput: () => this.typed(), onkeydown: (event) => this.key(event), onblur: () => this.hide(),
    });
    this.notice = el("div", { class: "notice", role: "alert" });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    const shortcuts = app().shortcuts.filter((each) => each.type === "global");
    this.node = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.notice,
      el("div", { class: "composer-box" }, this.field, this.list,
        el("div", { class: "row composer-row" },
          shortcuts.length > 0 && !thread && menuButton(sign("bolt", "Shortcuts"), "Shortcuts", () => shortcuts.map(shortcut)),
          el("small", {}, thread ? "Enter sends" : "/ for commands · Enter sends · Shift+Enter for a new line"),
          sign("send", "Send", { type: "submit", class: "send" })
        )));
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 180)}px`;
    this.notice.textContent = "";
    const start = /^\/\S*$/.test(this.field.value) && !this.thread ? this.field.value : null;
    this.offered = start === null ? [] : [...app().commands, ...OWN].filter((each) => each.command.startsWith(start));
    if (!this.offered.length) return this.hide();
    this.active = 0;
    this.drawOffers();
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.field.setAttribute("aria-expanded", "true");
    hang(this.list, this.field, { wide: true });
  }

  drawOffers() {
    replace(this.list, this.offered.map((each, place) =>
      el("div", { role: "option", id: `${this.list.id}-${place}`, class: place === this.active ? "active" : "", "aria-selected": String(place === this.active), onclick: () => this.take(each) },
        el("span", {}, el("strong", {}, each.command), each.usage_hint && ` ${each.usage_hint}`, el("small", {}, each.description)))));
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  hide() {
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.offered = [];
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  take(each) {
    this.field.value = `${each.command} `;
    this.hide();
    this.field.focus();
  }

  key(event) {
    const offering = this.offered.length > 0;
    if (offering && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + this.offered.length) % this.offered.length;
      this.drawOffers();
    } else if (offering && event.key === "Escape") this.hide();
    else if (offering && (event.key === "Tab" || event.key === "Enter") && this.field.value !== this.offered[this.active].command) {
      event.preventDefault();
      this.take(this.offered[this.active]);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const words = this.field.value.trim();
    if (!words) return;
    this.field.value = "";
    this.typed();
    if (words.startsWith("/")) return this.command(words);
    await attempt(() => deed("say", { channel: this.channel, text: written(words), thread: this.thread }));
  }

  async command(words) {
    const [name] = words.split(/\s/, 1);
    const text = words.slice(name.length).trim();
    const known = app().commands.find((each) => each.command === name);
    if (this.thread) return this.refuse(words, `${name} cannot be used in a thread.`);
    if (OWN.some((each) => each.command === name)) return this.ownCommand(name, text, words);
    if (!known) return this.refuse(words, `${name} is not a command here.`);
    const outcome = await attempt(() => deed("command", { name, text: known.should_escape ? named(text) : text, channel: this.channel }));
    if (outcome?.trouble) this.refuse("", `${name} failed with the error “${outcome.trouble}”.`);
  }

  async ownCommand(name, text, words) {
    const user = userNamed(text.replace(/^@/, ""));
    if (!user || channelOf(this.channel)?.kind === "direct") return this.refuse(words, user ? "Not in a direct message." : `There is nobody called ${text || "nothing"}.`);
    await post(`lifecycle/${name === "/invite" ? "join" : "leave"}`, { channel_id: this.channel, user: user.id });
    this.notice.textContent = `${user.real_name} ${name === "/invite" ? "is in this channel now" : "is not in this channel any more"}.`;
  }

  refuse(words, why) {
    this.field.value = words;
    this.notice.textContent = why;
    this.field.focus();
  }
}

const shortcut = (each) => ({ label: each.name, note: each.description, act: () => attempt(() => deed("global_shortcut", { callback_id: each.callback_id })) });

const called = (user) => [user.name, user.real_name, user.real_name.split(" ")[0]].map((name) => name.toLowerCase());
const userNamed = (name) => users().find((user) => !user.deleted && name && called(user).includes(name.toLowerCase()));

/** `@ada` and `#payments` become what the platform sends in their place. */
const named = (words) =>
  words
    .replace(/@([\w.-]+)/g, (whole, name) => (userNamed(name) ? `<@${userNamed(name).id}|${userNamed(name).name}>` : whole))
    .replace(/#([\w-]+)/g, (whole, name) => {
      const channel = state.parts.workspace.channels.find((each) => each.name === name);
      return channel ? `<#${channel.id}|${channel.name}>` : whole;
    });
const written = (words) => named(escape(words)).replace(/<@(\w+)\|[^>]*>/g, "<@$1>");

/** What went wrong with something that the person did is said where they are. */
export const strip = el("div", { class: "strip", role: "alert", hidden: true });
on("trouble", (words) => {
  strip.hidden = false;
  replace(strip, el("span", {}, words), sign("cross", "Dismiss", { onclick: () => { strip.hidden = true; } }));
});
