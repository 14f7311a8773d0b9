// A room of one's own, lived in by keyboard; and then somebody with the database, the log and the server's memory looks for it.
import assert from "node:assert/strict";
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { logIn, open, ready, tabTo } from "./parts/agent.mjs";
import { NARROW, chrome, noBarriers, picture } from "./parts/chrome.mjs";
import { journey } from "./parts/journey.mjs";
import { cheapRooms } from "./parts/own.mjs";
import { addAgent, ownFolder, run, serve } from "./parts/program.mjs";

const ADA = ["ada", "harbour-light"];
const NAME = "Ada Lovelace";
const PASSPHRASE = "wombat tide at dusk 4471";
const OTHER = "wombat tide at dawn 4472";
const LAST = "wombat tide at noon 4473";
// Each is in no other word, and is found wherever it lies.
const LINE = "wombat-anchor: the jetty, the light on it";
const FEAR = "wombat-fear: he shouts in front of them";
const HAPPENED = "wombat-outcome: he thanked me";
const WORD = "wombat-dread";
const LETTER = `From: Gareth Jones <gareth.jones@example.org>
To: help@example.org
Subject: the gate says no
Message-ID: <gate-1@example.org>

I renewed my pool pass in March. The gate just beeps at me in front of the kids, AGAIN. This is a joke of a service.
Nobody told me anything. Can you open it today?

G. Jones
`;

let desk, browser, ada, page, place, printed;

before(async () => {
  place = ownFolder();
  const settings = {
    UNRUFFLED_DATABASE: join(place.folder, "desk.db"), UNRUFFLED_ATTACHMENTS: join(place.folder, "attachments"),
    UNRUFFLED_SECRET_FILE: join(place.folder, "secret"), UNRUFFLED_DROP_FOLDER: join(place.folder, "sent"), UNRUFFLED_INBOX_ADDRESS: "help@example.org",
  };
  addAgent(place.folder, settings, ADA[0], NAME, ADA[1]);
  writeFileSync(join(place.folder, "letter.eml"), `Date: ${new Date().toUTCString()}\n${LETTER}`.replaceAll("\n", "\r\n"));
  run(["import", join(place.folder, "letter.eml")], "", { cwd: place.folder, settings });
  desk = await serve(place.folder, { ...settings, UNRUFFLED_LOG: "trace" });
  browser = await chrome();
  ada = await browser.person(desk.url);
  await cheapRooms(ada.context);
  page = ada.page;
  await logIn(page, ...ADA);
});

after(async () => {
  await browser?.end();
  await desk?.end();
  place?.leave();
});

const step = journey({ page: () => page });
const sheet = () => page.locator("#own-sheet");
const door = () => page.locator("#own-door");
const section = (kind) => page.locator(`[data-own=${kind}]`);
const type = async (words) => { await page.keyboard.insertText(words); };

step("nobody is asked to make a room; G and Y say where one would be", async () => {
  await page.keyboard.press("g");
  await sheet().getByText("Nothing is here yet").waitFor();
  await noBarriers(page, "the sheet before there is a room");
  await page.keyboard.press("Escape");
  await sheet().waitFor({ state: "hidden" });
  await page.keyboard.press("y");
  await page.waitForURL("**/own");
  await door().getByLabel("A passphrase, not your password here").waitFor();
  await noBarriers(page, "no room yet");
  await picture(page, "own-none");
});

