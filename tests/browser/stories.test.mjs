// The three seeded stories, each lived whole on a desk of its own: by keyboard alone, from the knock to the follow-up.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { focused, logIn, open, ready, rewrite, tabTo, text, until } from "./parts/agent.mjs";
import { chrome, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { demo } from "./parts/program.mjs";

const ADA = ["ada", "harbour-light"];
const BEN = ["ben", "larks-in-line"];
/** A bare reply takes R and Ctrl Enter beside its letters; keys held together are one press. */
const BARE_KEYS = 2;
const MORE_KEYS_MAX = 2;

let desk, browser, ada, ben, page;

before(async () => { browser = await chrome(); });
after(async () => { await browser?.end(); });

/** A story has its own desk, so that it can be lived on any day and beside any other. */
function story(name, tell) {
  describe(name, () => {
    before(async () => {
      desk = await demo();
      ada = await browser.person(desk.url);
      ben = await browser.person(desk.url);
      page = ada.page;
    });
    after(async () => {
      await ada?.context.close();
      await ben?.context.close();
      await desk?.end();
    });
    const step = journey({ page: () => page });
    tell(step);
    step("nothing was asked of anybody but the desk, and no script stumbled", () => {
      assert.deepEqual([...ada.faults, ...ben.faults], []);
    });
  });
}

const field = (name) => page.locator(`#heard-${name}`);
const fact = (words) => page.locator("#facts .fact", { hasText: words });
const ledger = (words) => page.locator("#promises:not([hidden]) li", { hasText: words });
const option = (words) => page.locator("#options:not([hidden]) [data-option]", { hasText: words });
const reply = () => page.locator("#reply");
const selected = () => page.evaluate(() => {
  const paper = document.getElementById("reply");
  return paper.value.slice(paper.selectionStart, paper.selectionEnd);
});

async function toInbox() {
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
}

/** The moment of whoever waits is open, and the cursor is on its card. */
async function heard() {
  await page.locator("[data-listening][data-first]").waitFor();
  await ready(page);
}

/** Fills the card from field to field, as somebody who listens does. */
async function hear(words) {
  for (const [name, heard] of Object.entries(words)) {
    await tabTo(page, field(name));
    await page.keyboard.type(heard);
  }
}

async function keepCard() {
  await page.keyboard.press("Control+Enter");
  await page.locator("#listening-state", { hasText: "The card is kept" }).waitFor();
}

/** Puts the option in at the cursor and fills its blanks, one after the other. */
async function putIn(words, blanks) {
  await page.keyboard.press("Alt+o");
  await option(words).waitFor();
  const target = await option(words).getAttribute("data-option");
  const here = () => page.evaluate(() => document.activeElement.closest("[data-option]")?.dataset.option);
  for (let stepped = 0; stepped < 30 && (await here()) !== target; stepped += 1) await page.keyboard.press("ArrowDown");
  assert.equal(await here(), target);
  await page.keyboard.press("Enter");
  for (const [index, [blank, filled]] of blanks.entries()) {
    // With no blank left, Tab goes on as it does everywhere.
    if (index > 0) await page.keyboard.press("Tab");
    assert.equal(await selected(), `{${blank}}`);
    await page.keyboard.type(filled);
  }
  await page.keyboard.press("Control+End");
}

/** Sends what is written; a note that asks for a pause is told, and fails the story. */
async function send() {
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.getElementById("reply").value === "" || !document.getElementById("before").hidden);
  assert.equal(await page.locator("#before").textContent(), "", "it goes without a pause");
}

const lookBack = () => page.locator("[data-offer]:not([hidden]) button", { hasText: "Check back in three working days" });

/** Closes a moment that was hard; a look back is offered. */
async function close() {
  await page.keyboard.press("c");
  await page.waitForURL("**?closed=1");
  await ready(page);
  await lookBack().waitFor();
}

async function toPromises() {
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
  await page.keyboard.press("p");
  await page.waitForURL("**/promises");
  await ready(page);
}

const promised = (who, what) => page.locator(".ledger .promised li", { hasText: who }).filter({ hasText: what }).first();

