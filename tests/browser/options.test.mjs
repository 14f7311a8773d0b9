// What is possible: ranked beside the reply, put in as words to edit, a nod asked of a colleague and given, counted by option.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { focused, logIn, open, ready, rewrite, tabTo, text, until } from "./parts/agent.mjs";
import { NARROW, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { demo } from "./parts/program.mjs";

const POOL_PASS = "Gareth Jones";
const NOD = "A free month on the pass";

let desk, browser, ada, ben, page;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  ben = await browser.person(desk.url);
  page = ada.page;
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
const list = () => page.locator("#options:not([hidden])");
const row = (words) => list().locator("[data-option]", { hasText: words });
const here = () => page.evaluate(() => document.activeElement.closest("[data-option]")?.dataset.option ?? document.activeElement.id);
const value = () => page.locator("#reply").inputValue();
const selected = () => page.evaluate(() => {
  const paper = document.getElementById("reply");
  return paper.value.slice(paper.selectionStart, paper.selectionEnd);
});

async function walkTo(words) {
  const target = await row(words).getAttribute("data-option");
  for (let stepped = 0; stepped < 30 && (await here()) !== target; stepped += 1) await page.keyboard.press("ArrowDown");
  assert.equal(await here(), target);
}

step("O opens what is possible, the likeliest first, each with its reason, its limits and what it costs", async () => {
  await logIn(page, "ada", "harbour-light");
  await open(page, POOL_PASS);
  assert.equal(await list().count(), 0, "nothing until it is asked for");
  await page.keyboard.press("o");
  await list().waitFor();
  const first = list().locator("[data-option]").first();
  assert.equal(await here(), await first.getAttribute("data-option"), "the first has the focus");
  assert.match(await text(first), /fits: .+/);
  const all = await list().locator("[data-option]").allInnerTexts();
  assert.ok(all.some((it) => /up to £24 · twice a year for a customer · costs four tickets/.test(it.replace(/\s+/g, " "))), `${all}`);
  assert.match(await text(row(NOD)), /needs Ben’s nod .*Enter asks Ben for a nod\./);
  const fitting = await list().locator("> .choices [data-option]").evaluateAll((them) => them.map((it) => it.dataset.option));
  assert.equal(fitting.at(-1), "cocoa", "a small surprise stands last");
  assert.match(await text(row("cocoa")), /^If you like: /);
  assert.equal(await page.locator("[data-ask]").count(), 2, "what they ask, and nothing of the options");
  await noBarriers(page, "options");
  await picture(page, "options-1280");
  await page.keyboard.press("Escape");
  await page.setViewportSize(NARROW);
  await page.keyboard.press("Alt+o");
  await list().waitFor();
  await picture(page, "options-390");
  await page.setViewportSize(WIDE);
});

step("arrows walk the list, Escape leaves it, and the words are where they were", async () => {
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  const first = await here();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await here(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await here(), first);
  await page.keyboard.press("Escape");
  await page.locator("#options").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "reply");
  assert.equal(await value(), "");
});

step("Enter puts the words in where the cursor was, Tab goes from blank to blank, Ctrl Z takes them out", async () => {
  await rewrite(page, "#reply", "Dear Mr Jones,\n\nI am sorry about the queue.\n\nAda");
  for (let up = 0; up < 2; up += 1) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.press("Alt+o");
  await walkTo("A day ticket for everybody");
  await page.keyboard.press("Enter");
  await page.locator("#options").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "reply");
  assert.match(await value(), /^Dear Mr Jones,\n\nI am sorry about the queue\. Please come in today\. \{How many\} day tickets .*\n\nAda$/);
  assert.equal(await selected(), "{How many}");
  await page.keyboard.type("Four");
  await page.keyboard.press("Tab");
  assert.equal(await selected(), "{their name}");
  await page.keyboard.type("Jones");
  await page.keyboard.press("Tab");
  assert.equal(await selected(), "{Who}");
  assert.match(await value(), /Four day tickets lie at the front desk in the name of Jones/);
  for (let undone = 0; undone < 40 && /Please come in/.test(await value()); undone += 1) await page.keyboard.press("Control+z");
  assert.doesNotMatch(await value(), /Please come in/);
  await page.keyboard.press("Tab");
  assert.notEqual(await focused(page), "reply", "with no blank left, Tab goes on as it does everywhere");
});

step("a no that offers nothing opens the list by itself and leaves the cursor where it is", async () => {
  await rewrite(page, "#reply", "Dear Mr Jones, it is against our policy. ");
  await list().waitFor();
  assert.equal(await focused(page), "reply");
  await picture(page, "options-no-1280");
  await rewrite(page, "#reply", "Dear Mr Jones, the pass opens the gate again. ");
  await page.locator("#options").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "reply");
});

step("one that takes a nod asks the right colleague with Enter, and waits in sight", async () => {
  await rewrite(page, "#reply", "");
  await page.keyboard.press("Alt+o");
  await walkTo(NOD);
  await page.keyboard.press("Enter");
  const waits = page.locator("#nods .nod.waits");
  await waits.waitFor();
  assert.ok(await waits.evaluate((it) => it.getBoundingClientRect().bottom <= document.getElementById("reply").getBoundingClientRect().top), "above the reply");
  assert.match(await text(waits), /^Waiting for Ben’s nod on: a free month on the pass, asked \d\d:\d\d\. Only your team sees this\./);
  assert.match(await text(row(NOD)), /Waiting for Ben’s nod on/);
  await page.keyboard.press("Enter");
  assert.match(await value(), /^I have added a month to your pass/);
  assert.equal(await selected(), "{day}");
  await page.keyboard.type("30 June");
  await noBarriers(page, "a nod that waits");
  await picture(page, "options-nod-waits-1280");
});

