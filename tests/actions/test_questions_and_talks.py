"""Questions find their talk: between talks they are the Event's, at a talk's end the stage is cleared."""

from datetime import timedelta

import pytest

from app.actions.arrivals import receive
from app.actions.current_talk import move_programme_on
from app.actions.microphone import ask_aloud
from app.actions.questions import bring_on_stage, make_question, mark_answered, reopen
from app.actions.talks import add_talk, remove_talk
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.posts import decisions_on
from app.queries.questions import on_stage, open_elsewhere, question_by_id, questions_of_posts, ranked_ids, talks_over
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming

OPEN = (QuestionState.OPEN,)
NEXT = NOON + timedelta(minutes=40)
END = NOON + timedelta(minutes=36)


async def now(doors: Backchannel, event: Event) -> Event:
    return await doors.ask(lambda db: db.get_one(Event, event.id))


async def asked(doors: Backchannel, event: Event, ref: str = "1", talk: Talk | None = None) -> Question:
    told = {"asks_talk_id": talk.id} if talk else {"asks_event": True}
    words = f"How do you keep number {ref} safe?"
    post = incoming(words, ref=ref, by=f"a{ref}", source="floor", device=f"d{ref}", **told)
    post_id = (await doors.do(receive, event.id, post, at=NOON)).post_id
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    [question_id] = await doors.ask(questions_of_posts, [post_id])
    found = await doors.ask(question_by_id, question_id)
    assert found is not None
    return found


@pytest.fixture
async def later(doors: Backchannel, event: Event, talk: Talk) -> Talk:
    return await doors.do(
        add_talk, event.id, title="Later", starts_at=NEXT, ends_at=NEXT + timedelta(minutes=30), at=NOON
    )


async def lists(doors: Backchannel, event: Event) -> tuple[list[int], list[int]]:
    """What stands on the list of questions, and among those of other talks."""
    current = await now(doors, event)
    return await doors.ask(ranked_ids, current, OPEN, 60), await doors.ask(open_elsewhere, current, 60)


async def test_asked_between_talks_it_is_a_question_of_the_event_on_all_lists(doors: Backchannel, event: Event) -> None:
    question = await asked(doors, event)
    assert (question.talk_id, question.state) == (None, QuestionState.OPEN)
    assert await lists(doors, event) == ([question.id], [])
    talk = await doors.do(add_talk, event.id, title="A", starts_at=NOON, ends_at=END, at=NOON)
    await doors.do(move_programme_on, event.id, at=NOON)
    assert (await now(doors, event)).current_talk_id == talk.id
    assert await lists(doors, event) == ([question.id], [])


async def test_approved_while_a_talk_runs_it_stays_the_events(doors: Backchannel, event: Event, talk: Talk) -> None:
    assert (await asked(doors, event)).talk_id is None


