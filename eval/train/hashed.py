"""The reader built into the engine: hashed words, pairs of words, word beginnings and endings, with one byte of weight per act.

`crates/engine/src/learned/` reads the file that this writes, and hashes as it is done here. A row of the table is fourteen
weights and two bytes that tell its feature from strangers, so a word never seen in training weighs nothing. No feature is
made of digits, of names, or of the words in `plain-words.txt`.
"""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression, Ridge

import rows as labelled

HERE = Path(__file__).parent
MAGIC = b"unruffled words 1\n"
ROWS_LOG2 = 15
ACTS = (
    "upset thanks rant greeting intent reflection question advice uncivil politeness receptiveness worry confusion remorse"
).split()
# Fewer sightings than this are chance.
SEEN_MIN = 3
# How strictly each fit is held down: chosen on the development fold.
LOOSENESS, RIDGE = 3.0, 3.0

MASK = 2**64 - 1
FNV_START, FNV_PRIME, STIR = 0xCBF29CE484222325, 0x100000001B3, 0xFF51AFD7ED558CCD
WORD, PAIR, HEAD, TAIL = 1, 2, 3, 4
WORD_BYTES_MAX = 64
EDGE = 0x9E3779B97F4A7C15
LETTERS = re.compile(rb"[a-z0-9\x80-\xff]+(?:'[a-z0-9\x80-\xff]+)*|[?!]")


def fnv(letters):
    value = FNV_START
    for byte in letters:
        value = (value ^ byte) * FNV_PRIME & MASK
    return value


def stir(value, sort):
    """A feature's number out of a hash and the sort of feature it is."""
    value = ((value ^ sort) * STIR) & MASK
    return value ^ (value >> 32)


def turned(value):
    return ((value << 23) | (value >> 41)) & MASK


def words(text):
    """Words as bytes, each with whether it is written as names are: ASCII in lower case, digit runs as 0, apostrophes
    straight; "?" and "!" are words too."""
    letters = text.encode()
    letters = letters.replace("’".encode(), b"'").replace("‘".encode(), b"'")
    letters = re.sub(rb"\xe2[\x80\x81].", b" ", letters)
    letters = re.sub(rb"[0-9]+", b"0", letters)
    for found in LETTERS.finditer(letters.lower()):
        written = letters[found.start() : found.end()]
        yield found.group()[:WORD_BYTES_MAX], written[:1].isupper() and written[1:2].islower()


PLAIN = {
    word.encode()
    for line in (HERE / "plain-words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
} | {name.lower().encode() for name in (HERE / "names.txt").read_text(encoding="utf-8").split()}


class Features:
    """Features of texts, by number, with how the words they are made of are told apart from names."""

    def __init__(self, texts):
        self.hash = {}
        small, capital = Counter(), Counter()
        for text in texts:
            for word in re.findall(r"(?<=[a-z] )[A-Za-z][a-z]+", text):
                (capital if word[0].isupper() else small)[word.lower()] += 1
        names = {w.encode() for w, n in capital.items() if n >= 2 and n > small[w]}
        self.dropped = names | PLAIN

    def of_word(self, word):
        known = self.hash.get(word)
        if known is None:
            known = self.hash[word] = (
                fnv(word),
                stir(fnv(word[:4]), HEAD) if len(word) > 4 else 0,
                stir(fnv(word[-3:]), TAIL) if len(word) > 4 else 0,
                word in self.dropped or word.isdigit(),
            )
        return known

    def of_text(self, text):
        """Each feature as often as it occurs; what is made of a dropped word is left out by `allowed` alone, so that a
        text reads the same way in the engine, which knows no list of names."""
        found, allowed, before, clean = [], [], EDGE, True
        for word, titled in words(text):
            own, head, tail, dropped = self.of_word(word)
            found.append(stir(own, WORD))
            allowed.append(not dropped)
            found.append(stir(turned(before) ^ own, PAIR))
            allowed.append(clean and not dropped)
            if head and not titled:
                found.extend((head, tail))
                allowed.extend((not dropped, not dropped))
            before, clean = own, not dropped
        if found:
            found.append(stir(turned(before) ^ EDGE, PAIR))
            allowed.append(clean)
        return found, allowed


def slot(feature):
    return feature & (2**ROWS_LOG2 - 1)


def mark(feature):
    """Tells a row's feature from others of the same row; 0 is an empty row."""
    return (feature >> 48) or 1


def wanted(row, act):
    """What a row says about an act, if it says anything."""
    values = row[4]
    if act in values:
        return values[act]
    if row[0] == "goemotions":
        if act == "thanks":
            return values["gratitude"]
        if act == "worry":
            return max(values["fear"], values["nervousness"])
    return None


def matrix(found, column):
    at, ends = [], [0]
    for features in found:
        at.extend(column[f] for f in features if f in column)
        ends.append(len(at))
    made = sparse.csr_matrix((np.ones(len(at), np.float32), at, ends), shape=(len(found), len(column)))
    made.sum_duplicates()
    length = np.sqrt(np.maximum(1, np.diff(ends))).astype(np.float32)
    return sparse.csr_matrix(sparse.diags(1 / length) @ made)


def fit(x, rows, soft=None):
    """Weights and bias of every act, from the rows that say something about it."""
    weights = np.zeros((len(ACTS), x.shape[1]), np.float32)
    bias = np.zeros(len(ACTS), np.float32)
    train = np.array([not row[2] for row in rows])
    for i, act in enumerate(ACTS):
        values = [wanted(row, act) for row in rows]
        known = np.array([v is not None for v in values]) & train
        y = np.array([v or 0.0 for v in values])[known]
        if act in labelled.NUMBERS:
            made = Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-3).fit(x[known], y)
            weights[i], bias[i] = made.coef_, made.intercept_
        else:
            made = LogisticRegression(C=LOOSENESS, solver="liblinear", tol=1e-2, random_state=1).fit(x[known], y)
            weights[i], bias[i] = made.coef_[0], made.intercept_[0]
    return weights, bias


