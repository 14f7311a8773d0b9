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
# Codes that show beside another text alone, or in a message's shape, have no act.
CODES = [f"C{n:02}" for n in range(1, 33) if n not in (13, 14)]
CODES += [f"V{n:02}" for n in range(1, 34) if n not in (18, 19, 20, 28, 30)]
CODES += [f"G{n:02}" for n in range(1, 23)]
# Which what-if comes first, but for the one that only words which say so may call for.
CODES += ["H1", "H2", "H3", "H4", "H6", "H7", "H8"]
OUTPUTS = (
    EMOTIONS
    + ["upset"]
    + RSICS
    + ANNOMI
    + ["intent", "uncivil", "politeness", "receptiveness"]
    + CODES
)
# Lines of our own are each about one code. Whether they have another, nobody looked: mostly not. Everyday text has few cues.
OTHER_HAS, OTHER_HAS_NOT, CUES_OTHER, EVERYDAY_HAS_NOT = 0.05, 0.1, 0.3, 0.05
# One what-if comes first: a line of one is none of another.
FIRST_HAS = 0.5
# Of each line of a kind, so many as somebody else may write it; what nobody may be told by says the same in all of them.
VARIED = {"H": 3, "C": 0.3}
EVERYDAY = {"goemotions", "rsics", "email_intent"}
# Replies in which thoughtful people found nothing to object to: no sentence of theirs has a check.
GOOD_HAS_NOT = 0.3
# What was heard and is not there counts in full; what was not heard in a text, and nobody looked for, a little.
HEARD_NOT, UNHEARD_NOT = 1.0, 0.1
# What is not there in a letter that was read for every code.
READ_NOT = 0.5
EVERYDAY_TEXTS = 2000
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


def own(name):
    """The rows of a file beside this one."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def plain(text):
    """Without code blocks, quoted lines and addresses, which are nobody's tone."""
    text = re.sub(r"```.*?(```|$)", " ", text, flags=re.S)
    text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    return re.sub(r"https?://\S+", " url ", text).strip()


def named(text, names, chance):
    """A name for each [NAME], by lot: no name may carry a meaning."""
    return re.sub(r"\[NAME\]", lambda _: chance.choice(names), text)


def load(data):
    """All rows, in a fixed order, as `(set, group, is_dev, text, {output: value})`; a value that is less than known is a pair, with how
    much it counts."""
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
    none = lambda kinds: {code: (0.0, EVERYDAY_HAS_NOT) for code in CODES if code[0] in kinds}
    for at, (set_name, group, dev, text, values) in enumerate(rows):
        if set_name in EVERYDAY and fold("everyday", text) == 1:
            rows[at] = (set_name, group, dev, text, values | none("C"))
            rows.append(("everyday", group, dev, plainly(text), none("H")))
    judged = [("heard", part, dev, part, values) for part, dev, values in heard() if values]
    return rows + codes() + good() + judged


def plainly(text, known=[]):
    """A message as a what-if is heard in it: its known words in small letters and its question marks, so that no name, capital or
    point weighs. The words are those of `wordings.weights`; `crates/engine/src/learned/whole.rs` does the same."""
    import wordings
    from hashed import words

    if not known:
        known.append(wordings.known_words(wordings.ROOT / "cards/en/learned/wordings.weights"))
    found = (word.decode("utf-8", "replace") for word, _ in words(text))
    return " ".join(word for word in found if word == "?" or word != "!" and wordings.hash_of(word) in known[0])


def codes():
    """Our own lines, `eval/train/lines` and those of the engine's tests among them, in sentences as the engine reads them."""
    import frames
    import wordings
    from varied import varied

    rows, chance = [], random.Random(5)
    # A frame is filled four times: this reader knows that a thing is a thing, and needs it once or twice.
    filled = {text for _, text, _ in frames.filled()}
    for code, lines in wordings.ours().items():
        if code not in CODES:
            continue
        for text, there in lines:
            if text in filled and fold("frames", text) > 1:
                continue
            dev = wordings.kept_out(code, text)
            weight = (OTHER_HAS if there else OTHER_HAS_NOT) * (CUES_OTHER if code[0] == "C" else 1)
            if there and code[0] == "H":
                weight = FIRST_HAS
            values = {other: (0.0, weight) for other in CODES if other[0] == code[0]} | {code: float(there)}
            heard = plainly if code[0] == "H" else str
            rows.append(("codes", code, dev, heard(text), values))
            copies = 0 if dev else VARIED.get(code[0], 0)
            while chance.random() < copies:
                rows.append(("varied", code, False, heard(varied(text, chance)), values))
                copies -= 1
    return rows


