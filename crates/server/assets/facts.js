// Facts: E goes to the list, arrows walk it, Enter opens a line to check it by hand.
import { on } from "./keys.js";
import { say } from "./say.js";
import { askDesk } from "./ask-desk.js";

const room = () => document.getElementById("facts");
const lines = () => [...(room()?.querySelectorAll(".fact summary") ?? [])].filter((it) => it.offsetParent !== null);

function enter() {
  const section = room();
  if (!section) return false;
  section.hidden = false;
  const side = document.getElementById("side");
  if (side.dataset.sheet === "down" && getComputedStyle(section).display === "none") side.querySelector("[data-sheet-handle]")?.click();
  const here = lines();
  const at = here.indexOf(document.activeElement);
  const next = here[(at + 1) % here.length] ?? section.querySelector(".new-fact summary");
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

on("e", enter);

document.addEventListener("keydown", (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (!steps[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
  const here = lines();
  const at = here.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  here[Math.max(0, Math.min(here.length - 1, at + steps[event.key]))].focus();
});

// A line that is opened wants to be written in at once: the next key is a letter of it, and no key of the desk.
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("#facts .fact summary, #facts .new-fact summary");
  if (!summary) return;
  event.preventDefault();
  const details = summary.parentElement;
  details.open = !details.open;
  if (details.open) details.querySelector("input, form button")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const details = event.target.closest?.("#facts details[open]");
  if (!details) return;
  event.preventDefault();
  event.stopPropagation();
  details.open = false;
  details.querySelector("summary").focus();
}, true);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-fact-form]")) return;
  event.preventDefault();
  const words = new FormData(form, event.submitter);
  const fact = form.closest("[data-fact]")?.dataset.fact;
  const answer = await askDesk("POST", form.getAttribute("action"), { form: words });
  if (!answer.ok) return say(answer.says);
  show(answer.html, fact ?? answer.fact);
  say(answer.says);
  document.dispatchEvent(new CustomEvent("review-soon"));
});

function show(html, fact) {
  const section = room();
  if (!section || html === undefined) return;
  section.innerHTML = html;
  const line = fact && section.querySelector(`[data-fact="${CSS.escape(fact)}"]`);
  (line?.querySelector("summary") ?? section.querySelector(".ways button"))?.focus();
}
