// Keeps what is being written: at the desk, sealed, and in this browser until the desk has it.
import { recall, keep, forget } from "./memory.js";
import { askDesk } from "./ask-desk.js";
import { element } from "./element.js";
import { clock } from "./clock.js";
import { tick, ticks } from "./asks.js";
import { promisesSaid } from "./promising.js";
import { put } from "./put.js";

const SAVE_AFTER_MS = 600;
const TRY_AGAIN_MS = 10_000;
const conversation = document.body.dataset.conversation;

class Draft {
  constructor(form) {
    this.form = form;
    this.kind = form.dataset.draft;
    this.paper = form.querySelector("textarea");
    this.field = form.elements.draft_version;
    this.state = form.querySelector(".state");
    this.copy = `draft:${conversation}:${this.kind}`;
    this.address = `/conversations/${conversation}/draft/${this.kind}`;
    this.dirty = false;
    this.saving = null;
    this.paper.addEventListener("input", () => this.touched());
    // Sent as the last page was left: it may come to the desk only after this page was read there.
    this.onItsWay = recall(this.copy, null)?.body;
    // Somebody may have begun to write before this module came.
    if (this.paper.value !== this.paper.defaultValue) this.touched();
    else this.wakeCopy();
  }

  get version() { return Number(this.field.value) || 0; }
  set version(value) { this.field.value = value; }

  touched() {
    this.dirty = true;
    this.keepHere(this.paper.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  keepHere(body) {
    return keep(this.copy, { body, version: this.version, at: clock(), ticks: this.kind === "reply" ? ticks() : [], answered_for: document.body.dataset.lastWord });
  }

  /** Waits for a save that is under way, then saves what is left. */
  async save() {
    clearTimeout(this.timer);
    if (this.other) return;
    while (this.saving) await this.saving;
    if (!this.dirty) return;
    this.saving = this.put();
    await this.saving;
    this.saving = null;
  }

  words() {
    const words = { body: this.paper.value, version: this.version, answered_for: document.body.dataset.lastWord || null };
    return this.kind === "reply" ? { ...words, ticks: ticks(), promises: promisesSaid() } : words;
  }

  async put() {
    const body = this.paper.value;
    this.dirty = false;
    const answer = await askDesk("PUT", this.address, { json: this.words() });
    if (answer.ok) {
      this.version = answer.version;
      if (!this.dirty) forget(this.copy);
      this.state.textContent = body ? `kept ${answer.kept ?? clock()}` : "";
      return;
    }
    this.dirty = true;
    if (answer.status === 409) return this.showOther(answer);
    const kept = this.keepHere(body);
    this.state.textContent = kept
      ? `kept in this browser ${clock()} · ${answer.says}`
      : `not kept · ${answer.says} Copy your words before you leave the page.`;
    if (answer.status === 0 || answer.status >= 500) this.timer = setTimeout(() => this.save(), TRY_AGAIN_MS);
  }

  /** Words that never reached the desk, from before a reload or a crash. */
  wakeCopy() {
    const copy = recall(this.copy, null);
    if (!copy) return;
    if (copy.answered_for === document.body.dataset.lastWord) tick(copy.ticks ?? []);
    if (copy.body === this.paper.value) return forget(this.copy);
    if (copy.version === this.version || !this.paper.value) {
      this.paper.value = copy.body;
      this.state.textContent = `brought back from this browser, ${copy.at}`;
      this.dirty = true;
      this.timer = setTimeout(() => {
        this.save();
        document.dispatchEvent(new CustomEvent("review-soon"));
      }, SAVE_AFTER_MS);
    } else {
      this.onItsWay = undefined;
      this.showOther({ body: copy.body, version: this.version, kept: copy.at });
    }
  }

  /** Two tabs wrote: both are shown and neither is lost. */
  showOther({ body = "", version = 0, kept }) {
    if (body === this.paper.value) {
      this.version = version;
      this.dirty = false;
      return forget(this.copy);
    }
    if (!body || body === this.onItsWay) {
      // The other one left as a letter or was emptied, or is what these words were begun from: nothing of it could be lost.
      this.version = version;
      this.touched();
      return;
    }
    this.other?.remove();
    const settle = (words) => {
      this.version = version;
      if (words !== undefined) put(this.paper, 0, this.paper.value.length, words);
      this.other.remove();
      this.other = null;
      this.dirty = true;
      this.touched();
      this.paper.focus();
    };
    this.other = element("div", { class: "other", role: "group", "aria-label": "The other version" },
      element("p", {}, `This was also written elsewhere${kept ? `, kept ${kept}` : ""}. Both are safe:`),
      element("pre", { dir: "auto" }, body || "(nothing)"),
      element("p", {},
        element("button", { type: "button", class: "words", onclick: () => settle() }, "Keep mine"), " · ",
        element("button", { type: "button", class: "words", onclick: () => settle(body) }, "Take that one"), " · ",
        element("button", { type: "button", class: "words", onclick: () => settle(`${this.paper.value}\n\n${body}`) }, "Put both together")));
    this.form.querySelector(".foot").before(this.other);
    this.state.textContent = "";
  }

  /** The words have left as a reply or a note; the desk has let its copy go. */
  gone(version = 0) {
    clearTimeout(this.timer);
    this.dirty = false;
    this.version = version;
    this.paper.value = "";
    this.state.textContent = "";
    forget(this.copy);
  }

  /** The words are back, and the desk keeps them already. */
  back(body, version) {
    // The desk has put what it kept of this draft below the words already.
    const rest = this.dirty ? this.paper.value.trim() : "";
    this.version = version;
    this.paper.value = rest ? `${body}\n\n${rest}` : body;
    this.state.textContent = "back in the reply";
    if (rest) this.touched();
    else forget(this.copy);
  }
}

export const drafts = {};
for (const form of document.querySelectorAll("[data-draft]")) {
  if (form.querySelector("textarea")) drafts[form.dataset.draft] = new Draft(form);
}

document.addEventListener("ticked", () => drafts.reply?.touched());
addEventListener("online", () => Object.values(drafts).forEach((draft) => draft.save()));
addEventListener("pagehide", () => {
  for (const draft of Object.values(drafts)) {
    if (!draft.dirty || draft.other) continue;
    // The browser's own copy stays in case this does not arrive.
    askDesk("PUT", draft.address, { json: draft.words(), keepalive: true });
  }
});
