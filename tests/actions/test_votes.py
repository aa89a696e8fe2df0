"""Votes: one for each device, and what is taken back is taken back once."""

import pytest

from app.actions.questions import NoSuchQuestion, dismiss, make_question
from app.actions.verdicts import reject
from app.actions.votes import publish_vote_totals, take_vote_back, vote
from app.domain.question import Question
from app.queries.questions import question_by_id
from tests.actions.desk import Desk
from tests.conftest import NOON


async def asked(desk: Desk) -> int:
    made = await desk.doors.do(make_question, await desk.arrives(), by=desk.asha, at=NOON)
    assert isinstance(made, Question)
    return made.id


async def votes(desk: Desk, question_id: int) -> int:
    question = await desk.doors.ask(question_by_id, question_id)
    assert question is not None
    return question.votes


async def test_a_device_counts_once_however_often_it_votes(desk: Desk) -> None:
    question_id = await asked(desk)
    for device in ("one", "two", "one", "one"):
        await desk.doors.do(vote, question_id, device, at=NOON)
    assert await votes(desk, question_id) == 2


async def test_a_vote_that_is_taken_back_twice_is_taken_back_once(desk: Desk) -> None:
    question_id = await asked(desk)
    for device in ("one", "two"):
        await desk.doors.do(vote, question_id, device, at=NOON)
    for device in ("one", "one", "never voted"):
        await desk.doors.do(take_vote_back, question_id, device, at=NOON)
    assert await votes(desk, question_id) == 1
    await desk.doors.do(vote, question_id, "one", at=NOON)
    assert await votes(desk, question_id) == 2


async def test_what_votes_come_to_is_told_once(desk: Desk) -> None:
    question_id = await asked(desk)
    for device in ("one", "two"):
        await desk.doors.do(vote, question_id, device, at=NOON)
    assert [await desk.doors.do(publish_vote_totals, desk.event.id, at=NOON) for _ in range(2)] == [1, 0]


async def test_a_question_that_is_not_to_be_seen_or_was_dismissed_takes_no_votes(desk: Desk) -> None:
    hidden, dismissed = await asked(desk), await asked(desk)
    question = await desk.doors.ask(question_by_id, hidden)
    assert question is not None
    await desk.doors.do(reject, question.post_id, by=desk.asha, at=NOON)
    await desk.doors.do(dismiss, dismissed, by=desk.asha, at=NOON)
    for question_id in (hidden, dismissed):
        with pytest.raises(NoSuchQuestion):
            await desk.doors.do(vote, question_id, "one", at=NOON)
        assert await votes(desk, question_id) == 0
