"""Undo: anybody takes back what anybody did, and all entries stay."""

from app.actions.authors import block_author
from app.actions.undo import _TAKE_BACK, undo_last, undo_on, undo_picked
from app.actions.verdicts import approve, hold, reject, stash
from app.queries.decisions import SUBJECTS, WITHOUT_STATE, taken_back_by
from app.queries.posts import decisions_on
from app.views import log_words
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


async def test_an_undo_never_shows_words_that_nobody_has_seen(desk: Desk) -> None:
    """Whichever way: what was edited since it was taken down waits, and the toast does not say that it is shown."""
    for take_down in (reject, stash, hold):
        post_id = await desk.arrives(ref=f"of {take_down.__name__}", by="jo")
        await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
        await desk.doors.do(take_down, post_id, by=desk.asha, at=NOON)
        await desk.arrives("Words that nobody has seen", ref=f"of {take_down.__name__}", by="jo", version=1)
        undone = await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
        assert await desk.verdicts(post_id) == ["held"]
        if take_down is stash:  # its edit overruled that already
            assert undone is None
            continue
        assert undone is not None
        undoing = await desk.doors.ask(taken_back_by, undone.id)
        assert undoing is not None
        assert undoing.after == "held"


async def test_a_block_that_is_taken_back_brings_back_only_what_was_approved(desk: Desk) -> None:
    same, edited = await desk.arrives(ref="1", by="jo"), await desk.arrives(ref="2", by="jo")
    for post_id in (same, edited):
        await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    blocked = await desk.doors.do(block_author, (await desk.post(same)).author_id, by=desk.asha, at=NOON)
    await desk.arrives("Words that nobody has seen", ref="2", by="jo", version=1)
    await desk.doors.do(undo_picked, blocked.id, by=desk.ben, at=NOON)
    assert await desk.verdicts(same, edited) == ["approved", "held"]


async def test_what_is_undone_is_never_an_undo(desk: Desk) -> None:
    post_id = await desk.arrives()
    await desk.doors.do(reject, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    # Rejected again by that undo: what is taken back is the rejection itself, not the undo.
    undone = await desk.doors.do(undo_on, desk.event.id, "post", post_id, "rejected", by=desk.ben, at=NOON)
    assert undone is not None
    assert (undone.undoes_id, undone.before) == (None, "held")
    assert await desk.verdicts(post_id) == ["held"]


def test_whatever_can_be_undone_or_happened_can_be_asked_for_in_the_log() -> None:
    assert set(SUBJECTS) == set(log_words.SUBJECTS) == {str(one) for one in _TAKE_BACK} | WITHOUT_STATE
