// Calling somebody in, coming, whispering: one key each, and the parts of the page that tell of it stay true.
import { askDesk } from "./ask-desk.js";
import { drafts } from "./draft.js";
import { on } from "./keys.js";
import { put } from "./put.js";
import { say } from "./say.js";
import { write } from "./thread.js";

const PARTS = ["call", "briefing-place", "offers"];
const line = () => document.getElementById("call-in");
const seen = (selector) => [...document.querySelectorAll(selector)].find((it) => it.offsetParent);
let cameFrom = null;

/** Opens the line for calling somebody; `wanted` is put into it. */
export function callIn({ wanted = "", withDraft = false } = {}) {
  const section = line();
  if (!section || !document.querySelector("[data-deed=call-in]")) return false;
  if (section.hidden) cameFrom = document.activeElement;
  section.hidden = false;
  up();
  const form = section.querySelector("form");
  if (wanted) form.elements.wanted.value = wanted;
  if (withDraft) form.elements.draft.checked = true;
  form.elements.wanted.focus();
  section.scrollIntoView({ block: "nearest" });
}

function callNobody() {
  const section = line();
  if (!section || section.hidden) return false;
  section.hidden = true;
  section.querySelector("form").reset();
  cameFrom?.focus?.();
  document.dispatchEvent(new CustomEvent("side-shown"));
}

// On a narrow page the side is a sheet.
function up() {
  const side = document.getElementById("side");
  if (side) side.dataset.sheet = "up";
  document.dispatchEvent(new CustomEvent("side-shown"));
}

function help() {
  const whisper = seen("#whisper") ?? document.getElementById("whisper");
  if (whisper) {
    up();
    whisper.focus();
    return true;
  }
  const hot = document.getElementById("pause-offers");
  return hot && !hot.hidden ? callIn({ wanted: "have a look at my draft", withDraft: true }) : callIn();
}

/** Whoever is asked for a look is shown what stands in the field now. */
async function keptDraft() {
  await drafts.reply?.save();
}

async function hand(form) {
  if (form.elements.draft?.checked || form.matches("[data-draft-first]")) await keptDraft();
  const answer = await askDesk("POST", form.getAttribute("action"), { form: new FormData(form) });
  const trouble = form.querySelector(".trouble");
  if (trouble) {
    trouble.hidden = answer.ok;
    trouble.textContent = answer.ok ? "" : answer.says;
  }
  if (!answer.ok) return say(answer.says);
  if (form.matches("[data-call-in]")) callNobody();
  if (form.matches(".whisper")) form.reset();
  if (form.matches("[data-end-call]")) document.getElementById("reply")?.blur();
  document.dispatchEvent(new CustomEvent("look-live"));
}

function offer(button) {
  const paper = document.getElementById("reply");
  if (!paper || !button) return false;
  write("reply");
  const rest = paper.value;
  put(paper, 0, rest.length, rest.trim() ? `${button.dataset.putIn}\n\n${rest}` : button.dataset.putIn);
  paper.setSelectionRange(button.dataset.putIn.length, button.dataset.putIn.length);
  say("The words are in the reply.");
}

document.addEventListener("click", (event) => {
  const it = event.target.closest?.("[data-deed], [data-wanted], [data-put-in]");
  if (!it) return;
  if (it.dataset.deed === "call-in") {
    event.preventDefault();
    callIn();
  } else if (it.dataset.deed === "eye") callIn({ wanted: "have a look at my draft", withDraft: true });
  else if (it.dataset.deed === "call-nobody") callNobody();
  else if (it.dataset.wanted) callIn({ wanted: it.dataset.wanted, withDraft: "withDraft" in it.dataset });
  else if ("putIn" in it.dataset) offer(it);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-call-in], [data-stay]")) return;
  event.preventDefault();
  hand(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && line()?.contains(event.target) && callNobody() !== false) event.preventDefault();
}, true);

const press = (selector) => {
  const form = seen(selector);
  if (!form) return false;
  form.requestSubmit();
};
on("h", help);
on("q", () => press("[data-end-call]"));
on("7", () => offer(seen("[data-put-in]")));
on("8", () => press("[data-key='8']"));
on("9", () => press("[data-key='9']"));

// The desk says that something changed: the parts of a call are put in place, and what is new is said once.
document.addEventListener("looked", ({ detail: page }) => {
  const before = { said: words(".presence"), whispers: whispered() };
  for (const id of PARTS) swap(id, page);
  const asks = line();
  const theirs = page.getElementById("call-in");
  if (asks?.hidden && theirs) asks.innerHTML = theirs.innerHTML;
  timer();
  const fresh = whispered().filter((it) => !before.whispers.includes(it));
  const last = fresh.length ? document.querySelector(`[data-whispered="${CSS.escape(fresh.at(-1))}"]`) : null;
  if (last) say(`${last.querySelector("b").textContent}: ${last.querySelector("[dir]").textContent}`);
  else if (words(".presence") && words(".presence") !== before.said) say(words(".presence"));
  document.dispatchEvent(new CustomEvent("side-shown"));
});

const words = (selector) => document.querySelector(`#call ${selector}`)?.textContent.trim() ?? "";
const whispered = () => [...document.querySelectorAll("[data-whispered]")].map((it) => it.dataset.whispered);

function swap(id, page) {
  const mine = document.getElementById(id);
  const theirs = page.getElementById(id);
  if (!mine || !theirs || mine.innerHTML === theirs.innerHTML) return;
  // What is being whispered stays under the hands that write it.
  const field = mine.querySelector("#whisper");
  const [value, held] = [field?.value ?? "", field === document.activeElement];
  mine.innerHTML = theirs.innerHTML;
  mine.hidden = theirs.hidden;
  const again = mine.querySelector("#whisper");
  if (!again) return;
  again.value = value;
  if (held) again.focus();
}

let soon;
function timer() {
  clearTimeout(soon);
  const wait = Number(document.querySelector("[data-look-again]")?.dataset.lookAgain);
  if (wait) soon = setTimeout(() => document.dispatchEvent(new CustomEvent("look-live")), wait);
}
timer();

// Whoever has just come reads the five lines first; whoever has taken over is offered the sentence.
if (location.hash === "#briefing") document.getElementById("briefing")?.focus();
if (location.hash === "#offers") document.querySelector("#offers [data-put-in]")?.focus();
