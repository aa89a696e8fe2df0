"""The log, the figures and the alarms mean the same on SQLite and on PostgreSQL, also when two act at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from app.actions.alarms import watch
from app.actions.links import give_link
from app.actions.undo import undo_picked
from app.actions.verdicts import approve, reject
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.queries.decisions import Sought, entries
from app.queries.figures import figures
from app.queries.incidents import incident
from app.queries.posts import decisions_on
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.store.stores import arrives, doors, event, store

__all__ = ["doors", "event", "store"]


@pytest.fixture
async def other(store: str, doors: Backchannel) -> AsyncIterator[Backchannel]:
    """The doors of a second process."""
    opened = Backchannel(store, MemoryBus())
    yield opened
    await opened.close()


@pytest.fixture
async def asha(doors: Backchannel, event: Event) -> Actor:
    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label="Asha")
    return Actor("Asha", link.access.id)


async def test_the_log_offers_what_still_stands(doors: Backchannel, event: Event, asha: Actor) -> None:
    first, second = [await arrives(doors, event, number) for number in range(2)]
    for verb, post_id in ((approve, first), (reject, first), (approve, first), (reject, second)):
        await doors.do(verb, post_id, by=asha, at=NOON)
    for sought in (Sought(), Sought(subject="post"), Sought(by="ash")):
        page = await doors.ask(entries, event.id, sought)
        offered = [(row.decision.subject_id, row.decision.after) for row in page if row.can_be_undone]
        assert offered == [(second, "rejected"), (first, "approved")]
    assert await doors.ask(entries, event.id, Sought(subject_id=999)) == []


async def test_of_two_who_undo_the_same_one_does(
    doors: Backchannel, other: Backchannel, event: Event, asha: Actor
) -> None:
    for number in range(8):
        post_id = await arrives(doors, event, number)
        decision = (await doors.do(approve, post_id, by=asha, at=NOON)).decision
        assert decision is not None
        undone = await asyncio.gather(
            *(one.do(undo_picked, decision.id, by=asha, at=NOON) for one in (doors, other) * 2)
        )
        assert sorted(undone) == [False, False, False, True]
        assert (await doors.ask(lambda db, post_id=post_id: db.get_one(Post, post_id))).verdict is Verdict.HELD


async def test_of_many_that_look_one_raises_the_alarm(doors: Backchannel, other: Backchannel, event: Event) -> None:
    await arrives(doors, event, 1)
    late = NOON + timedelta(minutes=10)
    raised = await asyncio.gather(*(one.do(watch, event.id, at=late) for one in (doors, other) * 4))
    assert len([one for one in raised if one is not None]) == 1
    assert len(await doors.ask(decisions_on, "alarm", event.id)) == 1


async def test_figures_and_incidents_are_told(doors: Backchannel, event: Event, asha: Actor) -> None:
    ids = [await arrives(doors, event, number) for number in range(3)]
    await doors.do(approve, ids[0], by=asha, at=NOON + timedelta(seconds=10))
    await doors.do(reject, ids[0], by=asha, at=NOON + timedelta(seconds=20))
    found = await doors.ask(figures, event.id, NOON + timedelta(minutes=1))
    assert (found.waiting, found.overall.decisions, found.overall.median, found.taken_down) == (2, 1, 10.0, 1)
    assert found.last_hour == found.overall
    (author,) = {await doors.ask(lambda db: db.get_one(Post, ids[0]).author_id)}
    for numbers in ([], [ids[1]], [10**6]):
        taken = await doors.ask(incident, event.id, numbers, author, taken_by="Asha", at=NOON)
        assert ids[0] in [post.id for post, _ in taken.posts]
        assert taken.records[author] == {"rejected": 1}
        assert taken.unknown == [number for number in numbers if number == 10**6]
