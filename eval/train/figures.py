"""How right a reader is on the development fold, and how strong a leaning has to be before it may show."""

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

import rows as labelled

# A hint needs at least this share of right ones among what is as strong, on the development fold, and so many rows there.
PRECISION_MIN, HITS_MIN = 0.9, 8


def hint(wanted, said, precision=PRECISION_MIN):
    """The lowest strength from which on the development fold is right often enough; none where it never is."""
    order = np.argsort(-said, kind="stable")
    right = np.cumsum(wanted[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(right >= precision)
    good = good[good >= HITS_MIN - 1]
    return float(said[order][good[-1]]) if len(good) else None


def table(rows, names, wanted_of, said, report=print):
    """Prints a line an act, and gives back its hint."""
    hints = {}
    for i, name in enumerate(names):
        values = [wanted_of(row, name) for row in rows]
        known = np.array([v is not None for v in values])
        y = np.array([v for v in values if v is not None])
        q = said[known, i]
        if name in labelled.NUMBERS:
            report(f"{name:16} n {len(y):5}  r {np.corrcoef(q, y)[0, 1]:.3f}{quarters(rows, known, y, q, name)}")
            continue
        best = max(f1_score(y, q > cut) for cut in np.quantile(q, np.linspace(0.3, 0.995, 80)))
        floor = hint(y, q)
        shown = 0.0 if floor is None else y[q >= floor].sum() / y.sum()
        if floor is not None:
            hints[name] = floor
        report(
            f"{name:16} n {len(y):5}  so {int(y.sum()):5}  auc {roc_auc_score(y, q):.3f}  ap {average_precision_score(y, q):.3f}"
            f"  best f1 {best:.3f}  recall at precision .9 {shown:.3f}{by_set(rows, known, y, q)}"
        )
    return hints


def by_set(rows, known, y, q):
    sets = np.array([row[0] for row in rows])[known]
    found = []
    for name in sorted(set(sets)):
        mine = sets == name
        if len(set(sets)) > 1 and 0 < y[mine].mean() < 1:
            found.append(f"{name} {roc_auc_score(y[mine], q[mine]):.3f}")
    return "  (auc " + ", ".join(found) + ")" if found else ""


def quarters(rows, known, y, q, name):
    """How often the politest and the least polite quarter are told apart, as the corpus' authors measure it."""
    if name != "politeness":
        return ""
    domains = np.array([row[1].split("-")[0] for row in rows])[known]
    found = []
    for domain in sorted(set(domains)):
        mine = domains == domain
        low, high = np.quantile(y[mine], [0.25, 0.75])
        ends = mine & ((y <= low) | (y >= high))
        found.append(f"{domain} {((q[ends] > np.median(q[ends])) == (y[ends] >= high)).mean():.3f}")
    return "  quarters " + ", ".join(found)


def macro_f1(rows, said, names):
    """GoEmotions: macro-F1 at one fixed cut, and with a cut for each label set on these same rows (so the latter is kind)."""
    mine = [i for i, row in enumerate(rows) if row[0] == "goemotions"]
    fixed, tuned = [], []
    for emotion in labelled.EMOTIONS:
        at = names.index(emotion)
        y = np.array([rows[i][4][emotion] for i in mine])
        p = 1 / (1 + np.exp(-said[mine, at]))
        fixed.append(f1_score(y, p > 0.3, zero_division=0))
        tuned.append(max(f1_score(y, p > cut, zero_division=0) for cut in np.linspace(0.05, 0.8, 31)))
    return float(np.mean(fixed)), float(np.mean(tuned))


def best_of_four(rows, said, names):
    """AnnoMI: macro-F1 of the likeliest of four acts."""
    mine = [i for i, row in enumerate(rows) if row[0] == "annomi"]
    at = [names.index(name) for name in labelled.ANNOMI if name in names]
    if len(at) < 4:
        return None
    y = np.array([[rows[i][4][name] for name in labelled.ANNOMI] for i in mine]).argmax(1)
    return float(f1_score(y, said[mine][:, at].argmax(1), average="macro"))
