"""From rows to weights: a matrix of pieces, and logistic regression with a quadratic penalty, in the open."""

import random
from collections.abc import Iterable, Sequence

import numpy as np
from rows import Row
from scipy import optimize, sparse

from app.domain.screening.heads import words
from app.domain.screening.heads.model import STEP, WINDOW, features
from app.domain.screening.reading.normal import views

SIZE = 1 << words.HEADS_BITS
RAREST = 3
"""A piece seen in fewer rows than this has no weight: it would be noise, and bytes."""


class Matrix:
    """One line a window; `owner` says which row it is of."""

    def __init__(self, rows: Sequence[Row], *, whole: bool = False) -> None:
        columns: list[np.ndarray] = []
        values: list[np.ndarray] = []
        starts, owners = [0], []
        for owner, row in enumerate(rows):
            said = words.texts(views(row.text[:4000]))
            last = max(1, len(said) - STEP) if whole or not any(row.labels.values()) else 1
            for start in range(0, last, STEP):
                found, counts = np.unique(features(said[start : start + WINDOW]), return_counts=True)
                columns.append(found.astype(np.int32))
                values.append((counts / np.sqrt(counts.sum())).astype(np.float32))
                starts.append(starts[-1] + len(found))
                owners.append(owner)
        self.rows = rows
        self.owner = np.array(owners)
        self.table = sparse.csr_matrix(
            (np.concatenate(values), np.concatenate(columns), starts), shape=(len(owners), SIZE)
        )

    def scores(self, weights: np.ndarray, bias: float) -> np.ndarray:
        """The highest window of each row."""
        best = np.full(len(self.rows), -np.inf)
        np.maximum.at(best, self.owner, self.table @ weights.astype(np.float32) + bias)
        return best


def learned(matrix: Matrix, head: str, c: float, rounds: int, public: float = 1.0) -> tuple[np.ndarray, float]:
    """Weights and bias of one head, from the rows that are labelled for it; `public` weighs those of the corpora."""
    known = np.array([head in row.labels for row in matrix.rows])[matrix.owner]
    owner = matrix.owner[known]
    label = np.array([matrix.rows[one].labels[head] for one in owner])
    weight = np.array([matrix.rows[one].weight * (1.0 if "/" in matrix.rows[one].source else public) for one in owner])
    weight = weight * np.where(label, weight[~label].sum() / weight[label].sum(), 1.0)
    weight *= len(weight) / weight.sum()
    table = matrix.table[np.flatnonzero(known)]
    keep = np.flatnonzero(np.bincount(table.indices, minlength=SIZE) >= RAREST)
    found, bias = regression(table[:, keep], label, weight, c, rounds)
    full = np.zeros(SIZE)
    full[keep] = found
    return full, bias


def regression(
    table: sparse.csr_matrix, label: np.ndarray, weight: np.ndarray, c: float, rounds: int
) -> tuple[np.ndarray, float]:
    sign = np.where(label, 1.0, -1.0)
    table = table.astype(np.float64)
    turned = table.T.tocsr()

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (table @ given[:-1] + given[-1])
        pull = -c * sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        value = c * (weight @ np.logaddexp(0, -margin)) + 0.5 * given[:-1] @ given[:-1]
        return value, np.append(turned @ pull + given[:-1], pull.sum())

    found = optimize.minimize(
        loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B",
        options={"maxiter": rounds, "maxcor": 8, "ftol": 1e-5},
    )  # fmt: skip
    return found.x[:-1], float(found.x[-1])


def auc(score: np.ndarray, label: np.ndarray) -> float:
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):  # ties share their rank
        same = score == value
        if same.sum() > 1:
            ranks[same] = ranks[same].mean()
    yes, no = label.sum(), (~label).sum()
    return float((ranks[label].sum() - yes * (yes + 1) / 2) / max(1, yes * no))


def thinned(rows: Iterable[Row], share: dict[str, float], dice: random.Random) -> list[Row]:
    """Of the large sets, a part: what they teach is learned from less."""
    return [row for row in rows if dice.random() < share.get(row.source, 1.0)]
