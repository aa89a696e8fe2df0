"""What the walls show is chosen, announced, ended and taken back."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from app.actions.events import Refused
from app.actions.red_buttons import clear_wall
from app.actions.scenes import announce, end_announcement, end_what_is_over, show_scene
from app.actions.talks import add_talk
from app.actions.undo import undo_last, undo_picked
from app.actions.verdicts import approve, reject
from app.domain.event import Event
from app.domain.publication import Publication
from app.domain.scene import CountsTo, Layout, Scene, Showing
from app.domain.subject import Subject
from app.queries.decisions import Sought, entries
from app.queries.scenes import announced_now, on_wall, over, scene_of
from tests.actions.desk import Desk
from tests.conftest import NOON

SOON = NOON + timedelta(minutes=5)


async def shown(desk: Desk) -> Scene:
    return await desk.doors.ask(lambda db: scene_of(db, db.get_one(Event, desk.event.id)))


async def words(desk: Desk) -> str:
    def look(db: object) -> str:
        found = announced_now(db, db.get_one(Event, desk.event.id))  # type: ignore[arg-type, attr-defined]
        return found.text if found else ""

    return await desk.doors.ask(look)


async def show(desk: Desk, showing: Showing | None, at: datetime = NOON) -> object:
    return await desk.doors.do(show_scene, desk.event.id, showing, by=desk.asha, at=at)


async def told(desk: Desk) -> list[str]:
    """What the newest lines of the log are about."""
    lines = select(Publication.subject).where(Publication.event_id == desk.event.id)
    return await desk.doors.ask(lambda db: list(db.exec(lines.order_by(col(Publication.cursor).desc()).limit(1))))


async def test_a_scene_is_shown_told_and_taken_back_to_what_stood_before(desk: Desk) -> None:
    assert await shown(desk) is Scene.FEED
    await show(desk, Showing(Scene.JOIN))
    await show(desk, Showing(Scene.HOLDING))
    assert (await shown(desk), await told(desk)) == (Scene.HOLDING, [Subject.SCENE])
    assert await show(desk, Showing(Scene.HOLDING)) is None
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await shown(desk) is Scene.JOIN
    await show(desk, None)
    assert await shown(desk) is Scene.FEED
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await shown(desk) is Scene.JOIN


async def test_a_spotlight_leaves_with_its_post_and_with_a_cleared_wall(desk: Desk) -> None:
    held, post_id = await desk.arrives(), await desk.arrives()
    with pytest.raises(Refused):
        await show(desk, Showing(Scene.SPOTLIGHT, post_id=held))
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await show(desk, Showing(Scene.SPOTLIGHT, post_id=post_id))
    assert await shown(desk) is Scene.SPOTLIGHT
    await desk.doors.do(reject, post_id, by=desk.ben, at=NOON)
    assert await shown(desk) is Scene.FEED
    await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert await shown(desk) is Scene.SPOTLIGHT
    await desk.doors.do(clear_wall, desk.event.id, by=desk.ben, at=NOON)
    assert await shown(desk) is Scene.FEED


async def test_an_announcement_covers_the_wall_or_stands_below_and_ends_by_itself(desk: Desk) -> None:
    await show(desk, Showing(Scene.JOIN))
    await desk.doors.do(announce, desk.event.id, " Lunch is\n served ", until=SOON, by=desk.asha, at=NOON)
    assert (await shown(desk), await words(desk)) == (Scene.JOIN, "Lunch is served")
    assert await told(desk) == [Subject.ANNOUNCEMENT]
    whole = {"until": SOON, "whole": True}
    await desk.doors.do(announce, desk.event.id, "Please leave", by=desk.ben, at=NOON, **whole)
    assert await shown(desk) is Scene.ANNOUNCEMENT
    assert await desk.doors.ask(over, SOON) == [desk.event.id]
    assert await desk.doors.ask(over, SOON - timedelta(seconds=1)) == []
    await desk.doors.do(end_what_is_over, desk.event.id, at=SOON)
    assert (await shown(desk), await words(desk)) == (Scene.JOIN, "")
    assert await desk.doors.ask(over, SOON) == []


async def test_an_announcement_that_is_taken_back_leaves_room_for_the_one_before_while_that_lasts(desk: Desk) -> None:
    await desk.doors.do(announce, desk.event.id, "First", until=SOON, by=desk.asha, at=NOON)
    await desk.doors.do(announce, desk.event.id, "Second", until=SOON, by=desk.ben, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=NOON)
    assert await words(desk) == "First"
    await desk.doors.do(end_announcement, desk.event.id, by=desk.ben, at=NOON)
    assert await words(desk) == ""
    assert await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=SOON) is None
    await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=NOON)
    assert await words(desk) == "First"


async def test_what_the_clock_ended_is_not_brought_back(desk: Desk) -> None:
    await desk.doors.do(announce, desk.event.id, "First", until=SOON, by=desk.asha, at=NOON)
    await desk.doors.do(end_what_is_over, desk.event.id, at=SOON)
    last = (await desk.doors.ask(entries, desk.event.id, Sought()))[0].decision
    assert last.machine
    assert not await desk.doors.do(undo_picked, last.id, by=desk.asha, at=SOON)
    assert await words(desk) == ""


@pytest.mark.parametrize("text", ["", " \n ", "\u2800", "x" * 201])
async def test_words_that_no_hall_could_read_are_refused(desk: Desk, text: str) -> None:
    with pytest.raises(Refused):
        await desk.doors.do(announce, desk.event.id, text, until=SOON, by=desk.asha, at=NOON)


@pytest.mark.parametrize("until", [NOON, NOON - timedelta(minutes=1), NOON + timedelta(hours=25)])
async def test_a_time_that_is_over_or_far_away_is_refused(desk: Desk, until: datetime) -> None:
    with pytest.raises(Refused):
        await desk.doors.do(announce, desk.event.id, "Lunch", until=until, by=desk.asha, at=NOON)
    with pytest.raises(Refused):
        await show(desk, Showing(Scene.COUNTDOWN, until=until))


async def test_a_countdown_runs_to_a_time_or_a_talk_and_leads_back_to_the_programme(desk: Desk) -> None:
    talk = await desk.doors.do(
        add_talk, desk.event.id, title="After lunch", starts_at=SOON, ends_at=SOON + timedelta(minutes=5), at=NOON
    )
    for showing, ends in (
        (Showing(Scene.COUNTDOWN, until=SOON), SOON),
        (Showing(Scene.COUNTDOWN, counts_to=CountsTo.TALK_START, talk_id=talk.id), SOON),
        (Showing(Scene.COUNTDOWN, counts_to=CountsTo.TALK_END, talk_id=talk.id), talk.ends_at),
    ):
        await show(desk, showing)
        counting = await desk.doors.ask(lambda db: on_wall(db, db.get_one(Event, desk.event.id)).counting)
        assert counting is not None
        assert counting.until == ends
        await desk.doors.do(end_what_is_over, desk.event.id, at=ends - timedelta(seconds=1))
        assert await shown(desk) is Scene.COUNTDOWN
        await desk.doors.do(end_what_is_over, desk.event.id, at=ends)
        assert await shown(desk) is Scene.FEED


async def test_a_scene_without_content_is_refused(desk: Desk) -> None:
    for scene in (Scene.SPONSORS, Scene.ANNOUNCEMENT, Scene.NOW_AND_NEXT, Scene.COUNTDOWN):
        with pytest.raises(Refused):
            await show(desk, Showing(scene))
    await show(desk, Showing(Scene.FEED, layout=Layout.ONE))
    assert (await desk.doors.ask(lambda db: on_wall(db, db.get_one(Event, desk.event.id)))).chosen.layout is Layout.ONE
