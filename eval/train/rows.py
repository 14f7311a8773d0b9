"""The labelled public text as rows `(set, group, text, {output: value})`, and which of them only judge.

Nothing of this text enters the repository; `--data` names the folder where it lies (`../shared/data` here).
"""

import gzip
import json
import random
import re
from pathlib import Path

HERE = Path(__file__).parent

EMOTIONS = (
    "admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval disgust "
    "embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief remorse sadness "
    "surprise neutral"
).split()
# What makes a Reddit comment a picture of somebody who is upset about something, and what leaves it open.
UPSET = {"anger", "annoyance", "disappointment", "disgust"}
OPEN = {"disapproval", "sadness", "grief", "fear", "nervousness", "remorse", "embarrassment"}

RSICS = ["greeting", "backstory", "justification", "rant", "thanks"]
ANNOMI = ["reflection", "question", "advice", "small"]
OUTPUTS = (
    EMOTIONS
    + ["upset"]
    + RSICS
    + ANNOMI
    + ["intent", "uncivil", "politeness", "receptiveness"]
)
# Real numbers, standardised; everything else is yes or no.
NUMBERS = {"politeness", "receptiveness"}


def fold(set_name, group):
    """FNV-1a of "set/group", in fifths; fifth 0 is the development fold. `crates/reader/src/fold.rs` says the same."""
    value = 0xCBF29CE484222325
    for byte in f"{set_name}/{group}".encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return (value >> 32) % 5


def raw(data, name):
    with gzip.open(Path(data) / f"{name}.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plain(text):
    """Without code blocks, quoted lines and addresses, which are nobody's tone."""
    text = re.sub(r"```.*?(```|$)", " ", text, flags=re.S)
    text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    return re.sub(r"https?://\S+", " url ", text).strip()


def named(text, names, chance):
    """A name for each [NAME], by lot: no name may carry a meaning."""
    return re.sub(r"\[NAME\]", lambda _: chance.choice(names), text)


def load(data):
    """All rows, in a fixed order, as `(set, group, is_dev, text, {output: value})`."""
    chance = random.Random(20261126)
    names = (HERE / "names.txt").read_text(encoding="utf-8").split()
    rows = []

    def add(set_name, row, text, values, dev=None):
        text = plain(text)
        if text and values:
            group = str(row["group"])
            dev = fold(set_name, group) == 0 if dev is None else dev
            rows.append((set_name, group, dev, text, values))

    for row in raw(data, "goemotions"):
        has = set(row["labels"]["emotions"])
        values = {emotion: float(emotion in has) for emotion in EMOTIONS}
        if has & UPSET:
            values["upset"] = 1.0
        elif not has & OPEN:
            values["upset"] = 0.0
        add("goemotions", row, named(row["text"], names, chance), values, row["labels"]["split"] == "dev")

    whole = {}
    for row in raw(data, "rsics"):
        has = row["labels"]
        values = {name: float(has["gratitude" if name == "thanks" else name]) for name in RSICS}
        upset = float(has["rant"] or has["emotion"])
        values["upset"] = upset
        marked = re.findall(r"\[([^\]]*)\]?", row["text"])
        add("rsics", row, " ".join(marked) if marked else row["text"], values)
        text = re.sub(r"[\[\]]", "", row["text"])
        known = whole.get(row["group"])
        whole[row["group"]] = (row, text, max(upset, known[2] if known else 0.0))
    for row, text, upset in whole.values():
        add("rsics", row, text, {"upset": upset})

    acts = {"reflection": 0, "question": 1, "therapist_input": 2, "other": 3}
    for row in raw(data, "annomi"):
        if row["labels"]["who"] == "therapist":
            at = acts[row["labels"]["act"]]
            add("annomi", row, row["text"], {name: float(i == at) for i, name in enumerate(ANNOMI)})

    for row in raw(data, "email_intent"):
        add("email_intent", row, row["text"], {"intent": float(row["labels"]["intent"])})

    for row in raw(data, "incivility"):
        tone = row["labels"]["tone"]
        values = {"uncivil": float(tone != "None")}
        if tone != "Irony":
            values["upset"] = values["uncivil"]
        add("incivility", row, row["text"], values)

    numbers = raw(data, "politeness")
    for domain in ("wikipedia", "stack-exchange"):
        part = [row for row in numbers if row["labels"]["domain"] == domain]
        for row, value in zip(part, standard([row["labels"]["politeness"] for row in part])):
            add("politeness", row, row["text"], {"politeness": value})
    numbers = raw(data, "receptiveness")
    for row, value in zip(numbers, standard([row["labels"]["receptiveness"] for row in numbers])):
        add("receptiveness", row, row["text"], {"receptiveness": value})
    return rows


def standard(values):
    mean = sum(values) / len(values)
    spread = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    return [(v - mean) / spread for v in values]
