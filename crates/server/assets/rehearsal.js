// Rehearsing by keyboard: R to the answer, Ctrl Enter sends it; on the wall the arrows walk.
import { on } from "./keys.js";

const answer = document.querySelector("form[data-answer]");
if (answer) {
  const field = answer.querySelector("textarea");
  on("r", () => { field.focus(); });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (field.value.trim()) answer.requestSubmit();
  });
}

if ("screen" in document.body.dataset) {
  const walk = (where) => () => {
    const link = document.querySelector(`[data-${where}]`);
    if (!link) return false;
    location.assign(link.href);
  };
  for (const key of ["ArrowRight", "PageDown"]) on(key, walk("after"));
  for (const key of ["ArrowLeft", "PageUp"]) on(key, walk("before"));
}

// The plan at the end goes into one's own room, where somebody has one and it is open; nobody is asked to make one.
const plan = document.querySelector("form[data-plan]");
if (plan) {
  const [{ own }, { offer, withdraw }, { element }, { say }] = await Promise.all([import("./own.js"), import("./turn.js"), import("./element.js"), import("./say.js")]);
  const line = plan.querySelector("[data-offer]");
  const words = plan.querySelector("textarea");
  plan.addEventListener("submit", async (event) => {
    event.preventDefault();
    const thing = { words: words.value.trim(), what_if: plan.dataset.whatIf, about: plan.dataset.story };
    if (!thing.words) return words.focus();
    const told = plan.querySelector("[role=status]") ?? plan.appendChild(element("p", { class: "small", role: "status" }));
    try {
      const id = await own.keep("plan", thing);
      withdraw(line);
      told.replaceChildren("Kept. It shows once in a moment like this. ", element("button", { type: "button", class: "words", onclick: async () => {
        await own.remove(id);
        told.textContent = "It is not kept any more.";
        offer(line);
      } }, "Undo"));
      say("Kept.");
    } catch (fault) {
      told.textContent = `Not kept. ${fault.message}`;
    }
  });
  const look = async () => ((await own.state()) === "open" ? offer(line) : withdraw(line));
  own.onchange((what) => {
    if (what === "opened" || what === "locked") look();
  });
  look();
}
