"""Undo: anybody takes back what anybody did, and all entries stay."""

from app.actions.undo import undo_last
from app.actions.verdicts import approve, reject
from app.queries.posts import decisions_on
from tests.actions.desk import Desk
from tests.conftest import NOON


async def test_anyone_may_undo_what_anybody_did_last_and_all_entries_stay(desk: Desk) -> None:
    first, second = await desk.arrives(), await desk.arrives()
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    await desk.doors.do(reject, second, by=desk.ben, at=NOON)
    for _ in range(2):
        await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON, whosoever=True)
    assert await desk.verdicts(first, second) == ["held", "held"]
    rows = await desk.doors.ask(decisions_on, "post", second)
    assert [(row.before, row.after, row.by) for row in rows] == [
        ("", "held", "screening"),
        ("held", "rejected", "Ben"),
        ("rejected", "held", "Asha"),
    ]
    assert rows[2].undoes_id == rows[1].id


async def test_a_change_of_the_rules_is_a_decision_that_can_be_undone(desk: Desk) -> None:
    await desk.policy(mode="pass")
    assert await desk.verdicts(await desk.arrives()) == ["approved"]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    post_id = await desk.arrives()
    assert await desk.verdicts(post_id) == ["held"]
    rows = await desk.doors.ask(decisions_on, "post", post_id)
    assert rows[0].policy_version == (await desk.post(post_id)).screened_with == 3
