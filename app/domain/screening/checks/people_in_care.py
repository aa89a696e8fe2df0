"""A person in care, or one of theirs, called by name.

A name alone is no doubt: speakers, authors and colleagues are named all day. A name with care around it is: who the
person is to the writer, where they lie, what happened to them, whose records or results these are.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from app.domain.screening.checks.care_cues import (
    AFTER,
    AFTER_FULL,
    BEFORE,
    BEFORE_FULL,
    CARE,
    ORGANISED,
    PUBLIC,
    STAGE,
    TITLE,
)
from app.domain.screening.reading.normal import Views
from app.domain.screening.reading.personal_found import Found

_WORD = r"(?:(?:Mc|Mac|O'|D'|De|Al-|El-|Ab)?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,24}(?:[-'][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,24})?)"
_NAME = re.compile(
    rf"(?<![\w@#/.&])({TITLE})?({_WORD}(?: (?:(?:van|de|bin|al|ap|da|dos|von|der|O') )?{_WORD}){{0,2}})(?![\w@]|\.[a-z])"
)
_SURNAME_FIRST = re.compile(r"(?<![\w@#])([A-Z]{3,20}(?:-[A-Z]{2,20})?), ?([A-Z][a-z]{1,20})(?!\w)")
_CAPITALS = re.compile(r"(?<![\w@#])([A-Z]{3,15}) ([A-Z]{3,20})(?!\w)")
_INITIALLED = re.compile(rf"(?<![\w@#])(?:{TITLE})?([A-Z]\.? {_WORD})(?!\w)")
_SMALL = re.compile(r"(?<![\w@#/.])([a-z]{3,14})(?: ([a-z]{3,20}))?(?!\w)")
_OURS = re.compile(
    r"\bpt\W{0,2}$|\b(?:my|our) (?:patient|client|resident|service user|tenant|key ?client|young person)[,:]? (?:called |named )?$"
)
_AHEAD, _BEHIND = 60, 48


def people(read: Views, may_be_named: Sequence[str]) -> Iterator[Found]:
    """Names with care around them, without those of speakers and others who may be named."""
    text = read.shown
    if not any(map(str.isupper, text)):
        yield from _in_small_letters(read)
        return
    allowed = _small(tuple(may_be_named))
    care = bool(CARE.search(read.folded.text))
    for match in (*_SURNAME_FIRST.finditer(text), *(_CAPITALS.finditer(text) if care and not text.isupper() else ())):
        if {match.group(1).lower(), match.group(2).lower()} & forenames():
            yield Found("name", read.folded.span(*match.span()), 0.8)
    for match in _NAME.finditer(text):
        found = _judged(read, match, care=care, allowed=allowed)
        if found:
            yield found
    if care:
        yield from _initialled(read, allowed)
        yield from _in_small_letters(read)


def _judged(read: Views, match: re.Match[str], *, care: bool, allowed: frozenset[str]) -> Found | None:
    start, end = _trimmed(match)
    words = read.shown[start:end].split()
    title = (match.group(1) or "").strip(" .").lower() if start == match.start(2) else ""
    if (
        not words
        or words[-1].casefold() in _PLACES
        or " ".join(words).casefold() in allowed
        or words[-1].casefold() in allowed
    ):
        return None
    begin = match.start() if title else start
    before = read.folded.text[max(0, begin - _BEHIND) : begin]
    after = read.folded.text[end : end + _AHEAD]
    if ORGANISED.match(after) or (PUBLIC.search(before) and not _closely(before)):
        return None
    known = words[0].casefold() in forenames()
    full = len(words) > 1
    if not (known or full or title):
        return Found("name", read.folded.span(begin, end), 0.6) if _OURS.search(before) else None
    if _speaks_of_care(before, after, known=known, full=full, title=bool(title), care=care):
        sure = 0.9 if known and full else 0.7
        return Found("name", read.folded.span(begin, end), sure)
    return None


@lru_cache(maxsize=16)
def _small(names: tuple[str, ...]) -> frozenset[str]:
    # In a programme a handle may stand beside the name: "Nia Rees (@niarees)".
    return frozenset(name.partition("@")[0].strip(" (,").casefold() for name in names)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Without the words at either end that only happen to have a capital."""
    start, end = match.span(2)
    words = match.group(2).split(" ")
    while words and (words[0].casefold() in COMMON or words[0].casefold() in _KIN):
        start += len(words.pop(0)) + 1
    while len(words) > 1 and words[-1].casefold() in COMMON:
        end -= len(words.pop()) + 1
    return (start, end) if words else (start, start)


