// A pause where our own words read hot: a breath, a colleague's eye, or another time. Nothing is held up.
import { on } from "./keys.js";
import { sendAt } from "./send.js";

const later = document.getElementById("send-at");

function open() {
  if (!later) return false;
  document.getElementById("write-reply").checked = true;
  later.open = true;
  later.querySelector(".ways button")?.focus();
}

// Plain S is who is around.
on("s", (event) => (event.altKey ? open() : false));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-deed=send-at], [data-deed=breath], [name=send_at]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.deed === "breath") document.dispatchEvent(new CustomEvent("breathe"));
  else if (button.dataset.deed === "send-at") open();
  else sendAt(button.value, later.querySelector("[name=send_at_other]").value);
});
later?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[name=send_at_other]")) {
    event.preventDefault();
    sendAt("other", event.target.value);
  }
  if (event.key !== "Escape") return;
  event.preventDefault();
  later.open = false;
  document.getElementById("reply")?.focus();
});

document.addEventListener("reviewed", ({ detail }) => {
  const place = document.getElementById("pause-offers");
  if (place) place.hidden = !detail.hot;
  ownRisk(detail.safety);
});
document.addEventListener("sent", () => {
  if (later) later.open = false;
  document.getElementById("pause-offers")?.setAttribute("hidden", "");
  ownRisk(null);
});

// A draft that says somebody is at risk: the procedure comes first here, too.
let shown = null;
async function ownRisk(kind) {
  const side = document.getElementById("side");
  if (!side || kind === shown || (document.getElementById("safety") && !shown)) return;
  shown = kind;
  document.getElementById("safety")?.remove();
  side.toggleAttribute("data-safety", Boolean(kind));
  if (!kind) return;
  let words = "";
  try {
    const answer = await fetch(`/safety/${encodeURIComponent(kind)}`);
    if (answer.ok) words = await answer.text();
  } catch { /* told below */ }
  if (shown !== kind) return;
  // The desk's own words, rendered and escaped by it.
  side.insertAdjacentHTML("afterbegin", words || "<section class=\"first-of-all\" id=\"safety\"><p role=\"alert\">Somebody may be at risk. Call a colleague now.</p></section>");
  side.dataset.sheet = "up";
  document.dispatchEvent(new CustomEvent("side-shown"));
}
