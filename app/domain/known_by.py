"""By what somebody is known where others wrote or decided."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.domain.post import Author, Post

SHORTEST_QUOTED = 12
"""Letters of a text by which it is known where it is repeated; a shorter one may be anybody's."""
BEGINNING = 60
"""So much of a text is looked for: findings repeat its beginning."""


class Words:
    """By what somebody is known: handles, names and the beginnings of what they wrote."""

    def __init__(self, authors: Sequence[Author], posts: Sequence[Post]) -> None:
        bylines = [byline for post in posts for byline in _all_bylines(post.byline)]
        self.handles = {one.handle for one in authors} | {str(one.get("handle", "")) for one in bylines}
        names = {one.name for one in authors} | {str(one.get("name", "")) for one in bylines}
        self.handles -= {""}
        said = {post.text[:BEGINNING] for post in posts if len(post.text) >= SHORTEST_QUOTED}
        self._known = [_whole(word) for word in (*self.handles, *(name for name in names if _is_telling(name)))]
        self._said = said

    @classmethod
    def of_name(cls, name: str) -> "Words":
        """Somebody of whom nothing is known but a name; it has to tell who it is."""
        known, said = cls([], []), " ".join(name.split())
        known._known = [_whole(said)] if _is_telling(said) else []
        return known

    def called(self, handles: Collection[str]) -> "Words":
        """The same, and by these handles, which are looked for in lists only."""
        self.handles |= {handle for handle in handles if handle}
        return self

    def are_in(self, text: str) -> bool:
        return any(words.search(text) for words in self._known) or any(one in text for one in self._said)


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def _is_telling(name: str) -> bool:
    """Whether a name tells who it is: “Jo” stands in every other text."""
    return " " in name.strip() or len(name.strip()) >= SHORTEST_QUOTED


def _all_bylines(byline: Any) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    while isinstance(byline, dict) and byline:
        found.append(byline)
        byline = byline.get("before")
    return found
