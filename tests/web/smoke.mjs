// The engine as WebAssembly, asked from Node: it reads, it reviews, it refuses in words. `node tests/web/smoke.mjs FILE.wasm`
import { readFile } from "node:fs/promises";
import assert from "node:assert/strict";

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), {});
const engine = instance.exports;

const ask = (verb, question) => {
  const json = new TextEncoder().encode(typeof question === "string" ? question : JSON.stringify(question));
  const at = engine.input(json.length);
  new Uint8Array(engine.memory.buffer, at, json.length).set(json);
  const length = engine[verb]();
  return JSON.parse(new TextDecoder().decode(new Uint8Array(engine.memory.buffer, engine.output(), length)));
};

const began = performance.now();
const message = "This is a joke of a service. Where is my parcel, and can I still change the size?";
const reading = ask("read", { text: message });
const loaded = performance.now() - began;
assert.equal(reading.heat, "hot");
assert.deepEqual(reading.asks.map((ask) => ask.kind), ["where", "yes-no"]);

const now = "2026-05-04T10:00:00+01:00";
const hurt = ask("review", { draft: "You need to calm down.", message, now });
assert.ok(hurt.notes.some((note) => note.code === "V01" && note.weight === "pause"));
const half = ask("review", { draft: "It left us on Monday.", message, now });
assert.deepEqual(half.asks.map((ask) => ask.answered), [true, false]);

assert.match(ask("read", "{").error, /EOF/);

const times = 2000;
const from = performance.now();
for (let i = 0; i < times; i += 1) ask("read", { text: "Where is my order 88213? It was due on Tuesday." });
const each = ((performance.now() - from) * 1000) / times;
console.log(`The first answer came after ${loaded.toFixed(0)} ms, with all cards loaded; then ${each.toFixed(0)} µs a short message.`);
