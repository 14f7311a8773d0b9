// After the moment: thanks kept with one key, a hard one landed, the day looked back on, a minute of a morning. Nothing of it leaves the browser readable.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { focused, logIn, open, ready, tabTo, text } from "./parts/agent.mjs";
import { NARROW, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { cheapRooms, openRoom } from "./parts/own.mjs";
import { demo } from "./parts/program.mjs";

const PASSPHRASE = "slow tide at dusk";
const PLANTED = "marmalade lighthouse";
const THANKED = "Marit Sørensen"; // Hot at first, thanks at the end.
const HOT = "Gareth Jones";

let desk, browser, ada, page;
const said = []; // Everything that this browser told the desk.

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  await cheapRooms(ada.context);
  ada.context.on("request", (request) => said.push(`${request.url()} ${request.postDataBuffer()?.toString("latin1") ?? ""}`));
  page = ada.page;
  await logIn(page, "ada", "harbour-light");
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
const offered = () => page.locator("[data-offer]:not([hidden])");
const landing = () => page.locator("form.landing");
const inbox = async () => {
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
};
const close = async () => {
  await page.keyboard.press("c");
  await page.waitForURL(/closed=1/);
  await ready(page);
};

step("whoever has no room of their own is offered nothing of this", async () => {
  await open(page, THANKED);
  assert.equal(await offered().count(), 0);
  await close();
  assert.equal(await offered().count(), 0);
  await page.keyboard.press("c");
  await page.locator("[data-close]", { hasText: "Close" }).waitFor();
});

step("thanks are kept with one key, and that can be taken back", async () => {
  await openRoom(page, PASSPHRASE);
  await page.goto("/inbox");
  await ready(page);
  await open(page, THANKED);
  await offered().filter({ hasText: "Thank you so much for that." }).waitFor();
  assert.equal(await offered().count(), 1);
  await picture(page, "landing-thanks-1280");
  await page.keyboard.press("v");
  const done = page.locator(".offer", { hasText: "Kept, for you alone." });
  await done.waitFor();
  await tabTo(page, done.locator("button"));
  await page.keyboard.press("Enter");
  await offered().filter({ hasText: "Thank you so much" }).waitFor();
  await page.keyboard.press("v");
  await done.waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await offered().count(), 0, "what is kept is not offered again");
});

step("a hard moment that ended well is landed in a few keys, and nothing more is asked", async () => {
  await close();
  await offered().filter({ hasText: "Closed, after a hard moment." }).waitFor();
  await page.keyboard.press("v");
  await landing().waitFor();
  await noBarriers(page, "a landing");
  await picture(page, "landing-1280");
  await page.setViewportSize(NARROW);
  await picture(page, "landing-390");
  await page.setViewportSize(WIDE);
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type(`Look for what they wrote before. ${PLANTED}`);
  await page.keyboard.press("Enter");
  await page.locator(".offer", { hasText: "Kept, for you alone. Let go." }).waitFor();
  assert.equal(await landing().count(), 0);
  await page.reload();
  await ready(page);
  assert.equal(await offered().count(), 0);
  await inbox();
});

