// Alt+T: times that can be kept, to choose from at the composer's edge; the chosen one takes the place of the vague words.
import { on } from "./keys.js";
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { put } from "./put.js";
import { say } from "./say.js";

const room = document.getElementById("soon");
const paper = document.getElementById("reply");
let review = null;
let times = [];
let give = null;
let selected = 0;
let back = null;

/** Shows the times; `then` is given the chosen one. Esc puts them away. */
export async function pickTime(then, given) {
  if (!room) return false;
  back = { start: paper.selectionStart, end: paper.selectionEnd };
  give = then;
  const answer = given ? { ok: true, times: given } : await askDesk("GET", "/times");
  if (!answer.ok) return say(answer.says);
  times = answer.times;
  selected = 0;
  show();
}

function show() {
  const list = element("ul", { role: "listbox", id: "soon-times", tabindex: "0", "aria-label": "By when" },
    ...times.map((time, index) => option(index, time.label)), option(times.length, "another time …"));
  list.addEventListener("keydown", keys);
  room.replaceChildren(element("span", { class: "soft", "aria-hidden": "true" }, "By when? "), list);
  room.hidden = false;
  mark(list);
  list.focus();
}

function option(index, words) {
  const it = element("li", { role: "option", id: `soon-${index}`, onclick: () => choose(index) },
    element("kbd", { "aria-hidden": "true" }, String(index + 1)), ` ${words}`);
  return it;
}

function mark(list = room.querySelector("ul")) {
  list.setAttribute("aria-activedescendant", `soon-${selected}`);
  [...list.children].forEach((it, index) => it.setAttribute("aria-selected", String(index === selected)));
}

function keys(event) {
  const count = times.length + 1;
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by) selected = (selected + by + count) % count;
  else if (event.key === "Home") selected = 0;
  else if (event.key === "End") selected = count - 1;
  else if (event.key === "Enter" || event.key === " ") choose(selected);
  else if (event.key === "Escape") close();
  else if (/^[1-9]$/.test(event.key) && Number(event.key) <= count) choose(Number(event.key) - 1);
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (by || event.key === "Home" || event.key === "End") mark();
}

function choose(index) {
  if (index < times.length) return settle(times[index], index);
  const when = element("input", { type: "datetime-local", id: "soon-other", "aria-label": "Another time" });
  const says = element("p", { class: "soft", role: "status" });
  const take = async () => {
    const answer = await askDesk("GET", `/times?at=${encodeURIComponent(when.value)}`);
    if (!answer.ok) { says.textContent = answer.says; return; }
    const [time] = answer.times;
    if (time.says && says.textContent !== time.says) { says.textContent = time.says; return; }
    settle(time, -1);
  };
  const line = element("p", { class: "other-time" }, when, " ", element("button", { type: "button", onclick: take }, "Take it"));
  line.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    else if (event.key === "Enter") { event.preventDefault(); take(); }
  });
  room.replaceChildren(line, says);
  when.focus();
}

function settle(time, index) {
  const to = give;
  close();
  to(time, index);
}

function close() {
  room.hidden = true;
  room.replaceChildren();
  give = null;
  paper.focus();
  if (back) paper.setSelectionRange(back.start, back.end);
}

/** The first note whose repair puts a time in the place of vague words, where it still holds. */
function vague() {
  const [first] = review?.soon ?? [];
  return first && review.notes.find((note) => note.fix?.with.includes(first.by) && paper.value.slice(note.start, note.end) === note.text);
}

function intoDraft(time) {
  const note = vague();
  if (note) {
    const { start, end, with: words } = note.fix;
    put(paper, start, end, words.replace(review.soon[0].by, time.by));
  } else {
    const at = paper.selectionEnd;
    const before = paper.value.slice(0, at);
    const gap = before && !/\s$/.test(before) ? " " : "";
    put(paper, at, at, `${gap}${time.by}`);
  }
  say(`${time.by}. Ctrl Z brings the old words back.`);
  document.dispatchEvent(new CustomEvent("review-soon"));
}

if (room && paper) {
  document.addEventListener("reviewed", ({ detail }) => { review = { ...detail.review, soon: detail.soon }; });
  document.addEventListener("sent", () => { review = null; });
  document.addEventListener("pick-time", () => pickTime(intoDraft, vague() ? review.soon : undefined));
  on("t", () => {
    if (!document.getElementById("write-reply")?.checked) return false;
    pickTime(intoDraft, vague() ? review.soon : undefined);
  });
}
