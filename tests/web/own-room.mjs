// The module of one's own room, asked from Node: what one locks the other opens. `node tests/web/own-room.mjs COMMITTED BUILT`
import { readFile } from "node:fs/promises";
import assert from "node:assert/strict";

const encoder = new TextEncoder();
const number = (value) => new Uint8Array(new Uint32Array([value]).buffer);

async function room(path) {
  const { instance } = await WebAssembly.instantiate(await readFile(path), {});
  const module = instance.exports;
  return (verb, ...given) => {
    const fields = given.map((it) => (typeof it === "string" ? encoder.encode(it) : it));
    let place = module.input(fields.reduce((sum, field) => sum + 4 + field.length, 0));
    for (const field of fields) {
      const memory = new Uint8Array(module.memory.buffer);
      memory.set(number(field.length), place);
      memory.set(field, place + 4);
      place += 4 + field.length;
    }
    const length = module[verb]();
    return length < 0 ? length : new Uint8Array(module.memory.buffer).slice(module.output(), module.output() + length);
  };
}

const [committed, built] = await Promise.all(process.argv.slice(2, 4).map(room));
const bytes = (length, value) => new Uint8Array(length).fill(value);
const costs = [number(64), number(2)];
const words = (it) => new TextDecoder().decode(it);

for (const [one, other] of [[committed, built], [built, committed]]) {
  one("room_begin", bytes(32, 9));
  const byPassphrase = one("room_by_passphrase", "slow tide", bytes(16, 3), ...costs, bytes(24, 8), "ada");
  const byRecovery = one("room_by_recovery", bytes(20, 5), bytes(16, 4), bytes(24, 7), "ada");
  const printed = one("room_recovery_words", bytes(20, 5));
  const lent = one("room_lend", bytes(32, 6), bytes(24, 2), "ada");
  const sealed = one("room_seal", "ada", "7", bytes(24, 1), "a line for me");
  assert.equal(sealed.length, 1024);

  const opens = () => other("room_open", "ada", "7", sealed);
  for (const [verb, ...given] of [
    ["room_enter", "slow tide", bytes(16, 3), ...costs, byPassphrase, "ada"],
    ["room_recover", words(printed).toLowerCase(), bytes(16, 4), byRecovery, "ada"],
    ["room_take_back", bytes(32, 6), lent, "ada"],
  ]) {
    other("room_leave");
    assert.equal(opens(), -3, "locked");
    assert.equal(other(verb, ...given).length, 0, verb);
    assert.equal(words(opens()), "a line for me");
  }
  assert.equal(other("room_enter", "fast tide", bytes(16, 3), ...costs, byPassphrase, "ada"), -2);
}

const from = performance.now();
committed("room_by_passphrase", "slow tide", bytes(16, 3), number(64 * 1024), number(3), bytes(24, 8), "ada");
console.log(`What one locks the other opens. A passphrase costs ${(performance.now() - from).toFixed(0)} ms here.`);
