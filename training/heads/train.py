"""Train the heads: nice python training/heads/train.py DATA [--write]. Two to six minutes on one slow core.

Learns from what `training/split.json` calls train, fixes calibration and thresholds on tune, and looks at nothing that
is to be judged. `--write` puts the weights into the program; their checksum goes to `training/heads/weights.sha256`.
"""

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import fit
import rows
import tune
from rows import HEADS, Row

from app.domain.screening.heads import words
from app.domain.screening.heads.model import Head, packed

OUT = ROOT / "app/domain/screening/heads/weights.bin"
SUM = Path(__file__).parent / "weights.sha256"
SEED = 4
ROUNDS = 60
SHARES = {
    "davidson": 0.5, "hatexplain": 0.5, "edos": 0.5, "goemotions": 0.6, "broad": 0.8, "health": 0.4, "toxic": 0.5,
    "misogyny": 0.6, "madlibs": 0.5,
}  # fmt: skip
"""Of the large sets, a part: what they teach is learned from less."""
CARED = {"question", "vent", "care", "privacy", "person"}
"""Heads that only the voices teach: the corpora are there so that other talk is known too."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    begun = time.monotonic()
    matrix, tuning = matrices(asked.data)
    print(f"{matrix.table.shape[0]:,} windows to learn from, {time.monotonic() - begun:.0f} s", flush=True)
    seen = tune.Seen(tuning)
    heads: list[Head] = []
    odds, planes = [], []
    for name in HEADS:
        weights, bias = fit.learned(matrix, name, 30.0 if name in CARED else 8.0, ROUNDS, weight_of_public(name))
        plane, scale = whole(weights)
        head, of_rows = tune.calibrate(seen, Head(name, scale, bias), plane)
        heads.append(head)
        odds.append(of_rows)
        planes.append((plane.astype(np.int16) + 128).astype(np.uint8).tobytes())
        print(name, head.witness, f"{time.monotonic() - begun:.0f} s", flush=True)
    heads = tune.with_levels(seen, heads, odds)
    data = packed({"bits": words.HEADS_BITS, "heads": [asdict(head) for head in heads]}, planes)
    print(f"{len(data):,} bytes, {time.monotonic() - begun:.0f} s")
    if asked.write:
        OUT.write_bytes(data)
        SUM.write_text(hashlib.sha256(data).hexdigest() + "\n", encoding="ascii")


def matrices(data: Path) -> tuple[fit.Matrix, fit.Matrix]:
    dice = random.Random(SEED)
    public = fit.thinned((row for row in rows.corpora(data) if row.part != "judge"), SHARES, dice)
    learning, tuning = list(rows.voices(data, "train")), list(rows.voices(data, "tune"))
    learn = [*(row for row in public if row.part == "train"), *learning, *rows.crossed(learning)]
    real: Sequence[Row] = list(rows.conferences(data, "tune"))[::3]
    check = [*(row for row in public if row.part == "tune"), *tuning, *rows.crossed(tuning), *real]
    return fit.Matrix(learn), fit.Matrix(check, whole=True)


def weight_of_public(head: str) -> float:
    return {"question": 0.1, "care": 0.1, "privacy": 0.1, "person": 0.1, "spam": 0.3, "vent": 0.03}.get(head, 0.05)


def whole(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """As int8, with what one step is worth; the few heaviest are cut."""
    top = float(np.quantile(np.abs(weights[weights != 0]), 0.9995))
    return np.clip(np.rint(weights / top * 127), -127, 127).astype(np.int8), top / 127


if __name__ == "__main__":
    main()
