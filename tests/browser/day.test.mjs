// A whole day of one person's, by keyboard: a minute of morning, three moments, a break, each hard one landed, the end of the day.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { logIn, open, ready, tabTo, text } from "./parts/agent.mjs";
import { chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { cheapRooms, openRoom } from "./parts/own.mjs";
import { demo } from "./parts/program.mjs";

const PASSPHRASE = "slow tide at dusk";
const DAY_MS = 86_400_000;
// Of her own: none of it may ever stand on a colleague's page.
const ANCHOR = "the jetty at Varne, early";
const LEARNT = "the name on the card comes first";
const WELL = "nobody in the queue turned round";

let desk, browser, ada, ben, page;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  ben = await browser.person(desk.url);
  await cheapRooms(ada.context);
  page = ada.page;
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
const offer = (words) => page.locator("[data-offer]:not([hidden])", { hasText: words });
const inbox = async () => {
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
};
const answer = async (words) => {
  await page.keyboard.press("r");
  await page.keyboard.type(words);
  await page.keyboard.press("Control+Enter");
  await page.locator(".message.agent .delivery [data-undo]").last().waitFor();
};
const close = async () => {
  await page.keyboard.press("c");
  await page.waitForURL(/closed=1/);
  await ready(page);
};
const land = async (learnt) => {
  await offer("Closed, after a hard moment.").locator("[data-land]").waitFor();
  await page.keyboard.press("v");
  await page.locator("form.landing").waitFor();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type(learnt);
  await page.keyboard.press("Enter");
  await page.locator(".offer", { hasText: "Let go." }).waitFor();
};

step("in the morning a minute is there for who wished for it, and is over with Enter", async () => {
  await logIn(page, "ada", "harbour-light");
  await openRoom(page, PASSPHRASE);
  await tabTo(page, page.locator("[data-own=anchor]").getByLabel("A line", { exact: true }));
  await page.keyboard.type(ANCHOR);
  await tabTo(page, page.locator("[data-own=anchor]").getByRole("button", { name: "Keep", exact: true }));
  await page.keyboard.press("Enter");
  await page.locator("[data-own=anchor]").getByText(ANCHOR).waitFor();
  await tabTo(page, page.locator("#wish-row"));
  await page.keyboard.type("one hard");
  await tabTo(page, page.locator("[data-own=morning] input[type=checkbox]"));
  await page.keyboard.press("Space");
  await page.waitForTimeout(300);
  // It comes on every other day: this is the next of them, and the whole day is lived on it.
  const today = Math.floor(Date.now() / DAY_MS);
  await page.clock.setFixedTime(new Date((today + (today % 2 === 0 ? 2 : 1) + 0.4) * DAY_MS));
  await openRoom(page, PASSPHRASE);
  await page.goto("/inbox");
  await ready(page);
  await page.locator(".offer.morning").waitFor();
  await page.keyboard.press("v");
  await page.locator("form.morning").waitFor();
  await page.keyboard.type("the lift, on Tuesday");
  await page.keyboard.press("Enter");
  await page.locator("form.morning").waitFor({ state: "detached" });
});

step("a hard moment: what holds her is one key away, then the answer, then the landing", async () => {
  await open(page, "Gareth Jones");
  assert.equal(await page.locator("body[data-hot]").count(), 1);
  await page.keyboard.press("g");
  await page.locator("#own-sheet").getByText(ANCHOR).waitFor();
  await picture(page, "day-anchor-1280");
  await page.keyboard.press("Escape");
  await answer("Mr Jones, you renewed in September and the gate beeps at your children. I'm looking at the card now and write to you by 17:00.");
  await close();
  await land(LEARNT);
  await picture(page, "day-landed-1280");
  await inbox();
});

step("a few minutes are offered; she takes them, and Ben sees when she is back and nothing else", async () => {
  await logIn(ben.page, "ben", "larks-in-line");
  const rest = page.locator("#break-offer:not([hidden])");
  await rest.waitFor();
  await page.keyboard.press("v");
  await page.waitForURL("**/break");
  await ready(page);
  await page.keyboard.press("Enter");
  await page.locator(".back-at").waitFor();
  await ready(page);
  await ben.page.keyboard.press("s");
  await ben.page.locator("#people[data-open] li", { hasText: "Ada" }).filter({ hasText: "on a break, back about" }).waitFor();
  await ben.page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForURL("**/inbox");
  await ready(page);
});

step("a moment that ended in thanks: they are kept, and it is landed", async () => {
  await open(page, "Marit Sørensen");
  await offer("Thank you so much for that.").waitFor();
  await page.keyboard.press("v");
  await page.locator(".offer", { hasText: "Kept, for you alone." }).waitFor();
  await close();
  await land("ask what the box in the hall shows");
  await inbox();
});

step("F brings the third; a calm one is answered and closed, and nothing is offered", async () => {
  await page.keyboard.press("f");
  await page.waitForURL(/\/conversations\/\d+/);
  await ready(page);
  const calm = (await page.locator("body[data-hot]").count()) === 0;
  assert.ok(calm, "after a hard one a calmer one comes first");
  await answer("Thank you for writing. I'm looking it up and write to you by 17:00.");
  await close();
  assert.equal(await offer("after a hard moment").count(), 0);
});

step("at the end of the day it is all beside her own page, and five lines are enough", async () => {
  await page.keyboard.press("y");
  await page.waitForURL("**/own");
  const sheet = page.locator(".own-reflection");
  await sheet.locator(".own-reminders", { hasText: "the gate says no" }).waitFor();
  assert.match(await text(sheet), /Thank you so much for that\./);
  await tabTo(page, sheet.locator("[name=well]"));
  await page.keyboard.type(WELL);
  await tabTo(page, sheet.locator("[name=if]"));
  await page.keyboard.type("a gate beeps");
  await page.keyboard.press("Tab");
  await page.keyboard.type("I read the name on the card");
  await page.keyboard.press("Tab");
  await sheet.locator("[role=status]", { hasText: /^Kept \d\d:\d\d, for you alone\.$/ }).waitFor();
  await page.waitForTimeout(1_000);
  await noBarriers(page, "the end of a day");
  await picture(page, "day-end-1280", { fullPage: true });
  await page.locator("[data-own=journal] summary", { hasText: "The last seven days" }).focus();
  await page.keyboard.press("Enter");
  const week = await text(page.locator("[data-own=journal] .own-week"));
  for (const own of [WELL, LEARNT, "I read the name on the card"]) assert.ok(week.includes(own), `${own}: ${week}`);
});

step("nothing of her day stands anywhere a colleague can go, and no page failed", async () => {
  for (const address of ["/inbox?state=done&whose=all", "/workload", "/circle", "/rehearsal", "/own", "/promises", "/options"]) {
    const answer = await ben.page.goto(address);
    if (answer.status() === 404) assert.fail(`${address} is no page any more`);
    await ready(ben.page);
    const seen = await ben.page.locator("body").innerText();
    for (const own of [ANCHOR, LEARNT, WELL, "after a hard moment"]) assert.ok(!seen.includes(own), `${address} shows “${own}”`);
  }
  assert.deepEqual([...ada.faults, ...ben.faults], []);
});
