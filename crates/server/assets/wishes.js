// Own settings of breath and break: sealed in the person's own room where they have one that is open, else in this browser alone.
import { forget, keep, recall } from "./memory.js";

const USUAL = { practice: "breath", form: "ring", sound: false, minutes: 5, offers: true, row: null };
/** Longer than an open room takes to open one sheet; nobody waits for a locked one. */
const PATIENCE_MS = 600;

let sheet = recall("wishes", {});
let room = null;

export const wish = (name) => ({ ...USUAL, ...sheet })[name];

export async function wishFor(name, value) {
  sheet = { ...sheet, [name]: value };
  if (room) await room.setWish("breaks", sheet).catch(() => keep("wishes", sheet));
  else keep("wishes", sheet);
  told();
}

/** Whether they are sealed now. */
export const sealed = () => Boolean(room);

/** How many hard moments in a row before calmer ones come first: one's own where it is set, else the team's; 0 for no limit. */
export function limitInARow() {
  const team = Number(document.querySelector("[data-in-a-row]")?.dataset.inARow) || 0;
  return wish("row") ?? team;
}

function told() {
  document.dispatchEvent(new CustomEvent("wished"));
}

async function look(own, wishes) {
  if (await own.state() !== "open") {
    room = null;
    sheet = recall("wishes", {});
    return told();
  }
  room = wishes;
  const here = recall("wishes", null);
  sheet = { ...await wishes.wish("breaks", {}), ...here };
  // What was wished before there was a room goes into it.
  if (here) {
    await wishes.setWish("breaks", sheet);
    forget("wishes");
  }
  told();
}

async function open() {
  try {
    const [{ own }, wishes] = await Promise.all([import("./own.js"), import("./wish.js")]);
    own.onchange(() => { look(own, wishes).catch(() => {}); });
    await look(own, wishes);
  } catch { /* without a room they stay in this browser */ }
}

let looking;
/** Resolves once they are known, or as far as they are before anybody notices; asked for only where one of them matters. */
export function known() {
  looking ??= open();
  return Promise.race([looking, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
}
