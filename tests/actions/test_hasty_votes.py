"""Votes in bursts: shown, left out, counted again, and their address forgotten. On both stores."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.hasty_votes import forget_origins, leave_hasty_votes_out
from app.actions.questions import make_question
from app.actions.undo import undo_last
from app.actions.votes import publish_vote_totals, take_vote_back, vote
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.question import Question, Vote
from app.domain.subject import Subject
from app.domain.vote_bursts import MANY, ORIGINS_KEPT
from app.queries.change_log import news
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]


@pytest.fixture
async def question(doors: Backchannel, event: Event) -> Question:
    post_id = (await doors.do(receive, event.id, incoming(), at=NOON)).post_id
    made = await doors.do(make_question, post_id, by=ASHA, at=NOON)
    assert isinstance(made, Question)
    for number in range(30):
        await doors.do(vote, made.id, f"hasty {number}", at=NOON + timedelta(seconds=number / 10), origin="one")
    for number in range(5):
        await doors.do(vote, made.id, f"calm {number}", at=NOON, origin=f"home {number}")
    await doors.do(publish_vote_totals, event.id, at=NOON + timedelta(seconds=4))
    return made


async def stands(doors: Backchannel, question: Question) -> tuple[int, int, int]:
    now = await doors.ask(lambda db: db.get_one(Question, question.id))
    return now.votes, now.hasty, now.hastiest


async def test_they_are_left_out_and_counted_again(doors: Backchannel, event: Event, question: Question) -> None:
    assert await stands(doors, question) == (35, 30, 30)
    before = (await doors.ask(news, event.id, 0)).cursor
    assert await doors.do(leave_hasty_votes_out, question.id, by=ASHA, at=NOON)
    assert await stands(doors, question) == (5, 0, 30)
    told = (await doors.ask(news, event.id, before)).lines
    assert told is not None
    assert told.of(Subject.QUESTION) == {question.id}
    assert await doors.do(leave_hasty_votes_out, question.id, by=ASHA, at=NOON) is None
    assert await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert await stands(doors, question) == (35, 30, 30)
    assert await doors.do(undo_last, event.id, by=Actor("Ben"), at=NOON) is None


async def test_whoever_takes_one_of_them_back_takes_it_once(
    doors: Backchannel, event: Event, question: Question
) -> None:
    await doors.do(take_vote_back, question.id, "hasty 3", at=NOON)
    assert await stands(doors, question) == (34, 29, 30)
    await doors.do(leave_hasty_votes_out, question.id, by=ASHA, at=NOON)
    await doors.do(take_vote_back, question.id, "hasty 4", at=NOON)
    await doors.do(vote, question.id, "hasty 5", at=NOON, origin="one")
    assert await stands(doors, question) == (5, 0, 30)
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert await stands(doors, question) == (33, 28, 30)


async def test_nobody_is_stopped_who_comes_from_there(doors: Backchannel, event: Event, question: Question) -> None:
    await doors.do(leave_hasty_votes_out, question.id, by=ASHA, at=NOON)
    late = NOON + timedelta(minutes=5)
    for number in range(MANY - 1):
        await doors.do(vote, question.id, f"late {number}", at=late, origin="one")
    await doors.do(publish_vote_totals, event.id, at=late)
    assert await stands(doors, question) == (5 + MANY - 1, 0, 30)


async def test_an_address_is_known_for_a_minute_only(doors: Backchannel, event: Event, question: Question) -> None:
    def known(db: Session) -> int:
        return len(db.exec(select(Vote).where(Vote.origin != "")).all())

    await doors.do(forget_origins, at=NOON + ORIGINS_KEPT - timedelta(seconds=1))
    assert await doors.ask(known) == 35
    await doors.do(forget_origins, at=NOON + ORIGINS_KEPT + timedelta(seconds=5))
    assert await doors.ask(known) == 0
    assert (await stands(doors, question))[1] == 30


async def test_bursts_that_were_left_out_say_nothing_of_those_that_come_after(
    doors: Backchannel, event: Event, question: Question
) -> None:
    await doors.do(leave_hasty_votes_out, question.id, by=ASHA, at=NOON)
    late = NOON + timedelta(minutes=5)
    for address in ("two", "three"):
        for number in range(MANY):
            await doors.do(vote, question.id, f"{address} {number}", at=late, origin=address)
    await doors.do(publish_vote_totals, event.id, at=late)
    assert await stands(doors, question) == (5 + 2 * MANY, 2 * MANY, MANY)


async def test_a_burst_that_goes_on_after_it_was_left_out_is_pointed_out(
    doors: Backchannel, event: Event, question: Question
) -> None:
    at = NOON + timedelta(seconds=5)
    await doors.do(leave_hasty_votes_out, question.id, by=ASHA, at=at)
    for number in range(3):
        await doors.do(vote, question.id, f"more {number}", at=at, origin="one")
    await doors.do(publish_vote_totals, event.id, at=at)
    assert await stands(doors, question) == (8, 3, 3)
