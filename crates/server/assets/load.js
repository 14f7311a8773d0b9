// How many hard moments in a row, and since when without a pause: worked out in this tab, never sent, forgotten with it.
const name = `unruffled:${document.body.dataset.agent ?? ""}:load`;
/** Nothing opened and nothing sent for so long was a pause, whatever it was for. */
const PAUSE_MS = 15 * 60_000;
const LONG_MS = 90 * 60_000;

function now() {
  return Date.now();
}

function known() {
  try {
    const it = JSON.parse(sessionStorage.getItem(name));
    if (it) return it;
  } catch { /* nothing is known */ }
  return { row: [], since: now(), seen: now(), offered: 0 };
}

function know(it) {
  try {
    sessionStorage.setItem(name, JSON.stringify(it));
  } catch { /* the page goes on without */ }
}

/** Somebody is here: a page was opened, something was sent. */
export function here() {
  const it = known();
  if (now() - it.seen > PAUSE_MS) Object.assign(it, { row: [], since: now() });
  it.seen = now();
  know(it);
}

/** A moment was lived; a calm one ends the row. The same one twice is one. */
export function lived(number, hard) {
  here();
  const it = known();
  if (!hard) it.row = it.row.includes(number) ? it.row : [];
  else if (!it.row.includes(number)) it.row.push(number);
  know(it);
}

/** A reply was taken back: that moment goes on. */
export function goesOn(number) {
  const it = known();
  it.row = it.row.filter((other) => other !== number);
  know(it);
}

export function rested() {
  know({ ...known(), row: [], since: now(), seen: now() });
}

export function offered() {
  know({ ...known(), offered: now() });
}

export const inARow = () => known().row.length;

/** Why a few minutes could suit, in words, or null; at most one offer in an hour and a half. */
export function reason(limit) {
  const it = known();
  if (now() - it.offered < LONG_MS) return null;
  const many = limit || 3;
  if (it.row.length >= many) return it.row.length === 1 ? "That was a hard one." : `${NUMBERS[it.row.length] ?? it.row.length} hard moments in a row.`;
  if (now() - it.since >= LONG_MS) return "An hour and a half without a pause.";
  return null;
}

const NUMBERS = { 2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six" };

// Whoever logs out leaves nothing of it behind.
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") !== "/session/end") return;
  try {
    sessionStorage.removeItem(name);
  } catch { /* nothing was kept */ }
});

here();
