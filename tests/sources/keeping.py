"""What a source under test puts away: an outlet without a database, and a listener that stops when it is content."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.domain.event import EventState
from app.domain.incoming import Became, Incoming, Marked, Withdrawal
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Source
from tests.until import until


@dataclass
class Kept:
    """What was stored, and where the next connection would start from."""

    found: list[Became] = field(default_factory=list)
    position: Position = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    states: list[SourceState] = field(default_factory=list)
    rounds: int = 0

    async def store(self, found: Sequence[Became], position: Position | None = None) -> None:
        self.found += found
        self.position = position if position is not None else self.position

    async def say(self, state: SourceState, detail: str) -> None:
        self.states.append(state)
        self.said.append(str(detail))

    async def may_go_on(self) -> None: ...

    async def heard(self) -> None:
        self.rounds += 1

    @property
    def posts(self) -> list[Incoming]:
        return [one for one in self.found if isinstance(one, Incoming)]

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.posts]

    @property
    def refs(self) -> list[str]:
        return [one.ref for one in self.posts]

    @property
    def gone(self) -> set[str]:
        return {one.ref for one in self.found if isinstance(one, Withdrawal)}

    @property
    def marked(self) -> set[str]:
        return {one.ref for one in self.found if isinstance(one, Marked)}

    @property
    def known(self) -> dict[str, str]:
        """As a recheck is asked about them."""
        return {one.version_ref: one.ref for one in self.posts}


def assigned(kind: str, tags: tuple[str, ...], **options: Any) -> Assignment:
    """What a source of an open event is to do."""
    return Assignment(
        1, 1, "box10", kind, tags, "Europe/London", options, reads=True, state_of_event=EventState.OPEN, streams=True
    )


async def listens(source: Source, kept: Kept, content: Callable[[], bool]) -> None:
    """From where the last time ended, until there is what was waited for. Raises what the source ends with before."""
    task = asyncio.create_task(source.run(kept, kept.position))
    await until(lambda: task.done() or content())
    if task.done():
        task.result()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
