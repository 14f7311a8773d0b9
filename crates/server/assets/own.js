// The room of one's own: what a person keeps for themselves, sealed in this browser with a key that only their passphrase
// opens. The desk keeps sealed bytes under ids of chance; it never learns what kind of thing one is, or when it was kept.
//
//   await own.state()             "none" (no room yet) | "locked" | "open"
//   await own.all(kind)           [{ id, day, at, thing }], newest first; [] unless open
//   await own.keep(kind, thing, id)   seals and stores, gives the id; with an id it takes that one's place
//   await own.remove(id)          lets it go; keeping it again under its id brings it back with its day
//   own.onchange(callback)        told "opened", "locked", "kept", "removed" or "changed" (in another tab)
//   await own.door(element)       puts "make a room" or the passphrase's field into the element; resolves once open
//   own.lock()                    locks it here and in every other tab
//
// What cannot be done rejects with an Error whose message can be shown as it is.
import { askDesk } from "./ask-desk.js";
import { recall, keep as remember } from "./memory.js";

const agent = document.body.dataset.agent ?? "";
/** What a guesser has to pay for each guess. A test lays cheaper ones here; whoever can do that needs no guess. */
const COSTS = globalThis.unruffledOwnCosts ?? { memory_kib: 64 * 1024, passes: 3 };
const LENT = `unruffled:own:${agent}`;
const IDLE_MINUTES = 15;
const LOOK_EVERY_MS = 15_000;
const OTHER_TABS_MS = 150;
const ID_LENGTH = 36;

const SAYS = {
  "does-not-open": "That does not open it.",
  locked: "Your room is locked.",
  "too-long": "This is longer than can be kept in one piece. Keep it in two.",
  "signed-out": "You are logged out. Log in again in another tab, then go on here.",
  unreachable: "The desk cannot be reached. Nothing was changed; try again in a moment.",
  costs: "This browser has not enough memory to open the room.",
  malformed: "This does not fit. Nothing was changed; load the page again.",
};
const said = (fault) => {
  const group = /^typo:(\d+)$/.exec(fault)?.[1];
  return new Error(group ? `There is a slip in group ${group} of the recovery key.` : SAYS[fault] ?? SAYS.unreachable);
};

let worker = null;
let waiting = new Map();
let asked = 0;
let lock; // How the room is locked; null where there is none.
let open = false;
let things = null; // What is kept, opened, by id; null until somebody asks for it.
let shut = 0;
const gone = new Map();
const listeners = new Set();
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(LENT) : null;

function tell(what, about = {}) {
  for (const listener of listeners) listener(what, about);
}

// ── The keeper ──

function toKeeper(deed, given) {
  // The room was left while somebody still asked: there is nobody to answer, and nothing to say.
  if (!worker) return new Promise(() => {});
  return new Promise((done, fail) => {
    asked += 1;
    waiting.set(asked, { done, fail });
    worker.postMessage({ number: asked, deed, given });
  });
}

function dismiss() {
  worker?.terminate();
  worker = null;
  for (const { fail } of waiting.values()) fail(said("locked"));
  waiting = new Map();
}

async function summon() {
  dismiss();
  worker = new Worker(new URL("./own-worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    const { done, fail } = waiting.get(data.asked) ?? {};
    waiting.delete(data.asked);
    if (data.fault) fail?.(Object.assign(said(data.fault), { fault: data.fault }));
    else done?.(data.done);
  });
  worker.addEventListener("error", () => {
    for (const { fail } of waiting.values()) fail(said("unreachable"));
    waiting = new Map();
  });
  await toKeeper("begin", { whose: agent });
}

// ── Open from page to page ──

function lent() {
  try {
    const it = JSON.parse(sessionStorage.getItem(LENT) ?? "null");
    return it && Date.now() - it.at < idleMs() ? it : null;
  } catch {
    return null;
  }
}

function lend(bytes, at = Date.now()) {
  try {
    sessionStorage.setItem(LENT, JSON.stringify({ bytes: [...bytes], at }));
  } catch { /* Without storage the room is open on this page alone. */ }
}

function forgetLent() {
  try {
    sessionStorage.removeItem(LENT);
  } catch { /* nothing was there */ }
}

const idleMs = () => recall("own-idle-minutes", IDLE_MINUTES) * 60_000;

async function takeBack(it) {
  await summon();
  try {
    await toKeeper("takeBack", { lent: Uint8Array.from(it.bytes) });
  } catch {
    dismiss();
    forgetLent();
    return false;
  }
  lend(it.bytes);
  return true;
}

