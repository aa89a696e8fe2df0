"""How reader, heads and rules are weighed together: nice python training/reader/combine.py DATA. Some minutes.

Fitted on what `training/split.json` calls tune: calibration on voices and corpora, thresholds so that rules, heads and
reader together hold so many of the voices' clean lines and no more. Looks at nothing that is to be judged.
"""

import json
import pickle
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "training/heads")]

import fit
import rows
import tune
from rows import HEADS, Row

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.heads.model import Head
from app.domain.screening.reader.combining import LEAST
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Ruling
from app.jobs.reader.encoder import shipped
from bench.unseen import AT

OUT = ROOT / "app/domain/screening/reader/combining.json"
PART = 0.12
"""Of the corpora and conferences of tune, a part is enough."""
READ_BY = {name: (name,) for name in HEADS} | {"privacy": ("privacy", "person"), "person": ("person",)}
SHARES = {"strict": (0.16, 0.11), "standard": (0.10, 0.055), "relaxed": (0.05, 0.025)}
"""Of the voices' clean lines, what a preset may nudge and hold, rules and heads included."""
MORE_OF_OTHERS = {"care": 4}
"""Somebody who may need help is worth a look at so many times more of other people's everyday posts."""
CATEGORIES = {"person": "privacy", "care": "self_harm"}
NEVER = 99.0


class Told(tune.Seen):
    """Rows of tuning with what was said of each at the door, and what the reader found."""

    def __init__(self, found: Sequence[Row]) -> None:
        self.rows = found
        self.own = np.array(["/" in row.source and row.source[0] in "vw" for row in found])
        self.source = np.array([row.source.partition("/")[0] for row in found])
        self.rulings = [ruled(row) for row in found]
        odds = shipped().read([row.text for row in found])
        self.read = {name: np.array([one[name] for one in odds]) for name in HEADS}

    def score(self, name: str) -> np.ndarray:
        kind = "privacy" if name == "person" else name
        score = np.clip([ruling.scores.get(kind, 0.0) for ruling in self.rulings], LEAST, 1 - LEAST)
        return np.log(score / (1 - score))

    def already(self, names: Sequence[str], *, held: bool) -> np.ndarray:
        """The rows of which rules and heads say as much themselves."""
        wanted = {CATEGORIES.get(name, name) for name in names}
        levels = {Level.HOLD, Level.HIDE} | (set() if held else {Level.NUDGE})
        if wanted <= {"question", "vent"}:
            levels |= {Level.NUDGE} | ({Level.NOTE} if "question" in wanted else set())
        return np.array(
            [any(one.category in wanted and one.level in levels for one in ruling.signals) for ruling in self.rulings]
        )


def ruled(row: Row) -> Ruling:
    return screen(Incoming("replay", "1", Byline("a", ""), row.text, AT), Policy(), Surroundings())


def main() -> None:
    data, dice = Path(sys.argv[1]), random.Random(4)
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if kept and kept.exists():
        told = pickle.loads(kept.read_bytes())
    else:
        ours = list(rows.voices(data, "tune"))
        others = [row for row in rows.corpora(data) if row.part == "tune" and dice.random() < share_of(row.source)]
        real = [row for row in rows.conferences(data, "tune") if dice.random() < PART]
        crossed = [row for row in rows.crossed(ours) if dice.random() < 0.25]
        told = Told([*ours, *crossed, *others, *real])
        if kept:
            kept.write_bytes(pickle.dumps(told))
    heads, odds = [], {}
    for name in HEADS:
        head, odds[name] = weighed(told, name)
        heads.append(head)
    heads = with_levels(told, heads, odds)
    OUT.write_text(json.dumps([asdict(head) for head in heads], indent=1) + "\n", encoding="utf-8")


def share_of(source: str) -> float:
    return (
        PART * {"surge": 3, "toxigen": 3, "fox": 3, "convabuse": 2}.get(source, 1) * (source not in {"toxic", "edos"})
    )


