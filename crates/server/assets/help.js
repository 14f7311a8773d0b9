// `?`: a tap opens the sheet, holding it shows the keys beside the things.
import { typing, wantsAlt } from "./keys.js";
import { recall, keep } from "./memory.js";
import { element } from "./element.js";

const HOLD_MS = 350;
const sheet = document.getElementById("keys");
let cameFrom = null;
let holding;

function open() {
  if (!sheet) return false;
  cameFrom = document.activeElement;
  listMuted();
  sheet.setAttribute("data-open", "");
  sheet.querySelector("[data-close-keys]").focus();
}

const always = sheet?.querySelector("[data-keys-want-alt]");
if (always) {
  always.checked = wantsAlt();
  always.addEventListener("change", () => keep("keys-want-alt", always.checked));
}

function close() {
  if (!sheet) return false;
  if (!sheet.hasAttribute("data-open") && location.hash !== "#keys") return false;
  sheet.removeAttribute("data-open");
  if (location.hash === "#keys") location.replace("#");
  cameFrom?.focus?.();
  return true;
}

function listMuted() {
  const room = sheet.querySelector(".muted-cards");
  const muted = recall("muted", []);
  room.hidden = muted.length === 0;
  room.querySelector("ul").replaceChildren(...muted.map((card) => element("li", {},
    element("span", {}, card.says),
    element("button", { type: "button", class: "words", onclick: () => {
      keep("muted", recall("muted", []).filter((other) => other.card !== card.card));
      const counts = recall("not-useful", {});
      delete counts[card.card];
      keep("not-useful", counts);
      listMuted();
      document.dispatchEvent(new CustomEvent("muted-changed"));
    } }, "Let it speak again"))));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href='#keys'], [data-close-keys]");
  if (!link) return;
  event.preventDefault();
  if (link.matches("[data-close-keys]")) close();
  else open();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && close()) return event.preventDefault();
  if (event.key !== "?" || typing(event.target) || (wantsAlt() && !event.altKey)) return;
  event.preventDefault();
  if (event.repeat || holding) return;
  holding = setTimeout(() => {
    holding = "shown";
    document.documentElement.classList.add("showing-keys");
  }, HOLD_MS);
}, true);

function release(tapped) {
  if (!holding) return;
  const shown = holding === "shown";
  clearTimeout(holding);
  holding = undefined;
  document.documentElement.classList.remove("showing-keys");
  if (tapped && !shown && close() !== true) open();
}

document.addEventListener("keyup", () => release(true));
addEventListener("blur", () => release(false));
