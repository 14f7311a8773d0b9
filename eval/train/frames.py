"""Lines of our own with blanks, `frames/CODE.txt`, and what goes into the blanks, `frames/slots.txt`: one way of saying a thing, about
several matters, so that the way is learned and not the matter."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "frames"
# How often a frame with blanks is filled.
TIMES = 4


def filled():
    """Every frame with its blanks filled, as `(code, text, there)`; the same each time."""
    slots = dict(line.split(" = ", 1) for line in (FOLDER / "slots.txt").read_text(encoding="utf-8").splitlines())
    slots = {name: [word.strip() for word in words.split("|")] for name, words in slots.items()}
    used = dict.fromkeys(slots, 0)

    def fill(blank):
        words = slots[blank[1]]
        used[blank[1]] += 1
        # Neighbouring blanks of one name get words that are far apart, and each round begins elsewhere.
        return words[(used[blank[1]] * 5 + used[blank[1]] // len(words)) % len(words)]

    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line[:2] not in ("+ ", "- "):
                continue
            frame = line[2:]
            made = {re.sub(r"\{(\w+)\}", fill, frame) for _ in range(TIMES if "{" in frame else 1)}
            for text in sorted(made):
                yield path.stem, text[0].upper() + text[1:] if frame.startswith("{") else text, line[0] == "+"
