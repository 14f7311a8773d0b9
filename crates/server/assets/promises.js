// The ledger at the side: settled without leaving the page, moved with a word to the customer, offered as kept once a reply has gone.
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { put } from "./put.js";
import { say } from "./say.js";
import { move } from "./promising.js";
import { pickTime } from "./soon.js";
import { write } from "./thread.js";

const offer = document.getElementById("offer");
const paper = document.getElementById("reply");
const SETTLED = { kept: "Kept.", broken: "Written down as not kept. It stands first when they write again.", dismissed: "No promise.", open: "Taken back: it is to be kept." };

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".side form[action^='/promises/']");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const state = event.submitter?.value ?? "";
  const answer = await askDesk("POST", form.getAttribute("action"), { form: { state } });
  say(answer.ok ? SETTLED[state] : answer.says);
  document.activeElement?.blur();
  document.dispatchEvent(new CustomEvent("look-live"));
});

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-promise]");
  if (row && event.target.closest("[data-move-promise]")) return moveIt(row.dataset.promise, row.dataset.what);
  const asking = event.target.closest?.("[data-look-again]");
  if (asking) begin(asking.dataset.lookAgain);
});

function moveIt(id, what) {
  if (write("reply") === false) return say("No address is known to reply to.");
  pickTime((time) => {
    move(id, what, time);
    begin(`${said(what)}, and that takes longer than we said. We will do it ${time.by}.`);
  });
}

// "ring you by Friday" is what we do; "your card will be there by Friday" says itself who or what does.
const said = (what) => (/^(you|your|our|my|the|an?|it|this|that|he|she|they)\b/i.test(what) ? `We wrote “${what}”` : `We promised to ${what}`);

function begin(words) {
  if (write("reply") === false) return;
  const gap = paper.value && !/\n\s*$/.test(paper.value) ? "\n\n" : "";
  put(paper, paper.value.length, paper.value.length, `${gap}${words} `);
  document.dispatchEvent(new CustomEvent("review-soon"));
}

// A reply has gone: perhaps it did what was promised. Only what was promised before it is meant.
document.addEventListener("sent", ({ detail }) => {
  if (!offer) return;
  const moved = new Set(detail?.moved ?? []);
  const row = [...document.querySelectorAll("#broken [data-promise], #promises [data-promise]")].find((it) => !moved.has(it.dataset.promise));
  offer.hidden = !row;
  if (!row) return offer.replaceChildren();
  setTimeout(() => {
    const message = [...document.querySelectorAll(".message.agent")].pop()?.id.replace(/^m-/, "") ?? "";
    offer.replaceChildren(`Was this it? “${row.dataset.what}” `, element("button", { type: "button", class: "words", onclick: async () => {
      offer.hidden = true;
      const answer = await askDesk("POST", `/promises/${row.dataset.promise}/settlement`, { form: { state: "kept", with: message } });
      say(answer.ok ? "Kept." : answer.says);
      document.dispatchEvent(new CustomEvent("look-live"));
    } }, element("kbd", {}, "V"), " Kept"));
    say(offer.textContent);
  }, 0);
});
document.addEventListener("taken-back", () => { if (offer) offer.hidden = true; });
paper?.addEventListener("input", () => { if (offer) offer.hidden = true; });

// The side follows when the ledger changed, unless somebody's hands are on it.
document.addEventListener("page-fetched", ({ detail: page }) => {
  for (const id of ["broken", "promises"]) {
    const mine = document.getElementById(id);
    const theirs = page.getElementById(id);
    if (!mine || !theirs || mine.outerHTML === theirs.outerHTML || mine.contains(document.activeElement)) continue;
    mine.replaceWith(document.importNode(theirs, true));
  }
  document.dispatchEvent(new CustomEvent("side-shown"));
});

// Led here from the page of promises, or from a line above the inbox.
if (location.hash === "#promises") {
  document.querySelector(".message[data-last-word]")?.scrollIntoView({ block: "start" });
  const side = document.getElementById("side");
  if (side?.dataset.sheet === "down") side.querySelector("[data-sheet-handle]")?.click();
  const asked = new URLSearchParams(location.search).get("move");
  const row = asked && document.querySelector(`[data-promise="${CSS.escape(asked)}"]`);
  if (row) moveIt(asked, row.dataset.what);
}
