"""The third body, which reads what is on file and a draft as one text and says which words of the draft state something that no checked
fact shows; and, of single sentences, which words undertake something or tell of an undertaking.

The text is `[CLS] mark, fact, mark, fact ... [SEP] draft [SEP]`; a fact's mark says whether it is checked, claimed or disputed. Each piece of
the draft is of one of five verdicts, and looks at the fact that it is about. It begins as the body of `answers.py`, and learns
from our own drafts (`statements/`). `crates/reader/src/statements.rs` reads the file that `write` makes.
"""

import json
import re
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import answers
from bodies import Body, begin_as, in_buckets, pair, plain, tree_of
from encoder import steps_of
from pack import layers_of, normal, real, rounded, rounded_layers, through
from pieces import CLS, SEP, words_and_digits

MAGIC = b"unruffled statements 1\n"
LAYERS, LOOK, POSITIONS = answers.LAYERS, answers.LOOK, answers.POSITIONS
FACTS_MAX, DRAFT_MAX, SENTENCE_MAX = answers.ASK_MAX, answers.DRAFT_MAX, answers.ASK_MAX
# What a piece is of: the draft or a fact, and whether its word stands in the other, too.
DRAFT, FACT, DRAFT_BOTH, FACT_BOTH = answers.DRAFT, answers.ASKED, 3, 4
KINDS = 5
MARKS = {"+": 2, "~": 3, "!": 4}
VERDICTS = ["nothing", "known", "contradicted", "unchecked", "attributed"]
NOTHING, KNOWN, CONTRADICTED, UNCHECKED, ATTRIBUTED = range(5)
MARKUP = {"=": KNOWN, "x": CONTRADICTED, "?": UNCHECKED, '"': ATTRIBUTED}
# Of a stretch that undertakes or tells: outside of any, its first word, its others.
OUTSIDE, FIRST, INSIDE = range(3)
RECIPE = {"passes": 10, "pieces": 1200, "rate": 1.5e-4, "head_rate": 1.5e-3}
# Of the sentences by themselves, so many are read in a pass.
SENTENCES = 0.5
# In so many drafts of a pass one fact is gone, is only claimed, or all are gone; so many records have facts of others among theirs.
GONE, CLAIMED, ALL_GONE, STRANGE, STRANGE_MAX = 0.2, 0.1, 0.1, 0.3, 3
SPAN = re.compile(r'\{([=x?"pt])(\d*) ?([^{}]*)\}')


def spans_of(marked):
    """The text without its braces, and `(start, end, mark, fact)` of each stretch; facts count from 0, -1 where none is named."""
    text, spans, at = "", [], 0
    for found in SPAN.finditer(marked):
        text += marked[at : found.start()]
        start = len(text)
        text += found[3]
        spans.append((start, len(text), found[1], int(found[2]) - 1 if found[2] else -1))
        at = found.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise ValueError(f"a brace is left over: {marked}")
    return text, spans


def is_dev(facts, text):
    """A tenth, by what is on file, only judges."""
    return zlib.crc32("\n".join(facts or [text]).encode()) % 10 == 0


def load(files):
    """`(facts, text, spans, dev, told)` of each line."""
    rows = []
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            told = "draft" not in item
            text, spans = spans_of(item["message" if told else "draft"])
            facts = item.get("facts")
            rows.append((facts, text, spans, is_dev(facts, text), told))
    return rows


def beside(pieces, text, other):
    """Of each word of a text its pieces, and whether it stands among the words of `other`, too. A run of digits that does not is "1"
    instead of "0"."""
    for word, digits in words_and_digits(text):
        both = (word, digits) in other
        if digits and not any(digits == known for _, known in other):
            word = word.replace("0", "1")
        yield pieces.of_word(word), both


def words_of(text):
    return set(words_and_digits(text))


