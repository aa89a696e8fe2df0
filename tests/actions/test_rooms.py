"""A Talk runs in each room: what is asked in one reaches nobody in another, and at a talk's end nothing leaks."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.current_talk import move_programme_on
from app.actions.events import Refused
from app.actions.question_places import give_to_room
from app.actions.questions import bring_on_stage, make_question
from app.actions.rooms import keep_rooms
from app.actions.talks import add_talk, remove_talk
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.room import Room
from app.domain.talk import Talk
from app.queries.desk import queue_ids
from app.queries.programme import talk_now
from app.queries.questions import all_on_stage, on_stage, open_elsewhere, ranked_ids
from app.queries.rooms import room_at, rooms, whereabouts
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming

HOUR = timedelta(hours=1)
OPEN = (QuestionState.OPEN,)


async def make_talk(doors: Backchannel, event: Event, room: str, begins: float = -0.25, hours: float = 1) -> Talk:
    starts = NOON + begins * HOUR
    words = {"title": f"{room} at {begins}", "room": room, "starts_at": starts, "ends_at": starts + hours * HOUR}
    return await doors.do(add_talk, event.id, at=NOON, **words)


async def asked(doors: Backchannel, event: Event, room: Room | None, talk: Talk | None, ref: str) -> Question:
    told = {"asks_talk_id": talk.id} if talk else {"asks_event": True, "asks_room_id": room.id if room else None}
    post = incoming(f"What of {ref}?", ref=ref, by=f"a{ref}", source="floor", device=f"d{ref}", **told)
    post_id = (await doors.do(receive, event.id, post, at=NOON)).post_id
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    question = await doors.do(make_question, post_id, by=ASHA, at=NOON)
    assert isinstance(question, Question)
    return question


@pytest.fixture
async def halls(doors: Backchannel, event: Event) -> tuple[Room, Room]:
    """Two rooms with a talk each at noon, and one after it."""
    for room in ("Lifeboat Hall", "Lighthouse Room"):
        await make_talk(doors, event, room)
        await make_talk(doors, event, room, begins=0.75)
    await doors.do(move_programme_on, event.id, at=NOON)
    return await fresh(doors, event)


async def fresh(doors: Backchannel, event: Event) -> tuple[Room, Room]:
    one, other = await doors.ask(rooms, event.id)
    return one, other


async def test_one_room_is_none_to_be_told_apart(doors: Backchannel, event: Event) -> None:
    await make_talk(doors, event, "Lifeboat Hall")
    await make_talk(doors, event, "", begins=2)
    assert await doors.ask(rooms, event.id) == []
    assert await doors.ask(room_at, event.id, "lifeboat-hall") is None
    await make_talk(doors, event, "lifeboat  hall", begins=3)
    assert await doors.ask(rooms, event.id) == []
    await make_talk(doors, event, "Lighthouse Room", begins=3)
    assert [room.key for room in await doors.ask(rooms, event.id)] == ["lifeboat-hall", "lighthouse-room"]


async def test_each_room_has_its_own_talk_its_own_questions_and_its_own_stage(
    doors: Backchannel, event: Event, halls: tuple[Room, Room]
) -> None:
    one, other = halls
    talks = [await doors.ask(talk_now, event, room.id) for room in halls]
    assert [talk.room for talk in talks if talk] == [one.name, other.name]
    mine, theirs = [await asked(doors, event, room, talk, room.key) for room, talk in zip(halls, talks, strict=True)]
    between = await asked(doors, event, other, None, "between")
    nobody = await asked(doors, event, None, None, "nobody")
    event = await doors.ask(lambda db: db.get_one(Event, event.id))
    assert await doors.ask(ranked_ids, event, OPEN, 9, one.id) == [mine.id]
    assert await doors.ask(ranked_ids, event, OPEN, 9, other.id) == [theirs.id, between.id]
    assert await doors.ask(ranked_ids, event, OPEN, 9) == [mine.id, theirs.id, between.id, nobody.id]
    for question in (mine, theirs):
        await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    found = [await doors.ask(on_stage, event, room.id) for room in halls]
    assert [card.id for card in found if card] == [mine.id, theirs.id]
    # The next talks begin: what was asked before is among the others of its own room only.
    await doors.do(move_programme_on, event.id, at=NOON + 0.8 * HOUR)
    event = await doors.ask(lambda db: db.get_one(Event, event.id))
    assert [await doors.ask(on_stage, event, room.id) for room in halls] == [None, None]
    assert [await doors.ask(ranked_ids, event, OPEN, 9, room.id) for room in halls] == [[], [between.id]]
    assert [await doors.ask(open_elsewhere, event, 9, room.id) for room in halls] == [[mine.id], [theirs.id]]


async def test_what_nobody_asked_in_a_room_is_given_to_one_and_that_is_taken_back(
    doors: Backchannel, event: Event, halls: tuple[Room, Room]
) -> None:
    one, other = halls
    question = await asked(doors, event, None, None, "nobody")
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    given = await doors.do(give_to_room, question.id, other.id, by=ASHA, at=NOON)
    assert (given.room_id, given.talk_id, given.state) == (other.id, other.current_talk_id, QuestionState.OPEN)
    assert [await doors.ask(ranked_ids, event, OPEN, 9, room.id) for room in halls] == [[], [question.id]]
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert [await doors.ask(ranked_ids, event, OPEN, 9, room.id) for room in halls] == [[], []]
    with pytest.raises(Refused):
        await doors.do(give_to_room, question.id, one.id + 99, by=ASHA, at=NOON)


async def test_a_talk_without_a_room_is_in_all_of_them(
    doors: Backchannel, event: Event, halls: tuple[Room, Room]
) -> None:
    plenary = await make_talk(doors, event, "", begins=3)
    await doors.do(move_programme_on, event.id, at=NOON + 3.1 * HOUR)
    assert {room.current_talk_id for room in await fresh(doors, event)} == {plenary.id}
    question = await asked(doors, event, None, plenary, "all")
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON + 3.1 * HOUR)
    event = await doors.ask(lambda db: db.get_one(Event, event.id))
    assert {card.id for room in halls for card in await doors.ask(all_on_stage, event, room.id)} == {question.id}


async def test_at_a_rooms_desk_waits_what_is_asked_there_or_nowhere(
    doors: Backchannel, event: Event, halls: tuple[Room, Room]
) -> None:
    ids = {}
    for name, room in (("one", halls[0]), ("other", halls[1]), ("none", None)):
        post = incoming(f"Is it {name}?", ref=name, source="floor", asks_event=True, asks_room_id=room and room.id)
        ids[name] = (await doors.do(receive, event.id, post, at=NOON)).post_id
    seen = [set(await doors.ask(lambda db, room=room: queue_ids(db, event, 9, room_id=room.id))) for room in halls]
    assert seen == [{ids["one"], ids["none"]}, {ids["other"], ids["none"]}]
    assert set(await doors.ask(queue_ids, event, 9)) == set(ids.values())


async def test_a_key_stays_when_a_room_is_called_otherwise_and_none_has_anothers_talks(
    doors: Backchannel, event: Event, halls: tuple[Room, Room]
) -> None:
    def rename(db, old: str, new: str, *, at: object) -> None:  # type: ignore[no-untyped-def]
        for talk in db.exec(select(Talk).where(Talk.room == old)):
            talk.room = new
        keep_rooms(db, event.id)

    await doors.do(rename, "Lifeboat Hall", "Great Hall", at=NOON)
    assert [(room.key, room.name) for room in await doors.ask(rooms, event.id)] == [
        ("lifeboat-hall", "Great Hall"), ("lighthouse-room", "Lighthouse Room"),
    ]  # fmt: skip
    # One that nothing is in any more shows nothing, not what the others do.
    await make_talk(doors, event, "Boathouse")
    for talk in await doors.ask(lambda db: db.exec(select(Talk).where(Talk.room == "Lighthouse Room")).all()):
        await doors.do(remove_talk, event.id, talk.id, at=NOON)
    left = await doors.ask(room_at, event.id, "lighthouse-room")
    assert left is not None
    assert (await doors.ask(whereabouts, event, left.id)).listed == {0}
