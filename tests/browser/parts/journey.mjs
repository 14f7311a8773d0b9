// A journey is steps that follow each other: when one breaks, its picture is kept and the rest say that they were not reached.
import { join } from "node:path";
import { test } from "node:test";
import { OUT } from "./chrome.mjs";

/** `page` answers the page that is looked at just then; `left_out` is why this machine cannot make the journey, or null. */
export function journey({ page, left_out = null }) {
  let broken = null;
  return (name, walk) => test(name, { skip: left_out ? `left out: ${left_out}` : false }, async () => {
    if (broken) throw new Error(`not reached, because “${broken}” broke`);
    try {
      await walk();
    } catch (fault) {
      broken = name;
      await page()?.screenshot({ path: join(OUT, "broken.png") }).catch(() => {});
      throw fault;
    }
  });
}

/** Where everything is wanted, what is missing is a failure and not left out. */
export function unlessAllWanted(missing) {
  if (missing && process.env.UNRUFFLED_ALL_TESTS === "1") throw new Error(missing);
  return missing;
}
