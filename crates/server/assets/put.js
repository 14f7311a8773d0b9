// Puts words into a text field so that Ctrl Z takes them back.
export function put(paper, start, end, words) {
  paper.focus();
  paper.setSelectionRange(start, end);
  // The only way to write into a field that keeps the browser's own undo.
  const done = words === "" ? document.execCommand("delete") : document.execCommand("insertText", false, words);
  if (!done) {
    paper.setRangeText(words, start, end, "end");
    paper.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}
