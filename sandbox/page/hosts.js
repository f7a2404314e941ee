/** What a surface with blocks does with what is chosen, typed and pressed on it. */

import { Impossible } from "./api.js";
import { contentOf, initialOf, isTyped } from "./held.js";
import { deed, tell } from "./state.js";

const TYPING_PAUSE = 250;
const REQUIRED = "Please complete this required field.";

export const TROUBLE = {
  operation_timeout: "The app did not answer within three seconds.",
  dispatch_failed: "The app could not be reached, or answered with an error.",
};

/** Does it, and tells the person where it went wrong. */
export async function attempt(work) {
  try {
    const outcome = await work();
    if (outcome?.trouble) tell("trouble", TROUBLE[outcome.trouble] ?? outcome.trouble);
    return outcome;
  } catch (error) {
    tell("trouble", error instanceof Impossible ? error.message : "The sandbox itself did not answer.");
    return null;
  }
}

async function busy(node, work) {
  node.setAttribute("aria-busy", "true");
  await work();
  node.removeAttribute("aria-busy");
}

/** A message: every choice acts at once. */
export function messageHost(message) {
  const at = { channel: message.channel, ts: message.ts };
  const host = {
    busy,
    content: (block, given) => initialOf(given),
    problem: () => null,
    typing: () => {},
    chose: (block, given, value) => (block.type === "input" && !block.dispatch_action ? null : host.press(block, given, value)),
    press: (block, given, option) => attempt(() => deed("press", { ...at, action_id: given.action_id, block_id: block.block_id, option })),
    search: (block, given, query) => attempt(() => deed("search", { ...at, action_id: given.action_id, block_id: block.block_id, query })).then((found) => found ?? []),
  };
  return host;
}

const keyOf = (block, given) => `${block.block_id}\n${given.action_id}`;

/** A modal or a Home: what is filled in is kept by the workspace soon after, and surely before anything is sent. */
export class ViewHost {
  constructor(view) {
    this.drafts = new Map();
    this.problems = {};
    this.busy = busy;
    this.view = view;
    this.pending = new Map();
  }

  /** Another drawing: only fields that are still there are remembered, as Slack does. */
  redrawn(view) {
    this.view = view;
    this.problems = {};
    const there = new Set(view.blocks.filter((block) => block.element).map((block) => keyOf(block, block.element)));
    for (const key of this.drafts.keys()) if (!there.has(key)) this.drafts.delete(key);
    for (const block of this.pending.keys()) if (!view.blocks.some((each) => each.block_id === block)) this.pending.delete(block);
  }

  content(block, given) {
    const key = keyOf(block, given);
    return this.drafts.has(key) ? this.drafts.get(key) : contentOf(this.view.state.values[block.block_id]?.[given.action_id]);
  }

  problem(block) {
    return this.problems[block.block_id];
  }

  typing(block, given, value) {
    this.keep(block, given, value);
    const onEach = given.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered");
    if (block.dispatch_action && onEach) this.later(() => this.press(block, given, value));
    else this.later(() => this.flush());
  }

  keep(block, given, value) {
    this.drafts.set(keyOf(block, given), value);
    this.pending.set(block.block_id, value);
  }

  later(work) {
    clearTimeout(this.timer);
    this.timer = setTimeout(work, TYPING_PAUSE);
  }

  chose(block, given, value) {
    if (block.type !== "input") return this.press(block, given, value);
    this.keep(block, given, value);
    if (block.dispatch_action && !isTyped(given)) return this.press(block, given, value);
    return this.later(() => this.flush());
  }

  async settle() {
    if (this.pending.size) await this.flush();
  }

  /** The view is gone: nothing more is to be told of it. */
  forget() {
    clearTimeout(this.timer);
    this.pending.clear();
  }

  /** Everything that was typed since is put into the workspace; what cannot be is told by block. */
  async flush() {
    clearTimeout(this.timer);
    const values = Object.fromEntries(this.pending);
    this.pending.clear();
    const answer = await attempt(() => deed("fill", { view: this.view.id, values }));
    return answer?.problems ?? {};
  }

  async press(block, given, option) {
    this.pending.delete(block.block_id);
    await this.settle();
    return attempt(() => deed("press", { view: this.view.id, action_id: given.action_id, block_id: block.block_id, option }));
  }

  search(block, given, query) {
    const asked = { view: this.view.id, action_id: given.action_id, block_id: block.block_id, query };
    return attempt(() => deed("search", asked)).then((found) => found ?? []);
  }

  /** True when it was sent; what is wrong stands in `problems` then or before. */
  async submit() {
    for (const block of this.view.blocks) {
      if (block.type !== "input") continue;
      const key = keyOf(block, block.element);
      if (this.drafts.has(key)) this.pending.set(block.block_id, this.drafts.get(key));
    }
    const wrong = await this.flush();
    this.problems = Object.fromEntries(Object.entries(wrong).map(([block, words]) => [block, words ? sentence(words) : REQUIRED]));
    if (Object.keys(wrong).length) return null;
    const outcome = await attempt(() => deed("submit", { view: this.view.id }));
    this.problems = outcome?.errors ?? {};
    return outcome;
  }
}

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
