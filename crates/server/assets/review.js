// Has the draft read again at a pause or at the end of a sentence, never in the middle of a word.
import { askDesk } from "./ask-desk.js";

const PAUSE_MS = 1500;
const SENTENCE_MS = 250;
const SENTENCE_END = /[.!?…。؟][)"'”’\]]*\s+$/u;
const paper = document.getElementById("reply");
const address = `/conversations/${document.body.dataset.conversation}/review`;
let asked = 0;
let timer;
let stop;
let latest = null;

/** The review of exactly what stands in the field, or null where none could be had in time. */
export async function fresh(within_ms) {
  if (!paper?.value.trim()) return null;
  if (latest?.draft === paper.value) return latest.review;
  await Promise.race([read(), new Promise((done) => setTimeout(done, within_ms))]);
  return latest?.draft === paper.value ? latest.review : null;
}

export function soon(wait_ms = PAUSE_MS) {
  clearTimeout(timer);
  timer = setTimeout(read, wait_ms);
}

async function read() {
  clearTimeout(timer);
  const draft = paper.value;
  const number = ++asked;
  stop?.abort();
  if (!draft.trim()) return tell(draft, { notes: [], virtues: [], asks: [], promises: [] }, {});
  stop = new AbortController();
  let answer;
  try {
    answer = await askDesk("POST", address, { json: { draft }, signal: stop.signal });
  } catch {
    return; // A newer question took its place.
  }
  const review = answer.review ?? answer;
  // An answer to words that have changed since is no answer.
  if (number !== asked || !answer.ok || paper.value !== draft || !review.notes) return;
  tell(draft, review, answer);
}

function tell(draft, review, { soon, promised, hot = false, safety = null } = {}) {
  latest = { draft, review };
  // An empty field is in every language.
  document.getElementById("draft-unread")?.toggleAttribute("hidden", review.language !== null);
  document.dispatchEvent(new CustomEvent("reviewed", { detail: { draft, review, soon, promised, hot, safety } }));
}

if (paper) {
  paper.addEventListener("input", () => {
    const before = paper.value.slice(Math.max(0, paper.selectionStart - 8), paper.selectionStart);
    soon(SENTENCE_END.test(before) ? SENTENCE_MS : PAUSE_MS);
  });
  document.addEventListener("review-soon", () => soon(SENTENCE_MS));
  if (paper.value.trim()) soon(0);
}