/** Another tab in which it is open lends the wrapped key; it opens only for the session that is here. */
function fromOtherTabs() {
  return new Promise((done) => {
    if (!tabs) return done(null);
    const hear = ({ data }) => { if (data.what === "lent") finish(data.it); };
    const finish = (it) => {
      tabs.removeEventListener("message", hear);
      done(it);
    };
    tabs.addEventListener("message", hear);
    tabs.postMessage({ what: "asked" });
    setTimeout(finish, OTHER_TABS_MS, null);
  });
}

async function look() {
  const answer = await askDesk("GET", "/own/room");
  if (!answer.ok) throw new Error(answer.says);
  lock = answer.lock;
  return lock;
}

let looked;
const ready = () => (looked ??= (async () => {
  if (!agent) return void (lock = null);
  const it = lent();
  if (!it) forgetLent();
  if (it && await takeBack(it)) return entered();
  if (!(await look())) return;
  const theirs = await fromOtherTabs();
  if (theirs && await takeBack(theirs)) entered();
})().catch(() => { looked = undefined; }));

let usedAt = Date.now();
let timer;

function entered() {
  open = true;
  usedAt = Date.now();
  clearInterval(timer);
  timer = setInterval(() => { if (Date.now() - usedAt > idleMs()) leave(); }, LOOK_EVERY_MS);
  tell("opened");
}

/** The memory in which a passphrase was worked on goes with its worker; the key moves on to a new one. */
async function moveIn() {
  const { lent: bytes } = await toKeeper("lend");
  lend(bytes);
  await takeBack({ bytes });
  looked = Promise.resolve();
  entered();
}

function leave(everywhere = true) {
  const was = open;
  open = false;
  things = null;
  fetching = undefined;
  shut = 0;
  gone.clear();
  clearInterval(timer);
  dismiss();
  forgetLent();
  if (everywhere) tabs?.postMessage({ what: "locked" });
  if (was) tell("locked");
}

tabs?.addEventListener("message", ({ data }) => {
  if (data.what === "locked") leave(false);
  else if (data.what === "used") usedAt = Date.now();
  else if (data.what === "asked" && open) tabs.postMessage({ what: "lent", it: lent() });
  else if (data.what === "changed") {
    things = null;
    tell("changed");
  }
});

let toldAt = 0;
for (const sign of ["keydown", "pointerdown"]) {
  document.addEventListener(sign, () => {
    usedAt = Date.now();
    if (!open || usedAt - toldAt < LOOK_EVERY_MS) return;
    toldAt = usedAt;
    const it = lent();
    if (it) lend(it.bytes);
    tabs?.postMessage({ what: "used" });
  }, { capture: true, passive: true });
}
// A page that comes back from the browser's memory may be older than the lock.
addEventListener("pageshow", ({ persisted }) => { if (persisted && open && !lent()) leave(false); });

// ── What is kept ──

async function desk(method, address, body) {
  let answer;
  try {
    answer = await fetch(address, { method, body, headers: { Accept: "application/json", ...(body && { "Content-Type": "application/octet-stream" }) } });
  } catch {
    throw said("unreachable");
  }
  if (answer.status === 401) {
    leave();
    throw said("signed-out");
  }
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).says ?? SAYS.unreachable);
  return answer;
}

async function fetched() {
  const bytes = new Uint8Array(await (await desk("GET", "/own/things")).arrayBuffer());
  const all = [];
  for (let at = 0; at < bytes.length;) {
    const id = new TextDecoder().decode(bytes.subarray(at, at + ID_LENGTH));
    const length = new DataView(bytes.buffer, at + ID_LENGTH, 4).getUint32(0, true);
    at += ID_LENGTH + 4;
    all.push({ id, sealed: bytes.slice(at, at + length) });
    at += length;
  }
  return all;
}

let fetching;
async function everything() {
  await ready();
  if (!open) return new Map();
  if (things) return things;
  const mine = fetching ??= opened();
  try {
    return await mine;
  } finally {
    if (fetching === mine) fetching = undefined;
  }
}

/** Everything that is kept, opened. Whoever asked as the room was left gets what a locked room has: nothing. */
async function opened() {
  const sealed = await fetched();
  if (!open) return new Map();
  let found;
  try {
    found = await toKeeper("open", { things: sealed });
  } catch (fault) {
    if (!open) return new Map();
    throw fault;
  }
  shut = found.shut.length;
  things = new Map(found.opened.map(({ id, words }) => [id, { id, ...JSON.parse(words) }]));
  return things;
}

