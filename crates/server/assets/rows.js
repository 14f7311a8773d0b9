// Walking the list with J and K, and going back to it with I.
import { on } from "./keys.js";

function step(by) {
  const links = [...document.querySelectorAll("#list .rows a")].filter((link) => link.offsetParent);
  if (links.length === 0) return false;
  const focused = links.indexOf(document.activeElement);
  const here = focused >= 0 ? focused : links.findIndex((link) => link.matches("[aria-current]"));
  const next = links[Math.min(Math.max(here + by, 0), links.length - 1)];
  next.focus();
}

on("j", () => step(1));
on("k", () => step(-1));
on("i", () => { location.href = document.querySelector(".back")?.href ?? "/inbox"; });