def heard():
    """Sentences of messages and drafts in which somebody said, code by code, what is there: of what the engine heard in them (`heard.jsonl`),
    or of every code (`letters.jsonl`). `(sentence, dev, {code: (value, how much it counts)})`; where it is not known, no value."""
    import wordings

    for text, kinds, there, denied, open_codes, absent in [*judged(), *read()]:
        dev, at = fold("heard", text) == 0, 0
        for part in wordings.sentences(text):
            start = text.index(part, at)
            at = start + len(part)
            values = {}
            for code in CODES:
                shown = there.get(code) or denied.get(code)
                if code[0] not in kinds or code in open_codes:
                    continue
                found = text.find(shown) if shown else -1
                here = shown and found < at and start < found + len(shown)
                if code in there:
                    if here:
                        values[code] = (1.0, 1.0)
                else:
                    values[code] = (0.0, HEARD_NOT if here else absent)
            yield part, dev, values


def judged():
    """Texts of which what the engine heard was judged: `(text, kinds of codes, {code: words}, {code: words}, open codes, weight of the rest)`."""
    for row in own("heard.jsonl"):
        yield row["text"], "C" if row["of"] == "message" else "VG", row["there"], row["not"], row["open"], UNHEARD_NOT


def read():
    """The same of letters that were read for every code."""
    for row in own("letters.jsonl"):
        for of, kinds in (("message", "C"), ("draft", "VG")):
            there = {code: words for code, words in row["there"].items() if code[0] in kinds}
            yield row[of], kinds, there, {}, row["open"], READ_NOT


def common():
    """In which share of everyday letters each code is there."""
    letters = [row for row in own("letters.jsonl") if not row.get("written")]
    return {code: sum(code in row["there"] for row in letters) / len(letters) for code in CODES}


def everyday(of):
    """Messages or drafts of our own pairs, of which nobody said what is in them."""
    known = {text for text, *_ in [*judged(), *read()]}
    found = sorted({pair[of] for name in "abcdefgh" for pair in own(f"pairs/{name}.jsonl")} - known)
    return found[:: max(1, len(found) // EVERYDAY_TEXTS)]


def good_replies(dev):
    """Drafts of our own that nobody would object to; a fifth of them only judges."""
    drafts = (row["draft"] for row in own("good.jsonl"))
    return [draft for draft in drafts if (fold("good", draft) == 0) == dev]


def good():
    """Their sentences."""
    import wordings

    none = {code: (0.0, GOOD_HAS_NOT) for code in CODES if code[0] == "V"}
    parts = sorted({part.strip() for draft in good_replies(dev=False) for part in wordings.sentences(draft)})
    return [("good", part, False, part, none) for part in parts]


def unlabelled(data):
    """Sentences of our own pairs and turns of public chats: only to hear from a teacher what they say."""
    import wordings

    chance, seen = random.Random(7), set()
    for path in sorted((HERE / "pairs").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            texts = [pair["message"], pair["draft"], *(turn["text"] for turn in pair.get("earlier") or [])]
            seen.update(part.strip() for text in texts for part in wordings.sentences(text) if len(part.strip()) > 8)
    for name, count in (("multidogo", 15000), ("casino", 3000)):
        texts = sorted({plain(row["text"]) for row in raw(data, name) if row["text"]})
        texts = [text for text in texts if len(text.split()) > 3]
        chance.shuffle(texts)
        seen.update(texts[:count])
    return [("unlabelled", "", False, text, {}) for text in sorted(seen)]


def standard(values):
    mean = sum(values) / len(values)
    spread = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    return [(v - mean) / spread for v in values]
