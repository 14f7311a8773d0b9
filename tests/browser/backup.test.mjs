// Two people at one desk, by keyboard: a colleague is called in, comes, whispers and takes over; a reply waits for its time; a risk comes first.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { focused, kept, logIn, open, ready, rewrite, text, until } from "./parts/agent.mjs";
import { NARROW, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { demo } from "./parts/program.mjs";

const HOT = "Gareth Jones";
const WANTED = "a word on the offer";

let desk, browser, ada, ben, looking;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  ben = await browser.person(desk.url);
  looking = ada.page;
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => looking });
const presence = (page, words) => page.locator("#call .presence", { hasText: words });

/** Sees to it that `reply` is a plain page again: out of every field, back at the list. */
async function toInbox(page) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
}

step("who is around is one key away, in words, and one says of oneself what one likes", async () => {
  await logIn(ada.page, "ada", "harbour-light");
  await logIn(ben.page, "ben", "larks-in-line");
  await ada.page.keyboard.press("s");
  await ada.page.locator("#people[data-open] li", { hasText: "Ben" }).filter({ hasText: "around" }).waitFor();
  await noBarriers(ada.page, "who is around");
  await picture(ada.page, "backup-people-1280");
  await ada.page.keyboard.press("Escape");
  assert.equal(await ada.page.locator("#people[data-open]").count(), 0);
  await ben.page.keyboard.press("s");
  await ben.page.keyboard.press("ArrowDown");
  await ben.page.keyboard.press("ArrowDown");
  await ben.page.keyboard.press("Enter");
  await ada.page.locator("#people-list li", { hasText: "Ben" }).filter({ hasText: "away" }).waitFor({ state: "attached" });
  await ben.page.keyboard.press("s");
  await ben.page.keyboard.press("ArrowUp");
  await ben.page.keyboard.press("ArrowUp");
  await ben.page.keyboard.press("Enter");
  await ada.page.locator("#people-list li", { hasText: "Ben" }).filter({ hasText: "around" }).waitFor({ state: "attached" });
});

step("H calls somebody in: two keys for anyone, and a line if one likes", async () => {
  looking = ada.page;
  await open(ada.page, HOT);
  await ada.page.keyboard.press("h");
  assert.equal(await ada.page.evaluate(() => document.activeElement.name), "wanted");
  await noBarriers(ada.page, "calling somebody in");
  await picture(ada.page, "backup-call-1280");
  await ada.page.keyboard.type(WANTED);
  await ada.page.keyboard.press("Enter");
  await presence(ada.page, "You called anyone at").waitFor();
  assert.equal(await ada.page.locator("#call-in:not([hidden])").count(), 0);
});

