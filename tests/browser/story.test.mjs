// The whole story against the demo, with the keyboard alone: from the knock to a sent reply, and everything on the way.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { atTheDoor, focused, kept, logIn, open, ready, rewrite, tabTo, text, until } from "./parts/agent.mjs";
import { NARROW, OUT, WIDE, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { ROOT, demo } from "./parts/program.mjs";

const ADA = ["ada", "harbour-light"];
const HOT = "Gareth Jones";
const VAGUE = "We will get back to you soon.";
const CALM = "Please calm down.";

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
const note = () => page.locator("#look-again:not([hidden])");
const whatIf = () => page.locator("[data-what-if]:not([hidden])");
const reply = () => page.locator("#reply");
const plain = (words) => words.replace(/\s+/g, " ").trim();

async function back() {
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
}

step("a wrong password is told in a sentence, and the right one opens the inbox", async () => {
  await page.goto("/login");
  await noBarriers(page, "the door");
  await atTheDoor(page);
  await page.keyboard.type("ada");
  await page.keyboard.press("Tab");
  await page.keyboard.type("harbour-dark");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  assert.equal(await page.locator("[name=login]").inputValue(), "ada", "what was typed is still there");
  assert.equal(await page.evaluate(() => document.activeElement.name), "password");
  await page.keyboard.type(ADA[1]);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/inbox");
  await ready(page);
  assert.ok((await page.locator(".rows a").count()) >= 10, "a dozen conversations");
  await noBarriers(page, "the inbox");
});

step("a hot letter brings the words, a breath, one what-if with its reason, what they ask, then the composer", async () => {
  await open(page, HOT);
  const breath = page.locator("#breath:not([hidden])");
  assert.match(await text(breath), /^in …$/i, "a breath is offered by itself");
  const order = await page.evaluate(() => {
    const parts = [".message[data-last-word]", "#what-ifs", "#asked", "#breath", "#reply"].map((it) => document.querySelector(it));
    return parts.map((part, at) => at === 0 || Boolean(parts[at - 1].compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING));
  });
  assert.deepEqual(order, [true, true, true, true, true]);
  assert.equal(await whatIf().count(), 1, "one what-if at a time");
  assert.match(await text(whatIf().locator(".question")), /^Ask: .+\?$/);
  const letter = plain(await page.locator(".message[data-last-word] .paper > .body").innerText());
  const words = await whatIf().locator("[data-words]").allInnerTexts();
  assert.ok(words.length >= 1 && words.every((it) => letter.includes(plain(it))), `its reason stands in the letter: ${words}`);
  assert.ok((await page.evaluate(() => CSS.highlights.get("evidence")?.size ?? 0)) >= 1, "and is marked there");
  assert.ok((await page.locator("[data-ask]").count()) >= 1);
  assert.match(await text(page.locator(".message[data-last-word] .tone")), /^(hot words|(warmer than|cooler than|as warm as) before)$/);
  await noBarriers(page, "a hot letter");
});

step("the breath ends with any key, comes once, and comes again when asked for", async () => {
  await page.keyboard.press("Shift+Tab");
  await page.locator("#breath").waitFor({ state: "hidden" });
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("#breath").isHidden(), true, "not by itself a second time");
  await page.keyboard.press("b");
  await page.locator("#breath").waitFor();
  await page.keyboard.press("r");
  await page.locator("#breath").waitFor({ state: "hidden" });
  assert.equal(await focused(page), "reply");
  await page.keyboard.press("Escape");
});

step("W brings the next what-if, X puts one away, and those put away come back when asked for", async () => {
  const codes = await page.locator("[data-what-if]").evaluateAll((all) => all.map((it) => it.dataset.whatIf));
  assert.ok(codes.length >= 2, `others stand behind the first: ${codes}`);
  const shown = () => whatIf().getAttribute("data-what-if");
  assert.equal(await shown(), codes[0]);
  await page.keyboard.press("w");
  assert.equal(await shown(), codes[1]);
  for (let rest = codes.length - 1; rest > 0; rest -= 1) await page.keyboard.press("w");
  assert.equal(await shown(), codes[0], "round again");
  await page.keyboard.press("x");
  assert.equal(await shown(), codes[1]);
  await page.reload();
  await ready(page);
  assert.notEqual(await shown(), codes[0], "not this one, also after a reload");
  for (let rest = codes.length - 1; rest > 0; rest -= 1) await page.keyboard.press("x");
  assert.equal(await whatIf().count(), 0);
  await page.keyboard.press("w");
  assert.equal(await shown(), codes[0]);
});

