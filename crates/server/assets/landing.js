// After a hard moment: how it ended, one thing learnt, a word for oneself, let go. It is the person's own and goes nowhere else.
import { own } from "./own.js";
import { subject } from "./day.js";
import { element } from "./element.js";
import { CAME, openFear } from "./own-feared.js";
import { say } from "./say.js";
import { offer, withdraw } from "./turn.js";

const RANK = 30;
const ENDINGS = ["It eased", "Settled, still warm", "It goes on"];
const WORDS_MAX = 500;
const line = document.getElementById("closing");
const land = line?.querySelector("[data-land]");
const back = line?.querySelector("[data-check-back]");
let sheet = null;
let fear = null; // What was feared here before it began, where that was kept.
let over = !land;
let id; // Of what was kept.

async function look() {
  if (over) return;
  const open = await own.state() === "open";
  // Words that are not kept yet are not left lying open, nor lost.
  if (sheet) return void (sheet.hidden = !open);
  land.hidden = !open;
  // One key, one thing: the other is there without it.
  const key = back?.querySelector("kbd");
  if (key) key.hidden = open;
  if (open) offer(line, RANK);
  else if (!back) withdraw(line);
}

async function begin() {
  if (!sheet) {
    fear = await openFear(Number(document.body.dataset.conversation));
    sheet = build();
  }
  line.after(sheet);
  offer(sheet, RANK + 1); // Nothing else is offered meanwhile.
  withdraw(line);
  sheet.querySelector("input").focus();
  say("Landing. Only you can read this.");
}

function build() {
  const field = (name, label) => element("label", {}, element("span", {}, label),
    element("input", { type: "text", name, maxlength: WORDS_MAX, autocomplete: "off", spellcheck: "false", dir: "auto" }));
  const choice = (name, legend, choices) => element("fieldset", {}, element("legend", { dir: "auto" }, legend),
    ...choices.map(([value, words]) => element("label", {}, element("input", { type: "radio", name, value, autocomplete: "off" }), " ", words)));
  const form = element("form", { class: "landing", "aria-labelledby": "landing-title" },
    element("p", {}, element("b", { id: "landing-title" }, "Landing"), " ", element("span", { class: "soft small" }, "Only you can read this. Anything may be left out.")),
    choice("ended", "How it ended", ENDINGS.map((words) => [words, words])),
    fear ? choice("came", `Feared: “${fear.thing.feared}”`, CAME) : null,
    field("learnt", "One thing learnt"),
    field("said", "What would you say to a colleague who did this?"),
    element("p", { class: "ways" },
      element("button", {}, "Keep, and let go ", element("kbd", {}, "Enter")),
      element("button", { type: "button", class: "words", onclick: letGo }, "Let go, keep nothing")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  return form;
}

async function keep() {
  const { ended, came, learnt, said } = Object.fromEntries(new FormData(sheet));
  const words = Object.entries({ ended, learnt: learnt.trim(), said: said.trim() }).filter(([, it]) => it);
  if (!words.length && !came) return letGo();
  try {
    if (words.length) id = await own.keep("landing", { subject: subject(), ...Object.fromEntries(words) }, id);
    if (came) await own.keep("feared", { ...fear.thing, came }, fear.id);
  } catch (fault) {
    return trouble(fault.message);
  }
  end("Kept, for you alone. Let go.", async () => {
    if (id) await own.remove(id);
    id = undefined;
    if (came) await own.keep("feared", fear.thing, fear.id);
    begin();
  });
}

function letGo() {
  const written = [...new FormData(sheet).values()].some((it) => it.trim());
  end("Let go.", written ? begin : null);
}

function trouble(why) {
  let place = sheet.querySelector(".trouble");
  if (!place) sheet.append(place = element("p", { class: "trouble", role: "alert" }));
  place.textContent = `Not kept. ${why} Your words are still here.`;
}

// What else was offered when this moment was closed has its turn again.
function end(words, undo) {
  const said = element("p", { class: "offer", role: "status" }, words, " ");
  const again = () => {
    said.remove();
    undo();
  };
  if (undo) said.append(element("button", { type: "button", class: "words", onclick: again }, "Undo"));
  withdraw(sheet);
  sheet.replaceWith(said);
  over = true;
  land.hidden = true;
  const key = back?.querySelector("kbd");
  if (key) key.hidden = false;
  if (back) offer(line);
  // Loading the page again does not begin it anew.
  history.replaceState(history.state, "", location.pathname);
  document.activeElement?.blur();
  say(words);
}

if (land) {
  land.addEventListener("click", begin);
  own.onchange(look);
  look();
}