def train(rows, report=print):
    texts = [row[3].replace("[NAME]", " ") for row in rows]
    features = Features(row[3] for row in rows if not row[2])
    found, seen = [], Counter()
    for row, text in zip(rows, texts):
        have, allowed = features.of_text(text)
        found.append(have)
        if not row[2]:
            seen.update(f for f, ok in zip(have, allowed) if ok)
    column = {f: i for i, f in enumerate(f for f, n in seen.items() if n >= SEEN_MIN)}
    x = matrix(found, column)
    weights, _ = fit(x, rows)
    # Where two features want the same row, the one that matters more has it; then all is fitted once more without the others.
    worth = (np.abs(weights) / np.abs(weights).max(1, keepdims=True)).max(0) * np.sqrt(
        [min(seen[f], 100) for f in column]
    )
    taken = {}
    for i, f in sorted(enumerate(column), key=lambda pair: (-worth[pair[0]], pair[1])):
        taken.setdefault(slot(f), f)
    kept = {f: i for i, f in enumerate(taken.values())}
    report(f"{len(column)} features, {len(kept)} kept")
    x = matrix(found, kept)
    weights, bias = fit(x, rows)
    scale = np.abs(weights).max(1) / 127
    small = np.clip(np.round(weights / scale[:, None]), -127, 127).astype(np.int8)
    table = np.zeros((2**ROWS_LOG2, 16), np.uint8)
    for f, i in kept.items():
        table[slot(f), :14] = small[:, i].view(np.uint8)
        table[slot(f), 14:] = mark(f) & 0xFF, mark(f) >> 8
    return Hashed(table, scale, bias)


class Hashed:
    def __init__(self, table, scale, bias):
        self.table, self.scale, self.bias = table, scale.astype(np.float32), bias.astype(np.float32)
        self.plain = Features([])

    def say(self, text):
        """The strength of every act in one text, as the engine works it out."""
        have = np.array(self.plain.of_text(text)[0], np.uint64)
        at = (have & np.uint64(2**ROWS_LOG2 - 1)).astype(np.int64)
        marks = (have >> np.uint64(48)).astype(np.uint16)
        marks[marks == 0] = 1
        known = at[self.table[at, 14:].copy().view("<u2")[:, 0] == marks]
        total = self.table[known, :14].view(np.int8).astype(np.int32).sum(0)
        return self.bias + self.scale * total.astype(np.float32) / np.float32(max(1, len(known))) ** np.float32(0.5)

    def write(self, path, hints):
        """`hints`: how strong each act has to be before it may show; acts without one never do."""
        head = [f"rows_log2 = {ROWS_LOG2}"]
        for i, act in enumerate(ACTS):
            head += ["", "[[act]]", f'name = "{act}"', f"scale = {self.scale[i]:.9g}", f"bias = {self.bias[i]:.9g}"]
            if act in hints:
                head.append(f"hint = {hints[act]:.4g}")
        text = ("\n".join(head) + "\n").encode()
        with open(path, "wb") as file:
            file.write(MAGIC + len(text).to_bytes(4, "little") + text + self.table.tobytes())
