"""Words in names and handles that our lists, the organiser's or the abuse model object to.

Some words of our lists are people's names as well ("Pansy Chow", "Ivy Coon"): beside another name they are no doubt.
Words are also found where several are written as one. The abuse model was not made for names, in which it hears words
that are not there (it doubts one in forty): it is believed when it is very sure, or when the name is a sentence.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.domain.policy import Policy
from app.domain.screening.checks import abuse
from app.domain.screening.checks.abuse_model import shipped as model
from app.domain.screening.checks.words import found, lines_of, lists_of, severe, told
from app.domain.screening.reading.lexicon import table
from app.domain.screening.reading.normal import Span, Views, views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.stretches import Stretches
from app.domain.screening.reading.wordlist import Hit, Term, WordList
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal

SURE = 4.0
"""From here on one name in three thousand is wrongly doubted, among 127,000 of forty countries."""
_PLAIN, _SEVERE = 1.6, 2.0
_SHORT, _GLUED, _LONGEST, _READ = 4, 6, 40, 400
_SHORT_ONES = frozenset(["cunt", "fuck", "paki", "slut", "twat"])
_WORD = re.compile(r"[^\W\d_]+")
_LEXICON = table("naming.txt")
_ALSO_NAMES = _LEXICON["names"]
_SURNAMES = _LEXICON["surnames"]
_SENTENCE = _LEXICON["sentence"]
_BETWEEN = _LEXICON["between"]
"""What words are glued together with."""


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    lists = lists_of(policy, ours=_listed())
    named = _also_names(read.text)
    hits = [hit for hit in found(read.views, lists) if not (hit.term.ours and hit.span in named)]
    hits = hits or list(_glued(read.views, Stretches(hit.span for hit in lists.allowed.find(read.views))))
    yield from told(hits)
    if (
        not named
        and all(hit.term.level is Level.NUDGE for hit in hits)
        and (is_a_sentence(read.text) or _is_sure(read.text))
    ):
        yield from abuse.check(read, policy, surroundings)


def _also_names(text: str) -> set[Span]:
    """Where words stand that some people are called: with a capital, beside other words that have one."""
    shown = [match for match in _WORD.finditer(text) if match.group()[0].isupper()]
    if len(shown) < 2:
        return set()
    named = {match.span(): views(match.group()).skeleton.text for match in shown}
    first = shown[0].span()
    return {span for span, word in named.items() if word in _ALSO_NAMES and not (span == first and word in _SURNAMES)}


@lru_cache(maxsize=4096)
def is_a_sentence(text: str) -> bool:
    said = _WORD.findall(views(text[:_READ]).folded.text)
    return len(said) > 2 and not _SENTENCE.isdisjoint(said)


def _is_sure(text: str) -> bool:
    return abuse.score_of(model(), text).abuse >= SURE


def _glued(read: Views, allowed: Stretches) -> Iterator[Hit]:
    """Words of our lists that are written together, with others or what stands between them."""
    terms = _terms()
    for match in _WORD.finditer(read.skeleton.text):
        if _GLUED <= len(match.group()) <= _LONGEST and (listed := _made_of(match.group(), terms)):
            hit = Hit(terms[listed], read.skeleton.span(*match.span()))
            if not allowed.hold(hit.span):
                yield hit


def _made_of(word: str, terms: dict[str, Term]) -> str:
    """The listed word that it begins with or ends in, if all the rest is listed too or only stands between."""
    made: list[str | None] = ["", *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            before, piece = made[start], word[start:end]
            if before is not None and (piece in terms or piece in _BETWEEN):
                made[end] = before or (piece if piece in terms else "")
                if made[end]:
                    break
    return made[-1] or next((root for root in _ROOTS if word.startswith(root)), "")


_ROOTS = ("fuck", "cunt", "nigger", "faggot", "wanker", "shithead", "shitface", "killall", "heilhitler", "siegheil")
"""No name begins with them."""


@lru_cache(maxsize=1)
def _terms() -> dict[str, Term]:
    listed = (term for term in (*severe(), *_our_own()) if term.severity >= _PLAIN and term.text.isalpha())
    long = (term for term in listed if len(term.text) > _SHORT or term.text in _SHORT_ONES)
    return {term.text: term for term in long if term.text not in _ALSO_NAMES}


@lru_cache(maxsize=1)
def _listed() -> WordList:
    """Our lists, with more forms of the worst words, for those are read one by one here."""
    worst = [term for term in severe() if term.severity >= _SEVERE and term.text.isalpha() and len(term.text) >= _SHORT]
    forms = [
        Term(f"{term.text}{end}", term.category, term.level, term.severity, ours=True)
        for term in worst
        for end in ("s", "ed")
        if term.text not in _ALSO_NAMES
    ]
    mild = (Term(word, "abuse", Level.NUDGE, 1.0, ours=True) for word in lines_of("british.txt"))
    return WordList([*severe(), *_our_own(), *forms, *mild])


def _our_own() -> list[Term]:
    return [Term(word, "abuse", Level.HOLD, _SEVERE, ours=True) for word in lines_of("in_names.txt")]
