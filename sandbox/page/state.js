/** What is known of the workspace and where the person looks; whoever shows a part of it listens to that part. */

import { announce } from "./dom.js";
import { act, listen } from "./api.js";

const listeners = new Map();

export const state = {
  me: "",
  parts: {},
  place: null, // { channel } or { app: "home" | "messages" }
  thread: null, // { channel, ts }
  sought: null, // the time stamp of the message that a link has led to
  panel: null, // "workspace", "complaints", "faults" or "traffic"
  read: {},
  ahead: 0,
};

export function on(topic, heard) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), heard]);
}

export function tell(topic, detail) {
  for (const heard of listeners.get(topic) ?? []) heard(detail);
}

export const app = () => state.parts.workspace.app;
export const users = () => state.parts.workspace.users;
export const userOf = (id) => users().find((user) => user.id === id);
export const me = () => userOf(state.me);
export const nameOf = (id) => userOf(id)?.real_name || userOf(id)?.name || id;
export const directId = () => `D_${state.me}`;
export const channelOf = (id) => state.parts.workspace.channels.find((channel) => channel.id === id);
export const now = () => Date.now() / 1000 + state.ahead;
export const deed = (name, given) => act(state.me, name, given);

export function myChannels() {
  return state.parts.workspace.channels.filter((channel) => channel.members.includes(state.me));
}

const GUESTS = ["guest", "single", "external"];
/** Those that this person may look at: public ones, unless they are a guest, and their own. */
export const seenChannels = () =>
  state.parts.workspace.channels.filter((channel) => channel.members.includes(state.me) || (channel.kind === "public" && !GUESTS.includes(me().role)));

/** The person on the other side of a conversation between two. */
export const otherOf = (channel) => channel.members.find((member) => member !== state.me) ?? state.me;

export function channelName(channel) {
  if (!channel) return "?";
  return channel.kind === "direct" ? nameOf(otherOf(channel)) : channel.name;
}

/** Where somebody begins: where they were, if that is still theirs; else their first channel. */
export function firstPlace() {
  const before = remembered();
  if (before?.app || channelOf(before?.channel)?.members.includes(state.me)) return before;
  const channel = myChannels().find((each) => each.kind !== "direct" && !each.archived);
  return channel ? { channel: channel.id } : { app: app().home_tab ? "home" : "messages" };
}

export const shownChannel = () => state.place?.channel ?? (state.place?.app === "messages" ? directId() : null);

export function go(place) {
  state.place = place;
  state.thread = null;
  remember();
  tell("place");
  tell("side");
}

export function openThread(channel, ts) {
  state.thread = { channel, ts };
  state.panel = null;
  tell("side");
}

export function openPanel(name) {
  state.panel = state.panel === name ? null : name;
  state.thread = null;
  tell("side");
}

export function closeSide() {
  state.thread = null;
  state.panel = null;
  tell("side");
}

export function markRead(channel) {
  const latest = state.parts.latest?.[channel];
  if (!latest || state.read[channel] >= latest) return;
  state.read[channel] = latest;
  localStorage.setItem(`read:${state.me}`, JSON.stringify(state.read));
  tell("latest");
}

export const isUnread = (channel) => (state.parts.latest?.[channel] ?? "") > (state.read[channel] ?? "");

let source = null;
/** The page becomes this person's. */
export function be(user) {
  source?.close();
  state.me = user;
  state.parts = {};
  state.read = JSON.parse(localStorage.getItem(`read:${user}`) ?? "{}");
  localStorage.setItem("me", user);
  return new Promise((resolve) => {
    source = listen(user, (news) => resolve(hear(news)), (broken) => tell("broken", broken));
  });
}

function hear({ parts, messages }) {
  const before = state.parts;
  state.parts = { ...before, ...parts };
  if (parts.clock) state.ahead = parts.clock.now - Date.now() / 1000;
  if (!before.workspace) return;
  for (const name of Object.keys(parts)) tell(name);
  if (messages.length) {
    tell("messages", messages);
    speak(messages);
  }
}

function speak(messages) {
  const fresh = messages.filter((each) => each.channel === shownChannel() && each.user !== state.me && !each.gone && !each.edited_at);
  const last = fresh.at(-1);
  if (last) announce(`${nameOf(last.user)}: ${last.text.slice(0, 200)}`);
}

function remember() {
  localStorage.setItem(`place:${state.me}`, JSON.stringify(state.place));
}

function remembered() {
  return JSON.parse(localStorage.getItem(`place:${state.me}`) ?? "null");
}
