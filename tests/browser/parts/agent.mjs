// What somebody at the desk does, with the keyboard alone.
import assert from "node:assert/strict";

const ROWS_MAX = 60;

export async function ready(page) {
  await page.locator("html.ready").waitFor({ state: "attached" });
}

/** The door has put the cursor into its first field, which a slow machine does a little after the page has come. */
export async function atTheDoor(page) {
  await page.waitForFunction(() => document.activeElement?.name === "login");
}

/** Types a login and a password into the fields that have the focus by themselves. */
export async function logIn(page, login, password, to = "/inbox") {
  await page.goto(to);
  await atTheDoor(page);
  await page.keyboard.type(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/login");
  await ready(page);
}

/** Walks the list with J until the row that says `words`, and opens it. */
export async function open(page, words) {
  for (let step = 0; step < ROWS_MAX; step += 1) {
    await page.keyboard.press("j");
    const here = await page.evaluate(() => document.activeElement.closest(".rows a")?.textContent ?? "");
    if (here.includes(words)) {
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/conversations\/\d+/);
      return ready(page);
    }
  }
  assert.fail(`no row says “${words}”`);
}

/** Writes over whatever stands in the field. */
export async function rewrite(page, field, words) {
  await page.locator(field).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type(words);
}

/** The desk has the words now, so that a reload finds them there: the browser has let its own copy go. */
export async function kept(page, field) {
  await page.waitForFunction((name) => Object.keys(localStorage).every((key) => !(key.includes(":draft:") && key.endsWith(name))), `:${field}`);
  await page.locator(`#${field}-state`, { hasText: /^kept \d\d:\d\d/ }).waitFor();
}

export const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

export const text = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();

/** Walks with Tab until `target` has the focus: whatever can be done with a mouse can be reached so. */
export async function tabTo(page, target, key = "Tab") {
  await target.first().waitFor();
  for (let step = 0; step < 200; step += 1) {
    if (await target.first().evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  assert.fail("the keyboard does not reach it");
}

/** Looks until what is seen holds; for what no page can say, such as another mailbox. */
export async function until(look, holds, every_ms = 100) {
  const end = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    assert.ok(Date.now() < end, `waited in vain; last seen: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, every_ms));
  }
}
