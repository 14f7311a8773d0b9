// The person before us: D opens what they say of themselves, kept in place and taken back with one key; V joins a letter with a moment.
import { on } from "./keys.js";
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { say } from "./say.js";

const details = document.getElementById("person");
const fields = (form) => [...form.elements].filter((it) => it.name && it.type !== "hidden");
const values = (form) => fields(form).filter((it) => it.type !== "checkbox" || it.checked).map((it) => [it.name, it.value]);
/** What the desk has: the form as it came, or as it was kept last. */
const kept = (form) => fields(form).filter((it) => it.type !== "checkbox" || it.defaultChecked)
  .map((it) => [it.name, it.type === "checkbox" ? it.value : it.defaultValue]);

function settle(form) {
  for (const it of fields(form)) {
    if (it.type === "checkbox") it.defaultChecked = it.checked;
    else it.defaultValue = it.value;
  }
}

async function post(form, words) {
  const state = form.querySelector(".state");
  const answer = await askDesk("POST", form.getAttribute("action"), { form: words });
  if (!answer.ok) {
    state.textContent = answer.says;
    return false;
  }
  return true;
}

async function keep(form) {
  const was = kept(form);
  if (!(await post(form, values(form)))) return;
  settle(form);
  const undo = element("button", { type: "button", class: "words", onclick: async () => {
    if (!(await post(form, was))) return;
    for (const it of fields(form)) {
      const value = was.find(([name]) => name === it.name)?.[1];
      if (it.type === "checkbox") it.checked = value !== undefined;
      else it.value = value ?? "";
    }
    settle(form);
    form.querySelector(".state").textContent = "As it was.";
  } }, "Undo");
  form.querySelector(".state").replaceChildren("Kept. ", undo);
  say("Kept.");
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-person]")) return;
  event.preventDefault();
  keep(event.target);
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
if (details && location.hash === "#person") details.open = true;
