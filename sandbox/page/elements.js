/** Everything in a block that can be filled in or pressed. The `host` knows what it holds and whom to tell. */

import { button, el, fresh, sign } from "./dom.js";
import { Combobox } from "./combobox.js";
import { confirmed } from "./confirm.js";
import { menuButton } from "./menu.js";
import { visit } from "./permalink.js";
import { app, channelName, seenChannels, userOf, users } from "./state.js";
import { spoken, text } from "./text.js";
import { fromWall, toWall } from "./time.js";

/** `field`: { id, label, described, invalid }, as the block around it says. */
export function element(given, block, host, field = {}) {
  const draw = DRAWN[given.type];
  if (!draw) return el("span", { class: "unknown" }, `[${given.type}]`);
  const drawn = draw(given, { block, host, field, content: host.content(block, given), told });
  drawn.dataset.key = `${block.block_id}\n${given.action_id}`;
  return drawn;

  /** What acts at once may have to be confirmed; without that it is as it was. */
  async function told(value) {
    const acts = block.type !== "input" || block.dispatch_action;
    if (!given.confirm || !acts || (await confirmed(given.confirm))) return host.chose(block, given, value);
    const again = element(given, block, host, field);
    drawn.replaceWith(again);
    again.querySelector("input, button")?.focus();
    return null;
  }
}

function traits(given, { field, told }) {
  return {
    id: field.id, "aria-label": field.id ? null : spoken(given.placeholder) || field.label, "aria-describedby": field.described,
    "aria-invalid": field.invalid ? "true" : null, "aria-required": field.required ? "true" : null,
    autofocus: Boolean(given.focus_on_load), placeholder: given.placeholder && spoken(given.placeholder),
    onchange: (event) => told(event.target.value),
  };
}

function typed(kind, more = () => ({})) {
  return (given, around) => {
    const { block, host } = around;
    const heard = { oninput: (event) => host.typing(block, given, event.target.value), onkeydown: (event) => entered(event, given, around) };
    const shared = { ...traits(given, around), ...heard, ...more(given), value: around.content ?? "", maxlength: given.max_length };
    return given.multiline ? el("textarea", { ...shared, rows: "4" }) : el("input", { type: kind, ...shared });
  };
}

/** Enter in a field that acts at once is its press; elsewhere the modal hears it. */
function entered(event, given, { block, host }) {
  if (event.key !== "Enter" || given.multiline || !block.dispatch_action) return;
  event.preventDefault();
  host.press(block, given, event.target.value);
}

const limits = (given) => ({ inputmode: given.is_decimal_allowed ? "decimal" : "numeric" });

function choices(kind) {
  return (given, { field, content, told, block }) => {
    const name = fresh("choice");
    const held = new Set([content ?? []].flat().map((option) => option.value ?? option));
    const inputs = () => [...group.querySelectorAll("input:checked")].map((input) => input.value);
    const changed = () => told(kind === "radio" ? inputs()[0] : inputs());
    const group = el("div", { class: "choices", role: kind === "radio" ? "radiogroup" : "group", "aria-labelledby": field.labelled, "aria-label": field.labelled ? null : field.label || spoken(block.text), "aria-describedby": field.described, "aria-required": field.required && kind === "radio" ? "true" : null },
      given.options.map((option) =>
        el("label", { class: "choice" },
          el("input", { type: kind, name, value: option.value, checked: held.has(option.value), "aria-invalid": field.invalid ? "true" : null, onchange: changed }),
          el("span", {}, el("span", {}, text(option.text)), option.description && el("small", {}, text(option.description)))
        )
      ));
    return group;
  };
}

const named = (option, group) => ({ value: option.value, label: spoken(option.text), note: option.description && spoken(option.description), group: group && spoken(group.label), option });
const fits = (query) => (option) => option.label.toLowerCase().includes(query.toLowerCase());
const flat = (given) => (given.option_groups ? given.option_groups.flatMap((group) => group.options.map((option) => named(option, group))) : (given.options ?? []).map((option) => named(option)));

const person = (user) => ({ value: user.id, label: user.real_name || user.name, note: `@${user.name}` });
const place = (channel) => ({ value: channel.id, label: channel.kind === "direct" ? channelName(channel) : `#${channel.name}`, note: channel.kind === "private" ? "private" : undefined });
const people = () => users().filter((user) => !user.deleted).map(person);
const publicPlaces = () => seenChannels().filter((channel) => !channel.archived && channel.kind === "public").map(place);

const KINDS = { public: "public", private: "private", direct: "im" };
function conversations({ filter = {} }) {
  const { include = Object.values(KINDS), exclude_external_shared_channels: ownOnly, exclude_bot_users: noRobots } = filter;
  const robot = (channel) => channel.kind === "direct" && channel.members.includes(app().bot_user);
  const fits = (channel) => !channel.archived && include.includes(KINDS[channel.kind]) && !(ownOnly && channel.shared) && !(noRobots && robot(channel));
  return seenChannels().filter(fits).map(place);
}

