"""What further voices bring: nice python training/heads/curve.py DATA. The AUC on the tuning voices; a minute or two.

Voices are added in the order of `training/split.json`; of the corpora a few thousand rows stand for other talk.
"""

import random
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import fit
import rows

HEADS = ("abuse", "spam", "question", "vent", "care", "privacy", "person")
STEPS = (1, 3, 6, 10, 15)
PUBLIC = 5000
SEED = 4


def main() -> None:
    data = Path(sys.argv[1])
    names = rows.SPLIT["voices"]["train"]
    public = [row for row in rows.corpora(data) if row.part == "train"]
    public = random.Random(SEED).sample(public, PUBLIC)
    ours = list(rows.voices(data, "train"))
    check = fit.Matrix(list(rows.voices(data, "tune")), whole=True)
    print("| voices | lines | " + " | ".join(HEADS) + " |\n| --- | --- |" + " --- |" * len(HEADS))
    for count in STEPS:
        some = [row for row in ours if row.source.partition("/")[0] in names[:count]]
        matrix = fit.Matrix([*some, *rows.crossed(some), *public])
        areas = [area(matrix, check, head) for head in HEADS]
        print(f"| {count} | {len(some):,} | " + " | ".join(f"{one:.2f}" for one in areas) + " |", flush=True)


def area(matrix: fit.Matrix, check: fit.Matrix, head: str) -> float:
    weights, bias = fit.learned(matrix, head, 15.0, 40, 0.1)
    known = np.array([head in row.labels for row in check.rows])
    label = np.array([bool(row.labels.get(head)) for row in check.rows])
    return fit.auc(check.scores(weights, bias)[known], label[known])


if __name__ == "__main__":
    main()
