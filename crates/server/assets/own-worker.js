// The keeper of one's own room: a worker in which the module that locks and opens it runs. The room's key stays in here;
// the page sees words that were opened, and a key only wrapped.
const MODULE = new URL("./own.wasm", import.meta.url);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
// As in crates/private/src/web.rs.
const FAULTS = new Map([[-1, "malformed"], [-2, "does-not-open"], [-3, "locked"], [-4, "too-long"], [-5, "costs"]]);
const TYPO = -10;

let module;
let agent = "";
const load = async () => (module ??= (await WebAssembly.instantiateStreaming(fetch(MODULE), {})).instance.exports);

const chance = (length) => crypto.getRandomValues(new Uint8Array(length));
const number = (value) => new Uint8Array(new Uint32Array([value]).buffer);
const bytes = (value) => (typeof value === "string" ? encoder.encode(value) : value);

function ask(verb, ...given) {
  const fields = given.map(bytes);
  const at = module.input(fields.reduce((sum, field) => sum + 4 + field.length, 0));
  if (at === 0) throw new Error("too-long");
  let place = at;
  for (const field of fields) {
    const memory = new Uint8Array(module.memory.buffer);
    memory.set(number(field.length), place);
    memory.set(field, place + 4);
    place += 4 + field.length;
  }
  const length = module[verb]();
  if (length <= TYPO) throw new Error(`typo:${TYPO - length}`);
  if (length < 0) throw new Error(FAULTS.get(length) ?? "malformed");
  return new Uint8Array(module.memory.buffer).slice(module.output(), module.output() + length);
}

const NONCE = 24;
const SALT = 16;

function byPassphrase(passphrase, costs) {
  const salt = chance(SALT);
  const key = ask("room_by_passphrase", passphrase, salt, number(costs.memory_kib), number(costs.passes), chance(NONCE), agent);
  return { salt, memory_kib: costs.memory_kib, passes: costs.passes, key_by_passphrase: key };
}

function byRecovery() {
  const secret = chance(20);
  const salt = chance(SALT);
  const key = ask("room_by_recovery", secret, salt, chance(NONCE), agent);
  return { lock: { recovery_salt: salt, key_by_recovery: key }, words: decoder.decode(ask("room_recovery_words", secret)) };
}

const plain = (lock) => Object.fromEntries(Object.entries(lock).map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value]));

// The key for the next page is asked for from here, so that no page ever has it.
async function sessionKey() {
  const answer = await fetch("/own/session-key", { method: "POST" });
  if (!answer.ok) throw new Error(answer.status === 401 ? "signed-out" : "unreachable");
  return new Uint8Array(await answer.arrayBuffer());
}

const deeds = {
  /** Who this is; everything is bound to them. */
  async begin({ whose }) {
    await load();
    agent = whose;
  },
  async make({ passphrase, costs }) {
    ask("room_begin", chance(32));
    const { lock, words } = byRecovery();
    return { lock: plain({ ...byPassphrase(passphrase, costs), ...lock }), words };
  },
  async enter({ passphrase, lock }) {
    ask("room_enter", passphrase, Uint8Array.from(lock.salt), number(lock.memory_kib), number(lock.passes), Uint8Array.from(lock.key_by_passphrase), agent);
  },
  async recover({ words, lock }) {
    ask("room_recover", words, Uint8Array.from(lock.recovery_salt), Uint8Array.from(lock.key_by_recovery), agent);
  },
  async changePassphrase({ passphrase, costs, lock }) {
    return { lock: { ...lock, ...plain(byPassphrase(passphrase, costs)) } };
  },
  async changeRecovery({ lock }) {
    const { lock: by, words } = byRecovery();
    return { lock: { ...lock, ...plain(by) }, words };
  },
  async lend() {
    return { lent: ask("room_lend", await sessionKey(), chance(NONCE), agent) };
  },
  async takeBack({ lent }) {
    ask("room_take_back", await sessionKey(), lent, agent);
  },
  async leave() {
    ask("room_leave");
  },
  async seal({ id, words }) {
    return { sealed: ask("room_seal", agent, id, chance(NONCE), words) };
  },
  /** Opens everything at once; what does not open is told by its id, and nothing is lost of the rest. */
  async open({ things }) {
    const opened = [];
    const shut = [];
    for (const { id, sealed } of things) {
      try {
        opened.push({ id, words: decoder.decode(ask("room_open", agent, id, sealed)) });
      } catch (fault) {
        if (fault.message !== "does-not-open") throw fault;
        shut.push(id);
      }
    }
    return { opened, shut };
  },
};

addEventListener("message", async ({ data: { number: asked, deed, given } }) => {
  try {
    postMessage({ asked, done: (await deeds[deed](given ?? {})) ?? {} });
  } catch (fault) {
    postMessage({ asked, fault: fault.message });
  }
});
