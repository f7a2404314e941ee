/** "Are you sure?", as the app has worded it. */

import { button, el, replace } from "./dom.js";
import { spoken, text } from "./text.js";

const dialog = document.getElementById("question");

export function confirmed(given) {
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.close();
      resolve(yes);
    };
    replace(dialog,
      el("h2", { id: "question-title" }, spoken(given.title)),
      el("div", { class: "question-text" }, text(given.text)),
      el("div", { class: "row end" },
        button(spoken(given.deny), { onclick: () => answer(false) }),
        button(spoken(given.confirm), { class: given.style ?? "primary", onclick: () => answer(true) })
      )
    );
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
