// The one polite voice for those who listen to the page.
const voice = document.getElementById("spoken");
let soon;

export function say(words) {
  if (!voice) return;
  clearTimeout(soon);
  voice.textContent = "";
  soon = setTimeout(() => { voice.textContent = words; }, 60);
}
