// The anchor: a line, a memory or a picture of one's own for when it gets hard. G shows it in any moment.
import { element } from "./element.js";
import { own } from "./own.js";
import { say } from "./say.js";

const LINE_CHARS_MAX = 300;
const MEMORY_CHARS_MAX = 4000;
/** Pixels of a picture's longer side, the largest that fits first. */
const SIDES = [1200, 900, 640, 480];
/** Sealed and padded it has to fit the longest length, with its line and its memory. */
const PICTURE_CHARS_MAX = 180_000;
const QUALITY = 0.8;

/** The one anchor, or null. */
export async function anchor() {
  return (await own.all("anchor"))[0] ?? null;
}

/** What the sheet and the page show of it. */
export function shown({ line, memory, picture, about }) {
  return element("div", { class: "own-anchor" },
    line ? element("p", { class: "own-line", dir: "auto" }, line) : null,
    picture ? element("img", { src: picture, alt: about || "your picture" }) : null,
    memory ? element("p", { class: "own-memory", dir: "auto" }, memory) : null);
}

export function written({ line, memory, picture, about }) {
  return [line, memory, picture ? `(a picture${about ? `: ${about}` : ""})` : ""].filter(Boolean).join("\n\n");
}

/** A picture made small enough to be kept, without whatever else its file knew: where, when, which camera. */
async function small(file) {
  let source;
  try {
    source = await createImageBitmap(file);
  } catch {
    throw new Error("This file is no picture that this browser can show. Nothing was changed; choose another one.");
  }
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(source.width, source.height));
    const canvas = element("canvas", { width: Math.max(1, Math.round(source.width * scale)), height: Math.max(1, Math.round(source.height * scale)) });
    canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
    const words = canvas.toDataURL("image/jpeg", QUALITY);
    if (words.length <= PICTURE_CHARS_MAX) return words;
  }
  throw new Error("This picture does not get small enough to be kept. Nothing was changed; choose another one.");
}

export async function mount(section) {
  section.setAttribute("aria-labelledby", "own-anchor-title");
  await show(section, await anchor());
}

async function show(section, it) {
  const title = element("h2", { id: "own-anchor-title", tabindex: "-1" }, "What holds me");
  if (!it) return section.replaceChildren(title, element("p", { class: "soft" }, "A line, a memory or a picture of your own for when it gets hard. G shows it, in any moment."), form(section, null));
  const change = element("button", { type: "button", class: "words", onclick: () => {
    section.replaceChildren(title, form(section, it));
    section.querySelector("textarea").focus();
  } }, "Change it");
  const away = element("button", { type: "button", class: "words", onclick: async () => {
    await own.remove(it.id);
    await show(section, null);
    const undo = element("button", { type: "button", class: "words", onclick: async () => {
      await own.keep("anchor", it.thing, it.id);
      await show(section, it);
      say("As it was.");
    } }, "Undo");
    section.querySelector("h2").after(element("p", { class: "soft", role: "status" }, "Gone. ", undo));
    undo.focus();
  } }, "Let go");
  section.replaceChildren(title, shown(it.thing), element("p", { class: "ways" }, change, away));
}

function form(section, it) {
  const { line = "", memory = "", picture = "", about = "" } = it?.thing ?? {};
  const lineField = element("textarea", { rows: "1", maxlength: LINE_CHARS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const memoryField = element("textarea", { rows: "3", maxlength: MEMORY_CHARS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const file = element("input", { type: "file", accept: "image/*", autocomplete: "off" });
  const aboutField = element("input", { type: "text", maxlength: LINE_CHARS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const without = picture ? element("input", { type: "checkbox", autocomplete: "off" }) : null;
  lineField.value = line;
  memoryField.value = memory;
  aboutField.value = about;
  const problem = element("p", { class: "trouble-line", role: "alert", hidden: true });
  const it_ = element("form", { class: "stack" },
    element("label", {}, element("span", {}, "A line"), " ", lineField),
    element("label", {}, element("span", {}, "A memory: where, who, what you saw and heard"), " ", memoryField),
    element("label", {}, element("span", {}, picture ? "Another picture" : "A picture"), " ", file),
    element("label", {}, element("span", {}, "What the picture shows, in a few words"), " ", aboutField),
    without ? element("label", { class: "tick" }, without, " ", element("span", {}, "Without the picture")) : null,
    problem,
    element("p", { class: "foot" }, element("button", {}, "Keep"),
      it ? element("button", { type: "button", class: "words", onclick: () => show(section, it) }, "As it was") : null));
  it_.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const chosen = file.files[0] ? await small(file.files[0]) : without?.checked ? "" : picture;
      const thing = { line: lineField.value.trim(), memory: memoryField.value.trim(), picture: chosen, about: aboutField.value.trim() };
      if (!thing.line && !thing.memory && !thing.picture) throw new Error("Nothing is written yet, so nothing was kept. A few words are enough.");
      await own.keep("anchor", thing, it?.id);
      await show(section, await anchor());
      section.querySelector("h2").focus();
      say("Kept.");
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
    }
  });
  return it_;
}
