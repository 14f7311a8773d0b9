// A plan of one's own shows once in a moment like the one that it was made for. Which moment that is, is seen here and told to nobody.
import { element } from "./element.js";
import { keep, recall } from "./memory.js";
import { own } from "./own.js";
import { say } from "./say.js";

const side = document.getElementById("side");
const number = document.body.dataset.conversation;
const met = `plan:${number}`;
// Once in this conversation, however often it is opened.
const before = recall(met, false);
let shown = null;
let line = null;

/** What this moment gives most reason for; further down the list nearly every moment is like every other. */
const LIKE_MAX = 3;
const moments = () => [...document.querySelectorAll("[data-what-if]")].slice(0, LIKE_MAX).map((it) => it.dataset.whatIf);

async function look() {
  if (!side || before || document.getElementById("safety")) return hide();
  if (await own.state() !== "open") return hide();
  const like = moments();
  const plans = (await own.all("plan")).filter(({ thing }) => like.includes(thing.what_if));
  if (shown && !plans.some(({ id }) => id === shown.id)) hide();
  shown ??= plans[0] ?? null;
  if (!shown) return;
  keep(met, true);
  if (line?.isConnected) return;
  line = element("section", { class: "own-plan", "aria-label": "A plan of yours" },
    element("p", { class: "from" }, "You wrote for a moment like this:"),
    element("p", { dir: "auto" }, shown.thing.words),
    element("p", { class: "ways small" }, element("button", { type: "button", class: "words", onclick: letGo }, "Let go of it")));
  place(line);
}

/** Beside the possibility that it answers to. */
function place(it) {
  const whatIfs = document.getElementById("what-ifs");
  if (whatIfs) whatIfs.after(it);
  else side.insertBefore(it, document.getElementById("quietly"));
}

function hide() {
  line?.remove();
  line = null;
  shown = null;
}

async function letGo() {
  const { id, thing } = shown;
  await own.remove(id);
  const undo = element("button", { type: "button", class: "words", onclick: async () => {
    await own.keep("plan", thing, id);
    gone.remove();
    look();
  } }, "Undo");
  const gone = element("section", { "aria-label": "A plan of yours" }, element("p", { class: "from", role: "status" }, "Gone. ", undo));
  place(gone);
  undo.focus();
  say("Gone.");
}

own.onchange(look);
document.addEventListener("side-changed", look);
look();
