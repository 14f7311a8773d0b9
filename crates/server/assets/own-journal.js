// One's own journal: searched where it is opened and nowhere else, looked back on once a week if one likes.
import { own } from "./own.js";
import { clock } from "./clock.js";
import { daysAgo } from "./days.js";
import { element } from "./element.js";
import { entries, find, inOrder, lookBack } from "./journal.js";
import { entryOf, field } from "./own-entry.js";

let room = null;
const KINDS = ["reflection", "landing", "week", "morning", "keepsake", "feared", "notice"];
const SHOWN = 12;
const FOUND_MAX = 50;
const WEEK_DAYS = 7;
const KEEP_AFTER_MS = 800;
let parts = null;
let all = [];
let count = SHOWN;
let along; // The id of what was taken along from this week.
let timer;

async function look() {
  if (!room) return;
  const open = await own.state() === "open";
  if (!open) {
    clearTimeout(timer);
    room.replaceChildren();
    parts = null;
    return;
  }
  const fresh = !parts;
  if (fresh) build();
  const kinds = await Promise.all(KINDS.map(async (kind) => entries(kind, await own.all(kind))));
  if (!parts) return;
  all = inOrder(kinds.flat());
  show();
  week(fresh);
}

function build() {
  parts = {
    question: element("input", { type: "search", id: "own-question", autocomplete: "off", spellcheck: "false", dir: "auto" }),
    found: element("div", {}),
    lines: element("div", {}),
    more: element("button", { type: "button", class: "words", onclick: () => { count += SHOWN; show(); } }, "Earlier"),
    said: element("p", { class: "small", role: "status" }),
    week: element("div", {}),
    along: field("along", "What of this do I take along?", { lines: 2, maxlength: 2_000 }),
    kept: element("p", { class: "soft small", role: "status" }),
  };
  parts.question.addEventListener("input", show);
  parts.along.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keepAlong, KEEP_AFTER_MS);
  });
  room.replaceChildren(
    element("h2", {}, "Journal"),
    element("details", { class: "own-week" }, element("summary", {}, "The last seven days"), parts.week, parts.along, parts.kept),
    element("div", { class: "own-field" }, element("label", { for: "own-question" }, "Search"), parts.question),
    parts.said, parts.found,
    element("details", { class: "own-all" }, element("summary", {}, "Everything, newest first"), parts.lines, parts.more));
}

// A word is looked for in what this page has opened; the question goes nowhere.
function show() {
  const asked = parts.question.value.trim();
  const hits = find(all, asked).slice(0, FOUND_MAX);
  parts.found.replaceChildren(...(asked && !hits.length ? [element("p", { class: "soft" }, "Nothing with these words.")] : hits.map((it) => entryOf(it, parts.said))));
  const written = all.filter((it) => it.kind !== "keepsake");
  parts.lines.replaceChildren(...(written.length ? written.slice(0, count).map((it) => entryOf(it, parts.said)) : [element("p", { class: "soft" }, "Nothing is written yet.")]));
  parts.more.hidden = written.length <= count;
}

function week(fresh) {
  const since = daysAgo(WEEK_DAYS - 1);
  const groups = lookBack(all, since);
  parts.week.replaceChildren(...(groups.length ? groups.flatMap(([title, lines]) => [
    element("h3", {}, title), element("ul", { class: "own-lines" }, ...lines.map((words) => element("li", { dir: "auto" }, words)))])
    : [element("p", { class: "soft" }, "Nothing was written in these days.")]));
  if (!fresh) return;
  const last = all.find((it) => it.kind === "week" && it.day >= since);
  along = last?.id;
  parts.along.querySelector("textarea").value = last?.thing.along ?? "";
}

async function keepAlong() {
  const words = parts.along.querySelector("textarea").value.trim();
  try {
    if (words) along = await own.keep("week", { along: words }, along);
    else if (along) {
      await own.remove(along);
      along = undefined;
    }
    if (parts) parts.kept.textContent = words ? `Kept ${clock()}, for you alone.` : "";
  } catch (fault) {
    if (parts) parts.kept.textContent = `Not kept yet. ${fault.message} The words are still here.`;
  }
}

/** Opened, and opened again after it was locked. */
export async function mount(section) {
  room = section;
  parts = null;
  await look();
}
own.onchange(look);
