/** Links to messages lead to where they stand on this page, as they do in the official client. */

import { get } from "./api.js";
import { channelOf, go, openThread, state, tell } from "./state.js";

const LINK = /^https:\/\/([\w-]+)\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?thread_ts=([\d.]+))?/;

async function show(channel, ts, thread) {
  if (!channelOf(channel)?.members.includes(state.me)) return tell("trouble", "This message is in a channel that you are not in.");
  const begun = thread ?? ((await get("messages", { channel, thread: ts })).length > 1 ? ts : null);
  state.sought = ts;
  go({ channel });
  if (begun) openThread(channel, begun);
}

/** True when the address is a message of this workspace: then the person is led there, if they may see it. */
export function followed(address) {
  const [, domain, channel, seconds, rest, thread] = address.match(LINK) ?? [];
  if (domain !== state.parts.workspace.team.domain) return false;
  show(channel, `${seconds}.${rest}`, thread);
  return true;
}

/** An address of any kind; others open in a window of their own. */
export function visit(address) {
  if (!followed(address)) open(address, "_blank", "noopener");
}

export function followLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && followed(link.href)) event.preventDefault();
  });
}
