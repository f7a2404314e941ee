/** The strip above the workspace: whose page it is, what time it is, and what can be done to this world. */

import { post } from "./api.js";
import { button, el, replace } from "./dom.js";
import { attempt } from "./hosts.js";
import { icon } from "./icon.js";
import { face } from "./message.js";
import { menuButton } from "./menu.js";
import { isQuiet, ownWishes, personFacts, quietUntil } from "./people.js";
import { ask, momentField } from "./question.js";
import { be, me, now, on, openPanel, state, tell, users } from "./state.js";
import { barTime, fromWall, isoDay, toWall } from "./time.js";

const bar = document.getElementById("bar");
const DAY = 86400;
const clock = el("time", { class: "clock" });
const journey = el("span", { class: "journey", role: "status" });
const complaints = el("span", { class: "count" });
const faults = el("span", { class: "count" });

const travel = (where) => attempt(() => post("travel", where));

function times() {
  const steps = [["A day", DAY], ["A week", 7 * DAY], ["A month", 30 * DAY], ["A quarter", 91 * DAY]];
  return [
    { heading: "Move the workspace's time on by" },
    ...steps.map(([label, seconds]) => ({ label, act: () => travel({ seconds }) })),
    { heading: "Or" },
    { label: "To a date …", act: askDate },
    ...(state.parts.app?.ours ? [{ label: "Until the app says something", note: "day by day at half past ten: to the next reminder, for example", act: () => travel({ listen: nextMorning() }) }] : []),
  ];
}

/** The next half past ten where this person is. */
function nextMorning() {
  const at = fromWall(`${isoDay(now())}T10:30`);
  return at > now() ? at : fromWall(`${isoDay(now() + DAY)}T10:30`);
}

function askDate() {
  const field = momentField(toWall(now() + DAY), toWall(now()));
  const act = () => field.value && travel({ to: fromWall(field.value) });
  ask({ title: "Move time on to", label: `Date and time in ${me().tz}`, field, yes: "Move time", act });
}

function people() {
  const able = users().filter((user) => !user.deleted && user.role !== "bot");
  return [
    ...able.map((user) => ({ label: user.real_name, note: personFacts(user), face: face(user.id), chosen: user.id === state.me, act: () => become(user) })),
    { heading: `As ${me().real_name}` },
    ...ownWishes(me()),
  ];
}

async function become(user) {
  await be(user.id);
  tell("person");
  bar.querySelector(".person")?.focus();
}

/** Who is deactivated cannot sit at a screen any more: somebody else does. */
const giveWay = () => become(users().find((user) => !user.deleted && user.role !== "bot"));

function drawBar() {
  replace(bar,
    el("span", { class: "brand" }, "Sandbox"),
    clock,
    menuButton(button("Move time", { class: "quiet time-button" }), "Move time", times),
    journey,
    el("span", { class: "space" }),
    panelButton("workspace", "Workspace"),
    panelButton("complaints", "What Slack would say", complaints),
    panelButton("faults", "Faults", faults),
    panelButton("traffic", "Traffic"),
    menuButton(el("button", { type: "button", class: "person", "aria-label": `You are ${me().real_name}. Be someone else` }, face(state.me), el("span", {}, me().real_name.split(" ")[0]), isQuiet(me()) && el("span", { class: "moon", title: quietUntil(me()) }, icon("moon"), el("span", { class: "unseen" }, "Do not disturb"))), "Be someone else", people));
  tick();
  drawCounts();
}

function panelButton(name, words, count) {
  return el("button", { type: "button", class: "button quiet", "aria-expanded": String(state.panel === name), "data-panel": name, onclick: () => openPanel(name) }, words, " ", count);
}

function tick() {
  if (bar.querySelector(".moon") && !isQuiet(me())) drawBar();
  clock.textContent = barTime(now());
  clock.title = `The workspace's time in ${me().tz}`;
}

function drawCounts() {
  const parts = state.parts;
  const put = (node, count, words) => replace(node, count ? String(count) : "", count ? el("span", { class: "unseen" }, ` ${words}`) : "");
  put(complaints, parts.complaints?.length ?? 0, "complaints");
  const dead = parts.app?.ours && parts.app.state === "died" ? 1 : 0;
  put(faults, (parts.faults?.length ?? 0) + dead, "at work");
  const going = parts.app?.journey ?? {};
  const starting = parts.app?.state === "starting" ? "The app is starting" : "";
  const words = going.note || starting;
  if (journey.textContent !== words) journey.textContent = words;
  document.body.classList.toggle("moving", Boolean(going.moving));
}

export function startBar() {
  drawBar();
  on("person", drawBar);
  on("workspace", () => (me().deleted ? setTimeout(giveWay) : drawBar())); // after everybody else has heard of it
  on("clock", tick);
  for (const topic of ["complaints", "faults", "app"]) on(topic, drawCounts);
  on("side", () => bar.querySelectorAll("[data-panel]").forEach((each) => each.setAttribute("aria-expanded", String(state.panel === each.dataset.panel))));
  setInterval(tick, 5000);
}