step("it comes to the colleague live, and one key comes", async () => {
  looking = ben.page;
  const line = ben.page.locator("#list .called");
  await line.filter({ hasText: `Ada calls: ${WANTED}` }).waitFor();
  await noBarriers(ben.page, "a call above the list");
  await picture(ben.page, "backup-called-1280");
  await ben.page.setViewportSize(NARROW);
  await picture(ben.page, "backup-called-390");
  await ben.page.setViewportSize(WIDE);
  await ben.page.keyboard.press("t");
  await ben.page.waitForURL(/\/conversations\/\d+#briefing/);
  await ready(ben.page);
  const labels = await ben.page.locator("#briefing dt").allInnerTexts();
  assert.deepEqual(labels, ["They ask", "Facts", "They have tried", "Promised", "The words"]);
  assert.match(await text(ben.page.locator("#briefing h2")), /^Ada asks: a word on the offer$/);
  assert.equal(await focused(ben.page), "briefing");
  await noBarriers(ben.page, "whoever came");
  await picture(ben.page, "backup-briefing-1280");
  await ben.page.setViewportSize(NARROW);
  await picture(ben.page, "backup-briefing-390");
  await ben.page.setViewportSize(WIDE);
  await presence(ada.page, "Ben looks on.").waitFor();
});

step("they whisper, and nobody else reads it", async () => {
  await ben.page.keyboard.press("h");
  assert.equal(await focused(ben.page), "whisper");
  await ben.page.keyboard.type("A day ticket for each of them is ours to give.");
  await ben.page.keyboard.press("Enter");
  const heard = ada.page.locator("[data-whispered]", { hasText: "A day ticket for each of them" });
  await heard.waitFor();
  await ada.page.keyboard.press("h");
  await ada.page.keyboard.type("Thank you. Will you take it?");
  await ada.page.keyboard.press("Enter");
  await ben.page.locator("[data-whispered]", { hasText: "Will you take it?" }).waitFor();
  await noBarriers(ada.page, "whispers");
  await picture(ada.page, "backup-whisper-1280");
  assert.equal(await ada.page.locator("#letters", { hasText: "day ticket" }).count(), 0, "it is no message");
});

step("one takes over, and the customer is told who joined", async () => {
  looking = ben.page;
  await ben.page.keyboard.press("Escape");
  await ben.page.keyboard.press("a");
  await ben.page.waitForURL(/#offers/);
  await ready(ben.page);
  const words = "I’m Ben, Ada’s colleague; I have read what you wrote, so nothing needs saying twice.";
  await ben.page.waitForFunction(() => document.activeElement?.dataset.putIn);
  await picture(ben.page, "backup-takeover-1280");
  await ben.page.keyboard.press("Enter");
  assert.equal(await ben.page.locator("#reply").inputValue(), words);
  await ben.page.keyboard.type("\n\nI have opened the gate for your pass, number HB-11208, and tried it myself.");
  await presence(ada.page, "Ben has taken it over. Your draft stays yours.").waitFor();
  await ben.page.keyboard.press("Control+Enter");
  const waiting = ben.page.locator(".message.agent", { hasText: "nothing needs saying twice" });
  await until(async () => {
    // A note may ask for a breath first; Enter again sends it as it is.
    if (await ben.page.locator("#before:not([hidden])").count()) await ben.page.keyboard.press("Enter");
    return waiting.count();
  }, (count) => count === 1);
  await until(() => desk.sent().filter((letter) => letter.text.includes("nothing needs saying twice")).length, (count) => count === 1);
  assert.ok(desk.sent().every((letter) => !letter.text.includes("day ticket")), "no whisper leaves the desk");
  await ben.page.keyboard.press("q");
  await presence(ada.page, "It is over with Ben").waitFor();
});

step("hot words of our own are offered a breath, a colleague's eye, or another time", async () => {
  looking = ada.page;
  await toInbox(ada.page);
  await toInbox(ben.page);
  await open(ada.page, "Okafor");
  await rewrite(ada.page, "#reply", "Please calm down. The mailbox was never full.");
  await kept(ada.page, "reply");
  await ada.page.locator("#pause-offers:not([hidden])").waitFor();
  await noBarriers(ada.page, "hot words of ours");
  await picture(ada.page, "backup-pause-1280");
  await ada.page.keyboard.press("Alt+h");
  assert.equal(await ada.page.locator("[data-call-in] [name=wanted]").inputValue(), "have a look at my draft");
  assert.ok(await ada.page.locator("[data-call-in] [name=draft]").isChecked());
  await ada.page.keyboard.press("Enter");
  await ben.page.locator("#list .called", { hasText: "have a look at my draft" }).waitFor();
  await ben.page.keyboard.press("t");
  await ben.page.waitForURL(/#briefing/);
  await ready(ben.page);
  await ben.page.locator(".words-of-draft", { hasText: "Please calm down." }).waitFor();
  await ben.page.keyboard.press("h");
  await ben.page.keyboard.type("Leave out the first sentence.");
  await ben.page.keyboard.press("Enter");
  await ada.page.locator("[data-whispered]", { hasText: "Leave out the first sentence." }).waitFor();
  await until(() => ben.page.locator(".words-of-draft").count(), (count) => count === 0);
  await ada.page.keyboard.press("Escape");
  await ada.page.keyboard.press("q");
  await ada.page.locator("#call .presence", { hasText: "It is over with Ben" }).waitFor();
});

step("a reply goes out at a time of its own, can be taken back until then, and says when it comes", async () => {
  const words = "Your voicemail answers since this morning; I have rung it and left you a word.";
  await rewrite(ada.page, "#reply", words);
  await ada.page.keyboard.press("Alt+s");
  assert.ok(await ada.page.evaluate(() => document.activeElement.name === "send_at"));
  await noBarriers(ada.page, "another time");
  await picture(ada.page, "backup-send-at-1280");
  await ada.page.setViewportSize(NARROW);
  await picture(ada.page, "backup-send-at-390");
  await ada.page.setViewportSize(WIDE);
  await ada.page.keyboard.press("Enter");
  const timed = ada.page.locator(".message.agent", { hasText: words });
  await timed.locator(".delivery", { hasText: "Goes out " }).waitFor();
  await timed.getByRole("button", { name: "Take it back" }).waitFor();
  const offer = ada.page.locator("#offers [data-put-in]");
  await offer.waitFor();
  await picture(ada.page, "backup-goes-out-1280");
  await ada.page.keyboard.press("7");
  assert.match(await ada.page.locator("#reply").inputValue(), /^I have your letter and write to you by .+\.$/);
  await ada.page.keyboard.press("Control+a");
  await ada.page.keyboard.press("Delete");
  await ada.page.keyboard.press("Escape");
  await ada.page.keyboard.press("z");
  await ada.page.waitForFunction((was) => document.getElementById("reply").value === was, words);
  assert.equal(await timed.count(), 0);
  assert.ok(desk.sent().every((letter) => !letter.text.includes("left you a word")));
});

step("where somebody may be at risk, the procedure and a person come first", async () => {
  await toInbox(ada.page);
  await open(ada.page, "Ines Marlow");
  const first = ada.page.locator("#safety [role=alert]");
  await first.waitFor();
  assert.match(await text(first), /Somebody may be at risk.*Mara Quayle.*No number has been filled in on this desk/);
  assert.equal(await ada.page.locator("#breath, #what-ifs, #look-again, [data-ask]").count(), 0);
  await noBarriers(ada.page, "a risk");
  await picture(ada.page, "backup-risk-1280");
  await ada.page.setViewportSize(NARROW);
  await picture(ada.page, "backup-risk-390");
  await ada.page.emulateMedia({ colorScheme: "dark" });
  await picture(ada.page, "backup-risk-dark-390");
  await ada.page.emulateMedia({ colorScheme: "light" });
  await ada.page.setViewportSize(WIDE);
  await ada.page.keyboard.press("h");
  await ada.page.keyboard.press("Enter");
  await presence(ada.page, "You called anyone at").waitFor();
  await ada.page.keyboard.press("q");
  await until(() => ada.page.locator("#call:not([hidden])").count(), (count) => count === 0);
});

step("a draft that speaks of a danger brings the procedure too, and lets it go again", async () => {
  await toInbox(ada.page);
  await open(ada.page, "Rosa Lindqvist");
  await rewrite(ada.page, "#reply", "You wrote to us that it smells of gas in the hall.");
  await ada.page.locator("#safety [role=alert]", { hasText: "Somebody may be at risk" }).waitFor();
  await until(() => ada.page.locator("#what-ifs:visible, #look-again:visible").count(), (count) => count === 0);
  await noBarriers(ada.page, "a danger in a draft");
  await rewrite(ada.page, "#reply", "The booklet goes out today.");
  await until(() => ada.page.locator("#safety").count(), (count) => count === 0);
  await ada.page.keyboard.press("Control+a");
  await ada.page.keyboard.press("Delete");
});

step("nothing broke on the way, and nothing was asked elsewhere", async () => {
  assert.deepEqual([...ada.faults, ...ben.faults], []);
});
