"""Thresholds, calibration and the figures of the model card, with the program's own reading and scoring."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import corpus
import disguise
import numpy as np
import templates
from corpus import Example
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from app.domain.screening.checks.abuse_model import Model, Score
from app.domain.screening.reading import ngrams, normal

CLEAR = 0.75
HEALTH_HELD, HEALTH_NUDGED = 0.003, 0.007
CONFERENCE_NUDGED = 0.02
"""Shares of clean text that the thresholds let be stopped: well below what is asked for, as other data differ."""


def score(model: Model, text: str) -> Score:
    return model.score([word.text for word in ngrams.read(normal.views(text))])


def scores(model: Model, rows: Iterable[Example]) -> np.ndarray:
    return np.array([score(model, row.text).abuse for row in rows])


def with_thresholds(model: Model, rows: Sequence[Example]) -> Model:
    health, conference, madlibs = (
        scores(model, [row for row in rows if row.source == name and not row.abuse])
        for name in ("health", "conference", "madlibs")
    )
    hold = max(np.quantile(health, 1 - HEALTH_HELD), np.quantile(madlibs, 0.995))
    nudge = max(np.quantile(health, 1 - HEALTH_NUDGED), np.quantile(conference, 1 - CONFERENCE_NUDGED))
    attacks = [row for row in rows if row.abuse and row.source in ("davidson", "hatemoji")]
    judged = np.array([score(model, row.text).identity for row in attacks])
    slope, offset = calibrated(model, rows)
    facts = replace(
        model.facts,
        hold=round(float(hold), 3),
        nudge=round(float(min(nudge, hold)), 3),
        identity=round(clear(judged, np.array([row.identity for row in attacks])), 3),
        slope=slope,
        offset=offset,
    )
    return Model(facts, model._abuse, model._identity)


def clear(judged: np.ndarray, truth: np.ndarray) -> float:
    """The lowest score from which on three in four are identity attacks."""
    order = np.argsort(-judged)
    precision = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precision >= CLEAR)
    return float(judged[order][good[-1]]) if len(good) else float("1e9")


def calibrated(model: Model, rows: Sequence[Example]) -> tuple[float, float]:
    """Platt's line, over the sets that people labelled, each set counting the same."""
    chosen = [row for row in rows if row.source in ("davidson", "hatemoji", "surge", "health")]
    share = {name: sum(row.source == name for row in chosen) for name in {row.source for row in chosen}}
    weight = [1 / share[row.source] for row in chosen]
    line = LogisticRegression(C=1e3).fit(
        scores(model, chosen)[:, None], [row.abuse for row in chosen], sample_weight=np.array(weight) * 1000
    )
    return round(float(line.coef_[0][0]), 4), round(float(line.intercept_[0]), 4)


def report(model: Model, folder: Path, held_out: Sequence[Example], people: list[str]) -> None:
    facts = model.facts
    print(f"\nhold ≥ {facts.hold}, nudge ≥ {facts.nudge}, identity ≥ {facts.identity}; "
          f"confidence {model.confidence(facts.hold):.2f} / {model.confidence(facts.nudge):.2f}")  # fmt: skip
    print(f"{'set':24}{'abuse':>7}{'held':>7}{'nudged':>8}{'clean':>7}{'held':>7}{'nudged':>8}{'AUC':>7}")
    other = list(corpus.evaluation_only(folder))
    for name in dict.fromkeys(row.source for row in [*held_out, *other]):
        line(model, name, [row for row in [*held_out, *other] if row.source == name])
    line(model, "hatecheck, all", [row for row in other if row.source.startswith("hatecheck")])
    dice = random.Random(99)
    made = {
        "fresh identity": (templates.FRESH, False),
        "neutral, as trained": (templates.NEUTRAL, False),
        "groups, as trained": (templates.NEUTRAL_GROUPS, False),
        "vernacular, as trained": (templates.VERNACULAR, False),
        "attacks, as trained": (templates.ATTACK, True),
    }
    for name, (text, abuse) in made.items():
        line(model, name, [Example(t, abuse, False, "") for t in templates.sentences(text, 1500, dice, people)])
    madlib_style(model, people)
    vernacular(model, held_out)
    identities(model, held_out)
    disguises(model, held_out)


def line(model: Model, name: str, rows: Sequence[Example]) -> None:
    label = np.array([row.abuse for row in rows])
    found = scores(model, rows)
    cells = "".join(f"{side.sum():7}{held(found[side], model.facts.hold):7}{held(found[side], model.facts.nudge):>8}"
                    for side in (label, ~label))  # fmt: skip
    auc = f"{roc_auc_score(label, found):7.3f}" if 0 < label.sum() < len(label) else f"{'-':>7}"
    print(f"{name:24}{cells}{auc}")


def held(found: np.ndarray, threshold: float) -> str:
    return f"{(found >= threshold).mean():.3f}" if len(found) else "-"


FRAMES = ("Ada is a {1} {0}", "You are a {1} {0}", "Being {0} is {1}", "i am {0}", "hug {0}")


def madlib_style(model: Model, people: list[str]) -> None:
    """Neutral sentences in the manner of the bias templates, for each identity: the worst are named."""
    shares = {}
    for name in people:
        texts = [frame.format(name, good) for good in templates.GOOD[:20] for frame in FRAMES]
        shares[name] = np.mean([score(model, text).abuse >= model.facts.hold for text in texts])
    worst = sorted(shares.items(), key=lambda item: -item[1])[:8]
    mean = np.mean(list(shares.values()))
    named = ", ".join(f"{name} {share:.2f}" for name, share in worst)
    print(f"bias templates, {len(people)} identities: held {mean:.4f}; worst {named}")


MARKS = (
    "finna",
    "tryna",
    "ain't",
    "aint",
    "y'all",
    "yall",
    "dat ",
    "dis ",
    "wit ",
    "gon ",
    "bruh",
    " imma",
    "lil ",
    "nigga",
)


def vernacular(model: Model, rows: Sequence[Example]) -> None:
    """Clean tweets of the held-out Davidson part with and without marks of African-American English."""
    clean = [row for row in rows if row.source == "davidson" and not row.abuse]
    marked = [any(mark in row.text.lower() for mark in MARKS) for row in clean]
    for name, side in (("with AAE marks", True), ("without", False)):
        line(model, f"davidson {name}", [row for row, mark in zip(clean, marked, strict=True) if mark is side])


def identities(model: Model, rows: Sequence[Example]) -> None:
    told = [row for row in rows if row.abuse and row.source in ("davidson", "hatemoji")]
    judged = [score(model, row.text) for row in told]
    called = [own.identity >= model.facts.identity and own.abuse >= model.facts.nudge for own in judged]
    right = sum(row.identity for row, call in zip(told, called, strict=True) if call)
    print(f"identity attack: {sum(called)} called, precision {right / max(1, sum(called)):.2f}, "
          f"recall {right / sum(row.identity for row in told):.2f}")  # fmt: skip


def disguises(model: Model, rows: Sequence[Example]) -> None:
    abusive = [row for row in rows if row.source == "davidson" and row.abuse]
    clean = [row for row in rows if row.source == "health"]
    for name, way in {"plain": _plain, **disguise.MEASURED}.items():
        dice = random.Random(7)
        bad, good = ([replace(row, text=way(row.text, dice)) for row in side] for side in (abusive, clean))
        line(model, name, [*bad, *good])


def _plain(text: str, dice: random.Random) -> str:
    del dice
    return text
