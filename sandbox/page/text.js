/** Text as Slack writes it, turned into nodes: mrkdwn, plain text, and the mentions and dates within. */

import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelName, channelOf, go, nameOf, state } from "./state.js";
import { dated, wholeTime } from "./time.js";

const MARKS =
  /<([^<>\n]+)>|`([^`\n]+)`|(?<![\w*])\*(\S|\S[^*\n]*?\S)\*(?![\w*])|(?<![\w_])_(\S|\S[^_\n]*?\S)_(?![\w_])|(?<![\w~])~(\S|\S[^~\n]*?\S)~(?![\w~])/g;
const QUOTE = /^(?:&gt;|>) ?/;

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
export const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A text object of Block Kit. */
export function text(given) {
  if (!given) return [];
  return given.type === "mrkdwn" ? mrkdwn(given.text) : [emoji(given.text)];
}

export function mrkdwn(source) {
  return source.split(/```\n?([\s\S]*?)\n?```\n?/g).flatMap((part, place) =>
    place % 2 ? [el("pre", {}, unescape(part))] : quoted(part)
  );
}

function quoted(source) {
  const groups = [];
  for (const line of source.split("\n")) {
    const quote = QUOTE.test(line);
    if (groups.at(-1)?.quote !== quote) groups.push({ quote, lines: [] });
    groups.at(-1).lines.push(quote ? line.replace(QUOTE, "") : line);
  }
  return groups.flatMap(({ quote, lines }) => {
    const inner = inline(lines.join("\n"));
    return quote ? [el("blockquote", {}, inner)] : inner;
  });
}

export function inline(source) {
  const nodes = [];
  let place = 0;
  for (const match of source.matchAll(MARKS)) {
    nodes.push(...leaf(source.slice(place, match.index)));
    nodes.push(marked(match));
    place = match.index + match[0].length;
  }
  return [...nodes, ...leaf(source.slice(place))];
}

const leaf = (source) => (source ? [emoji(unescape(source))] : []);

function marked([, entity, code, strong, slanted, struck]) {
  if (entity !== undefined) return reference(entity);
  if (code !== undefined) return el("code", {}, unescape(code));
  if (strong !== undefined) return el("strong", {}, inline(strong));
  if (slanted !== undefined) return el("em", {}, inline(slanted));
  return el("s", {}, inline(struck));
}

function reference(entity) {
  const [target, label] = splitOnce(entity, "|");
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target.split("^"), label);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, label ?? target);
  if (target.startsWith("!")) return el("span", { class: "mention loud" }, `@${target.slice(1)}`);
  return link(unescape(target), label === undefined ? unescape(target) : inline(label));
}

function splitOnce(whole, mark) {
  const place = whole.indexOf(mark);
  return place < 0 ? [whole, undefined] : [whole.slice(0, place), whole.slice(place + 1)];
}

export function mention(id) {
  return el("span", { class: id === state.me ? "mention own" : "mention" }, `@${nameOf(id)}`);
}

export function channelLink(id, label) {
  const channel = channelOf(id);
  if (!channel?.members.includes(state.me)) return el("span", { class: "mention" }, `#${label || channelName(channel)}`);
  return el("button", { type: "button", class: "mention", onclick: () => go({ channel: id }) }, `#${channelName(channel)}`);
}

function date([, stamp, pattern, address], fallback) {
  const seconds = Number(stamp);
  const words = Number.isFinite(seconds) ? dated(seconds, pattern) : unescape(fallback ?? "");
  const shown = el("time", { datetime: new Date(seconds * 1000).toISOString(), title: wholeTime(seconds) }, words);
  return address ? link(unescape(address), shown) : shown;
}

/** What a text says, without its marks: for labels that are read aloud. */
export const spoken = (given) => (given ? emoji(unescape(given.text).replace(/<[^|>]*\|?([^>]*)>/g, "$1").replace(/[*_~`]/g, "")) : "");
