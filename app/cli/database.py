"""The database opened for one command, and closed after it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.actions.events import Refused
from app.bus import open_bus
from app.cli.errors import Failed
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.tables import metadata
from app.queries.events import event_by_slug
from app.settings import Settings
from app.store.doors import Backchannel
from app.store.move import is_half_moved
from app.store.schema import migrate

T = TypeVar("T")


COMMAND_LINE = Actor(label="command line")
TABLES = metadata
"""All of them: a row that refers to a table of which this process has not heard cannot be written."""


async def known_event(backchannel: Backchannel, slug: str) -> Event:
    event = await backchannel.ask(event_by_slug, slug)
    if event is None:
        raise Failed(f"there is no event “{slug}”; make one with: backchannel event create")
    return event


def with_doors(settings: Settings, run: Callable[[Backchannel], Awaitable[T]]) -> T:
    """What `run` gives, run on an open and migrated database. Raises Failed for what a verb refuses."""

    async def opened() -> T:
        bus = open_bus(settings.bus_url)
        backchannel = Backchannel(settings.database, bus)
        try:
            return await run(backchannel)
        except Refused as error:
            raise Failed(str(error)) from None
        finally:
            await backchannel.close()
            await bus.close()

    open_schema(settings)
    return asyncio.run(opened())


def open_schema(settings: Settings) -> None:
    """Bring the tables up to date. Raises Failed for a database that is only half there."""
    if is_half_moved(settings.database):
        raise Failed("a move to this database has not come to its end; run backchannel move again")
    migrate(settings.database)
