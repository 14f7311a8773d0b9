// A section of one's own room that is a list: newest first, each with its day, each let go and brought back with one key.
import { element } from "./element.js";
import { own } from "./own.js";

const SHOWN = 20;

/** "Thursday 26 November": the year is said when it is another one. */
export function dayWords(at) {
  const day = new Date(at);
  const year = day.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year });
}

/** `line` makes the words of one thing, `before` what stands above the list, made of all that is kept. */
export async function list(section, { kind, title, none, line, before }) {
  const heading = element("h2", { id: `own-${kind}-title`, tabindex: "-1" }, title);
  section.setAttribute("aria-labelledby", heading.id);
  let many = SHOWN;

  async function show() {
    const all = await own.all(kind);
    const rows = all.slice(0, many).map(row);
    const more = all.length > many ? element("button", { type: "button", class: "words", onclick: async () => {
      many += SHOWN;
      await show();
    } }, "Older ones") : null;
    section.replaceChildren(heading, ...(before?.(all) ?? []),
      all.length ? element("ul", { class: "plain-list own-list" }, ...rows) : element("p", { class: "soft" }, none), ...(more ? [more] : []));
  }

  function row(it) {
    const away = element("button", { type: "button", class: "words quieter", onclick: async () => {
      await own.remove(it.id);
      const undo = element("button", { type: "button", class: "words", onclick: async () => {
        await own.keep(kind, it.thing, it.id);
        await show();
        heading.focus();
      } }, "Undo");
      place.replaceChildren(element("span", { class: "soft" }, "Gone. "), undo);
      undo.focus();
    } }, "Let go");
    const place = element("li", {}, line(it.thing, it, show), " ", element("time", { class: "soft", datetime: it.day }, dayWords(it.at)), " ", away);
    return place;
  }

  await show();
}
