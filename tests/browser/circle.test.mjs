// From a conversation to the circle, and from the circle to an option that is used, with the keyboard alone.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { logIn, open, ready, rewrite, tabTo, text } from "./parts/agent.mjs";
import { NARROW, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
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

async function press(target, key = "Enter") {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function bothWidths(name) {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await picture(page, `${name}-${size.width}`);
  }
  await page.setViewportSize(WIDE);
}

step("a moment is shown without its names before anybody else sees it, and every replacement can be put right", async () => {
  await open(page, "The course booklet");
  await press(page.getByRole("link", { name: "Bring this moment to the circle" }));
  await page.waitForURL(/\/circle$/);
  await ready(page);
  const words = await text(page.locator(".told").first());
  assert.doesNotMatch(words.replace(/\(instead of [^)]*\)/g, ""), /Rosa|Lindqvist/);
  assert.match(words, /the customer/i);
  await noBarriers(page, "a moment without names");
  await bothWidths("circle-nameless");
  const customer = page.locator(".replaced li", { hasText: "Rosa" }).first().locator('input[name="with"]');
  await tabTo(page, customer);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("the mother");
  await press(page.getByRole("button", { name: "Show it again" }));
  await page.locator(".told ins", { hasText: /the mother/i }).first().waitFor();
});

step("it is shared as the last page shows it, word for word, and nothing leads back", async () => {
  await press(page.getByRole("button", { name: "Go on" }));
  await page.getByRole("heading", { name: "As it will be read" }).waitFor();
  assert.doesNotMatch((await page.locator('textarea[name="said"]').evaluateAll((all) => all.map((it) => it.value))).join(" "), /Rosa|Lindqvist/);
  await noBarriers(page, "a moment as it will be read");
  await bothWidths("circle-sharing");
  await rewrite(page, 'input[name="about"]', "a booklet that was in the mail and was not");
  await rewrite(page, 'input[name="question"]', "What would have shown us sooner?");
  await press(page.getByRole("button", { name: "Bring it to the circle" }));
  await page.waitForURL(/\/circle\?brought=/);
  const circle = await text(page.locator("main"));
  assert.match(circle, /a booklet that was in the mail and was not/);
  assert.doesNotMatch(circle, /brought by/);
  await noBarriers(page, "the circle");
  await bothWidths("circle");
});

step("whoever leads through it has an agenda, notes are kept, and the lesson becomes an option in two clicks", async () => {
  await press(page.getByRole("link", { name: "a booklet that was in the mail and was not" }));
  await page.getByRole("heading", { name: "For whoever leads through it" }).waitFor();
  await noBarriers(page, "a moment in the circle");
  await bothWidths("circle-moment");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "circle-moment-dark");
  await page.emulateMedia({ colorScheme: null });
  await rewrite(page, 'textarea[name="why"]', "Nobody looked at the list before saying so.");
  await rewrite(page, 'input[name="lesson"]', "We look at the mailing list before we say that something is in the mail.");
  await press(page.getByRole("button", { name: /^Keep the lesson/ }));
  await page.waitForURL(/\/lessons/);
  await noBarriers(page, "lessons");
  await bothWidths("lessons");
  await press(page.locator("li.now").getByRole("link", { name: /^a saved reply/ }));
  await page.waitForURL(/\/options\/new/);
  await rewrite(page, 'textarea[name="wording"]', "I have looked at the list myself, and this is what it says: {what}.");
  await press(page.getByRole("button", { name: "Save" }));
  await page.waitForURL(/\/lessons/);
  assert.match(await text(page.locator("li.now")), /A saved reply: .* not used so far/);
});

step("thanks go to the shelf by choice, without the name of whoever thanked", async () => {
  await press(page.getByRole("link", { name: "Shelf" }));
  await page.waitForURL(/\/shelf/);
  await rewrite(page, 'textarea[name="words"]', "Thank you, Ben, the water was warm and so were you. Karen Blythe");
  await press(page.getByRole("button", { name: "Go on" }));
  await press(page.getByRole("button", { name: "Go on" }));
  await press(page.getByRole("button", { name: "Put it on the shelf" }));
  await page.waitForURL(/\/shelf$/);
  const shelf = await text(page.locator("main"));
  assert.match(shelf, /the water was warm and so were you/);
  assert.doesNotMatch(shelf, /Karen|Blythe/);
  await noBarriers(page, "the shelf");
  await bothWidths("shelf");
  await press(page.getByRole("button", { name: "Take it down" }));
  await page.getByText("Taken down.").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/shelf$/);
  assert.match(await text(page.locator("main")), /the water was warm and so were you/);
});
