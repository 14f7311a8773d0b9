// Starts and ends the programs a journey needs: the desk itself, and real mail servers beside it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { letter } from "./letter.mjs";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
export const BIN = process.env.UNRUFFLED_BIN ?? join(TARGET, "debug/unruffled");
const MAIL_SERVERS = process.env.UNRUFFLED_MAIL_SERVERS ?? join(TARGET, "debug/examples/mail-servers");
const START_MS = 60_000;

/** A folder of this test's own, gone with `leave`. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), "unruffled-journey-"));
  return { folder, leave: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The demo, its story told, on a port of its own. */
export async function demo() {
  const { folder, leave } = ownFolder();
  const desk = await begin(BIN, ["demo", "--port", "0", "--folder", join(folder, "desk")], /http:\/\/\S+/);
  return {
    url: desk.said[0],
    /** Every letter that left the desk. */
    sent() {
      const drop = join(folder, "desk", "sent");
      if (!existsSync(drop)) return [];
      return readdirSync(drop).filter((name) => name.endsWith(".eml")).map((name) => letter(readFileSync(join(drop, name), "utf8")));
    },
    async end() {
      await desk.end();
      leave();
    },
  };
}

/** A desk served for real, from settings given as `UNRUFFLED_*` variables. */
export async function serve(folder, settings) {
  const env = { ...clean(), UNRUFFLED_LISTEN: "127.0.0.1:0", UNRUFFLED_LOG: "warn", ...settings };
  const desk = await begin(BIN, ["serve"], /http:\/\/[^\s.]+(?:\.[^\s.]+)*/, { cwd: folder, env });
  return { url: desk.said[0], pid: desk.pid, log: desk.log, end: desk.end };
}

/** Somebody who answers at that desk. */
export function addAgent(folder, settings, login, name, password) {
  const done = spawnSync(BIN, ["agent", "add", login, "--name", name], {
    cwd: folder, env: { ...clean(), ...settings }, input: `${password}\n`, encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`agent add: ${done.stderr || done.stdout || done.error}`);
}

/** A real Dovecot and a real Postfix for these addresses; gone when their stdin closes. */
export async function mailServers(...users) {
  const running = await begin(MAIL_SERVERS, users, /^\{.*\}$/);
  return { ...JSON.parse(running.said[0]), end: running.end };
}

/** Why the mail servers cannot be started here; null where they can. */
export function mailServersMissing() {
  if (!existsSync(MAIL_SERVERS)) return `${MAIL_SERVERS} is not built (cargo build -p unruffled-mail --examples)`;
  const here = (name) => ["/usr/sbin", "/usr/bin"].some((folder) => existsSync(join(folder, name)));
  const missing = ["dovecot", "postfix", "openssl"].filter((name) => !here(name));
  if (!existsSync("/usr/lib/dovecot/lmtp")) missing.push("dovecot-lmtpd");
  if (missing.length) return `not installed: ${missing.join(", ")} (apt-get install dovecot-imapd dovecot-lmtpd postfix openssl)`;
  return process.getuid() === 0 ? null : "Dovecot and Postfix can only be started by root";
}

/** Runs a program on words, as a terminal would. */
export function run(args, input, { cwd, settings } = {}) {
  const env = settings && { ...clean(), ...settings };
  const done = spawnSync(BIN, args, { input, cwd, env, encoding: "utf8", maxBuffer: 64 << 20 });
  if (done.status !== 0) throw new Error(`unruffled ${args.join(" ")}: ${done.stderr || done.error}`);
  return done.stdout;
}

// A desk's settings come from the journey alone.
function clean() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("UNRUFFLED_")));
}

async function begin(program, args, sign, options = {}) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: clean(), ...options });
  const gone = new Promise((done) => child.once("exit", done));
  let troubles = "";
  child.stderr.on("data", (words) => { troubles += words; });
  const said = await new Promise((found, fail) => {
    const late = setTimeout(() => fail(new Error(`${program} said nothing for ${START_MS / 1000} s. ${troubles}`)), START_MS);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = sign.exec(line);
      if (match) { clearTimeout(late); found(match); }
    });
    child.once("error", (why) => { clearTimeout(late); fail(why); });
    child.once("exit", (code) => { clearTimeout(late); fail(new Error(`${program} ended with ${code} before it began. ${troubles}`)); });
  });
  return {
    said,
    pid: child.pid,
    log: () => troubles,
    async end() {
      if (child.exitCode !== null) return;
      child.stdin.end();
      // The servers' own end is their closed stdin; a desk is asked.
      if (program === BIN) child.kill("SIGTERM");
      const stuck = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await gone;
      clearTimeout(stuck);
    },
  };
}
