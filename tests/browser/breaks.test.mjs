// A stretch of a day by keyboard: the next one with F, a calmer one after a hard one, a break that is offered and protected, and back.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { logIn, open, ready, tabTo, text } from "./parts/agent.mjs";
import { NARROW, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { cheapRooms } from "./parts/own.mjs";
import { demo } from "./parts/program.mjs";

const HOT = "Gareth Jones";

let desk, browser, ada, ben, looking;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  await cheapRooms(ada.context);
  ben = await browser.person(desk.url);
  looking = ada.page;
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => looking });
const number = (page) => Number(new URL(page.url()).pathname.split("/").pop());

async function next(page) {
  const was = page.url();
  await page.keyboard.press("f");
  await page.waitForURL((url) => url.href !== was && /\/conversations\/\d+/.test(url.pathname));
  await ready(page);
  return number(page);
}

async function toInbox(page) {
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
}

step("F leads to whoever waits longest, and on from there; a colleague is led to somebody else", async () => {
  await logIn(ada.page, "ada", "harbour-light");
  await logIn(ben.page, "ben", "larks-in-line");
  await ada.page.locator(".next button", { hasText: "The next one" }).waitFor();
  await picture(ada.page, "breaks-next-1280");
  const first = await next(ada.page);
  const second = await next(ada.page);
  assert.notEqual(first, second);
  await toInbox(ada.page);
  const mine = await next(ada.page);
  const theirs = await next(ben.page);
  assert.notEqual(mine, theirs);
  await ada.page.setViewportSize(NARROW);
  await picture(ada.page, "breaks-next-390");
  await ada.page.setViewportSize(WIDE);
});

step("how one likes it is set on the page of breaks and stays in this browser", async () => {
  await ada.page.goto("/break");
  await ready(ada.page);
  await noBarriers(ada.page, "a break");
  await tabTo(ada.page, ada.page.locator(".wishes summary"));
  await ada.page.keyboard.press("Enter");
  await tabTo(ada.page, ada.page.locator("#wish-row"));
  await ada.page.keyboard.type("one hard");
  assert.equal(await ada.page.locator("#wish-row").inputValue(), "1");
  await noBarriers(ada.page, "own settings of breaks");
  await picture(ada.page, "breaks-wishes-1280", { fullPage: true });
  const kept = await ada.page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.endsWith(":wishes")).map(([, value]) => value).join());
  assert.match(kept, /"row":1/);
});

step("after as many hard ones as one bears, F leads to a calmer one", async () => {
  await ada.page.goto("/inbox");
  await ready(ada.page);
  await open(ada.page, HOT);
  assert.equal(await ada.page.locator("body[data-hot]").count(), 1);
  await next(ada.page);
  assert.equal(await ada.page.locator("body[data-hot]").count(), 0);
});

step("a few minutes are offered once, back at the list, and V takes them", async () => {
  await toInbox(ada.page);
  const offer = ada.page.locator("#break-offer:not([hidden])");
  await offer.waitFor();
  assert.match(await text(offer), /^That was a hard one\. A few minutes, if it suits\. V A break Not now$/);
  await noBarriers(ada.page, "a break is offered");
  await picture(ada.page, "breaks-offer-1280");
  await ada.page.setViewportSize(NARROW);
  await picture(ada.page, "breaks-offer-390");
  await ada.page.setViewportSize(WIDE);
  await ada.page.keyboard.press("v");
  await ada.page.waitForURL("**/break");
  await ready(ada.page);
});

step("a break says when one is back, to colleagues too, and not why", async () => {
  await ada.page.keyboard.press("Enter");
  const back = ada.page.locator(".back-at");
  await back.waitFor();
  const [, at] = /^Back about (\d\d:\d[05])\.$/.exec(await text(back));
  await ready(ada.page);
  await noBarriers(ada.page, "on a break");
  await picture(ada.page, "breaks-on-1280");
  await ben.page.keyboard.press("s");
  await ben.page.locator("#people[data-open] li", { hasText: "Ada" }).filter({ hasText: `on a break, back about ${at}` }).waitFor();
  await ben.page.keyboard.press("Escape");
});

