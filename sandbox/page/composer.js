/** Where one writes: messages, commands with what completes them, and the app's shortcuts. */

import { Impossible, post } from "./api.js";
import { el, replace, sign } from "./dom.js";
import { attempt } from "./hosts.js";
import { menuButton } from "./menu.js";
import { OWN, Offers, userNamed } from "./offers.js";
import { app, channelOf, deed, on, state } from "./state.js";
import { escape } from "./text.js";

export class Composer {
  constructor(channel, thread, name) {
    Object.assign(this, { channel, thread });
    this.field = el("textarea", {
      rows: "1", "aria-label": `Message ${name}`, placeholder: `Message ${name}`, "aria-autocomplete": "list", role: "combobox", "aria-expanded": "false",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onblur: () => this.offers.hide(),
    });
    this.offers = new Offers(this.field, { channel, inThread: Boolean(thread) });
    this.notice = el("div", { class: "notice", role: "alert" });
    const shortcuts = app().shortcuts.filter((each) => each.type === "global");
    this.node = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.notice,
      el("div", { class: "composer-box" }, this.field, this.offers.list,
        el("div", { class: "row composer-row" },
          shortcuts.length > 0 && !thread && menuButton(sign("bolt", "Shortcuts"), "Shortcuts", () => shortcuts.map(shortcut)),
          el("small", {}, thread ? "@ mentions · Enter sends" : "/ for commands · @ mentions · Enter sends · Shift+Enter for a new line"),
          sign("send", "Send", { type: "submit", class: "send" })
        )));
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 180)}px`;
    this.notice.textContent = "";
    this.offers.follow();
  }

  key(event) {
    if (this.offers.key(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const words = this.field.value.trim();
    if (!words) return;
    this.field.value = "";
    this.typed();
    if (words.startsWith("/")) return this.command(words);
    const text = written(words);
    const said = await attempt(() => deed("say", { channel: this.channel, text, thread: this.thread }));
    if (said && this.unheard(text)) this.notice.textContent = `${app().name} is not in this channel and does not hear you. Ask it in with /invite @${app().bot_name}.`;
  }

  /** The app is called by its name where it is not. */
  unheard(text) {
    const channel = channelOf(this.channel);
    return text.includes(`<@${app().bot_user}>`) && channel?.kind !== "direct" && !channel?.members.includes(app().bot_user);
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
    if (!user) return this.refuse(words, `There is nobody called ${text || "nothing"}.`);
    const invites = name === "/invite";
    const given = { channel_id: this.channel, user: user.id, ...(invites ? { inviter: state.me } : { by: state.me }) };
    try {
      await post(`lifecycle/${invites ? "join" : "leave"}`, given);
    } catch (no) {
      if (!(no instanceof Impossible)) throw no;
      return this.refuse(words, `${no.message[0].toUpperCase()}${no.message.slice(1)}.`);
    }
    this.notice.textContent = `${user.real_name} ${invites ? "is in this channel now" : "is not in this channel any more"}.`;
  }

  refuse(words, why) {
    this.field.value = words;
    this.notice.textContent = why;
    this.field.focus();
  }
}

const shortcut = (each) => ({ label: each.name, note: each.description, act: () => attempt(() => deed("global_shortcut", { callback_id: each.callback_id })) });

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
