// One line under the draft: what it promises and by when. It is written down by sending; P changes, times or dismisses it.
import { on, typing } from "./keys.js";
import { element } from "./element.js";
import { say } from "./say.js";

const SHOWN_MAX = 3;
const room = document.getElementById("promising");
const field = document.getElementById("promises-said");
const paper = document.getElementById("reply");
let promised = [];
let open = false;
const nothing = () => ({ changed: [], kept: [], moved: [] });
let said = nothing();
let gone = nothing();
/** What is moved, in the ledger's own words: for the line alone. */
const moving = new Map();

try {
  if (field?.value) said = { ...said, ...JSON.parse(field.value) };
} catch { /* what cannot be read was never said */ }

/** What is kept with the draft and sent with the reply. */
export function promisesSaid() {
  return said;
}

function keep() {
  const empty = !said.changed.length && !said.kept.length && !said.moved.length;
  field.value = empty ? "" : JSON.stringify(said);
  document.dispatchEvent(new CustomEvent("ticked")); // The draft is to be kept again.
}

/** The reply that is being written gives a promise another time. */
export function move(id, what, time) {
  said.moved = said.moved.filter((it) => it.id !== id).concat({ id, due: time.local });
  moving.set(id, { what, label: time.label });
  keep();
  show();
}

const changeOf = (promise) => said.changed.find((it) => it.found === promise.found);
const kept = (promise) => changeOf(promise)?.keep ?? promise.sure;

function change(promise, by) {
  const was = changeOf(promise) ?? { found: promise.found, what: promise.what, due: promise.local, keep: promise.sure };
  const is = { ...was, ...by };
  said.changed = said.changed.filter((it) => it.found !== promise.found);
  const same = is.keep === promise.sure && is.what === promise.what && is.due === promise.local;
  if (!same) said.changed.push(is);
  keep();
}

function words(promise) {
  const is = changeOf(promise);
  const what = is?.what || promise.what;
  const short = what.length > 90 ? `${what.slice(0, 88)} …` : what;
  const time = is && is.due !== promise.local ? is.due.replace("T", ", ") : promise.by;
  if (!time) return `${short} (no time yet)`;
  const clock = promise.local.slice(11);
  return !is && (what.includes(clock) || (clock === "12:00" && what.includes("noon"))) ? short : `${short} (${time})`;
}

function line() {
  const down = promised.filter(kept);
  const rest = promised.filter((it) => !kept(it));
  const parts = [];
  if (down.length) parts.push(`You promise: ${down.slice(0, SHOWN_MAX).map(words).join("; ")}`);
  if (rest.length) parts.push(`Not written down: ${rest.slice(0, SHOWN_MAX).map(words).join("; ")}`);
  for (const { id } of said.moved) {
    const it = moving.get(id);
    if (it) parts.push(`Moved to ${it.label}: ${it.what}`);
  }
  return parts.join(" · ");
}

function show() {
  const any = promised.length > 0 || said.moved.length > 0;
  room.hidden = !any;
  if (!any) {
    open = false;
    return room.replaceChildren();
  }
  const text = element("span", { dir: "auto" }, line());
  const button = element("button", { type: "button", class: "words", "aria-expanded": String(open), onclick: turn },
    element("kbd", { "aria-hidden": "true", class: "hint with-alt" }, "P"), open ? "done" : "change");
  const rows = open ? promised.map(row) : [];
  const back = open && said.moved.length
    ? [element("p", {}, element("button", { type: "button", class: "words", onclick: unmove }, "Move nothing with this reply"))] : [];
  const timeless = promised.some((promise) => !(changeOf(promise)?.due || promise.local));
  const when = timeless ? element("button", { type: "button", class: "words", onclick: () => document.dispatchEvent(new CustomEvent("pick-time")) },
    element("kbd", { "aria-hidden": "true", class: "hint with-alt" }, "T"), "a time") : null;
  room.replaceChildren(element("p", {}, text, " ", button, when ? " · " : null, when), ...rows, ...back);
}

function row(promise) {
  const is = changeOf(promise);
  const tick = element("input", { type: "checkbox", autocomplete: "off", checked: kept(promise) });
  const what = element("input", { type: "text", maxlength: 300, autocomplete: "off", value: is?.what || promise.what, "aria-label": "What is promised" });
  const when = element("input", { type: "datetime-local", value: is?.due || promise.local, "aria-label": "By when" });
  tick.addEventListener("change", () => { change(promise, { keep: tick.checked }); renew(); });
  what.addEventListener("change", () => { change(promise, { what: what.value.trim() || promise.what }); renew(); });
  when.addEventListener("change", () => {
    change(promise, { due: when.value, keep: Boolean(when.value) || tick.checked });
    tick.checked = kept(promise);
    renew();
  });
  return element("div", { class: "promise-row" }, element("label", {}, tick, " Write it down"), what, when);
}

// The rows stay under the hands that change them.
function renew() {
  room.querySelector("p > span").textContent = line();
}

function unmove() {
  said.moved = [];
  keep();
  show();
  room.querySelector("button")?.focus();
}

function turn() {
  open = !open;
  show();
  if (open) room.querySelector(".promise-row input")?.focus();
  else paper.focus();
}

if (room && field) {
  document.addEventListener("reviewed", ({ detail }) => {
    const is = JSON.stringify(detail.promised ?? []);
    if (is === JSON.stringify(promised)) return;
    promised = detail.promised ?? [];
    if (!open) show();
    else if (!room.contains(document.activeElement)) show();
    else renew();
  });
  document.addEventListener("sent", () => {
    gone = said; // At hand for an undo.
    said = nothing();
    promised = [];
    open = false;
    field.value = "";
    room.hidden = true;
    room.replaceChildren();
  });
  document.addEventListener("taken-back", () => {
    said = gone;
    keep();
  });
  room.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    event.preventDefault();
    turn();
  });
}

on("p", () => {
  const writing = typing() && (room?.contains(document.activeElement) || document.activeElement === paper);
  if (writing) {
    if (!promised.length && !said.moved.length) return false;
    return turn();
  }
  const broken = document.querySelector("#broken:not([hidden]) button");
  const place = document.getElementById("promises");
  const first = broken ?? place?.querySelector("button");
  if (!first) {
    if (place) return say("Nothing is promised here.");
    location.href = "/promises";
    return;
  }
  const side = document.getElementById("side");
  if (side?.dataset.sheet === "down") side.querySelector("[data-sheet-handle]")?.click();
  first.focus();
  first.closest("section").scrollIntoView({ block: "nearest" });
});
