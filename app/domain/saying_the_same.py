"""Whether a post says no more than one of another network: mostly one person in two places, and nobody asks who."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from app.domain.post import Post
from app.domain.screening.reading.fingerprint import DISTINCT, essence

SAID_TOGETHER = timedelta(minutes=10)
"""Who posts the same in several places does so within this; later it is said again."""
_FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src", re.IGNORECASE)
"""What is hung on an address to see who comes by it."""


@dataclass(frozen=True, slots=True)
class WordsAndLinks:
    """Words without links, mentions and signs, where the links lead, and how much is shown besides."""

    words: str
    links: frozenset[str]
    besides: int = 0


def said_by(post: Post) -> WordsAndLinks:
    besides = len(post.photos) + bool(post.quote) + len(post.extras.get("poll", ()))
    return said_in(post.segments, besides=besides)


def said_in(segments: Iterable[Mapping[str, str]], *, besides: int = 0) -> WordsAndLinks:
    every = list(segments)
    words = essence("".join(one["text"] for one in every if one["kind"] in ("text", "hashtag")))
    links = {_where(one["href"]) for one in every if one["kind"] == "link" and one["href"]}
    return WordsAndLinks(words, frozenset(links - {""}), besides)


def says_no_more(one: WordsAndLinks, other: WordsAndLinks) -> bool:
    """Whether nothing of `one` is lost where only `other` is shown.

    The same words, or a link of the other's with the same words or their beginning: networks cut at different lengths.
    """
    if one.besides > other.besides:
        return False
    if one.links & other.links:
        return one.links <= other.links and other.words.startswith(one.words)
    return one.words == other.words and len(one.words.replace(" ", "")) >= DISTINCT and not one.links - other.links


def _where(address: str) -> str:
    """Where a link leads, however it is written; '' for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    asked = urlencode([pair for pair in parse_qsl(parts.query) if not _FOLLOWING.fullmatch(pair[0])])
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' if asked else ''}{asked}" if host else ""
