/** The page begins here: whose it is, where they were, and everything that follows the workspace. */

import { get } from "./api.js";
import { startBar } from "./bar.js";
import { replace } from "./dom.js";
import { startModal } from "./modal.js";
import { drawPanel, startPanel } from "./panel.js";
import { followLinks } from "./permalink.js";
import { drawPlace, drawThread, startPlace } from "./place.js";
import { startSidebar } from "./sidebar.js";
import { be, firstPlace, go, on, state, tell } from "./state.js";

const side = document.getElementById("side");

function drawSide() {
  side.hidden = !state.thread && !state.panel;
  document.body.classList.toggle("side-open", !side.hidden);
  if (side.hidden) replace(side);
  drawThread();
  drawPanel();
}

async function start() {
  const { users, team } = await get("workspace");
  const able = users.filter((user) => !user.deleted && user.role !== "bot");
  document.title = `${team.name} – Sandbox`;
  const known = able.find((user) => user.id === localStorage.getItem("me")) ?? able[0];
  await be(known.id);
  startBar();
  startSidebar();
  startPlace();
  startPanel();
  followLinks();
  on("side", drawSide);
  on("person", () => go(firstPlace()));
  on("broken", (broken) => document.body.classList.toggle("broken", broken));
  startModal();
  on("person", () => tell("stack"));
  go(firstPlace());
  document.body.classList.add("ready");
}

start();
