"""The one training command: `python3 eval/train/train.py --data ../shared/data`, from the repository's root.

It needs the packages of requirements.txt and makes `cards/en/learned/words.weights` (half a minute) and
`crates/reader/model/reader.int8` (about forty minutes of one core). `--only words` or `--only encoder` makes one of the two.
"""

import argparse
import hashlib
import importlib.util
import sys
from pathlib import Path

import numpy as np

import figures
import rows as labelled

ROOT = Path(__file__).resolve().parents[2]
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Acts that a card of cards/en listens for, or may; another act never shows.
HINTS = ["upset", "thanks", "worry", "confusion", "uncivil", "question", "reflection", "remorse"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def words(rows):
    import hashed

    made = hashed.train(rows, say)
    dev = [row for row in rows if row[2]]
    said = np.array([made.say(row[3].replace("[NAME]", " ")) for row in dev])
    hints = figures.table(dev, hashed.ACTS, hashed.wanted, said, say)
    path = ROOT / "cards/en/learned/words.weights"
    path.parent.mkdir(exist_ok=True)
    made.write(path, {act: hints[act] for act in HINTS if act in hints})
    golden(ROOT / "crates/engine/tests/learned.golden", hashed.ACTS, made.say)
    say(f"{path}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def golden(path, names, answer):
    """What the training side says of our own sentences; a test holds the Rust side to it."""
    lines = ["\t".join(["text", *names])]
    for text in (Path(__file__).parent / "golden.txt").read_text(encoding="utf-8").splitlines():
        lines.append("\t".join([text, *(f"{value:.4f}" for value in answer(text))]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    order = argparse.ArgumentParser(description=__doc__)
    order.add_argument("--data", default=str(ROOT / "../shared/data"))
    order.add_argument("--only", choices=["words", "encoder"])
    order.add_argument("--work", default="/tmp/unruffled-train", help="where checkpoints are kept")
    order = order.parse_args()
    rows = labelled.load(order.data)
    say(f"{len(rows)} rows, {sum(row[2] for row in rows)} of them only to judge")
    if order.only != "encoder":
        words(rows)


if __name__ == "__main__":
    main()
