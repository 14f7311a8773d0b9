// Lets a text field grow with its words where the browser does not do so by itself.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (paper) => {
    paper.style.blockSize = "auto";
    paper.style.blockSize = `${paper.scrollHeight}px`;
  };
  for (const paper of document.querySelectorAll(".writing textarea")) {
    paper.addEventListener("input", () => grow(paper));
    if (paper.value) grow(paper);
  }
}