step("a passphrase makes one; the recovery key is shown once", async () => {
  await tabTo(page, door().locator("input"));
  await type(PASSPHRASE);
  await page.keyboard.press("Tab");
  await type("another one altogether");
  await page.keyboard.press("Enter");
  await door().getByText("The two are not the same").waitFor();
  for (const input of await door().locator("input").all()) await input.fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await door().getByRole("heading", { name: "Your recovery key" }).waitFor();
  printed = (await door().locator(".own-key span").allTextContents()).join("-");
  assert.match(printed, /^([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}$/);
  await noBarriers(page, "the recovery key");
  await picture(page, "own-recovery");
  await tabTo(page, door().getByRole("button", { name: "I have it on paper" }));
  await page.keyboard.press("Enter");
  await section("anchor").getByLabel("A line", { exact: true }).waitFor();
});

step("an anchor is kept: a line and a picture, made small", async () => {
  await tabTo(page, section("anchor").getByLabel("A line", { exact: true }));
  await type(LINE);
  // The help sheet's own picture serves: any file that the browser can show.
  await section("anchor").getByLabel("A picture", { exact: true }).setInputFiles(join(import.meta.dirname, "../../docs/conversation.png"));
  await section("anchor").getByLabel("What the picture shows").fill("a desk at noon");
  await page.keyboard.press("Enter");
  await section("anchor").locator("img[alt='a desk at noon']").waitFor();
  await noBarriers(page, "the room");
  await picture(page, "own-open", { fullPage: true });
});

step("in a hot moment G shows it, then the what-if, and only then a word and a fear", async () => {
  await page.goto("/inbox");
  await ready(page);
  await open(page, "the gate says no");
  await page.keyboard.press("r");
  await page.keyboard.type("Dear Mr Jones, ");
  await page.keyboard.press("Alt+g");
  await sheet().getByText(LINE).waitFor();
  const order = await sheet().locator(".own-line, .own-what-if, #own-word, #own-fear").evaluateAll((all) => all.map((it) => it.id || it.className));
  assert.deepEqual(order, ["own-line", "own-what-if", "own-word", "own-fear"]);
  await noBarriers(page, "the sheet");
  await picture(page, "own-sheet");
  await tabTo(page, sheet().locator("#own-word"));
  await type(WORD);
  await page.keyboard.press("Enter");
  await sheet().getByText("noticed").waitFor();
  await tabTo(page, sheet().locator("#own-fear"));
  await type(FEAR);
  await page.keyboard.press("Enter");
  await sheet().getByText("Kept. G asks what happened").waitFor();
  await page.keyboard.press("Escape");
  await sheet().waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "reply");
  await page.keyboard.type("thank you");
  assert.equal(await page.locator("#reply").inputValue(), "Dear Mr Jones, thank you");
});

