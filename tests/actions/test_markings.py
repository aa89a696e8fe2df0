"""A mark that comes later takes a post off the screens; one that was there when it was approved does not."""

import pytest

from app.actions.markings import mark_sensitive
from app.actions.verdicts import approve, reject, stash
from app.domain.incoming import Marked
from app.queries.sources import not_marked_yet
from tests.actions.desk import Desk
from tests.conftest import NOON

MARK = Marked("bluesky", "at://one")


async def _one(desk: Desk, *, sensitive: bool = False) -> int:
    return await desk.arrives("A bowl of soup #box10", source="bluesky", ref="at://one", sensitive=sensitive)


async def _marked(desk: Desk) -> list[Marked]:
    found = await desk.doors.ask(not_marked_yet, desk.event.id, [MARK, Marked("bluesky", "at://unknown")])
    await desk.doors.do(mark_sensitive, desk.event.id, MARK, at=NOON)
    return list(found)


@pytest.mark.parametrize(("rules", "becomes"), [(approve, "held"), (reject, "rejected"), (stash, "stashed")])
async def test_what_is_shown_waits_for_a_person_again_and_all_else_stays_where_it_is(
    desk: Desk, rules: object, becomes: str
) -> None:
    post_id = await _one(desk)
    await desk.doors.do(rules, post_id, by=desk.asha, at=NOON)  # type: ignore[arg-type]
    assert await _marked(desk) == [MARK]
    assert await desk.verdicts(post_id) == [becomes]
    assert "marked-sensitive" in {signal["code"] for signal in (await desk.post(post_id)).signals}
    # Once a person has looked at the mark, it takes the post down no more.
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert await _marked(desk) == []
    assert await desk.verdicts(post_id) == ["approved"]


async def test_what_was_approved_with_its_mark_stays(desk: Desk) -> None:
    post_id = await _one(desk, sensitive=True)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert await _marked(desk) == []
    assert await desk.verdicts(post_id) == ["approved"]
