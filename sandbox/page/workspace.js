/** The workspace as an administrator has it: every channel that they see and every person, and what can become of them. */

import { channelFacts, channelMenu } from "./channels.js";
import { el, sign } from "./dom.js";
import { icon } from "./icon.js";
import { face } from "./message.js";
import { menuButton } from "./menu.js";
import { personFacts, personMenu } from "./people.js";
import { app, seenChannels, users } from "./state.js";

function row({ mark, name, facts, items, title = name }) {
  return el("li", { class: "roster-row" }, mark,
    el("span", { class: "roster-words" }, el("strong", {}, name), el("small", {}, facts)),
    menuButton(sign("dots", `Change ${title}`), title, items));
}

const channelRow = (channel) => row({
  mark: el("span", { class: "sharp" }, icon(channel.kind === "private" ? "lock" : "hash")),
  name: channel.name, title: `#${channel.name}`, facts: channelFacts(channel), items: () => channelMenu(channel.id),
});

const personRow = (user) => row({ mark: face(user.id), name: user.real_name, facts: personFacts(user), items: () => personMenu(user) });

export function workspacePanel() {
  const channels = seenChannels().filter((channel) => channel.kind !== "direct").sort((one, other) => one.archived - other.archived || one.name.localeCompare(other.name));
  const people = users().filter((user) => user.role !== "bot").sort((one, other) => one.deleted - other.deleted);
  return [
    el("p", {}, `Change what ${app().name} lives in. It is told of everything that it listens to.`),
    el("h3", {}, "Channels"), el("ul", { class: "roster" }, channels.map(channelRow)),
    el("h3", {}, "People"), el("ul", { class: "roster" }, people.map(personRow)),
  ];
}
