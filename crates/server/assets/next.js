// F, the next one: whoever waits longest and is for me; a calmer one after enough hard ones in a row.
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { on, typing } from "./keys.js";
import { goesOn, here, inARow, lived } from "./load.js";
import { say } from "./say.js";
import { known, limitInARow } from "./wishes.js";

const number = Number(document.body.dataset.conversation) || null;
const hard = () => "hot" in document.body.dataset || Boolean(document.getElementById("safety"));
let anyway = false;
let asking = false;

/** While somebody writes, and where a note's repair is offered, the key is the repair's. */
const taken = (event) => typing(event.target) || document.querySelector("#look-again:not([hidden]), #before:not([hidden])");

async function next() {
  if (asking) return;
  asking = true;
  if (number) lived(number, hard());
  await known();
  const limit = limitInARow();
  const form = { from: number ?? "", calmer: limit && inARow() >= limit ? "1" : "", anyway: anyway ? "1" : "" };
  const answer = await askDesk("POST", "/next", { form });
  asking = false;
  if (answer.to) {
    location.href = answer.to;
    return;
  }
  anyway = Boolean(answer.again);
  tell(answer.says);
}

function tell(words) {
  document.getElementById("next-says")?.remove();
  const line = element("section", { id: "next-says", class: "next-says", "aria-label": "The next one" }, words);
  const composer = document.getElementById("composer");
  if (composer) composer.prepend(line);
  else document.getElementById("list")?.before(line); // Beside the list, which is fetched anew whenever something changes.
  say(words);
}

// A moment has been lived once something of ours went out, it was closed, or it is left for the next one.
if (number) {
  document.addEventListener("sent", () => lived(number, hard()));
  document.addEventListener("taken-back", () => goesOn(number));
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-next]")) {
    event.preventDefault();
    next();
  } else if (number && form.matches("[data-close]") && form.getAttribute("action").endsWith("/closure")) {
    lived(number, hard());
  } else {
    here();
  }
});

on("f", (event) => {
  if (taken(event) || !document.querySelector("[data-next]")) return false;
  next();
});
