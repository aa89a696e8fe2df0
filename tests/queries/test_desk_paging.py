"""The order of what waits, as the desk reads it."""

from datetime import timedelta

from app.actions.screening_again import screen_again
from app.actions.verdicts import approve
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON


async def test_what_will_show_itself_comes_before_what_has_waited_longer(desk: Desk) -> None:
    await desk.policy(mode="delay", delay_seconds=20, good_record=1)
    await desk.doors.do(approve, await desk.arrives(by="jo"), by=desk.asha, at=NOON)
    waits = await desk.arrives(by="stranger", at=NOON)
    delayed = await desk.arrives(by="jo", at=NOON + timedelta(minutes=2))
    assert (await desk.post(waits)).delayed is False
    assert (await desk.post(delayed)).delayed is True
    assert await desk.queue() == [delayed, waits]
    await desk.doors.do(screen_again, desk.event.id, at=NOON + timedelta(minutes=3))
    assert await desk.queue() == [delayed, waits]


async def test_a_doubt_comes_first_and_whatever_waits_long_enough_is_first_in_the_end(desk: Desk) -> None:
    old = await desk.arrives()
    personal = await desk.arrives(PERSONAL, at=NOON + timedelta(minutes=5))
    assert await desk.queue() == [personal, old]
    later = await desk.arrives(PERSONAL.replace("Edith", "Ethel"), at=NOON + timedelta(hours=1))
    assert await desk.queue() == [personal, old, later]
