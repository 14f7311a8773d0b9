// Underlines in a layer that lies exactly under the field; the field itself stays a plain text field.
export class Underlines {
  constructor(paper) {
    this.paper = paper;
    this.mirror = paper.parentElement.querySelector(".mirror");
    paper.addEventListener("scroll", () => this.follow(), { passive: true });
  }

  /** `spans` are ranges of the field's text in UTF-16 units, in any order. */
  draw(spans) {
    const text = this.paper.value;
    const parts = [];
    let at = 0;
    for (const span of [...spans].sort((a, b) => a.start - b.start)) {
      if (span.start < at || span.end > text.length) continue;
      const mark = document.createElement("mark");
      mark.className = span.weight;
      mark.textContent = text.slice(span.start, span.end);
      parts.push(text.slice(at, span.start), mark);
      at = span.end;
    }
    // A last empty line has no height of its own in the mirror.
    parts.push(text.slice(at), "\u200b");
    this.mirror.dir = getComputedStyle(this.paper).direction;
    this.mirror.replaceChildren(...parts);
    this.follow();
  }

  follow() {
    this.mirror.scrollTop = this.paper.scrollTop;
  }
}

/** Where `span` lies after an edit, or null when the edit touched it. */
export function carry(span, was, is) {
  let head = 0;
  const most = Math.min(was.length, is.length);
  while (head < most && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < most - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const shift = is.length - was.length;
  if (span.end <= head) return span;
  if (span.start < was.length - tail) return null;
  const moved = { ...span, start: span.start + shift, end: span.end + shift };
  if (span.fix) moved.fix = { ...span.fix, start: span.fix.start + shift, end: span.fix.end + shift };
  return moved;
}
