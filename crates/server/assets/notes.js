// One note at a time at the side: the words, the reason, one repair. It can be put away, and put away for good.
import { on } from "./keys.js";
import { recall, keep } from "./memory.js";
import { say } from "./say.js";
import { element } from "./element.js";
import { put } from "./put.js";
import { Underlines, carry } from "./underline.js";

const USELESS_MAX = 3;
const QUIET_MAX = 2;
const SAME_CARD_MAX = 2;
const conversation = document.body.dataset.conversation;
const paper = document.getElementById("reply");
const underlines = paper && new Underlines(paper);
let text = paper?.value ?? "";
let notes = [];
let away = new Set(); // Cards put away in this draft.
let shown = null;

const place = () => document.getElementById("look-again");
const same = (a, b) => a && b && a.card === b.card && a.text === b.text;

/** The note that asks for a pause before sending, if there is one that still speaks. */
export function pause(review) {
  return speaking(review.notes).find((note) => note.weight === "pause") ?? null;
}

/** Those of a review's notes that still speak to this person. */
export function speaking(all) {
  const muted = new Set(recall("muted", []).map((it) => it.card));
  const left = recall(`left:${conversation}`, {});
  const seen = {};
  return all.filter((note) => {
    if (muted.has(note.card) || away.has(note.card)) return false;
    seen[note.card] = (seen[note.card] ?? 0) + 1;
    return seen[note.card] + (left[note.card] ?? 0) <= SAME_CARD_MAX;
  });
}

function choose(after) {
  const loud = speaking(notes).filter((note) => note.weight !== "quiet");
  loud.sort((a, b) => (b.weight === "pause") - (a.weight === "pause") || a.start - b.start);
  if (after) return loud[(loud.findIndex((note) => same(note, after)) + 1) % loud.length] ?? null;
  return loud.find((note) => same(note, shown)) ?? loud[0] ?? null;
}

function show(note) {
  const changed = !same(note, shown);
  shown = note;
  underlines.draw(note ? [note] : []);
  const section = place();
  if (!section) return;
  document.getElementById("what-ifs")?.toggleAttribute("data-behind", Boolean(note));
  section.hidden = !note;
  if (!note) section.replaceChildren();
  else if (changed) {
    section.replaceChildren(...panel(note));
    say(`Look again: ${note.says}`);
  }
  quietly();
  document.dispatchEvent(new CustomEvent("side-shown"));
}

function panel(note) {
  const ways = waysOf(note);
  const others = speaking(notes).filter((it) => it.weight !== "quiet").length;
  return [
    element("h2", {}, note.weight === "pause" ? "A pause here" : "Look again"),
    element("p", { class: "possible" }, element("span", { class: "words-in-question", dir: "auto" }, short(note.text))),
    element("p", { class: "reason" }, note.says),
    ...(ways.take ? [element("p", { class: "instead take" }, element("button", { type: "button", onclick: () => take() }, key("F"), ways.take))] : []),
    ...(ways.example ? [element("p", { class: "from" }, "For example: ", element("q", { dir: "auto" }, ways.example))] : []),
    element("p", { class: "ways" },
      element("button", { type: "button", class: "words", "aria-expanded": "false", "data-why": true, onclick: why }, hint("Y"), "why this?"),
      element("button", { type: "button", class: "words", onclick: notUseful }, hint("U"), "not useful"),
      note.fix?.trust === "choose" ? element("button", { type: "button", class: "words", onclick: () => document.dispatchEvent(new CustomEvent("pick-time")) }, hint("T"), "another time") : null,
      others > 1 ? element("button", { type: "button", class: "words", onclick: another }, hint("8"), "another") : null),
  ];
}

const key = (name) => element("kbd", { "aria-hidden": "true", class: "with-alt" }, name);
const hint = (name) => element("kbd", { "aria-hidden": "true", class: "hint with-alt" }, name);
const short = (words) => (words.length > 120 ? `${words.slice(0, 80)} … ${words.slice(-30)}` : words);

// A repair fits into the sentence and is one key away; an example is somebody else's sentence and is only shown.
function waysOf({ fix, instead }) {
  const fits = fix?.trust === "safe" || fix?.trust === "choose";
  return { take: fits ? inPlace(fix) : null, example: fits ? null : instead[0] };
}