const letterWith = (words) => until(() => desk.sent().find((it) => it.text.replace(/\s+/g, " ").includes(words)) ?? null, Boolean);

story("the pool pass, at the counter", (step) => {
  step("Ben announces Mr Jones, and Ada's one key opens the moment", async () => {
    await logIn(page, ...ADA);
    await logIn(ben.page, ...BEN);
    await ben.page.keyboard.press("m");
    await ben.page.keyboard.type("Jones is here about his pool pass");
    await ben.page.locator("#announce-candidates", { hasText: "Gareth Jones" }).waitFor();
    await ben.page.keyboard.press("Enter");
    await page.locator("#knocks .knock", { hasText: "Gareth Jones is at the counter" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/conversations\/\d+/);
    await heard();
  });

  step("what he says is on the card, field by field", async () => {
    assert.equal(await focused(page), "heard-by_when");
    await hear({
      by_when: "Half past ten, her lesson",
      asks: "I renewed the family pass and paid £214.50, receipt HB-20417. Why does it say expired? ",
      matters: "That the children can swim.",
      said_back: "You renewed, and the gate turns you away.",
      promised: "I will link the card tomorrow at 10:00",
    });
  });

  step("while it is written the list is asked, and says whose name the pass is in", async () => {
    const known = fact("HB-20417").first();
    await until(async () => (await known.count()) ? text(known) : "", (words) => /renewed by Carys Jones .* card not linked to the gate/.test(words));
  });

  step("the card is kept, and its promise is in the ledger", async () => {
    await keepCard();
    await page.locator("#letters .message", { hasText: "the gate turns you away" }).waitFor();
    await ledger("link the card").waitFor();
    await picture(page, "story-pool-pass-1280");
  });

  step("his letter is answered with what is possible today", async () => {
    await toInbox();
    await open(page, "the gate says no");
    await page.keyboard.press("r");
    await page.keyboard.type("Dear Mr Jones, thank you for coming to the counter. I am sorry that the gate stopped you in front of your children. Your renewal was written under the name of Carys Jones, and its card was not linked to the gate.");
    await putIn("A day ticket for everybody", [["How many", "Three"], ["their name", "Jones"], ["Who", "Ben"], ["time", "ten"]]);
    await page.keyboard.type(" Ada");
    assert.doesNotMatch(await reply().inputValue(), /[{}]/, "no blank is left");
    await send();
    const gone = await letterWith("Three day tickets lie at the front desk in the name of Jones. Ben is there");
    assert.equal(gone.head("In-Reply-To"), "<pool-pass-1@kestrelmail.example>");
  });

  step("his letter is closed, and the look back that is offered is taken", async () => {
    await close();
    // V joins his two moments as well, where nothing was offered just now.
    await page.keyboard.press("v");
    await ledger("look whether it has stayed well").waitFor();
    await ready(page);
  });

  step("the page of promises has both, and leads to the moment at the counter, where the promise is kept", async () => {
    await toPromises();
    await promised("Gareth Jones", "look whether it has stayed well").waitFor();
    await tabTo(page, promised("Gareth Jones", "link the card").locator("a").first());
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/conversations\/\d+/);
    await ready(page);
    await page.keyboard.press("p");
    await tabTo(page, ledger("link the card").getByRole("button", { name: "Kept", exact: true }));
    await page.keyboard.press("Enter");
    await ledger("link the card").getByRole("button", { name: "Take this back" }).waitFor();
  });
});

