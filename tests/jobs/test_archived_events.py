"""What was never shown of a network is not kept in an archived event."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

from app.actions.event_states import archive_event, close_event
from app.actions.verdicts import approve, reject, stash
from app.domain.post import Post
from app.jobs.archived_events import empty_archived
from app.views.context import Context
from tests.actions.desk import Desk, desk
from tests.conftest import NOON

__all__ = ["desk"]

WEEK = timedelta(days=7)


async def texts(desk: Desk, ids: list[int]) -> list[bool]:
    posts: list[Post] = [await desk.post(post_id) for post_id in ids]
    return [post.text != "" for post in posts]


async def look(desk: Desk, later: timedelta) -> None:
    networks = SimpleNamespace(keys=("x", "mastodon"))
    context = SimpleNamespace(backchannel=desk.doors, networks=networks, now=lambda: NOON + later)
    await empty_archived(cast(Context, context))


async def test_a_week_after_the_end_only_what_was_shown_and_what_was_said_in_the_room_is_left(desk: Desk) -> None:
    sources = ("x", "x", "x", "mastodon", "floor")
    ids = [await desk.arrives(f"Said {number}", ref=str(number), source=at) for number, at in enumerate(sources)]
    shown, stashed, rejected, *_ = ids
    await desk.doors.do(approve, shown, by=desk.asha, at=NOON)
    await desk.doors.do(stash, stashed, by=desk.asha, at=NOON)
    await desk.doors.do(reject, rejected, by=desk.asha, at=NOON)
    await desk.doors.do(close_event, desk.event.id, at=NOON)
    await look(desk, WEEK)
    assert await texts(desk, ids) == [True] * 5  # closed, it may still be looked through
    await desk.doors.do(archive_event, desk.event.id, at=NOON)
    await look(desk, WEEK - timedelta(hours=1))
    assert await texts(desk, ids) == [True] * 5
    await look(desk, WEEK)
    assert await texts(desk, ids) == [True, False, False, False, True]