async def test_a_post_that_asked_a_talk_that_was_removed_still_asks(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    post = incoming("How?", asks_talk_id=talk.id)
    post_id = (await doors.do(receive, event.id, post, at=NOON)).post_id
    await doors.do(remove_talk, event.id, talk.id, at=NOON)
    await doors.do(approve, post_id, by=ASHA, at=NOON)
    assert len(await doors.ask(questions_of_posts, [post_id])) == 1


async def test_at_a_talks_end_the_stage_is_cleared_and_nothing_is_said_to_be_answered(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    question = await asked(doors, event, talk=talk)
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    await doors.do(move_programme_on, event.id, at=END)
    assert await doors.ask(on_stage, await now(doors, event)) is None
    assert await lists(doors, event) == ([question.id], [])
    last: Decision = (await doors.ask(decisions_on, Subject.QUESTION, question.id))[-1]
    assert (last.by, last.machine, last.after, last.reason) == ("programme", True, "open", "its talk is over")
    # Whoever goes on in the break has it again, and nothing takes it down but the next talk's end.
    await doors.do(bring_on_stage, question.id, by=ASHA, at=END)
    await doors.do(move_programme_on, event.id, at=END + timedelta(seconds=5))
    assert await doors.ask(on_stage, await now(doors, event)) is not None


async def test_when_another_begins_open_ones_are_found_among_those_of_other_talks_and_answered(
    doors: Backchannel, event: Event, talk: Talk, later: Talk
) -> None:
    theirs, events = await asked(doors, event, "1", talk), await asked(doors, event, "2")
    await doors.do(move_programme_on, event.id, at=NEXT)
    assert (await now(doors, event)).current_talk_id == later.id
    assert await lists(doors, event) == ([events.id], [theirs.id])
    assert await doors.ask(talks_over, await now(doors, event), NEXT) == {talk.id}
    await doors.do(mark_answered, theirs.id, by=ASHA, at=NEXT)
    assert await lists(doors, event) == ([events.id], [])
    await doors.do(reopen, theirs.id, by=ASHA, at=NEXT)
    assert (await lists(doors, event))[1] == [theirs.id]


async def test_one_talk_straight_after_another_clears_the_stage_too_and_one_in_another_room_does_not(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    question = await asked(doors, event, talk=talk)
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    beside = await doors.do(
        add_talk, event.id, title="Beside", starts_at=NOON + timedelta(minutes=5), ends_at=NEXT, at=NOON
    )
    await doors.do(move_programme_on, event.id, at=NOON + timedelta(minutes=6))
    assert (await now(doors, event)).current_talk_id == beside.id
    assert await doors.ask(on_stage, await now(doors, event)) is not None
    await doors.do(move_programme_on, event.id, at=NEXT)
    assert await doors.ask(on_stage, await now(doors, event)) is None


async def test_one_from_the_microphone_of_the_event_leaves_with_the_talk(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    await doors.do(move_programme_on, event.id, at=END)
    spoken = await doors.do(ask_aloud, event.id, incoming("And the back row?", source="floor"), by=ASHA, at=END)
    assert spoken is not None
    assert spoken.talk_id is None
    other = (await doors.do(receive, event.id, incoming("What of the rest?", ref="9"), at=NOON)).post_id
    made = await doors.do(make_question, other, by=ASHA, at=NOON, talk_id=talk.id)
    assert isinstance(made, Question)
    assert made.talk_id == talk.id


async def test_a_talk_that_ends_beside_another_that_runs_on_takes_its_question_along(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    begins = NOON + timedelta(minutes=5)
    beside = await doors.do(add_talk, event.id, title="Beside", starts_at=begins, ends_at=NEXT, at=NOON)
    await doors.do(move_programme_on, event.id, at=begins)
    question = await asked(doors, event, talk=talk)
    await doors.do(bring_on_stage, question.id, by=ASHA, at=begins)
    await doors.do(move_programme_on, event.id, at=talk.ends_at - timedelta(seconds=1))
    assert await doors.ask(on_stage, await now(doors, event)) is not None
    await doors.do(move_programme_on, event.id, at=talk.ends_at)
    assert (await now(doors, event)).current_talk_id == beside.id
    assert await doors.ask(on_stage, await now(doors, event)) is None
    assert await lists(doors, event) == ([], [question.id])
    # Who wants it answered after the end brings it up again, and it stays.
    await doors.do(bring_on_stage, question.id, by=ASHA, at=END)
    await doors.do(mark_answered, question.id, by=ASHA, at=END)
    await doors.do(undo_last, event.id, by=ASHA, at=END)
    await doors.do(move_programme_on, event.id, at=END + timedelta(seconds=5))
    assert await doors.ask(on_stage, await now(doors, event)) is not None


async def test_a_talk_that_is_taken_off_the_programme_leaves_the_stage_and_its_questions_stay_open(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    question = await asked(doors, event, talk=talk)
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    await doors.do(remove_talk, event.id, talk.id, at=NOON)
    assert await doors.ask(on_stage, await now(doors, event)) is None
    assert await lists(doors, event) == ([question.id], [])


async def test_no_undo_brings_words_on_stage_that_were_others_when_they_left_it(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    question = await asked(doors, event, talk=talk)
    await doors.do(bring_on_stage, question.id, by=ASHA, at=NOON)
    await doors.do(mark_answered, question.id, by=ASHA, at=NOON)
    edited = incoming("Other words?", ref="1", by="a1", source="floor", device="d1", version=1)
    await doors.do(receive, event.id, edited, at=NOON)
    await doors.do(approve, question.post_id, by=Actor("Ben"), at=NOON)
    await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert await doors.ask(on_stage, await now(doors, event)) is None
    assert await lists(doors, event) == ([question.id], [])
