/** What can become of a channel: who is in it, its name, and whether it is open, private, shared or at its end. */

import { post } from "./api.js";
import { Combobox } from "./combobox.js";
import { fresh } from "./dom.js";
import { attempt } from "./hosts.js";
import { ask, nameField } from "./question.js";
import { app, channelOf, state, users } from "./state.js";

const change = (what, channel, given) => attempt(() => post(`lifecycle/${what}`, { channel_id: channel.id, ...given }));

export const botIsIn = (channel) => channel.members.includes(app().bot_user);

export function channelFacts(channel) {
  const count = channel.members.length;
  const here = botIsIn(channel) ? `${app().name} is here` : `${app().name} is not here`;
  return [`${count} ${count === 1 ? "member" : "members"}`, channel.archived && "archived", channel.shared && "shared with another organisation", here].filter(Boolean).join(" · ");
}

export function channelMenu(id) {
  const channel = channelOf(id);
  return channel.archived ? ended(channel) : open(channel);
}

function open(channel) {
  return [
    botIsIn(channel)
      ? { label: `Remove ${app().name}`, act: () => change("leave", channel, { user: app().bot_user, by: state.me }) }
      : { label: `Invite ${app().name}`, act: () => change("join", channel, { user: app().bot_user, inviter: state.me }) },
    { label: "Add someone …", act: () => askSomeone(channel) },
    { label: "Rename …", act: () => askName(channel) },
    channel.kind === "public" && { label: "Make private …", act: () => askPrivate(channel) },
    ...sharing(channel),
    { label: "Archive …", act: () => askArchive(channel) },
    { label: "Delete …", act: () => askDelete(channel) },
  ].filter(Boolean);
}

function ended(channel) {
  const back = channel.kind === "private" ? "Its members are in it again." : `You are in it alone then: neither members nor ${app().name} come back.`;
  return [
    { label: "Unarchive", note: back, act: () => change("unarchive", channel, { user: state.me }) },
    { label: "Delete …", act: () => askDelete(channel) },
  ];
}

/** Every other organisation that somebody here is from. */
function sharing(channel) {
  const outside = users().filter((user) => user.role === "external" && !user.deleted);
  return [...new Set(outside.map((user) => user.team_id))].map((team) => {
    const people = outside.filter((user) => user.team_id === team);
    const names = people.map((user) => user.real_name).join(", ");
    if (people.some((user) => channel.members.includes(user.id))) return { label: "Stop sharing", note: `with ${names}`, act: () => change("unshare", channel, { team }) };
    return { label: "Share with another organisation", note: names, act: () => change("share", channel, { team, people: people.map((user) => user.id) }) };
  });
}

function askSomeone(channel) {
  const able = users().filter((user) => !user.deleted && !channel.members.includes(user.id) && (user.role !== "external" || channel.shared));
  const options = able.map((user) => ({ value: user.id, label: user.real_name, note: `@${user.name}` }));
  const id = fresh("someone");
  const box = new Combobox({ id, offer: (query) => options.filter((each) => each.label.toLowerCase().includes(query.toLowerCase())), change: () => {} });
  const act = () => box.chosen.length && change("join", channel, { user: box.chosen[0].value, inviter: state.me });
  ask({ title: `Add someone to #${channel.name}`, label: "Person", field: box.node, id, yes: "Add", act });
}

function askName(channel) {
  const field = nameField(channel.name);
  ask({ title: `Rename #${channel.name}`, label: "Name", field, yes: "Rename", act: () => change("rename", channel, { name: field.value.trim() }) });
}

function askPrivate(channel) {
  const words = "Only its members will see it, and who is invited. That cannot be undone.";
  ask({ title: `Make #${channel.name} private?`, words, yes: "Make private", act: () => change("make_private", channel, { user: state.me }) });
}

function askArchive(channel) {
  const words = channel.kind === "private" ? "Nothing can be written in it any more." : `Nothing can be written in it any more, and ${app().name} leaves it.`;
  ask({ title: `Archive #${channel.name}?`, words, yes: "Archive", act: () => change("archive", channel, { user: state.me }) });
}

function askDelete(channel) {
  const words = "With everything that was said in it, for good.";
  ask({ title: `Delete #${channel.name}?`, words, yes: "Delete", danger: true, act: () => change("remove", channel, { user: state.me }) });
}