def draft_row(pieces, facts, draft, spans):
    """Facts and a draft as ids and kinds; of each piece the verdict and the fact it is about; and where the facts are."""
    theirs, own = set().union(*(words_of(fact[1:]) for fact in facts)), words_of(draft)
    ids, kinds, marks = [CLS], [0], []
    for fact in facts:
        more = [([MARKS[fact[0]]], False), *beside(pieces, fact[1:], own)]
        long = sum(len(part) for part, _ in more)
        if len(ids) + long > FACTS_MAX + 1:
            break
        marks.append((len(ids), len(ids) + long))
        for part, both in more:
            ids += part
            kinds += [FACT_BOTH if both else FACT] * len(part)
    ids.append(SEP)
    kinds.append(0)
    cuts = sorted({0, len(draft), *(edge for span in spans for edge in span[:2])})
    said, of, verdicts, about = [], [], [], []
    for a, b in zip(cuts, cuts[1:]):
        here = next((span for span in spans if span[0] <= a < span[1] and span[2] in MARKUP), None)
        part = []
        for word, both in beside(pieces, draft[a:b], theirs):
            part += word
            of += [DRAFT_BOTH if both else DRAFT] * len(word)
        said += part
        verdicts += [MARKUP[here[2]] if here else NOTHING] * len(part)
        about += [here[3] if here and here[3] < len(marks) else -1] * len(part)
    said, before = said[:DRAFT_MAX], [-1] * len(ids)
    return {
        "ids": ids + said + [SEP],
        "kinds": kinds + of[:DRAFT_MAX] + [DRAFT],
        "wanted": before + verdicts[:DRAFT_MAX] + [-1],
        "about": before + about[:DRAFT_MAX] + [-1],
        "marks": marks,
    }


def sentence_rows(pieces, text, spans, mark):
    """Each sentence by itself: its ids, and of each piece whether it is outside, first or inside of a stretch of `mark`."""
    edges = answers.edges_of(text)
    for start, end in zip(edges, edges[1:]):
        if end - start < 2:
            continue
        mine = [(max(a, start), min(b, end)) for a, b, kind, _ in spans if kind == mark and a < end and start < b]
        cuts = sorted({start, end, *(edge for span in mine for edge in span)})
        ids, wanted = [CLS], [-1]
        for a, b in zip(cuts, cuts[1:]):
            inside = any(x <= a < y for x, y in mine)
            for at, (word, _) in enumerate(words_and_digits(text[a:b])):
                part = pieces.of_word(word)
                ids += part
                wanted += [(FIRST if at == 0 and any(x == a for x, _ in mine) else INSIDE) if inside else OUTSIDE] * len(part)
        yield {"ids": ids[: SENTENCE_MAX + 1] + [SEP], "wanted": wanted[: SENTENCE_MAX + 1] + [-1]}


def changed(facts, spans, strangers, chance):
    """What is on file and the verdicts with it as they would be had a clerk not looked: a fact gone, only claimed, or none at all."""
    facts, spans = list(facts), list(spans)
    numbers = list(range(len(facts)))
    lot = chance.random()
    touched = set()
    if lot < ALL_GONE:
        touched, numbers = set(numbers), []
    elif lot < ALL_GONE + GONE and len(facts) > 1:
        touched = {int(chance.integers(len(facts)))}
        numbers = [at for at in numbers if at not in touched]
    elif lot < ALL_GONE + GONE + CLAIMED and facts:
        at = int(chance.integers(len(facts)))
        if facts[at][0] == "+":
            facts[at] = "~" + facts[at][1:]
            spans = [(a, b, "?" if kind in "=x" and about == at else kind, about) for a, b, kind, about in spans]
    # A statement that two facts show is only marked with one: of what another fact may still show, nobody knows.
    spans = [(a, b, "?" if kind in "=x" and about in touched else kind, -1 if about in touched else about) for a, b, kind, about in spans]
    more = [strangers[chance.integers(len(strangers))] for _ in range(chance.integers(1, STRANGE_MAX + 1))] if chance.random() < STRANGE else []
    order = chance.permutation(len(numbers) + len(more))
    every = [(facts[at], at) for at in numbers] + [(fact, -2) for fact in more]
    every = [every[at] for at in order]
    place = {old: new for new, (_, old) in enumerate(every) if old >= 0}
    return [fact for fact, _ in every], [(a, b, kind, place.get(about, -1)) for a, b, kind, about in spans]


