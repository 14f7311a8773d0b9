// Who is around: S opens the list, and what one says of oneself is one Enter away. A colleague who calls is one key away.
import { askDesk } from "./ask-desk.js";
import { on, typing } from "./keys.js";
import { say } from "./say.js";

const sheet = document.getElementById("people");
let cameFrom = null;

function open() {
  cameFrom = document.activeElement;
  sheet.setAttribute("data-open", "");
  (sheet.querySelector("[name=state]:checked") ?? sheet.querySelector("[data-close-people]")).focus();
}

function close() {
  if (!sheet.hasAttribute("data-open") && location.hash !== "#people") return false;
  sheet.removeAttribute("data-open");
  if (location.hash === "#people") location.replace("#");
  cameFrom?.focus?.();
  return true;
}

// While one writes, this key with Alt is the time picker's.
on("t", (event) => {
  if (typing(event.target)) return false;
  const come = [...document.querySelectorAll("[data-come]")].find((it) => it.offsetParent);
  if (!come) return false;
  come.requestSubmit();
}, { first: true });

const called = () => [...document.querySelectorAll("#list .called p")].map((it) => it.textContent.replace(/\s+/g, " ").trim());
let heard = called();
document.addEventListener("looked", () => {
  const fresh = called().filter((it) => !heard.includes(it));
  heard = called();
  if (fresh.length) say(`${fresh[0]}. T comes.`);
});

if (sheet) {
  on("s", (event) => {
    if (event.altKey && document.getElementById("send-at")) return false;
    if (close() !== true) open();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href='#people'], [data-close-people]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-close-people]")) close();
    else open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  const form = sheet.querySelector("[data-availability]");
  form.elements.until.addEventListener("input", () => { form.elements.state.value = "break"; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector(".trouble");
    if (form.elements.state.value === "break" && !form.elements.until.value) {
      trouble.hidden = false;
      trouble.textContent = "Until when?";
      return form.elements.until.focus();
    }
    const answer = await askDesk("POST", form.getAttribute("action"), { form: new FormData(form) });
    trouble.hidden = answer.ok;
    trouble.textContent = answer.ok ? "" : answer.says;
    if (!answer.ok) return;
    say(`Colleagues see: ${answer.word}.`);
    close();
    document.dispatchEvent(new CustomEvent("look-live"));
  });
  document.addEventListener("looked", ({ detail: page }) => {
    const theirs = page.getElementById("people-list");
    if (theirs) document.getElementById("people-list").innerHTML = theirs.innerHTML;
  });
}
