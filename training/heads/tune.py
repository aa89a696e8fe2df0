"""Calibration with the rules as witnesses, and thresholds for each preset: on rows that nothing was learned from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from fit import Matrix
from scipy import optimize

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening import CHECKS
from app.domain.screening.heads.model import Head
from app.domain.screening.heads.scores_and_thresholds import WITNESSES, witnesses
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings

SHARES = {"strict": (0.14, 0.04), "standard": (0.08, 0.02), "relaxed": (0.04, 0.01)}
"""Of the voices' clean lines (a third of them hard on purpose), the share that a preset may nudge and hold at the door.

What may be held in all is `training/reader/combine.py`; the rest of it is left to the reader, which knows more."""
REAL = {
    "cross": 0.02, "conference": 0.002, "health": 0.004, "broad": 0.006, "goemotions": 0.008, "madlibs": 0.01,
    "counterspeech": 0.05, "sms": 0.01, "youtube": 0.03,
}  # fmt: skip
"""And of other clean posts, the share that standard may hold; that it may nudge is twice as many."""
TOGETHER = (
    ("abuse", "identity_attack", "threat", "sexual"), ("privacy", "person"), ("spam",), ("question",), ("vent",),
    ("care",),
)  # fmt: skip
"""Heads that hold for the same reason share what they may hold."""
ONE_LEVEL = {"question", "vent", "care"}
"""They know one level only: what they may hold is what they may say. Whatever is said of care is held."""


class Seen:
    """The rows of tuning with what the rules say of each."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.rows = matrix.rows
        self.said = [_said(row.text) for row in matrix.rows]
        self.own = np.array(["/" in row.source and row.source[0] in "vw" for row in matrix.rows])
        self.source = np.array([row.source.partition("/")[0] for row in matrix.rows])

    def label(self, head: str) -> np.ndarray:
        return np.array([row.labels.get(head, False) for row in self.rows])

    def known(self, head: str) -> np.ndarray:
        """The rows that are labelled; of real conferences nobody knows how many ask."""
        labelled = np.array([head in row.labels for row in self.rows])
        return labelled if head == "question" else labelled | (self.source == "conference")


def _said(text: str) -> set[str]:
    post = Incoming("replay", "1", Byline("a", ""), text, datetime(2026, 1, 1, tzinfo=UTC))
    read = Reading.of(post)
    return witnesses([one for check in CHECKS for one in check(read, Policy(), Surroundings())])


def calibrate(seen: Seen, head: Head, plane: np.ndarray) -> tuple[Head, np.ndarray]:
    """The head with its calibration, and the odds of all rows."""
    score = seen.matrix.scores(plane.astype(np.float64) * head.scale, head.bias)
    known = seen.known(head.name)
    names = WITNESSES[head.name]
    facts = np.array([[name in said for name in names] for said in seen.said], float).reshape(len(seen.rows), -1)
    weight = np.where(seen.own, 1.0, 0.1)[known]
    found = calibrated(np.column_stack([score, facts])[known], seen.label(head.name)[known], weight)
    witness = {name: round(float(one), 4) for name, one in zip(names, found[1:-1], strict=True)}
    slope, offset = round(float(found[0]), 6), round(float(found[-1]), 6)
    odds = slope * score + offset + facts @ found[1:-1]
    return replace(head, slope=slope, offset=offset, witness=witness), odds


def calibrated(table: np.ndarray, label: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Log-odds from a score and its witnesses; a witness never speaks against."""
    sign = np.where(label, 1.0, -1.0)
    ones = np.column_stack([table, np.ones(len(table))])
    penalty = np.array([0.0, *[0.5] * (table.shape[1] - 1), 0.0])

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (ones @ given)
        pull = -sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        value = weight @ np.logaddexp(0, -margin) + 0.5 * penalty @ given**2
        return value, ones.T @ pull + penalty * given

    bounds = [(0.05, None), *[(0.0, None)] * (table.shape[1] - 1), (None, None)]
    start = np.array([1.0, *[0.0] * table.shape[1]])
    return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x


def with_levels(seen: Seen, heads: Sequence[Head], odds: Sequence[np.ndarray]) -> list[Head]:
    """Thresholds for each preset, those that hold for the same reason together."""
    by_name = dict(zip([head.name for head in heads], odds, strict=True))
    found: dict[str, dict[str, tuple[float, float]]] = {head.name: {} for head in heads}
    for names in TOGETHER:
        for preset, (nudge, hold) in SHARES.items():
            loose = hold / SHARES["standard"][1]
            holds = _thresholds(seen, names, by_name, hold, loose)
            nudges = holds if names[0] in ONE_LEVEL else _thresholds(seen, names, by_name, nudge, 2 * loose)
            for name in names:
                found[name][preset] = (round(min(nudges[name], holds[name]), 4), round(holds[name], 4))
    return [replace(head, levels=found[head.name]) for head in heads]


def _thresholds(
    seen: Seen, names: Sequence[str], odds: dict[str, np.ndarray], share: float, loose: float
) -> dict[str, float]:
    """The same share for each head, such that together they are said of so many clean lines and no more."""
    floor = {name: _for_others(seen, name, odds[name], loose) for name in names}
    clean = seen.own & seen.known(names[0]) & ~seen.label(names[0])
    low, high = 0.0, share
    for _ in range(20):
        each = (low + high) / 2
        found = {name: max(floor[name], _above(odds[name][clean], each)) for name in names}
        union = np.any([odds[name][clean] > found[name] for name in names], axis=0).mean()
        low, high = (each, high) if union <= share else (low, each)
    return {name: max(floor[name], _above(odds[name][clean], low)) for name in names}


def _for_others(seen: Seen, name: str, odds: np.ndarray, loose: float) -> float:
    floor = -np.inf
    for source, share in REAL.items():
        clean = (seen.source == source) & ~seen.label(name) & seen.known(name)
        if clean.sum() > 50:
            floor = max(floor, _above(odds[clean], min(0.2, share * loose)))
    return floor


def _above(odds: np.ndarray, share: float) -> float:
    """The odds that a share of these exceeds."""
    return float(np.quantile(odds, 1 - share)) + 1e-6
