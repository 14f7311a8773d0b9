// Notice: a word for what is in me. Naming is the whole of it; it is gone unless it is kept.
import { element } from "./element.js";
import { list } from "./own-list.js";
import { own } from "./own.js";

const WORD_CHARS_MAX = 120;

export const written = ({ word }) => word;

/** The field of the sheet. What was named is said back; whoever does nothing more has let it go. */
export function field() {
  const input = element("input", { type: "text", id: "own-word", maxlength: WORD_CHARS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false", "aria-describedby": "own-word-says" });
  const says = element("p", { class: "small soft", id: "own-word-says", role: "status" }, "Naming it is all. It goes when this closes, unless you keep it.");
  const form = element("form", { class: "own-ask" }, element("label", { for: "own-word" }, "A word for what is in me"), input, says);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const word = input.value.trim();
    if (!word) return;
    input.value = "";
    const keep = element("button", { type: "button", class: "words", onclick: async () => {
      try {
        const id = await own.keep("notice", { word });
        says.replaceChildren("Kept in your room. ", element("button", { type: "button", class: "words", onclick: async () => {
          await own.remove(id);
          says.textContent = "Gone.";
          input.focus();
        } }, "Undo"));
        input.focus();
      } catch (fault) {
        says.textContent = fault.message;
      }
    } }, "Keep it");
    says.replaceChildren(element("q", { dir: "auto" }, word), " · noticed. ", keep);
    keep.focus();
  });
  return form;
}

export function mount(section) {
  return list(section, {
    kind: "notice",
    title: "Words for what was in me",
    none: "Nothing is kept here. G has a field for a word, after the what-if; it goes unless you keep it.",
    line: ({ word }) => element("span", { dir: "auto" }, word),
  });
}
