"""Making a question of a post that waits is one act: approved with it, and undone with it."""

from collections.abc import Awaitable, Callable

import pytest

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.questions import bring_on_stage, make_question
from app.actions.undo import undo_last, undo_on, undo_picked, undo_question
from app.actions.verdicts import Seen, Settled, approve, reject
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.posts import decisions_on, post_by_id
from app.queries.questions import question_by_id
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming

BEN = Actor(label="Ben")
Undo = Callable[[Backchannel, Question], Awaitable[object]]


async def waits(doors: Backchannel, event: Event, text: str = "How do you keep people safe?", **facts: object) -> int:
    return (await doors.do(receive, event.id, incoming(text, **facts), at=NOON)).post_id


async def made(doors: Backchannel, post_id: int) -> Question:
    question = await doors.do(make_question, post_id, by=ASHA, at=NOON)
    assert isinstance(question, Question)
    return question


async def stands(doors: Backchannel, question: Question) -> tuple[Verdict, QuestionState]:
    post, now = await doors.ask(post_by_id, question.post_id), await doors.ask(question_by_id, question.id)
    assert post is not None
    assert now is not None
    return post.verdict, now.state


async def last_id(doors: Backchannel, subject: Subject, subject_id: int) -> int:
    return (await doors.ask(decisions_on, subject, subject_id))[-1].id


async def by_z(doors: Backchannel, question: Question) -> object:
    return await doors.do(undo_last, question.event_id, by=ASHA, at=NOON)


async def by_taking_the_approval_back(doors: Backchannel, question: Question) -> object:
    return await doors.do(undo_on, question.event_id, Subject.POST, question.post_id, "approved", by=BEN, at=NOON)


async def by_taking_the_question_back(doors: Backchannel, question: Question) -> object:
    return await doors.do(undo_question, question.post_id, by=BEN, at=NOON)


async def by_the_entry_of_the_question(doors: Backchannel, question: Question) -> object:
    entry = await last_id(doors, Subject.QUESTION, question.id)
    return await doors.do(undo_picked, entry, by=BEN, at=NOON)


async def by_the_entry_of_the_approval(doors: Backchannel, question: Question) -> object:
    entry = await last_id(doors, Subject.POST, question.post_id)
    return await doors.do(undo_picked, entry, by=BEN, at=NOON)


EVERY_UNDO = [
    by_z,
    by_taking_the_approval_back,
    by_taking_the_question_back,
    by_the_entry_of_the_question,
    by_the_entry_of_the_approval,
]


@pytest.mark.parametrize("undo", EVERY_UNDO)
async def test_whichever_half_is_undone_the_post_waits_and_is_no_question(
    doors: Backchannel, event: Event, undo: Undo
) -> None:
    question = await made(doors, await waits(doors, event))
    assert await stands(doors, question) == (Verdict.APPROVED, QuestionState.OPEN)
    assert await undo(doors, question)
    assert await stands(doors, question) == (Verdict.HELD, QuestionState.TAKEN_BACK)
    assert await doors.do(undo_last, event.id, by=ASHA, at=NOON) is None


async def test_a_post_that_was_approved_before_stays_approved(doors: Backchannel, event: Event) -> None:
    post_id = await waits(doors, event)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    question = await made(doors, post_id)
    await by_z(doors, question)
    assert await stands(doors, question) == (Verdict.APPROVED, QuestionState.TAKEN_BACK)


async def test_one_that_asks_the_speakers_is_a_question_again_when_it_is_approved_again(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    post_id = await waits(doors, event, source="floor", asks_talk_id=talk.id)
    question = await made(doors, post_id)
    await by_z(doors, question)
    assert (await stands(doors, question))[0] is Verdict.HELD
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    assert await stands(doors, question) == (Verdict.APPROVED, QuestionState.OPEN)


async def test_a_post_is_taken_down_although_its_question_is_on_stage(doors: Backchannel, event: Event) -> None:
    question = await made(doors, await waits(doors, event))
    await doors.do(bring_on_stage, question.id, by=BEN, at=NOON)
    assert await by_taking_the_approval_back(doors, question)
    assert await stands(doors, question) == (Verdict.HELD, QuestionState.ON_STAGE)


async def test_a_question_that_moved_on_leaves_its_post_where_it_is(doors: Backchannel, event: Event) -> None:
    question = await made(doors, await waits(doors, event))
    await doors.do(bring_on_stage, question.id, by=BEN, at=NOON)
    await by_taking_the_question_back(doors, question)
    assert await stands(doors, question) == (Verdict.APPROVED, QuestionState.TAKEN_BACK)


@pytest.mark.parametrize("seen", [Seen(Verdict.HELD, 0), Seen(Verdict.APPROVED, 0)])
async def test_what_somebody_rejected_or_its_author_edited_becomes_no_question(
    doors: Backchannel, event: Event, seen: Seen
) -> None:
    rejected = await waits(doors, event)
    await doors.do(reject, rejected, by=BEN, at=NOON)
    edited = await waits(doors, event, "Why are the lights off?", ref="2")
    await doors.do(receive, event.id, incoming("Why is the heating off?", ref="2", version=1), at=NOON)
    await doors.do(approve, edited, by=BEN, at=NOON)
    for post_id in (rejected, edited):
        stopped = await doors.do(make_question, post_id, by=ASHA, at=NOON, seen=seen)
        assert isinstance(stopped, Settled)
        assert stopped.other is not None
        assert stopped.other.by == "Ben"


async def test_personal_data_needs_a_second_person_for_a_question_too(doors: Backchannel, event: Event) -> None:
    await doors.do(change_policy, event.id, Policy(second_person=True), at=NOON)
    post_id = await waits(doors, event, "Could the panel ring me back on 07700 900123?")
    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON)
    first = await doors.do(make_question, post_id, by=Actor("Asha", link.access.id), at=NOON)
    assert isinstance(first, Settled)
    assert first.agreed == "first"
    assert isinstance(await doors.do(make_question, post_id, by=BEN, at=NOON), Question)
