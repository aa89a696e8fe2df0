"""What one press changes for everybody."""

from app.actions.authors import trust_author
from app.actions.red_buttons import clear_wall, set_intake, set_wall_state
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.domain.event import Event, WallState
from app.domain.policy import Intake
from app.queries.posts import shown_ids
from tests.actions.desk import Desk
from tests.conftest import NOON


async def test_only_trusted_keeps_the_rest_for_later_but_holds_what_has_a_doubt(desk: Desk) -> None:
    known = await desk.arrives(by="nia")
    await desk.doors.do(trust_author, (await desk.post(known)).author_id, by=desk.asha, at=NOON)
    await desk.doors.do(set_intake, desk.event.id, Intake.ONLY_TRUSTED, by=desk.asha, at=NOON)
    trusted, other = await desk.arrives(by="nia"), await desk.arrives()
    harm = await desk.arrives("I do not want to be here any more, I am thinking of ending my life")
    assert await desk.verdicts(trusted, other, harm) == ["approved", "stashed", "held"]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await desk.verdicts(await desk.arrives()) == ["held"]


async def test_hold_everything_holds_even_trusted_authors(desk: Desk) -> None:
    await desk.policy(mode="trusted", trusted=("nia",))
    await desk.doors.do(set_intake, desk.event.id, Intake.HOLD_ALL, by=desk.asha, at=NOON)
    assert await desk.verdicts(await desk.arrives(by="nia")) == ["held"]


async def test_a_cleared_wall_starts_afresh_and_comes_back_by_undo(desk: Desk) -> None:
    before = await desk.arrives()
    await desk.doors.do(approve, before, by=desk.asha, at=NOON)
    await desk.doors.do(clear_wall, desk.event.id, by=desk.asha, at=NOON)
    event = await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id))
    assert (await desk.doors.ask(shown_ids, event, 9), await desk.verdicts(before)) == ([], ["approved"])
    after = await desk.arrives()
    await desk.doors.do(approve, after, by=desk.asha, at=NOON)
    assert await desk.doors.ask(shown_ids, event, 9) == [after]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    event = await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id))
    assert await desk.doors.ask(shown_ids, event, 9) == [before]


async def test_a_wall_that_was_paused_goes_on_after_the_holding_slide_as_it_was_paused(desk: Desk) -> None:
    async def event() -> Event:
        return await desk.doors.ask(lambda db: db.get_one(Event, desk.event.id))

    async def show(state: WallState) -> None:
        await desk.doors.do(set_wall_state, desk.event.id, state, by=desk.asha, at=NOON)

    before, after = await desk.arrives(), await desk.arrives()
    await desk.doors.do(approve, before, by=desk.asha, at=NOON)
    for state in (WallState.PAUSED, WallState.BLANK):
        await show(state)
    await desk.doors.do(approve, after, by=desk.asha, at=NOON)
    assert (await event()).shown_again is WallState.PAUSED
    await show((await event()).shown_again)
    assert await desk.doors.ask(shown_ids, await event(), 9) == [before]
    assert (await event()).shown_again is WallState.LIVE
    await show(WallState.LIVE)
    assert await desk.doors.ask(shown_ids, await event(), 9) == [after, before]
    await show(WallState.BLANK)
    assert (await event()).shown_again is WallState.LIVE
