/** One message, as it stands in a channel or a thread. */

import { blocks } from "./blocks.js";
import { el, sign } from "./dom.js";
import { attempt, messageHost } from "./hosts.js";
import { icon } from "./icon.js";
import { menuButton } from "./menu.js";
import { app, deed, nameOf, openThread, state, userOf } from "./state.js";
import { mrkdwn } from "./text.js";
import { clockTime, dayName, wholeTime } from "./time.js";

const SHADES = 6;
const shade = (id) => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SHADES;

export function face(id) {
  const robot = userOf(id)?.role === "bot";
  return el("span", { class: `face shade-${shade(id)} ${robot ? "robot" : ""}`, "aria-hidden": "true" }, nameOf(id)[0]);
}

/** `inThread`: replies are not offered where one is in them already. */
export function drawMessage(message, { inThread = false } = {}) {
  const seconds = Number(message.ts);
  const gone = message.subtype === "tombstone";
  const head = el("div", { class: "head" },
    el("span", { class: "author" }, nameOf(message.user)),
    message.by_app && el("span", { class: "tag" }, "App"),
    el("time", { datetime: new Date(seconds * 1000).toISOString(), title: wholeTime(seconds) }, clockTime(seconds))
  );
  const body = el("div", { class: "body" },
    message.ephemeral_for && el("div", { class: "only-you" }, icon("eye"), " Only visible to you"),
    head,
    gone ? el("em", {}, message.text) : content(message),
    message.edited && el("small", { class: "edited" }, " (edited)"),
    !inThread && replies(message),
    message.ephemeral_for && dismiss(message)
  );
  const look = ["message", message.ephemeral_for && "ephemeral", message.subtype && "notice-of-change"].filter(Boolean).join(" ");
  return el("li", { class: look, "data-ts": message.ts, "data-user": message.user, tabindex: "-1" },
    el("span", { class: "gutter" }, face(message.user)), body, !gone && !message.ephemeral_for && tools(message, inThread));
}

function content(message) {
  const host = messageHost(message);
  const words = message.blocks?.length ? blocks(message.blocks, host) : [el("div", { class: "words" }, mrkdwn(message.text))];
  const attached = (message.attachments ?? []).map((each) =>
    el("div", { class: "attachment" }, each.text && mrkdwn(each.text), each.blocks && blocks(each.blocks, host)));
  return [words, attached, (message.files ?? []).map(file)];
}

function file(given) {
  const address = new URL(given.url_private).pathname;
  const picture = /\.(png|jpe?g|gif|webp)$/i.test(given.name);
  const shown = picture ? el("img", { src: address, alt: given.title, loading: "lazy" }) : given.title;
  return el("div", { class: "file" }, el("a", { href: address, target: "_blank", rel: "noopener" }, shown));
}

function replies(message) {
  if (!message.reply_count) return null;
  const latest = Number(message.latest_reply);
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  return el("button", { type: "button", class: "replies", onclick: () => openThread(message.channel, message.ts) },
    message.reply_users.slice(0, 4).map(face), el("span", { class: "count" }, count), el("small", {}, `Last one ${dayName(latest).toLowerCase()} at ${clockTime(latest)}`));
}

const dismiss = (message) =>
  el("button", { type: "button", class: "plain", onclick: () => attempt(() => deed("dismiss", { channel: message.channel, ts: message.ts })) }, "Dismiss message");

function tools(message, inThread) {
  const shortcuts = app().shortcuts.filter((each) => each.type === "message");
  const run = (each) => attempt(() => deed("message_shortcut", { channel: message.channel, ts: message.ts, callback_id: each.callback_id }));
  const items = () => [
    { label: "Copy the message's time stamp", act: () => navigator.clipboard?.writeText(message.ts) },
    ...(shortcuts.length ? [{ heading: app().name }] : []),
    ...shortcuts.map((each) => ({ label: each.name, note: each.description, act: () => run(each) })),
  ];
  return el("div", { class: "tools" },
    !inThread && sign("thread", "Reply in thread", { onclick: () => openThread(message.channel, message.thread_ts ?? message.ts) }),
    menuButton(sign("dots", "More about this message"), "Message", items));
}