step("it can be let go without a word, and then the customer has their turn", async () => {
  await open(page, HOT);
  await page.keyboard.press("g");
  await page.locator("#own-fear").fill("He shouts in front of the queue.");
  await page.locator("#own-fear").press("Enter");
  await page.locator("#own-sheet", { hasText: "Kept. G asks what happened" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#own-sheet").waitFor({ state: "hidden" });
  await close();
  const line = offered().filter({ hasText: "Closed, after a hard moment." });
  await line.locator("[data-land]").waitFor();
  assert.equal(await line.locator("kbd:visible").count(), 1, "one key, one thing");
  await picture(page, "landing-offer-1280");
  await page.keyboard.press("v");
  await landing().waitFor();
  assert.match(await text(landing()), /Feared: “He shouts in front of the queue\.” It did not come Some of it came It came/);
  await tabTo(page, landing().locator("button", { hasText: "keep nothing" }));
  await page.keyboard.press("Enter");
  await page.locator(".offer", { hasText: "Let go." }).waitFor();
  assert.match(await text(offered()), /V Check back in three working days/);
  await page.keyboard.press("v");
  await page.waitForURL(/#promises/);
  await ready(page);
  await inbox();
});

step("thanks for a colleague are put with the colleague", async () => {
  await open(page, "Siobhan Brannigan");
  await offered().filter({ hasText: "They thank Ben, who has not got this letter." }).waitFor();
  await page.keyboard.press("v");
  await page.locator("#assign option:checked", { hasText: "with Ben" }).waitFor({ state: "attached" });
  await ready(page);
});

step("the day's own moments stand beside its end, and what is written is kept while it is written", async () => {
  await page.keyboard.press("y");
  await page.waitForURL("**/own");
  const sheet = page.locator(".own-reflection");
  await sheet.locator(".own-reminders button", { hasText: "We moved and the line did not" }).waitFor();
  assert.match(await text(sheet.locator(".own-reminders")), /the gate says no/);
  assert.match(await text(sheet.locator(".own-kept")), /Thank you so much for that\./);
  await tabTo(page, sheet.locator("[name=well]"));
  await page.keyboard.type(`The line was live before noon. ${PLANTED}`);
  await tabTo(page, sheet.locator(".own-reminders button", { hasText: "We moved" }));
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^own-field/);
  await page.keyboard.type("She had told us twice.");
  await tabTo(page, sheet.locator("[name=if]"));
  await page.keyboard.type("somebody says that they told us before");
  await page.keyboard.press("Tab");
  await page.keyboard.type("I look for it first");
  await page.keyboard.press("Tab");
  await sheet.locator("[role=status]", { hasText: /^Kept \d\d:\d\d, for you alone\.$/ }).waitFor();
  await page.waitForTimeout(1_000); // The last words are kept a moment after the last key.
  await page.reload();
  await sheet.locator("[name=then]").waitFor();
  await page.waitForFunction(() => document.querySelector(".own-reflection [name=then]").value === "I look for it first");
  assert.match(await sheet.locator("[name=watched]").inputValue(), /^“We moved and the line did not”: She had told us twice\.$/);
});

step("a kept word is shown when it is asked for", async () => {
  const words = page.locator("[data-own=keepsake]");
  assert.equal(await words.locator("blockquote").isVisible(), false);
  await tabTo(page, words.locator("button", { hasText: "Show me a kept word" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await text(words.locator("blockquote")), "Thank you so much for that.");
  // And beside any moment.
  await page.goto("/inbox");
  await ready(page);
  await page.keyboard.press("g");
  await page.locator("#own-sheet button", { hasText: "Show me a kept word" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("y");
  await page.waitForURL("**/own");
});

step("one's own journal is searched, looked back on, and let go of, on this page alone", async () => {
  const journal = page.locator("[data-own=journal]");
  await tabTo(page, journal.locator("#own-question"));
  await page.keyboard.type("noon lighthouse");
  const found = journal.locator(".own-entry:visible");
  await found.first().waitFor();
  assert.match(await text(found.first()), /Went well The line was live before noon\. marmalade lighthouse/);
  assert.equal(await found.count(), 1);
  await tabTo(page, journal.locator("summary", { hasText: "The last seven days" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  assert.match(await text(journal.locator(".own-week")), /What went well The line was live.* What was learnt Look for what they wrote before.* What was to be tried If somebody says .*, then I look for it first Kept words Thank you/);
  await noBarriers(page, "the page of one's own");
  await picture(page, "landing-own-1280", { fullPage: true });
  await page.setViewportSize(NARROW);
  await picture(page, "landing-own-390", { fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "landing-own-390-dark", { fullPage: true });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
  await tabTo(page, found.first().locator("button", { hasText: "Let go" }));
  await page.keyboard.press("Enter");
  await journal.locator("[role=status]", { hasText: "Gone." }).waitFor();
  assert.equal(await found.count(), 0);
  await page.keyboard.press("Enter"); // Undo has the focus.
  await found.first().waitFor();
});

step("kept words reach the team's shelf by the person's own act alone, and are looked at before", async () => {
  const words = page.locator("[data-own=keepsake]");
  await tabTo(page, words.locator("summary", { hasText: "All of them" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, words.locator("button", { hasText: "To the team’s shelf" }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/shelf/words");
  assert.match(await text(page.locator("main")), /Thank you so much for that\./);
  await page.goto("/own");
});

step("a morning is off until somebody wishes for it, and then comes on every other day", async () => {
  await tabTo(page, page.locator("[data-own=morning] input[type=checkbox]"));
  await page.keyboard.press("Space");
  await page.waitForTimeout(300);
  const even = Math.floor(Date.now() / 86_400_000) % 2 === 0;
  const noon = (days) => new Date((Math.floor(Date.now() / 86_400_000) + days + 0.5) * 86_400_000);
  const [with_one, without] = even ? [noon(2), noon(1)] : [noon(1), noon(2)];
  const line = page.locator(".offer.morning");
  const onDay = async (day) => {
    await page.clock.setFixedTime(day);
    await openRoom(page, PASSPHRASE); // Overnight it has locked itself.
    await page.goto("/inbox");
    await ready(page);
  };
  await onDay(without);
  await page.waitForTimeout(500);
  assert.equal(await line.count(), 0);
  await onDay(with_one);
  await line.waitFor();
  await noBarriers(page, "a morning");
  await picture(page, "landing-morning-1280");
  await page.keyboard.press("v");
  await page.locator("form.morning").waitFor();
  assert.match(await text(page.locator("form.morning")), /Recall one time you helped someone this week\.|Picture one ordinary customer’s day/);
  await page.keyboard.type(PLANTED);
  await page.keyboard.press("Enter");
  await page.locator("form.morning").waitFor({ state: "detached" });
  await onDay(with_one);
  await page.waitForTimeout(500);
  assert.equal(await line.count(), 0, "once is enough for a day");
});

step("nothing that was written went out of this browser readable, and no page failed", async () => {
  assert.ok(said.some((it) => it.includes("/own/things/")), "something was kept");
  assert.deepEqual(said.filter((it) => /marmalade|lighthouse|told us twice/.test(it)), []);
  assert.deepEqual(ada.faults, []);
});
