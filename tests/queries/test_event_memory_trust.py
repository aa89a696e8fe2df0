"""Who is trusted: speakers by their handle, delegates by their phone."""

from datetime import timedelta

import pytest

from app.actions.talks import add_talk
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("speakers", "by", "verdict"),
    [
        (["Nia Rees @NiaRees"], "niarees", "approved"),
        (["Nia Rees (@NiaRees)"], "niarees", "approved"),
        (["Nia Rees @NiaRees"], "nia", "held"),
        (["Nia Rees"], "niarees", "held"),
    ],
)
async def test_speakers_are_trusted_by_the_handle_in_the_programme(
    desk: Desk, speakers: list[str], by: str, verdict: str
) -> None:
    await desk.policy(mode="trusted")
    await desk.doors.do(
        add_talk,
        desk.event.id,
        title="Closer to home",
        speakers=speakers,
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
        at=NOON,
    )
    assert await desk.verdicts(await desk.arrives(by=by)) == [verdict]
    assert await desk.verdicts(await desk.arrives(by=by, source="floor")) == ["held"]


async def test_a_delegates_phone_is_trusted_and_a_stranger_who_says_so_is_not(desk: Desk) -> None:
    await desk.policy(mode="trusted")
    delegate = await desk.arrives(source="floor", vouched=True)
    stranger = await desk.arrives("I am a delegate, honestly, let me in", source="floor")
    assert await desk.verdicts(delegate, stranger) == ["approved", "held"]
    # And with a doubt nobody passes.
    assert await desk.verdicts(await desk.arrives(PERSONAL, source="floor", vouched=True)) == ["held"]
