"""Words that the organiser or our own lists want a person to look at.

Four lists of the organiser: banned (hidden), suspect (held), watched (pointed out) and allowed (never a reason). Our
own lists come from the lexicon folder; its NOTICE says from where. Clinical words are on none of them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.context import Context
from app.domain.screening.reading.normal import Views, views
from app.domain.screening.reading.wordlist import Hit, Term, WordList
from app.domain.verdict import Level, Signal

_FOLDER = files("app.domain.screening") / "lexicon"
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CODES = {Level.HIDE: "banned-word", Level.HOLD: "blocked-word", Level.NUDGE: "watched-word"}
_WHAT = {
    "abuse": "an insult or a swear word",
    "identity_attack": "a slur",
    "sexual": "a sexual word that is often meant to offend",
}


@dataclass(frozen=True, slots=True)
class _Lists:
    own: WordList
    shipped: WordList
    allowed: WordList


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    del context
    read = views(post.text)
    hits = _found(read, _lists(policy))
    yield from (_told(term, [hit for hit in hits if hit.term == term]) for term in {hit.term: 0 for hit in hits})
    disguised = [hit for hit in hits if hit.disguised]
    if disguised:
        word = disguised[0].term.text
        said = f"It is written so that a filter would miss it: it reads as “{word}”."
        spans = tuple(hit.span for hit in disguised)
        yield Signal("disguised-word", "obfuscation", Level.HOLD, said, 0.9, spans)


def _found(read: Views, lists: _Lists) -> list[Hit]:
    hits = list(lists.own.find(read))
    taken = [hit.span for hit in hits]
    hits += [hit for hit in lists.shipped.find(read) if not _within(hit.span, taken)]
    if hits:
        allowed = [hit.span for hit in lists.allowed.find(read)]
        allowed += [match.span() for match in _LINK.finditer(read.original)]
        hits = [hit for hit in hits if not _within(hit.span, allowed)]
    return hits


def _within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _told(term: Term, hits: list[Hit]) -> Signal:
    spans = tuple(hit.span for hit in hits)
    if term.ours:
        code = f"listed-{term.category.replace('_', '-')}"
        said = f"It contains “{term.text}”, {_WHAT[term.category]}."
        return Signal(code, term.category, term.level, said, min(0.99, 0.3 + term.severity / 4), spans)
    does = {Level.HIDE: "bans", Level.HOLD: "holds", Level.NUDGE: "watches"}[term.level]
    said = f"It contains “{term.text}”, which this event {does}."
    return Signal(_CODES[term.level], term.category, term.level, said, 1.0, spans)


@lru_cache(maxsize=64)
def _lists(policy: Policy) -> _Lists:
    own = [
        Term(word, "abuse", level)
        for words, level in (
            (policy.banned_words, Level.HIDE),
            (policy.blocked_words, Level.HOLD),
            (policy.watched_words, Level.NUDGE),
        )
        for word in words
    ]
    return _Lists(WordList(own), shipped(), _allowed(policy.allowed_words))


@lru_cache(maxsize=1)
def shipped() -> WordList:
    """The lists that come with the program."""
    return WordList([*_severe(), *(Term(word, "abuse", Level.NUDGE, 1.0, ours=True) for word in _lines("british.txt"))])


def _severe() -> Iterator[Term]:
    for line in _lines("words.tsv"):
        word, category, severity = line.split("\t")
        yield Term(word, category, Level.HOLD, float(severity), ours=True)


def _allowed(words: tuple[str, ...]) -> WordList:
    return WordList(Term(word, "abuse", Level.NOTE) for word in words)


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def preview(words: Iterable[str], texts: Iterable[str], *, allowed: Iterable[str] = ()) -> dict[str, list[int]]:
    """For each of the organiser's new words, the places in the list of texts that it would have matched."""
    wanted = list(dict.fromkeys(words))
    matched: dict[str, list[int]] = {word: [] for word in wanted}
    lists = [(word, WordList([Term(word, "abuse", Level.HOLD)])) for word in wanted]
    passes = _allowed(tuple(allowed))
    for place, text in enumerate(texts):
        read = views(text)
        spared = [hit.span for hit in passes.find(read)]
        for word, listed in lists:
            if any(not _within(hit.span, spared) for hit in listed.find(read)):
                matched[word].append(place)
    return matched


def casefolded(text: str) -> str:
    """Lower case, one character for one, so that a place in the result is a place in the text."""
    if text.isascii():
        return text.lower()
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)
