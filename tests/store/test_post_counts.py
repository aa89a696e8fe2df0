"""The database counts posts by verdict as they change: whoever changes them, and however many at once."""

import random
from collections import Counter

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.store.stores import arrives, doors, event, store

__all__ = ["doors", "event", "store"]


def kept(db: Session, event_id: int) -> Counter[str]:
    row = db.get_one(Event, event_id)
    return +Counter({verdict.value: getattr(row, f"posts_{verdict.value}") for verdict in Verdict})


def counted(db: Session, event_id: int) -> Counter[str]:
    posts = db.exec(select(Post.verdict).where(Post.event_id == event_id, col(Post.withdrawn_at).is_(None)))
    return Counter(verdict.value for verdict in posts)


@pytest.mark.parametrize("seed", range(2))
async def test_the_counts_are_what_counting_would_find(doors: Backchannel, event: Event, seed: int) -> None:
    chance, ids = random.Random(seed), [await arrives(doors, event, number) for number in range(12)]

    def change(db: Session) -> None:
        some = chance.sample(ids, 4)
        match chance.randrange(4):
            case 0:
                db.execute(sa.update(Post).where(col(Post.id).in_(some)).values(verdict=chance.choice(list(Verdict))))
            case 1:
                at = chance.choice([None, NOON])
                db.execute(sa.update(Post).where(col(Post.id).in_(some)).values(withdrawn_at=at))
            case 2:
                db.get_one(Post, some[0]).verdict = chance.choice(list(Verdict))
            case _:
                db.execute(sa.update(Post).where(col(Post.id).in_(some)).values(text="other words"))

    for _ in range(15):
        await doors.do(change)
        assert await doors.ask(kept, event.id) == await doors.ask(counted, event.id)
    assert (await doors.ask(kept, event.id)).total() > 0


async def test_what_is_deleted_counts_no_more(doors: Backchannel, event: Event) -> None:
    from app.actions.event_deletion import delete_event
    from app.actions.event_states import close_event

    for number in range(3):
        await arrives(doors, event, number)
    before = await doors.ask(kept, event.id)
    await doors.do(close_event, event.id, at=NOON)
    await doors.do(delete_event, event.id, at=NOON)
    assert (before.total(), await doors.ask(lambda db: db.get(Event, event.id))) == (3, None)
