// Kept words on the page of one's own: one is shown when it is asked for; all of them lie folded below.
import { own } from "./own.js";
import { element } from "./element.js";
import { entries, inOrder, writtenAs } from "./journal.js";
import { keptWord } from "./kept-word.js";
import { entryOf, field } from "./own-entry.js";
import { say } from "./say.js";

let room = null;
const WORDS_MAX = 2_000;
let parts = null;

async function look() {
  if (!room) return;
  const open = await own.state() === "open";
  if (!open) {
    room.replaceChildren();
    parts = null;
    return;
  }
  const fresh = !parts;
  if (fresh) build();
  const all = inOrder(entries("keepsake", await own.all("keepsake")));
  if (!parts) return;
  // What is shown stays while the rest changes; what was let go does not.
  const words = parts.one.querySelector("blockquote")?.textContent;
  if (fresh || !words || !all.some((it) => it.thing.words === words)) parts.one.replaceChildren(...[await keptWord()].filter(Boolean));
  parts.nothing.hidden = all.length > 0;
  parts.folded.hidden = all.length === 0;
  parts.list.replaceChildren(...all.map((it) => entryOf(it, parts.said)));
}

function build() {
  parts = {
    nothing: element("p", { class: "soft" }, "Nothing is kept yet. Where a customer thanks you for your work, the moment offers to keep the words."),
    one: element("div", {}),
    list: element("div", {}),
    said: element("p", { class: "small", role: "status" }),
  };
  parts.folded = element("details", {}, element("summary", {}, "All of them"), parts.list);
  const form = element("form", {}, field("words", "Words somebody said or wrote to you", { lines: 2, maxlength: WORDS_MAX }), field("about", "What it was about", { maxlength: 200 }),
    element("p", { class: "ways" }, element("button", {}, "Keep")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    writeDown(form);
  });
  room.replaceChildren(
    element("h2", {}, "Kept words"),
    element("p", { class: "soft small" }, "Thanks, and what else is good to hold on to."),
    parts.nothing, parts.one, parts.said, parts.folded,
    element("details", {}, element("summary", {}, "Write one down"), form));
}

async function writeDown(form) {
  const words = form.elements.words.value.trim();
  const about = form.elements.about.value.trim();
  if (!words) return form.elements.words.focus();
  try {
    await own.keep("keepsake", { words, ...(about ? { about } : {}) });
  } catch (fault) {
    parts.said.textContent = `Not kept. ${fault.message} The words are still in the field.`;
    return;
  }
  form.reset();
  parts.said.textContent = "Kept.";
  say("Kept.");
}

/** Opened, and opened again after it was locked. */
export async function mount(section) {
  room = section;
  parts = null;
  await look();
}
own.onchange(look);

export const written = (thing) => writtenAs("keepsake", thing);
