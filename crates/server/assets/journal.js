// One's own journal as plain lines: what was kept, in words, so that it can be read, looked back on and searched. Pure: it opens nothing.

/** The words of each kind, in the order in which they are read; a kind that is not here gives all its words. */
const PARTS = {
  landing: [["subject", "Landed"], ["ended", "How it ended"], ["learnt", "Learnt"], ["said", "To a colleague"]],
  reflection: [["well", "Went well"], ["watched", "Watched as a friend would"], ["plan", "To try"], ["word", "A word for it"]],
  week: [["along", "Taken along from the week"]],
  morning: [["asked", "In the morning"], ["words", ""]],
  keepsake: [["words", "Kept words"], ["about", "About"]],
};
const UNSAID = new Set(["code", "came"]);
const NAMES = { feared: "Feared", notice: "Noticed", plan: "If and then" };

/** `items` are of one kind, as the room gives them. */
export function entries(kind, items) {
  return items.map(({ id, at, day, thing }) => ({ id, at, kind, thing, day, parts: parts(kind, thing) })).filter((it) => it.parts.length > 0);
}

function parts(kind, thing) {
  const known = PARTS[kind];
  if (known) return known.map(([name, label]) => [label, spoken(name, thing)]).filter(([, words]) => words);
  const all = Object.entries(thing).filter(([name, words]) => typeof words === "string" && words.trim() && !UNSAID.has(name));
  return all.map(([name, words], at) => [at === 0 ? NAMES[kind] ?? kind : name, words]);
}

function spoken(name, thing) {
  if (name === "plan") return plan(thing);
  return typeof thing[name] === "string" ? thing[name].trim() : "";
}

/** "If … then …", or whichever half there is. */
export function plan({ if: when = "", then = "" }) {
  const halves = [when.trim() && `If ${when.trim()}`, then.trim() && `then ${then.trim()}`].filter(Boolean);
  return halves.join(", ");
}

/** The newest first. */
export function inOrder(all) {
  return [...all].sort((one, other) => other.at - one.at);
}

/** One thing as plain text, for whoever takes everything along. */
export function writtenAs(kind, thing) {
  return parts(kind, thing).map(([label, words]) => (label ? `${label}: ${words}` : words)).join("\n");
}

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those in which every word of the question stands, in any order. */
export function find(all, question) {
  const wanted = plain(question).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return all.filter((it) => {
    const words = plain(it.parts.map(([label, said]) => `${label} ${said}`).join(" "));
    return wanted.every((word) => words.includes(word));
  });
}

/** What a week left: lines for its three headings, from `since` on. */
export function lookBack(all, since) {
  const recent = inOrder(all).filter((it) => it.day >= since);
  const from = (kind, name) => recent.filter((it) => it.kind === kind).map((it) => spoken(name, it.thing)).filter(Boolean);
  return [
    ["What went well", from("reflection", "well")],
    ["What was learnt", [...from("landing", "learnt"), ...from("reflection", "watched")]],
    ["What was to be tried", from("reflection", "plan")],
    ["Kept words", from("keepsake", "words")],
  ].filter(([, lines]) => lines.length > 0);
}
