"""Runs of digits as people write them: grouped, spaced apart, with o for 0, or in words; and what stands around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.screening.reading.normal import Span, Spelling, Views

_LINK = re.compile(
    r"(?:https?://|www\.|doi\.org|wa\.me/|t\.me/|bit\.ly/)\S+|\b[\w-]{1,40}\.(?:\w{2,10}\.)?\w{2,10}/\S+"
)
_GROUPED = re.compile(r"(?<![\w.,/£$€#@-])[(+]{0,2}\d(?:[ ()./-]{0,3}\d){5,19}(?![\w%]|[.,/]\d)")
_LETTERED = re.compile(r"(?<![\w/])[+(]{0,2}[\doil](?:[ ()./-]{0,2}[\doil]){8,15}(?!\w)")
_SPOKEN = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_SAID = "|".join(_SPOKEN)
_SAY = rf"(?:(?:double|triple|treble)[ -])?(?:{_SAID}|\d)"
_WORDS = re.compile(rf"(?<!\w){_SAY}(?:[ ,.-]{{1,2}}{_SAY}){{5,19}}(?!\w)")
_AS_DIGITS = str.maketrans("oil", "011")
_NEAR = 32
_FEW = 4
"""Fewer digits than this among letters are no number."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits with their grouping (`335` = three, three, four digits stand together) and the words around them."""

    digits: str
    groups: tuple[int, ...]
    written: str
    before: str
    after: str
    span: Span
    spelled: bool = False


def numbers(read: Views) -> Iterator[Number]:
    """Every run of six digits and more outside of links, once."""
    text = read.folded.text
    digits = sum(map(text.count, "0123456789"))
    if digits >= 6:
        yield from _in(read.folded, _GROUPED)
    if (digits >= _FEW or not read.original.isascii()) and ("o" in text or "i" in text or "l" in text):
        for number in _in(read.folded, _LETTERED):
            written = read.original[slice(*number.span)]
            if not written.isascii() or (any(map(str.isalpha, written)) and sum(map(str.isdigit, written)) >= _FEW):
                yield number
    if "zero" in text or "seven" in text or "nought" in text or "oh " in text or "nine" in text:
        yield from _spoken(read.folded)


def _in(reading: Spelling, pattern: re.Pattern[str]) -> Iterator[Number]:
    links: list[Span] | None = None
    for match in pattern.finditer(reading.text):
        if links is None:
            links = [found.span() for found in _LINK.finditer(reading.text)]
        if any(start <= match.start() < end for start, end in links):
            continue
        yield _number(reading, match.start(), match.end(), match.group().translate(_AS_DIGITS))


def _number(reading: Spelling, start: int, end: int, written: str, *, spelled: bool = False) -> Number:
    groups = tuple(len(group) for group in re.findall(r"\d+", written))
    return Number(
        re.sub(r"\D", "", written),
        groups,
        written,
        reading.text[max(0, start - _NEAR) : start],
        reading.text[end : end + _NEAR],
        reading.span(start, end),
        spelled,
    )


def _spoken(reading: Spelling) -> Iterator[Number]:
    for match in _WORDS.finditer(reading.text):
        digits: list[str] = []
        times = 1
        for word in re.findall(r"[a-z]+|\d", match.group()):
            if word in ("double", "triple", "treble"):
                times = 2 if word == "double" else 3
                continue
            digits.append(_SPOKEN.get(word, word) * times)
            times = 1
        if not match.group().replace(" ", "").isdigit():
            yield _number(reading, match.start(), match.end(), "".join(digits), spelled=True)