story("the voicemail, by mail", (step) => {
  const SORRY = "Dear Mrs Okafor, you were told twice that somebody would ring you, and nobody did. I am sorry. I read everything, so you need not explain it again. I will ring you soon";
  let by;

  step("what was promised and not kept stands first", async () => {
    await logIn(page, ...ADA);
    await open(page, "Okafor");
    assert.match(await text(page.locator("#broken:not([hidden])")), /ring you by .*We did not\..*We did not\./);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll("#side > section")].find((it) => it.offsetParent).id), "broken");
  });

  step("an honest time takes two keys more than the bare reply", async () => {
    let keys = 0;
    const press = (key) => { keys += 1; return page.keyboard.press(key); };
    await press("r");
    await page.keyboard.type(SORRY);
    await page.locator("#promising:not([hidden])", { hasText: "no time yet" }).waitFor();
    await press("Alt+t");
    await page.locator("#soon:not([hidden]) [role=listbox]").waitFor();
    await press("Enter");
    await page.locator("#soon").waitFor({ state: "hidden" });
    [, by] = /I will ring you (by .+)$/.exec(await reply().inputValue()) ?? [];
    assert.ok(by, "a time stands where “soon” was");
    await page.keyboard.type(". Ada");
    await page.locator("#promising", { hasText: "You promise: ring you by" }).waitFor();
    await picture(page, "story-voicemail-1280");
    keys += 1;
    await send();
    console.log(`  keys beyond the letters: ${keys}, bare: ${BARE_KEYS}`);
    assert.ok(keys - BARE_KEYS <= MORE_KEYS_MAX, `${keys} keys`);
  });

  step("it leaves with that time, and the time is in the ledger", async () => {
    await ledger("ring you by").waitFor();
    await letterWith(`I will ring you ${by}`);
  });

  step("closed, V takes the look back, and the page of promises has both", async () => {
    await close();
    await page.keyboard.press("v");
    await ledger("look whether it has stayed well").waitFor();
    await ready(page);
    await toPromises();
    await promised("Okafor", "ring you").waitFor();
    await promised("Okafor", "look whether it has stayed well").waitFor();
  });
});

story("the mailing list, by phone and by mail", (step) => {
  step("she is on the phone: Ada writes down herself what she hears", async () => {
    await logIn(page, ...ADA);
    await page.keyboard.press("m");
    await page.keyboard.type("Rosa Lindqvist on the phone about the mailing list");
    await page.locator("#announce-candidates", { hasText: "Rosa Lindqvist" }).waitFor();
    await until(() => page.locator("#announce-channel").inputValue(), (value) => value === "phone");
    await page.keyboard.press("Enter");
    const mine = page.locator("#knocks .knock", { hasText: "Rosa Lindqvist is on the phone" });
    await tabTo(page, mine.locator("[data-knock] button"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/conversations\/\d+/);
    await heard();
    await hear({
      asks: "Am I on your mailing list at all? ",
      said_back: "You signed up on paper, and no booklet came.",
      promised: "I will write to you tomorrow at 10:00",
    });
    await keepCard();
    await page.locator("#letters .message", { hasText: "on the phone, heard by Ada" }).waitFor();
    await ledger("write to you").waitFor();
  });

  step("“it's in the mail” is questioned, because the list says otherwise", async () => {
    await toInbox();
    await open(page, "The course booklet");
    await page.keyboard.press("r");
    await page.keyboard.type("Dear Ms Lindqvist, It's in the mail, it went out on Tuesday.");
    const note = page.locator("#look-again:not([hidden])", { hasText: "A checked fact says otherwise" });
    await note.waitFor();
    assert.match(await text(note), /the mailing list: not on the list, so the booklet has not been sent/);
    await picture(page, "story-mailing-list-1280");
  });

  step("mended, and with what is possible put in, it goes", async () => {
    await rewrite(page, "#reply", "Dear Ms Lindqvist, you are right to ask: you are not on our list, so no booklet was sent to you. I am sorry that we told you it was in the mail.");
    await until(() => page.locator("#look-again").innerText(), (said) => !said.includes("A checked fact says otherwise"));
    await putIn("A booklet at the front desk", [["which", "Tuesday"], ["day", "30 June"], ["their address", "your letter box"]]);
    await page.keyboard.type(" Ada");
    assert.doesNotMatch(await reply().inputValue(), /[{}]/, "no blank is left");
    await send();
    const gone = await letterWith("A booklet lies at the front desk with your name on it.");
    assert.doesNotMatch(gone.text, /went out on Tuesday/);
  });

  step("writing to her was promised on the phone, and is marked as kept", async () => {
    await toPromises();
    const promise = promised("Rosa Lindqvist", "write to you");
    await tabTo(page, promise.getByRole("button", { name: "Kept", exact: true }));
    await page.keyboard.press("Enter");
    await promise.waitFor({ state: "detached" });
    await ready(page);
  });
});
