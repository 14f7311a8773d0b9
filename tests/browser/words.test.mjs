// What the desk asks of its agents it keeps itself: every word of its pages goes through its own engine.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, run } from "./parts/program.mjs";

const SERVER = join(ROOT, "crates/server");
const FOLDERS = [["templates", ".html", inTemplate], ["assets", ".js", inModule], ["src", ".rs", inRust], ["src/pages", ".rs", inRust], ["src/rooms", ".rs", inRust]];

/** Every sentence and label, by the file it stands in. */
function interfaceWords() {
  const found = [];
  for (const [folder, ending, read] of FOLDERS) {
    for (const name of readdirSync(join(SERVER, folder)).filter((it) => it.endsWith(ending))) {
      for (const words of read(readFileSync(join(SERVER, folder, name), "utf8"))) {
        const said = words.replace(/\s+/g, " ").trim();
        if (/\p{L}{2}/u.test(said)) found.push({ file: `${folder}/${name}`, words: said });
      }
    }
  }
  return found;
}

// What is filled in later stands here as a time, which reads like most of what is filled in.
const LATER = "10:14";

function inTemplate(source) {
  const page = source.replace(/\{#[\s\S]*?#\}/g, "").replace(/\{%[\s\S]*?%\}/g, "").replace(/\{\{[\s\S]*?\}\}/g, LATER);
  const labels = [...page.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(([, words]) => words);
  const sentences = page.split(/<\/?(?:p|h\d|li|dt|dd|button|a|span|label|option|summary|header|section|div|form|main|nav|title)\b[^>]*>|\n/);
  return [...labels, ...sentences.map((it) => it.replace(/<[^>]*>/g, " "))];
}

function inModule(source) {
  const code = source.replace(/(^|\s)\/\/.*$/gm, "$1").replace(/\/\*[\s\S]*?\*\//g, "");
  const strings = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(([, plain, filled]) => plain ?? filled.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, LATER));
  return strings.filter(prose);
}

function inRust(source) {
  const code = source.split("#[cfg(test)]")[0].replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/"((?:[^"\\]|\\[\s\S])*)"/g)].map(([, words]) => words.replace(/\\\n\s*/g, "").replace(/\{[^}]*\}/g, LATER)).filter(prose);
}

// A selector, an address or a name is no sentence.
const prose = (words) => /\p{L}+ \p{L}+/u.test(words) && !/[[\]<>=#_{}]|^[.:/]|:\/\/|;.*:|'(self|none)'/.test(words);

test("the words are found where they stand", () => {
  const all = interfaceWords().map((it) => it.words);
  for (const words of ["Only your team sees this", "The desk cannot be reached.", "Nothing is waiting.", "Note kept. Only your team sees it."]) {
    assert.ok(all.includes(words), words);
  }
  assert.ok(all.length > 200, `${all.length} found`);
});

test("nothing of ours raises its voice", () => {
  assert.deepEqual(interfaceWords().filter(({ words }) => /\p{L}!/u.test(words)), []);
});

test("our own engine has nothing to look at again in our own words", () => {
  const all = interfaceWords();
  // What the desk says of itself it knows to be so.
  const lines = run(["review", "--jsonl"], all.map(({ words }, at) => JSON.stringify({ id: String(at), draft: words, facts: [words] })).join("\n"));
  const reviews = lines.trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(reviews.length, all.length);
  const loud = reviews.flatMap(({ id, review }) => review.notes
    .filter((note) => note.weight !== "quiet")
    .map((note) => `${all[id].file}: “${all[id].words}”: ${note.code} ${note.says} (“${note.text}”)`));
  assert.deepEqual(loud, []);
});
