// G: a quiet sheet of one's own, in any moment: the anchor; then, after this moment's what-if and never before it, a word for
// what is in me and a line for what I fear. Y: the room.
import { element } from "./element.js";
import { on, typing } from "./keys.js";

let sheet = null;
let cameFrom = null;
let caret = null;

const number = () => (document.body.dataset.conversation ? Number(document.body.dataset.conversation) : undefined);
const isOpen = () => Boolean(sheet && !sheet.hidden);

function made() {
  if (sheet) return sheet;
  sheet = element("section", { id: "own-sheet", class: "own-sheet", "aria-labelledby": "own-sheet-title", tabindex: "-1", hidden: true },
    element("header", {}, element("h2", { id: "own-sheet-title", tabindex: "-1" }, "For me"),
      element("button", { type: "button", class: "words", onclick: close }, "Close ", element("kbd", {}, "Esc"))),
    element("div", { id: "own-sheet-inside" }));
  document.body.append(sheet);
  return sheet;
}

async function open() {
  cameFrom = document.activeElement;
  caret = "selectionStart" in (cameFrom ?? {}) ? [cameFrom.selectionStart, cameFrom.selectionEnd] : null;
  made().hidden = false;
  sheet.querySelector("h2").focus();
  await fill();
}

function close() {
  if (!isOpen()) return false;
  sheet.hidden = true;
  // A word that was not kept is gone with the sheet.
  sheet.querySelector("#own-sheet-inside").replaceChildren();
  cameFrom?.focus?.();
  if (caret && cameFrom?.setSelectionRange && caret[0] !== null) cameFrom.setSelectionRange(...caret);
  return true;
}

let asked = 0;
async function fill() {
  asked += 1;
  const mine = asked;
  const { own } = await import("./own.js");
  if (mine === 1) {
    own.onchange((what) => {
      if (what === "locked" && isOpen()) fill();
    });
  }
  const inside = sheet.querySelector("#own-sheet-inside");
  const state = await own.state();
  if (mine !== asked || !isOpen()) return;
  if (state === "none") {
    return inside.replaceChildren(element("p", {}, "Nothing is here yet. ", element("a", { href: "/own" }, "A room of one’s own"), " keeps a line, a memory or a picture for when it gets hard; nobody else can open it. ", element("kbd", {}, "Y")));
  }
  if (state === "locked") {
    const at = element("div", {});
    inside.replaceChildren(at);
    const opened = own.door(at);
    await drawn(at);
    at.querySelector("input")?.focus();
    await opened;
    if (isOpen()) await fill();
    return;
  }
  const [{ anchor, shown }, notice, feared, { keptWord }] = await Promise.all([import("./own-anchor.js"), import("./own-notice.js"), import("./own-feared.js"), import("./kept-word.js")]);
  const it = await anchor();
  const word = await keptWord();
  const fear = number() ? await feared.field(number()) : null;
  if (mine !== asked || !isOpen()) return;
  inside.replaceChildren(
    it ? shown(it.thing) : element("p", { class: "soft" }, "No anchor is kept yet. ", element("a", { href: "/own" }, "In your room"), " there is a place for one. ", element("kbd", {}, "Y")),
    ...(word ? [word] : []), ...reframed(), notice.field(), ...(fear ? [fear] : []));
  if (document.activeElement === document.body || sheet.contains(document.activeElement)) sheet.querySelector("h2").focus();
}

const drawn = (at) => new Promise((done) => {
  if (at.firstChild) return done();
  const watch = new MutationObserver(() => { watch.disconnect(); done(); });
  watch.observe(at, { childList: true });
});

/** What else may be so comes before naming what is in me: the other way round it holds less. */
function reframed() {
  const words = [...document.querySelectorAll("#what-ifs .what-if:not([hidden]) .possible")].map((it) => it.textContent);
  return words.slice(0, 1).map((it) => element("p", { class: "own-what-if" }, element("span", { class: "soft" }, "What if "), it.replace(/^What if\s+/i, "")));
}

// Logging out locks the room in every tab, on pages too that never opened it; and the page of the door finds nothing left over.
const agent = document.body.dataset.agent;
const OPEN = "unruffled:own:";
function forget() {
  try {
    for (const name of Object.keys(sessionStorage).filter((it) => it.startsWith(OPEN))) sessionStorage.removeItem(name);
  } catch { /* nothing is remembered here */ }
}
if (!agent) forget();
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute?.("action") !== "/session/end") return;
  forget();
  if ("BroadcastChannel" in globalThis) new BroadcastChannel(OPEN + agent).postMessage({ what: "locked" });
}, true);

if (agent) {
  on("g", () => {
    if (close() !== true) open();
  }, { first: true });
  // While one writes, this key with Alt says why a note is there.
  on("y", () => {
    if (typing() || document.querySelector("#own-sheet:not([hidden])")?.contains(document.activeElement)) return false;
    location.assign("/own");
  }, { first: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
}
