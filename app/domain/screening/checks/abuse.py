"""Abuse as our own small model reads it: it holds for a person and says which words carried the score."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from app.domain.policy import Policy
from app.domain.screening.checks.abuse_model import Model, Score, shipped
from app.domain.screening.reading import ngrams
from app.domain.screening.reading.normal import Span, views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_READINGS = 3
_ROUNDS = 6
_SHOWN = 3
WEIGHTY = 18.0
"""What one word must weigh of itself."""
ABOUT_PEOPLE = 1.5
"""Or the identity score of the window: hatred of a group needs no swear word."""
_TAG = re.compile(r"[#＃](\w+)")
_WORD = re.compile(r"(?<![\w@#＃])[A-Za-z]+(?!\w)")
_NOTHING = Score(-100.0, -100.0)
_MAY_BE = {
    "abuse": Sentence("It may be unfriendly, says our own model, most of all for %(words)s."),
    "identity_attack": Sentence(
        "It may be unfair to a group of people, says our own model, most of all for %(words)s."
    ),
}
_READS = {
    "abuse": Sentence("It reads like abuse, says our own model, most of all for %(words)s."),
    "identity_attack": Sentence(
        "It reads like an attack on a group of people, says our own model, most of all for %(words)s."
    ),
}


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy
    model = shipped()
    text = _without_names_of_events(read.text, surroundings.hashtags)
    facts = model.facts
    if score_of(model, text).abuse < facts.nudge:
        return
    text = _without_what_is_bad_by_chance(text)
    score = _carried(model, text)
    if score.abuse < facts.nudge:
        return
    category = "identity_attack" if score.identity >= facts.identity else "abuse"
    level = Level.HOLD if score.abuse >= facts.hold else Level.NUDGE
    spans = carriers(model, text)
    if not any(_has_letters(text[start:end]) for start, end in spans):
        return  # signs and emoji alone: what the model has of them is chance, and it falls on ♿, ✡️ and 👍🏿
    said = (_READS if level is Level.HOLD else _MAY_BE)[category].filled(words=_quoted(read.text, spans))
    yield Signal("abuse-model", category, level, said, round(model.confidence(score.abuse), 3), spans)


def _has_letters(text: str) -> bool:
    """However they are disguised."""
    return any(map(str.isalpha, views(text).folded.text))


def _without_names_of_events(text: str, hashtags: Sequence[str]) -> str:
    """The event's own hashtag, and others with a year in them, say nothing; blank, so that places stay."""
    if "#" not in text and "＃" not in text:
        return text
    own = {tag.casefold() for tag in hashtags}

    def blank(match: re.Match[str]) -> str:
        tag = match[1]
        named = tag.casefold() in own or any(map(str.isdigit, tag))
        return " " * len(match[0]) if named else match[0]

    return _TAG.sub(blank, text)


def _without_what_is_bad_by_chance(text: str) -> str:
    """Scunthorpe, an assessment, a shuttlecock: a model of pieces reads what is within a word. Blank, so that places stay."""

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0]) if match[0].lower() in bad_by_chance() else match[0]

    return _WORD.sub(blank, text)


@lru_cache(maxsize=1)
def bad_by_chance() -> frozenset[str]:
    """Words that hold a bad one, and mean something else."""
    return _listed("by_chance.txt")


def _carried(model: Model, text: str) -> Score:
    """The highest window that a word with weight of its own carries, or that is about a group of people.

    Many words that weigh a little make a harmless text look bad: measured on real conference talk, that was two
    thirds of all false alarms and one in a hundred of the right ones.
    """
    words = _words(text)
    light = _talk() | {tag.lower() for tag in _TAG.findall(views(text).folded.text)}
    best = _NOTHING
    for score in model.windows(words):
        if score.abuse <= best.abuse or score.abuse < model.facts.nudge:
            continue
        within = words[score.start : score.end]
        shares = (share for share, word in zip(model.shares(within), within, strict=True) if word not in light)
        if score.identity >= ABOUT_PEOPLE or max(shares, default=0.0) * model.facts.abuse_scale >= WEIGHTY:
            best = score
    return best


@lru_cache(maxsize=1)
def _talk() -> frozenset[str]:
    """Everyday words that carry no doubt by themselves."""
    return _listed("talk.txt")


def _listed(name: str) -> frozenset[str]:
    listed = (files("app.domain.screening") / "lexicon" / name).read_text(encoding="utf-8")
    return frozenset(word for line in listed.splitlines() if not line.startswith("#") for word in line.split())


def score_of(model: Model, text: str) -> Score:
    words = _words(text)
    return model.score(words) if words else _NOTHING


def _words(text: str) -> list[str]:
    return ngrams.texts(views(text))


def carriers(model: Model, text: str) -> tuple[Span, ...]:
    """The words without which the text would raise no signal; read again without them, to be sure."""
    kept: Sequence[int] = range(len(text))
    taken: list[Span] = []
    rest = text
    for _ in range(_READINGS):
        found = _merged(_places(rest, _heaviest(model, _words(rest))))
        taken += [(kept[start], kept[end - 1] + 1) for start, end in found]
        rest, kept = _without(rest, kept, found)
        if score_of(model, rest).abuse < model.facts.nudge:
            return _merged(taken)
    return ((0, len(text)),)


def _heaviest(model: Model, words: Sequence[str]) -> set[str]:
    """Take the heaviest words out of each window that is too high, until none is."""
    taken: set[str] = set()
    left = words
    for _ in range(_ROUNDS):
        high = [score for score in model.windows(left) if score.abuse >= model.facts.nudge]
        if not left or not high:
            return taken
        taken.update(word for score in high for word in _top(model, left, score))
        left = [word for word in left if word not in taken]
    return taken


def _top(model: Model, words: Sequence[str], score: Score) -> Iterator[str]:
    """The heaviest, until they account for what the window has too much."""
    within = words[score.start : score.end]
    left = score.abuse - model.facts.nudge
    for share, word in sorted(zip(model.shares(within), within, strict=True), reverse=True):
        yield word
        left -= share * score.unit
        if left < 0:
            return


def _places(text: str, words: set[str]) -> Iterator[Span]:
    return (word.span for word in ngrams.read(views(text), words))


def _without(text: str, kept: Sequence[int], spans: Sequence[Span]) -> tuple[str, list[int]]:
    parts: list[str] = []
    places: list[int] = []
    for (_, start), (end, _) in pairwise([(0, 0), *spans, (len(text), 0)]):
        parts.append(text[start:end])
        places += kept[start:end]
    return "".join(parts), places


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _quoted(text: str, spans: Sequence[Span]) -> tuple[str, ...] | Sentence:
    shown = tuple(f"“{text[start:end][:24]}”" for start, end in spans[:_SHOWN])
    return Sentence("%(words)s and more", words=shown) if len(spans) > _SHOWN else shown
