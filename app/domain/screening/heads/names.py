"""Where names stand in a text that tells of a person in care: whole, with what people are called beside them."""

import re
from collections.abc import Iterable, Sequence

from app.domain.screening.checks.people_in_care import ALSO_WORDS
from app.domain.screening.heads.words import kind
from app.domain.screening.reading.normal import Span

_CALLED = re.compile(
    r"\b(?:(?:mr|mrs|ms|miss|mx|dr|doctor|nurse|sister|prof|professor|matron|father|aunty?|auntie|uncle|nana?|nanna|gran|grandad"
    r"|granny|baby|big|little|old|young|wee|poor|the late)\.? ){1,2}$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[- '’](?:(?:van|de|bin|al|ap|da|von|the|Mc|Mac|O['’]) ?)?[A-ZÀ-ÖØ-Þ][\w’-]*\.?){1,3}")
_OWNED = re.compile(r"['’]s?$")
_BEGINS = re.compile(r"(?:^|[.!?:…\n])[\s\"“'‘(]*$")
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.? [A-Z][a-z]{2,20}(?!\w)")
_LETTERS = re.compile(r"(?<![\w.])(?!U\.[KS]\.|N\.H\.S\.)(?:[A-Z]\.){2,3}")
_MYSELF = re.compile(r"I['’]\w+")
_BEHIND = 24
_ASIDE = ("#", "＃", "@", "＠")
"""What stands behind these is a tag or a handle."""


def names(text: str, said: Sequence[str], where: Sequence[Span]) -> tuple[Span, ...]:
    """Known forenames first; else letters with dots; else what has a capital within a sentence; else initials.

    Never a hashtag or a handle.
    """
    words = [
        (kind(word), span)
        for word, span in zip(said, where, strict=True)
        if not text[: span[0]].endswith(_ASIDE)
        and text[slice(*span)] not in ALSO_WORDS
        and not _MYSELF.fullmatch(text, *span)
    ]
    known = [span for is_a, span in words if is_a in ("=Name", "=name")]
    if not known:
        known = [match.span() for match in _LETTERS.finditer(text)]
    if not known:
        capital = [span for is_a, span in words if is_a == "=Capital"]
        known = [span for span in capital if _is_called(text, span) or not _BEGINS.search(text[: span[0]])]
    if not known:
        known = [match.span() for match in _INITIALS.finditer(text)]
    return _apart(_whole(text, span) for span in known)


def _is_called(text: str, span: Span) -> bool:
    return bool(_CALLED.search(text[max(0, span[0] - _BEHIND) : span[0]]))


def _whole(text: str, span: Span) -> Span:
    start, end = span
    before = _CALLED.search(text[max(0, start - _BEHIND) : start])
    start -= len(before[0]) if before else 0
    after = _GOES_ON.match(text, end)
    end = after.end() if after else end
    owned = _OWNED.search(text[start:end])
    return (start, start + owned.start()) if owned and owned.start() else (start, end)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Each place once."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
