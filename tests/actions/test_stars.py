"""A star is given and taken, once each, and an undo gives or takes it again."""

from app.actions.arrivals import receive
from app.actions.stars import star_post, take_star
from app.actions.undo import undo_last
from app.domain.event import Event
from app.queries.stars import starred
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming


async def test_a_star_is_given_taken_and_undone(doors: Backchannel, event: Event) -> None:
    post_id = (await doors.do(receive, event.id, incoming(), at=NOON)).post_id
    verbs = (star_post, star_post, take_star, take_star)
    assert [await doors.do(verb, post_id, by=ASHA, at=NOON) is not None for verb in verbs] == [True, False, True, False]
    for after in ({post_id}, set()):
        assert await doors.do(undo_last, event.id, by=ASHA, at=NOON)
        assert await doors.ask(starred, event.id) == after
    assert await doors.do(undo_last, event.id, by=ASHA, at=NOON) is None
