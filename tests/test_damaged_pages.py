"""Law: whatever is damaged of what is stored as JSON or as a sentence, no page and no answer of the table of roles is lost.

`test_stored_json.py` says what may be written; here stand all pages, with something of everything in the event.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from app.actions.erasures import erase_mail
from app.actions.programme_file import keep_programme_file, read_programme_file_as
from app.actions.takedowns import ask_for_takedown
from app.actions.talks import add_talk
from app.domain.column_types import StoredSentence
from app.domain.decision import SETUP
from app.domain.takedown import TakedownRequest
from tests.conftest import NOON
from tests.roles_people import Person
from tests.roles_table import ROWS
from tests.roles_world import HERE, World, world
from tests.test_stored_json import COLUMNS, damage

__all__ = ["world"]

ASKED = [row for row in ROWS if row.method == "GET" and "their_" not in row.path]
VALUES: tuple[Any, ...] = ("false", -1, 2**62, None, {"x": {}}, {"x": "y"}, ["99:99"], "no JSON")
SENTENCES = [
    (table.name, column.name)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, StoredSentence)
]
BROKEN = (
    '{"message": ', '{"message": 7}', '{"message": "%(a)d", "facts": {"a": "b"}}', '{"message": "", "facts": {}}',
    '{"message": "%", "facts": {"a": 1}}', '{"message": "a", "facts": {"a": {"at": 1}}}',
)  # fmt: skip


@pytest.fixture
def asking(world: World) -> Iterator[Person]:
    event_id = world.ids[f"{HERE}_event"]
    meant = TakedownRequest(f"#post-{world.ids['approved']}", why="It names me", contact="nia@mail.example")
    world._do(ask_for_takedown, event_id, meant, key="another", within=timedelta(hours=1))
    world._do(erase_mail, event_id, "nia@mail.example", by=SETUP)
    world._do(keep_programme_file, event_id, name="programme.csv", content=b"Title,Start\nA talk,10:00\n")
    world._do(read_programme_file_as, event_id, zone="", mapping={"title": "Title"})
    yield next(person for person in world.people if person.name == f"owner of {HERE}")
    world.rewind()


def lost(world: World, person: Person) -> list[str]:
    return [
        f"{row} {answered}"
        for row in ASKED
        if (answered := world.answers(person, "GET", row.path, {})) != int(row.cells[6].rstrip("="))
    ]


def test_no_damage_takes_a_page_away(world: World, asking: Person) -> None:
    assert lost(world, asking) == []
    found = []
    for number, value in enumerate(VALUES):
        for whole in (False, True) if value == {"x": {}} else (False,):
            with closing(sqlite3.connect(world.file)) as opened:
                for table, name, kind in COLUMNS:
                    opened.execute(f'UPDATE "{table}" SET "{name}" = ?', (damage(kind, value, whole),))
                for table, name in SENTENCES:
                    opened.execute(f'UPDATE "{table}" SET "{name}" = ?', (BROKEN[number % len(BROKEN)],))
                opened.commit()
            found += [f"{value!r} {one}" for one in lost(world, asking)]
    assert found == []


@pytest.mark.parametrize(
    "title", ['{"message": x', '{"message": "%(x)d", "facts": {"x": "y"}}', '{"message": "Lunch"}']
)
def test_a_title_that_looks_like_what_we_store_is_a_title(world: World, asking: Person, title: str) -> None:
    """It stood in the log of decisions, and no page with a line of the log could be read again."""
    world._do(
        add_talk, world.ids[f"{HERE}_event"], title=title, starts_at=NOON, ends_at=NOON + timedelta(hours=1), by=SETUP
    )
    assert lost(world, asking) == []
    asking.client.cookies = asking.cookies
    assert title in {row["detail"] for row in asking.client.get(f"/e/{HERE}/log.json").json()}
