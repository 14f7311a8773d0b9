// Somebody is at the counter or on the phone: M announces them in one line, Enter opens the moment for whoever is asked.
import { on, typing } from "./keys.js";
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { say } from "./say.js";

const PAUSE_MS = 200;
const SHOWN_MS = 10_000;
const form = document.getElementById("announce");
const line = document.getElementById("announce-line");
const place = document.getElementById("announce-candidates");
let cameFrom = null;
let asked = 0;
let timer;
let byHand = false; // The place that a hand chose is not changed by what is typed.

function open() {
  if (!form) {
    location.href = "/knocks/new";
    return;
  }
  if (form.hidden) cameFrom = document.activeElement;
  form.hidden = false;
  line.focus();
}

function close() {
  if (!form || form.hidden) return false;
  form.hidden = true;
  form.reset();
  byHand = false;
  show([]);
  trouble("");
  cameFrom?.focus?.();
  return true;
}

function trouble(words) {
  const where = document.getElementById("announce-trouble");
  where.textContent = words;
  where.hidden = !words;
}

// Everybody who may be meant is shown. One alone is marked, and seen; of several, none is.
function show(candidates) {
  place.hidden = candidates.length === 0;
  const choice = (id, ...words) => element("label", {},
    element("input", { type: "radio", name: "customer", value: id, checked: candidates.length === 1 && id === candidates[0].id }), " ",
    element("span", {}, ...words));
  place.querySelector("div").replaceChildren(
    ...candidates.map((it) => choice(it.id, element("bdi", {}, it.name), " ", element("span", { class: "soft" }, it.known_by))),
    ...(candidates.length ? [choice("new", "Somebody new")] : []));
}

async function look() {
  clearTimeout(timer);
  const number = ++asked;
  const words = line.value;
  if (!words.trim()) return show([]);
  const answer = await askDesk("GET", `/knocks/candidates?${new URLSearchParams({ line: words })}`);
  if (number !== asked || !answer.ok) return;
  const chosen = form.elements.customer?.value;
  show(answer.candidates);
  const again = [...place.querySelectorAll("input")].find((it) => it.value === chosen);
  if (again) again.checked = true;
  if (answer.channel && !byHand) document.getElementById("announce-channel").value = answer.channel;
}

async function announce() {
  await look();
  const choices = [...place.querySelectorAll("input")];
  if (choices.length && !choices.some((it) => it.checked)) {
    choices[0].focus();
    trouble("Several may be meant. Say which, or that it is somebody new, and press Enter.");
    return;
  }
  const answer = await askDesk("POST", "/knocks", { form: new FormData(form) });
  if (!answer.ok) {
    trouble(answer.says);
    return;
  }
  close();
  say("Announced.");
  document.dispatchEvent(new Event("look-live"));
}

async function enter(knock) {
  const answer = await askDesk("POST", knock.getAttribute("action"), { form: new FormData(knock) });
  if (answer.ok) location.href = answer.to;
  else if (answer.status === 401 || answer.status === 0) knock.submit(); // A redirect to what a colleague opened, or the page that says what is wrong.
  else location.reload();
}

async function depart(departure) {
  const id = departure.dataset.departure;
  const answer = await askDesk("POST", departure.getAttribute("action"), { form: new FormData(departure) });
  if (!answer.ok) return say(answer.says);
  const row = departure.closest(".knock");
  const undo = element("button", { type: "button", class: "words", onclick: async () => {
    await askDesk("POST", `/knocks/${id}/departure/reversal`, { form: [] });
    gone.remove();
    document.dispatchEvent(new Event("look-live"));
  } }, "Undo");
  const gone = element("p", { class: "knock" }, "Taken off the line. ", undo);
  document.getElementById("knocks").after(gone);
  row.remove();
  undo.focus();
  setTimeout(() => gone.remove(), SHOWN_MS);
}

document.addEventListener("submit", (event) => {
  const it = event.target;
  if (it === form) { event.preventDefault(); announce(); }
  else if (it.matches("[data-knock]")) { event.preventDefault(); enter(it); }
  else if (it.matches("[data-departure]")) { event.preventDefault(); depart(it); }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-announce]") || !form) return;
  event.preventDefault();
  open();
});

if (form) {
  line.addEventListener("input", () => {
    trouble("");
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  document.getElementById("announce-channel").addEventListener("change", () => { byHand = true; });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
}

on("m", open);
// Enter belongs to what has the focus; where nothing has it, it opens the moment for whoever waits.
on("Enter", (event) => {
  const knock = document.querySelector("[data-knock][data-for-me]");
  const free = event.altKey || event.target === document.body || event.target.matches?.("#thread, .message, main");
  if (!knock || !free || (typing(event.target) && !event.altKey)) return false;
  enter(knock);
});
