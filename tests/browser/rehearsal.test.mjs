// A difficult moment rehearsed by keyboard: a bad answer, good ones, the end, a plan taken along that shows once; the workshop.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { focused, logIn, open, ready, tabTo, text } from "./parts/agent.mjs";
import { NARROW, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { cheapRooms, openRoom } from "./parts/own.mjs";
import { ROOT, demo } from "./parts/program.mjs";

const STORY = "the-gate-beeps";
const PLAN = "If somebody names a day, then I answer the day first.";
const PASSPHRASE = "slow tide at dusk";

let desk, browser, ada, page;

before(async () => {
  desk = await demo();
  browser = await chrome();
  ada = await browser.person(desk.url);
  await cheapRooms(ada.context);
  page = ada.page;
  await logIn(page, "ada", "harbour-light");
});

after(async () => {
  await browser?.end();
  await desk?.end();
});

const step = journey({ page: () => page });
/** The story's own letters of one kind, in order. */
const letters = (kind) => readFileSync(join(ROOT, "stories", `${STORY}.md`), "utf8").split(`### ${kind}\n`).slice(1).map((it) => it.split(/\n##/)[0].trim());
const offer = () => page.locator("[data-plan] [data-offer]:not([hidden])");
const paper = () => page.locator("#draft");

async function answer(words) {
  await page.keyboard.press("r");
  assert.equal(await focused(page), "draft");
  await page.keyboard.insertText(words);
  await page.keyboard.press("Control+Enter");
  await page.locator("#did-title").waitFor();
  await page.waitForFunction(() => !document.querySelector("#draft")?.value);
  await ready(page);
}

async function playedWell() {
  const [first, second] = letters("Well");
  await page.goto(`/rehearsal/${STORY}?seed=7`);
  await ready(page);
  await answer(first);
  for (let tried = 0; tried < 4 && await paper().count(); tried += 1) await answer(second);
  await page.getByRole("heading", { name: "It ended calm." }).waitFor();
}

step("the shelf has every story, by how hard it is and by what may lie behind", async () => {
  await tabTo(page, page.getByRole("link", { name: "Rehearsal" }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Rehearsal", level: 1 }).waitFor();
  await ready(page);
  assert.ok(await page.locator(".shelf .entries li").count() >= 24);
  await noBarriers(page, "the shelf");
  await picture(page, "rehearsal-shelf-1280", { fullPage: true });
  await tabTo(page, page.getByRole("link", { name: "By what may lie behind" }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What if there is a date or a pressure behind this?" }).waitFor();
  assert.equal(await page.locator(".shelf section:not(:last-of-type) h2").count(), 8);
});

step("a bad answer shows what it did and why, and two ways to answer the same letter", async () => {
  await page.goto(`/rehearsal/${STORY}?seed=7`);
  await ready(page);
  assert.equal(await page.getByText("What they had not said").count(), 0);
  await picture(page, "rehearsal-begin-1280");
  await answer(letters("Badly")[0]);
  const did = page.locator("#now");
  assert.match(await text(did), /Made them the cause warmer, less trust/);
  assert.match(await text(did), /The moment: .*warmer than before/);
  assert.match(await text(page.locator(".theirs")), /Priya Nair writes/);
  await tabTo(page, did.locator("summary"));
  await page.keyboard.press("Enter");
  await did.getByText("They would write:").first().waitFor();
  await noBarriers(page, "what it did");
  await picture(page, "rehearsal-did-1280", { fullPage: true });
  await page.setViewportSize(NARROW);
  await picture(page, "rehearsal-did-390", { fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "rehearsal-did-390-dark");
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(WIDE);
});

step("good answers end it calm, what lay behind is told, and nobody is asked to keep a thing", async () => {
  await playedWell();
  await page.getByText("What they had not said:").waitFor();
  assert.equal(await offer().count(), 0, "no room, no offer");
  await noBarriers(page, "the end");
});

step("whoever has a room keeps the plan with V, in words of their own", async () => {
  await openRoom(page, PASSPHRASE);
  await playedWell();
  await offer().waitFor();
  await page.locator("[data-plan] textarea").fill(PLAN);
  await page.keyboard.press("Escape");
  await page.keyboard.press("v");
  await page.getByText("Kept. It shows once in a moment like this.").waitFor();
  assert.equal(await offer().count(), 0);
  await page.goto("/own");
  await page.locator("[data-own=plan]").getByText(PLAN).waitFor();
});

step("it shows once in a like moment, and not in another", async () => {
  await page.goto("/inbox");
  await ready(page);
  const shown = page.locator(".own-plan");
  await open(page, "The new telephone");
  await page.waitForTimeout(300);
  assert.equal(await shown.count(), 0, "that moment is about worry");
  await page.goto("/inbox");
  await ready(page);
  await open(page, "the gate says no");
  await shown.getByText(PLAN).waitFor();
  await noBarriers(page, "a plan at the side");
  await picture(page, "rehearsal-plan-1280");
  await page.reload();
  await ready(page);
  await page.waitForTimeout(300);
  assert.equal(await shown.count(), 0, "once, however often it is opened");
});

step("a workshop is led by keyboard: agenda, stories on the wall, a hand-out on paper", async () => {
  await page.goto("/workshop");
  await ready(page);
  await noBarriers(page, "the workshop");
  await picture(page, "workshop-1280", { fullPage: true });
  await tabTo(page, page.getByRole("button", { name: "On the big screen" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/workshop\/screen/);
  await ready(page);
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", { name: "They write" }).waitFor();
  await ready(page);
  await noBarriers(page, "on the wall");
  await picture(page, "workshop-wall-1280");
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("heading", { name: "The gate beeps" }).waitFor();
  const printed = await page.request.get(`/workshop/hand-out.pdf?story=${STORY}`);
  assert.equal(printed.headers()["content-type"], "application/pdf");
  assert.ok((await printed.body()).subarray(0, 5).equals(Buffer.from("%PDF-")));
});

step("nothing went wrong on the way, and nothing left the desk", async () => {
  assert.deepEqual(ada.faults, []);
});
