// Deleting one's own room, open or locked: whoever has lost both keys can still have it gone.
import { element } from "./element.js";
import { own, room } from "./own.js";

const plain = (words) => words.trim().replace(/\s+/g, " ").toLowerCase();

/** Puts the way to delete the room into the element; nothing where there is no room. */
export async function deletion(place, name, done) {
  if ((await own.state()) === "none") return place.replaceChildren();
  const typed = element("input", { type: "text", autocomplete: "off", dir: "auto", required: true });
  const problem = element("p", { class: "trouble-line", role: "alert", hidden: true });
  const form = element("form", { class: "stack" },
    element("p", { class: "soft" }, "Everything in the room goes, and its two keys. Its bytes are overwritten in the desk’s database. Nobody can bring it back: an undo would have to keep what is to be gone, so your name is asked for instead. Backups made before today still hold it, sealed, until they expire."),
    element("label", {}, element("span", {}, `Type your name, as the desk has it: ${name}`), " ", typed),
    problem, element("p", { class: "foot" }, element("button", {}, "Delete the room")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      if (plain(typed.value) !== plain(name)) throw new Error("Nothing was deleted: the name that was typed is not yours, letter for letter.");
      const overwritten = await room.delete();
      place.replaceChildren(element("p", { role: "status", tabindex: "-1" }, overwritten
        ? "The room is gone, and its bytes are overwritten."
        : "The room is gone. Its freed bytes are overwritten when the desk starts next."));
      place.firstChild.focus();
      done();
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
    }
  });
  place.replaceChildren(element("details", { class: "not-on-paper" }, element("summary", {}, "Delete the room and everything in it"), form));
}
