"""Home links that are made, used and revoked at the same moment, by several processes. On both stores."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from app.actions.event_entry import enter_event
from app.actions.events import Refused
from app.actions.home_links import give_first_home_link, give_home_link, revoke_home_link
from app.bus.memory import MemoryBus
from app.domain.access import Access
from app.domain.event import Event
from app.domain.home_link import HomeLink
from app.queries.home import home_links
from app.queries.links import links
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

ROUNDS = 15


@pytest.fixture
async def two(store: str, doors: Backchannel) -> AsyncIterator[tuple[Backchannel, Backchannel]]:
    """Two processes of one installation."""
    other = Backchannel(store, MemoryBus())
    yield doors, other
    await other.close()


async def at_once(*calls: Any) -> list[Any]:
    found = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(one, Refused) for one in found if isinstance(one, BaseException)), found
    return found


def forget(db: Session) -> None:
    db.execute(sa.delete(Access).where(col(Access.home_link_id).is_not(None)))
    db.execute(sa.delete(HomeLink))


async def test_of_first_starts_one_is_given_a_link(two: tuple[Backchannel, Backchannel]) -> None:
    for _ in range(ROUNDS):
        given = await at_once(*(one.do(give_first_home_link, at=NOON) for one in two * 3))
        assert len(await two[0].ask(home_links)) == 1
        assert [one is None for one in given].count(False) == 1
        await two[0].do(give_home_link, at=NOON)
        assert len(await two[0].ask(home_links)) == 2
        await two[0].do(forget)


@pytest.mark.parametrize("holders", [2, 5])
async def test_who_revoke_each_others_leave_one(two: tuple[Backchannel, Backchannel], holders: int) -> None:
    for _ in range(ROUNDS):
        made = [(await two[0].do(give_home_link, at=NOON)).link.id for _ in range(holders)]
        ring = made[1:] + made[:1]
        await at_once(
            *(two[n % 2].do(revoke_home_link, link_id, at=NOON) for n, link_id in enumerate(ring)),
        )
        assert [link.revoked_at for link in await two[0].ask(home_links)].count(None) == 1
        await two[0].do(forget)


async def test_who_enters_while_the_home_link_is_revoked_holds_nothing_after(
    two: tuple[Backchannel, Backchannel], event: Event
) -> None:
    for _ in range(ROUNDS):
        home, _ = [await two[0].do(give_home_link, at=NOON) for _ in range(2)]
        await at_once(
            two[0].do(enter_event, event.id, home.link.id, token=f"a token of {home.link.id}", at=NOON),
            two[1].do(revoke_home_link, home.link.id, at=NOON),
        )
        held = [one for one in await two[0].ask(links, event.id) if one.home_link_id == home.link.id]
        assert [one for one in held if one.revoked_at is None] == []
