// Which moments this day had, for its end: subject lines alone, sealed like everything of the person's own.
import { own } from "./own.js";
import { daysAgo, today } from "./days.js";
import { wish } from "./wish.js";

const KEPT_DAYS = 14; // A week can be looked back on, and the week before it.
let last = Promise.resolve();

async function note() {
  if (await own.state() !== "open" || !await wish("reminders", true)) return;
  const number = Number(document.body.dataset.conversation);
  const known = await own.all("moment");
  for (const old of known) if (old.day < daysAgo(KEPT_DAYS)) await own.remove(old.id);
  if (known.some(({ day, thing }) => day === today() && thing.number === number)) return;
  await own.keep("moment", { number, subject: subject() });
}

/** As it stands above the letters; nobody's name. */
export const subject = () => document.querySelector("#head h1")?.textContent.trim() ?? "";

const soon = () => { last = last.then(note).catch(() => {}); }; // A reminder that could not be kept is no trouble to anybody.
document.addEventListener("sent", soon);
document.addEventListener("card-kept", soon);
if (new URLSearchParams(location.search).has("closed")) soon();
