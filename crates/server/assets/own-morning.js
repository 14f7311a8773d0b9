// The morning on the page of one's own: off until somebody wishes for it, and there to be tried at any time.
import { own } from "./own.js";
import { element } from "./element.js";
import { writtenAs } from "./journal.js";
import { anyPrompt } from "./morning-prompt.js";
import { field } from "./own-entry.js";
import { setWish, wish } from "./wish.js";

let room = null;
let box = null;

async function look() {
  if (!room) return;
  if (await own.state() !== "open") {
    room.replaceChildren();
    box = null;
    return;
  }
  if (!box) build();
  box.checked = await wish("morning", false);
}

function build() {
  box = element("input", { type: "checkbox", autocomplete: "off" });
  box.addEventListener("change", () => setWish("morning", box.checked));
  const said = element("p", { class: "small", role: "status" });
  const prompt = anyPrompt();
  const form = element("form", {}, element("p", { class: "own-asked" }, prompt), field("words", "A line about it, or none", { maxlength: 1_000 }),
    element("p", { class: "ways" }, element("button", {}, "Done")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await own.keep("morning", { asked: prompt, words: form.elements.words.value.trim() });
      form.reset();
      said.textContent = "Done; it stands in the journal.";
    } catch (fault) {
      said.textContent = `Not kept. ${fault.message} The words are still in the field.`;
    }
  });
  room.replaceChildren(
    element("h2", {}, "Morning"),
    element("label", { class: "own-switch" }, box, " A minute above the inbox, on every other morning"),
    element("details", {}, element("summary", {}, "Take it now"), form, said));
}

/** Opened, and opened again after it was locked. */
export async function mount(section) {
  room = section;
  box = null;
  await look();
}
own.onchange(look);

export const written = (thing) => writtenAs("morning", thing);
