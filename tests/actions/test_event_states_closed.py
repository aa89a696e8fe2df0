"""An event that is not open takes neither words nor votes, whoever asked while it was; what it has may be taken back."""

import pytest

from app.actions.arrivals import Outcome, receive
from app.actions.event_states import close_event
from app.actions.questions import make_question
from app.actions.sources import change_source, take_in
from app.actions.verdicts import approve
from app.actions.votes import take_vote_back, vote
from app.domain.event import TakesNothing
from app.domain.incoming import Withdrawal
from app.queries.posts import post_by_ref
from tests.actions.desk import Desk
from tests.conftest import NOON, incoming


async def test_a_closed_event_takes_nothing_new_and_lets_what_it_has_be_changed(desk: Desk) -> None:
    doors, event_id = desk.doors, desk.event.id
    post_id = await desk.arrives(ref="1")
    await doors.do(approve, post_id, by=desk.asha, at=NOON)
    question = await doors.do(make_question, post_id, by=desk.asha, at=NOON)
    await doors.do(vote, question.id, "phone", at=NOON)
    source = await doors.do(change_source, event_id, "x", enabled=True, options={}, at=NOON)
    await doors.do(close_event, event_id, at=NOON)
    for verb, args in (
        (receive, (event_id, incoming("too late", ref="2", source="floor"))),
        (vote, (question.id, "another")),
        (take_vote_back, (question.id, "phone")),
    ):
        with pytest.raises(TakesNothing):
            await doors.do(verb, *args, at=NOON)
    found = (incoming("too late", ref="3"), Withdrawal("x", "1", "deleted by its author"))
    edited = await doors.do(receive, event_id, incoming("said better", ref="1", version=1), at=NOON)
    assert edited.outcome is Outcome.EDITED
    await doors.do(take_in, source.id, found, {"after": 3}, at=NOON)
    assert await doors.ask(post_by_ref, event_id, "x", "3") is None
    assert (await desk.post(post_id)).withdrawn_at == NOON
