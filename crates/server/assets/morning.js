// A minute in the morning, on every other day, for whoever wished for it: one quiet line above the list, once.
import { own } from "./own.js";
import { today } from "./days.js";
import { element } from "./element.js";
import { promptOf } from "./morning-prompt.js";
import { say } from "./say.js";
import { offer, withdraw } from "./turn.js";
import { wish } from "./wish.js";

const RANK = 5;
const SEEN = `unruffled:${document.body.dataset.agent ?? ""}:morning`; // That the line was shown, for as long as this tab lives.
const list = document.querySelector(".desk.reading #list");
const place = element("section", { "aria-label": "Morning" });
let line = null;

async function look() {
  if (await own.state() !== "open") return put(null);
  const prompt = promptOf();
  if (line || !prompt || seen() === today() || !await wish("morning", false)) return;
  // Asked twice at once, it is offered once.
  if ((await own.all("morning")).some(({ day }) => day === today()) || line) return;
  line = element("p", { class: "offer morning", "data-offer": true }, "A minute for the morning, if it suits you. ",
    element("button", { type: "button", class: "words", onclick: () => begin(prompt) }, element("kbd", {}, "V"), " Take it"));
  place.replaceChildren(line);
  list.before(place);
  offer(line, RANK);
  try {
    sessionStorage.setItem(SEEN, today());
  } catch { /* then it is offered once more */ }
}

function seen() {
  try {
    return sessionStorage.getItem(SEEN);
  } catch {
    return null;
  }
}

function begin(prompt) {
  const input = element("input", { type: "text", name: "words", maxlength: 1_000, autocomplete: "off", spellcheck: "false", dir: "auto", "aria-describedby": "morning-asked" });
  const sheet = element("form", { class: "landing morning" },
    element("p", { class: "own-asked", id: "morning-asked" }, prompt),
    element("label", {}, element("span", {}, "A line about it, or none. Only you can read it."), input),
    element("p", { class: "ways" }, element("button", {}, "Done ", element("kbd", {}, "Enter"))));
  sheet.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await own.keep("morning", { asked: prompt, words: input.value.trim() });
    } catch (fault) {
      return say(`Not kept. ${fault.message} The words are still in the field.`);
    }
    put(null);
    document.activeElement?.blur();
    say("Done.");
  });
  put(sheet);
  input.focus();
}

function put(sheet) {
  if (!line) return;
  withdraw(line);
  if (sheet) place.replaceChildren(sheet);
  else place.remove();
  line = sheet;
}

if (list) {
  own.onchange(look);
  look();
}