step("the picture of a conversation is as the README shows it", async () => {
  const fresh = await browser.person(desk.url, { colorScheme: "light", storageState: await ada.context.storageState(), viewport: { width: 1280, height: 880 } });
  const { page } = fresh;
  await page.goto("/inbox");
  await ready(page);
  await open(page, HOT);
  await page.keyboard.press("r");
  await page.keyboard.type("Dear Mr Jones,\n\nyou renewed in September, you have the receipt, and the gate still turns you away in front of your children. I am sorry. Yes, they can swim today: say my name at the desk. We will get back to you about the pass soon. ");
  await page.locator("#look-again:not([hidden])", { hasText: "This promise has no time." }).waitFor();
  await page.keyboard.press("Alt+w");
  await page.locator("[data-what-if]:not([hidden])").waitFor();
  await kept(page, "reply");
  await picture(page, "conversation");
  if (process.env.UNRUFFLED_BLESS_PICTURE === "1") {
    const to = join(ROOT, "docs/conversation.png");
    mkdirSync(join(ROOT, "docs"), { recursive: true });
    copyFileSync(join(OUT, "conversation.png"), to);
    assert.ok(statSync(to).size <= 300_000, `${to} is larger than 300 kB`);
  }
  await rewrite(page, "#reply", "");
  await page.locator("#reply-state").filter({ hasText: /^$/ }).waitFor({ state: "attached" });
  assert.deepEqual(fresh.faults, []);
  await fresh.context.close();
});

step("one note at a time stands beside the draft, with its reason, its card and its repair", async () => {
  await page.keyboard.press("r");
  await page.keyboard.type(`${CALM} ${VAGUE} `);
  await note().waitFor();
  assert.match(await text(note()), /A pause here.*calm down.*nobody grows calm/i);
  assert.deepEqual(await page.locator(".mirror mark").allTextContents(), ["calm down"], "one underline");
  await noBarriers(page, "a note beside the draft");

  await page.keyboard.press("Alt+y");
  await note().locator(".why").waitFor();
  assert.match(await text(note().locator(".why")), /What calms is being heard/);
  await noBarriers(page, "why this");
  await page.keyboard.press("Alt+y");
  await note().locator(".why").waitFor({ state: "detached" });

  // The rest is written over, so that the promise alone is left.
  await rewrite(page, "#reply", `${VAGUE} `);
  await note().filter({ hasText: "This promise has no time." }).waitFor();
  await page.keyboard.press("Alt+f");
  const repaired = await reply().inputValue();
  assert.notEqual(repaired, `${VAGUE} `);
  // From two in the afternoon on the soonest time is "noon tomorrow".
  assert.match(repaired, /^We will get back to you by (noon|\d)/, "the repair names a time");
  await page.keyboard.press("Control+z");
  assert.equal(await reply().inputValue(), `${VAGUE} `, "Ctrl Z brings the old words back");
});

step("“not useful” puts a note away, and after three times it is quiet for this person until asked again", async () => {
  for (let time = 1; time <= 3; time += 1) {
    await rewrite(page, "#reply", `${CALM} `);
    await note().filter({ hasText: "calm down" }).waitFor();
    await page.keyboard.press("Alt+u");
    await page.locator("#look-again", { hasText: "nobody grows calm" }).waitFor({ state: "hidden" });
    await page.reload();
    await ready(page);
  }
  await page.locator("#reply").waitFor();
  const before = page.waitForResponse(/\/review$/);
  await rewrite(page, "#reply", `${CALM} `);
  await before;
  assert.equal(await page.locator("#look-again", { hasText: "nobody grows calm" }).count(), 0, "it stays quiet");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.locator("#keys[data-open]").waitFor();
  const again = page.getByRole("button", { name: "Let it speak again" });
  await tabTo(page, again);
  await page.keyboard.press("Enter");
  assert.equal(await again.count(), 0);
  await page.keyboard.press("Escape");
  await page.reload();
  await ready(page);
  await note().filter({ hasText: "calm down" }).waitFor();
});

step("the help sheet opens on a tap of the question mark, and holding it shows the keys beside the things", async () => {
  await page.keyboard.press("?");
  await page.locator("#keys[data-open]").waitFor();
  await noBarriers(page, "the help sheet");
  await page.keyboard.press("Escape");
  await page.locator("#keys[data-open]").waitFor({ state: "detached" });
  await page.keyboard.down("?");
  await page.locator("html.showing-keys").waitFor({ state: "attached" });
  await page.keyboard.up("?");
  await page.locator("html.showing-keys").waitFor({ state: "detached" });
  assert.equal(await page.locator("#keys[data-open]").count(), 0);
});

