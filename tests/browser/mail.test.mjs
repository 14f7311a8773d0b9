// The whole way on real mail: a Dovecot, a Postfix, another mail program's library, and the desk between them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before } from "node:test";
import { focused, kept, logIn, open, ready, rewrite, tabTo, text, until } from "./parts/agent.mjs";
import { chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey, unlessAllWanted } from "./parts/journey.mjs";
import { mailbox } from "./parts/mailbox.mjs";
import { addAgent, mailServers, mailServersMissing, ownFolder, serve } from "./parts/program.mjs";

const HELP = "help@desk.test";
const SUBJECT = "The locker kept my coin";
const left_out = unlessAllWanted(mailServersMissing());

let place, servers, desk, browser, person, page, martin, stranger, first, reply;
let elsewhere; // A server that a letter would like to call.
let called = 0;

before(async () => {
  if (left_out) return;
  place = ownFolder();
  servers = await mailServers(HELP, "martin@desk.test", "lena@desk.test");
  const door = (room, port, tls) => ({
    [`UNRUFFLED_${room}_HOST`]: servers.host, [`UNRUFFLED_${room}_PORT`]: String(port), [`UNRUFFLED_${room}_TLS`]: tls,
    [`UNRUFFLED_${room}_USER`]: HELP, [`UNRUFFLED_${room}_PASSWORD`]: servers.password, [`UNRUFFLED_${room}_CA_FILE`]: servers.ca_file,
  });
  const settings = {
    UNRUFFLED_DATABASE: join(place.folder, "desk.db"),
    UNRUFFLED_ATTACHMENTS: join(place.folder, "attachments"),
    UNRUFFLED_SECRET_FILE: join(place.folder, "secret"),
    UNRUFFLED_INBOX_NAME: "Harbour Baths",
    UNRUFFLED_INBOX_ADDRESS: HELP,
    UNRUFFLED_UNDO_SECONDS: "5",
    ...door("IMAP", servers.imaps, "implicit"),
    ...door("SMTP", servers.submission, "start-tls"),
  };
  addAgent(place.folder, settings, "ada", "Ada", "harbour-light");
  desk = await serve(place.folder, settings);
  martin = mailbox(servers, "martin@desk.test", "Martin Ilesanmi");
  stranger = mailbox(servers, "lena@desk.test", "Lena Vogt");
  elsewhere = createServer((_, answer) => { called += 1; answer.end(); }).listen(0, "127.0.0.1");
  browser = await chrome();
  person = await browser.person(desk.url);
  page = person.page;
});

after(async () => {
  await browser?.end();
  await desk?.end();
  await servers?.end();
  elsewhere?.close();
  place?.leave();
});

