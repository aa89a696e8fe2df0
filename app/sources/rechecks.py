"""What became of the posts that we keep, and of their authors' names: asked again and again, what is seen first.

A pass asks for everything on the screens, then for the rest, newest first; so of 3,000 kept posts each is asked for in
every pass, and what its author deletes is gone within a minute. Of more than that a pass asks for the next 3,000.

Where reading is paid for, each kept post is paid for once a day as long as it is asked for. So once an Event is over
only what is on screens or behind open questions is, the rest ever more rarely (`app/domain/looking_through.py`), and a
week later what was rejected is erased. A pass begins no day that the cap forbids.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol, runtime_checkable

from app.actions.after_the_event import erase_unwanted
from app.actions.sources import note_looked_through
from app.domain.event import EventState
from app.domain.incoming import Account, Became, Marked
from app.domain.sentence import Sentence
from app.queries.accounts import called_otherwise
from app.queries.event_end import is_over
from app.queries.sources import (
    MOST_ON_SCREENS,
    Assignment,
    Kept,
    is_looking_through_due,
    not_marked_yet,
    posts_on_screens,
    posts_to_recheck,
)
from app.sources import Clock, Ended, Source
from app.sources.answers import Answers
from app.sources.meter import Meter
from app.store.doors import Backchannel, Busy, Unreachable

log = logging.getLogger(__name__)

EVERY = 25.0
"""Seconds between two passes. With 31 requests of a second each the minute is kept; a pass may ask 36 times at most,
which is 1,300 of the 3,500 requests that a network allows in a quarter of an hour."""
CHECKED_AT_ONCE = 3_000
ON_SCREENS = MOST_ON_SCREENS
PER_REQUEST = 100
OVER = Sentence(
    "the event is over, so only what is on screens and what open questions are about is looked after all the time, "
    "the rest ever more rarely. "
    "Open the desk to look after everything."
)
CLOSED = Sentence(
    "the event is closed, so only what is on screens and what open questions are about is looked after all the time, "
    "the rest ever more rarely. "
    "Open the event again to look after everything."
)
"""Sitting down at its desk is no sign of life for a closed event."""
FULL = Sentence("what a day may cost is reached.")


class Told(Protocol):
    """Where what was found goes, and whether anything can be found at all."""

    async def store(self, found: Sequence[Became]) -> None: ...

    async def unseen(self, since: datetime | None, why: str) -> None: ...

    async def may_go_on(self) -> None: ...


@runtime_checkable
class Remembers(Protocol):
    """A source that is told of deletions by names of which only who knows what is kept can make anything."""

    def remember(self, refs: Mapping[str, str]) -> None:
        """These are kept (id of the version we know -> ref), the most important last."""


class Rechecks:
    """The passes over the posts of one source of an Event."""

    def __init__(
        self,
        backchannel: Backchannel,
        assignment: Assignment,
        source: Source,
        told: Told,
        clock: Clock,
        meter: Meter | None = None,
    ) -> None:
        self._backchannel, self._assignment, self._source = backchannel, assignment, source
        self._told, self._clock = told, clock
        self._below = 0
        self._seen_at = clock.now()
        self._blind, self._over, self._looks_through = assignment.blind, False, False
        self._meter = meter
        self._answers = Answers(assignment, source)
        self._costs = meter is not None and meter.costs

    async def remind(self) -> None:
        """Tell the source what we have before it listens: what was deleted while nobody did is told at once."""
        if isinstance(self._source, Remembers):
            with suppress(Busy, Unreachable):  # then the first pass does
                first, rest, _ = await self._due()
                self._source.remember({post.version_ref: post.ref for post in (*reversed(rest), *first)})

    async def run(self) -> None:
        while True:
            await self._clock.sleep(EVERY)
            with suppress(Busy, Unreachable):
                await self.once()

    async def once(self) -> None:
        """One pass. A network that does not answer ends it; the next one begins with the screens again."""
        began = self._clock.now()
        first, rest, there_is_more = await self._due()
        known = {post.id for post in first}
        due = [*first, *(post for post in rest if post.id not in known)]
        may = {post.id for post in (await self._meter.affordable(due) if self._meter else due)}
        for some in (*_hundreds(first, may), *_hundreds(due[len(first) :], may)):
            try:
                found = await self._source.recheck({post.version_ref: post.ref for post in some})
            except Ended as ended:
                log.info("recheck of %s in %s: %s", self._assignment.kind, self._assignment.slug, ended)
                self._blind = True
                await self._told.unseen(self._seen_at, ended.sentence)
                return
            finally:
                if self._meter:
                    await self._meter.count()
            await self._told.store(await self._new(found))
        await self._told.store(await self._answers.to(first, self._told.may_go_on))
        self._below = rest[-1].id if there_is_more else 0
        if self._looks_through and not there_is_more and len(may) == len(due):
            await self._backchannel.do(note_looked_through, self._assignment.source_id, at=began)
        if why := self._why_not_all(looked_after=len(may) == len(due)):
            self._blind = True
            await self._told.unseen(self._seen_at, why)
            return
        self._seen_at = began
        if self._blind:
            self._blind = False
            await self._told.unseen(None, "")

    def _why_not_all(self, *, looked_after: bool) -> str:
        if self._over:
            return CLOSED if self._assignment.state_of_event is EventState.CLOSED else OVER
        return "" if looked_after else FULL

    async def _new(self, found: list[Became]) -> list[Became]:
        """Without what we know already, of names and of marks: of most nothing need be written."""
        accounts = [one for one in found if isinstance(one, Account)]
        marked = [one for one in found if isinstance(one, Marked)]
        others = [one for one in found if not isinstance(one, Account | Marked)]
        renamed = await self._backchannel.ask(called_otherwise, self._assignment.event_id, accounts)
        marked = await self._backchannel.ask(not_marked_yet, self._assignment.event_id, marked) if marked else []
        return [*others, *renamed, *marked]

    async def _due(self) -> tuple[list[Kept], list[Kept], bool]:
        """What is on the screens, what comes next of all, and whether something comes after that."""
        event_id, kind, at = self._assignment.event_id, self._assignment.kind, self._clock.now()
        first = await self._backchannel.ask(posts_on_screens, event_id, kind, limit=ON_SCREENS)
        self._looks_through = False
        self._over = self._costs and await self._backchannel.ask(is_over, event_id, at=at)
        if self._over:
            with suppress(Busy):
                await self._backchannel.do(erase_unwanted, event_id, kind, at=at)
            source_id = self._assignment.source_id
            self._looks_through = await self._backchannel.ask(is_looking_through_due, source_id, at=at)
            if not self._looks_through:
                return first, [], False
        rest = await self._backchannel.ask(
            posts_to_recheck, event_id, kind, below=self._below, limit=CHECKED_AT_ONCE + 1
        )
        return first, rest[:CHECKED_AT_ONCE], len(rest) > CHECKED_AT_ONCE


def _hundreds(every: list[Kept], may: set[int]) -> Iterator[list[Kept]]:
    posts = [post for post in every if post.id in may]
    return (posts[start : start + PER_REQUEST] for start in range(0, len(posts), PER_REQUEST))
