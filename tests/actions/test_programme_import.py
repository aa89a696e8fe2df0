"""An import updates the programme in place: questions keep their talk, whatever is imported in whatever order."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app.actions.programme_import import foresee_import, import_programme
from app.actions.questions import make_question
from app.actions.talks import add_talk
from app.actions.verdicts import approve
from app.domain.programme_matching import PlannedTalk, Programme
from app.domain.question import Question
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.change_log import news
from app.queries.programme import all_talks
from tests.actions.desk import Desk
from tests.conftest import NOON


def plan(
    title: str, *, key: str = "", hour: int = 1, room: str = "Hall", speakers: tuple[str, ...] = (), lasts: int = 45
) -> PlannedTalk:
    starts_at = NOON + timedelta(hours=hour)
    return PlannedTalk(key, title, starts_at, starts_at + timedelta(minutes=lasts), room, speakers)


def programme(*talks: PlannedTalk) -> Programme:
    return Programme("test", "Europe/London", talks)


async def put(desk: Desk, *talks: PlannedTalk, **more: Any) -> Any:
    return await desk.doors.do(import_programme, desk.event.id, programme(*talks), at=NOON, **more)


async def talks(desk: Desk) -> list[Talk]:
    return await desk.doors.ask(all_talks, desk.event.id)


async def asked(desk: Desk, talk: Talk) -> int:
    """A question for this talk."""

    def assign(db: Session, question_id: int) -> None:
        db.get_one(Question, question_id).talk_id = talk.id

    post_id = await desk.arrives(f"Who pays for night {talk.id}?", ref=f"q{talk.id}-{talk.starts_at}")
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    question = await desk.doors.do(make_question, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(assign, question.id)
    return int(question.id)


async def talk_of(desk: Desk, question_id: int) -> Talk | None:
    def look(db: Session) -> Talk | None:
        talk_id = db.get_one(Question, question_id).talk_id
        return db.get(Talk, talk_id) if talk_id else None

    return await desk.doors.ask(look)


async def test_a_talk_that_is_moved_is_one_talk_with_its_questions(desk: Desk) -> None:
    await put(desk, plan("Knots", key="id:1"))
    before = (await talks(desk))[-1]
    question = await asked(desk, before)
    done = await put(desk, plan("Knots", key="id:1", hour=5, room="Room 2"))
    assert [(old.id, new.room) for old, new in done.changes.moved] == [(before.id, "Room 2")]
    after = await talk_of(desk, question)
    assert after is not None
    assert (after.id, after.room, after.starts_at) == (before.id, "Room 2", NOON + timedelta(hours=5))


async def test_what_a_hand_typed_stays_and_is_found_again_by_title_or_slot(desk: Desk) -> None:
    ends_at = NOON + timedelta(hours=2)
    starts_at = NOON + timedelta(hours=1)
    typed = await desk.doors.do(
        add_talk, desk.event.id, title="Knots", room="Hall", starts_at=starts_at, ends_at=ends_at, at=NOON
    )
    done = await put(desk, plan("KNOTS!", key="id:1", hour=1))
    assert [old.id for old, _ in done.changes.changed] == [typed.id]
    await put(desk, plan("Ropes", key="id:2", hour=7))
    assert [talk.title for talk in await talks(desk) if talk.key] == ["Ropes"]


async def test_two_talks_of_one_title_do_not_change_places(desk: Desk) -> None:
    await put(desk, plan("Workshop", hour=1), plan("Workshop", hour=2, room="B"))
    one, two = (await talks(desk))[-2:]
    await put(desk, plan("Workshop", hour=2, room="B"), plan("Workshop", hour=1))
    assert [(talk.id, talk.room) for talk in (await talks(desk))[-2:]] == [(one.id, "Hall"), (two.id, "B")]


async def test_a_talk_that_questions_belong_to_goes_only_when_told_so(desk: Desk) -> None:
    await put(desk, plan("Knots", key="id:1"), plan("Ropes", key="id:2", hour=3))
    question = await asked(desk, next(talk for talk in await talks(desk) if talk.key == "id:1"))
    done = await put(desk)
    assert [talk.key for talk in done.kept] == ["id:1"]
    assert [talk.key for talk in await talks(desk) if talk.key] == ["id:1"]
    await put(desk, remove_used=True)
    assert [talk.key for talk in await talks(desk) if talk.key] == []
    assert await talk_of(desk, question) is None


async def test_screens_are_told_of_what_changed_and_of_nothing_else(desk: Desk) -> None:
    await put(desk, plan("Knots", key="id:1"), plan("Ropes", key="id:2", hour=3))
    cursor = (await desk.doors.ask(news, desk.event.id, 0)).cursor
    await put(desk, plan("Knots", key="id:1"), plan("Ropes and more", key="id:2", hour=3))
    told = (await desk.doors.ask(news, desk.event.id, cursor)).lines
    assert told is not None
    assert len(told.of(Subject.TALK)) == 1


TALK = st.builds(
    plan,
    st.sampled_from(["Knots", "Ropes", "Sails", "Tea"]),
    key=st.sampled_from(["", "id:1", "id:2", "id:3"]),
    hour=st.integers(1, 4),
    room=st.sampled_from(["Hall", "B"]),
    speakers=st.sampled_from([(), ("Nia Rees",), ("Omar Said", "Nia Rees")]),
)


def _keys_once(talks: list[PlannedTalk]) -> list[PlannedTalk]:
    """As every reader gives them: each key once."""
    seen: set[str] = set()
    kept = []
    for number, talk in enumerate(talks):
        key = talk.key if talk.key and talk.key not in seen else f"title:{talk.title}#{number}"
        seen.add(key)
        kept.append(PlannedTalk(key, *(getattr(talk, name) for name in PlannedTalk.__slots__[1:])))
    return kept


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions=st.lists(st.lists(TALK, max_size=5).map(_keys_once), min_size=1, max_size=4))
async def test_importing_twice_is_importing_once_and_questions_keep_their_talk(
    desk: Desk, versions: list[list[PlannedTalk]]
) -> None:
    asked_of: dict[int, int] = {}
    for version in versions:
        await put(desk, *version)
        once = [talk.model_dump() for talk in await talks(desk)]
        again = await desk.doors.ask(foresee_import, desk.event.id, programme(*version))
        assert again.changes.added == again.changes.changed == again.changes.moved == ()
        held, gone = ([talk.id for talk in some] for some in (again.kept, again.changes.removed))
        assert held == gone, "only what questions hold is still there"
        await put(desk, *version)
        assert [talk.model_dump() for talk in await talks(desk)] == once
        for question, talk_id in asked_of.items():
            kept = await talk_of(desk, question)
            assert kept is not None
            assert kept.id == talk_id
        present = [talk for talk in await talks(desk) if talk.key and talk.id not in asked_of.values()]
        if present:
            asked_of[await asked(desk, present[0])] = present[0].id


RUDE = "Fuck off, you wankers"
FOUND = [
    {"title": RUDE},
    {"title": "Call me on 07700 900123"},
    {"title": "A talk", "room": RUDE},
    {"title": "A talk", "speakers": ("Nia Rees", "Prof Wanker McFuckface")},
]
FINE = (
    "Suicide prevention on night wards",
    "Are we failing our patients?",
    "Sexual health in care homes",
    "Dying well",
)


@pytest.mark.parametrize("facts", FOUND)
async def test_words_of_a_file_that_a_post_would_be_held_for_are_pointed_out(desk: Desk, facts: dict[str, Any]) -> None:
    file = programme(plan("A word of welcome"), plan(**{"hour": 2, **facts}))
    [doubt] = (await desk.doors.ask(foresee_import, desk.event.id, file)).doubtful
    assert doubt.plan is file.talks[1]
    assert str(doubt.why).startswith(f"“{facts['title']}”: ")
    # Where nobody has looked, it stays away; who has looked puts it in place.
    await put(desk, *file.talks, read=())
    assert [talk.title for talk in await talks(desk)] == ["A word of welcome"]
    await put(desk, *file.talks, read=(doubt.plan.key,))
    assert len(await talks(desk)) == 2


async def test_a_talk_that_nobody_has_looked_at_keeps_the_words_that_were(desk: Desk) -> None:
    await put(desk, plan("A word of welcome", key="1"))
    await put(desk, plan(RUDE, key="1"), read=())
    assert [talk.title for talk in await talks(desk)] == ["A word of welcome"]


@pytest.mark.parametrize("title", FINE)
async def test_a_talk_may_be_about_what_a_post_must_not_say_of_somebody(desk: Desk, title: str) -> None:
    assert (await desk.doors.ask(foresee_import, desk.event.id, programme(plan(title)))).doubtful == ()
