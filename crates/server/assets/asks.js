// What they ask: ticked by the review as the draft answers it, or by hand; the hand has the last word.
const byHand = new Map();
let byReview = [];

const boxes = () => [...document.querySelectorAll("[data-ask]")];

function remember() {
  byHand.clear();
  byReview = [];
  for (const box of boxes()) if (box.hasAttribute("data-by-hand")) byHand.set(Number(box.dataset.ask), true);
  show();
}

function show() {
  const all = boxes();
  let answered = 0;
  for (const box of all) {
    const index = Number(box.dataset.ask);
    box.checked = byHand.get(index) ?? byReview[index] ?? false;
    if (box.checked) answered += 1;
  }
  const count = document.querySelector("[data-asks-answered]");
  if (count) count.textContent = answered ? `${answered} of ${all.length}` : "";
}

/** The asks ticked by hand: they are kept with the draft. */
export function ticks() {
  return [...byHand].filter(([, ticked]) => ticked).map(([index]) => index);
}

/** Ticks by hand that this browser kept. */
export function tick(kept) {
  for (const index of kept) byHand.set(index, true);
  show();
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-ask]")) return;
  byHand.set(Number(event.target.dataset.ask), event.target.checked);
  show();
  document.dispatchEvent(new CustomEvent("ticked"));
});

document.addEventListener("reviewed", ({ detail }) => {
  byReview = detail.review.asks.map((ask) => ask.answered);
  show();
});
document.addEventListener("side-changed", remember);
document.addEventListener("sent", () => {
  byHand.clear();
  byReview = [];
  show();
});
remember();
