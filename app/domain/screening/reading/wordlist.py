"""A list of words and phrases, made ready once and looked up by token: the length of the list costs no time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.domain.screening.reading.normal import Span, Spelling, Views, views
from app.domain.verdict import Level

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PLAIN = re.compile(r"[^\W_]+(?:[\s'-]+[^\W_]+)*")
_GAP = re.compile(r"[\s'_-]{1,3}")
_STRETCHED = re.compile(r"([a-z])\1")
_STARS = 3
_LONG_ENOUGH = 4
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase as its list has it, and what finding it means."""

    text: str
    category: str
    level: Level
    severity: float = 0.0
    ours: bool = False
    """From a list that came with the program, not from the organiser."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that was found, where, and whether only after undoing a disguise."""

    term: Term
    span: Span
    disguised: bool = False


class WordList:
    """Terms by their first token, in plain and in undisguised spelling; those with `*` or signs as patterns."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._plain: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        self._bare: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        self._stretched: dict[str, Term] = {}
        self._inside: list[tuple[str, Term]] = []
        self._patterns: list[tuple[re.Pattern[str], Term]] = []
        for term in terms:
            self._add(term)
        self._filled = bool(self._plain or self._patterns)
        self._any = _either([pattern.pattern for pattern, _ in self._patterns])

    def _add(self, term: Term) -> None:
        read = views(term.text.strip())
        if not read.folded.text:
            return
        if not _PLAIN.fullmatch(read.folded.text):
            self._patterns.append((_pattern(read.folded.text), term))
            return
        _put(self._plain, read.folded.text, term)
        letters = "".join(_TOKEN.findall(read.skeleton.text))
        if len(letters) < _SHORTEST:
            return  # "kkk" would be any "k"
        _put(self._bare, read.skeleton.text, term)
        if len(letters) >= _LONG_ENOUGH and letters.isalpha():
            _put(self._bare, read.skeleton.text.replace("l", "i"), term)
            if len(letters) > _LONG_ENOUGH:
                self._inside.append((letters, term))
        if _STRETCHED.search(letters):
            self._stretched.setdefault(_STRETCHED.sub(r"\1", letters), term)

    def find(self, read: Views) -> Iterator[Hit]:
        """Every term, once for each place: as it is written first, then what the disguises hide."""
        if not self._filled:
            return
        taken: set[int] = set()
        for hit in self._hits(read):
            places = range(*hit.span)
            if taken.isdisjoint(places):
                taken.update(places)
                yield hit

    def _hits(self, read: Views) -> Iterator[Hit]:
        yield from _listed(self._plain, read.folded, disguised=False)
        if self._any and self._any.search(read.folded.text):
            for pattern, term in self._patterns:
                yield from (Hit(term, read.folded.span(*m.span())) for m in pattern.finditer(read.folded.text))
        if read.skeleton is not read.folded:
            yield from _listed(self._bare, read.skeleton, disguised=True)
            yield from self._stretched_in(read)
        if read.squeezed is not read.skeleton:
            yield from _listed(self._bare, read.squeezed, disguised=True)
            yield from self._joined_in(read)

    def _stretched_in(self, read: Views) -> Iterator[Hit]:
        for match in _TOKEN.finditer(read.skeleton.text):
            span = read.skeleton.span(*match.span())
            if span[1] - span[0] > match.end() - match.start() and match.group() in self._stretched:
                yield Hit(self._stretched[match.group()], span, disguised=True)

    def _joined_in(self, read: Views) -> Iterator[Hit]:
        """Letters spaced apart without any gap between the words: look inside what they make."""
        for start, end in read.joined:
            joined = read.squeezed.text[start:end]
            if len(joined) > _LONG_ENOUGH + 2 and " " not in joined:
                for letters, term in self._inside:
                    if letters in joined:
                        at = start + joined.index(letters)
                        yield Hit(term, read.squeezed.span(at, at + len(letters)), disguised=True)


def _put(index: dict[str, list[tuple[tuple[str, ...], Term]]], text: str, term: Term) -> None:
    tokens = tuple(_TOKEN.findall(text))
    if tokens:
        entries = index.setdefault(tokens[0], [])
        entries.append((tokens, term))
        entries.sort(key=lambda entry: -len(entry[0]))


def _listed(
    index: dict[str, list[tuple[tuple[str, ...], Term]]], reading: Spelling, *, disguised: bool
) -> Iterator[Hit]:
    said = _TOKEN.findall(reading.text)
    places = [place for place, token in enumerate(said) if token in index]
    if not places:
        return
    found = list(_TOKEN.finditer(reading.text))
    for place in places:
        for tokens, term in index[said[place]]:
            end = place + len(tokens)
            if tuple(said[place:end]) == tokens and _are_close(reading.text, found[place:end]):
                yield Hit(term, reading.span(found[place].start(), found[end - 1].end()), disguised)
                break


def _are_close(text: str, found: list[re.Match[str]]) -> bool:
    return all(_GAP.fullmatch(text, a.end(), b.start()) for a, b in pairwise(found))


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.sub(r"\*+", "*", text).split("*", _STARS)
    middle = r"[^\W_]{0,30}".join(r"\s+".join(map(re.escape, part.split())) for part in parts)
    return re.compile(rf"(?<!\w){middle}(?!\w)")


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None