step("afterwards one line says what happened; the page tells how often it came", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await sheet().getByText(FEAR).waitFor();
  await tabTo(page, sheet().getByLabel("What happened"));
  await type(HAPPENED);
  await tabTo(page, sheet().getByLabel("It did not come"));
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await sheet().getByText("Kept.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("y");
  await section("feared").getByText("One fear told to its end: it did not come.").waitFor();
  await section("feared").getByText(HAPPENED).waitFor();
  assert.equal(await section("notice").getByText(WORD).count(), 0, "a word that was not kept is gone");
  await page.setViewportSize(NARROW);
  await picture(page, "own-narrow", { fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
});

step("it is open on the next page and in another tab, and locked in both with one key", async () => {
  const other = await ada.context.newPage();
  await other.goto("/own");
  await other.getByText(LINE).waitFor();
  await tabTo(page, section("here").getByRole("button", { name: "Lock it now" }));
  await page.keyboard.press("Enter");
  await door().getByLabel("Your passphrase").waitFor();
  await other.locator("#own-door").getByLabel("Your passphrase").waitFor();
  assert.equal(await page.getByText(LINE).count() + await other.getByText(LINE).count(), 0);
  await other.close();
  await noBarriers(page, "the locked room");
  await picture(page, "own-locked");
});

step("a wrong passphrase opens nothing; the recovery key opens it and brings a new one", async () => {
  await tabTo(page, door().locator("input"));
  await type("not this one");
  await page.keyboard.press("Enter");
  await door().getByText("That does not open it.").waitFor();
  await tabTo(page, door().getByRole("button", { name: "With the recovery key" }));
  await page.keyboard.press("Enter");
  const fields = door().locator("input");
  await fields.nth(2).waitFor();
  await fields.nth(0).fill(printed.replace(/^./, (it) => (it === "5" ? "6" : "5")));
  await fields.nth(1).fill(OTHER);
  await fields.nth(2).fill(OTHER);
  await page.keyboard.press("Enter");
  await door().getByText("There is a slip in group 1").waitFor();
  await fields.nth(0).fill(printed.toLowerCase());
  await page.keyboard.press("Enter");
  await section("anchor").getByText(LINE).waitFor();
});

step("another passphrase and another recovery key take the place of the old ones", async () => {
  await tabTo(page, section("here").locator("summary", { hasText: "Another passphrase" }));
  await page.keyboard.press("Enter");
  for (const [label, words] of [["The passphrase now", OTHER], ["A new one", LAST], ["The same once more", LAST]]) {
    await tabTo(page, section("here").getByLabel(label));
    await type(words);
  }
  await page.keyboard.press("Enter");
  await section("here").getByText("The passphrase is changed.").waitFor();
  await tabTo(page, section("here").locator("summary", { hasText: "Another recovery key" }));
  await page.keyboard.press("Enter");
  await tabTo(page, section("here").getByRole("button", { name: "Make another" }));
  await page.keyboard.press("Enter");
  await section("here").getByRole("heading", { name: "Your recovery key" }).waitFor();
  const newer = (await section("here").locator(".own-key span").allTextContents()).join("-");
  assert.notEqual(newer, printed);
  await tabTo(page, section("here").getByRole("button", { name: "I have it on paper" }));
  await page.keyboard.press("Enter");
  // Nobody touched anything for longer than the room waits.
  await page.evaluate(() => {
    const [name] = Object.keys(sessionStorage).filter((it) => it.startsWith("unruffled:own:"));
    const it = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.setItem(name, JSON.stringify({ ...it, at: it.at - 16 * 60_000 }));
  });
  await page.reload();
  await door().getByLabel("Your passphrase").fill(OTHER);
  await page.keyboard.press("Enter");
  await door().getByText("That does not open it.").waitFor();
  await door().getByLabel("Your passphrase").fill(LAST);
  await page.keyboard.press("Enter");
  await section("anchor").getByText(LINE).waitFor();
});

step("everything is taken along as plain text, made in the browser", async () => {
  const download = page.waitForEvent("download");
  await tabTo(page, section("here").getByRole("button", { name: /Take everything along/ }));
  await page.keyboard.press("Enter");
  const words = readFileSync(await (await download).path(), "utf8");
  for (const it of [LINE, FEAR, HAPPENED, "It did not come", "a desk at noon"]) assert.ok(words.includes(it), `${it} is not in:\n${words}`);
  assert.ok(!words.includes(WORD));
});

step("whoever has the desk's memory, log, files and answers finds none of it, before and after logging out", async () => {
  const answers = await page.evaluate(async () => Promise.all(["/own", "/own/room", "/own/things", "/inbox", "/conversations/1", "/promises?whose=all", "/options", "/health", "/customers/erased", "/workload", "/workload/unseen", "/break", "/rehearsal", "/workshop"]
    .map(async (it) => new TextDecoder("latin1").decode(await (await fetch(it)).arrayBuffer()))));
  run(["backup", join(place.folder, "backup.tar")], "", { cwd: place.folder, settings: { UNRUFFLED_DATABASE: join(place.folder, "desk.db"), UNRUFFLED_ATTACHMENTS: join(place.folder, "attachments") } });
  const browsers = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  found("an open room", [Buffer.from(answers.join("\n"), "latin1"), Buffer.from(await browsers()), ...server()]);
  await page.goto("/inbox");
  await ready(page);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL("**/login");
  assert.doesNotMatch(await browsers(), /unruffled:own:/, "the wrapped key is gone");
  found("after logging out", [Buffer.from(await browsers()), ...server()]);
  await logIn(page, ...ADA);
  await page.goto("/own");
  await door().getByLabel("Your passphrase").waitFor();
  await door().getByLabel("Your passphrase").fill(LAST);
  await page.keyboard.press("Enter");
  await section("anchor").getByText(LINE).waitFor();
});

step("deleting asks for the name and leaves no room", async () => {
  await tabTo(page, page.locator("#own-end summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator("#own-end input"));
  await type("somebody");
  await page.keyboard.press("Enter");
  await page.locator("#own-end").getByText("Nothing was deleted").waitFor();
  await page.locator("#own-end input").fill(NAME);
  await page.keyboard.press("Enter");
  await page.getByText("its bytes are overwritten").waitFor();
  await door().getByLabel("A passphrase, not your password here").waitFor();
  assert.deepEqual(ada.faults, []);
});

/** What somebody has who runs the machine: what the program holds in memory, what it logged, every file of the desk. */
function server() {
  const log = desk.log();
  assert.ok(log.length > 0, "it logs");
  return [memory(desk.pid), Buffer.from(log), ...files(place.folder)].filter(Boolean);
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [readFileSync(path)];
  });
}

/** All that a running program can write to, as it is; null where the machine does not show it. */
function memory(pid) {
  if (!existsSync(`/proc/${pid}/mem`)) return null;
  const file = openSync(`/proc/${pid}/mem`, "r");
  const parts = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (!from) continue;
    const part = Buffer.alloc(Number(BigInt(`0x${to}`) - BigInt(`0x${from}`)));
    try {
      readSync(file, part, 0, part.length, BigInt(`0x${from}`));
    } catch { continue; } // A part that only the kernel reads.
    parts.push(part);
  }
  closeSync(file);
  const all = Buffer.concat(parts);
  assert.ok(all.includes("gareth.jones@example.org"), "the desk's memory is really seen");
  return all;
}

function found(when, places) {
  for (const secret of [LINE, FEAR, HAPPENED, WORD, PASSPHRASE, OTHER, LAST, printed]) {
    for (const form of [Buffer.from(secret), Buffer.from(secret, "utf16le"), Buffer.from(Buffer.from(secret).toString("base64").slice(0, 20))]) {
      places.forEach((all, at) => assert.ok(!all.includes(form), `${when}: “${secret}” is in place ${at}`));
    }
  }
}
