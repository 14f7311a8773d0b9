// The listening card: kept at the desk as it is typed, and in this browser until the desk has it. L goes to it.
import { on } from "./keys.js";
import { recall, keep, forget } from "./memory.js";
import { askDesk } from "./ask-desk.js";
import { clock } from "./clock.js";
import { say } from "./say.js";
import { element } from "./element.js";

const SAVE_AFTER_MS = 600;
const READ_AFTER_MS = 1500;
const TRY_AGAIN_MS = 10_000;
const NAMES = ["name", "by_when", "asks", "matters", "said_back", "promised"];
const conversation = document.body.dataset.conversation;
const form = document.querySelector("[data-listening]");
const state = document.getElementById("listening-state");
const copy = `card:${conversation}`;
const address = `/conversations/${conversation}/listening-card`;
const edge = document.getElementById("edge");
let base = words(); // What the desk has.
let dirty = false;
let saving = null;
let timer;
let reading;
let lines = [];
let at = 0;

function field(name) { return form.elements[name]; }
function words() { return Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value])); }
function version() { return Number(field("version").value) || 0; }
function all() { return { ...words(), channel: field("channel").value, version: version() }; }

function touched() {
  dirty = true;
  keep(copy, { ...all(), at: clock() });
  clearTimeout(timer);
  timer = setTimeout(save, SAVE_AFTER_MS);
  clearTimeout(reading);
  reading = setTimeout(read, READ_AFTER_MS);
}

async function save() {
  clearTimeout(timer);
  while (saving) await saving;
  if (!dirty) return;
  saving = put();
  await saving;
  saving = null;
}

async function put() {
  dirty = false;
  const sent = all();
  const answer = await askDesk("PUT", address, { json: sent });
  if (answer.ok) {
    field("version").value = answer.version;
    base = Object.fromEntries(NAMES.map((name) => [name, sent[name]]));
    if (!dirty) forget(copy);
    state.textContent = `kept ${answer.kept}`;
    showEdge(answer.edge);
    return;
  }
  dirty = true;
  if (answer.status === 409) return merge(answer);
  state.textContent = `kept in this browser ${clock()} · ${answer.says}`;
  if (answer.status === 0 || answer.status >= 500) timer = setTimeout(save, TRY_AGAIN_MS);
}

/** Two wrote on one card: a field that one of them left alone takes the other's words, and both have both where both wrote. */
function merge({ version: theirs = 0, heard }) {
  field("version").value = theirs;
  for (const name of heard ? NAMES : []) {
    const mine = field(name).value;
    if (heard[name] === mine || heard[name] === base[name]) continue;
    field(name).value = mine === base[name] ? heard[name] : `${mine} / ${heard[name]}`;
  }
  base = heard ?? base;
  state.textContent = "a colleague writes on this card too; both are kept";
  clearTimeout(timer);
  timer = setTimeout(save, SAVE_AFTER_MS);
}

/** What they ask, and what it gives reason for, from the words on the card: the side is asked for anew. */
async function read() {
  await save();
  let text;
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Part": "1" }, redirect: "manual" });
    if (!answer.ok) return;
    text = await answer.text();
  } catch {
    return; // The line comes back by itself; the words are kept.
  }
  const theirs = new DOMParser().parseFromString(text, "text/html").getElementById("side");
  const side = document.getElementById("side");
  if (!theirs || !side || side.contains(document.activeElement) || side.innerHTML === theirs.innerHTML) return;
  side.innerHTML = theirs.innerHTML;
  document.dispatchEvent(new CustomEvent("side-changed"));
}

function showEdge(all) {
  lines = all ?? [];
  at = 0;
  turn(0);
}

function turn(by) {
  if (!edge) return;
  at = lines.length ? (at + by) % lines.length : 0;
  edge.hidden = lines.length === 0;
  const says = edge.querySelector(".says");
  if (says.textContent !== (lines[at] ?? "")) says.textContent = lines[at] ?? "";
  edge.querySelector("button").hidden = lines.length < 2;
}

async function keepCard() {
  while (saving) await saving;
  const answer = await askDesk("POST", address, { form: new FormData(form) });
  if (!answer.ok) {
    if (answer.status === 409 && "heard" in answer) return merge(answer);
    state.textContent = answer.says;
    return say(answer.says);
  }
  clearTimeout(timer);
  clearTimeout(reading);
  dirty = false;
  forget(copy);
  for (const name of NAMES) field(name).value = "";
  field("version").value = 0;
  base = words();
  document.body.dataset.lastWord = answer.card;
  showEdge([]);
  const undo = element("button", { type: "button", class: "words", onclick: () => openAgain(answer.card) }, "Undo");
  state.replaceChildren("The card is kept with the conversation. ", undo);
  undo.focus();
  say("The card is kept with the conversation.");
  const end = document.getElementById("end");
  if (!document.getElementById(`m-${answer.card}`)) end?.insertAdjacentHTML("beforebegin", answer.message);
  end?.scrollIntoView({ block: "end" });
  document.dispatchEvent(new Event("look-live"));
  document.dispatchEvent(new Event("card-kept"));
}

async function openAgain(card) {
  const answer = await askDesk("POST", `/conversations/${conversation}/listening-cards/${card}/reversal`, { form: [] });
  if (answer.ok) location.reload();
  else state.textContent = answer.says;
}

function write() {
  const choice = document.getElementById("write-listening");
  if (!choice) return false;
  choice.checked = true;
  const first = NAMES.map(field).find((it) => !it.value.trim()) ?? field("asks");
  first.focus();
}

if (form) {
  form.addEventListener("input", (event) => { if (event.target.name) touched(); });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.matches("[data-open-again]")) return;
    event.preventDefault();
    keepCard();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    keepCard();
  });
  addEventListener("online", save);
  addEventListener("pagehide", () => { if (dirty) askDesk("PUT", address, { json: all(), keepalive: true }); });
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-deed=next-edge]")) turn(1); });
  // Words that never reached the desk, from before a crash.
  const left = recall(copy, null);
  if (left && NAMES.some((name) => left[name] !== base[name])) {
    if (left.version === version()) for (const name of NAMES) field(name).value = left[name];
    else merge({ version: version(), heard: left });
    state.textContent = `brought back from this browser, ${left.at}`;
    touched();
  } else {
    forget(copy);
  }
  showEdge([...document.getElementById("edge-lines").content.children].map((it) => it.textContent));
  if (form.hasAttribute("data-first")) write();
  on("l", write);
}
