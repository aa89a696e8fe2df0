"""Abuse as our own small model reads it: it holds for a person and says which words carried the score."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.abuse_model import Model, Score, shipped
from app.domain.screening.context import Context
from app.domain.screening.ngrams import read, texts
from app.domain.screening.normal import Span, views
from app.domain.verdict import Level, Signal

LONGEST = 4000
"""A longer text is read in stretches, so that its length costs nothing and its end counts."""

_STRETCHES = 3
_READINGS = 3
_ROUNDS = 6
_SHOWN = 3
_NOTHING = Score(-100.0, -100.0)
_MAY_BE = {"abuse": "may be unfriendly", "identity_attack": "may be unfair to a group of people"}
_READS = {"abuse": "reads like abuse", "identity_attack": "reads like an attack on a group of people"}


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    del policy, context
    model = shipped()
    score = score_of(model, post.text)
    facts = model.facts
    if score.abuse < facts.nudge:
        return
    category = "identity_attack" if score.identity >= facts.identity else "abuse"
    level = Level.HOLD if score.abuse >= facts.hold else Level.NUDGE
    spans = carriers(model, post.text)
    reads = (_READS if level is Level.HOLD else _MAY_BE)[category]
    said = f"It {reads}, says our own model, most of all for {_quoted(post.text, spans)}."
    yield Signal("abuse-model", category, level, said, round(model.confidence(score.abuse), 3), spans)


def score_of(model: Model, text: str) -> Score:
    words = _words(text)
    return model.score(words) if words else _NOTHING


def _words(text: str) -> list[str]:
    return [word for _, stretch in _stretches(text) for word in texts(views(stretch))]


def _stretches(text: str) -> list[tuple[int, str]]:
    if len(text) <= LONGEST:
        return [(0, text)]
    size = LONGEST // _STRETCHES
    starts = [place * (len(text) - size) // (_STRETCHES - 1) for place in range(_STRETCHES)]
    return [(start, text[start : start + size]) for start in starts]


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
    for start, stretch in _stretches(text):
        for word in read(views(stretch), words):
            yield word.span[0] + start, word.span[1] + start


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


def _quoted(text: str, spans: Sequence[Span]) -> str:
    shown = [f"“{text[start:end][:24]}”" for start, end in spans[:_SHOWN]]
    return ", ".join(shown) + (" and more" if len(spans) > _SHOWN else "")
