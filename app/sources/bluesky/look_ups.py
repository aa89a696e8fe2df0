"""Posts of the stream that wait to be looked up: it has no names, pictures or labels."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.incoming import Incoming
from app.sources import Clock
from app.sources.bluesky.appview import URIS_A_REQUEST, AppView, NotTaken
from app.sources.bluesky.jetstream import Happened
from app.sources.bluesky.looking_again import FIRST_POSTS, read_or_none
from app.sources.json_fields import Json

MAX_WAITING = 2000
"""So many posts wait to be looked up; until there is room nothing more is read of the stream."""
REQUESTS_AT_ONCE = 4
LOOK_UP_TRIES = 6
TRY_AGAIN = timedelta(seconds=2)
"""The stream is ahead of the look-ups: a post that they do not know yet is asked for again, so often at most."""


@dataclass(slots=True)
class Waiting:
    """A post that has to be looked up; `place` is where it stood in the stream."""

    uri: str
    place: int
    at_us: int
    version: int = 0
    tries: int = 0
    not_before: datetime = FIRST_POSTS
    alone: bool = False
    """It, or one that was asked for with it, was refused: it is asked for by itself."""


class LookUps:
    """What waits, in the order of the stream, each post once."""

    def __init__(self, appview: AppView, clock: Clock) -> None:
        self._appview, self._clock = appview, clock
        self._waiting: dict[str, Waiting] = {}
        self._answers = False
        """It has answered before: what it does not take is not its own fault."""

    def clear(self) -> None:
        self._waiting.clear()

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= MAX_WAITING

    @property
    def oldest(self) -> Waiting | None:
        return min(self._waiting.values(), key=lambda one: one.place, default=None)

    def add(self, uri: str, happened: Happened, version: int) -> None:
        """What is changed while it waits is asked for anew, and keeps its place."""
        stood = self._waiting.get(uri) or happened
        self._waiting[uri] = Waiting(uri, stood.place, stood.at_us, version)

    def drop(self, uri: str) -> None:
        """What is deleted while it waits, or while it is being looked up, does not come any more."""
        self._waiting.pop(uri, None)

    def drop_all_of(self, whose: str) -> None:
        for uri in [uri for uri in self._waiting if uri.startswith(whose)]:
            del self._waiting[uri]

    async def next(self) -> list[Incoming]:
        """Look up what has waited longest, in a few requests at once. Raises `Ended`: then all of it waits on."""
        at = self._clock.now()
        due = [one for one in self._waiting.values() if one.not_before <= at][: REQUESTS_AT_ONCE * URIS_A_REQUEST]
        views: dict[str, Json] = {}
        parts, put_off = _parts(due), set[str]()
        asked = (self._appview.posts(one.uri for one in part) for part in parts)
        for part, answer in zip(parts, await asyncio.gather(*asked, return_exceptions=True), strict=True):
            if isinstance(answer, NotTaken) and (self._answers or len(part) > 1):
                put_off |= _ask_alone(part)
            elif isinstance(answer, BaseException):
                raise answer
            else:
                self._answers = True
                views |= answer
        found: list[Incoming] = []
        for one in (one for part in parts for one in part):
            if self._waiting.get(one.uri) is not one or one.uri in put_off:
                continue
            view = views.get(one.uri)
            one.tries, one.not_before = one.tries + 1, at + TRY_AGAIN
            if view is None and one.tries < LOOK_UP_TRIES:
                continue
            del self._waiting[one.uri]
            if view is not None and (post := read_or_none(view, one.version)) is not None:
                found.append(post)
        return found


def _parts(due: list[Waiting]) -> list[list[Waiting]]:
    """What is asked for with one request each."""
    together = [one for one in due if not one.alone]
    parts = [together[start : start + URIS_A_REQUEST] for start in range(0, len(together), URIS_A_REQUEST)]
    return [*parts, *([one] for one in due if one.alone)][:REQUESTS_AT_ONCE]


def _ask_alone(part: list[Waiting]) -> set[str]:
    """One address that is none takes no other with it. Gives those whose turn comes again without it having counted."""
    several = len(part) > 1
    for one in part:
        one.alone = True
    return {one.uri for one in part} if several else set()
