/** What can become of a person: not to be disturbed, elsewhere on the globe, deactivated and back again. */

import { get, post } from "./api.js";
import { Combobox } from "./combobox.js";
import { fresh } from "./dom.js";
import { attempt } from "./hosts.js";
import { ask, momentField } from "./question.js";
import { me, now, state } from "./state.js";
import { clockTime, dayName, fromWall, toWall } from "./time.js";

const ROLES = { owner: "owner", admin: "admin", guest: "guest", single: "guest of one channel", external: "from another organisation" };
const HOUR = 3600;

const change = (what, given) => attempt(() => post(`lifecycle/${what}`, given));

export const isQuiet = (user) => user.dnd_until > now();
export function quietUntil({ dnd_until: until }) {
  const day = dayName(until);
  return `Do not disturb until ${day === "Today" ? "" : `${day.toLowerCase()} at `}${clockTime(until)}`;
}

export function personFacts(user) {
  const quiet = isQuiet(user) && quietUntil(user).toLowerCase();
  return [user.deleted && "deactivated", ROLES[user.role], user.tz, quiet].filter(Boolean).join(" · ");
}

/** What somebody decides about themselves. */
export function ownWishes(user) {
  const end = () => change("do_not_disturb", { user_id: user.id, until: 0 });
  return [
    isQuiet(user) ? { label: "End do not disturb", note: quietUntil(user), act: end } : { label: "Do not disturb until …", act: () => askQuiet(user) },
    { label: "Time zone …", note: user.tz, act: () => askZone(user) },
  ];
}

export function personMenu(user) {
  if (user.deleted) return [{ label: "Reactivate", note: "They come back, but into no channel.", act: () => change("change_user", { user_id: user.id, deleted: false }) }];
  return [...ownWishes(user), { label: "Deactivate …", act: () => askDeactivate(user) }];
}

function askQuiet(user) {
  const field = momentField(toWall(now() + 2 * HOUR), toWall(now()));
  const act = () => field.value && change("do_not_disturb", { user_id: user.id, until: fromWall(field.value) });
  ask({ title: user.id === state.me ? "Do not disturb" : `Do not disturb ${user.real_name}`, label: `Until, by the clock of ${me().tz}`, field, yes: "Pause", act });
}

async function askZone(user) {
  const zones = (await get("zones")).map((zone) => ({ value: zone, label: zone }));
  const id = fresh("zone");
  const offer = (query) => zones.filter((zone) => zone.label.toLowerCase().includes(query.toLowerCase().replaceAll(" ", "_")));
  const box = new Combobox({ id, offer, chosen: [{ value: user.tz, label: user.tz }], clearable: false, change: () => {} });
  const act = () => change("change_user", { user_id: user.id, tz: box.chosen[0].value });
  ask({ title: `Time zone of ${user.real_name}`, label: "Time zone", field: box.node, id, yes: "Change", act });
}

function askDeactivate(user) {
  const act = () => change("change_user", { user_id: user.id, deleted: true });
  ask({ title: `Deactivate ${user.real_name}?`, words: "They leave every channel and cannot sign in any more. Their messages stay.", yes: "Deactivate", danger: true, act });
}
