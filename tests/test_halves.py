"""An act is done or it is not: one that fails in its middle, at whichever of its writes, leaves everything as it was."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.authors import block_author, trust_author
from app.actions.programme_file import keep_programme_file
from app.actions.programme_import import OtherChanges, import_programme
from app.actions.undo import undo_standing
from app.domain.programme_matching import PlannedTalk, Programme
from app.domain.tables import metadata
from app.queries.posts import post_by_id
from app.queries.programme import all_talks, programme_file
from app.store.doors import Backchannel
from tests.causes import ACTS
from tests.conftest import NOON, incoming
from tests.hall import Act, Hall

FAILED = "broken in its middle"


async def a_file(hall: Hall) -> None:
    await hall.do(keep_programme_file, name="programme.ics", content=b"BEGIN:VCALENDAR")


def put_in_place(hall: Hall) -> Awaitable[None]:
    tea = PlannedTalk("t", "Tea", NOON, NOON.replace(hour=13), "Main hall")
    return hall.acts(import_programme, hall.event.id, Programme("ics", "UTC", (tea,)), kept_at=NOON)


async def a_blocked_author(hall: Hall) -> None:
    received = await hall.do(receive, incoming())
    post = await hall.doors.ask(post_by_id, received.post_id)
    assert post is not None
    hall.made["author"] = post.author_id
    await hall.doors.do(block_author, post.author_id, by=hall.owner, at=NOON)


async def a_blocked_author_whom_somebody_trusted(hall: Hall) -> None:
    """Their block cannot be undone any more: how they stand is cleared."""
    await a_blocked_author(hall)
    await hall.doors.do(trust_author, hall.made["author"], by=hall.owner, at=NOON)


def open_again(hall: Hall) -> Awaitable[None]:
    return hall.acts(undo_standing, hall.made["author"], "blocked")


def known(verb: str) -> Act:
    return next(act for act in ACTS if act.verb == verb)


SEVERAL = (
    (Act("put_in_place", put_in_place, [], a_file), ("talk insert", "programme_file update", "event update")),
    (Act("undo_standing", open_again, [], a_blocked_author), ("author update", "post update")),
    (Act("clear_standing", open_again, [], a_blocked_author_whom_somebody_trusted), ("author update",)),
    (known("try_again"), ("source update",)),
    (known("add_programme"), ("talk insert",)),
    (known("mail_links"), ("access insert", "mailedlink insert")),
    (known("revoke_home_link"), ("homelink update", "access update")),
    (known("plan_event"), ("event insert", "policyversion insert")),
    (known("remove_talk"), ("talk delete",)),
)
"""What each writes, beside its line in the log of decisions and the one that screens read."""
ALWAYS = ("decision insert", "publication insert")


@pytest.mark.parametrize(("act", "writes"), SEVERAL, ids=lambda one: one.verb if isinstance(one, Act) else "")
async def test_an_act_that_fails_at_any_of_its_writes_has_done_nothing(
    act: Act, writes: tuple[str, ...], doors: Backchannel
) -> None:
    hall = await Hall.of(doors)
    await act.before(hall)
    before = await contents(hall)
    for write in (*writes, *ALWAYS):
        await hall.doors.do(breaks, *write.split())
        with pytest.raises(DBAPIError, match=FAILED):
            await act.does(hall)
        assert await contents(hall) == before, write
        await hall.doors.do(unbroken)
    await act.does(hall)
    assert await contents(hall) != before


async def test_a_file_that_was_changed_meanwhile_is_not_taken_for_the_one_that_was_seen(doors: Backchannel) -> None:
    hall = await Hall.of(doors)
    await a_file(hall)
    tea = PlannedTalk("t", "Tea", NOON, NOON.replace(hour=13), "Main hall")
    seen = NOON - timedelta(seconds=1)
    with pytest.raises(OtherChanges):
        await hall.do(import_programme, Programme("ics", "UTC", (tea,)), kept_at=seen)
    assert await hall.doors.ask(all_talks, hall.event.id) == []
    assert await hall.doors.ask(programme_file, hall.event.id) is not None


def breaks(db: Session, table: str, write: str) -> None:
    """From now on a write to that table fails, as when the disk is full or the machine goes away."""
    db.execute(text(f"CREATE TRIGGER broken BEFORE {write} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{FAILED}'); END"))


def unbroken(db: Session) -> None:
    db.execute(text("DROP TRIGGER broken"))


async def contents(hall: Hall) -> dict[str, Any]:
    def read(db: Session) -> dict[str, Any]:
        return {name: db.execute(table.select()).all() for name, table in metadata.tables.items()}

    return await hall.doors.ask(read)
