/** Block Kit, drawn. */

import { el, fresh, link } from "./dom.js";
import { element, picture } from "./elements.js";
import { markdown, richText, table } from "./rich.js";
import { spoken, text } from "./text.js";

export const blocks = (given, host) => given.map((block) => drawBlock(block, host));

function drawBlock(block, host) {
  const draw = DRAWN[block.type];
  const drawn = draw ? draw(block, host) : el("div", { class: "unknown" }, `[${block.type}]`);
  drawn.dataset.block = block.block_id;
  return drawn;
}

function section(block, host) {
  const fields = block.fields && el("div", { class: "fields" }, block.fields.map((field) => el("div", {}, text(field))));
  const words = el("div", { class: "words" }, block.text && el("div", {}, text(block.text)), fields);
  const accessory = block.accessory && element(block.accessory, block, host, { label: spoken(block.text) });
  const kind = block.accessory?.type === "image" ? "picture" : "";
  return el("div", { class: "section" }, words, accessory && el("div", { class: `accessory ${kind}` }, accessory));
}

function context(block) {
  return el("div", { class: "context" }, block.elements.map((each) => (each.type === "image" ? picture(each) : el("span", {}, text(each)))));
}

function actions(block, host) {
  return el("div", { class: "actions row" }, block.elements.map((each) => element(each, block, host, { label: spoken(each.text) })));
}

function image(block) {
  return el("figure", {}, block.title && el("figcaption", {}, text(block.title)), picture(block));
}

const GROUPS = new Set(["radio_buttons", "checkboxes"]);

/** The label, the field, its hint and what is wrong with it, tied together for those who listen. */
function input(block, host) {
  const id = fresh("field");
  const problem = host.problem(block);
  const grouped = GROUPS.has(block.element.type);
  const described = [problem && `${id}-problem`, block.hint && `${id}-hint`].filter(Boolean).join(" ") || null;
  const label = [text(block.label), block.optional && el("span", { class: "optional" }, " (optional)")];
  const field = { id: grouped ? null : id, labelled: `${id}-label`, described, invalid: Boolean(problem), required: !block.optional };
  const drawn = el("div", { class: problem ? "input wrong" : "input" },
    grouped ? el("div", { class: "label", id: `${id}-label` }, label) : el("label", { class: "label", for: id, id: `${id}-label` }, label),
    element(block.element, block, host, field),
    problem && el("p", { class: "problem", id: `${id}-problem` }, problem),
    block.hint && el("p", { class: "hint", id: `${id}-hint` }, text(block.hint))
  );
  return drawn;
}

function video(block) {
  return el("div", { class: "video" },
    el("strong", {}, block.title_url ? link(block.title_url, spoken(block.title)) : spoken(block.title)),
    block.description && el("div", {}, text(block.description)),
    link(block.video_url, el("img", { src: block.thumbnail_url, alt: block.alt_text, loading: "lazy" })));
}

const DRAWN = {
  section,
  context,
  actions,
  image,
  input,
  video,
  table,
  context_actions: actions,
  header: (block) => el("h3", { class: "header" }, text(block.text)),
  divider: () => el("hr"),
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  file: (block) => el("div", { class: "file" }, `File ${block.external_id}`),
  alert: (block) => el("div", { class: `alert ${block.level ?? "default"}`, role: "note" }, text(block.text)),
};
