// Five minutes for oneself: a slow ring or words, three breaths, or something that is no breath. Nothing is counted or kept.
import { askDesk } from "./ask-desk.js";
import { breathe, IN_MS, OUT_MS } from "./breathing.js";
import { on } from "./keys.js";
import { say } from "./say.js";
import { known, wish, wishFor } from "./wishes.js";

const FIVE_MINUTES = 300_000 / (IN_MS + OUT_MS);
const INSTEAD = {
  feet: ["Both feet on the floor.", "The heels first, then the toes.", "Where the floor carries you, let it."],
  sounds: ["Listen for the sound that is furthest away.", "Then for one in this room.", "Then for one that you make yourself."],
  far: ["Look at the furthest thing there is: a roof, a tree, a cloud.", "Where it ends and the sky begins.", "Let your eyes be slow."],
};

const place = document.getElementById("practice");
const ring = place.querySelector(".breath");
const lines = place.querySelector(".lines");
const form = place.querySelector("[data-practice-form]");
const sound = place.querySelector("[data-practice-sound]");
let going = null;
let kind = null;
let cameFrom = null;

function begin(asked) {
  stop();
  kind = asked;
  place.hidden = false;
  const instead = INSTEAD[kind];
  form.hidden = sound.hidden = Boolean(instead);
  lines.hidden = !instead;
  if (instead) {
    lines.replaceChildren(...instead.flatMap((line, at) => (at ? [document.createElement("br"), line] : [line])));
    return;
  }
  const words = wish("form") === "words";
  form.textContent = words ? "As a ring" : "As words";
  sound.setAttribute("aria-pressed", String(wish("sound")));
  sound.textContent = wish("sound") ? "Without sound" : "With sound";
  going = breathe(ring, { cycles: kind === "three" ? 3 : FIVE_MINUTES, words, sound: wish("sound"), ended: (whole) => { if (whole) over(); } });
}

function stop() {
  const it = going;
  going = null;
  it?.end();
}

function over() {
  going = null;
  form.hidden = sound.hidden = true;
  lines.hidden = false;
  lines.textContent = kind === "three" ? "Those were three." : "That was five minutes.";
}

function close() {
  if (place.hidden) return false;
  stop();
  place.hidden = true;
  cameFrom?.focus();
  cameFrom = null;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-practice], [data-practice-form], [data-practice-sound], [data-practice-end]");
  if (!button) return;
  if (button.matches("[data-practice-end]")) return close();
  if (button.matches("[data-practice-form]")) wishFor("form", wish("form") === "words" ? "ring" : "words");
  else if (button.matches("[data-practice-sound]")) wishFor("sound", !wish("sound"));
  else cameFrom = button;
  begin(button.dataset.practice ?? kind);
});

on("b", () => {
  cameFrom = document.querySelector("[data-practice=breath]");
  begin("breath");
});

// Escape ends the practice first, then the break.
on("Escape", () => {
  if (close() !== false) return;
  const back = document.querySelector("[data-back-now]");
  if (!back) return false;
  back.click();
});

// Enter takes the break wherever the focus is, as the button says.
on("Enter", (event) => {
  const form_of_break = document.querySelector("[data-take-break]");
  if (!form_of_break || event.target.closest("a, button, summary, details, input[type=checkbox], select")) return false;
  form_of_break.requestSubmit();
});

known().then(() => {
  const minutes = document.querySelector(`[data-take-break] [name=minutes][value="${wish("minutes")}"]`);
  if (minutes) minutes.checked = true;
});

// The time is told as it passes: without a sound, and without asking anybody back.
const back = document.querySelector(".back-at");
if (back) {
  setTimeout(() => {
    back.textContent = "Colleagues see you as around again.";
    document.getElementById("meanwhile").textContent = "There is no hurry. “Back now” leads to the inbox.";
  }, Number(back.dataset.leftMs));
}

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-take-break]")) return;
  event.preventDefault();
  const answer = await askDesk("POST", "/availability", { form: new FormData(event.target) });
  if (answer.ok) location.reload();
  else say(answer.says);
});
