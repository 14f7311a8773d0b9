// Asks the desk something in JSON and answers in words, whatever happens on the way.
export async function askDesk(method, address, { json, form, keepalive = false, signal } = {}) {
  const headers = { Accept: "application/json" };
  let body;
  if (json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(json);
  } else if (form) {
    body = new URLSearchParams(form);
  }
  let answer;
  try {
    answer = await fetch(address, { method, headers, body, keepalive, signal, redirect: "manual" });
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
    return { ok: false, status: 0, says: "The desk cannot be reached." };
  }
  if (answer.status === 401 || answer.type === "opaqueredirect") {
    return { ok: false, status: 401, says: "You are logged out. Log in again in another tab, then go on here." };
  }
  let said = {};
  try {
    said = await answer.json();
  } catch { /* an answer without words */ }
  return { ...said, ok: answer.ok, status: answer.status, says: said.says ?? (answer.ok ? "" : "The desk could not do this.") };
}
