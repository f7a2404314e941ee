/** The modal on top of the person's screen. */

import { blocks } from "./blocks.js";
import { button, el, replace, sign } from "./dom.js";
import { TROUBLE, ViewHost, attempt } from "./hosts.js";
import { app, deed, on, state } from "./state.js";
import { spoken } from "./text.js";

const dialog = document.getElementById("modal");
const hosts = new Map();
let shown = null; // id and hash of what is drawn
let opener = null;

function follow() {
  const stack = state.parts.stack ?? [];
  const view = stack.at(-1);
  for (const [id, host] of hosts) {
    if (stack.some((each) => each.id === id)) continue;
    host.forget();
    hosts.delete(id);
  }
  if (!view) return leave();
  const drawn = `${view.id} ${view.hash} ${stack.length}`;
  if (drawn === shown) return keepState(view);
  const replaced = shown?.split(" ")[0] === view.id;
  shown = drawn;
  draw(view, replaced);
}

function leave() {
  shown = null;
  if (!dialog.open) return;
  dialog.close();
  if (opener?.isConnected) opener.focus();
}

function hostOf(view) {
  if (!hosts.has(view.id)) hosts.set(view.id, new ViewHost(view));
  return keepState(view);
}

/** The same drawing; only what the fields hold is newer. */
function keepState(view) {
  const host = hosts.get(view.id);
  if (host) host.view = view;
  return host;
}

function draw(view, replaced) {
  const host = hostOf(view);
  host.redrawn(view);
  const key = replaced ? document.activeElement?.closest("[data-key]")?.dataset.key : null;
  fill(view, host);
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  focusOn(key);
}

/** Where the person was if that is still there; else where the app wants them; else the title, to be read first. */
function focusOn(key) {
  const kept = key && [...dialog.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  const target = (kept && firstField(kept)) ?? dialog.querySelector(".modal-body [autofocus]") ?? dialog.querySelector("#modal-title");
  target.focus();
  if (!kept) dialog.querySelector(".modal-body").scrollTop = 0;
}

const FIELDS = "input:not([type=hidden]), textarea, button";
const firstField = (node) => (node.matches(FIELDS) ? node : (node.querySelector("input:checked") ?? node.querySelector(FIELDS)));

function fill(view, host) {
  const deep = (state.parts.stack ?? []).length > 1;
  const close = async (everything) => {
    await host.settle();
    await attempt(() => deed("close", { view: view.id, everything }));
  };
  const back = () => close(false);
  const all = () => close(true);
  const submit = view.submit && el("button", { class: "button primary", type: "submit" }, spoken(view.submit));
  const form = el("form", { class: "modal-form", novalidate: true, onsubmit: (event) => send(event, view, host, submit) },
    el("header", { class: "modal-head" },
      deep ? sign("left", "Back", { class: "back", onclick: back }) : el("span", { class: "app-face", "aria-hidden": "true" }, app().name[0]),
      el("h2", { id: "modal-title", tabindex: "-1" }, spoken(view.title)),
      sign("cross", "Close", { class: "close", onclick: all })
    ),
    el("div", { class: "modal-body", tabindex: "0", role: "group", "aria-labelledby": "modal-title" }, blocks(view.blocks, host)),
    el("footer", { class: "modal-foot" },
      el("p", { class: "problem", role: "alert", id: "modal-problem" }),
      button(view.close ? spoken(view.close) : view.submit ? "Cancel" : "Close", { onclick: back }),
      submit
    )
  );
  replace(dialog, form);
  dialog.oncancel = (event) => {
    event.preventDefault();
    back();
  };
}

async function send(event, view, host, submit) {
  event.preventDefault();
  if (!submit || submit.getAttribute("aria-busy")) return;
  submit.setAttribute("aria-busy", "true");
  const before = shown;
  const outcome = await host.submit();
  submit.removeAttribute("aria-busy");
  if (shown !== before) return; // the app has drawn another view meanwhile
  const body = dialog.querySelector(".modal-body");
  const top = body.scrollTop;
  fill(host.view, host);
  dialog.querySelector(".modal-body").scrollTop = top;
  const wrong = dialog.querySelector(".wrong");
  const words = outcome?.trouble ? TROUBLE[outcome.trouble] : wrong ? "Please look at the marked fields." : "";
  dialog.querySelector("#modal-problem").textContent = words;
  if (wrong) firstField(wrong)?.focus();
  else dialog.querySelector("button[type=submit]")?.focus();
  wrong?.scrollIntoView({ block: "nearest" });
}

export function startModal() {
  on("stack", follow);
  follow();
}