step("asks tick themselves as the draft answers them, and the hand has the last word", async () => {
  const box = (index) => page.locator(`[data-ask="${index}"]`);
  const all = await page.locator("[data-ask]").count();
  await rewrite(page, "#reply", "Yes, they can swim today. ");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-ask]")].some((it) => it.checked));
  assert.equal(await box(1).isChecked(), true, "the second is answered");
  assert.equal(await box(0).isChecked(), false, "the first is open");
  assert.equal(await text(page.locator("[data-asks-answered]")), `1 of ${all}`);
  await tabTo(page, box(0), "Shift+Tab");
  await page.keyboard.press("Space");
  assert.equal(await box(0).isChecked(), true);
  const saved = page.waitForResponse((answer) => answer.ok() && answer.request().method() === "PUT" && answer.request().postData().includes('"ticks":[0]'));
  await page.keyboard.press("Space");
  await page.keyboard.press("Space");
  await saved;
  await page.reload();
  await ready(page);
  assert.equal(await reply().inputValue(), "Yes, they can swim today. ", "the draft is there after a reload");
  assert.equal(await box(0).isChecked(), true, "and so is the tick made by hand");
});

step("two tabs that write the same draft lose nothing", async () => {
  const other = await ada.context.newPage();
  await other.goto(page.url());
  await ready(other);
  await rewrite(page, "#reply", "Written in the first tab. ");
  await kept(page, "reply");
  await other.keyboard.press("r");
  await other.keyboard.type("And in the second.");
  await other.locator(".other").waitFor();
  assert.match(await text(other.locator(".other")), /Both are safe: Written in the first tab\./);
  await noBarriers(other, "two versions");
  await tabTo(other, other.getByRole("button", { name: "Put both together" }), "Tab");
  await other.keyboard.press("Enter");
  await kept(other, "reply");
  await other.close();
  await page.reload();
  await ready(page);
  assert.match(await reply().inputValue(), /And in the second\.\s+Written in the first tab\./);
});

step("words sent as the page was left that come to the desk after the next page was read are no second version", async () => {
  const sent = "Sent as the page was left. ";
  await rewrite(page, "#reply", sent);
  await kept(page, "reply");
  await page.evaluate((body) => {
    const { agent, conversation } = document.body.dataset;
    localStorage.setItem(`unruffled:${agent}:draft:${conversation}:reply`, JSON.stringify({ body, version: 0, at: "09:00" }));
  }, sent);
  await page.reload();
  await ready(page);
  const late = await page.evaluate(async (body) => {
    const version = Number(document.querySelector("[data-draft=reply]").elements.draft_version.value);
    const answer = await fetch(`/conversations/${document.body.dataset.conversation}/draft/reply`, {
      method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ body, version, ticks: [], answered_for: document.body.dataset.lastWord }),
    });
    return answer.status;
  }, sent);
  assert.equal(late, 200);
  await reply().focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("And gone on with.");
  await kept(page, "reply");
  assert.equal(await page.locator(".other").count(), 0, "one version");
  await page.reload();
  await ready(page);
  assert.equal(await reply().inputValue(), `${sent}And gone on with.`);
});

