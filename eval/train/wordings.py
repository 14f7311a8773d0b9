"""The reader of single codes: every word of a sentence, and every pair of neighbours, adds what it weighs for each code.

Two logistic regressions a code, on lines that we wrote ourselves (`lines/`, `frames/`, the tests' wordings and lines, the cards'
examples): one on the words' vectors, those of the encoder's base (frozen), summed over a sentence, for what a word means; one on the words
and pairs themselves, for how things are said. Half of each is folded into one byte a word or pair and code, so that the engine
(`crates/engine/src/learned/wordings.rs`) only looks up and adds. A code's `hint` is how strong a
sentence has to be before the code's card may speak where its patterns are silent, its `doubt` how weak before the card is not believed.
"""

import json
import re
import subprocess
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

import frames
import rows as labelled
from hashed import EDGE, PAIR, PLAIN, fnv, stir, turned, words

ROOT = Path(__file__).resolve().parents[2]
NAMES = {name.lower().encode() for name in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").split()}
MAGIC = b"unruffled wordings 2\n"
# How strictly each fit is held down: chosen by what fits said of lines that they had not seen.
LOOSENESS, PAIRS_LOOSENESS = 0.05, 10.0
# Lines of other codes mostly do not have this one; nobody looked.
OTHERS_POSITIVE, OTHERS_NEGATIVE = 0.1, 0.2
# Customers say many things at once, so lines of other cues speak against a cue still less. Everyday sentences do too, by kind.
CUES_OTHERS = 0.3
EVERYDAY_NEGATIVE = {"C": 0.05, "V": 0.0, "G": 0.0}
# Pairs in fewer lines than this are chance; those that weigh less than this for every code (the heaviest 127) change nothing.
PAIR_LINES_MIN, LIGHTEST = 5, 28
# Checks that are about what somebody is called may weigh the words that no other code may.
DISCLOSED = {"V26", "V32"}
# Risk and abuse set everything else aside, thanks and a turn for the better let go of it: that is for words which say so, never for
# a leaning.
PLAINLY_SAID = {"C28", "C30", "C31", "C32"}
# What somebody discloses of themselves is heard only where they say it: it is never worked out from how they write.
SAID_BY_THEMSELVES = {"C20", "C23", "H5"}
# Only to be seen beside another text, in a message's shape or in all of it, or too seldom right by words alone.
NOT_IN_WORDS = {"C13", "C14", "V07", "V18", "V19", "V20", "V28", "V30", "H1", "H2", "H3", "H4", "H6", "H7", "H8"}
FOLDS = 5
# A code with fewer lines that nobody who wrote cards has seen is judged on all its lines.
FRESH_MIN = 60
# Of lines of other codes, and of everyday sentences, at most so many may be given a hint.
OTHERS_MOST = 0.06
EVERYDAY = 4000
# A cut that makes less than this more of the lines right is left out.
EARNED_MIN = {"C": 0.005, "V": 0.01, "G": 0.01}
# Only a sentence far from everything that a code is about is doubted; of a draft's, nothing is taken back that a pattern shows.
DOUBT_MOST = -2.5
STRESSES_MAX = 6
# So far from its cut a line that tests hold the engine to has to be, while it is fitted and once the weights are bytes.
MARGIN, EDGE_MARGIN = 0.15, 0.02
# Fewer sightings than this are chance.
SEEN_MIN = 3
# Of everyday messages and drafts, whole, at most so many may be given a hint at a code, and half of those more in which it is there.
BACKGROUND_MOST = {"C": 0.006, "V": 0.001, "G": 0.006, "H": 0.03}
# A good reply meets silence: of those that we have, at most so many may be given a hint at a check.
GOOD_MOST = 0.005
SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")


def vocabulary(texts):
    """Words that people write in small letters, so no names: those that are seen often enough, and mostly so."""
    small, titled = Counter(), Counter()
    for text in texts:
        first = True
        for word, is_titled in words(text):
            word = word.decode("utf-8", "replace")
            if not is_titled:
                small[word] += 1
            elif not first:
                titled[word] += 1
            first = word in "?!"
    return sorted(word for word, seen in small.items() if seen >= SEEN_MIN and seen > 2 * titled[word] and re.fullmatch(r"[a-z0']+|[?!]", word))


class Vectors:
    """Words with their vectors, those of their pieces taken together. A word that is none of them says nothing."""

    def __init__(self, known, pieces, table):
        self.word, rows = [], []
        at = {piece: row for row, piece in enumerate(pieces)}
        for word in known:
            parts = taken_apart(word, at)
            if parts and word.encode() not in NAMES:
                self.word.append(word)
                rows.append(table[parts].mean(0))
        self.id = {word: row for row, word in enumerate(self.word)}
        self.table = np.stack(rows)
        self.plain = np.array([word.encode() in PLAIN for word in self.word])

    def scaled(self, texts):
        """Every direction as wide as every other, over these texts."""
        self.table = self.table / (self.all(texts, True).std(0) + 1e-6)
        return self

    def rows(self, disclosed):
        return self.table if disclosed else self.table * ~self.plain[:, None]

    def words(self, sentence):
        rows = (self.id.get(word.decode("utf-8", "replace")) for word, _ in words(sentence))
        return [row for row in rows if row is not None]

    def pairs_of(self, sentence):
        """Each word with the one before it, and the edges; none where a word is not known."""
        before = ""
        for word, _ in words(sentence):
            word = word.decode("utf-8", "replace")
            yield before, word
            before = word
        yield before, ""

    def learn_pairs(self, texts):
        """Keeps the pairs that are in many enough of these texts."""
        ours = lambda word: not word or word in self.id
        seen = Counter(pair for text in texts for pair in set(self.pairs_of(text)))
        self.pair = sorted(pair for pair, lines in seen.items() if lines >= PAIR_LINES_MIN and any(pair) and all(map(ours, pair)))
        self.pair_id = {pair: len(self.word) + row for row, pair in enumerate(self.pair)}
        plain = lambda word: word.encode() in PLAIN
        self.said_plain = np.concatenate([self.plain, np.array([any(map(plain, pair)) for pair in self.pair], bool)])
        return self

    def said(self, texts, disclosed):
        """Which words and pairs are in each text, as the engine weighs them."""
        rows, columns, values = [], [], []
        for at, text in enumerate(texts):
            known = self.words(text)
            here = known + [self.pair_id[pair] for pair in self.pairs_of(text) if pair in self.pair_id]
            rows += [at] * len(here)
            columns += here
            values += [1 / np.sqrt(max(1, len(known)))] * len(here)
        made = sparse.csr_matrix((values, (rows, columns)), (len(texts), len(self.said_plain)), np.float32)
        return made if disclosed else made @ sparse.diags((~self.said_plain).astype(np.float32))

    def all(self, texts, disclosed):
        table = self.rows(disclosed)
        out = np.zeros((len(texts), table.shape[1]), np.float32)
        for at, text in enumerate(texts):
            found = self.words(text)
            if found:
                out[at] = table[found].sum(0) / np.sqrt(len(found))
        return out


def taken_apart(word, at):
    """The pieces of a word: what its parts between apostrophes fall into, the longest known beginning again and again."""
    found = []
    for part in re.findall(r"'|[^']+", word):
        start, pieces = 0, []
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = ("##" if start else "") + part[start:end]
                if piece in at:
                    pieces.append(at[piece])
                    start = end
                    break
            else:
                return []
        found.extend(pieces)
    return found


def sentences(text):
    return [part for part in SENTENCES.split(text) if re.search(r"\w", part)] or [text]


def in_sentences(texts):
    """The sentences of all texts, one after another, and where those of each text begin."""
    split = [sentences(text) for text in texts]
    return [part for parts in split for part in parts], np.cumsum([0] + [len(parts) for parts in split])[:-1]


def ours():
    """Lines of our own: `{code: [(text, there)]}`, those that the engine is not held to last."""
    lines = defaultdict(dict)
    for folder in ("eval/train/lines", "crates/engine/tests/wordings", "crates/engine/tests/lines"):
        for path in sorted((ROOT / folder).glob("*.txt")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line[:2] in ("+ ", "- "):
                    lines[path.stem].setdefault(line[2:].strip(), line[0] == "+")
    for code, text, there in examples():
        lines[code].setdefault(text, there)
    for line in (ROOT / "eval/sets/dev/lines.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        lines[row["code"]].setdefault(row["text"], row["fires"])
    for code, text, there in frames.filled():
        lines[code].setdefault(text, there)
    return {code: list(of.items()) for code, of in sorted(lines.items()) if code[0] in BACKGROUND_MOST}


def examples():
    """The cards' own examples, but for those that need a customer's words beside them."""
    for path in sorted((ROOT / "cards/en").glob("*/*.md")):
        card = path.read_text(encoding="utf-8")
        code = re.search(r'^code\s*=\s*"(\w+)"', card, re.M)
        for part, there in (("Fires", True), ("Stays quiet", False)):
            body = card.split(f"## {part}\n")[1].split("\n## ")[0] if code and f"## {part}\n" in card else ""
            for block in body.split("\n\n"):
                if re.match(r"\w+: ", block):
                    continue
                for line in block.splitlines():
                    if line.strip() and not re.fullmatch(r"[\s^]+", line):
                        yield code[1], line.strip(), there


def heard_by_engine(rows, *how):
    """Whether the engine hears each `(code, text)`; `--cards-alone`: its cards by themselves."""
    order = ["cargo", "run", "-q", "--release", "-p", "unruffled-eval", "--example", "hears", "--", *how]
    lines = "\n".join(f"{code}\t{' '.join(text.split())}" for code, text in rows) + "\n"
    out = subprocess.run(order, input=lines, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return np.array([line == "1" for line in out.split()])


def both(vectors, texts, disclosed):
    return vectors.all(texts, disclosed), vectors.said(texts, disclosed)


def of_rows(rows, coef, bias):
    return rows[0] @ coef[0] + rows[1] @ coef[1] + bias


class Bench:
    """All lines as vectors and as what is said in them, ready for one fit after another."""

    def __init__(self, vectors, lines, everyday, verdicts):
        self.vectors = vectors
        rows = [(code, text, there) for code, of in lines.items() for text, there in of]
        self.codes = list(lines)
        self.code = np.array([row[0] for row in rows])
        self.there = np.array([row[2] for row in rows])
        self.text = [row[1] for row in rows]
        self.fold = np.array([(fnv(text.encode()) >> 40) % FOLDS for text in self.text])
        parts, self.starts = in_sentences(self.text)
        self.verdicts = [values for _, values in verdicts]
        unlined = everyday + [part for part, _ in verdicts]
        self.whole = {kind: both(vectors, self.text + unlined, kind) for kind in (False, True)}
        self.parts = {kind: both(vectors, parts, kind) for kind in (False, True)}
        self.everyday = len(everyday)

    def fit(self, code, leave_out=None, stress=1.0):
        """`stress`: by how much each line counts more than it does by itself."""
        use = np.array([c[0] == code[0] for c in self.code])
        if leave_out is not None:
            use &= self.fold != leave_out
        own = self.code == code
        others = np.where(self.there, OTHERS_POSITIVE, OTHERS_NEGATIVE) * (CUES_OTHERS if code[0] == "C" else 1)
        weight = stress * np.where(own, 1.0, others)
        everyday = EVERYDAY_NEGATIVE[code[0]]
        use = np.append(use, np.full(self.everyday, everyday > 0))
        there = np.append(own & self.there, np.zeros(self.everyday, bool))
        weight = np.append(weight, np.full(self.everyday, everyday))
        verdicts = np.array([values.get(code, (0.0, 0.0)) for values in self.verdicts])
        use, there, weight = np.append(use, verdicts[:, 1] > 0), np.append(there, verdicts[:, 0] > 0), np.append(weight, verdicts[:, 1])
        meant, said = self.whole[code in DISCLOSED]

        def fitted(rows, made):
            made.fit(rows[use], there[use], sample_weight=weight[use])
            return made.coef_[0].astype(np.float32), float(made.intercept_[0])

        coef, bias = fitted(meant, LogisticRegression(C=LOOSENESS, max_iter=400, tol=1e-3))
        pairs = LogisticRegression(C=PAIRS_LOOSENESS, max_iter=60, tol=1e-2, solver="liblinear")
        said_coef, said_bias = fitted(said, pairs)
        return (coef / 2, said_coef / 2), (bias + said_bias) / 2

    def ends(self, code, coef, bias):
        """The strongest and the weakest sentence of each line."""
        each = of_rows(self.parts[code in DISCLOSED], coef, bias)
        return np.stack([end.reduceat(each, self.starts) for end in (np.maximum, np.minimum)])

    def settled(self, code, tested, hint, doubt, heard):
        """A fit of all lines that holds to these cuts on the lines that tests hold the engine to: those that it does not hold on
        count more and more, and what is left moves the cut."""
        stress = np.ones(len(self.code))
        for _ in range(STRESSES_MAX):
            coef, bias = self.fit(code, stress=stress)
            strongest, weakest = self.ends(code, coef, bias)
            astray = tested & np.where(self.there, heard & (weakest < doubt + MARGIN), strongest > hint - MARGIN)
            if not astray.any():
                break
            stress = np.where(astray, stress * 2, stress)
        too_strong, too_weak = tested & ~self.there & (strongest > hint - MARGIN), tested & self.there & heard & (weakest < doubt + MARGIN)
        if too_strong.any():
            hint = strongest[too_strong].max() + MARGIN
        if too_weak.any():
            doubt = weakest[too_weak].min() - MARGIN
        return coef, bias, hint, doubt

    def unseen(self, code):
        """The strongest and the weakest sentence of each line, by a fit that did not see the line."""
        out = np.zeros((2, len(self.text)), np.float32)
        for fold in range(FOLDS):
            coef, bias = self.fit(code, fold)
            out = np.where(self.fold == fold, self.ends(code, coef, bias), out)
        return out


HINTS, DOUBTS = np.arange(-2, 3.01, 0.25), np.arange(-5, DOUBT_MOST + 0.01, 0.25)


def cuts(strength, weakest, there, heard, others, background, kind, hints=HINTS, doubts=DOUBTS, others_most=OTHERS_MOST, background_most=BACKGROUND_MOST, common=0.0, least=-np.inf):
    """How strong a sentence has to be for a hint and how weak for a doubt: those that make most lines right, with the cards."""
    # Nobody says in which sentence the cards heard it: where it is there, in the worst case in the weakest.
    doubted = np.where(there, weakest, strength)
    right = lambda hint, doubt: np.mean(((heard & (doubted >= doubt)) | (strength > hint)) == there)
    least = max(least, np.quantile(background, 1 - background_most[kind] - common / 2))
    best = (right(np.inf, -np.inf), np.inf, -np.inf)
    for hint in [np.inf, *hints]:
        if hint < least or (np.isfinite(hint) and np.mean(others > hint) > others_most):
            continue
        for doubt in [-np.inf, *doubts]:
            if doubt > hint:
                continue
            # A cut has to earn its place.
            score = right(hint, doubt) - EARNED_MIN[kind] * (np.isfinite(hint) + np.isfinite(doubt))
            if score > best[0]:
                best = (score, hint, doubt)
    return best[1], best[2]


def train(pieces, table, background, report=print):
    # The encoder's cuts are judged, together with these, on lines that neither has seen.
    lines = {code: [(text, there) for text, there in of if not kept_out(code, text)] for code, of in ours().items()}
    ours_alone = [text for of in lines.values() for text, _ in of]
    vectors = Vectors(vocabulary(ours_alone + background), pieces, table).scaled(ours_alone).learn_pairs(ours_alone)
    step = max(2, len(background) // EVERYDAY)
    learnt = [part for text in background[::step] for part in sentences(text)]
    bench = Bench(vectors, lines, learnt, [(part, values) for part, dev, values in labelled.heard() if not dev])
    heard, common = heard_by_engine(list(zip(bench.code, bench.text)), "--cards-alone"), labelled.common()
    everyday = {of: in_sentences(labelled.everyday(of)) for of in ("message", "draft")}
    behind = {(of, kind): both(vectors, parts, kind) for of, (parts, _) in everyday.items() for kind in (False, True)}
    parts, draft_starts = in_sentences(labelled.good_replies(dev=True))
    drafts = {kind: both(vectors, parts, kind) for kind in (False, True)}
    imagined = {text for _, text, _ in frames.filled()}
    held = np.array([text not in imagined for text in bench.text])
    made, told, tally = [], {}, defaultdict(list)
    for code in [code for code in bench.codes if code not in PLAINLY_SAID | SAID_BY_THEMSELVES | NOT_IN_WORDS]:
        (strength, weakest), (coef, bias) = bench.unseen(code), bench.fit(code)
        own = bench.code == code
        fresh = own & np.array([text in bench_fresh(code) for text in bench.text])
        judged = fresh if fresh.sum() >= FRESH_MIN else own
        alike = np.array([c[0] == code[0] for c in bench.code]) & ~own
        in_good = np.maximum.reduceat(of_rows(drafts[code in DISCLOSED], coef, bias), draft_starts)
        of = "message" if code[0] == "C" else "draft"
        in_everyday = np.maximum.reduceat(of_rows(behind[of, code in DISCLOSED], coef, bias), everyday[of][1])
        hint, doubt = cuts(
            strength[judged], weakest[judged], bench.there[judged], heard[judged], strength[alike], in_everyday, code[0], doubts=[] if code[0] == "V" else DOUBTS, common=common[code],
            least=np.quantile(in_good, 1 - GOOD_MOST) if code[0] == "V" else -np.inf,
        )
        mixed = (heard & (strength >= doubt)) | (strength > hint)
        row = [np.mean(heard[judged] == bench.there[judged]), np.mean((strength > -0.75)[judged] == bench.there[judged]),
               np.mean(mixed[judged] == bench.there[judged])]
        tally[code[0]].append([judged.sum(), *row])
        report(f"{code} {judged.sum():4} lines: cards {row[0]:.3f}, wordings {row[1]:.3f}, both {row[2]:.3f}; hint {hint:.2f}, doubt {doubt:.2f}")
        told[code] = (row[0], row[2], hint, doubt)
        if np.isfinite(hint) or np.isfinite(doubt):
            tested = own & held & np.array([text in held_to(code) for text in bench.text])
            coef, bias, hint, doubt = bench.settled(code, tested, hint, doubt, heard)
            made.append((code, coef, bias, hint, doubt, tested))
    for kind, rows in tally.items():
        rows = np.array(rows)
        report(f"{kind}: {rows[:, 0].sum():.0f} lines, cards %.3f, wordings %.3f, both %.3f" % tuple((rows[:, 1:] * rows[:, :1]).sum(0) / rows[:, 0].sum()))
    return Wordings(vectors, [row[:5] for row in made]).settled(bench, heard, [row[5] for row in made])


def kept_out(code, text):
    """A fifth of the lines that nobody who wrote cards has seen."""
    return labelled.fold("codes", text) == 0 and text in bench_fresh(code) and text not in held_to(code)


def bench_fresh(code, known={}):
    """The lines of a code that whoever wrote the cards never saw."""
    if code not in known:
        path = ROOT / f"eval/train/lines/{code}.txt"
        known[code] = {line[2:].strip() for line in path.read_text(encoding="utf-8").splitlines()} if path.exists() else set()
    return known[code]


def held_to(code, known={}):
    """The lines of a code that the engine's tests hold it to."""
    if code not in known:
        paths = (ROOT / f"crates/engine/tests/{folder}/{code}.txt" for folder in ("wordings", "lines"))
        lines = [line for path in paths if path.exists() for line in path.read_text(encoding="utf-8").splitlines()]
        known[code] = {line[2:].strip() for line in lines} | {text for of, text, _ in examples() if of == code}
    return known[code]


def hash_of(word):
    """As `crates/engine/src/learned/wordings.rs` does it."""
    value = fnv(word.encode())
    return (value ^ value >> 32) & 0xFFFFFFFF


def hash_of_pair(before, word):
    hashes = [fnv(word.encode()) if word else EDGE for word in (before, word)]
    value = stir(turned(hashes[0]) ^ hashes[1], PAIR)
    return (value ^ value >> 32) & 0xFFFFFFFF


class Wordings:
    """The folded table: one byte a word or pair and code."""

    def __init__(self, vectors, made):
        self.vectors, self.made = vectors, made
        folded = np.stack([np.append(vectors.rows(code in DISCLOSED) @ meant, np.zeros(len(vectors.pair))) + said for code, (meant, said), *_ in made], axis=1)
        # What single rare words would weigh beyond this is chance.
        limit = np.quantile(np.abs(folded), 0.9995, axis=0)
        self.scale = limit / 127
        weights = np.round(np.clip(folded, -limit, limit) / self.scale).astype(np.int8)
        known = len(vectors.word)
        kept = np.flatnonzero(np.abs(weights[known:].astype(int)).max(1) >= LIGHTEST)
        self.pair = [vectors.pair[at] for at in kept]
        self.pair_id = {pair: known + row for row, pair in enumerate(self.pair)}
        self.weights = np.concatenate([weights[:known], weights[known + kept]])

    def say(self, sentence):
        """The strength of every code in one sentence, as the engine works it out."""
        found = self.vectors.words(sentence)
        pairs = [self.pair_id[pair] for pair in self.vectors.pairs_of(sentence) if pair in self.pair_id]
        total = self.weights[found + pairs].astype(np.int32).sum(0)
        bias = np.array([m[2] for m in self.made])
        return bias + self.scale * total / np.sqrt(max(1, len(found)))

    def settled(self, bench, heard, tested):
        """Moves those cuts that the folding of the weights into bytes has put on the wrong side of a line that tests hold the engine to."""
        said = {}
        for at, (code, coef, bias, hint, doubt) in enumerate(self.made):
            for line in np.flatnonzero(tested[at]):
                if line not in said:
                    each = np.stack([self.say(part) for part in sentences(bench.text[line])])
                    said[line] = each.max(0), each.min(0)
                strongest, weakest = said[line][0][at], said[line][1][at]
                if not bench.there[line] and strongest > hint - EDGE_MARGIN:
                    hint = strongest + EDGE_MARGIN
                if bench.there[line] and heard[line] and weakest < doubt + EDGE_MARGIN:
                    doubt = weakest - EDGE_MARGIN
            self.made[at] = (code, coef, bias, hint, doubt)
        return self

    def write(self, path):
        head = [f"rows = {len(self.weights)}"]
        for (code, _, bias, hint, doubt), scale in zip(self.made, self.scale):
            head += ["", "[[code]]", f'code = "{code}"', f"scale = {scale:.9g}", f"bias = {bias:.9g}"]
            if np.isfinite(hint):
                head.append(f"hint = {hint:.4g}")
            if np.isfinite(doubt):
                head.append(f"doubt = {doubt:.4g}")
        text = ("\n".join(head) + "\n").encode()
        hashes = np.array([hash_of(word) for word in self.vectors.word] + [hash_of_pair(*pair) for pair in self.pair], "<u4")
        if len(set(hashes.tolist())) != len(hashes):
            raise SystemExit("two words or pairs have one hash: leave one of them out")
        with open(path, "wb") as file:
            file.write(MAGIC + len(text).to_bytes(4, "little") + text + hashes.tobytes() + self.weights.tobytes())


def known_words(path):
    """The hashes of the words and pairs that the folded table in this file knows."""
    data = path.read_bytes()
    at = len(MAGIC) + 4
    length = int.from_bytes(data[at - 4 : at], "little")
    rows = tomllib.loads(data[at : at + length].decode())["rows"]
    return set(np.frombuffer(data, "<u4", rows, at + length).tolist())


def word_table(path):
    """The vocabulary and word vectors inside the encoder's file."""
    data = path.read_bytes()
    at = len(b"unruffled reader 1\n")

    def text():
        nonlocal at
        length = int.from_bytes(data[at : at + 4], "little")
        at += 4 + length
        return data[at - length : at].decode()

    head, vocabulary = tomllib.loads(text()), text().split("\n")
    count, width = head["vocabulary"], head["width"]
    table = np.frombuffer(data, np.int8, count * width, at).reshape(count, width).astype(np.float32)
    scales = np.frombuffer(data[at + count * width :][: 4 * count], np.float32)
    return vocabulary[:count], table * scales[:, None]
