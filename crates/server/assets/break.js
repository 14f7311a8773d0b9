// Breaks: offered where one thing has ended and the next has not begun, and a quiet page of their own.
import { element } from "./element.js";
import { offered, reason, rested } from "./load.js";
import { say } from "./say.js";
import { offer, withdraw } from "./turn.js";
import { known, limitInARow, wish } from "./wishes.js";

const SETTLE_MS = 400;
/** Whoever goes on before has hardly seen it: then it comes again at the next breakpoint. */
const SEEN_MS = 5_000;
/** Whatever else is offered is of this moment, and goes first. */
const RANK = -1;
const number = Number(document.body.dataset.conversation) || null;
const page = "break" in document.body.dataset;

/** What stands there by itself has no turn to wait for; two offers at once are a list to work off. */
function otherOffer() {
  return [...document.querySelectorAll("[data-offer]:not([hidden])")].some((it) => it.id !== "break-offer" && it.querySelector("button"));
}

async function offerOne() {
  if (!reason(1)) return; // There is nothing to offer, whatever is wished.
  await known();
  if (!wish("offers") || document.querySelector("#break-offer, #safety") || otherOffer()) return;
  const why = reason(limitInARow());
  const place = document.getElementById(number ? "composer" : "list");
  if (!why || !place) return;
  const line = element("section", { id: "break-offer", "aria-label": "A break", class: "offer break-offer", "data-offer": true },
    element("span", {}, `${why} A few minutes, if it suits.`), " ",
    element("button", { type: "button", class: "words", onclick: () => { offered(); location.href = "/break"; } }, element("kbd", {}, "V"), " A break"), " ",
    element("button", { type: "button", class: "words quieter", onclick: () => { offered(); withdraw(line); line.remove(); } }, "Not now"));
  if (number) place.prepend(line);
  else place.before(line); // Beside the list, which is fetched anew whenever something changes.
  offer(line, RANK);
  const shown = performance.now();
  addEventListener("pagehide", () => { if (line.checkVisibility() && performance.now() - shown > SEEN_MS) offered(); });
  if (!line.hidden) say(line.querySelector("span").textContent);
}

if (page) {
  rested();
  import("./practice.js");
  import("./own-wishes.js");
} else if (number) {
  // After what was sent, or on the page that follows closing: one thing has ended.
  document.addEventListener("sent", () => setTimeout(offerOne, SETTLE_MS));
  if (new URLSearchParams(location.search).has("closed")) setTimeout(offerOne, SETTLE_MS);
} else if (document.getElementById("list")) {
  setTimeout(offerOne, SETTLE_MS);
  // A room that took its time to open says only now what is wished.
  document.addEventListener("wished", offerOne);
}
