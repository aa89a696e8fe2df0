"""By which words an event and its speakers are known, in names and in handles, as they read from afar."""

import re
from collections.abc import Iterable
from functools import lru_cache

from app.domain.screening.checks.people_in_care import forenames
from app.domain.screening.reading.lexicon import table
from app.domain.screening.reading.normal import Spelling, views

TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SEAM = re.compile(r"[:|/(),;\u2022\u2013\u2014]|\s-+\s")
_ONE_WORD, _SQUASHED_NAME = 5, 6

Context = tuple[str, tuple[str, ...], tuple[str, ...]]
"""The event's name, its hashtags, its speakers."""


def alike(word: str) -> str:
    """As one reads it from afar: an I is an l, "rn" an m, "vv" a w."""
    return word.replace("i", "l").replace("rn", "m").replace("vv", "w")


@lru_cache(maxsize=1)
def roles() -> dict[str, frozenset[str]]:
    """Words for those who run an event, and what stands beside them."""
    return {key: frozenset(map(alike, words)) for key, words in table("roles.txt").items()}


def words_of(spelling: Spelling) -> list[str]:
    return [alike(word) for word in TOKEN.findall(spelling.text)]


def person_of(words: Iterable[str]) -> tuple[str, ...]:
    """Somebody's names without titles, in whatever order and however they are joined."""
    named = (word for word in words if not _is_aside(word))
    return tuple(sorted(name for word in named for name in word.replace("'", "").split("-")))


def _is_aside(word: str) -> bool:
    return any(word in roles()[kind] for kind in ("honours", "strong", "beside"))


@lru_cache(maxsize=64)
def tokens_of(name: str) -> tuple[str, ...]:
    """An event's name without its year."""
    said = words_of(views(name).skeleton)
    return tuple(word for word in said if not (word.isdigit() and len(word) == 4)) or tuple(said)


@lru_cache(maxsize=64)
def pieces_of(name: str) -> tuple[tuple[str, ...], ...]:
    """What stands before and after a colon or a dash in an event's name, if that is more than a word."""
    pieces = [tokens_of(piece) for piece in _SEAM.split(name)]
    return tuple(piece for piece in pieces if len(piece) > 1) if len(pieces) > 1 else ()


@lru_cache(maxsize=64)
def squashed(context: Context) -> frozenset[str]:
    """Its name and hashtags, each as one word, if that is no word or name of its own."""
    words = {"".join(tokens) for tokens in (tokens_of(context[0]), *pieces_of(context[0]))}
    for tag in context[1]:
        read = views(tag)
        words |= {"".join(words_of(spelling)) for spelling in (read.folded, read.skeleton)}
    return frozenset(word for word in words if len(word) >= _ONE_WORD and word not in _names_alike())


@lru_cache(maxsize=1)
def _names_alike() -> frozenset[str]:
    return frozenset(map(alike, forenames()))


@lru_cache(maxsize=64)
def event_words(context: Context) -> frozenset[str]:
    return frozenset((*tokens_of(context[0]), *squashed(context)))


@lru_cache(maxsize=64)
def known_speakers(speakers: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Full names as they read, without titles and handles; a single name is too little to be somebody's."""
    known: dict[tuple[str, ...], str] = {}
    for speaker in speakers:
        name = speaker.partition("@")[0].partition("(")[0].partition(",")[0].strip()
        said = person_of(words_of(views(name).skeleton))
        if len(said) > 1:
            known.setdefault(said, name)
    return known


@lru_cache(maxsize=64)
def speakers_handles(speakers: tuple[str, ...]) -> dict[str, str]:
    """Their full names as handles are made of them."""
    known: dict[str, str] = {}
    for name in known_speakers(speakers).values():
        words = [word for word in words_of(views(name).skeleton) if not _is_aside(word)]
        said = "".join(TOKEN.findall("".join(words))).replace("-", "").replace("'", "")
        if len(words) > 1 and len(said) >= _SQUASHED_NAME:
            known.setdefault(said, name)
    return known
