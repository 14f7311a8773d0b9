// Keeps the page true while it is looked at: the desk says that something changed, and the changed parts are fetched.
import { say } from "./say.js";
import { element } from "./element.js";

const GATHER_MS = 150;
const NEAR_PX = 48;
const number = Number(document.body.dataset.conversation) || null;
let line = null;
let timer;
let fetching = false;
let again = false;

function listen() {
  if (line || document.hidden) return;
  // With the page's mark: what changed between the page and this line is told, too.
  line = new EventSource(`/events?since=${encodeURIComponent(document.body.dataset.live)}`);
  for (const kind of ["inbox", "knock", "conversation", "delivery", "all"]) line.addEventListener(kind, look);
}

// A page that nobody sees holds no line open: browsers allow only a few to one desk.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    line?.close();
    line = null;
  } else {
    listen();
    look();
  }
});

function look() {
  clearTimeout(timer);
  timer = setTimeout(fetchParts, GATHER_MS);
}

async function fetchParts() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { "X-Part": "1" }, redirect: "manual" });
    if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch { /* the line comes back by itself, and then it is looked at again */ }
  fetching = false;
  if (again) {
    again = false;
    look();
  }
}

function swap(page) {
  swapWhole("knocks", page);
  swapWhole("list", page);
  document.dispatchEvent(new CustomEvent("looked", { detail: page }));
  if (!number) return;
  swapWhole("facts", page);
  swapWhole("head", page);
  swapWhole("nods", page);
  swapWhole("nods-before", page);
  swapWhole("options", page);
  swapLetters(page);
  document.dispatchEvent(new CustomEvent("page-fetched", { detail: page }));
}

function swapWhole(id, page) {
  const mine = document.getElementById(id);
  const theirs = page.getElementById(id);
  if (!mine || !theirs || mine.innerHTML === theirs.innerHTML) return;
  const focused = mine.contains(document.activeElement) ? document.activeElement : null;
  if (focused && !focused.matches("a")) return; // Not under somebody's hands.
  const href = focused?.getAttribute("href");
  const scroll = mine.scrollTop;
  const open = [...mine.querySelectorAll("details")].map((it) => it.open);
  mine.innerHTML = theirs.innerHTML;
  mine.hidden = theirs.hidden;
  mine.scrollTop = scroll;
  mine.querySelectorAll("details").forEach((it, index) => { it.open = open[index] ?? false; });
  if (href) mine.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus();
}

function swapLetters(page) {
  const end = document.getElementById("end");
  const theirs = [...page.querySelectorAll("#letters .message")];
  const known = new Set(theirs.map((it) => it.id));
  for (const mine of document.querySelectorAll("#letters .message")) if (!known.has(mine.id)) mine.remove();
  for (const letter of theirs) {
    const mine = document.getElementById(letter.id);
    if (!mine) end.before(document.importNode(letter, true));
    else swapDelivery(mine, letter);
  }
  const last = page.body.dataset.lastWord;
  if (last && last !== document.body.dataset.lastWord) newWords(last, page);
}

function swapDelivery(mine, theirs) {
  const was = mine.querySelector(".delivery");
  const is = theirs.querySelector(".delivery");
  if (!is || was?.outerHTML === is.outerHTML) return;
  const thread = document.getElementById("thread");
  const atEnd = thread.scrollTop + thread.clientHeight >= thread.scrollHeight - NEAR_PX;
  const words = is.querySelector("span")?.textContent ?? "";
  if (was) was.replaceWith(document.importNode(is, true));
  else mine.querySelector(".paper").append(document.importNode(is, true));
  if (atEnd) document.getElementById("end").scrollIntoView({ block: "end" }); // A longer sentence stays in sight.
  if (was && was.querySelector("span")?.textContent !== words) say(words);
}

function newWords(last, page) {
  document.body.dataset.lastWord = last;
  for (const mine of document.querySelectorAll(".message[data-last-word]")) mine.removeAttribute("data-last-word");
  const letter = document.getElementById(`m-${last}`);
  letter?.setAttribute("data-last-word", "");
  const side = document.getElementById("side");
  side.innerHTML = page.getElementById("side").innerHTML;
  document.dispatchEvent(new CustomEvent("side-changed"));
  document.dispatchEvent(new CustomEvent("review-soon"));
  const state = document.getElementById("reply-state");
  state?.replaceChildren("they have written since · ",
    element("button", { type: "button", class: "words", onclick: () => letter?.scrollIntoView({ block: "start" }) }, "read it"));
  say("They have written again.");
}

document.addEventListener("look-live", look);
listen();