step("five minutes as a slow ring or as words, or something that is no breath", async () => {
  const practice = ada.page.locator("#practice");
  await ada.page.keyboard.press("b");
  await practice.locator(".word", { hasText: "in …" }).waitFor();
  await practice.locator(".ring").waitFor();
  await noBarriers(ada.page, "five minutes");
  await picture(ada.page, "breaks-ring-1280");
  await ada.page.emulateMedia({ colorScheme: "dark" });
  await ada.page.setViewportSize(NARROW);
  await picture(ada.page, "breaks-ring-dark-390", { fullPage: true });
  await ada.page.setViewportSize(WIDE);
  await ada.page.emulateMedia({ colorScheme: "light" });
  await tabTo(ada.page, practice.getByRole("button", { name: "As words" }));
  await ada.page.keyboard.press("Enter");
  await practice.locator(".as-words .word").waitFor();
  assert.equal(await practice.locator(".ring:visible").count(), 0);
  await ada.page.keyboard.press("Escape");
  assert.equal(await practice.isVisible(), false);
  await tabTo(ada.page, ada.page.locator("[data-practice=far]"), "Shift+Tab");
  await ada.page.keyboard.press("Enter");
  await practice.locator(".lines", { hasText: "Look at the furthest thing" }).waitFor();
  await ada.page.keyboard.press("Escape");
});

step("Escape ends the break, and colleagues see that one is here", async () => {
  await ada.page.keyboard.press("Escape");
  await ada.page.waitForURL("**/inbox");
  await ready(ada.page);
  // What was offered once is not offered again the next minute.
  await ada.page.waitForTimeout(1_000);
  assert.equal(await ada.page.locator("#break-offer").count(), 0);
  await ben.page.locator("#people-list li", { hasText: "Ada" }).filter({ hasText: "around" }).waitFor({ state: "attached" });
});

step("B while a breath goes makes it three, and any other key ends it", async () => {
  looking = ben.page;
  await ben.page.clock.install();
  await ben.page.goto("/inbox");
  await ready(ben.page);
  await open(ben.page, HOT);
  const breath = ben.page.locator("#breath");
  await ben.page.clock.runFor(1_000);
  await breath.waitFor();
  await ben.page.keyboard.press("b");
  await ben.page.clock.runFor(20_000);
  assert.equal(await breath.isVisible(), true);
  await ben.page.clock.runFor(11_000);
  assert.equal(await breath.isVisible(), false);
  await ben.page.keyboard.press("b");
  await ben.page.clock.runFor(100);
  assert.equal(await breath.isVisible(), true);
  await ben.page.keyboard.press("j");
  assert.equal(await breath.isVisible(), false);
  looking = ada.page;
});

step("what arrives is told all together, and a page says what is not seen there", async () => {
  await tabTo(ada.page, ada.page.getByRole("link", { name: "What arrives" }));
  await ada.page.keyboard.press("Enter");
  await ada.page.getByRole("heading", { name: "What arrives", level: 1 }).waitFor();
  await ready(ada.page);
  const page = await text(ada.page.locator("main"));
  assert.match(page, /Fewer than five people have promised anything here/);
  assert.ok(!/\b(Ada|Ben)\b/.test(page), page);
  await noBarriers(ada.page, "what arrives");
  await picture(ada.page, "breaks-workload-1280", { fullPage: true });
  await ada.page.setViewportSize(NARROW);
  await picture(ada.page, "breaks-workload-390", { fullPage: true });
  await ada.page.setViewportSize(WIDE);
  await tabTo(ada.page, ada.page.getByRole("link", { name: "What is not here, and why" }));
  await ada.page.keyboard.press("Enter");
  await ada.page.getByRole("heading", { name: "What a lead does not see, and why" }).waitFor();
  await ready(ada.page);
  await noBarriers(ada.page, "what is not seen");
  await picture(ada.page, "breaks-unseen-1280", { fullPage: true });
});

step("whoever makes a room has their own settings sealed in it, and none of them in the browser any more", async () => {
  await ada.page.goto("/own");
  await ready(ada.page);
  const door = ada.page.locator("#own-door");
  await door.getByLabel("A passphrase, not your password here").waitFor();
  for (const input of await door.locator("input").all()) await input.fill("heron tide at dusk 4471");
  await ada.page.keyboard.press("Enter");
  await tabTo(ada.page, door.getByRole("button", { name: "I have it on paper" }));
  await ada.page.keyboard.press("Enter");
  const room = ada.page.locator("[data-own=wishes]");
  await room.getByText("Sealed in your own room.").waitFor();
  assert.equal(await ada.page.locator("#wish-row").inputValue(), "1");
  const left = () => ada.page.evaluate(() => Object.keys(localStorage).filter((name) => name.endsWith(":wishes")));
  assert.deepEqual(await left(), []);
  await tabTo(ada.page, ada.page.locator("#wish-practice"));
  await ada.page.keyboard.type("something");
  await ada.page.goto("/inbox");
  await ready(ada.page);
  await open(ada.page, "Chidinma Okafor");
  await ada.page.keyboard.press("b");
  await ada.page.locator("#breath .word", { hasText: "something far away" }).waitFor();
  await ada.page.locator("#breath").waitFor();
  assert.deepEqual(await left(), []);
});

step("nothing broke on the way, and nothing was asked elsewhere", async () => {
  assert.deepEqual([...ada.faults, ...ben.faults], []);
});
