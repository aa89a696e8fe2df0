"""Questions are answered in writing, also when the event is over; each change stays in the log and is taken back."""

import pytest

from app.actions.event_states import close_event
from app.actions.events import Refused
from app.actions.merged_questions import merge_question
from app.actions.replies import LONGEST_REPLY, write_reply
from app.actions.undo import undo_last
from app.domain.question import QuestionState
from app.queries.archive import archived_posts, outline
from app.queries.questions import question_cards
from tests.actions.desk import Desk
from tests.actions.test_merged_questions import WORDS, asked
from tests.conftest import NOON


async def stands(desk: Desk, question_id: int) -> tuple[str, QuestionState]:
    card = (await desk.doors.ask(question_cards, [question_id]))[question_id]
    return card.reply.text if card.reply else "", card.question.state


async def test_it_is_answered_and_undone_step_by_step_when_all_is_over(desk: Desk) -> None:
    (one,) = await asked(desk, WORDS[0])
    await desk.doors.do(close_event, desk.event.id, at=NOON)
    for text in ("  The trust pays. ", "The trust pays, from April on.", "The trust pays, from April on."):
        await desk.doors.do(write_reply, one, text, by=desk.asha, at=NOON)
    assert await stands(desk, one) == ("The trust pays, from April on.", QuestionState.ANSWERED)
    undone = []
    for _ in range(3):
        await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
        undone.append(await stands(desk, one))
    assert undone == [
        ("The trust pays.", QuestionState.ANSWERED),
        ("The trust pays.", QuestionState.OPEN),
        ("", QuestionState.OPEN),
    ]


async def test_no_words_take_it_away_and_too_many_are_refused(desk: Desk) -> None:
    (one,) = await asked(desk, WORDS[0])
    await desk.doors.do(write_reply, one, "The trust pays.", by=desk.asha, at=NOON)
    await desk.doors.do(write_reply, one, " \n", by=desk.asha, at=NOON)
    assert (await stands(desk, one))[0] == ""
    with pytest.raises(Refused):
        await desk.doors.do(write_reply, one, "a" * (LONGEST_REPLY + 1), by=desk.asha, at=NOON)


async def test_who_asked_with_others_has_the_answer_of_all_and_so_has_the_archive(desk: Desk) -> None:
    one, other, *_ = await asked(desk, *WORDS)
    await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    await desk.doors.do(write_reply, one, "<b>The trust</b> pays.", by=desk.asha, at=NOON)
    assert (await stands(desk, other))[0] == "<b>The trust</b> pays."
    ids = [one.id for one in (await desk.doors.ask(outline, desk.event.id)).posts]
    entries = await desk.doors.ask(archived_posts, desk.event.id, ids)
    assert [(entry.reply, entry.asked_with is not None) for entry in entries][:2] == [
        ("", True),
        ("<b>The trust</b> pays.", False),
    ]
