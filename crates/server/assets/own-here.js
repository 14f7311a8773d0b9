// The room itself: locked now or by itself, its passphrase and its recovery key, taken along as plain text, or deleted.
import { printed, refuse } from "./own-door.js";
import { dayWords } from "./own-list.js";
import { element } from "./element.js";
import { own, room } from "./own.js";
import { say } from "./say.js";

const IDLE_MINUTES = [5, 15, 30, 60];
const TITLES = {
  anchor: "What holds me", notice: "Words for what was in me", feared: "Feared, and what happened", landing: "Landings", reflection: "Ends of days", week: "Weeks", moment: "Moments of a day",
  morning: "Mornings", week: "Weeks looked back on", keepsake: "Kept words", moment: "Moments of the last days", plan: "If and then", wishes: "Wishes for this desk",
};

const field = (words) => {
  const input = element("input", { type: "password", autocomplete: "off", required: true });
  return { input, label: element("label", {}, element("span", {}, words), " ", input) };
};

/** A form behind a line that opens it. */
function behind(words, says, fields, deed, work) {
  const problem = element("p", { class: "trouble-line", role: "alert", hidden: true });
  const button = element("button", {}, deed);
  const form = element("form", { class: "stack" }, ...says.map((it) => element("p", { class: "soft" }, it)), ...fields.map(({ label }) => label), problem, element("p", { class: "foot" }, button));
  const details = element("details", {}, element("summary", {}, words), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      await work(details);
      for (const { input } of fields) input.value = "";
    } catch (fault) {
      problem.textContent = fault.message;
      problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
  return details;
}

function passphrase(status) {
  const before = field("The passphrase now");
  const first = field("A new one");
  const again = field("The same once more");
  return behind("Another passphrase", ["What is kept stays as it is; the old passphrase opens nothing any more. The recovery key stays the same."], [before, first, again], "Change it", async (details) => {
    refuse(first.input.value, again.input.value);
    await room.changePassphrase(before.input.value, first.input.value);
    details.open = false;
    status.textContent = "The passphrase is changed.";
    say("The passphrase is changed.");
  });
}

function recovery(paper) {
  return behind("Another recovery key", ["For when the paper is lost, or somebody may have seen it. The one on the old paper opens nothing any more."], [], "Make another", async (details) => {
    details.open = false;
    printed(paper, await room.changeRecovery(), () => paper.replaceChildren());
  });
}

/** Words of any thing, whoever kept it: modules say it better for their own kind. */
function plainly(thing) {
  if (thing === null || thing === undefined || thing === "" || typeof thing === "boolean") return "";
  if (typeof thing !== "object") return String(thing).startsWith("data:") ? "(a picture)" : String(thing);
  const parts = Array.isArray(thing) ? thing.map(plainly) : Object.entries(thing).map(([name, value]) => [name, plainly(value)]).filter(([, words]) => words).map(([name, words]) => `${name}: ${words}`);
  return parts.filter(Boolean).join("\n");
}

async function asText() {
  const all = await room.everything();
  const kinds = [...new Set([...Object.keys(TITLES), ...all.map(({ kind }) => kind)])];
  const parts = [`A room of one’s own, taken along on ${dayWords(Date.now())}`];
  for (const kind of kinds) {
    const things = all.filter((it) => it.kind === kind);
    if (!things.length) continue;
    const { written } = await import(`./own-${kind}.js`).catch(() => ({}));
    parts.push(`${TITLES[kind] ?? kind}\n${"─".repeat((TITLES[kind] ?? kind).length)}`);
    for (const { day, thing } of things) parts.push(`${day}\n${(written ?? plainly)(thing)}`);
  }
  return `${parts.join("\n\n")}\n`;
}

async function takeAlong() {
  const address = URL.createObjectURL(new Blob([await asText()], { type: "text/plain;charset=utf-8" }));
  element("a", { href: address, download: "a-room-of-ones-own.txt" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export async function mount(section) {
  section.setAttribute("aria-labelledby", "own-here-title");
  const status = element("p", { class: "soft", role: "status" });
  const paper = element("div", {});
  const minutes = element("select", { id: "own-idle", autocomplete: "off" }, ...IDLE_MINUTES.map((it) => element("option", { value: it, selected: it === room.idleMinutes() }, it === 60 ? "an hour" : `${it} minutes`)));
  minutes.addEventListener("change", () => room.idleMinutes(Number(minutes.value)));
  await room.everything();
  if (room.shut()) status.textContent = `${room.shut() === 1 ? "One thing does" : `${room.shut()} things do`} not open with this room’s key and cannot be shown. Nothing was changed.`;
  section.replaceChildren(
    element("h2", { id: "own-here-title" }, "The room"),
    element("p", { class: "ways not-on-paper" }, element("button", { type: "button", onclick: () => own.lock() }, "Lock it now"),
      " ", element("label", { for: "own-idle", class: "own-idle" }, "or by itself after"), " ", minutes, " ", element("span", { class: "soft" }, "without a key or a touch, and at logging out")),
    status, paper,
    element("p", { class: "not-on-paper" }, element("button", { type: "button", class: "words", onclick: takeAlong }, "Take everything along as plain text"), element("span", { class: "soft" }, " made in this browser; whoever gets the file can read it")),
    passphrase(status), recovery(paper));
}