def weighed(told: Told, name: str) -> tuple[Head, np.ndarray]:
    """Log-odds from both; neither ever speaks against."""
    known, label = told.known(name), told.label(name)
    table = np.column_stack([told.score(name), *(told.read[one] for one in READ_BY[name])])
    weight = np.where(told.own, 1.0, 0.1)[known]
    found = tune.calibrated(table[known], label[known], weight)
    witness = {one: round(float(value), 4) for one, value in zip(READ_BY[name], found[1:-1], strict=True)}
    head = Head(name, 0.0, 0.0, round(float(found[0]), 4), round(float(found[-1]), 4), witness)
    odds = table @ found[:-1] + found[-1]
    own = told.own & known & np.array([not row.source.startswith("cross") for row in told.rows])
    areas = [fit.auc(one[own], label[own]) for one in (told.score(name), told.read[READ_BY[name][0]], odds)]
    print(f"{name}: AUC on tune {areas[0]:.3f} at the door, {areas[1]:.3f} reader, {areas[2]:.3f} both; {asdict(head)}")
    return head, odds


def with_levels(told: Told, heads: Sequence[Head], odds: dict[str, np.ndarray]) -> list[Head]:
    found: dict[str, dict[str, tuple[float, float]]] = {head.name: {} for head in heads}
    for names in tune.TOGETHER:
        for preset, (nudge, hold) in SHARES.items():
            loose = hold / SHARES["standard"][1]
            holds = thresholds(told, names, odds, hold, loose, held=True)
            one_level = names[0] in tune.ONE_LEVEL
            nudges = holds if one_level else thresholds(told, names, odds, nudge, 2 * loose, held=False)
            for name in names:
                found[name][preset] = (round(min(nudges[name], holds[name]), 4), round(holds[name], 4))
        report(told, names, odds, {name: found[name]["standard"][1] for name in names})
    return [replace(head, levels=found[head.name]) for head in heads]


def thresholds(
    told: Told, names: Sequence[str], odds: dict[str, np.ndarray], share: float, loose: float, *, held: bool
) -> dict[str, float]:
    """The same share for each head, such that all together, and what is held anyway, is that share and no more."""
    floor = {name: for_others(told, name, odds[name], loose) for name in names}
    clean = told.own & told.known(names[0]) & ~told.label(names[0])
    already = told.already(names, held=held)[clean]
    low, high = 0.0, 0.3
    for _ in range(24):
        each = (low + high) / 2
        found = {name: max(floor[name], tune._above(odds[name][clean], each)) for name in names}
        union = (already | np.any([odds[name][clean] > found[name] for name in names], axis=0)).mean()
        low, high = (each, high) if union <= share else (low, each)
    return {name: min(NEVER, max(floor[name], tune._above(odds[name][clean], low))) for name in names}


def for_others(told: Told, name: str, odds: np.ndarray, loose: float) -> float:
    floor = -NEVER
    for source, share in tune.REAL.items():
        clean = (told.source == source) & ~told.label(name) & told.known(name)
        if clean.sum() > 50:
            floor = max(floor, tune._above(odds[clean], min(0.2, share * loose * MORE_OF_OTHERS.get(name, 1))))
    return floor


def report(told: Told, names: Sequence[str], odds: dict[str, np.ndarray], holds: dict[str, float]) -> None:
    """What tune itself says of it: seen figures, to look at while fitting."""
    own = told.own & told.known(names[0]) & np.array([not row.source.startswith("cross") for row in told.rows])
    label, already = told.label(names[0])[own], told.already(names, held=True)[own]
    more = np.any([odds[name][own] > holds[name] for name in names], axis=0)
    both = already | more
    print(
        f"{names[0]} on tune: recall {already[label].mean():.2f} at the door, {both[label].mean():.2f} with the reader;"
        f" false {already[~label].mean():.3f}, {both[~label].mean():.3f}"
    )


if __name__ == "__main__":
    main()
