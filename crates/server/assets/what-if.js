// One what-if at a time: W brings another, X puts one away for this conversation.
import { on } from "./keys.js";
import { recall, keep } from "./memory.js";
import { say } from "./say.js";

const away = `not-this:${document.body.dataset.conversation}`;
let shown = null;

function begin() {
  shown = null;
  turn(false);
}

function left() {
  const put = recall(away, []);
  return [...document.querySelectorAll("[data-what-if]")].filter((it) => !put.includes(it.dataset.whatIf));
}

function another() {
  if (left().length === 0) keep(away, []); // Asked for again: those put away come back.
  // One that a note stands before comes to the front first, and only then the next.
  if (shown && document.getElementById("what-ifs")?.hasAttribute("data-behind")) shown = before(shown);
  return turn(true);
}

function turn(aloud) {
  const section = document.getElementById("what-ifs");
  if (!section) return false;
  const those = left();
  const next = those.length ? those[(those.indexOf(shown) + 1) % those.length] : null;
  for (const it of section.querySelectorAll("[data-what-if]")) it.hidden = it !== next;
  section.hidden = !next;
  if (aloud) section.removeAttribute("data-behind"); // Asked for, so it is shown beside a note too.
  const another = section.querySelector("[data-deed=next-what-if]");
  if (another) another.hidden = those.length < 2;
  shown = next;
  mark(next);
  if (aloud && next) say(next.querySelector(".possible").textContent);
  document.dispatchEvent(new CustomEvent("side-shown"));
}

function before(whatIf) {
  const those = left();
  return those[(those.indexOf(whatIf) - 1 + those.length) % those.length];
}

function putAway() {
  if (!shown) return false;
  const those = left();
  const after = those[(those.indexOf(shown) + 1) % those.length];
  keep(away, [...recall(away, []), shown.dataset.whatIf]);
  // Step back by one, so that turning lands on the one after.
  shown = after && after !== shown ? before(after) : null;
  turn(true);
}

// The words that are the reason, underlined where they stand in the letter.
function mark(whatIf) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("evidence");
  const letter = document.querySelector(".message[data-last-word] .body");
  if (!whatIf || !letter) return;
  const text = letter.textContent;
  const node = letter.firstChild;
  const ranges = [];
  for (const words of whatIf.querySelectorAll("[data-words]")) {
    const found = find(text, words.textContent);
    if (!found || node?.nodeType !== Node.TEXT_NODE || letter.childNodes.length !== 1) continue;
    const range = new Range();
    range.setStart(node, found.start);
    range.setEnd(node, found.end);
    ranges.push(range);
  }
  if (ranges.length) CSS.highlights.set("evidence", new Highlight(...ranges));
}

// Line breaks of the letter may have been taken out for the page.
function find(text, words) {
  const pattern = words.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  if (!pattern) return null;
  const match = new RegExp(pattern).exec(text);
  return match && { start: match.index, end: match.index + match[0].length };
}

document.addEventListener("click", (event) => {
  const deed = event.target.closest?.("[data-deed]")?.dataset.deed;
  if (deed === "next-what-if") another();
  if (deed === "not-this-what-if") putAway();
});
on("w", another);
on("x", putAway);
document.addEventListener("side-changed", begin);
begin();
