// The facts of a moment, with the keyboard alone: what they say beside what the lists say, a reply held against it, a check by hand.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { logIn, open, ready, rewrite, text, until } from "./parts/agent.mjs";
import { NARROW, OUT, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { demo } from "./parts/program.mjs";

let desk, browser, page;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ({ page } = await browser.person(desk.url));
  await logIn(page, "ada", "harbour-light");
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
const facts = () => page.locator("#facts");
const line = (words) => page.locator(".fact", { hasText: words });
const here = () => page.evaluate(() => document.activeElement.closest(".fact")?.querySelector("summary")?.innerText ?? document.activeElement.tagName);

async function back() {
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
}

step("the pool pass: the receipt is known, under another name, and its card was never linked", async () => {
  await open(page, "the gate says no");
  const known = await text(line("HB-20417").first());
  assert.match(known, /They say: .*I paid £214\.50 and I have the receipt, number HB-20417/);
  assert.match(known, /We know: receipt HB-20417: renewed by Carys Jones in \w+, £214\.50 paid; card not linked to the gate/);
  assert.match(known, /checked · the member list, /);
  await noBarriers(page, "the facts of the pool pass");
  await picture(page, "facts-pool-pass");
  await back();
});

step("the mailing list: the list does not know her, and what we said is found in our own letter", async () => {
  await open(page, "The course booklet");
  assert.match(await text(facts()), /We know: not on the list, so the booklet has not been sent/);
  assert.match(await text(line("You told me it was in the mail").first()), /We know: “It's in the mail; you should have it by \w+\.” checked · our reply of /);
});

step("“it's in the mail” is questioned, because the list says otherwise, and the list is named", async () => {
  await rewrite(page, "#reply", "Dear Rosa, it's in the mail.");
  const note = page.locator("#look-again:not([hidden])");
  await note.waitFor();
  assert.match(await text(note), /A checked fact says otherwise: the mailing list: not on the list, so the booklet has not been sent/);
  await picture(page, "facts-in-the-mail");
  await rewrite(page, "#reply", "Dear Rosa, you are not on our list, so the booklet has not been sent to you. I am sorry.");
  await until(() => text(page.locator("#look-again")), (said) => !/A checked fact says otherwise/.test(said));
});

step("E goes to the list, arrows walk it, Enter opens a line, and a word keeps the check", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  const first = await here();
  assert.notEqual(first, "BODY");
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await here(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await here(), first);
  await page.keyboard.press("Enter");
  await page.keyboard.type("in the blue folder");
  await page.keyboard.press("Enter");
  await line("by Ada, in the blue folder").waitFor();
  assert.match(await here(), /checked · by Ada, in the blue folder, /, "the focus stays on the line");
  await noBarriers(page, "a line checked by hand");
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    if (size === NARROW) await page.keyboard.press("e");
    await picture(page, `facts-checked-${size.width}`);
  }
  await page.setViewportSize(WIDE);
});

step("and it can be taken back with two keys", async () => {
  await page.reload();
  await ready(page);
  await page.keyboard.press("e");
  while (!/by Ada/.test(await here())) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await line("by Ada").waitFor({ state: "detached" });
});

step("what was found elsewhere is written down, and is a fact like the others", async () => {
  const before = await page.locator(".fact").count();
  await page.locator(".new-fact summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Her paper form lies in the blue folder");
  await page.keyboard.press("Tab");
  await page.keyboard.type("at the counter");
  await page.keyboard.press("Enter");
  await line("Her paper form lies in the blue folder").waitFor();
  assert.equal(await page.locator(".fact").count(), before + 1);
  assert.match(await text(line("Her paper form")), /checked · by Ada, at the counter, /);
});
