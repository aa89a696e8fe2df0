"""A file that is removed or replaced under a running server: nothing is acknowledged that has no file with a name."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.actions.arrivals import receive
from app.domain.event import Event
from app.queries.events import answers
from app.queries.posts import shown_ids
from app.store.doors import Backchannel, Unreachable
from app.store.engines import open_engines
from tests.conftest import NOON, incoming
from tests.databases import NAME


def put_another(database: Path) -> None:
    fresh = database.with_name("fresh")
    shutil.copyfile(database, fresh)
    fresh.replace(database)


@pytest.mark.parametrize("harm", [Path.unlink, put_another, lambda file: file.rename(file.with_name("elsewhere"))])
async def test_nothing_is_stored_in_a_file_that_is_gone(
    doors: Backchannel, event: Event, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    await doors.do(receive, event.id, incoming(ref="1"), at=NOON)
    harm(tmp_path / NAME)
    with pytest.raises(Unreachable, match="removed or replaced"):
        await doors.do(receive, event.id, incoming(ref="2"), at=NOON)
    with pytest.raises(Unreachable, match="removed or replaced"):
        await doors.ask(answers)


async def test_it_goes_on_when_the_file_is_back(doors: Backchannel, event: Event, tmp_path: Path) -> None:
    await doors.do(receive, event.id, incoming(ref="1"), at=NOON)
    (tmp_path / NAME).rename(tmp_path / "elsewhere")
    with pytest.raises(Unreachable):
        await doors.do(receive, event.id, incoming(ref="2"), at=NOON)
    (tmp_path / "elsewhere").rename(tmp_path / NAME)
    assert (await doors.do(receive, event.id, incoming(ref="2"), at=NOON)).post_id == 2
    assert await doors.ask(shown_ids, event, 10) == []


def test_a_file_that_goes_while_a_verb_runs_takes_its_words_with_it(database_url: str, tmp_path: Path) -> None:
    writer, reader = open_engines(database_url)
    with Session(writer) as db:
        db.add(Event(slug="x", name="x", created_at=NOON))
        db.flush()
        (tmp_path / NAME).unlink()
        with pytest.raises(OperationalError, match="removed or replaced"):
            db.commit()
    writer.dispose()
    reader.dispose()
