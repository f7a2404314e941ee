/** The strip above the workspace: whose page it is, what time it is, and what can be done to this world. */

import { post } from "./api.js";
import { button, el, replace, sign } from "./dom.js";
import { attempt } from "./hosts.js";
import { face } from "./message.js";
import { menuButton } from "./menu.js";
import { be, me, now, on, openPanel, state, tell, users } from "./state.js";
import { barTime, fromWall, isoDay, toWall } from "./time.js";

const bar = document.getElementById("bar");
const dialog = document.getElementById("question");
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
  const field = el("input", { type: "datetime-local", value: toWall(now() + DAY), min: toWall(now()), id: "to-date", required: true });
  const send = (event) => {
    event.preventDefault();
    dialog.close();
    if (field.value) travel({ to: fromWall(field.value) });
  };
  replace(dialog, el("form", { onsubmit: send },
    el("h2", { id: "question-title" }, "Move time on to"),
    el("label", { class: "label", for: "to-date" }, `Date and time in ${me().tz}`), field,
    el("div", { class: "row end" }, button("Cancel", { onclick: () => dialog.close() }), el("button", { class: "button primary", type: "submit" }, "Move time"))));
  dialog.oncancel = null;
  dialog.showModal();
}

const ROLES = { admin: "admin", guest: "guest", external: "from another organisation" };

function people() {
  const able = users().filter((user) => !user.deleted && user.role !== "bot");
  return able.map((user) => ({
    label: user.real_name, note: [ROLES[user.role], user.tz].filter(Boolean).join(" · "), face: face(user.id), chosen: user.id === state.me,
    act: async () => {
      await be(user.id);
      tell("person");
      bar.querySelector(".person")?.focus();
    },
  }));
}

function drawBar() {
  replace(bar,
    el("span", { class: "brand" }, "Sandbox"),
    clock,
    menuButton(button("Move time", { class: "quiet time-button" }), "Move time", times),
    journey,
    el("span", { class: "space" }),
    panelButton("complaints", "What Slack would say", complaints),
    panelButton("faults", "Faults", faults),
    panelButton("traffic", "Traffic"),
    menuButton(el("button", { type: "button", class: "person", "aria-label": `You are ${me().real_name}. Be someone else` }, face(state.me), el("span", {}, me().real_name.split(" ")[0])), "Be someone else", people));
  tick();
  drawCounts();
}

function panelButton(name, words, count) {
  return el("button", { type: "button", class: "button quiet", "aria-expanded": String(state.panel === name), "data-panel": name, onclick: () => openPanel(name) }, words, " ", count);
}

function tick() {
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
  on("workspace", drawBar);
  on("clock", tick);
  for (const topic of ["complaints", "faults", "app"]) on(topic, drawCounts);
  on("side", () => bar.querySelectorAll("[data-panel]").forEach((each) => each.setAttribute("aria-expanded", String(state.panel === each.dataset.panel))));
  setInterval(tick, 5000);
}
