"""The chair's star and note: kept, undone, and on no screen of the audience."""

import pytest

from app.actions.chair_marks import LONGEST_NOTE, star, unstar, write_note
from app.actions.events import Refused
from app.actions.merged_questions import merge_question
from app.actions.undo import undo_last
from app.queries.decisions import Sought, entries
from app.queries.questions import question_by_id
from tests.actions.desk import Desk
from tests.actions.test_merged_questions import WORDS, asked
from tests.conftest import NOON


async def marks(desk: Desk, question_id: int) -> tuple[bool, str]:
    question = await desk.doors.ask(question_by_id, question_id)
    assert question is not None
    return question.starred, question.note


async def test_a_star_is_set_once_taken_off_and_undone_and_a_note_is_of_the_one_that_stands_for_all(desk: Desk) -> None:
    one, other, *_ = await asked(desk, *WORDS)
    await desk.doors.do(merge_question, one, other, by=desk.asha, at=NOON)
    for verb in (star, star, unstar):
        await desk.doors.do(verb, one, by=desk.ben, at=NOON)
    assert await marks(desk, other) == (False, "")
    await desk.doors.do(undo_last, desk.event.id, by=desk.ben, at=NOON)
    assert await marks(desk, other) == (True, "")
    await desk.doors.do(write_note, one, " Samina knows the figures ", by=desk.ben, at=NOON)
    assert await marks(desk, other) == (True, "Samina knows the figures")
    found = await desk.doors.ask(entries, desk.event.id, Sought())
    assert "Samina" not in repr([entry.decision for entry in found]), "the log says that something was noted, not what"
    with pytest.raises(Refused):
        await desk.doors.do(write_note, one, "a" * (LONGEST_NOTE + 1), by=desk.ben, at=NOON)