// The repair as it will stand, with a word or two around it: a full stop alone would say nothing.
function inPlace({ start, end, with: words }) {
  const before = /(?:\S+\s+){0,2}\S*$/u.exec(text.slice(Math.max(0, start - 40), start))[0];
  const after = /^\S*(?:\s+\S+){0,2}/u.exec(text.slice(end, end + 40))[0];
  return element("span", { dir: "auto" }, `… ${before.trimStart()}`, element("b", {}, words), `${after} …`);
}

export function take(note = shown) {
  const fix = note?.fix;
  if (fix?.trust !== "safe" && fix?.trust !== "choose") return false;
  return repair(note, fix.start, fix.end, fix.with);
}

function repair(note, start, end, words) {
  // Offsets hold only for the words the note was about.
  if (paper.value.slice(note.start, note.end) !== note.text) return false;
  put(paper, start, end, words);
  const gap = /\[[^\]]+\]|\{[^}]+\}|…/.exec(words);
  if (gap) paper.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
  notes = notes.filter((other) => !same(other, note));
  show(choose());
  say("Repaired. Ctrl Z brings the old words back.");
  document.dispatchEvent(new CustomEvent("review-soon"));
}

function another() {
  if (!shown) return false;
  show(choose(shown));
}

function notUseful() {
  if (!shown) return false;
  const counts = recall("not-useful", {});
  counts[shown.card] = (counts[shown.card] ?? 0) + 1;
  keep("not-useful", counts);
  away.add(shown.card);
  if (counts[shown.card] >= USELESS_MAX) {
    keep("muted", [...recall("muted", []).filter((it) => it.card !== shown.card), { card: shown.card, says: shown.says }]);
    say("Quiet for you from now on. The list under the question mark lets it speak again.");
  }
  show(choose());
}

async function why() {
  const section = place();
  const open = section?.querySelector(".why");
  const button = section?.querySelector("[data-why]");
  if (!shown || !section) return false;
  if (open) {
    open.remove();
    return button.setAttribute("aria-expanded", "false");
  }
  const asked = shown;
  let words;
  try {
    const answer = await fetch(`/cards/${encodeURIComponent(asked.card)}?part=1`);
    words = answer.ok ? await answer.text() : null;
  } catch {
    words = null;
  }
  if (shown !== asked || section.querySelector(".why")) return;
  const box = element("div", { class: "why" });
  // The card's own words, rendered and escaped by the desk.
  if (words) box.innerHTML = words;
  else box.textContent = "The card could not be fetched just now.";
  section.append(box);
  button.setAttribute("aria-expanded", "true");
}

function quietly() {
  const room = document.getElementById("quietly");
  if (!room) return;
  const few = speaking(notes).filter((note) => note.weight === "quiet").slice(0, QUIET_MAX);
  room.hidden = few.length === 0;
  room.querySelector("ul").replaceChildren(...few.map((note) => element("li", {},
    element("q", { dir: "auto" }, short(note.text)), ` ${note.says}`)));
}

if (paper) {
  paper.addEventListener("input", () => {
    const was = text;
    text = paper.value;
    notes = notes.map((note) => carry(note, was, text)).filter(Boolean);
    const moved = shown && notes.find((note) => same(note, shown));
    if (moved) {
      shown = moved;
      underlines.draw([moved]);
    } else {
      show(null);
    }
  });
  document.addEventListener("reviewed", ({ detail }) => {
    text = detail.draft;
    notes = detail.review.notes;
    show(choose());
  });
  document.addEventListener("sent", () => {
    // The same note at most twice in a conversation, also across replies.
    const left = recall(`left:${conversation}`, {});
    for (const card of new Set(notes.filter((note) => note.weight !== "quiet").map((note) => note.card))) left[card] = (left[card] ?? 0) + 1;
    keep(`left:${conversation}`, left);
    text = "";
    notes = [];
    away = new Set();
    show(null);
  });
  document.addEventListener("muted-changed", () => show(choose()));
  document.addEventListener("side-changed", () => { const note = shown; shown = null; show(note); });
  on("f", () => take());
  on("y", () => { if (!shown) return false; why(); });
  on("u", notUseful);
  on("8", another);
}
