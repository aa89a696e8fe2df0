"""One contract, every store: the same behaviour on SQLite and on PostgreSQL."""

import asyncio
import contextlib

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.actions.authors import block_author
from app.actions.questions import bring_on_stage, make_question
from app.actions.undo import undo_last
from app.actions.verdicts import Seen, approve, reject
from app.actions.votes import vote
from app.actions.withdrawals import withdraw
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Withdrawal
from app.domain.publication import Publication
from app.domain.question import Question
from app.domain.tables import metadata
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.change_log import news
from app.queries.posts import post_by_id, shown_ids
from app.store.doors import Backchannel
from app.store.schema import alembic_config, is_current, migrate
from tests.conftest import ASHA, NOON, incoming
from tests.store.stores import arrives, doors, event, store

__all__ = ["doors", "event", "store"]


def test_migrations_lead_to_the_models_and_back(store: str) -> None:
    migrate(store)
    assert is_current(store)
    engine = sa.create_engine(store)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    command.downgrade(alembic_config(store), "base")
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()


async def test_what_belongs_to_an_event_that_is_gone_meets_no_row(doors: Backchannel, event: Event) -> None:
    def misses(db: Session) -> None:
        db.add(Talk(event_id=10**6, title="Of an event that was deleted", starts_at=NOON, ends_at=NOON))

    with pytest.raises(NoResultFound):
        await doors.do(misses)


async def test_a_post_lives_its_life(doors: Backchannel, event: Event) -> None:
    first, second = await arrives(doors, event, 1), await arrives(doors, event, 2)
    for post_id in (first, second):
        await doors.do(approve, post_id, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 9) == [second, first]
    late = await doors.do(reject, first, by=Actor("Ben"), at=NOON, seen=Seen(Verdict.HELD, 0))
    assert (late.won, late.other.by if late.other else "") == (False, "Asha")
    question = await doors.do(make_question, first, by=ASHA, at=NOON)
    assert isinstance(question, Question)
    for device in ("one", "two", "two"):
        question = await doors.do(vote, question.id, device, at=NOON)
    assert question.votes == 2
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    post = await doors.ask(post_by_id, first)
    assert post is not None
    await doors.do(block_author, post.author_id, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 9) == [second]
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert await doors.ask(shown_ids, event, 9) == [second, first]
    await doors.do(withdraw, event.id, Withdrawal("x", "2", "deleted by its author"), at=NOON)
    assert await doors.ask(shown_ids, event, 9) == [first]
    gone = await doors.ask(post_by_id, second)
    assert gone is not None
    assert (gone.text, gone.segments, gone.withdrawn_at) == ("", [], NOON)


async def test_cursors_are_gapless_and_become_visible_in_order_under_many_writers(
    doors: Backchannel, event: Event
) -> None:
    seen: list[int] = []
    at = event.cursor

    async def tail() -> None:
        nonlocal at
        while len(seen) < 60:
            found = await doors.ask(news, event.id, at)
            seen.extend(range(at + 1, found.cursor + 1))
            assert found.lines is not None
            known = await doors.ask(_cursors, event.id, at, found.cursor)
            assert known == list(range(at + 1, found.cursor + 1)), "a line was skipped"
            at = found.cursor
            await asyncio.sleep(0)

    reader = asyncio.create_task(tail())
    await asyncio.gather(*(arrives(doors, event, number) for number in range(60)))
    await asyncio.wait_for(reader, 30)
    assert seen == sorted(set(seen))


def _cursors(db: Session, event_id: int, after: int, until: int) -> list[int]:
    return list(
        db.exec(
            select(Publication.cursor)
            .where(Publication.event_id == event_id, col(Publication.cursor) > after, col(Publication.cursor) <= until)
            .order_by(col(Publication.cursor))
        )
    )


async def test_two_moderators_at_the_same_moment_one_wins_and_one_is_told(doors: Backchannel, event: Event) -> None:
    for number in range(15):
        post_id = await arrives(doors, event, number)
        seen = Seen(Verdict.HELD, 0)
        both = await asyncio.gather(
            doors.do(approve, post_id, by=ASHA, at=NOON, seen=seen),
            doors.do(reject, post_id, by=Actor("Ben"), at=NOON, seen=seen),
        )
        assert sorted(one.won for one in both) == [False, True]


async def test_a_verb_that_fails_leaves_nothing_behind(doors: Backchannel, event: Event) -> None:
    def half(db: Session) -> None:
        receive(db, event.id, incoming(), at=NOON)
        raise ZeroDivisionError

    before = (await doors.ask(news, event.id, 0)).cursor
    with pytest.raises(ZeroDivisionError):
        await doors.do(half)
    assert (await doors.ask(news, event.id, 0)).cursor == before


async def test_what_is_asked_changes_nothing(doors: Backchannel, event: Event) -> None:
    def sneaky(db: Session) -> None:
        receive(db, event.id, incoming(), at=NOON)

    before = (await doors.ask(news, event.id, 0)).cursor
    # SQLite's reader refuses; PostgreSQL's is rolled back.
    with contextlib.suppress(sa.exc.OperationalError):
        await doors.ask(sneaky)
    assert (await doors.ask(news, event.id, 0)).cursor == before
