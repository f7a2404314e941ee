/** The same control door that tests use: one address per deed. */

const ROOT = "/sandbox/";

export class Impossible extends Error {}

async function ask(method, path, body) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const response = await fetch(ROOT + path, { method, ...sent });
  if (response.status === 409) throw new Impossible((await response.json()).impossible);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

export const get = (path, query = {}) => ask("GET", `${path}?${new URLSearchParams(query)}`);
export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path, query = {}) => ask("DELETE", `${path}?${new URLSearchParams(query)}`);
export const act = (user, deed, given = {}) => post(`people/${user}/${deed}`, given);

/** Calls `heard` with all that is new for this person, until it is closed. */
export function listen(user, heard, broken) {
  const source = new EventSource(`${ROOT}stream?user=${encodeURIComponent(user)}`);
  source.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  source.addEventListener("error", () => broken(true));
  source.addEventListener("open", () => broken(false));
  return source;
}
