// One breath at the composer's edge, once in a conversation, ended by any key; B while it goes makes it three.
import { breathe, IN_MS, OUT_MS } from "./breathing.js";
import { on, typing } from "./keys.js";
import { recall, keep } from "./memory.js";
import { known, wish } from "./wishes.js";

/** What some feel better with than with their breath, in as few words as a breath takes. */
const INSTEAD = { feet: "both feet on the floor", sounds: "three sounds, near or far", far: "something far away" };
const ring = document.getElementById("breath");
const taken = `breath:${document.body.dataset.conversation}`;
let going = null;

function begin({ asked = false } = {}) {
  if (!ring) return false;
  if (going && asked) return going.longer(2);
  end();
  const instead = INSTEAD[wish("practice")];
  if (instead) {
    ring.hidden = false;
    ring.classList.add("as-words");
    ring.querySelector(".word").textContent = instead;
    const timer = setTimeout(end, IN_MS + OUT_MS);
    going = { end() { clearTimeout(timer); ring.hidden = true; ring.classList.remove("as-words"); }, longer() {} };
    return;
  }
  // A sound only for a breath that somebody asked for themselves.
  going = breathe(ring, { words: wish("form") === "words", sound: asked && wish("sound"), ended: () => { going = null; } });
}

function end() {
  const it = going;
  going = null;
  it?.end();
}

if (ring) {
  addEventListener("keydown", (event) => {
    const once_more = event.code === "KeyB" && (event.altKey || !typing(event.target)) && !event.ctrlKey && !event.metaKey;
    if (going && !once_more && !["Shift", "Control", "Alt", "Meta"].includes(event.key)) end();
  }, true);
  document.addEventListener("input", end);
  on("b", () => { known().then(() => begin({ asked: true })); });
  document.addEventListener("breathe", () => begin());
  if ("hot" in document.body.dataset && !recall(taken, false)) {
    keep(taken, true);
    let busy = false;
    document.addEventListener("input", () => { busy = true; }, { once: true });
    known().then(() => { if (!busy && !going) begin(); });
  }
}
