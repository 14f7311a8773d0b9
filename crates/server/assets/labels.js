// Words about a person, caught where they are typed: a line below the field says why, and Alt F puts what happened in their place.
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { put } from "./put.js";
import { say } from "./say.js";

const PAUSE_MS = 1200;
const timers = new WeakMap();
const lines = new WeakMap();

async function look(paper) {
  const text = paper.value;
  if (!text.trim()) return show(paper, null);
  const answer = await askDesk("POST", "/labels", { json: { text } });
  if (answer.ok && paper.value === text) show(paper, answer.notes[0] ?? null);
}

function show(paper, note) {
  const was = lines.get(paper);
  if (was?.note.text === note?.text && was?.note.start === note?.start && was) return;
  was?.line.remove();
  lines.delete(paper);
  if (!note) return;
  const line = element("p", { class: "label-note" },
    element("q", { dir: "auto" }, note.text), ` ${note.says} `,
    element("button", { type: "button", class: "words", onclick: () => take(paper) }, element("kbd", { "aria-hidden": "true" }, "Alt F"), " say what happened instead"));
  // Below what belongs to the field: inside a label the button would be part of its name.
  (paper.closest("label, .writing") ?? paper).after(line);
  lines.set(paper, { line, note });
  say(`Look again: ${note.says}`);
}

function take(paper) {
  const shown = lines.get(paper);
  if (!shown) return false;
  const { start, end, text, with: words } = shown.note;
  if (paper.value.slice(start, end) !== text) return false;
  put(paper, start, end, words);
  paper.setSelectionRange(start, start + words.length);
  show(paper, null);
  say("Say what happened here. Ctrl Z brings the old words back.");
  return true;
}

document.addEventListener("input", (event) => {
  const paper = event.target;
  if (!paper.matches?.("[data-labels]")) return;
  const shown = lines.get(paper);
  if (shown && paper.value.slice(shown.note.start, shown.note.end) !== shown.note.text) show(paper, null);
  clearTimeout(timers.get(paper));
  timers.set(paper, setTimeout(() => look(paper), PAUSE_MS));
});

// Before the one place of all keys: in such a field this is what F repairs.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.code !== "KeyF" || !event.target.matches?.("[data-labels]")) return;
  if (!take(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
}, true);
