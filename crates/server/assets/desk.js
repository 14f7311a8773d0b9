// The door of the scripts: every page works without them, and is quicker with them.

const parts = [import("./keys.js"), import("./help.js"), import("./rows.js"), import("./people.js")];
parts.push(import("./knock.js"), import("./person.js"), import("./labels.js"), import("./turn.js"));
parts.push(import("./next.js"), import("./break.js"), import("./own-sheet.js"));
if (document.body.dataset.conversation) {
  parts.push(import("./asks.js"), import("./what-if.js"), import("./breath.js"), import("./draft.js"));
  parts.push(import("./review.js"), import("./notes.js"), import("./saying.js"), import("./send.js"));
  parts.push(import("./listening.js"));
  parts.push(import("./thread.js"), import("./sheet.js"), import("./grow.js"), import("./facts.js"));
  parts.push(import("./promising.js"), import("./soon.js"), import("./promises.js"));
  parts.push(import("./backup.js"), import("./pause.js"));
  parts.push(import("./day.js"), import("./landing.js"), import("./keepsake.js"));
} else {
  parts.push(import("./ledger.js"), import("./morning.js"));
}
if (document.body.dataset.conversation) parts.push(import("./options.js"), import("./plan.js"));
if ("live" in document.body.dataset) parts.push(import("./nods.js"));
if ("live" in document.body.dataset) parts.push(import("./live.js"));
if ("ownPage" in document.body.dataset) parts.push(import("./own-page.js"));
if ("rehearsal" in document.body.dataset || "screen" in document.body.dataset) parts.push(import("./rehearsal.js"));
Promise.all(parts).then(() => document.documentElement.classList.add("ready"));
