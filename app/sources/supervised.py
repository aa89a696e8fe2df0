"""One source, kept going: what it finds is stored, how it does is told, after each end it is tried again."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.actions.sources import report_heard, report_state, report_unseen, take_in
from app.domain.event import EventState
from app.domain.incoming import Became
from app.domain.network import Network
from app.domain.sentence import Moment, Sentence, Written, together
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Clock, Ended, Source, Why
from app.sources.backoff import Backoff, Budget
from app.sources.meter import Meter
from app.sources.rechecks import Rechecks
from app.sources.side_by_side import side_by_side
from app.store.doors import Backchannel, Busy, Unreachable

P = ParamSpec("P")
log = logging.getLogger(__name__)

CONNECTED = (SourceState.CATCHING_UP, SourceState.LIVE, SourceState.POLLING)
HEARD_EVERY = timedelta(seconds=60)
UNSTORABLE_IN_A_ROW = 10
CLOSED = Sentence("The event is closed: nothing new is read, and what is kept is looked after.")
CLOSED_AND_PAID = Sentence(
    "The event is closed: nothing new is read. What is on screens and what open questions are about is looked after, "
    "the rest ever more rarely."
)
SWITCHED_OFF = Sentence("Switched off: nothing new is read, and what is kept is looked after.")
ARCHIVED = Sentence(
    "The event is archived: what came from %(network)s is on no screen, and nobody asks what became of it. "
    "Open the event again to have that done."
)


class Supervised:
    """Runs one source until it is stopped for good. It is the source's outlet too."""

    def __init__(
        self,
        backchannel: Backchannel,
        network: Network[Any],
        assignment: Assignment,
        source: Source,
        *,
        clock: Clock,
        budget: Budget,
    ) -> None:
        self._backchannel, self._network, self._assignment, self._source = backchannel, network, assignment, source
        self._clock, self._budget = clock, budget
        self._position = assignment.position
        self._backoff = Backoff(network.limits)
        self._zone = ZoneInfo(assignment.zone)
        self._said: tuple[SourceState, str, datetime | None] | None = None
        self._connected_at: datetime | None = None
        self._heard_at: datetime | None = None
        self._unstorable = 0
        self._meter = Meter(backchannel, network, assignment, source, clock)
        self._rechecks = Rechecks(backchannel, assignment, source, self, clock, self._meter)

    async def run(self) -> None:
        """Returns when only a person can mend it, or when nothing is to be done; the row says which."""
        if self._assignment.state_of_event is EventState.ARCHIVED:
            await self._take_leave()
            return
        await self._rechecks.remind()
        goes_on = self._keep_going() if self._assignment.reads else self._only_look_after()
        await side_by_side(goes_on, self._rechecks.run(), self._meter.run())

    async def _take_leave(self) -> None:
        await self._meter.tell_now()
        await self.unseen(None, "")
        await self.say(SourceState.OFF, ARCHIVED.filled(network=self._network.label))

    async def _only_look_after(self) -> None:
        closed = CLOSED_AND_PAID if self._meter.costs else CLOSED
        is_closed = self._assignment.state_of_event is EventState.CLOSED
        await self.say(SourceState.LOOKING_AFTER, closed if is_closed else SWITCHED_OFF)
        await asyncio.Event().wait()

    async def _keep_going(self) -> None:
        while True:
            await self._stand_still_while_full()
            if (wait := self._budget.wait(self._clock.now())) > 0:
                await self._wait(self._spent, wait)
            ended = await self._run_once()
            at = self._clock.now()
            lived = (at - self._connected_at).total_seconds() if self._connected_at else 0.0
            pause = self._backoff.after(ended, lived=lived, at=at, jitter=self._clock.jitter())
            log.info("source %s of %s: %s", self._assignment.kind, self._assignment.slug, ended)
            if ended.why is Why.CAP:
                continue
            if pause is None:
                await self.say(SourceState.STOPPED, ended.sentence)
                return
            await self._wait(ended.sentence, pause)

    @property
    def _spent(self) -> str:
        return Sentence(
            "It has connected very often in the last minutes, and %(network)s locks out who does that.",
            network=self._network.label,
        )

    async def _run_once(self) -> Ended:
        self._connected_at = None
        self._budget.spend(self._clock.now())
        running = asyncio.create_task(self._source.run(self, self._position))
        full = asyncio.create_task(self._meter.full.wait())
        try:
            await asyncio.wait({running, full}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                return self._meter.ended()
            running.result()
        except Ended as ended:
            return ended
        finally:
            running.cancel()
            full.cancel()
            await asyncio.wait({running, full})
            if not running.cancelled():
                running.exception()  # looked at, so that asyncio does not complain
            await self._meter.count()
        raise AssertionError(f"the source {self._assignment.kind} ended without a reason")

    async def _stand_still_while_full(self) -> None:
        """Until a new day, or until the organiser allows more: then this source is made anew."""
        await self._patient_look()
        while self._meter.full.is_set():
            ended = self._meter.ended()
            seconds = (ended.retry_at - self._clock.now()).total_seconds() if ended.retry_at else 0.0
            await self._wait(ended.sentence, max(seconds, 1.0))
            await self._patient_look()

    async def _patient_look(self) -> None:
        with suppress(Unreachable, Busy):
            await self._meter.look()

    async def _wait(self, sentence: str, seconds: float) -> None:
        until = self._clock.now() + timedelta(seconds=seconds)
        shown = Moment(until.astimezone(self._zone), Written.CLOCK if seconds >= 60 else Written.SECONDS)
        said = together([sentence, Sentence("Waiting until %(time)s.", time=shown)])
        await self._report(SourceState.WAITING, said, next_try_at=until)
        await self._clock.sleep(seconds)

    # The outlet

    async def store(self, found: Sequence[Became], position: Position | None = None) -> None:
        if not found and (position is None or position == self._position):
            await self._meter.count()
            return
        try:
            await self._take_in(found, position)
        except Exception:
            if not found:
                raise
            # One of them cannot be stored: find out which, and keep the others.
            for one in found:
                await self._take_in_alone(one)
            await self._take_in((), position)
        if position is not None:
            self._position = dict(position)
        await self._meter.count()  # once it is stored: a full meter ends the connection

    async def say(self, state: SourceState, detail: str) -> None:
        if state in CONNECTED and self._connected_at is None:
            self._connected_at = self._clock.now()
        await self._report(state, detail, next_try_at=None)

    async def may_go_on(self) -> None:
        if self._meter.reached():
            raise self._meter.ended()

    async def heard(self) -> None:
        at = self._clock.now()
        if self._heard_at is None or at - self._heard_at >= HEARD_EVERY:
            self._heard_at = at
            await self._patiently(report_heard, self._assignment.source_id, at=at)

    async def _report(self, state: SourceState, detail: str, *, next_try_at: datetime | None) -> None:
        if self._said == (state, detail, next_try_at):
            return
        self._said = (state, detail, next_try_at)
        at = self._clock.now()
        await self._patiently(report_state, self._assignment.source_id, state, detail, at=at, next_try_at=next_try_at)

    async def _take_in(self, found: Sequence[Became], position: Position | None) -> None:
        await self._patiently(take_in, self._assignment.source_id, found, position, at=self._clock.now())

    async def _take_in_alone(self, one: Became) -> None:
        try:
            await self._take_in((one,), None)
            self._unstorable = 0
        except Exception:
            self._unstorable += 1
            log.exception("a post of %s cannot be stored: %s", self._assignment.kind, one.ref)
            if self._unstorable >= UNSTORABLE_IN_A_ROW:
                raise

    async def _patiently(
        self, action: Callable[Concatenate[Session, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """A full queue of writers or a database that is away is waited for: a network says a thing only once."""
        while True:
            try:
                await self._backchannel.do(action, *args, **kwargs)
                return
            except Busy:
                await self._clock.sleep(0.1)
            except Unreachable:
                await self._clock.sleep(1)

    # What became of what we have

    async def unseen(self, since: datetime | None, why: str) -> None:
        """Say that what is deleted cannot be noticed, since when and why; or that it can again."""
        said = ""
        if since is not None:
            at = Moment(since.astimezone(self._zone), Written.DAY)
            said = Sentence("What is deleted there cannot be noticed since %(time)s: %(why)s", time=at, why=why)
        await self._patiently(report_unseen, self._assignment.source_id, said, at=self._clock.now())
