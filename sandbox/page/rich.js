/** Rich text, markdown and tables: content that is more than a line. */

import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelLink, mention, text } from "./text.js";
import { dated } from "./time.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

function styled(node, style = {}) {
  return Object.keys(STYLES).reduce((inner, name) => (style[name] ? el(STYLES[name], {}, inner) : inner), node);
}

const PIECES = {
  text: (piece) => styled(piece.text, piece.style),
  link: (piece) => styled(link(piece.url, piece.text || piece.url), piece.style),
  emoji: (piece) => emoji(`:${piece.name}:`),
  user: (piece) => mention(piece.user_id),
  channel: (piece) => channelLink(piece.channel_id),
  usergroup: (piece) => el("span", { class: "mention" }, `@${piece.usergroup_id}`),
  broadcast: (piece) => el("span", { class: "mention loud" }, `@${piece.range}`),
  color: (piece) => el("code", {}, piece.value),
  date: (piece) => dated(piece.timestamp, piece.format),
};

const pieces = (elements) => elements.map((piece) => PIECES[piece.type]?.(piece) ?? piece.text ?? "");

const PARTS = {
  rich_text_section: (part) => el("div", {}, pieces(part.elements)),
  rich_text_quote: (part) => el("blockquote", {}, pieces(part.elements)),
  rich_text_preformatted: (part) => el("pre", {}, pieces(part.elements)),
  rich_text_list: (part) => {
    const start = part.offset ? { start: part.offset + 1 } : {};
    const items = part.elements.map((item) => el("li", {}, pieces(item.elements)));
    return el(part.style === "ordered" ? "ol" : "ul", { class: `indent-${part.indent ?? 0}`, ...start }, items);
  },
};

export const richText = (block) => el("div", { class: "rich" }, block.elements.map((part) => PARTS[part.type]?.(part)));

const SPANS = /\[([^\]\n]+)\]\(([^)\s]+)\)|`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<!\w)[*_]([^*_\n]+)[*_](?!\w)|~~([^~\n]+)~~/g;

function spans(source) {
  const nodes = [];
  let place = 0;
  for (const match of source.matchAll(SPANS)) {
    const [whole, label, address, code, strong, slanted, struck] = match;
    nodes.push(emoji(source.slice(place, match.index)));
    if (label) nodes.push(link(address, label));
    else if (code) nodes.push(el("code", {}, code));
    else if (strong) nodes.push(el("strong", {}, spans(strong)));
    else if (slanted) nodes.push(el("em", {}, spans(slanted)));
    else nodes.push(el("s", {}, struck));
    place = match.index + whole.length;
  }
  return [...nodes, emoji(source.slice(place))];
}

const LINES = [
  [/^(#{1,6}) +(.*)/, ([, , words]) => el("div", { class: "title" }, spans(words))],
  [/^[-*+] +(.*)/, ([, words]) => el("li", {}, spans(words)), "ul"],
  [/^\d+[.)] +(.*)/, ([, words]) => el("li", {}, spans(words)), "ol"],
  [/^> ?(.*)/, ([, words]) => el("blockquote", {}, spans(words))],
  [/^(---+|\*\*\*+)$/, () => el("hr")],
  [/^$/, () => null],
  [/(.*)/, ([, words]) => el("p", {}, spans(words))],
];

export function markdown(source) {
  const shown = el("div", { class: "rich" });
  source.split(/```\w*\n([\s\S]*?)\n?```/g).forEach((part, place) => {
    if (place % 2) shown.append(el("pre", {}, part));
    else for (const line of part.split("\n")) addLine(shown, line);
  });
  return shown;
}

function addLine(shown, line) {
  const [pattern, draw, list] = LINES.find(([pattern]) => pattern.test(line));
  const drawn = draw(line.match(pattern));
  if (!drawn) return;
  if (!list) return shown.append(drawn);
  if (shown.lastElementChild?.localName !== list) shown.append(el(list));
  shown.lastElementChild.append(drawn);
}

export function table(block) {
  const [head, ...rows] = block.rows;
  const aligned = (place) => ({ class: `align-${block.column_settings?.[place]?.align ?? "left"}` });
  const cells = (row, tag) => row.map((cell, place) => el(tag, { ...aligned(place), ...(tag === "th" ? { scope: "col" } : {}) }, content(cell)));
  const drawn = el("table", {}, el("thead", {}, el("tr", {}, cells(head, "th"))), el("tbody", {}, rows.map((row) => el("tr", {}, cells(row, "td")))));
  return el("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" }, drawn);
}

const content = (cell) => (cell.type === "rich_text" ? richText(cell) : cell.type === "raw_text" ? cell.text : text(cell));
