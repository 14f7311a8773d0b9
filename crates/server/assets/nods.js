// Nods: 1 says yes at once, 2 and 3 take a word first if there is one; the answer goes without leaving the page.
import { on } from "./keys.js";
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { say } from "./say.js";

const LABELS = { "yes-but": "but … (Enter says yes, but)", no: "because … (Enter says no)" };
const waiting = () => document.querySelector("#nods [data-nod-answer]") ?? document.querySelector("#list [data-nod-answer]");

on("1", () => {
  const form = waiting();
  if (!form) return false;
  send(form, "yes");
});
on("2", () => choose(waiting(), "yes-but"));
on("3", () => choose(waiting(), "no"));

/** The answer waits for its word; where there is no field for one, the conversation has it. */
function choose(form, answer) {
  if (!form) return false;
  const word = form.querySelector("[name=word]");
  if (!word) {
    location.href = form.dataset.there;
    return;
  }
  form.dataset.answer = answer;
  word.placeholder = LABELS[answer];
  word.focus();
  say(word.placeholder);
}

async function send(form, answer) {
  const fields = answer ? { answer, word: form.querySelector("[name=word]")?.value ?? "" } : {};
  const said = await askDesk("POST", form.getAttribute("action"), { form: fields });
  say(said.ok ? said.words : said.says);
  if (!said.ok) {
    form.querySelector(".trouble")?.remove();
    form.append(element("span", { class: "trouble" }, said.says));
  }
  // What is under somebody's hands is not exchanged, so the hands are taken off.
  if (form.contains(document.activeElement)) document.activeElement.blur();
  document.dispatchEvent(new CustomEvent("look-live"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-nod]")) return;
  event.preventDefault();
  if (!form.hasAttribute("data-nod-answer")) return send(form);
  const word = form.querySelector("[name=word]");
  // Enter in the field presses the first button; the answer chosen before it counts.
  if (word && document.activeElement === word) return send(form, form.dataset.answer ?? "yes");
  const answer = event.submitter?.value ?? "yes";
  if (answer !== "yes" && word && !word.value && form.dataset.answer !== answer) return choose(form, answer);
  send(form, answer);
});

// An answer that comes while somebody writes is heard, and changes nothing under their hands.
const place = document.getElementById("nods");
const lines = () => new Set([...place.querySelectorAll(".line")].map((line) => line.firstChild.textContent.trim()));
if (place) {
  let known = lines();
  new MutationObserver(() => {
    const now = lines();
    const fresh = [...now].find((line) => !known.has(line));
    known = now;
    if (fresh) say(fresh);
  }).observe(place, { childList: true });
  const [, id] = /^#word-(.+)$/.exec(location.hash) ?? [];
  if (id) document.getElementById(`word-${id}`)?.focus();
}
