// The end of a day: three prompts, kept while they are written; the day's own moments stand beside them as reminders.
import { own } from "./own.js";
import { clock } from "./clock.js";
import { today } from "./days.js";
import { element } from "./element.js";
import { writtenAs } from "./journal.js";
import { plan as planned } from "./journal.js";
import { field } from "./own-entry.js";
import { MOMENTS } from "./own-plan.js";
import { setWish, wish } from "./wish.js";

let room = null;
const KEEP_AFTER_MS = 800;
const WORDS_MAX = 4_000;
const LINE_MAX = 500;
const NAMES = ["well", "watched", "if", "then", "word"];
let form = null;
let id; // Of this day's sheet, once there is one.
let day;
let state;
let timer;
let saving = Promise.resolve();
let shown = 0;

async function look() {
  if (!room) return;
  const open = await own.state() === "open";
  if (open && !form) return begin();
  if (open) return remind();
  clearTimeout(timer);
  room.replaceChildren();
  form = null;
}

async function begin() {
  day = today();
  form = build();
  room.replaceChildren(
    element("h2", {}, "End of day"),
    element("p", { class: "soft small" }, "Five minutes at the most. Anything may be left out; what is written is kept as it is written."),
    form);
  const begun = (await own.all("reflection")).find((it) => it.day === day);
  id = begun?.id;
  // What was typed in the meantime stays.
  for (const name of NAMES) form.elements[name].value ||= begun?.thing[name] ?? "";
  await Promise.all([remind(), showKept()]);
}

function build() {
  state = element("p", { class: "soft small", role: "status" });
  const it = element("form", { class: "own-reflection" },
    field("well", "What went well?", { lines: 2, maxlength: WORDS_MAX, between: element("p", { class: "own-kept small" }) }),
    field("watched", "One moment, told as if watching a friend. What might I not have known?", { lines: 3, maxlength: WORDS_MAX, between: element("div", { class: "own-reminders small" }) }),
    element("fieldset", { class: "own-next-time" }, element("legend", {}, "One thing to try next time"),
      field("if", "If", { maxlength: LINE_MAX }), field("then", "then", { maxlength: LINE_MAX }), toPlan()),
    field("word", "A word for what is in me, if one comes", { maxlength: 60 }),
    state,
    element("p", {}, element("label", { class: "own-switch soft small" }, element("input", { type: "checkbox", name: "reminders", autocomplete: "off" }), " Remind me of the day’s moments by their subjects; sealed, and gone after two weeks")));
  it.addEventListener("submit", (event) => {
    event.preventDefault();
    keepSoon(0);
  });
  it.addEventListener("input", (event) => { if (NAMES.includes(event.target.name)) keepSoon(KEEP_AFTER_MS); });
  it.addEventListener("change", (event) => {
    if (NAMES.includes(event.target.name)) keepSoon(0);
    if (event.target.name === "reminders") setWish("reminders", event.target.checked).then(remind);
  });
  return it;
}

// What is to be tried can come back by itself: once, in a moment like the one that it is for.
function toPlan() {
  const select = element("select", { id: "own-like-moment", autocomplete: "off" }, ...MOMENTS.map(([code, words]) => element("option", { value: code }, words)));
  const said = element("p", { class: "small", role: "status" });
  const keepIt = async () => {
    const words = planned({ if: form.elements.if.value, then: form.elements.then.value });
    if (!words) return form.elements.if.focus();
    try {
      const plan = await own.keep("plan", { words, what_if: select.value });
      said.replaceChildren("It stands with your plans. ", element("button", { type: "button", class: "words", onclick: async () => {
        await own.remove(plan);
        said.textContent = "Taken back.";
      } }, "Undo"));
    } catch (fault) {
      said.textContent = `Not kept. ${fault.message} The words are still here.`;
    }
  };
  return element("details", {}, element("summary", {}, "Bring it back to me once, in a moment like it"),
    element("p", { class: "own-to-plan" }, element("label", { for: "own-like-moment" }, "A moment with"), select,
      element("button", { type: "button", onclick: keepIt }, "Keep as a plan")), said);
}

function keepSoon(wait_ms) {
  clearTimeout(timer);
  timer = setTimeout(() => { saving = saving.then(keep); }, wait_ms);
}

async function keep() {
  if (!form) return;
  const words = NAMES.map((name) => [name, form.elements[name].value.trim()]).filter(([, it]) => it);
  try {
    if (words.length) id = await own.keep("reflection", Object.fromEntries(words), id);
    else if (id) {
      await own.remove(id);
      id = undefined;
    }
    if (form) state.textContent = words.length ? `Kept ${clock()}, for you alone.` : "";
  } catch (fault) {
    if (form) state.textContent = `Not kept yet. ${fault.message} The words are still here.`;
  }
}

// Subject lines alone. One that is chosen begins the second answer.
async function remind() {
  const wanted = await wish("reminders", true);
  const moments = wanted ? (await own.all("moment")).filter((it) => it.day === day).reverse() : [];
  if (!form) return;
  form.elements.reminders.checked = wanted;
  // Not under somebody's hands: keeping a word elsewhere on the page changes nothing here.
  const place = form.querySelector(".own-reminders");
  const ids = moments.map((it) => it.id).join(" ");
  if (place.dataset.ids === ids) return;
  place.dataset.ids = ids;
  const words = moments.map(({ thing }) => element("li", {},
    element("button", { type: "button", class: "words", dir: "auto", onclick: () => about(thing.subject) }, thing.subject || "no subject")));
  place.replaceChildren(...(words.length ? [element("span", { class: "soft" }, "Today:"), element("ul", {}, ...words)] : []));
}

function about(subject) {
  const paper = form.elements.watched;
  if (!paper.value.includes(`“${subject}”`)) paper.value = `${paper.value ? `${paper.value.trimEnd()}\n\n` : ""}“${subject}”: `;
  paper.focus();
  paper.setSelectionRange(paper.value.length, paper.value.length);
}

// One kept word of thanks stands beside what went well.
async function showKept() {
  const place = form.querySelector(".own-kept");
  const kept = await own.all("keepsake");
  if (!kept.length || !form) return;
  shown = Math.floor(Math.random() * kept.length);
  const words = element("q", { dir: "auto" });
  const turn = () => { words.textContent = kept[shown++ % kept.length].thing.words; };
  turn();
  place.replaceChildren(words);
  if (kept.length > 1) place.append(" ", element("button", { type: "button", class: "words quieter", onclick: turn }, "Another"));
}

/** Opened, and opened again after it was locked. */
export async function mount(section) {
  room = section;
  form = null;
  await look();
}
own.onchange(look);

export const written = (thing) => writtenAs("reflection", thing);
