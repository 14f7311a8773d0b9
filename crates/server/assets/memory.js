// What this browser remembers for the person who is here: nothing of it is ever sent.
const prefix = `unruffled:${document.body.dataset.agent ?? ""}:`;

export function recall(name, otherwise) {
  try {
    const kept = localStorage.getItem(prefix + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false; // Private windows and full disks: the page goes on without.
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(prefix + name);
  } catch { /* nothing was kept */ }
}

// What is remembered for one conversation is not remembered for ever: the oldest go first, drafts never.
const PER_CONVERSATION_MAX = 300;
try {
  const old = Object.keys(localStorage)
    .filter((name) => name.startsWith(prefix) && /:(breath|not-this|left|plan):\d+$/.test(name))
    .sort((a, b) => Number(a.split(":").pop()) - Number(b.split(":").pop()));
  for (const name of old.slice(0, Math.max(0, old.length - PER_CONVERSATION_MAX))) localStorage.removeItem(name);
} catch { /* nothing is remembered here */ }
