/** A short question over the page: one field at most, and what is done with the answer. */

import { button, el, fresh, replace } from "./dom.js";

const dialog = document.getElementById("question");

/** `field` is an input or a Combobox's node, `label` its words; `act` is done when the answer is yes. */
export function ask({ title, words, label, field, id, yes, danger = false, act }) {
  const send = (event) => {
    event.preventDefault();
    dialog.close();
    act();
  };
  const labelled = field && el("div", {}, el("label", { class: "label", for: id ?? field.id }, label), field);
  replace(dialog, el("form", { onsubmit: send },
    el("h2", { id: "question-title" }, title),
    words && el("p", {}, words),
    labelled,
    el("div", { class: "row end" },
      button("Cancel", { onclick: () => dialog.close() }),
      el("button", { class: `button ${danger ? "danger" : "primary"}`, type: "submit" }, yes))));
  dialog.oncancel = null;
  dialog.showModal();
  dialog.querySelector("input[type=text]:not([role])")?.select();
}

/** A time by the clock of somebody in `zone`. */
export const momentField = (value, min) => el("input", { type: "datetime-local", value, min, id: fresh("moment"), required: true });
export const nameField = (value) => el("input", { type: "text", value, id: fresh("name"), required: true, maxlength: "80", autocomplete: "off" });
