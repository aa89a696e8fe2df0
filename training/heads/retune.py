"""Calibrate the shipped weights, fix their thresholds anew, learn nothing: nice python training/heads/retune.py DATA.

Half a minute; of the corpora and conferences a part is enough for that.
"""

import hashlib
import random
import sys
import zlib
from dataclasses import asdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import fit
import rows
import tune
from train import OUT, SHARES, SUM

from app.domain.screening.heads import words
from app.domain.screening.heads.model import MAGIC, packed, unpacked

PART = 0.2


def main() -> None:
    data, dice = Path(sys.argv[1]), random.Random(4)
    ours = list(rows.voices(data, "tune"))
    others = [
        row for row in rows.corpora(data) if row.part == "tune" and dice.random() < PART * SHARES.get(row.source, 1)
    ]
    real = [row for row in rows.conferences(data, "tune") if dice.random() < PART]
    crossed = [row for row in rows.crossed(ours) if dice.random() < 0.5]
    seen = tune.Seen(fit.Matrix([*ours, *crossed, *others, *real], whole=True))
    shipped = OUT.read_bytes()
    model = unpacked(shipped)
    size = 1 << words.HEADS_BITS
    body = tune_planes(shipped)
    planes = [body[at : at + size] for at in range(0, len(body), size)]
    heads, odds = [], []
    for head, plane in zip(model.heads, planes, strict=True):
        calibrated, of_rows = tune.calibrate(seen, head, np.frombuffer(plane, np.uint8).astype(np.int16) - 128)
        heads.append(calibrated)
        odds.append(of_rows)
    heads = tune.with_levels(seen, heads, odds)
    made = packed({"bits": words.HEADS_BITS, "heads": [asdict(head) for head in heads]}, planes)
    OUT.write_bytes(made)
    SUM.write_text(hashlib.sha256(made).hexdigest() + "\n", encoding="ascii")
    print({head.name: head.levels["standard"] for head in heads})


def tune_planes(data: bytes) -> bytes:
    return zlib.decompress(data[len(MAGIC) :].partition(b"\n")[2])


if __name__ == "__main__":
    main()
