"""What follows from what the reader found: final scores of reader, heads and rules together, and more signals.

It only ever raises: what the rules and heads said at the door stands. How much each weighs was fitted on rows that
nothing was learned from (`training/reader/combine.py`).
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from app.domain.policy import Policy
from app.domain.screening.checks.quotes_names_alts import stands_in
from app.domain.screening.heads import words as read_words
from app.domain.screening.heads.model import Head, probability
from app.domain.screening.heads.model import shipped as heads
from app.domain.screening.heads.scores_and_thresholds import TOLD, has_prose, level_of_head, raised
from app.domain.screening.reading.reading import LETTERS_READ, Reading
from app.domain.screening.reading.shown import PROSE, Shown
from app.domain.screening.ruling import level_of, weigh
from app.domain.verdict import Level, Ruling, Signal, Verdict

Found = Mapping[str, float]
"""What the reader found: the log-odds of its heads in the text, and in what stands beside it as "quote:0:abuse"."""
LEAST = 0.0005
"""A score is never taken for more certain than this."""
DOUBTED = (Level.NUDGE, Level.HOLD, Level.HIDE)


@dataclass(frozen=True, slots=True)
class Further:
    """The signals that are added, weighed for the event, and all scores."""

    signals: tuple[Signal, ...]
    scores: dict[str, float]


def texts_to_read(read: Reading) -> dict[str, str]:
    """What the reader is given of a post, each under the key that its odds come back with."""
    return {key: one.text for key, one, _ in _parts(read) if has_prose(one.text)}


def found_in(odds: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """What was found in each text, as it is stored with the post."""
    return {f"{key}{head}": value for key, one in odds.items() for head, value in one.items()}


def further(
    read: Reading, policy: Policy, found: Found, signals: Sequence[Signal], scores: Mapping[str, float]
) -> Further:
    """What the reader adds to a ruling that was made without it."""
    known, added, final = list(signals), list[Signal](), dict(scores)
    for key, part, shown in _parts(read):
        odds = combined(found, scores, key)
        for name in TOLD:
            if odds:
                both = max(odds[name], odds["person"]) if name == "privacy" else odds[name]
                final[name] = max(final.get(name, 0.0) if key else 0.0, round(probability(both), 3))
        for signal in _signals(part, policy, odds, known):
            if shown is None or signal.category != "question":
                at_its_place = signal if shown is None else stands_in(signal, shown)
                known.append(at_its_place)
                added.append(weigh(at_its_place, policy))
    for signal in signals:  # what a rule is sure of is never below its confidence
        name = "care" if signal.category == "self_harm" else signal.category
        if name in final and signal.level in (Level.HOLD, Level.HIDE):
            final[name] = max(final[name], scores.get(name, 0.0))
    return Further(tuple(added), final)


def combined(found: Found, scores: Mapping[str, float], key: str = "") -> dict[str, float]:
    """The log-odds of each head from both, where the reader has read."""
    odds: dict[str, float] = {}
    for head in shipped():
        # What is damaged in the database counts as not read.
        if all(isinstance(found.get(f"{key}{one}"), float | int) for one in head.witness):
            score = scores.get("privacy" if head.name == "person" else head.name, 0.0)
            score = min(1 - LEAST, max(LEAST, score))
            read = sum(weight * found[f"{key}{one}"] for one, weight in head.witness.items())
            odds[head.name] = head.slope * math.log(score / (1 - score)) + head.offset + read
    return odds if len(odds) == len(shipped()) else {}


def with_reader(ruling: Ruling, read: Reading, policy: Policy, found: Found) -> Ruling:
    """A ruling as it is with what the reader found; nothing with a doubt is approved."""
    more = further(read, policy, found, ruling.signals, ruling.scores)
    doubted = level_of(more.signals) in DOUBTED
    waits = doubted and ruling.verdict in (Verdict.APPROVED, Verdict.STASHED)
    return replace(
        ruling,
        verdict=Verdict.HELD if waits else ruling.verdict,
        signals=(*ruling.signals, *more.signals),
        scores=more.scores,
        delayed=ruling.delayed and not doubted,
    )


def until_read(ruling: Ruling) -> Ruling:
    """Where the reader is there, nothing passes by itself before it was read."""
    if ruling.verdict is not Verdict.APPROVED:
        return ruling
    return replace(ruling, verdict=Verdict.HELD, passes_when_read=True)


def _parts(read: Reading) -> Iterator[tuple[str, Reading, Shown | None]]:
    yield "", read, None
    for shown in read.shows:
        if shown.field in PROSE and shown.text.strip():
            yield f"{shown.field}:{shown.place}:", read.of_field(shown.field, shown.text[:LETTERS_READ]), shown


def _signals(read: Reading, policy: Policy, odds: Mapping[str, float], known: Sequence[Signal]) -> Iterator[Signal]:
    if not odds or not has_prose(read.text):
        return
    said = read_words.texts(read.views)
    so_far = list(known)
    for head in sorted(shipped(), key=lambda head: head.name == "privacy"):  # a person in care is told as one
        level = level_of_head(head, odds[head.name], policy)
        place = heads().names.index(head.name)
        signal = raised(heads(), place, odds[head.name], level, read, said, so_far) if said else None
        if signal is not None:
            so_far.append(signal)
            yield signal


@lru_cache(maxsize=1)
def shipped() -> tuple[Head, ...]:
    """How reader and scores are weighed for each head: the reader's heads are its witnesses."""
    told = json.loads((files("app.domain.screening.reader") / "combining.json").read_text(encoding="utf-8"))
    return tuple(Head(**one) for one in told)
