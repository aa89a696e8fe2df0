"""What a process knows of one Event that somebody here follows."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime

from app.live.audience import Audience
from app.live.broadcast import Broadcast, Message
from app.live.counters import Counters
from app.live.subscription import Code

LINGER = 60.0
"""Seconds that an audience is kept after its last reader left: ten thousand phones that fell off one Wi-Fi come back
to what is still in memory."""
ADMITTED = 1_000
CAUGHT_UP = 64

CatchUp = asyncio.Task[Message]


@dataclass(slots=True)
class Following:
    """`cursor` is how far the log was read for every audience; `links` counts the changes of its links.

    `created_at` tells its Event from a later one with the same number; `gone` says that it was deleted. `wanted_at` is
    when somebody last asked for it, by the monotonic clock.
    """

    event_id: int
    created_at: datetime
    cursor: int
    figures: Counters
    audiences: dict[str, Audience] = field(default_factory=dict)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    links: int = 0
    gone: bool = False
    wanted_at: float = field(default_factory=time.monotonic)
    admitted: dict[tuple[str, str], int | None] = field(default_factory=dict)
    """Which link opens a view for a cookie, as far as asked since the links last changed."""
    everybody: "Admitted" = field(init=False)
    """Whoever needs no link."""
    rooms: set[int] = field(default_factory=set)
    """Its rooms, as far as somebody asked for them."""
    catch_ups: dict[tuple[str, int], CatchUp] = field(default_factory=dict)
    """What a reader of a view that stands at a cursor must be told; many come back from the same place."""

    def __post_init__(self) -> None:
        self.everybody = Admitted(self, None)

    def audience(self, view: str) -> Audience:
        found = self.audiences.get(view)
        if found is None:
            found = self.audiences[view] = Audience(Broadcast(self.event_id, view, self.cursor), self.figures)
        return found

    def admit(self, view: str, cookie: str, access_id: int | None) -> None:
        if len(self.admitted) >= ADMITTED:
            self.admitted.clear()
        self.admitted[(view, cookie)] = access_id

    def access_ids(self) -> frozenset[int]:
        return frozenset[int]().union(*(audience.access_ids() for audience in self.audiences.values()))

    def is_deserted(self) -> bool:
        """Whether nobody follows it, nor is about to: an opening may take a moment."""
        return not self.audiences and time.monotonic() - self.wanted_at > LINGER

    def links_changed(self) -> None:
        self.links += 1
        self.admitted.clear()

    def end(self) -> None:
        """Its Event was deleted: whoever follows it is closed, and nobody is let in any more."""
        self.gone = True
        self.links_changed()
        for audience in self.audiences.values():
            audience.close(Code.GONE, "this event was deleted")
        self.bell.set()

    def tell(self, view: str, told: Message | None, cursor: int) -> None:
        """Hand on what a view is told at a cursor; None if it could not be made."""
        audience = self.audiences.get(view)
        if audience is None or cursor <= audience.broadcast.cursor:
            return
        if told is None:
            audience.close(Code.FAILED, "this screen could not be made; try again")
            audience.broadcast.skip_to(cursor)
        elif told.text:
            audience.told(told)
        else:
            audience.stand_at(cursor)

    def close(self, revoked: frozenset[int]) -> None:
        """Close whoever came by one of these links."""
        self.links_changed()
        for audience in self.audiences.values():
            audience.close(Code.REVOKED, "this link was revoked", revoked)

    def still_good(self, view: str, caught_up: CatchUp) -> bool:
        """Whether what was read once still joins up with what is kept in memory."""
        if not caught_up.done():
            return True
        if caught_up.cancelled() or caught_up.exception() is not None:
            return False
        broadcast, cursor = self.audience(view).broadcast, caught_up.result().cursor
        return cursor > broadcast.cursor or broadcast.place(cursor) is not None

    def remember(self, view: str, after: int, caught_up: CatchUp) -> None:
        while len(self.catch_ups) >= CAUGHT_UP:
            del self.catch_ups[next(iter(self.catch_ups))]
        self.catch_ups[(view, after)] = caught_up

    def drop_the_deserted(self) -> None:
        now = time.monotonic()
        for view, audience in list(self.audiences.items()):
            if not len(audience) and now - audience.left_at > LINGER:
                del self.audiences[view]


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whoever asks may follow this Event's screen, by this link; `may` is False for one who has no link for it.

    `links` is how often the Event's links had changed when this was looked up.
    """

    following: Following
    access_id: int | None
    may: bool = True
    links: int = 0

    def holds(self) -> bool:
        """Whether no link has changed since, nor was the Event deleted; asked in the same moment in which a socket
        begins to follow."""
        return not self.following.gone and (self.access_id is None or self.links == self.following.links)
