// A real Chromium that notes every fault on a page and every request that would leave the desk.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ROOT } from "./program.mjs";

const PROGRAMS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const OUT = join(ROOT, "tests/browser/out");
const WAIT_MS = 30_000;
const SETTLE_AGAIN_MS = 1300;
const FADE_MS_MAX = 1_000;

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };

export const chromiumPath = () => PROGRAMS.find((path) => path && existsSync(path)) ?? null;

export async function chrome() {
  mkdirSync(OUT, { recursive: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), headless: true, args: FLAGS });
  return {
    /** A person's own browser. `url` is the desk; anything else asked for counts as a fault. */
    async person(url, { viewport = WIDE, ...rest } = {}) {
      const context = await browser.newContext({ viewport, baseURL: url, locale: "en-GB", timezoneId: "UTC", ...rest });
      context.setDefaultTimeout(WAIT_MS);
      const faults = [];
      context.on("request", (request) => {
        const to = request.url();
        if (/^https?:/.test(to) && !to.startsWith(`${url}/`)) faults.push(`asked ${to}`);
      });
      context.on("weberror", (fault) => faults.push(`script: ${fault.error()}`));
      context.on("console", (line) => {
        // What a refused request says is told on the page and tested there.
        if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) faults.push(`console: ${line.text()}`);
      });
      return { context, faults, page: await context.newPage() };
    },
    end: () => browser.close(),
  };
}

/** What fades in has faded in: a colour on its way is no colour. The breath may go on. */
async function settled(page) {
  await page.evaluate((longest) => Promise.all(document.getAnimations()
    .filter((it) => it.effect.getComputedTiming().endTime < longest)
    .map((it) => it.finished.catch(() => {}))), FADE_MS_MAX);
}

/** Axe finds nothing on the page as it stands. */
export async function noBarriers(page, where) {
  const look = async () => {
    await settled(page);
    const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
    return found.violations.map((it) => `${where}: ${it.id}: ${it.nodes.map((node) => `${node.target.join(" ")} (${node.failureSummary})`).join(" | ")}`);
  };
  let words = await look();
  // On a slow machine a word of the breath may be caught on its way; what is wrong stays wrong.
  for (let again = 0; words.length && again < 2; again += 1) {
    await new Promise((done) => setTimeout(done, SETTLE_AGAIN_MS));
    words = await look();
  }
  assert.deepEqual(words, []);
}

/** A picture for eyes; the page never scrolls sideways in it. */
export async function picture(page, name, options = {}) {
  await settled(page);
  await page.screenshot({ path: join(OUT, `${name}.png`), ...options });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${name} scrolls sideways by ${over} px`);
}
