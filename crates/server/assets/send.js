// Sending: at once, unless a note asks for a pause, and then one more key. What was sent can be taken back.
import { askDesk } from "./ask-desk.js";
import { drafts } from "./draft.js";
import { fresh } from "./review.js";
import { pause, take } from "./notes.js";
import { promisesSaid } from "./promising.js";
import { withoutNod } from "./options.js";
import { say } from "./say.js";
import { element } from "./element.js";

const REVIEW_MS = 600;
const line = document.getElementById("before");
let paused = null; // The words that were already paused over.
let busy = false;
// The same letter handed over twice, after a line that broke, is one letter.
let once = crypto.randomUUID?.() ?? String(Math.random());

async function send() {
  const draft = drafts.reply;
  const words = draft.paper.value;
  if (busy) return;
  if (!words.trim()) return draft.paper.focus();
  if (draft.other) return trouble(draft.form, "Choose one of the two versions first; both are safe.");
  if (paused !== words) {
    const [review, open] = await Promise.all([fresh(REVIEW_MS), withoutNod(words, REVIEW_MS)]);
    const note = review && draft.paper.value === words && pause(review);
    if (note) return pauseOver(note, words, open);
    // Granting something that takes a nod is the person's own decision: said, never kept from them.
    if (open.length && draft.paper.value === words) return pauseFor(`${open.join(" ")} Enter again sends it without.`, words);
  }
  await hand("reply");
}

function pauseOver(note, words, open) {
  paused = words;
  const button = document.getElementById("send");
  const repairs = note.fix?.trust === "safe" || note.fix?.trust === "choose";
  line.replaceChildren(`${open.map((it) => `${it} `).join("")}A breath here? ${note.says} Enter again sends it as it is`,
    ...(repairs ? [" · ", element("button", { type: "button", class: "words", onclick: () => { take(note); settle(); } }, "F takes the repair")] : []),
    " · H a colleague’s eye · Alt S another time.");
  line.hidden = false;
  button.focus();
  say(line.textContent);
}

function pauseFor(sentence, words) {
  paused = words;
  line.replaceChildren(sentence);
  line.hidden = false;
  document.getElementById("send").focus();
  say(sentence);
}

function settle() {
  paused = null;
  line.hidden = true;
  line.replaceChildren();
}

/** At another time: chosen by the person, who has paused already. */
export async function sendAt(time, other = "") {
  await hand("reply", { send_at: time, send_at_other: other });
}

async function hand(kind, more = {}) {
  const draft = drafts[kind];
  const note = kind === "note";
  if (busy || !draft.paper.value.trim()) return draft.paper.focus();
  busy = true;
  clearTimeout(draft.timer);
  while (draft.saving) await draft.saving;
  const answer = await askDesk("POST", draft.form.getAttribute("action"), {
    form: { body: draft.paper.value, draft_version: draft.version, once: `${once}:${kind}`, ...(note ? {} : { promises: draft.form.elements.promises.value }), ...more },
  });
  busy = false;
  if (!answer.ok) return trouble(draft.form, `${note ? "Not kept" : "Not sent"}. ${answer.says} Your words are here, unchanged.`);
  once = crypto.randomUUID?.() ?? String(Math.random());
  draft.gone(answer.draft_version ?? 0);
  draft.form.querySelector(".trouble")?.remove();
  if (!note) {
    settle();
    document.dispatchEvent(new CustomEvent("sent", { detail: { moved: promisesSaid().moved.map((it) => it.id) } }));
  }
  const html = answer.html ?? answer.message;
  if (html) document.getElementById("end").insertAdjacentHTML("beforebegin", html);
  document.getElementById("end").scrollIntoView({ block: "end" });
  document.activeElement?.blur();
  const seconds = Number(document.body.dataset.undoSeconds) || 10;
  const waits = more.send_at ? answer.delivery?.words ?? "" : `Waiting. It goes out in ${seconds} seconds.`;
  say(note ? "Note kept. Only your team sees it." : `${waits} Z takes it back.`);
  document.dispatchEvent(new CustomEvent("look-live"));
  if (!note) setTimeout(() => document.dispatchEvent(new CustomEvent("look-live")), (seconds + 1) * 1000);
}

async function undo(form) {
  if (busy) return;
  busy = true;
  await drafts.reply?.save();
  const answer = await askDesk("POST", form.getAttribute("action"), { form: { version: form.elements.version.value } });
  busy = false;
  if (!answer.ok) {
    say(answer.says);
    form.replaceChildren(element("span", {}, answer.says));
    return;
  }
  form.closest(".message")?.remove();
  drafts.reply?.back(answer.body ?? "", answer.draft_version ?? 0);
  document.dispatchEvent(new CustomEvent("taken-back"));
  document.dispatchEvent(new CustomEvent("review-soon"));
  if (document.getElementById("write-reply")?.checked) drafts.reply?.paper.focus();
  say("Taken back. Your words are in the reply again.");
  document.dispatchEvent(new CustomEvent("look-live"));
}

function trouble(form, words) {
  let place = form.querySelector(".trouble");
  if (!place) {
    place = element("p", { class: "trouble" });
    form.querySelector(".foot").before(place);
  }
  place.textContent = words;
  say(words);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-draft=reply]")) { event.preventDefault(); send(); }
  else if (form.matches("[data-draft=note]")) { event.preventDefault(); hand("note"); }
  else if (form.matches("[data-undo]")) { event.preventDefault(); undo(form); }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest?.("[data-draft]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

drafts.reply?.paper.addEventListener("input", () => { if (paused !== null && paused !== drafts.reply.paper.value) settle(); });