/** `every(given)` is all there is to choose; `back` makes of a choice what the app is told. */
function select(several, every, { back = (chosen) => chosen.value, unread = null } = {}) {
  return (given, { block, host, field, content, told }) => {
    const known = every ? every(given) : [];
    const shown = (value) => (value?.value !== undefined ? named(value) : (known.find((option) => option.value === value) ?? unread?.(value)));
    const box = new Combobox({
      id: field.id, label: field.id ? undefined : field.label || spoken(given.placeholder) || "Choose", described: field.described,
      placeholder: given.placeholder && spoken(given.placeholder), several, most: given.max_selected_items ?? 100,
      clearable: block.type === "input",
      offer: every ? (query) => known.filter(fits(query)) : (query) => searched(given, block, host, query),
      chosen: [content ?? []].flat().map(shown).filter(Boolean),
      change: (chosen) => told(several ? chosen.map(back) : chosen[0] ? back(chosen[0]) : null),
    });
    if (field.invalid) box.input.setAttribute("aria-invalid", "true");
    if (field.required) box.input.setAttribute("aria-required", "true");
    if (given.focus_on_load) box.input.setAttribute("autofocus", "");
    return box.node;
  };
}

async function searched(given, block, host, query) {
  if (query.length < (given.min_query_length ?? 3)) return [];
  const found = await host.search(block, given, query);
  return found.flatMap((each) => (each.options ? each.options.map((option) => named(option, each)) : [named(each)]));
}

const external = { back: (chosen) => chosen.option };
const someone = { unread: (id) => userOf(id) && person(userOf(id)) };

function press(given, { block, host }) {
  const face = [text(given.text)];
  const look = { class: given.style ?? "", "aria-label": given.accessibility_label, disabled: host.locked };
  return button(face, { ...look, onclick: async (event) => {
    const anchor = event.currentTarget;
    if (given.confirm && !(await confirmed(given.confirm, anchor))) return;
    if (given.url) visit(given.url);
    await host.busy(anchor, () => host.press(block, given));
  } });
}

function overflow(given, { block, host }) {
  const anchor = sign("across", "More actions", { class: "more" });
  const pick = async (option) => {
    if (given.confirm && !(await confirmed(given.confirm, anchor))) return;
    if (option.url) visit(option.url);
    await host.busy(anchor, () => host.press(block, given, option.value));
  };
  return menuButton(anchor, "More actions", () => given.options.map((option) => ({ label: text(option.text), act: () => pick(option) })));
}

export function picture(given) {
  const source = given.image_url ?? given.slack_file?.url ?? `/files/${given.slack_file?.id}`;
  return el("img", { src: source, alt: given.alt_text, loading: "lazy", referrerpolicy: "no-referrer" });
}

function moment(given, around) {
  const { content, told } = around;
  const heard = (event) => told(event.target.value ? fromWall(event.target.value) : null);
  return el("input", { ...traits(given, around), type: "datetime-local", value: content ? toWall(content) : "", onchange: heard });
}

const wordsOf = (content) => content?.elements?.flatMap((part) => part.elements ?? []).map((piece) => piece.text ?? "").join("") ?? "";
const richOf = (words) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: words }] }] });

/** Written as plain text: what this page offers of it. */
function rich(given, around) {
  const { content, told } = around;
  const heard = (event) => told(event.target.value ? richOf(event.target.value) : null);
  return el("textarea", { ...traits(given, around), value: wordsOf(content), rows: "4", onchange: heard });
}

function feedback(given, { block, host }) {
  const one = (side) => button(text(side.text), { "aria-label": side.accessibility_label, onclick: () => host.press(block, given, side.value) });
  return el("span", { class: "row" }, one(given.positive_button), one(given.negative_button));
}

const DRAWN = {
  button: press,
  workflow_button: press,
  icon_button: (given, around) => press({ ...given, text: given.text }, around),
  feedback_buttons: feedback,
  overflow,
  image: picture,
  plain_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("text", limits),
  rich_text_input: rich,
  datepicker: (given, around) => el("input", { ...traits(given, around), type: "date", value: around.content ?? "" }),
  timepicker: (given, around) => el("input", { ...traits(given, around), type: "time", value: around.content ?? "" }),
  datetimepicker: moment,
  radio_buttons: choices("radio"),
  checkboxes: choices("checkbox"),
  static_select: select(false, flat),
  multi_static_select: select(true, flat),
  external_select: select(false, null, external),
  multi_external_select: select(true, null, external),
  users_select: select(false, people, someone),
  multi_users_select: select(true, people, someone),
  channels_select: select(false, publicPlaces),
  multi_channels_select: select(true, publicPlaces),
  conversations_select: select(false, conversations),
  multi_conversations_select: select(true, conversations),
};
