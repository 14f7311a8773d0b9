// One closed line under the draft: what it promises, and what it does already.
const VIRTUES = {
  G01: "Says back what they wrote", G02: "Names the feeling", G03: "Sees why", G04: "Feels with them",
  G05: "Asks", G06: "Owns it", G07: "A whole apology", G08: "Thanks for something", G09: "Gives a choice",
  G10: "Says when", G11: "Speaks as I", G12: "Is concrete", G13: "Uses their name", G14: "Asks first",
  G15: "Goes step by step", G16: "Leaves room", G17: "On their side", G18: "Closes kindly",
  G19: "Says what cannot be", G20: "Hands over by name", G21: "Sets a kind limit", G22: "Writes even without news",
};
const line = document.getElementById("saying");

function promise({ text, due, vague }) {
  const words = text.replace(/\s+/g, " ").trim().replace(/[.;,]$/, "");
  const cut = words.length > 90 ? `${words.slice(0, 88)} …` : words;
  const by = due ? day(due) : null;
  if (vague || !by) return `${cut} (no time yet)`;
  const clock = due.split("T")[1]?.slice(0, 5);
  return words.includes(clock ?? by) ? cut : `${cut} (${by})`;
}

function day(due) {
  const [date, time] = due.split("T");
  const clock = time?.slice(0, 5);
  if (date === document.body.dataset.today) return clock ? `today, ${clock}` : "today";
  const [year, month, number] = date.split("-").map(Number);
  const name = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })
    .format(new Date(Date.UTC(year, month - 1, number)));
  return clock ? `${name}, ${clock}` : name;
}

function show({ promises, virtues }) {
  const parts = [];
  if (promises.length) parts.push(`You say: ${promises.slice(0, 3).map(promise).join("; ")}`);
  parts.push(...[...new Set(virtues.map((virtue) => VIRTUES[virtue.code]))].filter(Boolean));
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
