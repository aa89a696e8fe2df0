"""Nobody is watching: an alarm is raised once, and the chosen fallback happens."""

import asyncio
from datetime import timedelta

import pytest

from app.actions.alarms import change_alarms, watch
from app.actions.red_buttons import set_intake
from app.actions.seats_and_claims import take_seat
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.bus.memory import MemoryBus
from app.domain.alarms import Alarms
from app.domain.decision import Actor
from app.domain.event import Event, WallState
from app.domain.policy import Intake
from app.queries.posts import decisions_on
from app.store.doors import Backchannel
from tests.actions.ways import LATE, arrives, asha, now
from tests.conftest import NOON

__all__ = ["asha"]


async def test_an_alarm_is_raised_once_however_many_processes_look(
    doors: Backchannel, event: Event, database_url: str
) -> None:
    await arrives(doors, event)
    other = Backchannel(database_url, MemoryBus())
    raised = await asyncio.gather(*(one.do(watch, event.id, at=LATE) for one in (doors, other) * 3))
    await other.close()
    (alarm,) = [one for one in raised if one is not None]
    assert (alarm.kind, alarm.waiting) == ("nobody", 1)
    assert (await now(doors, event)).alarm == "nobody"


async def test_an_alarm_goes_when_somebody_comes_and_nothing_waits_too_long(
    doors: Backchannel, event: Event, asha: Actor
) -> None:
    post_id = await arrives(doors, event)
    await doors.do(watch, event.id, at=LATE)
    await doors.do(take_seat, event.id, "tab of Asha", None, by=asha, at=LATE)
    await doors.do(watch, event.id, at=LATE)
    assert (await now(doors, event)).alarm == "waiting"
    await doors.do(approve, post_id, by=asha, at=LATE)
    await doors.do(watch, event.id, at=LATE)
    assert (await now(doors, event)).alarm == ""
    steps = [(row.before, row.after) for row in await doors.ask(decisions_on, "alarm", event.id)]
    assert steps == [("quiet", "nobody"), ("nobody", "waiting"), ("waiting", "quiet")]


async def test_nobody_is_called_for_what_waits_since_yesterday(doors: Backchannel, event: Event) -> None:
    await arrives(doors, event)
    assert await doors.do(watch, event.id, at=NOON + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("fallback", "intake", "screen"),
    [
        ("none", Intake.OPEN, WallState.LIVE),
        ("only_trusted", Intake.ONLY_TRUSTED, WallState.LIVE),
        ("hold_all", Intake.HOLD_ALL, WallState.LIVE),
        ("pause", Intake.OPEN, WallState.PAUSED),
        ("blank", Intake.OPEN, WallState.BLANK),
    ],
)
async def test_the_chosen_fallback_happens(
    doors: Backchannel, event: Event, asha: Actor, fallback: str, intake: Intake, screen: WallState
) -> None:
    await doors.do(change_alarms, event.id, Alarms(fallback=fallback), at=NOON)
    await arrives(doors, event)
    await doors.do(watch, event.id, at=LATE)
    found = await now(doors, event)
    assert (found.intake, found.wall_state) == (intake, screen)
    subject = {"only_trusted": "intake", "hold_all": "intake"}.get(fallback, "event")
    for row in await doors.ask(decisions_on, subject, event.id):
        assert (row.by, row.reason) == ("watch", "alarm: nobody")


async def test_a_fallback_is_left_alone_by_the_undo_key(doors: Backchannel, event: Event, asha: Actor) -> None:
    """What the machine did by itself is on the desk with the button that ends it; `undo` leaves it alone."""
    await doors.do(change_alarms, event.id, Alarms(fallback="hold_all"), at=NOON)
    await arrives(doors, event)
    await doors.do(watch, event.id, at=LATE)
    assert await doors.do(undo_last, event.id, by=asha, at=LATE, whosoever=True) is None
    assert (await now(doors, event)).intake is Intake.HOLD_ALL


async def test_a_fallback_that_a_person_took_back_does_not_happen_again_when_the_alarm_changes_its_kind(
    doors: Backchannel, event: Event, asha: Actor
) -> None:
    await doors.do(change_alarms, event.id, Alarms(fallback="hold_all"), at=NOON)
    await arrives(doors, event)
    await doors.do(watch, event.id, at=LATE)
    await doors.do(take_seat, event.id, "tab of Asha", None, by=asha, at=LATE)
    await doors.do(set_intake, event.id, Intake.OPEN, by=asha, at=LATE)
    await doors.do(watch, event.id, at=LATE)
    found = await now(doors, event)
    assert (found.alarm, found.intake) == ("waiting", Intake.OPEN)
    gone = LATE + timedelta(minutes=10)
    await doors.do(watch, event.id, at=gone)
    found = await now(doors, event)
    assert (found.alarm, found.intake) == ("nobody", Intake.OPEN)
