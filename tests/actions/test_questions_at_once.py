"""Two moderators make one post a question at the same moment: there is one, and nobody presses again. On both stores."""

import asyncio

import pytest

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.actions.verdicts import Seen, approve, reject
from app.bus.memory import MemoryBus
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.verdict import Verdict
from app.queries.questions import question_by_id
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

PEOPLE = [Actor(f"Moderator {n}") for n in range(6)]
HELD = Seen(Verdict.HELD, 0)


async def test_whoever_presses_is_told_that_it_is_one(store: str, doors: Backchannel, event: Event) -> None:
    other = Backchannel(store, MemoryBus())
    try:
        for number in range(8):
            post = incoming(f"How do you keep number {number} safe?", ref=str(number), by=f"a{number}")
            post_id = (await doors.do(receive, event.id, post, at=NOON)).post_id
            both = zip((doors, other) * 3, PEOPLE, strict=True)
            made = await asyncio.gather(
                *(one.do(make_question, post_id, by=by, at=NOON, seen=HELD) for one, by in both)
            )
            assert [type(one) for one in made] == [Question] * len(PEOPLE)
            assert len({one.id for one in made if isinstance(one, Question)}) == 1
            stands = await doors.ask(question_by_id, made[0].id)  # type: ignore[union-attr]
            assert stands is not None
            assert stands.state is QuestionState.OPEN
    finally:
        await other.close()


@pytest.mark.parametrize("asked", [True, False])
async def test_who_comes_after_an_approval_makes_it_one_and_after_a_rejection_does_not(
    doors: Backchannel, event: Event, *, asked: bool
) -> None:
    post_id = (await doors.do(receive, event.id, incoming(), at=NOON)).post_id
    await doors.do(approve if asked else reject, post_id, by=PEOPLE[0], at=NOON)
    made = await doors.do(make_question, post_id, by=PEOPLE[1], at=NOON, seen=HELD)
    assert isinstance(made, Question) is asked
