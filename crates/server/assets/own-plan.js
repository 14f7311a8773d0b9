// Plans on the page of one's own: if this, then I do that, each for a moment of one kind.
import { element } from "./element.js";
import { list } from "./own-list.js";
import { own } from "./own.js";

const WORDS_MAX = 300;
/** The eight possibilities, as moments that a plan is for. */
export const MOMENTS = [
  ["H1", "a goal we don’t know yet"],
  ["H2", "another way of writing than ours"],
  ["H3", "a date or a pressure behind it"],
  ["H4", "something they see and we don’t"],
  ["H5", "another language or custom"],
  ["H6", "confusion or worry"],
  ["H7", "no time right now"],
  ["H8", "trust that has gone missing"],
];
const moment = (code) => MOMENTS.find(([known]) => known === code)?.[1] ?? "";

export const written = ({ words, what_if, about }) => [words, moment(what_if) && `For a moment with ${moment(what_if)}.`, about && `From “${about}”.`].filter(Boolean).join("\n");

function form(kept) {
  const input = element("textarea", { id: "own-plan", rows: 2, maxlength: WORDS_MAX, dir: "auto", autocomplete: "off", spellcheck: "false" });
  const choice = element("select", { id: "own-plan-moment", autocomplete: "off" }, ...MOMENTS.map(([code, words]) => element("option", { value: code }, words)));
  const says = element("p", { class: "small soft", role: "status" });
  const it = element("form", { class: "own-one" },
    element("label", { for: "own-plan" }, "If …, then I …"), input,
    element("label", { for: "own-plan-moment" }, "Shown once in a moment with"), choice,
    says, element("p", {}, element("button", {}, "Keep")));
  it.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = input.value.trim();
    if (!words) return input.focus();
    try {
      await own.keep("plan", { words, what_if: choice.value });
    } catch (fault) {
      says.textContent = `Not kept. ${fault.message} The words are still in the field.`;
      return;
    }
    input.value = "";
    says.textContent = "Kept.";
    kept();
  });
  return element("details", {}, element("summary", {}, "Write one down"), it);
}

export async function mount(section) {
  const all = element("div", {});
  const show = () => list(all, {
    kind: "plan",
    title: "Plans",
    none: "No plan is kept. A rehearsal ends with one that may be taken along; each shows once in a moment like its own.",
    line: ({ words, what_if }) => element("span", {}, element("span", { dir: "auto" }, words), " ", element("span", { class: "soft" }, moment(what_if))),
  });
  await show();
  section.replaceChildren(all, form(show));
}
