"""The programme runs the walls of each room: in the log, by the server's clock, taken back and overruled by hand."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from app.actions.current_talk import move_programme_on
from app.actions.events import Refused
from app.actions.links import give_link
from app.actions.programme_scenes import let_programme_run, run_walls
from app.actions.questions import bring_on_stage
from app.actions.scenes import show_scene
from app.actions.screens import hang_screen, note_screens
from app.actions.undo import undo_last, undo_picked
from app.domain.access import Role
from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.room import Room
from app.domain.scene import Scene, Showing
from app.domain.screen_kind import ScreenKind
from app.domain.subject import Subject
from app.queries.programme_scenes import talks_changing, walls_behind
from app.queries.scenes import on_wall
from app.queries.screens import on_screen, screen_by_id
from app.store.doors import Backchannel
from tests.actions.test_rooms import HOUR, asked, fresh, make_talk
from tests.conftest import ASHA, NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def hall(doors: Backchannel, event: Event) -> Room:
    """In the hall a talk runs until 12:45; in the attic the next one begins at 12:30."""
    await make_talk(doors, event, "Hall")
    await make_talk(doors, event, "Attic", begins=-1.5)
    await make_talk(doors, event, "Attic", begins=0.5)
    await doors.do(move_programme_on, event.id, at=NOON)
    await doors.do(let_programme_run, event.id, runs=True, quiet_talks=True, question_minutes=10, at=NOON)
    return next(room for room in await fresh(doors, event) if room.key == "hall")


async def shows(doors: Backchannel, event: Event, room: Room | None = None) -> Scene:
    event = await doors.ask(lambda db: db.get_one(Event, event.id))
    return (await doors.ask(on_wall, event, room.id if room else None)).scene


async def passes(doors: Backchannel, event: Event, at: datetime) -> None:
    await doors.do(move_programme_on, event.id, at=at)
    await doors.do(run_walls, event.id, at=at)


async def test_each_room_follows_its_own_programme(doors: Backchannel, event: Event, hall: Room) -> None:
    attic = next(room for room in await fresh(doors, event) if room.id != hall.id)
    assert [await shows(doors, event, room) for room in (hall, attic)] == [Scene.JOIN, Scene.COUNTDOWN]
    assert await doors.ask(walls_behind, NOON + 34 * MINUTE) == [event.id]
    await passes(doors, event, NOON + 36 * MINUTE)
    assert [await shows(doors, event, room) for room in (hall, attic)] == [Scene.QUESTIONS, Scene.JOIN]
    assert await doors.ask(walls_behind, NOON + 36 * MINUTE) == []
    assert await doors.ask(talks_changing, NOON + 44 * MINUTE, NOON + 46 * MINUTE) == [event.id]


async def test_a_hand_goes_before_it_until_the_programme_has_it_back(
    doors: Backchannel, event: Event, hall: Room
) -> None:
    await doors.do(show_scene, event.id, Showing(Scene.HOLDING), by=ASHA, at=NOON, room_id=hall.id)
    await passes(doors, event, NOON + 36 * MINUTE)
    assert [await shows(doors, event, hall), await shows(doors, event)] == [Scene.HOLDING, Scene.JOIN]
    await doors.do(show_scene, event.id, None, by=ASHA, at=NOON, room_id=hall.id)
    assert await shows(doors, event, hall) is Scene.QUESTIONS
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert await shows(doors, event, hall) is Scene.HOLDING


async def test_what_it_did_stands_in_the_log_and_is_taken_back_by_hand(
    doors: Backchannel, event: Event, hall: Room
) -> None:
    await passes(doors, event, NOON + 36 * MINUTE)

    def last(db):  # type: ignore[no-untyped-def]
        due = select(Decision).where(Decision.subject == Subject.DUE, Decision.subject_id == hall.id)
        return db.exec(due.order_by(col(Decision.id).desc())).first()

    decision = await doors.ask(last)
    assert (decision.by, decision.machine, decision.before, decision.after) == ("programme", True, "join", "questions")
    assert await doors.do(undo_picked, decision.id, by=ASHA, at=NOON)
    assert await shows(doors, event, hall) is Scene.JOIN
    await passes(doors, event, NOON + 50 * MINUTE)
    assert await shows(doors, event, hall) is Scene.JOIN  # chosen now, so it stays


async def test_it_gives_way_to_a_question_that_is_brought_on_stage(
    doors: Backchannel, event: Event, hall: Room
) -> None:
    question = await asked(doors, event, hall, None, "1")
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    assert await shows(doors, event, hall) is Scene.QUESTION


async def test_it_runs_only_where_somebody_wants_it(doors: Backchannel, event: Event, hall: Room) -> None:
    with pytest.raises(Refused):
        await doors.do(let_programme_run, event.id, runs=True, quiet_talks=True, question_minutes=61, at=NOON)
    await doors.do(let_programme_run, event.id, runs=False, quiet_talks=True, question_minutes=5, at=NOON)
    assert await shows(doors, event, hall) is Scene.FEED
    assert await doors.ask(walls_behind, NOON + 5 * HOUR) == []


async def test_a_screen_shows_what_its_room_shows_as_far_as_it_may(
    doors: Backchannel, event: Event, hall: Room
) -> None:
    link = await doors.do(give_link, event.id, Role.SCREEN, at=NOON, label="Hall, left")
    hung = {"name": "Hall, left", "room_id": hall.id, "may_show": ScreenKind.QUESTIONS, "at": NOON}
    await doors.do(hang_screen, event.id, link.access.id, **hung)

    async def seen() -> Scene:
        def look(db):  # type: ignore[no-untyped-def]
            now = db.get_one(Event, event.id)
            return on_screen(db, now, screen_by_id(db, now, link.access.id)).scene

        return await doors.ask(look)

    assert await seen() is Scene.JOIN
    await doors.do(show_scene, event.id, Showing(Scene.FEED), by=ASHA, at=NOON, room_id=hall.id)
    assert await seen() is Scene.JOIN  # no posts here
    question = await asked(doors, event, hall, None, "1")
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    assert await seen() is Scene.QUESTION
    await doors.do(note_screens, {link.access.id}, at=NOON)
    with pytest.raises(Refused):
        await doors.do(hang_screen, event.id, link.access.id + 9, **hung)
