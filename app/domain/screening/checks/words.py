"""Words that the organiser or our own lists want a person to look at.

Four lists of the organiser: banned (hidden), suspect (held), watched (pointed out) and allowed (never a reason). Our
own lists come from the lexicon folder; its NOTICE says from where. Clinical words are on none of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.domain.policy import Policy
from app.domain.screening.reading.normal import Views, views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.stretches import Stretches
from app.domain.screening.reading.wordlist import Hit, Term, WordList
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_FOLDER = files("app.domain.screening") / "lexicon"
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CODES = {Level.HIDE: "banned-word", Level.HOLD: "blocked-word", Level.NUDGE: "watched-word"}
_WHAT = {
    "abuse": Sentence("It contains “%(word)s”, an insult or a swear word."),
    "identity_attack": Sentence("It contains “%(word)s”, a slur."),
    "sexual": Sentence("It contains “%(word)s”, a sexual word that is often meant to offend."),
}
_SAID = {
    Level.HIDE: Sentence("It contains “%(word)s”, which this event bans."),
    Level.HOLD: Sentence("It contains “%(word)s”, which this event holds."),
    Level.NUDGE: Sentence("It contains “%(word)s”, which this event watches."),
}


@dataclass(frozen=True, slots=True)
class Lists:
    own: WordList
    shipped: WordList
    allowed: WordList


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del surroundings
    yield from told(found(read.views, lists_of(policy)))


def told(hits: Sequence[Hit]) -> Iterator[Signal]:
    """A signal for each term that was found, and one for those that were written in disguise."""
    by_term: dict[Term, list[Hit]] = {}
    for hit in hits:
        by_term.setdefault(hit.term, []).append(hit)
    yield from (_told(term, found) for term, found in by_term.items())
    disguised = [hit for hit in hits if hit.disguised]
    if disguised:
        word = disguised[0].term.text
        said = Sentence("It is written so that a filter would miss it: it reads as “%(word)s”.", word=word)
        spans = tuple(hit.span for hit in disguised)
        yield Signal("disguised-word", "obfuscation", Level.HOLD, said, 0.9, spans)


def found(read: Views, lists: Lists) -> list[Hit]:
    hits = list(lists.own.find(read))
    taken = Stretches(hit.span for hit in hits)
    hits += [hit for hit in lists.shipped.find(read) if not taken.hold(hit.span)]
    if hits:
        links = (match.span() for match in _LINK.finditer(read.original))
        allowed = Stretches((*(hit.span for hit in lists.allowed.find(read)), *links))
        hits = [hit for hit in hits if not allowed.hold(hit.span)]
    return hits


def _told(term: Term, hits: list[Hit]) -> Signal:
    spans = tuple(hit.span for hit in hits)
    if term.ours:
        code = f"listed-{term.category.replace('_', '-')}"
        said = _WHAT[term.category].filled(word=term.text)
        return Signal(code, term.category, term.level, said, min(0.99, 0.3 + term.severity / 4), spans)
    return Signal(_CODES[term.level], term.category, term.level, _SAID[term.level].filled(word=term.text), 1.0, spans)


@lru_cache(maxsize=64)
def lists_of(policy: Policy, *, ours: WordList | None = None) -> Lists:
    """The organiser's lists and ours, or what stands in place of ours."""
    own = [
        Term(word, "abuse", level)
        for words, level in (
            (policy.banned_words, Level.HIDE),
            (policy.blocked_words, Level.HOLD),
            (policy.watched_words, Level.NUDGE),
        )
        for word in words
    ]
    return Lists(WordList(own), ours or shipped(), _allowed(policy.allowed_words))


@lru_cache(maxsize=1)
def shipped() -> WordList:
    """The lists that come with the program."""
    return WordList(
        [*severe(), *(Term(word, "abuse", Level.NUDGE, 1.0, ours=True) for word in lines_of("british.txt"))]
    )


def severe() -> Iterator[Term]:
    for line in lines_of("words.tsv"):
        word, category, severity = line.split("\t")
        yield Term(word, category, Level.HOLD, float(severity), ours=True)


def _allowed(words: tuple[str, ...]) -> WordList:
    return WordList(Term(word, "abuse", Level.NOTE) for word in words)


def lines_of(name: str) -> list[str]:
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
        spared = Stretches(hit.span for hit in passes.find(read))
        for word, listed in lists:
            if any(not spared.hold(hit.span) for hit in listed.find(read)):
                matched[word].append(place)
    return matched
