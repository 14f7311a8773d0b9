// What is offered to the person: one thing at a time, and V takes it, on every page. Passing it by is an answer, too.
import { on } from "./keys.js";

const waiting = [];

/** `line` is an element with [data-offer] and a button in it. It is shown when its turn has come: a higher rank goes first. */
export function offer(line, rank = 0) {
  if (!waiting.some((it) => it.line === line)) waiting.push({ line, rank });
  turn();
}

/** It was taken, or has lost its reason: the next has its turn. */
export function withdraw(line) {
  const at = waiting.findIndex((it) => it.line === line);
  if (at >= 0) waiting.splice(at, 1);
  line.hidden = true;
  turn();
}

function turn() {
  waiting.sort((one, other) => other.rank - one.rank);
  waiting.forEach(({ line }, at) => { line.hidden = at > 0; });
}

// What was just offered goes before what stands there anyway.
on("v", () => {
  const shown = [...document.querySelectorAll("[data-offer]:not([hidden])")];
  const button = shown.map((it) => it.querySelector("button:not([hidden])")).filter(Boolean).pop();
  if (!button) return false;
  button.click();
}, { first: true });
