// One place for all keys: as they are outside a text field, with Alt inside one, or always with Alt for who wants that.
import { recall } from "./memory.js";

const deeds = new Map();

/** `deed` may answer false to say that it had nothing to do; the key then goes on to the next that wants it, or to the browser. */
export function on(key, deed, { first = false } = {}) {
  const others = deeds.get(key) ?? [];
  deeds.set(key, first ? [deed, ...others] : [...others, deed]);
}

/** Somebody who speaks their words, or whose hands tremble, would press single letters unawares. */
export function wantsAlt() {
  return recall("keys-want-alt", false);
}

export function typing(target = document.activeElement) {
  return target instanceof HTMLElement
    && (target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=hidden])") || target.isContentEditable);
}

// With Alt some keyboards write another letter, so the key's place counts and not its letter.
function name(event) {
  if (!event.altKey) return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(event.code) ?? [];
  return letter?.toLowerCase() ?? digit ?? event.key;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.getModifierState("AltGraph")) return;
  if (event.key !== "Escape" && !event.altKey && (typing(event.target) || wantsAlt())) return;
  if (deeds.get(name(event))?.some((deed) => deed(event) !== false)) event.preventDefault();
});

on("Escape", (event) => {
  if (!typing(event.target)) return false;
  event.target.blur();
});
