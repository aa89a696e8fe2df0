"""Posts that say the same: one card, one key."""

from app.actions.undo import undo_last
from app.actions.verdicts import Seen, approve, reject
from app.domain.verdict import Verdict
from app.queries.posts import shown_ids
from tests.actions.desk import Desk
from tests.conftest import NOON


async def test_what_says_the_same_is_one_card_and_one_key_rejects_all(desk: Desk) -> None:
    wave = [await desk.arrives("Buy cheap followers today at followers dot example!") for _ in range(4)]
    near = await desk.arrives("BUY cheap followers today at followers dot example!! @jo_hart")
    other = await desk.arrives()
    assert await desk.queue() == [wave[0], other]
    assert (await desk.card(wave[0])).alike == 4
    settled = await desk.doors.do(
        reject, wave[0], by=desk.asha, at=NOON, seen=Seen(Verdict.HELD, 0), declined_as="spam", with_alike=True
    )
    assert settled.along == 4
    assert await desk.verdicts(*wave, near, other) == ["rejected"] * 5 + ["held"]
    assert (await desk.post(near)).declined_as == "spam"
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await desk.verdicts(*wave, near) == ["held"] * 5


async def test_approving_a_fold_shows_one_and_declines_the_rest_as_said(desk: Desk) -> None:
    said = [await desk.arrives("Thank you to everybody in the main hall") for _ in range(3)]
    await desk.doors.do(approve, said[0], by=desk.asha, at=NOON, with_alike=True)
    assert await desk.verdicts(*said) == ["approved", "rejected", "rejected"]
    assert (await desk.post(said[2])).declined_as == "repeat"
    assert await desk.doors.ask(shown_ids, desk.event, 9) == [said[0]]


async def test_texts_that_turn_the_meaning_are_not_folded(desk: Desk) -> None:
    for text in ("We should close the day centre in Leeds", "We should not close the day centre in Leeds"):
        await desk.arrives(text)
    assert len(await desk.queue()) == 2
