/** Behind the scenes: what Slack would say, what is made to go wrong, and all that went to and fro. */

import { post, remove } from "./api.js";
import { button, el, fresh, replace, sign } from "./dom.js";
import { attempt } from "./hosts.js";
import { app, closeSide, on, state } from "./state.js";
import { clockTime, isoDay } from "./time.js";
import { workspacePanel } from "./workspace.js";

const side = document.getElementById("side");

const FAULTS = [
  { name: "Too many requests", note: "429, to be tried again after two seconds", trouble: "limited", retry_after: "2" },
  { name: "Slack is down", note: "503 with a page of HTML", trouble: "unavailable" },
  { name: "The answer is lost", note: "the call takes effect, then the connection breaks", trouble: "dropped", performs: true },
  { name: "The call is lost", note: "the connection breaks, and nothing has happened", trouble: "dropped", performs: false },
  { name: "Slow answers", note: "every answer takes five seconds", trouble: "slow", seconds: 5 },
  { name: "The token is revoked", note: "token_revoked, as after an administrator removed it", trouble: "error", error: "token_revoked" },
];
const METHODS = ["*", "chat.*", "chat.postMessage", "chat.update", "views.*", "users.info", "conversations.*"];
let scope = { method: "*", count: "" };

const same = (fault, described) => fault.trouble === described.trouble && (described.performs ?? null) === fault.performs;
const isOn = (described) => state.parts.faults.find((fault) => same(fault, described));

async function flip(described) {
  const others = state.parts.faults.filter((fault) => !same(fault, described));
  if (!isOn(described)) {
    const { name, note, ...fault } = described;
    await post("faults", { ...fault, method: scope.method, count: scope.count ? Number(scope.count) : null });
    return;
  }
  await remove("faults");
  for (const fault of others) await post("faults", fault);
}

function faultRow(described) {
  const on = isOn(described);
  const more = on ? ` On for ${on.method === "*" ? "every call" : on.method}${on.count === null ? "" : `, ${on.count} more`}.` : "";
  return el("label", { class: "switch" },
    el("input", { type: "checkbox", role: "switch", checked: Boolean(on), onchange: () => attempt(() => flip(described)) }),
    el("span", {}, described.name, el("small", {}, described.note, "."), more && el("small", { class: "at-work" }, more)));
}

function choice(label, options, key) {
  const id = fresh("scope");
  const drawn = el("select", { id, onchange: (event) => { scope = { ...scope, [key]: event.target.value }; } },
    options.map(([value, words]) => el("option", { value, selected: scope[key] === value }, words)));
  return el("div", {}, el("label", { class: "label", for: id }, label), drawn);
}

function faultsPanel() {
  return [
    el("p", {}, `Make things go wrong between ${app().name} and Slack, and see what becomes of it.`),
    el("div", { class: "row scope" },
      choice("For", METHODS.map((method) => [method, method === "*" ? "every call" : method]), "method"),
      choice("How often", [["", "until switched off"], ["1", "the next call"], ["3", "the next 3 calls"], ["10", "the next 10 calls"]], "count")),
    el("div", { class: "switches" }, FAULTS.map(faultRow)),
    state.parts.app.ours && processPart(state.parts.app),
    el("h3", {}, "What happened"),
    entries(state.parts.traffic.slice(0, 25)),
  ];
}

function processPart(shown) {
  const words = { running: "is running", starting: "is starting", stopped: "is stopped", died: `ended by itself or was killed (${shown.code})` }[shown.state];
  const act = (what) => attempt(() => post(`app/${what}`));
  return el("section", { class: "process" },
    el("h3", {}, "The app's process"),
    el("p", {}, el("span", { class: `lamp ${shown.state}`, "aria-hidden": "true" }), `It ${words}.`),
    el("div", { class: "row" },
      button("Kill it", { class: "danger", disabled: shown.state !== "running", onclick: () => act("kill") }),
      button("Start it again", { disabled: !["died", "stopped"].includes(shown.state), onclick: () => act("start") })),
    shown.tail && el("pre", { class: "tail", tabindex: "0" }, shown.tail));
}

const stamp = (at) => el("time", {}, `${isoDay(at).slice(5)} ${clockTime(at)}`);

function entries(all) {
  if (!all.length) return el("p", { class: "nothing" }, "Nothing yet.");
  return el("ol", { class: "traffic" }, all.map((each) =>
    el("li", { class: each.trouble ? "trouble" : "" },
      stamp(each.at),
      el("span", { class: "way", title: each.way === "call" ? "The app calls Slack" : "Slack calls the app" }, each.way === "call" ? "app → Slack" : "Slack → app"),
      el("span", { class: "what" }, each.what), el("span", { class: "outcome" }, each.outcome))));
}

function complaintsPanel() {
  const all = [...state.parts.complaints].reverse();
  return [
    el("p", {}, `Slack would refuse or ignore these in silence; here they are said aloud.`),
    all.length ? el("ol", { class: "complaints" }, all.map((each) => el("li", {}, stamp(each.at), el("strong", {}, each.what), el("span", {}, each.detail)))) : el("p", { class: "nothing" }, `Nothing: ${app().name} has done nothing wrong.`),
    all.length > 0 && button("Clear", { onclick: () => attempt(() => remove("complaints")) }),
  ];
}

/** Title, content, and what makes it out of date. */
const PANELS = {
  workspace: ["Workspace", workspacePanel, ["workspace", "clock"]],
  complaints: ["What Slack would say", complaintsPanel, ["complaints"]],
  faults: ["Faults", faultsPanel, ["faults", "traffic", "app"]],
  traffic: ["Traffic", () => [el("p", {}, `The last calls between ${app().name} and Slack.`), entries(state.parts.traffic)], ["traffic"]],
};

export function drawPanel(refreshing = false) {
  if (!state.panel) return;
  const [title, draw] = PANELS[state.panel];
  const focused = side.contains(document.activeElement) ? [...side.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement) : -1;
  if (refreshing && document.activeElement?.localName === "select") return;
  const top = side.querySelector(".side-body")?.scrollTop ?? 0;
  side.setAttribute("aria-label", title);
  side.removeAttribute("aria-labelledby");
  replace(side,
    el("header", { class: "side-head" }, el("h2", { tabindex: "-1" }, title), sign("cross", `Close ${title}`, { onclick: close })),
    el("div", { class: "side-body", tabindex: "0", role: "region", "aria-label": title }, draw()));
  side.hidden = false;
  side.querySelector(".side-body").scrollTop = refreshing ? top : 0;
  if (!refreshing) side.querySelector("h2").focus();
  else if (focused >= 0) side.querySelectorAll(FOCUSABLE)[focused]?.focus();
}

const FOCUSABLE = "button, input, select";

function close() {
  const name = state.panel;
  closeSide();
  document.querySelector(`[data-panel=${name}]`)?.focus();
}

export function startPanel() {
  const heard = (topic) => PANELS[state.panel]?.[2].includes(topic) && drawPanel(true);
  for (const topic of ["workspace", "clock", "complaints", "faults", "traffic", "app"]) on(topic, () => heard(topic));
}
