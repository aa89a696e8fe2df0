"""Train the abuse model: nice python training/abuse/train.py DATA_FOLDER [--write] [--without-identities].

Prints the figures of the model card from the held-out part of the sets. `--write` puts the weights into the program.
`--without-identities` keeps half of the identities out of the made sentences and measures with those.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import corpus
import disguise
import measure
import templates
from corpus import Example

from app.domain.screening.checks.abuse_model import STEP, WINDOW, Facts, Model, features, packed
from app.domain.screening.reading import ngrams, normal

OUT = ROOT / "app/domain/screening/checks/abuse_weights.bin"
SEED = 4
C_ABUSE, C_IDENTITY = 10.0, 3.0
ROUNDS = 120
RAREST = 4
"""A piece seen in fewer texts than this has no weight: it would be noise, and bytes."""


def main() -> None:
    asked = arguments()
    dice = random.Random(SEED)
    rows = list(corpus.shippable(asked.data))
    train = [row for row in rows if not corpus.is_held_out(row.text)]
    held_out = [row for row in rows if corpus.is_held_out(row.text)]
    people = list(templates.PEOPLE)
    kept_back = people[::2] if asked.without_identities else []
    known = [name for name in people if name not in kept_back]
    made = list(written(asked.data, known, dice))
    examples = [*train, *made, *snippets([*train, *made], dice), *mixed(train, dice), *disguised([*train, *made], dice)]
    print(f"{len(train)} rows, {len(made)} made, {len(examples)} examples, {len(held_out)} held out")
    model = fit(examples)
    model = measure.with_thresholds(model, tuned_on(asked.data, held_out))
    measure.report(model, asked.data, held_out, kept_back or people)
    if asked.write:
        OUT.write_bytes(model_file(model))
        print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without-identities", action="store_true")
    return parser.parse_args()


def written(folder: Path, people: list[str], dice: random.Random) -> Iterable[Example]:
    """What we wrote ourselves, by template."""

    def made(text: str, count: int, weight: float, *, abuse: bool = False, identity: bool = False) -> Iterable[Example]:
        for sentence in templates.sentences(text, count, dice, people):
            yield Example(sentence, abuse, identity, "made", weight)

    yield from made(templates.NEUTRAL, 12000, 1.0)
    yield from (Example(text, False, False, "made", 1.0) for text in templates.in_good_company(people, dice))
    yield from made(templates.NEUTRAL_GROUPS, 6000, 1.0)
    yield from made(templates.ATTACK, 4000, 0.7, abuse=True, identity=True)
    yield from made(templates.AIMED, 6000, 0.7, abuse=True)
    yield from made(templates.HOSTILE, 500, 3.0, abuse=True)
    yield from made(templates.TALK, 8000, 1.0)
    yield from made(templates.QUESTIONS, 400, 1.0)
    yield from made(templates.VERNACULAR, 400, 3.0)
    frames = ("{}", "you {}", "you are a {}", "what a {}", "these {}")
    for word, slur in corpus.insults(folder):
        for frame in dice.sample(frames, 2):
            yield Example(frame.format(word), True, slur, "listed", 0.5)


def snippets(rows: Sequence[Example], dice: random.Random) -> Iterable[Example]:
    """One to four words of clean texts, and single letters: that a post is short says nothing."""
    clean = [row for row in rows if not row.abuse and row.source in ("health", "sms", "made", "surge")]
    for _ in range(10000):
        words = dice.choice(clean).text.split()
        start = dice.randrange(len(words)) if words else 0
        yield Example(" ".join(words[start : start + dice.randint(1, 4)]), False, False, "snippet", 0.5)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for text in (letter, f"{letter}b", f"{letter} {letter}", letter * 8, f"{letter}." * 60, f"{letter}1" * 30):
            yield Example(text, False, False, "snippet", 1.0)


def mixed(rows: Sequence[Example], dice: random.Random) -> Iterable[Example]:
    """An insult does not get better by good company: clean texts with an abusive one at either end."""
    clean = [row for row in rows if row.source in ("health", "sms")]
    short = [row for row in rows if row.abuse and len(row.text) < 80 and row.source in ("davidson", "surge")]
    for _ in range(4000):
        pair = [dice.choice(clean).text, dice.choice(short).text]
        dice.shuffle(pair)
        yield Example(" ".join(pair), True, False, "mixed", 0.5)
        yield Example(" ".join(dice.choice(clean).text for _ in range(2)), False, False, "mixed", 0.5)


def disguised(rows: Sequence[Example], dice: random.Random) -> Iterable[Example]:
    """Both sides are disguised alike, so that the disguise itself says nothing."""
    abusive = [row for row in rows if row.abuse]
    clean = [row for row in rows if not row.abuse]
    for way in disguise.TRAINED.values():
        many = 8000 if way is disguise.spaced_evenly else 3000
        for row in [*dice.sample(abusive, many), *dice.sample(clean, many)]:
            yield replace(row, text=way(row.text, dice), source="disguised", weight=min(row.weight, 1.0) * 0.5)


def fit(examples: Sequence[Example]) -> Model:
    matrix, owners = matrix_of(examples)
    seen = np.asarray((matrix > 0).sum(axis=0)).ravel()
    keep = np.flatnonzero(seen >= RAREST)
    matrix = matrix[:, keep]
    weight = np.array([examples[owner].weight for owner in owners])
    heads = []
    for name, c in (("abuse", C_ABUSE), ("identity", C_IDENTITY)):
        label = np.array([getattr(examples[owner], name) for owner in owners])
        # both sides count the same, whatever the sets hold
        balanced = weight * np.where(label, weight[~label].sum() / weight[label].sum(), 1.0)
        balanced *= len(balanced) / balanced.sum()
        learned, bias, rounds = regression(matrix, label, balanced, c)
        full = np.zeros(1 << ngrams.BITS)
        full[keep] = learned
        top = float(np.quantile(np.abs(learned), 0.9995))
        whole = np.clip(np.rint(full / top * 127), -127, 127).astype(np.int8)
        heads.append((whole, top / 127, bias))
        print(f"{name}: {label.sum()} of {len(label)}, {np.count_nonzero(whole)} weights, {rounds} rounds")
    (abuse, abuse_scale, abuse_bias), (identity, identity_scale, identity_bias) = heads
    facts = Facts(normal.VERSION, ngrams.BITS, abuse_scale, abuse_bias, identity_scale, identity_bias)
    return Model(facts, abuse.tolist(), identity.tolist())


def regression(
    matrix: sparse.csr_matrix, label: np.ndarray, weight: np.ndarray, c: float
) -> tuple[np.ndarray, float, int]:
    """Logistic regression with a quadratic penalty, in the open: it takes seconds where the library takes minutes."""
    sign = np.where(label, 1.0, -1.0)
    turned = matrix.T.tocsr()

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (matrix @ given[:-1] + given[-1])
        pull = -c * sign * weight / (1 + np.exp(margin))
        value = c * (weight @ np.logaddexp(0, -margin)) + 0.5 * given[:-1] @ given[:-1]
        return value, np.append(turned @ pull + given[:-1], pull.sum())

    found = optimize.minimize(
        loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B",
        options={"maxiter": ROUNDS, "maxcor": 8, "ftol": 1e-5},
    )  # fmt: skip
    return found.x[:-1], float(found.x[-1]), int(found.nit)


def matrix_of(examples: Sequence[Example]) -> tuple[sparse.csr_matrix, list[int]]:
    """One line a window; a clean text gives all its windows, an abusive one its first."""
    data: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    starts, owners = [0], []
    for owner, row in enumerate(examples):
        words = [word.text for word in ngrams.read(normal.views(row.text))]
        if not words:
            continue
        last = 1 if row.abuse else max(1, len(words) - STEP)
        for start in range(0, last, STEP):
            found, counts = np.unique(features(words[start : start + WINDOW]), return_counts=True)
            columns.append(found.astype(np.int32))
            data.append((counts / np.sqrt(counts.sum())).astype(np.float64))
            starts.append(starts[-1] + len(found))
            owners.append(owner)
    shape = (len(owners), 1 << ngrams.BITS)
    return sparse.csr_matrix((np.concatenate(data), np.concatenate(columns), starts), shape=shape), owners


def tuned_on(folder: Path, held_out: Sequence[Example]) -> list[Example]:
    """What fixes thresholds and calibration: the held-out rows and our own clean conference posts."""
    return [*held_out, *(row for row in corpus.evaluation_only(folder) if row.source == "conference")]


def model_file(model: Model) -> bytes:
    facts = {name: round(value, 9) for name, value in asdict(model.facts).items()}
    return packed(facts, np.array(model._abuse, np.int8).tobytes(), np.array(model._identity, np.int8).tobytes())


if __name__ == "__main__":
    main()
