// The letters: opens at the customer's last words, and the deeds at the head have their keys.
import { on } from "./keys.js";

const last = document.querySelector(".message[data-last-word]");
if (location.hash === "#end") document.getElementById("end")?.scrollIntoView({ block: "end" });
else if (!location.hash) last?.scrollIntoView({ block: "start" });

on("r", () => write("reply"));
on("n", () => write("note"));
on("c", () => document.querySelector("[data-close]")?.requestSubmit() ?? undefined);
on("a", () => {
  const over = document.querySelector("[data-take-over]");
  if (over) return over.requestSubmit();
  const select = document.getElementById("assign");
  if (!select || select.value === document.body.dataset.agent) return false;
  select.value = document.body.dataset.agent;
  select.form.requestSubmit();
});
on("z", () => {
  const undo = [...document.querySelectorAll("[data-undo] button")].pop();
  if (!undo) return false;
  undo.click();
});

/** Which of the two is being written changes by the person's own deed only. */
export function write(which) {
  const choice = document.getElementById(`write-${which}`);
  const paper = document.getElementById(which);
  if (!choice || !paper) return false;
  choice.checked = true;
  paper.focus();
  paper.setSelectionRange(paper.value.length, paper.value.length);
}

document.addEventListener("change", (event) => {
  if (event.target.id === "assign") event.target.form.requestSubmit();
});
