/** The middle of the page: a channel, or the app with its Home and its messages. */

import { blocks } from "./blocks.js";
import { channelFacts, channelMenu } from "./channels.js";
import { Composer, strip } from "./composer.js";
import { arrows, button, el, fresh, replace, sign } from "./dom.js";
import { ViewHost, attempt } from "./hosts.js";
import { MessageList, current } from "./list.js";
import { face } from "./message.js";
import { menuButton } from "./menu.js";
import { app, channelName, channelOf, closeSide, deed, directId, firstPlace, go, markRead, on, shownChannel, state } from "./state.js";

const main = document.getElementById("place");
const side = document.getElementById("side");
const home = el("div", { class: "home", role: "tabpanel", "aria-label": "Home", tabindex: "0" });
let homeShown = null;
let homeHost = null;
let placeShown = null; // the channel as its head tells of it

export async function drawPlace() {
  current.main = null;
  homeShown = null;
  placeShown = null;
  strip.hidden = true;
  if (state.place.app === "home") {
    replace(main, appHead(), strip, home);
    drawHome();
    await attempt(() => deed("home", { tab: "home" }));
    return;
  }
  const channel = shownChannel();
  const name = state.place.app ? app().name : nameOfPlace(channelOf(channel));
  placeShown = JSON.stringify(channelOf(channel)) ?? null;
  const list = (current.main = new MessageList(channel, null, `Messages in ${name}`));
  replace(list.beginning, `This is the beginning of ${name}.`);
  replace(main, state.place.app ? appHead() : channelHead(channel, name), list.node, strip, writing(channel, name));
  await list.load();
  list.seek(state.sought);
  if (!state.thread) state.sought = null;
  markRead(channel);
  if (state.place.app) await attempt(() => deed("home", { tab: "messages" }));
}

function writing(channel, name) {
  if (state.place.app && app().messages_read_only) return el("p", { class: "read-only" }, `Sending messages to ${name} has been turned off.`);
  if (channelOf(channel)?.archived) return el("p", { class: "read-only" }, `${name} is archived: nothing can be written here.`);
  return new Composer(channel, null, name).node;
}

function channelHead(id, name) {
  const channel = channelOf(id);
  const direct = !channel || channel.kind === "direct";
  return el("header", { class: "place-head" }, opener(),
    el("div", { class: "place-words" }, el("h1", {}, name), el("small", {}, direct ? "" : channelFacts(channel))),
    !direct && menuButton(sign("dots", "Channel settings", { "data-key": "channel-menu" }), name, () => channelMenu(id)));
}

const nameOfPlace = (channel) => (channel?.kind === "direct" ? "" : "#") + channelName(channel);

/** The channel that is shown has changed: another name, other members, archived, or not theirs any more. */
function followChannel() {
  const id = state.place?.channel;
  if (!id || !placeShown) return;
  const channel = channelOf(id);
  if (!channel?.members.includes(state.me)) return go(firstPlace());
  if (JSON.stringify(channel) === placeShown) return;
  const { archived, name } = JSON.parse(placeShown);
  if (archived !== channel.archived || name !== channel.name) return drawPlace();
  placeShown = JSON.stringify(channel);
  const focused = document.activeElement.matches("[data-key=channel-menu]");
  main.querySelector(".place-head").replaceWith(channelHead(id, nameOfPlace(channel)));
  if (focused) main.querySelector("[data-key=channel-menu]").focus();
}

const opener = () => sign("bars", "Channels", { class: "opener", onclick: () => document.body.classList.toggle("sidebar-open") });

function appHead() {
  const tab = (name, label) =>
    el("button", { type: "button", role: "tab", "aria-selected": String(state.place.app === name), tabindex: state.place.app === name ? "0" : "-1", onclick: () => change(name) }, label);
  const change = (name) => {
    go({ app: name });
    main.querySelector("[role=tab][aria-selected=true]")?.focus();
  };
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": app().name }, app().home_tab && tab("home", "Home"), tab("messages", "Messages"));
  arrows(tabs, "[role=tab]", { previous: "ArrowLeft", next: "ArrowRight" });
  return el("header", { class: "place-head" }, opener(), face(app().bot_user), el("div", {}, el("h1", {}, app().name), tabs));
}

function drawHome() {
  if (state.place?.app !== "home") return;
  const view = state.parts.home;
  if (!view) return replace(home, el("p", { class: "nothing" }, `${app().name} has not drawn its Home yet.`));
  if (homeHost?.view.id !== view.id) homeHost = new ViewHost(view);
  homeHost.view = view;
  if (homeShown === view.hash) return;
  homeShown = view.hash;
  const key = home.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key : null;
  replace(home, el("div", { class: "home-body" }, blocks(view.blocks, homeHost)));
  if (key) ([...home.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key) ?? home).focus();
}

/** A thread beside the channel; `panel` is drawn by its own module. */
export async function drawThread() {
  current.thread = null;
  if (!state.thread) return;
  const { channel, ts } = state.thread;
  const name = channelName(channelOf(channel));
  const list = (current.thread = new MessageList(channel, ts, `Thread in ${name}`));
  const title = fresh("side");
  const composer = new Composer(channel, ts, "in this thread");
  side.setAttribute("aria-labelledby", title);
  side.removeAttribute("aria-label");
  replace(side,
    el("header", { class: "side-head" }, el("div", {}, el("h2", { id: title }, "Thread"), el("small", {}, `#${name}`)), sign("cross", "Close thread", { onclick: closeSide })),
    list.node, composer.node);
  side.hidden = false;
  await list.load();
  if (!list.seek(state.sought)) composer.field.focus();
  state.sought = null;
}

export function startPlace() {
  on("place", drawPlace);
  on("home", drawHome);
  on("workspace", followChannel);
  on("clock", () => Object.values(current).forEach((list) => list?.load()));
  on("latest", () => shownChannel() && document.hasFocus() && markRead(shownChannel()));
  addEventListener("focus", () => shownChannel() && markRead(shownChannel()));
  side.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && side.querySelector(".side-head .sign").click());
}
