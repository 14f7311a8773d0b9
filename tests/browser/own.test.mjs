// A room of one's own: made, locked, opened again on the next page and in another tab, and closed to everybody else.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { logIn, text } from "./parts/agent.mjs";
import { chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { demo } from "./parts/program.mjs";
import { cheapRooms } from "./parts/own.mjs";

const ADA = ["ada", "harbour-light"];
const PASSPHRASE = "slow tide at dusk";

let desk, browser, ada, page;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  await cheapRooms(ada.context);
  page = ada.page;
  await logIn(page, ...ADA);
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
/** Asks the room on this page, as another module would. */
const own = (work, ...given) => page.evaluate(async ([body, args]) => {
  const door = [...document.scripts].find((it) => /\/desk\.js$/.test(it.src)).src;
  const { own } = await import(door.replace("desk.js", "own.js"));
  return new Function("own", "args", `return (${body})(own, ...args)`)(own, args);
}, [work.toString(), given]);

step("there is no room until somebody makes one, and nobody is asked to", async () => {
  await page.goto("/own");
  await page.getByLabel("A passphrase, not your password here").waitFor();
  await noBarriers(page, "no room yet");
  await picture(page, "own-none");
});

step("a passphrase makes it, and the recovery key is shown once", async () => {
  await page.getByLabel("A passphrase, not your password here").fill(PASSPHRASE);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recovery key" }).waitFor();
  assert.equal(await page.locator(".own-key span").count(), 8);
  await noBarriers(page, "the recovery key");
  await picture(page, "own-recovery");
  await page.getByRole("button", { name: "I have it on paper" }).click();
  await page.locator("#own-open").waitFor();
});