class Statements(nn.Module):
    def __init__(self, get, base, layers):
        super().__init__()
        self.body = Body(get, base, layers, POSITIONS, kinds=3)
        width = self.body.word.shape[1]
        self.verdict, self.promise, self.told = nn.Linear(width, len(VERDICTS)), nn.Linear(width, 3), nn.Linear(width, 3)
        self.from_said, self.to_fact = nn.Linear(width, LOOK, bias=False), nn.Linear(width, LOOK, bias=False)
        for linear in (self.verdict, self.promise, self.told):
            nn.init.zeros_(linear.weight)
            nn.init.zeros_(linear.bias)
        for linear in (self.from_said, self.to_fact):
            nn.init.normal_(linear.weight, std=0.02)

    def forward(self, ids, lengths, kinds, marks):
        """Of each piece its verdict, and how it looks at each fact (`marks`: of each fact the weights of its pieces, none where there are
        no more)."""
        x = self.body(ids, lengths, kinds)[1]
        facts = torch.einsum("bmt,btd->bmd", marks.to(x.dtype), x)
        looks = torch.einsum("btd,bmd->btm", self.from_said(x), self.to_fact(facts)) / LOOK**0.5
        return self.verdict(x), looks.masked_fill((marks.sum(2) == 0)[:, None], -1e4)

    def sentences(self, ids, lengths, head):
        return getattr(self, head)(self.body(ids, lengths, torch.zeros_like(ids))[1])

    def begin_as(self, tree):
        """The body of `answers.py`, from its kept tree."""
        begin_as(self.body, tree)
        kinds = np.asarray(tree["kinds"])
        self.body.kinds.data = torch.tensor(np.concatenate([kinds[:3], kinds[1:3]]).astype(np.float32))
        return self

    def tree(self):
        heads = {name: pair(getattr(self, name)) for name in ("verdict", "promise", "told")}
        return tree_of(self.body) | heads | {"look": [plain(self.from_said.weight).T, plain(self.to_fact.weight).T]}


def stack(rows, long):
    """Rows of one sort as tensors, `long` pieces each."""
    filled = lambda name, empty: torch.tensor([(row[name] + [empty] * long)[:long] for row in rows])
    batch = {"ids": filled("ids", 0), "lengths": torch.tensor([len(row["ids"]) for row in rows]), "wanted": filled("wanted", -1)}
    if "marks" in rows[0]:
        marks = torch.zeros(len(rows), max(1, max(len(row["marks"]) for row in rows)), long)
        for at, row in enumerate(rows):
            for fact, (start, end) in enumerate(row["marks"]):
                marks[at, fact, start:end] = 1 / (end - start)
        batch |= {"kinds": filled("kinds", 0), "about": filled("about", -1), "marks": marks}
    return batch


def mean_of(said, wanted):
    """The mean over each row's pieces of which something is wanted."""
    each = F.cross_entropy(said.float().transpose(1, 2), wanted, ignore_index=-1, reduction="none")
    return (each.sum(1) / ((wanted >= 0).sum(1) + 1e-6)).mean()


def loss_of(model, head, rows, long):
    batch = stack(rows, long)
    with torch.autocast("cpu", torch.bfloat16):
        return loss_in(model, head, batch)


def loss_in(model, head, batch):
    if head == "draft":
        verdicts, looks = model(batch["ids"], batch["lengths"], batch["kinds"], batch["marks"])
        return 2 * mean_of(verdicts, batch["wanted"]) + 0.3 * mean_of(looks, batch["about"])
    return mean_of(model.sentences(batch["ids"], batch["lengths"], head), batch["wanted"])


