// What is possible: O opens the list, Enter puts an option's words in, Tab goes from blank to blank. Beside a "no" it opens by itself.
import { on } from "./keys.js";
import { speaking } from "./notes.js";
import { askDesk } from "./ask-desk.js";
import { put } from "./put.js";
import { say } from "./say.js";

const A_NO = ["V13", "V14"];
const BLANK = /\{[^{}\n]+\}/g;
const conversation = document.body.dataset.conversation;
const paper = document.getElementById("reply");
const side = document.getElementById("side");
const place = () => document.getElementById("options");
let openedBy = null; // "person", or "note": what a note opened closes with it.
let putAway = false; // Closed by hand while that note stood.
let caret = null; // Where the person left the reply.
let filling = false;

function open(by) {
  const section = place();
  if (!section) return;
  section.hidden = false;
  openedBy = by;
  tell(true);
  if (by === "person" && side.dataset.sheet) side.dataset.sheet = "up";
  document.dispatchEvent(new CustomEvent("side-shown"));
  // Asked for, so it is brought in sight; beside a note it stays where it is and moves nothing.
  if (by === "person") section.scrollIntoView({ block: "start" });
}

function close() {
  const section = place();
  if (!section || section.hidden) return;
  if (openedBy === "note") putAway = true;
  section.hidden = true;
  openedBy = null;
  tell(false);
  document.dispatchEvent(new CustomEvent("side-shown"));
}

function tell(shown) {
  document.querySelector("[data-options]")?.setAttribute("aria-expanded", String(shown));
}

const offers = () => [...place().querySelectorAll("[data-choice]")].filter((it) => it.offsetParent);

function turn() {
  const section = place();
  if (!section) return false;
  if (!section.hidden && section.contains(document.activeElement)) return leave();
  open("person");
  (offers()[0] ?? section.querySelector("summary, a"))?.focus();
}

function leave() {
  close();
  paper?.focus();
}

function step(event) {
  const all = offers();
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  all[Math.min(Math.max(to, 0), all.length - 1)].focus();
}

function insert(row) {
  const words = row.querySelector("[data-wording]").textContent.trim();
  if (!paper) return say(words); // At the counter or on the phone they are words to say.
  document.getElementById("write-reply").checked = true;
  const [start, end] = caret ?? [paper.value.length, paper.value.length];
  const before = paper.value.slice(0, start);
  const after = paper.value.slice(end);
  const gap = before && !/\s$/.test(before) ? " " : "";
  put(paper, start, end, `${gap}${words}${after && !/^\s/.test(after) ? " " : ""}`);
  close();
  const from = start + gap.length;
  filling = blank(from, from + words.length);
  if (!filling) paper.setSelectionRange(from + words.length, from + words.length);
  say(filling ? `${words} Tab goes from blank to blank. Ctrl Z takes the words out.` : `${words} Ctrl Z takes the words out.`);
}

/** Selects the first blank from `from` on; false where there is none. */
function blank(from, to = paper.value.length) {
  BLANK.lastIndex = from;
  const found = BLANK.exec(paper.value);
  if (!found || found.index >= to) return false;
  paper.setSelectionRange(found.index, found.index + found[0].length);
  return true;
}

async function ask(button) {
  const line = button.querySelector("[data-stands]");
  const form = button.form;
  const answer = await askDesk("POST", form.getAttribute("action"), { form: { option: form.elements.option.value } });
  line.textContent = answer.ok ? answer.words : `Nobody was asked. ${answer.says}`;
  if (answer.ok) button.removeAttribute("data-ask-nod");
  say(line.textContent);
  document.dispatchEvent(new CustomEvent("look-live"));
}

/** What the draft grants without the nod that it takes, in sentences; none where that cannot be had in time. */
export async function withoutNod(draft, within_ms) {
  if (!place()?.hasAttribute("data-nods-matter")) return [];
  const late = new Promise((done) => setTimeout(() => done({}), within_ms));
  const answer = await Promise.race([askDesk("POST", `/conversations/${conversation}/open-nods`, { json: { draft } }), late]);
  return answer.open ?? [];
}

on("o", turn);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-options]")) return turn();
  const button = event.target.closest?.("[data-choice]");
  if (!button) return;
  event.preventDefault();
  if (button.hasAttribute("data-ask-nod")) ask(button);
  else insert(button.closest("[data-option]"));
});
side?.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("#options")) return;
  if (event.key === "Escape") {
    event.preventDefault();
    leave();
  } else {
    step(event);
  }
});
document.addEventListener("side-changed", () => { openedBy = null; tell(false); });
if (paper) {
  paper.addEventListener("blur", () => { caret = [paper.selectionStart, paper.selectionEnd]; });
  paper.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || event.altKey || event.ctrlKey || !filling) return;
    filling = blank(paper.selectionEnd);
    if (filling) event.preventDefault();
  });
  document.addEventListener("reviewed", ({ detail }) => {
    const no = speaking(detail.review.notes).some((note) => A_NO.includes(note.code));
    const section = place();
    if (no && section?.hidden && !putAway) open("note");
    else if (!no && openedBy === "note" && !section.contains(document.activeElement)) close();
    if (!no) putAway = false;
  });
  document.addEventListener("sent", () => { filling = false; caret = null; });
}
