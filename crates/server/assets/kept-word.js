// One kept word of thanks, shown when it is asked for and not before: on the page of one's own, and in the sheet of any moment.
import { element } from "./element.js";
import { own } from "./own.js";

/** A button and the place beneath it, or null where nothing is kept. */
export async function keptWord() {
  const kept = await own.all("keepsake");
  if (kept.length === 0) return null;
  let shown = null;
  const place = element("figure", { class: "own-shown", hidden: true, "aria-live": "polite" });
  const ask = element("button", { type: "button", onclick: () => {
    const others = kept.filter((it) => it !== shown);
    const from = others.length ? others : kept;
    shown = from[Math.floor(Math.random() * from.length)];
    const { words, about } = shown.thing;
    place.hidden = false;
    place.replaceChildren(element("blockquote", { dir: "auto" }, words), ...(about ? [element("figcaption", { class: "soft small", dir: "auto" }, about)] : []));
    ask.textContent = others.length > 1 ? "Another" : ask.textContent;
  } }, "Show me a kept word");
  return element("div", { class: "own-kept-word" }, element("p", { class: "ways" }, ask), place);
}
