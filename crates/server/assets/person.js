// The person before us: D opens what they say of themselves, kept in place and taken back with one key; V joins a letter with a moment.
import { on } from "./keys.js";
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { say } from "./say.js";

const details = document.getElementById("person");
const before = new WeakMap();
const values = (form) => [...new FormData(form)].filter(([name]) => name !== "conversation");

for (const form of document.querySelectorAll("[data-person]")) before.set(form, values(form));

async function keep(form, fields) {
  const state = form.querySelector(".state");
  const answer = await askDesk("POST", form.getAttribute("action"), { form: fields });
  if (!answer.ok) {
    state.textContent = answer.says;
    return false;
  }
  return true;
}

async function kept(form) {
  const was = before.get(form) ?? [];
  const now = values(form);
  if (!(await keep(form, now))) return;
  before.set(form, now);
  const undo = element("button", { type: "button", class: "words", onclick: async () => {
    if (!(await keep(form, was))) return;
    for (const it of form.elements) {
      if (!it.name || it.type === "hidden") continue;
      const value = was.find(([name]) => name === it.name)?.[1];
      if (it.type === "checkbox") it.checked = value !== undefined;
      else it.value = value ?? "";
    }
    before.set(form, was);
    form.querySelector(".state").textContent = "As it was.";
  } }, "Undo");
  form.querySelector(".state").replaceChildren("Kept. ", undo);
  say("Kept.");
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-person]")) return;
  event.preventDefault();
  kept(event.target);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});

on("d", () => {
  const now = document.getElementById("person");
  if (!now) return false;
  now.open = !now.open;
  now.querySelector("summary").focus();
});
on("v", () => {
  const also = document.querySelector("[data-also]");
  if (!also) return false;
  also.requestSubmit();
});
// What was put in anew by a live change begins from what it says then.
document.addEventListener("head-changed", () => {
  for (const form of document.querySelectorAll("[data-person]")) if (!before.has(form)) before.set(form, values(form));
});
if (details && location.hash === "#person") details.open = true;
