// One closed line under the draft: what it does already.
const VIRTUES = {
  G01: "Says back what they wrote", G02: "Names the feeling", G03: "Sees why", G04: "Feels with them",
  G05: "Asks", G06: "Owns it", G07: "A whole apology", G08: "Thanks for something", G09: "Gives a choice",
  G10: "Says when", G11: "Speaks as I", G12: "Is concrete", G13: "Uses their name", G14: "Asks first",
  G15: "Goes step by step", G16: "Leaves room", G17: "On their side", G18: "Closes kindly",
  G19: "Says what cannot be", G20: "Hands over by name", G21: "Sets a kind limit", G22: "Writes even without news",
};
const line = document.getElementById("saying");

function show({ virtues }) {
  const parts = [...new Set(virtues.map((virtue) => VIRTUES[virtue.code]))].filter(Boolean);
  line.replaceChildren(...parts.map((words) => {
    const part = document.createElement("span");
    part.textContent = words;
    return part;
  }));
}

if (line) {
  document.addEventListener("reviewed", ({ detail }) => show(detail.review));
  document.addEventListener("sent", () => line.replaceChildren());
}
