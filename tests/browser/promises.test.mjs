// What is promised: a time in the place of "soon", written down by sending, at the side, moved with a word, kept with one key.
// Nothing here depends on the hour or the weekday: the times are whatever the desk says can be kept now.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { focused, kept, logIn, open, ready, rewrite, tabTo, text } from "./parts/agent.mjs";
import { NARROW, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { demo } from "./parts/program.mjs";

const QUIET = "HB-20533";
const BROKEN = "Okafor";

let desk, browser, ada, page;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  page = ada.page;
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
const line = () => page.locator("#promising:not([hidden])");
const reply = () => page.locator("#reply");
const picker = () => page.locator("#soon:not([hidden]) [role=listbox]");
const lines = () => page.locator("#promises:not([hidden]) li[data-promise]");
const inLedger = (words) => page.locator("#promises:not([hidden]) li[data-promise]", { hasText: words });

step("what is due is brought up in a line above the inbox, and leads to its conversation", async () => {
  await logIn(page, "ada", "harbour-light");
  const up = page.locator(".brought-up a");
  await up.first().waitFor();
  const late = page.locator(".brought-up a", { hasText: "Rosa Lindqvist" });
  assert.match(await text(late), /^Was due \S+ \d+ \S+: “?you should have it by \w+”? · Rosa Lindqvist$/);
  await noBarriers(page, "promises above the inbox");
  await picture(page, "promises-inbox-1280");
  await page.setViewportSize(NARROW);
  await picture(page, "promises-inbox-390");
  await page.setViewportSize({ width: 1280, height: 800 });
});

step("a broken promise is the first thing at the side of the next moment", async () => {
  await open(page, BROKEN);
  const broken = page.locator("#broken:not([hidden])");
  assert.match(await text(broken), /We promised: .*ring you by .*We did not\..*We promised: .*We did not\./);
  const first = await page.evaluate(() => {
    const shown = [...document.querySelectorAll("#side > section")].filter((it) => it.offsetParent);
    return shown[0].id;
  });
  assert.equal(first, "broken");
  await page.keyboard.press("p");
  assert.equal(await page.evaluate(() => document.activeElement.closest("section")?.id), "broken", "P goes there");
  await noBarriers(page, "a broken promise");
  await picture(page, "promises-broken-1280");
  await page.setViewportSize(NARROW);
  await picture(page, "promises-broken-390");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
});

step("nothing appears under a draft that promises nothing", async () => {
  await open(page, QUIET);
  const reviewed = page.waitForResponse(/\/review$/);
  await page.keyboard.press("r");
  await page.keyboard.type("Thank you for writing. ");
  await reviewed;
  assert.equal(await page.locator("#promising").isHidden(), true);
  assert.equal(await page.locator("#soon").isHidden(), true);
});

step("Alt T offers times that can be kept, and the chosen one takes the place of “soon”", async () => {
  await rewrite(page, "#reply", "I will write to you soon. ");
  await page.locator("#promising", { hasText: "no time yet" }).waitFor();
  await page.keyboard.press("Alt+t");
  await picker().waitFor();
  assert.equal(await picker().locator("[role=option]").count(), 4);
  await noBarriers(page, "the time picker");
  await picture(page, "promises-picker-1280");
  await page.setViewportSize(NARROW);
  await picture(page, "promises-picker-390");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("Escape");
  await picker().waitFor({ state: "detached" });
  assert.equal(await focused(page), "reply");
  await page.keyboard.press("Alt+t");
  await picker().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await picker().waitFor({ state: "detached" });
  assert.match(await reply().inputValue(), /^I will write to you by (noon|\d\d:\d\d) (today|tomorrow|on \S+( \S+)?)\. $/);
  await line().filter({ hasText: "You promise: write to you by" }).waitFor();
  assert.doesNotMatch(await text(line()), /no time yet/);
  await page.keyboard.press("Control+z");
  assert.equal(await reply().inputValue(), "I will write to you soon. ", "Ctrl Z brings the old words back");
});

step("P changes what is promised, another time is any time, and Esc goes back to the words", async () => {
  await page.locator("#promising", { hasText: "no time yet" }).waitFor();
  await page.keyboard.press("Alt+t");
  await picker().waitFor();
  await page.keyboard.press("4");
  await page.locator("#soon-other").waitFor();
  await noBarriers(page, "another time");
  const year = new Date().getFullYear() - 1;
  await page.locator("#soon-other").fill(`${year}-01-01T10:00`);
  await page.keyboard.press("Enter");
  await page.locator("#soon", { hasText: "That is no time within a year from now" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "reply");
  await page.keyboard.press("Alt+t");
  await picker().waitFor();
  await page.keyboard.press("1");
  await line().filter({ hasText: "You promise:" }).waitFor();
  await page.keyboard.press("Alt+p");
  await page.locator(".promise-row").waitFor();
  await noBarriers(page, "the promises of a draft");
  await picture(page, "promises-draft-1280");
  await page.setViewportSize(NARROW);
  await picture(page, "promises-draft-390");
  await page.setViewportSize({ width: 1280, height: 800 });
  await tabTo(page, page.locator(".promise-row input[type=text]"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("send the list of lanes");
  await page.keyboard.press("Tab");
  await line().filter({ hasText: "send the list of lanes" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "reply");
  await kept(page, "reply");
  await page.reload();
  await ready(page);
  await line().filter({ hasText: "send the list of lanes" }).waitFor();
});

step("sending writes it down without one more key, and taking back takes it along", async () => {
  await page.keyboard.press("r");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message.agent .delivery", { hasText: "Waiting; goes out at" }).waitFor();
  await inLedger("send the list of lanes").waitFor();
  assert.equal(await page.locator("#offer").isHidden(), true, "what was promised just now is not offered as kept");
  await page.keyboard.press("z");
  await page.waitForFunction(() => document.getElementById("reply").value.startsWith("I will write"));
  await inLedger("send the list of lanes").waitFor({ state: "detached" });
  await line().filter({ hasText: "send the list of lanes" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await inLedger("send the list of lanes").waitFor();
  await page.keyboard.press("p");
  assert.equal(await page.evaluate(() => document.activeElement.closest("section")?.id), "promises");
  await noBarriers(page, "a promise at the side");
  await picture(page, "promises-side-1280");
});

step("a promise is moved with a word to the customer, and the word is there to be edited", async () => {
  await tabTo(page, page.locator("#promises [data-move-promise]"));
  await page.keyboard.press("Enter");
  await picker().waitFor();
  await page.keyboard.press("3");
  await page.waitForFunction(() => /We promised to send the list of lanes, and that takes longer than we said\. We will do it by /.test(document.getElementById("reply").value));
  await line().filter({ hasText: "Moved to" }).waitFor();
  await page.locator("#promising", { hasText: "You promise" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator("#promises li", { hasText: "first promised for" }).waitFor();
  assert.equal(await lines().count(), 1, "moved, and not promised a second time");
});

step("a reply that does it offers “kept” with one key, and that can be taken back", async () => {
  await page.keyboard.press("r");
  await page.keyboard.type("Here is the list: lanes two and four are yours.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#offer:not([hidden])", { hasText: "Was this it?" }).waitFor();
  await noBarriers(page, "kept?");
  await picture(page, "promises-kept-1280");
  await page.keyboard.press("v");
  await page.locator("#promises", { hasText: "kept" }).waitFor();
  await page.locator("#promises li", { hasText: "Take this back" }).waitFor();
  assert.equal(await lines().count(), 0);
});

step("the page of promises is reached with P and shows mine and everybody’s", async () => {
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
  await page.keyboard.press("p");
  await page.waitForURL("**/promises");
  await ready(page);
  await page.locator(".ledger .promised a", { hasText: "Fontaine" }).waitFor();
  assert.equal(await page.locator(".ledger a", { hasText: "promised by Ben" }).count(), 0);
  await noBarriers(page, "my promises");
  await picture(page, "promises-page-1280");
  await tabTo(page, page.locator(".ledger .turns a", { hasText: "Everybody" }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/promises?whose=all");
  await ready(page);
  await page.locator(".ledger .promised a", { hasText: "promised by Ben" }).waitFor();
  await picture(page, "promises-team-1280");
  await page.setViewportSize(NARROW);
  await noBarriers(page, "everybody’s promises, narrow");
  await picture(page, "promises-team-390");
  await page.setViewportSize({ width: 1280, height: 800 });
});

step("closing a hard moment offers to look again, and V writes it down", async () => {
  await page.goto("/inbox");
  await ready(page);
  await open(page, "Gareth Jones");
  await page.keyboard.press("c");
  await page.waitForURL("**?closed=1");
  await ready(page);
  await page.locator("[data-offer]", { hasText: "Check back in three working days" }).waitFor();
  await noBarriers(page, "closed after a hard moment");
  await picture(page, "promises-closed-1280");
  await page.keyboard.press("v");
  await inLedger("look whether it has stayed well").waitFor();
  await ready(page);
  assert.deepEqual(ada.faults, []);
});
