/** The messages of a channel or a thread, the oldest first, kept up to date one by one. */

import { get } from "./api.js";
import { button, el, replace } from "./dom.js";
import { drawMessage } from "./message.js";
import { on, state } from "./state.js";
import { dayName, isoDay } from "./time.js";

const PART = 100;
const TOGETHER = 300; // seconds within which a person's messages stand under one name

export class MessageList {
  constructor(channel, thread, name) {
    Object.assign(this, { channel, thread });
    this.list = el("ol", { class: "messages", "aria-label": name, onkeydown: (event) => this.key(event), onfocusin: (event) => this.visit(event) });
    this.earlier = button("Show earlier messages", { class: "earlier", hidden: true, onclick: () => this.loadMore() });
    this.beginning = el("div", { class: "beginning" });
    this.node = el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": name }, this.beginning, this.earlier, this.list);
    this.shown = new Map();
    this.atEnd = true;
    this.node.addEventListener("scroll", () => { this.atEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 60; });
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.node);
  }

  async load() {
    this.early = []; // what is heard meanwhile is newer than what is fetched
    this.node.setAttribute("aria-busy", "true");
    const { messages, more } = await this.fetch();
    this.more = more;
    this.earlier.hidden = !more;
    replace(this.list);
    this.shown.clear();
    for (const message of [...messages, ...this.ephemerals()].sort(byTime)) this.show(message);
    const early = this.early;
    this.early = null;
    this.hear(early);
    this.toEnd();
    this.list.lastElementChild?.setAttribute("tabindex", "0");
    this.node.removeAttribute("aria-busy");
  }

  async fetch(before) {
    if (this.thread) return { messages: await get("messages", { channel: this.channel, thread: this.thread }), more: false };
    return get("history", { channel: this.channel, limit: PART, ...(before ? { before } : {}) });
  }

  async loadMore() {
    const first = this.list.firstElementChild;
    const height = this.node.scrollHeight;
    const { messages, more } = await this.fetch(first.dataset.ts);
    this.earlier.hidden = !more;
    for (const message of messages) this.show(message);
    this.node.scrollTop += this.node.scrollHeight - height;
    first.focus();
  }

  ephemerals() {
    const here = (each) => each.channel === this.channel && (each.thread_ts ?? null) === this.thread;
    return (state.parts.ephemerals ?? []).filter(here);
  }

  /** Whether it stands in this list at all. */
  belongs(message) {
    if (message.channel !== this.channel) return false;
    if (this.thread) return message.ts === this.thread || message.thread_ts === this.thread;
    return !message.thread_ts || message.thread_ts === message.ts || message.broadcast;
  }

  hear(messages) {
    if (this.early) return void this.early.push(...messages);
    const atEnd = this.atEnd;
    for (const message of messages) {
      if (message.gone) this.drop(message);
      else if (this.belongs(message)) this.show(message);
    }
    if (atEnd) this.toEnd();
  }

  hearEphemerals() {
    const mine = this.ephemerals();
    for (const [ts, { message }] of this.shown) {
      if (message.ephemeral_for && !mine.some((each) => each.ts === ts)) this.drop(message);
    }
    const changed = (each) => JSON.stringify(this.shown.get(each.ts)?.message) !== JSON.stringify(each);
    this.hear(mine.filter(changed));
  }

  show(message) {
    const drawn = drawMessage(message, { inThread: Boolean(this.thread) });
    const before = this.shown.get(message.ts)?.drawn;
    this.shown.set(message.ts, { message, drawn });
    if (before) this.exchange(before, drawn);
    else this.list.insertBefore(drawn, this.following(message.ts));
    this.tidy(drawn);
    this.tidy(drawn.nextElementSibling);
  }

  /** The focus stays where it was, if that is still there. */
  exchange(before, drawn) {
    const key = before.contains(document.activeElement) && (document.activeElement.closest("[data-key]")?.dataset.key ?? "");
    before.replaceWith(drawn);
    drawn.setAttribute("tabindex", before.getAttribute("tabindex"));
    if (key === false) return;
    const same = [...drawn.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    (same ?? drawn).focus();
  }

  following(ts) {
    let next = null;
    for (let each = this.list.lastElementChild; each && each.dataset.ts > ts; each = each.previousElementSibling) next = each;
    return next;
  }

  drop(message) {
    const known = this.shown.get(message.ts);
    if (!known || message.channel !== this.channel) return;
    const next = known.drawn.nextElementSibling;
    known.drawn.remove();
    this.shown.delete(message.ts);
    this.tidy(next);
  }

  /** A new day is named above its first message; one name stands above several messages of a few minutes. */
  tidy(drawn) {
    if (!drawn) return;
    const before = drawn.previousElementSibling;
    const [at, past] = [Number(drawn.dataset.ts), Number(before?.dataset.ts ?? 0)];
    const newDay = !before || isoDay(at) !== isoDay(past);
    drawn.querySelector(":scope > .day")?.remove();
    if (newDay) drawn.prepend(el("div", { class: "day" }, el("span", {}, dayName(at))));
    const same = before?.dataset.user === drawn.dataset.user && !before.classList.contains("ephemeral") && !drawn.classList.contains("ephemeral");
    drawn.classList.toggle("joined", !newDay && same && at - past < TOGETHER);
  }

  /** Brings one message into view, if it is here, and the person to it. */
  seek(ts) {
    const found = this.shown.get(ts)?.drawn;
    if (!found) return false;
    found.scrollIntoView({ block: "center" });
    this.atEnd = false;
    found.focus();
    return true;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  visit(event) {
    const item = event.target.closest("li.message");
    if (!item) return;
    for (const each of this.list.querySelectorAll(":scope > [tabindex='0']")) each.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
  }

  key(event) {
    const item = document.activeElement;
    if (!item.matches("li.message")) return;
    const target = { ArrowUp: item.previousElementSibling, ArrowDown: item.nextElementSibling, Home: this.list.firstElementChild, End: this.list.lastElementChild }[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }
}

const byTime = (one, other) => (one.ts < other.ts ? -1 : 1);

/** The lists that are on the page hear of every change. */
export const current = { main: null, thread: null };
on("messages", (messages) => Object.values(current).forEach((list) => list?.hear(messages)));
on("ephemerals", () => Object.values(current).forEach((list) => list?.hearEphemerals()));
