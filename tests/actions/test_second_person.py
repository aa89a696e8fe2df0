"""Personal data needs two people."""

from app.actions.second_person import Agreed
from app.actions.undo import undo_last
from app.actions.verdicts import Seen, approve, settle_many
from app.domain.verdict import Verdict
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON


async def test_personal_data_needs_two_people(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL)
    first = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    again = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (first.agreed, again.agreed) == (Agreed.FIRST, Agreed.TWICE)
    assert await desk.verdicts(post_id) == ["held"]
    second = await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert (second.won, await desk.verdicts(post_id)) == (True, ["approved"])
    late = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (late.agreed, late.won, (await desk.post(post_id)).agreed_by) == (None, False, "")


async def test_an_edit_or_an_undo_takes_the_agreement_away(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL, ref="same", by="jo")
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert (await desk.post(post_id)).agreed_by == ""
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.arrives(PERSONAL + " today", ref="same", by="jo", version=1)
    settled = await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert (settled.agreed, await desk.verdicts(post_id)) == (Agreed.FIRST, ["held"])


async def test_a_bulk_approval_does_not_get_around_the_second_person(desk: Desk) -> None:
    plain, personal = await desk.arrives(), await desk.arrives(PERSONAL)
    chosen = [(plain, Seen(Verdict.HELD, 0)), (personal, Seen(Verdict.HELD, 0))]
    await desk.doors.do(settle_many, desk.event.id, chosen, Verdict.APPROVED, by=desk.asha, at=NOON)
    assert await desk.verdicts(plain, personal) == ["approved", "held"]


async def test_an_organiser_alone_may_switch_the_second_person_off(desk: Desk) -> None:
    await desk.policy(second_person=False)
    post_id = await desk.arrives(PERSONAL)
    assert (await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)).won