_PLACES = {
    "house", "court", "lodge", "view", "hospital", "ward", "trust", "centre", "hall", "manor", "grange", "lane", "road",
    "street", "avenue", "close", "drive", "park", "green", "hospice", "college", "school", "council", "home", "unit",
    "surgery", "practice", "clinic", "team", "ltd", "rule", "law", "award", "day", "week", "conference", "foundation",
}  # fmt: skip
_KIN = {
    "patient",
    "client",
    "resident",
    "tenant",
    "mum",
    "dad",
    "nan",
    "gran",
    "my",
    "our",
    "poor",
    "little",
    "old",
    "baby",
}


def _closely(before: str) -> bool:
    return bool(BEFORE.search(before))


def _speaks_of_care(before: str, after: str, *, known: bool, full: bool, title: bool, care: bool) -> bool:
    if STAGE.search(after[:30]):
        return False
    if BEFORE.search(before) and (known or full or title):
        return True
    if AFTER.match(after) and (known or title or full):
        return True
    if (full or title) and care and BEFORE_FULL.search(before):
        return True
    if (full or title) and (known or title) and AFTER_FULL.match(after):
        return True
    if known and care and AFTER_FULL.match(after):
        return True
    return title and care


def _initialled(read: Views, allowed: frozenset[str]) -> Iterator[Found]:
    for match in _INITIALLED.finditer(read.shown):
        start, end = match.span(1)
        before, after = read.folded.text[max(0, start - _BEHIND) : start], read.folded.text[end : end + _AHEAD]
        if match.group(1)[0] in "AI" and "." not in match.group(1):
            continue
        if match.group(1).split()[-1].casefold() in COMMON | allowed or ORGANISED.match(after) or PUBLIC.search(before):
            continue
        if BEFORE.search(before) or AFTER.match(after):
            yield Found("name", read.folded.span(start, end), 0.7)


def _in_small_letters(read: Views) -> Iterator[Found]:
    """Typed without capitals: a forename directly after who they are, or with a bed or a bay."""
    text = read.folded.text
    for match in _SMALL.finditer(text):
        if match.group(1) in forenames() and match.group(1) not in COMMON:
            before, after = (
                text[max(0, match.start() - _BEHIND) : match.start()],
                text[match.end(1) : match.end(1) + _AHEAD],
            )
            if PUBLIC.search(before) or STAGE.search(after[:30]):
                continue
            surname = match.group(2) or ""
            if BEFORE.search(before) or (AFTER.match(after) and match.group(1) not in ALSO_WORDS):
                yield Found("name", read.folded.span(*match.span(1)), 0.7)
            elif surname and AFTER.match(text[match.end() : match.end() + _AHEAD]) and match.group(1) not in ALSO_WORDS:
                yield Found("name", read.folded.span(*match.span()), 0.6)


ALSO_WORDS = {"mark", "bill", "grant", "pat", "rob", "sue", "drew", "will", "dawn", "joy", "grace", "faith", "frank", "rose", "jack", "penny", "max", "carol", "dean", "page", "patience", "violet", "christian", "april", "june", "dot", "nick", "kit", "ali", "gene", "holly", "iris", "ivy"}  # fmt: skip


def _listed(name: str) -> frozenset[str]:
    text = (files("app.domain.screening") / "lexicon" / name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def forenames() -> frozenset[str]:
    return _listed("forenames.txt")


COMMON = _listed("common.txt")
"""Words that begin with a capital without being anybody's name."""
