// On a narrow page the side is a sheet above the composer: one line of it shows, the rest on a tap.
const side = document.getElementById("side");

function firstLine() {
  const shown = (selector) => [...side.querySelectorAll(selector)].find((it) => !it.closest("[hidden]"));
  const ask = side.querySelector(".asks li span");
  return shown(".first-of-all h2")?.textContent
    ?? shown(".look-again .reason")?.textContent
    ?? shown(".call .presence")?.textContent
    ?? shown(".broken .plainly")?.textContent
    ?? shown(".what-if .possible")?.textContent
    ?? (ask ? `They ask: ${ask.textContent}` : side.querySelector(".told dt")?.textContent)
    ?? (shown(".options h2 span") ? "What is possible" : "Smaller things");
}

function show() {
  const handle = side?.querySelector("[data-sheet-handle]");
  if (!handle) return;
  const up = side.dataset.sheet === "up";
  handle.querySelector(".line").textContent = up ? "" : firstLine();
  handle.querySelector(".more").textContent = up ? "Close" : "More";
  handle.setAttribute("aria-expanded", String(up));
}

side?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-sheet-handle]")) return;
  side.dataset.sheet = side.dataset.sheet === "up" ? "down" : "up";
  show();
});
// Writing wants the room back.
document.getElementById("composer")?.addEventListener("focusin", (event) => {
  if (!event.target.matches("textarea") || side?.dataset.sheet !== "up") return;
  side.dataset.sheet = "down";
  show();
});
for (const happening of ["side-shown", "side-changed", "reviewed"]) document.addEventListener(happening, show);
show();
