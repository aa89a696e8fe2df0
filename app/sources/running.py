"""Running the sources of all events: whichever we get the lease of, until we are told to stop."""

import asyncio
import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.actions.sources import add_sources, release_lease, take_lease
from app.domain.network import Networks
from app.domain.network_token import UNREADABLE
from app.domain.source import SourceState
from app.queries.sources import Assignment, assignments, events_lacking
from app.sources import Clock, Source
from app.sources.backoff import Budget
from app.sources.locked import Locked
from app.sources.supervised import Supervised
from app.store.doors import Backchannel, Busy, Unreachable
from app.store.sealing import Seal

ASSIGNMENTS_EVERY = 2.0
SOURCE_LEASE = timedelta(seconds=6)
"""A process that is gone is followed by another one this much later at most."""
LEASE_OF_WHAT_IS_KEPT = timedelta(seconds=30)
"""Where nothing new is read there is no such hurry, and events that are over may be many."""


@dataclass(slots=True)
class Running:
    assignment: Assignment
    task: "asyncio.Task[None]"


async def run_sources(
    backchannel: Backchannel,
    networks: Networks,
    stop: asyncio.Event,
    *,
    seal: Seal,
    clock: Clock | None = None,
    name: str = "",
) -> None:
    """Keep every source going that is switched on, until `stop` is set; then let go of them.

    Changes of the rows are noticed within two seconds. A source that dies of an error raises it here: then
    the process should end. `name` names this process; two that run at once need different ones.
    """
    runner = _Runner(backchannel, networks, seal, clock or Clock(), name or process_name())
    try:
        while not stop.is_set():
            # While the database is away nothing is begun or ended: what runs keeps what it finds until it is back.
            with suppress(Unreachable):
                await runner.look()
            await runner.wait(stop)
    finally:
        await runner.let_go()


class _Runner:
    def __init__(self, backchannel: Backchannel, networks: Networks, seal: Seal, clock: Clock, name: str) -> None:
        self._backchannel, self._networks, self._seal = backchannel, networks, seal
        self._clock, self._name = clock, name
        self._settings = {network.key: network.settings() for network in networks}
        self._budgets: dict[str, Budget] = {}
        """One for each token: that is what a network counts."""
        self._running: dict[int, Running] = {}
        self._renew_at: dict[int, datetime] = {}

    async def look(self) -> None:
        """Compare what should run with what does."""
        at_rest = {source_id for source_id, running in self._running.items() if running.task.done()}
        await self._add_what_is_lacking()
        found = await self._backchannel.ask(assignments, self._networks)
        wanted = {assignment.source_id: assignment for assignment in found}
        for source_id in self._running.keys() - wanted.keys():
            await self._drop(source_id)
        # First those that give the stream up, then those that get it.
        for assignment in sorted(wanted.values(), key=lambda assignment: assignment.streams):
            await self._see_to(assignment, at_rest=assignment.source_id in at_rest)

    async def _add_what_is_lacking(self) -> None:
        """New events, and all of them when a network is new, get their sources here: no verb need know the networks."""
        kinds = self._networks.keys
        for event_id in await self._backchannel.ask(events_lacking, kinds):
            with suppress(Busy):
                await self._backchannel.do(
                    add_sources, event_id, kinds, resting=self._networks.resting, at=self._clock.now()
                )

    async def wait(self, stop: asyncio.Event) -> None:
        """Until it is time to look again, or a task has ended; if it was by an error, that is raised here."""
        tasks = {running.task for running in self._running.values() if not running.task.done()}
        pause = asyncio.ensure_future(self._clock.sleep(ASSIGNMENTS_EVERY))
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({pause, stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            pause.cancel()
            stopped.cancel()
        for running in self._running.values():
            if running.task.done():
                running.task.result()

    async def let_go(self) -> None:
        for source_id in list(self._running):
            await self._drop(source_id)

    async def _see_to(self, assignment: Assignment, *, at_rest: bool) -> None:
        running = self._running.get(assignment.source_id)
        if not await self._lease(assignment):
            if running is not None:
                await self._cancel(assignment.source_id)
        elif running is None:
            self._start(assignment)
        elif running.assignment != assignment or (at_rest and assignment.state is not SourceState.STOPPED):
            await self._cancel(assignment.source_id)
            self._start(assignment)

    def _start(self, assignment: Assignment) -> None:
        network, source = self._networks[assignment.kind], self._source(assignment)
        budget = self._budgets.setdefault(assignment.account, Budget(network.limits))
        supervised = Supervised(self._backchannel, network, assignment, source, clock=self._clock, budget=budget)
        task = asyncio.create_task(supervised.run(), name=f"{assignment.kind} of {assignment.slug}")
        self._running[assignment.source_id] = Running(replace(assignment), task)

    def _source(self, assignment: Assignment) -> Source:
        """With the Event's own token, if one is kept. Never with another's instead: somebody pays for each."""
        network, settings = self._networks[assignment.kind], self._settings[assignment.kind]
        if assignment.token and network.token is not None:
            token = self._seal.opened(assignment.token, assignment.kind)
            if token is None:
                return Locked(UNREADABLE)
            settings = network.token.put(settings, token)
        made: Source = network.make(assignment, settings, self._clock)
        return made

    async def _lease(self, assignment: Assignment) -> bool:
        at, lease = self._clock.now(), SOURCE_LEASE if assignment.reads else LEASE_OF_WHAT_IS_KEPT
        if at < self._renew_at.get(assignment.source_id, at):
            return True
        try:
            taken = await self._backchannel.do(take_lease, assignment.source_id, by=self._name, until=at + lease, at=at)
        except (Busy, Unreachable):
            return assignment.source_id in self._running
        if taken:
            self._renew_at[assignment.source_id] = at + lease / 3
        return taken

    async def _drop(self, source_id: int) -> None:
        await self._cancel(source_id)
        self._renew_at.pop(source_id, None)
        with suppress(Busy, Unreachable):  # then it runs out by itself
            await self._backchannel.do(release_lease, source_id, by=self._name, at=self._clock.now())

    async def _cancel(self, source_id: int) -> None:
        running = self._running.pop(source_id)
        running.task.cancel()
        await asyncio.wait({running.task})


def process_name() -> str:
    """What no other process is called, on any machine."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
