// One kept thing on the page of one's own: its day, its words, and a way to let it go that can be taken back.
import { element } from "./element.js";
import { dayWords } from "./own-list.js";
import { own } from "./own.js";
import { say } from "./say.js";

/** `said` is where the section says what became of it. */
export function entryOf(entry, said) {
  const lines = entry.parts.flatMap(([label, words]) => [...(label ? [element("dt", {}, label)] : []), element("dd", { dir: "auto" }, words)]);
  return element("article", { class: "own-entry" },
    element("h3", { class: "soft small" }, element("time", { datetime: entry.day }, dayWords(entry.at))),
    element("dl", {}, ...lines),
    element("div", { class: "ways small" }, entry.kind === "keepsake" ? toShelf(entry.thing.words) : null,
      element("button", { type: "button", class: "words quieter", onclick: () => letGo(entry, said) }, "Let go")));
}

// Thanks may be given to the team by whoever keeps them. The page that follows shows them without names before anybody else sees them.
function toShelf(words) {
  return element("form", { class: "inline", method: "post", action: "/shelf/words" },
    element("input", { type: "hidden", name: "words", value: words }), element("button", { class: "words" }, "To the team’s shelf …"));
}

async function letGo({ id, kind, thing }, said) {
  await own.remove(id);
  const undo = element("button", { type: "button", class: "words", onclick: async () => {
    await own.keep(kind, thing, id);
    said.replaceChildren("It is back.");
    say("It is back.");
  } }, "Undo");
  said.replaceChildren("Gone. ", undo);
  undo.focus();
  say("Gone.");
}

let fields = 0;

/** A field with its label above it, and whatever helps with it in between. */
export function field(name, label, { lines = 1, between = null, ...more } = {}) {
  fields += 1;
  const id = `own-field-${fields}`;
  // Some browsers check spelling on a machine of their maker’s.
  const given = { id, name, dir: "auto", autocomplete: "off", spellcheck: "false", ...more };
  const input = lines > 1 ? element("textarea", { rows: lines, ...given }) : element("input", { type: "text", ...given });
  return element("div", { class: "own-field" }, element("label", { for: id }, label), between, input);
}