step("sending without the nod says so once under Send, and is no block", async () => {
  await page.keyboard.press("Control+Enter");
  const line = page.locator("#before:not([hidden])");
  await line.waitFor();
  assert.match(await text(line), /Ben has not nodded yet: a free month on the pass\. Enter again sends it without\./);
  assert.equal(await focused(page), "send");
  assert.equal(desk.sent().filter((it) => JSON.stringify(it).includes("30 June")).length, 0);
});

step("the colleague sees it above their inbox and answers with one key and a word", async () => {
  const { page: his } = ben;
  await logIn(his, "ben", "larks-in-line");
  const line = his.locator(".nod-line");
  await line.waitFor();
  assert.match(await text(line), /^Ada asks for your nod on: a free month on the pass, \d\d:\d\d\. Gareth Jones/);
  await noBarriers(his, "a nod above the inbox");
  await picture(his, "options-nod-inbox-1280");
  await his.setViewportSize(NARROW);
  await picture(his, "options-nod-inbox-390");
  await his.setViewportSize(WIDE);
  await his.keyboard.press("2");
  await his.waitForURL(/\/conversations\/\d+#word-/);
  await ready(his);
  await his.waitForFunction(() => document.activeElement?.name === "word");
  await noBarriers(his, "a nod to be answered");
  await picture(his, "options-nod-asked-1280");
  await his.keyboard.press("Escape");
  await his.keyboard.press("2");
  await his.keyboard.type("this once");
  await his.keyboard.press("Enter");
  await his.locator("#nods .nod:not(.waits)").waitFor();
  assert.match(await text(his.locator("#nods .nod")), /^Ben nodded to: a free month on the pass, \d\d:\d\d, but: “this once”/);
  await his.locator(".nod-line").waitFor({ state: "detached" });
});

step("whoever asked sees the answer where they are, and the reply goes", async () => {
  await page.locator("#nods", { hasText: "but: “this once”" }).waitFor();
  await page.locator("#reply").focus();
  await page.keyboard.press("Control+Enter");
  await page.locator(".message .delivery", { hasText: /Waiting|Sent/ }).last().waitFor();
  assert.equal(await value(), "");
  await page.locator("#nods-before", { hasText: "but: “this once”" }).waitFor();
  await until(() => desk.sent(), (letters) => letters.some((it) => JSON.stringify(it).includes("30 June")));
  assert.ok(desk.sent().every((it) => !JSON.stringify(it).includes("this once")), "a nod is in no letter");
});

step("the playbook says how often each was used, and is edited on its page, with an undo", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
  await tabTo(page, page.locator("footer a", { hasText: "Playbook" }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/options");
  await ready(page);
  const line = page.locator(".entries li", { hasText: NOD });
  assert.match(await text(line), /used once/);
  await noBarriers(page, "the playbook");
  await picture(page, "options-playbook-1280", { fullPage: true });
  await page.setViewportSize(NARROW);
  await picture(page, "options-playbook-390", { fullPage: true });
  await page.setViewportSize(WIDE);
  await tabTo(page, line.locator("a"));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/options/free-month");
  await ready(page);
  await noBarriers(page, "an option");
  await picture(page, "options-option-1280", { fullPage: true });
  await rewrite(page, "[name=amount]", "fortytwo");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  assert.match(await text(page.getByRole("alert")), /`amount`: `fortytwo` is no amount with its currency/);
  await rewrite(page, "[name=amount]", "£45");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/options/free-month?saved=1");
  await page.locator("[role=status]", { hasText: "Saved, and in force." }).waitFor();
  await tabTo(page, page.locator("button", { hasText: "Undo the last change" }));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("[name=amount]")?.value === "£42");
});

step("in the dark, at twice the size and without scripts the list is there too", async () => {
  const storageState = await ada.context.storageState();
  const where = await page.evaluate(async () => {
    const inbox = new DOMParser().parseFromString(await (await fetch("/inbox")).text(), "text/html");
    return [...inbox.querySelectorAll(".rows a")].find((it) => it.textContent.includes("Okafor")).getAttribute("href");
  });
  for (const [name, options] of [["dark", { colorScheme: "dark" }], ["twice", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }]]) {
    const other = await browser.person(desk.url, { storageState, ...options });
    await other.page.goto(where);
    await ready(other.page);
    await other.page.keyboard.press("o");
    await other.page.locator("#options:not([hidden]) [data-choice]").first().waitFor();
    // On a small page what lies above is scrolled half out of sight, which axe takes for too small.
    if (name === "dark") await noBarriers(other.page, "options in the dark");
    await picture(other.page, `options-${name}`);
    await other.context.close();
  }
  const plain = await browser.person(desk.url, { storageState, javaScriptEnabled: false });
  await plain.page.goto(where);
  const list = plain.page.locator("#options");
  assert.ok(await list.isVisible());
  assert.ok(await list.locator("[data-wording]").first().isVisible(), "its words stand there to be copied");
  await list.locator("button[data-ask-nod]").first().click();
  await plain.page.locator("#nods .nod.waits").waitFor();
  await plain.page.locator("#nods button", { hasText: "Take the question back" }).click();
  await plain.page.locator("#nods .nod.waits").waitFor({ state: "detached" });
  await plain.context.close();
});

step("nothing on the way asked anything outside the desk, and no script stumbled", () => {
  assert.deepEqual([...ada.faults, ...ben.faults], []);
});
