// Feared / happened: one line before, one line after, and over time how often the fear came true.
import { element } from "./element.js";
import { list } from "./own-list.js";
import { own } from "./own.js";

const LINE_CHARS_MAX = 300;
export const CAME = [["no", "It did not come"], ["partly", "Some of it came"], ["yes", "It came"]];
const MONTHS_SHOWN = 12;

export const written = ({ feared, happened, came }) => [`Feared: ${feared}`, happened ? `Happened: ${happened}` : "", came ? CAME.find(([name]) => name === came)?.[1] ?? "" : ""].filter(Boolean).join("\n");

/** The newest line of this conversation that has no other half yet. */
export async function openFear(number) {
  return (await own.all("feared")).find(({ thing }) => thing.number === number && !thing.came) ?? null;
}

/** For the sheet: the line before, or, once there is one, the line after. */
export async function field(number) {
  const it = await openFear(number);
  return it ? after(it, (says) => says) : before(number);
}

function before(number) {
  const input = element("input", { type: "text", id: "own-fear", maxlength: LINE_CHARS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const says = element("p", { class: "small soft", role: "status" });
  const form = element("form", { class: "own-ask" }, element("label", { for: "own-fear" }, "What I fear will happen here"), input, says);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const feared = input.value.trim();
    if (!feared) return;
    try {
      // The number alone: a subject may name somebody who is to be erased one day.
      const id = await own.keep("feared", { feared, number });
      input.value = "";
      says.replaceChildren("Kept. G asks what happened, here, afterwards. ", element("button", { type: "button", class: "words", onclick: async () => {
        await own.remove(id);
        input.value = feared;
        says.textContent = "";
        input.focus();
      } }, "Undo"));
    } catch (fault) {
      says.textContent = fault.message;
    }
  });
  return form;
}

let forms = 0;

function after({ id, thing }, kept) {
  forms += 1;
  const name = `own-came-${forms}`;
  const input = element("input", { type: "text", id: `own-happened-${forms}`, maxlength: LINE_CHARS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const says = element("p", { class: "small soft", role: "status" });
  const form = element("form", { class: "own-ask" },
    element("p", {}, element("span", { class: "soft" }, "Feared: "), element("q", { dir: "auto" }, thing.feared)),
    element("label", { for: input.id }, "What happened"), input,
    element("fieldset", {}, element("legend", { class: "unseen" }, "Did it come?"),
      ...CAME.map(([value, words]) => element("label", { class: "tick" }, element("input", { type: "radio", name, value, autocomplete: "off" }), " ", element("span", {}, words)))),
    element("p", { class: "foot" }, element("button", {}, "Keep")), says);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const came = form.querySelector(":checked")?.value;
    if (!came) {
      says.textContent = "One of the three says how it was; the line is as you like.";
      form.querySelector("[type=radio]").focus();
      return;
    }
    try {
      await own.keep("feared", { ...thing, happened: input.value.trim(), came }, id);
      form.replaceChildren(element("p", { role: "status", tabindex: "-1" }, "Kept. "));
      form.firstChild.focus();
      kept?.();
    } catch (fault) {
      says.textContent = fault.message;
    }
  });
  return form;
}

/** "Of 9 fears told to their end, 1 came, 2 came in part, and 6 did not come." */
function sentence(told) {
  const count = (value) => told.filter(({ thing }) => thing.came === value).length || "none";
  if (told.length === 1) return `One fear told to its end: ${{ no: "it did not come", partly: "some of it came", yes: "it came" }[told[0].thing.came]}.`;
  return `Of ${told.length} fears told to their end, ${count("yes")} came, ${count("partly")} came in part, and ${count("no")} did not come.`;
}

function months(told) {
  const by = new Map();
  for (const it of told) {
    const month = it.day.slice(0, 7);
    by.set(month, [...(by.get(month) ?? []), it]);
  }
  if (by.size < 2) return null;
  const name = (month) => new Date(`${month}-15T12:00`).toLocaleDateString("en-GB", { month: "long", year: "numeric" });
  const cell = (all, value) => element("td", {}, String(all.filter(({ thing }) => thing.came === value).length));
  return element("table", { class: "own-months" }, element("caption", { class: "unseen" }, "By month"),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Month"), ...CAME.map(([, words]) => element("th", { scope: "col" }, words)))),
    element("tbody", {}, ...[...by].slice(0, MONTHS_SHOWN).map(([month, all]) => element("tr", {}, element("th", { scope: "row" }, name(month)), ...CAME.map(([value]) => cell(all, value))))));
}

export function mount(section) {
  return list(section, {
    kind: "feared",
    title: "Feared, and what happened",
    none: "Nothing is kept here. In a conversation, G has a line for what you fear will happen; afterwards one for what did.",
    before(all) {
      const told = all.filter(({ thing }) => thing.came);
      return told.length ? [element("p", {}, sentence(told)), ...[months(told)].filter(Boolean)] : [];
    },
    line(thing, it, show) {
      if (!thing.came) return after(it, show);
      const half = (name, words) => element("p", {}, element("span", { class: "soft" }, `${name}: `), element("q", { dir: "auto" }, words));
      return element("div", {}, half("Feared", thing.feared), thing.happened ? half("Happened", thing.happened) : null,
        element("p", { class: "soft" }, `${CAME.find(([name]) => name === thing.came)?.[1]}.`));
    },
  });
}
