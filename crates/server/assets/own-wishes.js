// Own settings of breath and break, as a form: on the page of a break, and in the room of one's own.
import { element } from "./element.js";
import { known, sealed, wish, wishFor } from "./wishes.js";

const CHOICES = {
  row: ["Calmer ones come first after", [["", "as many hard ones in a row as the team has set"], ["1", "one hard one"], ["2", "two in a row"], ["3", "three in a row"], ["4", "four in a row"], ["5", "five in a row"], ["0", "no number of them"]]],
  minutes: ["A break lasts", [["5", "five minutes"], ["10", "ten minutes"]]],
  practice: ["B, in a moment, is", [["breath", "a breath"], ["feet", "both feet on the floor"], ["sounds", "three sounds"], ["far", "something far away"]]],
  form: ["A breath is shown as", [["ring", "a slow ring"], ["words", "words"]]],
};
const TICKS = {
  offers: "Offer me a break after much, at a good time",
  sound: "A soft sound with a breath that I ask for",
};

const written = (value) => (value === null ? "" : String(value));
const read = (name, value) => (name === "row" ? (value === "" ? null : Number(value)) : name === "minutes" ? Number(value) : value);

function fill(place) {
  const id = (name) => `wish-${name}`;
  place.replaceChildren(
    ...Object.entries(CHOICES).map(([name, [label, choices]]) => {
      const select = element("select", { id: id(name), autocomplete: "off" }, ...choices.map(([value, words]) => element("option", { value }, words)));
      select.value = written(wish(name));
      select.addEventListener("change", () => wishFor(name, read(name, select.value)));
      return element("p", { class: "wish" }, element("label", { for: id(name) }, label), select);
    }),
    ...Object.entries(TICKS).map(([name, label]) => {
      const tick = element("input", { type: "checkbox", autocomplete: "off" });
      tick.checked = wish(name);
      tick.addEventListener("change", () => wishFor(name, tick.checked));
      return element("label", { class: "wish tick" }, tick, element("span", {}, label));
    }),
    element("p", { class: "small soft" }, sealed() ? "Sealed in your own room. Nobody else sees it." : "Kept in this browser alone. Nobody else sees it."));
}

function show(place) {
  fill(place);
  document.addEventListener("wished", () => { if (place.isConnected && !place.contains(document.activeElement)) fill(place); });
}

/** In the room of one's own. */
export async function mount(section) {
  await known();
  const place = element("div");
  section.replaceChildren(element("h2", {}, "Breaks and breaths"), place);
  show(place);
}

for (const place of document.querySelectorAll("[data-wishes]")) known().then(() => show(place));
