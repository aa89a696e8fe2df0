"""A database that lets nothing be written, such as a standby that was taken for the primary: away, and nobody's fault."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from app.actions.arrivals import receive
from app.domain.event import Event
from app.queries.events import answers
from app.queries.posts import counts
from app.store.doors import Backchannel, Unreachable
from tests.conftest import NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]


@pytest.fixture
def read_only(doors: Backchannel, event: Event) -> dict[str, bool]:
    """Whether transactions of the writers may write; each is told."""
    now = {"read only": True}

    def taken(connection: Any, *_pool: object) -> None:
        connection.execute(f"PRAGMA query_only={int(now['read only'])}")

    def begins(connection: Any) -> None:
        if now["read only"]:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    sqlite = doors.write_engine.dialect.name == "sqlite"
    sa.event.listen(doors.write_engine, *(("checkout", taken) if sqlite else ("begin", begins)))
    return now


@pytest.mark.parametrize("together", [1, 5])
async def test_what_cannot_be_written_now_is_for_later_and_is_read_meanwhile(
    doors: Backchannel, event: Event, read_only: dict[str, bool], together: int
) -> None:
    for _ in range(2):
        asked = [doors.do(receive, event.id, incoming(ref=str(number)), at=NOON) for number in range(together)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(one) for one in told] == [Unreachable] * together
    await doors.ask(answers)
    read_only["read only"] = False
    for number in range(together):
        await doors.do(receive, event.id, incoming(ref=str(number)), at=NOON)
    assert (await doors.ask(counts, event.id)).held == together
