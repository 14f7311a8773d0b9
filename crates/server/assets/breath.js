// One breath at the composer's edge: four seconds in, six out, once in a conversation, ended by any key.
import { on } from "./keys.js";
import { recall, keep } from "./memory.js";

const IN_MS = 4000;
const OUT_MS = 6000;
const ring = document.getElementById("breath");
const taken = `breath:${document.body.dataset.conversation}`;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let timers = [];

function breathe() {
  if (!ring) return false;
  end();
  const word = ring.querySelector(".word");
  ring.hidden = false;
  ring.classList.remove("gone");
  if (still.matches) {
    word.textContent = "In … out …";
  } else {
    word.textContent = "in …";
    void ring.offsetWidth; // Starts the ring anew when B is pressed twice.
    ring.classList.add("going");
    timers.push(setTimeout(() => { word.textContent = "out …"; }, IN_MS));
  }
  timers.push(setTimeout(fade, IN_MS + OUT_MS));
}

function fade() {
  ring.classList.add("gone");
  timers.push(setTimeout(end, 200));
}

function end() {
  timers.forEach(clearTimeout);
  timers = [];
  ring.hidden = true;
  ring.classList.remove("going");
}

if (ring) {
  addEventListener("keydown", (event) => {
    if (!ring.hidden && !["Shift", "Control", "Alt", "Meta"].includes(event.key)) end();
  }, true);
  document.addEventListener("input", end);
  on("b", breathe);
  document.addEventListener("breathe", breathe);
  if ("hot" in document.body.dataset && !recall(taken, false)) {
    keep(taken, true);
    breathe();
  }
}
