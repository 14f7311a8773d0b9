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
