"""One contract, every store: the same behaviour on SQLite and on PostgreSQL."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import Session, col, select

from app.actions.access import give_link
from app.actions.arrivals import receive
from app.actions.authors import block_author
from app.actions.delays import keep_desk
from app.actions.moderation import Seen, approve, reject
from app.actions.policies import change_policy
from app.actions.posts import withdraw
from app.actions.questions import bring_on_stage, make_question
from app.actions.red_buttons import clear_wall, set_intake
from app.actions.reveals import reveal
from app.actions.screening_again import screen_again
from app.actions.seats import take_seat
from app.actions.undo import undo_last
from app.actions.votes import vote
from app.actions.watching import watch
from app.actions.webhooks import add_webhook, batch_delivered, take_batch
from app.bus.memory import MemoryBus
from app.domain.decision import Actor
from app.domain.event import Event, Role
from app.domain.incoming import Withdrawal
from app.domain.policy import Intake, Policy
from app.domain.post import Post
from app.domain.publication import Publication
from app.domain.question import Question
from app.domain.tables import metadata
from app.domain.verdict import Verdict
from app.queries.arrived import tried
from app.queries.changes import news
from app.queries.decisions import Sought, entries
from app.queries.desk import Search, desk_cards, found_ids, queue_ids
from app.queries.events import events_to_watch, webhooks_due
from app.queries.figures import figures
from app.queries.incidents import incident
from app.queries.posts import post_by_id, shown_ids
from app.queries.seats import desks_to_keep
from app.store.doors import Backchannel
from app.store.schema import alembic_config, is_current, migrate
from tests.conftest import ASHA, NOON, incoming
from tests.running import furnish

STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    server: str = request.getfixturevalue("postgres_url")
    name = f"t{secrets.token_hex(6)}"
    with sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    return f"{server}/{name}"


@pytest.fixture
async def doors(store: str) -> AsyncIterator[Backchannel]:
    migrate(store)
    opened = Backchannel(store, MemoryBus())
    yield opened
    await opened.close()


@pytest.fixture
async def event(doors: Backchannel) -> Event:
    made, _, _ = await furnish(doors)
    return made


async def arrives(doors: Backchannel, event: Event, number: int, **facts: object) -> int:
    told = {"text": f"something worth saying, number {number}", "ref": str(number), "by": f"a{number}", **facts}
    post = incoming(**told)  # type: ignore[arg-type]
    return int((await doors.do(receive, event.id, post, at=NOON)).post_id)


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


async def test_a_team_works_through_a_day(doors: Backchannel, event: Event) -> None:
    """Everything that a desk does besides, once, on either store."""
    made = [await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label=name) for name in ("Asha", "Ben")]
    asha, ben = (Actor(link.access.label, link.access.id) for link in made)
    webhook = await doors.do(add_webhook, event.id, "https://example.org/told", at=NOON)
    await doors.do(change_policy, event.id, Policy(mode="delay", good_record=1, delay_seconds=10), by=asha, at=NOON)
    wave = [
        await arrives(doors, event, 0, ref=f"w{n}", text="Buy cheap followers here today, best prices")
        for n in range(3)
    ]
    personal = await arrives(doors, event, 0, ref="p", text="My patient Edith Quillfeather, NHS number 943 476 5919")
    known = await arrives(doors, event, 1, by="jo")
    await doors.do(approve, known, by=asha, at=NOON)
    delayed = await arrives(doors, event, 2, by="jo")

    def queue(db: Session) -> list[int]:
        return queue_ids(db, db.get_one(Event, event.id), 50)

    assert await doors.ask(queue) == [personal, delayed, wave[0]]
    assert (await doors.ask(desk_cards, wave[:1]))[wave[0]].alike == 2
    settled = await doors.do(reject, wave[0], by=asha, at=NOON, declined_as="spam", with_alike=True)
    assert settled.along == 2
    for by in (asha, asha, ben):
        await doors.do(approve, personal, by=by, at=NOON)
    await doors.do(reveal, personal, by=asha, at=NOON)
    assert (await doors.do(take_seat, event.id, "tab of Asha", delayed, by=asha, at=NOON)).taken_by == ""
    assert (await doors.do(take_seat, event.id, "tab of Ben", delayed, by=ben, at=NOON)).taken_by == "Asha"
    assert await doors.ask(desks_to_keep, NOON) == [event.id]
    for second in (0, 10):
        await doors.do(keep_desk, event.id, at=NOON + timedelta(seconds=second))
    await doors.do(clear_wall, event.id, by=asha, at=NOON)
    await doors.do(set_intake, event.id, Intake.HOLD_ALL, by=asha, at=NOON)

    def verdicts(db: Session) -> list[str]:
        return [db.get_one(Post, post_id).verdict.value for post_id in (*wave, personal, delayed)]

    assert await doors.ask(verdicts) == ["rejected"] * 3 + ["approved"] * 2
    waits = await arrives(doors, event, 3)
    wanted = Search(words="number 3 100%_")
    assert await doors.ask(lambda db: found_ids(db, db.get_one(Event, event.id), Verdict.HELD, wanted, 9)) == []
    wanted = Search(words="NUMBER 3", source="x")
    assert await doors.ask(lambda db: found_ids(db, db.get_one(Event, event.id), Verdict.HELD, wanted, 9)) == [waits]
    raised = await doors.do(watch, event.id, at=NOON + timedelta(minutes=30))
    assert raised is not None
    assert await doors.ask(events_to_watch, NOON) == [event.id]
    batch = await doors.do(take_batch, webhook.id, at=NOON)
    assert batch is not None
    await doors.do(batch_delivered, webhook.id, batch.cursor)
    assert await doors.ask(webhooks_due, NOON) == []
    found = await doors.ask(figures, event.id, NOON)
    assert (found.waiting, found.reveals, found.taken_down) == (1, 1, 0)
    assert (await doors.ask(tried, event.id, Policy(blocked_words=("number",)))).held > 0
    await doors.do(change_policy, event.id, Policy(blocked_words=("number",)), by=asha, at=NOON)
    assert (await doors.do(screen_again, event.id, at=NOON)).held == 1
    pack = await doors.ask(incident, event.id, [personal], 0, taken_by="Asha", at=NOON)
    assert [one.subject for one in pack.decisions] == ["post", "agreement", "post", "reveal"]
    trail = await doors.ask(entries, event.id, Sought(by="asha", machine=False))
    assert {entry.decision.by for entry in trail} == {"Asha"}
    for _ in range(3):
        await doors.do(undo_last, event.id, by=ben, at=NOON, whosoever=True)
    event_now = await doors.ask(lambda db: db.get_one(Event, event.id))
    assert (event_now.intake, event_now.cleared_at) == (Intake.OPEN, 0)
