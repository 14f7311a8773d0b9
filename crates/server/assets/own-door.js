// The door of one's own room: makes a room, or opens the one that is there. Put wherever somebody asks for it, never in the way.
import { element } from "./element.js";
import { own, room } from "./own.js";

const CHARS_MIN = 10;
let doors = 0;

/** Resolves once the room is open; whoever made one has seen its recovery key by then. */
export function door(place) {
  return new Promise((done) => {
    const enter = () => {
      place.replaceChildren();
      done();
    };
    own.state().then((state) => {
      if (state === "open") enter();
      else if (state === "none") making(place, enter);
      else opening(place, enter);
    });
  });
}

function field(words, attributes = {}) {
  const input = element("input", { type: "password", autocomplete: "off", spellcheck: "false", required: true, ...attributes });
  return { input, label: element("label", {}, element("span", {}, words), " ", input) };
}

function form(place, { title, says, fields, deed, working, work, after = [] }) {
  doors += 1;
  const problem = element("p", { class: "trouble-line", role: "alert", hidden: true });
  const button = element("button", {}, deed);
  const it = element("form", { class: "stack own-door", "aria-labelledby": `own-door-${doors}` },
    element("h2", { id: `own-door-${doors}` }, title),
    ...says.map((line) => element("p", { class: "soft" }, line)),
    ...fields.map(({ label }) => label), problem, element("p", { class: "foot" }, button, ...after));
  it.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    problem.hidden = true;
    button.disabled = true;
    button.textContent = working;
    try {
      await work();
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
      fields[0].input.focus();
    } finally {
      button.disabled = false;
      button.textContent = deed;
    }
  });
  place.replaceChildren(it);
  return it;
}

export function refuse(passphrase, again) {
  if ([...passphrase].length < CHARS_MIN) throw new Error("A passphrase needs at least ten characters; a few words in a row are easy to keep.");
  if (passphrase !== again) throw new Error("The two are not the same. Type both once more.");
}

function making(place, done) {
  const first = field("A passphrase, not your password here");
  const again = field("The same once more");
  form(place, {
    title: "Make a room of your own",
    says: [
      "What you keep here is locked in this browser before the desk gets it. Nobody else can read it: no colleague, no lead, nobody who has the database.",
      "The price of that: if the passphrase and the printed recovery key are both lost, nobody can bring it back.",
    ],
    fields: [first, again],
    deed: "Make the room",
    working: "Making it …",
    async work() {
      refuse(first.input.value, again.input.value);
      printed(place, await room.make(first.input.value), done);
    },
  });
}

function opening(place, done) {
  const passphrase = field("Your passphrase");
  const lost = element("button", { type: "button", class: "words", onclick: () => recovering(place, done) }, "With the recovery key");
  form(place, {
    title: "Your room is locked",
    says: [],
    fields: [passphrase],
    deed: "Open",
    working: "Opening …",
    after: [lost],
    async work() {
      await room.enter(passphrase.input.value);
      done();
    },
  });
}

function recovering(place, done) {
  const words = field("The recovery key, as it was printed", { type: "text", autocapitalize: "characters" });
  const first = field("A new passphrase");
  const again = field("The same once more");
  const back = element("button", { type: "button", class: "words", onclick: () => opening(place, done) }, "With the passphrase");
  form(place, {
    title: "Open it with the recovery key",
    says: [],
    fields: [words, first, again],
    deed: "Open",
    working: "Opening …",
    after: [back],
    async work() {
      refuse(first.input.value, again.input.value);
      await room.recover(words.input.value);
      await room.newPassphrase(first.input.value);
      done();
    },
  });
  words.input.focus();
}

/** The recovery key, shown once: on paper it helps, on this machine it would only be one more thing to be found. */
export function printed(place, words, done) {
  const on = element("button", { type: "button", onclick: done }, "I have it on paper");
  place.replaceChildren(element("section", { class: "own-recovery", "aria-labelledby": "own-recovery-title" },
    element("h2", { id: "own-recovery-title", tabindex: "-1" }, "Your recovery key"),
    element("p", {}, "If the passphrase is forgotten, this opens the room. It is shown this once. Print it, or write it down, and keep it away from this machine."),
    element("p", { class: "own-key" }, ...words.split("-").map((group) => element("span", {}, group))),
    element("p", { class: "ways not-on-paper" }, element("button", { type: "button", class: "words", onclick: () => print() }, "Print this page"), on)));
  place.querySelector("h2").focus();
}
