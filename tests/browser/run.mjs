// Runs every journey and says at the end how many passed, how many failed, and what this machine left out.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MIN = 18;
const HERE = dirname(fileURLToPath(import.meta.url));
const all_wanted = process.env.UNRUFFLED_ALL_TESTS === "1";

function end(passed, failed) {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

function leftOut(why) {
  console.log(`LEFT OUT: the journeys in a browser. ${why}`);
  end(0, all_wanted ? 1 : 0);
}

if (Number(process.versions.node.split(".")[0]) < NODE_MIN) leftOut(`Node ${NODE_MIN} or newer is wanted; this is ${process.versions.node}.`);
if (!existsSync(join(HERE, "node_modules"))) leftOut("Their modules are not installed (npm ci in tests/browser).");
const { chromiumPath } = await import("./parts/chrome.mjs");
const { BIN, mailServersMissing } = await import("./parts/program.mjs");
if (!chromiumPath()) leftOut("There is no Chromium here (apt-get install chromium).");
if (!existsSync(BIN)) leftOut(`${BIN} is not built (cargo build -p unruffled-cli).`);

const files = process.argv.slice(2).length ? process.argv.slice(2) : readdirSync(HERE).filter((name) => name.endsWith(".test.mjs")).sort();
const count = { pass: 0, fail: 0, cancelled: 0, skipped: 0 };
/** Runs one file and prints what it said once it is over, so that two at once can be read. */
const play = (file) => new Promise((done) => {
  const child = spawn(process.execPath, ["--test", "--test-reporter=spec", file], { cwd: HERE, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const words of [child.stdout, child.stderr]) words.on("data", (part) => { said += part; });
  child.once("close", (code) => {
    process.stdout.write(`── ${file} ──\n${said}`);
    let failed = 0;
    for (const [, name, number] of said.replace(/\x1b\[[\d;]*m/g, "").matchAll(/^(?:ℹ|#) (pass|fail|cancelled|skipped) (\d+)$/gm)) {
      count[name] += Number(number);
      if (name === "fail" || name === "cancelled") failed += Number(number);
    }
    // A file that could not even be read counts no test of its own.
    if (code !== 0 && failed === 0) count.fail += 1;
    done();
  });
});

// Two at a time, each with a desk of its own: a journey waits more than it works. The longest begins, so that it does not end alone.
const LONGEST = "story.test.mjs";
const rest = files.toSorted((a, b) => (b === LONGEST) - (a === LONGEST));
const lane = async () => { while (rest.length) await play(rest.shift()); };
await Promise.all([lane(), lane()]);

const missing = mailServersMissing();
if (count.skipped && missing) console.log(`LEFT OUT: ${count.skipped} steps on real mail: ${missing}.`);
end(count.pass, count.fail + count.cancelled);
