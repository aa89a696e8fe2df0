"""A number is given once: what was deleted keeps its own, whichever cookie, address or queue still has it."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from sqlmodel import Session

from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.webhooks import add_webhook, remove_webhook
from app.bus.memory import MemoryBus
from app.domain.tables import metadata
from app.store.doors import Backchannel
from app.store.schema import alembic_config, migrate
from tests.actions.test_event_deletion import create_event, furnish
from tests.conftest import NOON
from tests.store.stores import doors, store

__all__ = ["doors", "store"]

NUMBERED = [table for table in metadata.sorted_tables if [column.name for column in table.primary_key] == ["id"]]


def numbers(db: Session) -> set[tuple[str, int]]:
    return {(table.name, found) for table in NUMBERED for found in db.exec(sa.select(table.c.id)).scalars()}


@pytest.mark.parametrize("seed", range(3))
async def test_no_row_has_the_number_of_one_that_was_deleted(doors: Backchannel, seed: int) -> None:
    chance, ever, there = random.Random(seed), set[tuple[str, int]](), set[tuple[str, int]]()
    events: list[int] = []
    for step in range(6):
        if events and chance.random() < 0.5:
            gone = events.pop(chance.randrange(len(events)))
            await doors.do(close_event, gone, at=NOON)
            await doors.do(delete_event, gone, at=NOON)
        else:
            slug = f"hall{step}"
            made = await doors.do(create_event, slug, name=slug, hashtags=[slug], at=NOON)
            await furnish(doors, made.id, slug)
            again = await doors.do(add_webhook, made.id, "https://hooks.example/again", at=NOON)
            await doors.do(remove_webhook, made.id, again.id, at=NOON)
            ever.add(("webhook", again.id))
            events.append(made.id)
        now = await doors.ask(numbers)
        assert not (now - there) & ever
        there, ever = now, ever | now


def test_every_numbered_table_of_sqlite_counts_on(tmp_path: object) -> None:
    """A migration that makes a table anew (`batch_alter_table`) must say `table_kwargs={"sqlite_autoincrement": True}`."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    migrate(url)
    with sa.create_engine(url).connect() as opened:
        made = dict(opened.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
    assert [table.name for table in NUMBERED if "AUTOINCREMENT" not in made[table.name]] == []


async def test_a_file_from_before_keeps_its_rows_and_counts_on_from_the_last(store: str) -> None:
    migrate(store)
    before = Backchannel(store, MemoryBus())
    made = await before.do(create_event, "hall", name="The hall", hashtags=["hall"], at=NOON)
    await furnish(before, made.id, "hall")
    await before.close()
    engine = sa.create_engine(store)

    def rows() -> dict[str, list[dict[str, object]]]:
        with engine.connect() as opened:
            every = {table.name: opened.execute(sa.select(table)).mappings() for table in metadata.sorted_tables}
            return {name: [dict(row) for row in found] for name, found in every.items()}

    def of_before(found: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
        return {
            name: [{key: row[key] for key in columns & row.keys()} for row in found[name]] for name, columns in known
        }

    kept = rows()
    command.downgrade(alembic_config(store), "0025")
    inspector = sa.inspect(engine)
    tables = metadata.tables.keys() & set(inspector.get_table_names())
    known = [(name, {column["name"] for column in inspector.get_columns(name)}) for name in tables]
    migrate(store)
    assert of_before(rows()) == of_before(kept)
    engine.dispose()
    after = Backchannel(store, MemoryBus())
    await after.do(close_event, made.id, at=NOON + timedelta(hours=1))
    await after.do(delete_event, made.id, at=NOON + timedelta(hours=1))
    again = await after.do(create_event, "hall", name="The hall", hashtags=["hall"], at=NOON)
    await after.close()
    assert again.id > made.id


async def test_a_migration_that_makes_tables_anew_counts_on_from_what_was_deleted(store: str) -> None:
    migrate(store)
    before = Backchannel(store, MemoryBus())
    made = await before.do(create_event, "hall", name="The hall", hashtags=["hall"], at=NOON)
    await furnish(before, made.id, "hall")
    given = {name for name, _ in await before.ask(numbers)}
    last = {name: max(number for table, number in await before.ask(numbers) if table == name) for name in given}
    await before.do(close_event, made.id, at=NOON)
    await before.do(delete_event, made.id, at=NOON)
    await before.close()
    command.downgrade(alembic_config(store), "0026")
    migrate(store)
    after = Backchannel(store, MemoryBus())
    again = await after.do(create_event, "hall", name="The hall", hashtags=["hall"], at=NOON)
    await furnish(after, again.id, "hall")
    assert {name for name, number in await after.ask(numbers) if number <= last[name]} == set()
    await after.close()
