/** Times as a person sees them: in their own zone, by the workspace's clock. */

import { me, now } from "./state.js";

const formats = new Map();

function format(seconds, options) {
  const key = me().tz + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: me().tz, ...options }));
  return formats.get(key).format(new Date(seconds * 1000));
}

export const clockTime = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit" });
export const isoDay = (seconds) => format(seconds, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-");
export const longDay = (seconds) => format(seconds, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortDay = (seconds) => format(seconds, { day: "numeric", month: "short", year: "numeric" });
export const barTime = (seconds) =>
  `${format(seconds, { weekday: "short", day: "numeric", month: "short", year: "numeric" })}, ${clockTime(seconds)}`;
export const wholeTime = (seconds) => `${longDay(seconds)} at ${clockTime(seconds)}`;

const DAY = 86400;

/** "Today" and "Yesterday" where they are true, else the day. */
export function dayName(seconds, otherwise = longDay) {
  const day = isoDay(seconds);
  if (day === isoDay(now())) return "Today";
  if (day === isoDay(now() - DAY)) return "Yesterday";
  if (day === isoDay(now() + DAY)) return "Tomorrow";
  return otherwise(seconds);
}

function ago(seconds) {
  const past = Math.max(0, now() - seconds);
  const [size, word] = [[DAY, "day"], [3600, "hour"], [60, "minute"]].find(([size]) => past >= size) ?? [1, "second"];
  const count = Math.floor(past / size);
  return `${count} ${word}${count === 1 ? "" : "s"} ago`;
}

const TOKENS = {
  date_num: isoDay,
  date: longDay,
  date_short: shortDay,
  date_long: longDay,
  date_pretty: (at) => dayName(at).toLowerCase(),
  date_short_pretty: (at) => dayName(at, shortDay),
  date_long_pretty: (at) => dayName(at),
  time: clockTime,
  time_secs: (at) => format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago,
};

/** `{date_short_pretty} at {time}` and the like. */
export function dated(seconds, pattern) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => TOKENS[name]?.(seconds) ?? whole);
}

/** Unix time of a wall clock's "2026-05-01T10:00" in this person's zone. */
export function fromWall(wall) {
  const asIfUtc = Date.parse(`${wall}Z`) / 1000;
  let guess = asIfUtc;
  for (let round = 0; round < 3; round += 1) guess += asIfUtc - Date.parse(`${toWall(guess)}Z`) / 1000;
  return guess;
}

export const toWall = (seconds) => `${isoDay(seconds)}T${clockTime(seconds)}`;