def one_pass(pieces, rows, chance):
    """The rows of one pass by their head."""
    strangers = [fact for facts, *_ in rows for fact in facts or []]
    made = {"draft": [], "promise": [], "told": []}
    for facts, text, spans, _, told in rows:
        if facts is not None:
            known, now = changed(facts, spans, strangers, chance)
            made["draft"].append(draft_row(pieces, known, text, now))
        mark = "t" if told else "p"
        made["told" if told else "promise"] += sentence_rows(pieces, text, spans, mark)
    return made


def train(rows, pieces, model, seed=3, report=print):
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    batches = []
    for _ in range(RECIPE["passes"]):
        one = []
        for head, made in one_pass(pieces, [row for row in rows if not row[3]], chance).items():
            if head != "draft":
                made = [made[at] for at in chance.permutation(len(made))[: int(len(made) * SENTENCES)]]
            lengths = np.array([len(row["ids"]) for row in made])
            for long, mine in in_buckets(chance.permutation(len(made)), lengths, answers.BUCKETS, RECIPE["pieces"], 2):
                one.append((head, [made[at] for at in mine], int(lengths[mine].max())))
        batches += [one[at] for at in chance.permutation(len(one))]
    model.train()
    report(f"{len(rows)} texts, {len(batches)} steps")
    steps_of(model, RECIPE, batches, lambda batch: loss_of(model, *batch), None, report)
    return model.eval()


def write(path, tree, vocabulary):
    sizes = {"layers": LAYERS, "width": answers.WIDTH, "heads": answers.HEADS, "inner": answers.INNER, "pieces_max": POSITIONS}
    sizes |= {"vocabulary": len(vocabulary), "look": LOOK}
    head = "".join(f"{name} = {size}\n" for name, size in sizes.items()).encode()
    parts = [MAGIC, len(head).to_bytes(4, "little"), head, real(tree["position"], tree["kinds"], *tree["norm"]), layers_of(tree)]
    parts += [real(tree[name][0].T, tree[name][1]) for name in ("verdict", "promise", "told")]
    parts.append(real(tree["look"][0].T, tree["look"][1].T))
    path.write_bytes(b"".join(parts))


def golden(path, file, pieces, tree, word, count=24):
    """What the training side says of the first drafts of `file`, word by word: that no checked fact shows it, in log-odds. A test holds the
    Rust side to it."""
    layers, word, lines = rounded_layers(tree["layers"]), rounded(word), []
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if not item["facts"] or any(mark in item["draft"] for mark in "\t\n") or len(lines) == count:
            continue
        states = {"checked": "+", "claimed": "~", "disputed": "!"}
        facts = [f"{states[fact['state']]} {fact['text']}" for fact in item["facts"]]
        row = draft_row(pieces, facts, item["draft"], [])
        start = word[row["ids"]] + tree["position"][: len(row["ids"])] + tree["kinds"][row["kinds"]]
        x = through(layers, normal(start, tree["norm"]), answers.HEADS)
        said = (x @ tree["verdict"][0] + tree["verdict"][1])[[at for at, kind in enumerate(row["kinds"]) if kind in (DRAFT, DRAFT_BOTH)][:-1]]
        theirs = set().union(*(words_of(fact[1:]) for fact in facts))
        long = [len(part) for part, _ in beside(pieces, item["draft"], theirs)]
        said = np.stack([part.mean(0) for part in np.split(said, np.cumsum(long)[:-1])])
        chances = np.exp(said - said.max(1, keepdims=True))
        odds = np.log(chances[:, [CONTRADICTED, UNCHECKED]].sum(1) / chances[:, [NOTHING, KNOWN, ATTRIBUTED]].sum(1))
        lines.append("\n".join([item["draft"], "\t".join(facts), " ".join(f"{x:.3f}" for x in odds), ""]))
    path.write_text("\n".join(lines), encoding="utf-8")
