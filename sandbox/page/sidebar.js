/** Where one can go: channels, people, the app. */

import { arrows, el, replace } from "./dom.js";
import { icon } from "./icon.js";
import { face } from "./message.js";
import { app, channelName, deed, directId, go, isUnread, me, myChannels, nameOf, on, otherOf, shownChannel, state, users } from "./state.js";

const nav = document.getElementById("sidebar");

function entry({ label, sign, place, current, unread, note }) {
  return el("li", {}, el("button", {
    type: "button", class: unread ? "entry unread" : "entry", "aria-current": current ? "page" : null,
    onclick: () => { go(place); document.body.classList.remove("sidebar-open"); },
  }, sign, el("span", { class: "entry-name" }, label), note && el("small", {}, note), unread && el("span", { class: "unseen" }, " (unread)")));
}

const sharp = (channel) => el("span", { class: "sharp" }, icon(channel.kind === "private" ? "lock" : "hash"));

function channelEntry(channel) {
  const current = shownChannel() === channel.id;
  const note = channel.archived ? "archived" : channel.shared ? "shared" : null;
  return entry({ label: channelName(channel), sign: sharp(channel), place: { channel: channel.id }, current, unread: !current && isUnread(channel.id), note });
}

function personEntry(user) {
  const known = myChannels().find((channel) => channel.kind === "direct" && otherOf(channel) === user.id && user.id !== state.me);
  const current = Boolean(known) && shownChannel() === known.id;
  const drawn = entry({ label: nameOf(user.id), sign: face(user.id), place: { channel: known?.id }, current, unread: known && !current && isUnread(known.id) });
  if (!known) drawn.firstElementChild.addEventListener("click", (event) => { event.stopImmediatePropagation(); begin(user); }, { capture: true });
  return drawn;
}

async function begin(user) {
  const channel = await deed("direct", { other: user.id });
  state.parts.workspace.channels.push(...(myChannels().some((each) => each.id === channel.id) ? [] : [channel]));
  go({ channel: channel.id });
}

function section(title, entries) {
  return el("section", {}, el("h2", {}, title), el("ul", {}, entries));
}

export function drawSidebar() {
  const focused = nav.contains(document.activeElement) ? [...nav.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  const channels = myChannels().filter((channel) => channel.kind !== "direct").sort((one, other) => one.archived - other.archived || one.name.localeCompare(other.name));
  const people = users().filter((user) => !user.deleted && user.role !== "bot" && user.id !== state.me);
  const inApp = Boolean(state.place?.app);
  replace(nav,
    el("div", { class: "team" }, el("strong", {}, state.parts.workspace.team.name), el("small", {}, `You are ${me().real_name}`)),
    section("Channels", channels.map(channelEntry)),
    section("Direct messages", people.map(personEntry)),
    section("Apps", [entry({ label: app().name, sign: face(app().bot_user), place: { app: app().home_tab ? "home" : "messages" }, current: inApp, unread: !inApp && isUnread(directId()) })])
  );
  if (focused >= 0) nav.querySelectorAll("button")[focused]?.focus();
}

export function startSidebar() {
  arrows(nav, "button.entry");
  for (const topic of ["workspace", "latest", "place"]) on(topic, drawSidebar);
}
