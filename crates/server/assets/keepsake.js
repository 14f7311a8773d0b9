// Thanks for one's own work, in the customer's words: kept with one key, where only the person can open it.
import { own } from "./own.js";
import { subject } from "./day.js";
import { element } from "./element.js";
import { say } from "./say.js";
import { offer, withdraw } from "./turn.js";

const RANK = 20;
const line = () => document.getElementById("thanks");

async function look() {
  const mine = line();
  if (!mine) return;
  const open = await own.state() === "open";
  const words = said(mine);
  const kept = open && (await own.all("keepsake")).some(({ thing }) => thing.words === words);
  if (open && !kept) offer(mine, RANK);
  else withdraw(mine);
}

const said = (mine) => mine.querySelector("q").textContent;

async function keep(mine) {
  let id;
  try {
    id = await own.keep("keepsake", { words: said(mine), about: subject() });
  } catch (fault) {
    return say(`Not kept. ${fault.message} The words stand in the letter.`);
  }
  withdraw(mine);
  const done = element("p", { class: "offer", role: "status" }, "Kept, for you alone. ");
  done.append(element("button", { type: "button", class: "words", onclick: async () => {
    await own.remove(id);
    done.remove();
    look();
    say("Not kept.");
  } }, "Undo"));
  mine.after(done);
  say("Kept, for you alone.");
}

document.addEventListener("click", (event) => {
  const mine = event.target.closest?.("#thanks button") && line();
  if (mine) keep(mine);
});

// They wrote while the page was open.
document.addEventListener("page-fetched", ({ detail: page }) => {
  const mine = line();
  const theirs = page.getElementById("thanks");
  if (mine?.dataset.thanks === theirs?.dataset.thanks) return;
  if (mine) withdraw(mine);
  mine?.remove();
  if (!theirs) return;
  document.getElementById("offer").before(document.importNode(theirs, true));
  look();
});
own.onchange(look);
look();