const step = journey({ page: () => page, left_out });
const row = (words) => page.locator(".rows a", { hasText: words });
const sent = () => page.locator(".message.agent .delivery", { hasText: /^\s*Sent \d\d:\d\d\.\s*$/ });
const postfix = (verb) => spawnSync("postfix", ["-c", join(servers.folder, "postfix.d"), verb], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

step("a letter from another mail program comes into the open inbox by itself", async () => {
  await logIn(page, "ada", "harbour-light");
  assert.match(await page.locator("main").innerText(), /Nothing is waiting\./);
  await noBarriers(page, "an empty inbox");
  await picture(page, "empty-inbox");
  first = await martin.write({
    to: HELP, subject: SUBJECT,
    text: "Hello,\n\nlocker 43 kept my pound coin – and it isn’t the first time. Why does it do that? Can I have the pound back?\n\nMartin",
  });
  await row(SUBJECT).waitFor({ timeout: 60_000 });
  await open(page, SUBJECT);
  assert.match(await page.locator(".message.customer .body").first().innerText(), /kept my pound coin – and it isn’t the first time/);
});

step("it is answered under review, taken back, and sent once", async () => {
  await page.keyboard.press("r");
  await page.keyboard.type("Hello Martin, please calm down.");
  await page.locator("#look-again:not([hidden])", { hasText: "nobody grows calm" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.locator("#before:not([hidden])", { hasText: "Enter again sends it as it is" }).waitFor();
  assert.equal(await focused(page), "send");
  await page.keyboard.press("Enter");
  await page.locator("[data-undo]").waitFor();
  await page.keyboard.press("z");
  await page.locator("[data-undo]").waitFor({ state: "detached" });
  assert.equal(await page.locator("#reply").inputValue(), "Hello Martin, please calm down.");
  await rewrite(page, "#reply", "Hello Martin,\n\nthe catch in locker 43 is worn; that is why it keeps the coin. Yes, the pound is yours: ask for Ada at the desk today until 20:00.\n\nAda");
  await page.keyboard.press("Control+Enter");
  await page.locator("[data-undo]").waitFor();
  await sent().waitFor({ timeout: 60_000 });
  await picture(page, "real-mail-sent");
});

step("the customer has one letter that answers theirs and carries their words along", async () => {
  const letters = await until(async () => (await martin.read()).filter((it) => it.head("From").includes(HELP)), (all) => all.length > 0);
  assert.equal(letters.length, 1);
  [reply] = letters;
  assert.equal(reply.head("In-Reply-To"), first);
  assert.ok(reply.head("References").includes(first));
  assert.equal(reply.head("Subject"), `Re: ${SUBJECT}`);
  assert.match(reply.head("From"), /"?Harbour Baths"? <help@desk\.test>/);
  assert.match(reply.head("To"), /martin@desk\.test/);
  const [ours, theirs] = reply.text.split(/^On .*wrote:$/m);
  assert.match(ours, /the catch in locker 43 is worn/);
  assert.doesNotMatch(reply.text, /calm down/);
  assert.match(theirs, /^> locker 43 kept my pound coin – and it isn’t the first time\./m, "their words are quoted below");
});

step("their answer comes into the same conversation while it is open", async () => {
  await page.keyboard.press("r");
  await page.keyboard.type("A thought begun before the answer came. ");
  await kept(page, "reply");
  const id = await martin.write({
    to: HELP, subject: `Re: ${SUBJECT}`, inReplyTo: reply.head("Message-ID"), references: [first, reply.head("Message-ID")],
    text: `Got it, thank you.\n\n${reply.text.trimEnd().split("\n").map((line) => `> ${line}`).join("\n")}\n`,
  });
  assert.ok(id);
  await page.locator(".message.customer", { hasText: "Got it, thank you." }).waitFor({ timeout: 60_000 });
  assert.match(await text(page.locator("#reply-state")), /^they have written since/);
  assert.equal(await page.locator("#reply").inputValue(), "A thought begun before the answer came. ", "nobody wrote over the draft");
  await page.reload();
  await ready(page);
  const answer = page.locator(".message.customer", { hasText: "Got it, thank you." });
  assert.equal(await text(answer.locator(".paper > .body")), "Got it, thank you.", "history is folded away");
  assert.equal(await page.locator(".rows a").count(), 1, "one conversation");
  await rewrite(page, "#reply", "");
  await page.keyboard.press("Escape");
});

step("a stranger with the same subject begins a conversation of their own", async () => {
  await stranger.write({ to: HELP, subject: `Re: ${SUBJECT}`, text: "Mine too, locker 12. Where do I ask?" });
  await page.waitForFunction(() => document.querySelectorAll(".rows a").length === 2, null, { timeout: 60_000 });
  assert.equal(await page.locator(".message", { hasText: "locker 12" }).count(), 0);
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
  assert.deepEqual((await page.locator(".rows .who").allInnerTexts()).sort(), ["Lena Vogt", "Martin Ilesanmi"]);
});

step("an HTML letter with a script and a remote picture is harmless and loads nothing", async () => {
  const there = `http://127.0.0.1:${elsewhere.address().port}`;
  await stranger.write({
    to: HELP, subject: "A page with guests",
    html: `<html><head><script src="${there}/a.js"></script><link rel="stylesheet" href="${there}/a.css"><style>@import "${there}/b.css";</style></head>
      <body background="${there}/ground.png" onload="document.title='taken'"><p>Do you sell <b>gift cards</b>?</p>
      <img src="${there}/pixel.png" width="1" height="1"><img src="x" onerror="fetch('${there}/c')">
      <div style="background:url(${there}/d.png)">With a bow.</div>
      <script>top.location = "${there}/e"; document.title = "taken"</script><iframe src="${there}/f"></iframe>
      <form action="${there}/g"><input name="password"><button>Log in</button></form></body></html>`,
  });
  await row("A page with guests").waitFor({ timeout: 60_000 });
  await open(page, "A page with guests");
  const layout = page.locator(".message summary", { hasText: "As they laid it out" });
  await tabTo(page, layout);
  await page.keyboard.press("Enter");
  const inside = page.frameLocator(".message iframe");
  await inside.locator("b", { hasText: "gift cards" }).waitFor();
  assert.equal(await inside.locator("script, img[src^=http], form, input, iframe, link").count(), 0);
  await page.locator(".message .paper > .body", { hasText: "gift cards" }).waitFor();
  assert.doesNotMatch(await page.title(), /taken/);
  await picture(page, "html-letter");
  await until(() => inside.locator("html").evaluate((it) => it.ownerDocument.readyState), (state) => state === "complete");
  assert.equal(called, 0, "no request left the desk");
  await page.keyboard.press("i");
  await page.waitForURL("**/inbox*");
  await ready(page);
});

step("an automatic answer is marked as one and answered by nobody", async () => {
  const before = (await martin.read()).length;
  await martin.write({
    to: HELP, subject: `Automatic reply: ${SUBJECT}`, inReplyTo: reply.head("Message-ID"), references: [reply.head("Message-ID")],
    headers: { "Auto-Submitted": "auto-replied", Precedence: "auto_reply" }, text: "I am away until Monday.",
  });
  await open(page, "Martin");
  const auto = page.locator(".message.machine", { hasText: "I am away until Monday." });
  await auto.waitFor({ timeout: 60_000 });
  assert.match(await text(auto.locator("header")), /answered by a machine/i);
  assert.equal(await auto.evaluate((it) => "lastWord" in it.dataset), false, "the last word is still the customer's");
  assert.equal((await martin.read()).length, before);
});

step("while the mail server is away the page says so, and what waited goes when it is back", async () => {
  const before = (await martin.read()).length;
  assert.equal(postfix("stop").status, 0);
  await page.keyboard.press("r");
  await page.keyboard.type("One more thing, Martin: the new lockers are in from Monday.");
  await page.keyboard.press("Control+Enter");
  const waiting = page.locator(".message.agent .delivery", { hasText: "Not delivered yet" });
  await waiting.waitFor({ timeout: 60_000 });
  assert.match(await text(waiting), /^Not delivered yet: .+ Next try at \d\d:\d\d\./);
  await noBarriers(page, "a reply that is not delivered yet");
  await picture(page, "not-delivered-yet");
  assert.equal(postfix("start").status, 0);
  assert.equal(await waiting.locator("[data-undo]").count(), 1, "until then it can be taken back");
  const again = waiting.getByRole("button", { name: "Try again now" });
  await tabTo(page, again);
  // Postfix says that it has started a little before it listens.
  await until(async () => {
    if (await again.count()) await again.press("Enter", { timeout: 5_000 }).catch(() => {});
    return page.locator(".message.agent .delivery").allInnerTexts();
  }, (states) => states.filter((state) => /^\s*Sent \d\d:\d\d\.\s*$/.test(state)).length === 2, 1_000);
  await until(async () => (await martin.read()).length, (count) => count === before + 1);
});

step("a stranger who answers our letter to somebody else is shown as new", async () => {
  await stranger.write({ to: HELP, subject: `Re: ${SUBJECT}`, inReplyTo: reply.head("Message-ID"), text: "I am his sister and write for him." });
  const letter = page.locator(".message.customer", { hasText: "his sister" });
  await letter.waitFor({ timeout: 60_000 });
  assert.match(await text(letter.locator("header")), /new sender/i);
  await page.reload();
  await ready(page);
  assert.match(await text(page.locator(".composer .reply .whom")), /^To Martin Ilesanmi <martin@desk\.test>$/, "and a reply still goes to the customer, not to who joined");
});

step("no script failed, and nothing was asked of anybody but the desk", () => {
  assert.deepEqual(person.faults, []);
});
