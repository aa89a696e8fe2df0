"""Questions that ask the same are asked together: one stands for all, and each asker is told how it fares."""

import pytest
from sqlmodel import Session

from app.actions.events import Refused
from app.actions.merged_questions import merge_question
from app.actions.questions import NoSuchQuestion, bring_on_stage, dismiss, make_question, mark_answered
from app.actions.undo import undo_last, undo_merge
from app.actions.verdicts import reject
from app.actions.votes import vote
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.queries.change_log import news
from app.queries.merged_questions import AskedTogether, asked_together
from app.queries.questions import QuestionCard, open_elsewhere, question_by_id, question_cards, ranked_ids
from app.queries.similar_questions import may_ask_the_same
from tests.actions.desk import Desk
from tests.actions.test_rooms import asked as asked_in
from tests.actions.test_rooms import halls
from tests.conftest import NOON

__all__ = ["halls"]
WORDS = (
    "How much does the ward at home cost for each patient?",
    "What is the cost of the ward at home for a patient?",
    "Will you publish the slides?",
    "Where do carers find somebody at night?",
)


async def asked(desk: Desk, *words: str) -> list[int]:
    made = [await desk.doors.do(make_question, await desk.arrives(one), by=desk.asha, at=NOON) for one in words]
    return [one.id for one in made if isinstance(one, Question)]


async def state(desk: Desk, question_id: int) -> QuestionState:
    question = await desk.doors.ask(question_by_id, question_id)
    assert question is not None
    return question.state


async def listed(desk: Desk) -> list[QuestionCard]:
    def look(db: Session) -> list[QuestionCard]:
        ids = ranked_ids(db, db.get_one(Event, desk.event.id), (QuestionState.OPEN,), 50)
        cards = question_cards(db, ids)
        return [cards[one] for one in ids]

    return await desk.doors.ask(look)


async def fares(desk: Desk, *ids: int) -> dict[int, AskedTogether]:
    def look(db: Session) -> dict[int, AskedTogether]:
        return dict(asked_together(db, [db.get_one(Question, one) for one in ids]))

    return await desk.doors.ask(look)


async def test_one_stands_for_both_and_each_asker_is_told_so(desk: Desk) -> None:
    one, other, third, _ = await asked(desk, *WORDS)
    before = (await desk.doors.ask(news, desk.event.id, 0)).cursor
    for question_id in (one, third):
        await desk.doors.do(merge_question, question_id, other, by=desk.asha, at=NOON)
    told = (await desk.doors.ask(news, desk.event.id, before)).lines
    assert told is not None
    assert told.of(Subject.QUESTION) == {one, other, third}
    cards = await listed(desk)
    assert (cards[0].id, len(cards[0].others), cards[0].askers) == (other, 2, 3)
    assert len(cards) == 2
    assert {key: (fare.lead.id, fare.others) for key, fare in (await fares(desk, one, other, third)).items()} == {
        one: (other, 2),
        other: (other, 2),
        third: (other, 2),
    }
    assert await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert set(await fares(desk, one, other, third)) == {one, other}
    assert (await fares(desk, one))[one].others == 1


async def test_what_is_done_to_one_of_them_is_done_to_the_one_that_everybody_sees(desk: Desk) -> None:
    one, other, *_ = await asked(desk, *WORDS)
    await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    assert (await desk.doors.do(vote, one, "a phone with an old page", at=NOON)).id == other
    assert [card.question.votes for card in await listed(desk) if card.id == other] == [1]
    await desk.doors.do(bring_on_stage, one, by=desk.asha, at=NOON)
    assert [await state(desk, each) for each in (one, other)] == [QuestionState.OPEN, QuestionState.ON_STAGE]
    await desk.doors.do(mark_answered, one, by=desk.asha, at=NOON)
    with pytest.raises(NoSuchQuestion):
        await desk.doors.do(vote, one, "too late", at=NOON)
    assert one not in {card.id for card in await listed(desk)}, "answered with the other one"
    await desk.doors.do(undo_merge, one, by=desk.asha, at=NOON)
    assert one in {card.id for card in await listed(desk)}, "it was another question, which nobody answered"


async def test_what_is_on_stage_stands_for_the_other(desk: Desk) -> None:
    one, other, third, _ = await asked(desk, *WORDS)
    await desk.doors.do(bring_on_stage, one, by=desk.asha, at=NOON)
    lead = await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    assert (lead.id, lead.state) == (one, QuestionState.ON_STAGE)
    assert (await desk.doors.do(merge_question, other, third, by=desk.asha, at=NOON)).id == one
    assert len(await fares(desk, third)) == 1


async def test_who_is_merged_with_a_question_that_goes_is_heard_all_the_same(desk: Desk) -> None:
    one, other, *_ = await asked(desk, *WORDS)
    await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    question = await desk.doors.ask(question_by_id, other)
    assert question is not None
    await desk.doors.do(reject, question.post_id, by=desk.asha, at=NOON)
    assert one in {card.id for card in await listed(desk)}
    assert await fares(desk, one) == {}
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert one not in {card.id for card in await listed(desk)}


async def test_taking_apart_gives_back_what_came_along(desk: Desk) -> None:
    one, other, third, fourth = await asked(desk, *WORDS)
    await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    await desk.doors.do(merge_question, other, third, by=desk.asha, at=NOON)
    await desk.doors.do(dismiss, fourth, by=desk.ben, at=NOON)
    await desk.doors.do(undo_merge, other, by=desk.ben, at=NOON)
    assert {card.id: len(card.others) for card in await listed(desk)} == {other: 1, third: 0}
    await desk.doors.do(undo_merge, one, by=desk.ben, at=NOON)
    assert {card.id: len(card.others) for card in await listed(desk)} == {one: 0, other: 0, third: 0}


async def test_the_same_twice_changes_nothing(desk: Desk) -> None:
    one, other, *_ = await asked(desk, *WORDS)
    for pair in ((one, other), (one, other), (other, one), (one, one)):
        assert (await desk.doors.do(merge_question, *pair, by=desk.asha, at=NOON)).id == other
    assert len((await listed(desk))[0].others) == 1


async def test_two_halls_are_not_asked_together(desk: Desk, halls: tuple) -> None:  # type: ignore[type-arg]
    rooms = [await asked_in(desk.doors, desk.event, room, None, f"in {room.key}") for room in halls]
    with pytest.raises(Refused, match="different rooms"):
        await desk.doors.do(merge_question, rooms[0].id, rooms[1].id, by=desk.asha, at=NOON)


async def test_what_asks_something_alike_is_offered_first(desk: Desk) -> None:
    one, other, third, fourth = await asked(desk, *WORDS)
    for device in ("a", "b"):
        await desk.doors.do(vote, fourth, device, at=NOON)

    def look(db: Session) -> list[tuple[int, bool]]:
        found = may_ask_the_same(db, db.get_one(Event, desk.event.id), one)
        return [(each.card.id, each.likeness > 0) for each in found]

    assert await desk.doors.ask(look) == [(other, True), (fourth, False), (third, False)]


async def test_one_that_stands_under_another_is_on_no_list(desk: Desk) -> None:
    one, other, *_ = await asked(desk, *WORDS)
    await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    elsewhere = await desk.doors.ask(lambda db: open_elsewhere(db, db.get_one(Event, desk.event.id), 50))
    assert one not in {*elsewhere, *(card.id for card in await listed(desk))}