step("while the desk cannot be reached the words are kept in the browser, and come back after a crash", async () => {
  await rewrite(page, "#reply", "Kept before. ");
  await kept(page, "reply");
  await ada.context.setOffline(true);
  await page.keyboard.type("Written without the desk. ");
  await page.locator("#reply-state", { hasText: /^kept in this browser \d\d:\d\d · The desk cannot be reached\.$/ }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator(".reply .trouble", { hasText: "Not sent. The desk cannot be reached. Your words are here, unchanged." }).waitFor();
  await noBarriers(page, "a desk that cannot be reached");
  await picture(page, "desk-not-reached");
  const here = page.url();
  await page.close();
  await ada.context.setOffline(false);
  page = await ada.context.newPage();
  await page.goto(here);
  await ready(page);
  assert.equal(await reply().inputValue(), "Kept before. Written without the desk. ");
  await kept(page, "reply");
});

step("a reply that asks for a pause waits for a second Enter, can be taken back, and then goes once", async () => {
  const words = `Dear Mr Jones,\n\nplease calm down. Yes, they can swim today: say “${Date.now()}” at the desk.`;
  const already = new Set(desk.sent().map((it) => it.head("Message-ID")));
  await rewrite(page, "#reply", words);
  await page.keyboard.press("Control+Enter");
  await page.locator("#before:not([hidden])").waitFor();
  assert.match(await text(page.locator("#before")), /^A breath here\? .*Enter again sends it as it is/);
  assert.equal(await focused(page), "send");
  assert.equal(await page.locator("[data-undo]").count(), 0, "nothing has left");
  await noBarriers(page, "a pause before sending");
  await picture(page, "pause-before-sending");
  await page.keyboard.press("Enter");

  const waiting = page.locator(".message.agent .delivery", { hasText: "Waiting; goes out at" });
  await waiting.waitFor();
  assert.equal(await reply().inputValue(), "");
  // At once: it can be taken back for ten seconds, and a slow machine takes longer than that for a look.
  await page.keyboard.press("z");
  await page.waitForFunction((was) => document.getElementById("reply").value === was, words);
  await waiting.waitFor({ state: "detached" });
  assert.equal(await focused(page), "reply", "and the cursor is in them");

  const better = words.replace("please calm down", "I am sorry about the gate");
  await rewrite(page, "#reply", better);
  await page.keyboard.press("Control+Enter");
  await waiting.waitFor();
  await picture(page, "reply-waits");
  await noBarriers(page, "a reply that waits, or has gone by now");
  await page.locator(".message.agent .delivery", { hasText: /^\s*Sent \d\d:\d\d\.\s*$/ }).last().waitFor({ timeout: 60_000 });
  const letters = desk.sent().filter((it) => !already.has(it.head("Message-ID")));
  assert.equal(letters.length, 1, "one letter has left");
  assert.match(letters[0].text, /I am sorry about the gate/);
  assert.doesNotMatch(letters[0].text, /calm down/, "and it is the second version");
  assert.equal(letters[0].head("In-Reply-To"), "<pool-pass-1@kestrelmail.example>");
  await page.reload();
  await ready(page);
  assert.equal(await reply().inputValue(), "");
});

step("a private note cannot be mistaken for a reply, is kept, and never leaves", async () => {
  const sentBefore = desk.sent().length;
  await page.keyboard.press("r");
  await page.keyboard.type("Half a reply. ");
  await page.keyboard.press("Alt+n");
  assert.equal(await focused(page), "note");
  assert.equal(await reply().isVisible(), false);
  assert.equal(await page.locator("#send").isVisible(), false, "no Send beside a note");
  await noBarriers(page, "a private note");
  await picture(page, "private-note");
  await page.keyboard.type("The gate reads old cards twice. For us alone.");
  await page.keyboard.press("Control+Enter");
  const noted = page.locator(".message.note", { hasText: "For us alone" });
  await noted.waitFor();
  assert.match(await text(noted), /Private note · Only your team sees this/);
  assert.equal(await page.locator("#write-note").isChecked(), true, "it does not switch by itself");
  await page.keyboard.press("r");
  assert.equal(await reply().inputValue(), "Half a reply. ", "the reply is untouched");
  await rewrite(page, "#reply", "");
  await page.keyboard.press("Escape");
  await page.goto("/drop");
  await ready(page);
  const dropped = await page.locator("main").innerText();
  assert.match(dropped, /I am sorry about the gate/);
  assert.doesNotMatch(dropped, /For us alone/);
  assert.equal(desk.sent().length, sentBefore);
  assert.ok(desk.sent().every((letter) => !letter.text.includes("For us alone")));
  await page.goBack();
  await ready(page);
});

step("C closes a conversation and opens it again, A takes it on", async () => {
  await page.keyboard.press("c");
  await page.locator(".person", { hasText: "closed" }).waitFor();
  await ready(page);
  await page.keyboard.press("c");
  await page.locator(".person", { hasText: "closed" }).waitFor({ state: "detached" });
  await ready(page);
  await page.locator("#assign").waitFor();
  if ((await page.locator("#assign option:checked").innerText()) !== "with me") {
    await page.keyboard.press("a");
    await page.locator("#assign option:checked", { hasText: "with me" }).waitFor({ state: "attached" });
  }
  await back();
});

step("every page can be looked at: wide, narrow, light, dark, at twice the size, and has no barriers", async () => {
  const storageState = await ada.context.storageState();
  const pages = {
    inbox: async (page) => page.goto("/inbox"),
    waiting: async (page) => page.goto("/inbox?state=waiting"),
    nothing: async (page) => page.goto("/inbox?state=done&whose=mine"),
    "sent-letters": async (page) => page.goto("/drop"),
    card: async (page) => page.goto("/cards/promise-without-a-time"),
    "not-found": async (page) => page.goto("/conversations/99999"),
    "right-to-left": async (page) => { await page.goto("/inbox"); await ready(page); await open(page, "HB-20533"); },
    "long-thread": async (page) => { await page.goto("/inbox"); await ready(page); await open(page, "Okafor"); },
    "side-as-a-sheet": async (page) => {
      const handle = page.locator("[data-sheet-handle]");
      if (!(await handle.isVisible())) return;
      await tabTo(page, handle);
      await page.keyboard.press("Enter");
      await page.locator("[data-sheet=up]").waitFor();
    },
    keys: async (page) => { await page.keyboard.press("?"); await page.locator("#keys[data-open]").waitFor(); },
  };
  const looks = {
    "1280-light": { viewport: WIDE, colorScheme: "light" },
    "1280-dark": { viewport: WIDE, colorScheme: "dark" },
    "390-light": { viewport: NARROW, colorScheme: "light", deviceScaleFactor: 2, hasTouch: true },
    "390-dark": { viewport: NARROW, colorScheme: "dark", deviceScaleFactor: 2, hasTouch: true },
    // A page at 200 % has half the room.
    "1280-at-200": { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  };
  // Its colours are those of the wide one, its order that of the light one; at twice the size it is the narrow one.
  const alike = new Set(["390-dark", "1280-at-200"]);
  async function lookAt([look, options]) {
    const person = await browser.person(desk.url, { ...options, storageState });
    for (const [name, go] of Object.entries(pages)) {
      await go(person.page);
      await ready(person.page);
      await picture(person.page, `${name}-${look}`);
      if (!alike.has(look)) await noBarriers(person.page, `${name}, ${look}`);
    }
    assert.deepEqual(person.faults, [], look);
    await person.context.close();
    const stranger = await browser.person(desk.url, options);
    await stranger.page.goto("/login");
    await picture(stranger.page, `login-${look}`);
    if (!alike.has(look)) await noBarriers(stranger.page, `login, ${look}`);
    await stranger.context.close();
  }
  // Two at a time: a page waits more than it works.
  const rest = Object.entries(looks);
  const lane = async () => { while (rest.length) await lookAt(rest.shift()); };
  await Promise.all([lane(), lane()]);
});

step("who wants less motion gets the breath in words", async () => {
  const still = await browser.person(desk.url, { reducedMotion: "reduce", storageState: await ada.context.storageState() });
  await still.page.goto("/inbox");
  await ready(still.page);
  await open(still.page, "Okafor");
  await still.page.keyboard.press("b");
  assert.equal(await text(still.page.locator("#breath")), "In … out …");
  assert.equal(await still.page.locator("#breath .ring").evaluate((ring) => getComputedStyle(ring).animationName), "none");
  await picture(still.page, "less-motion");
  await still.context.close();
});

step("without scripts a reply is a plain form that can be taken back, and it leaves", async () => {
  const bare = await browser.person(desk.url, { javaScriptEnabled: false, storageState: await ada.context.storageState() });
  const { page } = bare;
  const sentBefore = desk.sent().length;
  await page.goto("/inbox");
  await tabTo(page, page.locator(".rows a", { hasText: "Rossi" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/conversations\/\d+/);
  await tabTo(page, page.locator("#reply"));
  await page.keyboard.type("The number is our own answering line. The calls have stopped.");
  await picture(page, "without-scripts");
  await tabTo(page, page.locator("#send"));
  await page.keyboard.press("Enter");
  await page.locator(".delivery", { hasText: "Waiting" }).waitFor();
  await tabTo(page, page.locator("[data-undo] button"));
  await page.keyboard.press("Enter");
  await page.locator("[data-undo] button").waitFor({ state: "detached" });
  assert.equal(await page.locator("#reply").inputValue(), "The number is our own answering line. The calls have stopped.");
  await tabTo(page, page.locator("#send"));
  await page.keyboard.press("Enter");
  await page.locator(".delivery", { hasText: "Waiting" }).waitFor();
  await until(() => desk.sent().length, (count) => count > sentBefore);
  await page.reload();
  assert.match(await text(page.locator(".delivery").last()), /^Sent \d\d:\d\d\.$/);
  assert.deepEqual(bare.faults, []);
  await bare.context.close();
});

step("no script failed, and nothing was asked of anybody but the desk", () => {
  assert.deepEqual(ada.faults, []);
});
