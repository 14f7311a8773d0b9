// Own settings of breath and break: of one person, in their own browser.
import { recall, keep } from "./memory.js";

const USUAL = { practice: "breath", form: "ring", sound: false, minutes: 5, offers: true, row: null };

export function wish(name) {
  return { ...USUAL, ...recall("wishes", {}) }[name];
}

export function wishFor(name, value) {
  keep("wishes", { ...recall("wishes", {}), [name]: value });
  document.dispatchEvent(new CustomEvent("wished"));
}

/** How many hard moments in a row before calmer ones come first: one's own where it is set, else the team's; 0 for no limit. */
export function limitInARow() {
  const team = Number(document.querySelector("[data-in-a-row]")?.dataset.inARow) || 0;
  return wish("row") ?? team;
}