/** A day as it is here, not in Greenwich. */
export function dayOf(at) {
  const it = new Date(at);
  const two = (value) => String(value).padStart(2, "0");
  return `${it.getFullYear()}-${two(it.getMonth() + 1)}-${two(it.getDate())}`;
}

/** Drawn by chance; `crypto.randomUUID` is not there where a desk is reached without https. */
function ofChance() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const shown = ({ id, at, thing }) => ({ id, at, day: dayOf(at), thing });
const newestFirst = (a, b) => b.at - a.at || (a.id < b.id ? 1 : -1);

export const own = {
  async state() {
    await ready();
    if (open) return "open";
    if (lock === undefined) await look().catch(() => {});
    // While the desk cannot be asked, nothing is made anew: opening says why it cannot.
    return lock === null ? "none" : "locked";
  },
  async all(kind) {
    const all = [...(await everything()).values()];
    return all.filter((it) => it.kind === kind).sort(newestFirst).map(shown);
  },
  async keep(kind, thing, id = ofChance()) {
    const all = await everything();
    if (!open) throw said("locked");
    const at = (all.get(id) ?? gone.get(id))?.at ?? Date.now();
    const { sealed } = await toKeeper("seal", { id, words: JSON.stringify({ kind, at, thing }) });
    await desk("PUT", `/own/things/${id}`, sealed);
    things?.set(id, { id, kind, at, thing });
    gone.delete(id);
    tabs?.postMessage({ what: "changed" });
    tell("kept", { kind, id });
    return id;
  },
  async remove(id) {
    const all = await everything();
    if (!open) throw said("locked");
    await desk("DELETE", `/own/things/${id}`);
    const it = all.get(id);
    if (it) gone.set(id, it);
    things?.delete(id);
    tabs?.postMessage({ what: "changed" });
    tell("removed", { kind: it?.kind, id });
  },
  onchange(callback) {
    listeners.add(callback);
  },
  async door(place) {
    const { door } = await import("./own-door.js");
    return door(place);
  },
  lock: () => leave(),
};

/** What only the door and the page of the room need. */
export const room = {
  /** Everything of every kind, oldest first, for the page and for the export. */
  async everything() {
    return [...(await everything()).values()].sort(newestFirst).reverse().map((it) => ({ kind: it.kind, ...shown(it) }));
  },
  shut: () => shut,
  idleMinutes: (minutes) => {
    if (minutes) remember("own-idle-minutes", minutes);
    return recall("own-idle-minutes", IDLE_MINUTES);
  },
  /** Makes a room and opens it; gives the recovery key's words, once. */
  async make(passphrase) {
    await summon();
    const made = await toKeeper("make", { passphrase, costs: COSTS });
    await locked(made.lock);
    await moveIn();
    return made.words;
  },
  async enter(passphrase) {
    await through("enter", { passphrase });
  },
  async recover(words) {
    await through("recover", { words });
  },
  async changePassphrase(before, passphrase) {
    await look();
    await toKeeper("enter", { passphrase: before, lock });
    const made = await toKeeper("changePassphrase", { passphrase, costs: COSTS, lock });
    await locked(made.lock, lock);
    await moveIn();
  },
  /** After the recovery key was used: the passphrase is forgotten, so it is not asked for. */
  async newPassphrase(passphrase) {
    await look();
    const made = await toKeeper("changePassphrase", { passphrase, costs: COSTS, lock });
    await locked(made.lock, lock);
    await moveIn();
  },
  /** A new recovery key; the old paper opens nothing any more. */
  async changeRecovery() {
    await look();
    const made = await toKeeper("changeRecovery", { lock });
    await locked(made.lock, lock);
    return made.words;
  },
  /** Deletes everything. Gives whether the desk's file holds no trace any more. */
  async delete() {
    const answer = await (await desk("DELETE", "/own/room")).json();
    // What the browser itself kept of the sealed bytes goes as well.
    await fetch("/own/things", { cache: "reload" }).catch(() => {});
    lock = null;
    leave();
    looked = Promise.resolve();
    return answer.overwritten;
  },
};

async function locked(after, before) {
  const answer = await askDesk("PUT", "/own/room", { json: { lock: after, before } });
  if (!answer.ok) throw new Error(answer.says);
  lock = after;
}

async function through(deed, given) {
  if (!(await look())) throw new Error("There is no room any more: it was deleted in another tab.");
  await summon();
  try {
    await toKeeper(deed, { ...given, lock });
  } catch (fault) {
    dismiss();
    throw fault;
  }
  await moveIn();
}
