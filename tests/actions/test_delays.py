"""Posts that show themselves unless somebody stops them."""

from datetime import timedelta

import pytest

from app.actions.delays import keep_desk, stop_delay
from app.actions.red_buttons import set_intake
from app.actions.undo import undo_last
from app.actions.verdicts import approve, reject
from app.domain.policy import Intake
from tests.actions.desk import Desk
from tests.conftest import NOON


async def clean_post_of_a_known_author(desk: Desk) -> int:
    await desk.policy(mode="delay", delay_seconds=20, good_record=1)
    first = await desk.arrives(by="jo")
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    return await desk.arrives(by="jo")


async def kept(desk: Desk, *seconds: float) -> None:
    """Somebody is at the desk all the while, and the desk is kept at these seconds."""
    for second in seconds:
        at = NOON + timedelta(seconds=second)
        await desk.sits(desk.asha, None, at)
        await desk.doors.do(keep_desk, desk.event.id, at=at)


async def test_a_clean_post_of_a_known_author_shows_itself_after_the_delay(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0, 10, 19)
    assert await desk.verdicts(post_id) == ["held"]
    await kept(desk, 20)
    assert (await desk.verdicts(post_id), (await desk.post(post_id)).decided_by) == (["approved"], "delay")


async def test_nothing_shows_itself_while_nobody_is_at_the_desk(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0)
    for second in (40, 60, 600):
        await desk.doors.do(keep_desk, desk.event.id, at=NOON + timedelta(seconds=second))
    assert (await desk.verdicts(post_id), (await desk.post(post_id)).shows_at) == (["held"], None)
    # Whoever comes back has the whole delay to look.
    await kept(desk, 700, 719)
    assert await desk.verdicts(post_id) == ["held"]
    await kept(desk, 720)
    assert await desk.verdicts(post_id) == ["approved"]


async def test_a_post_that_was_stopped_waits_and_an_undo_lets_it_run_again(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0)
    assert await desk.doors.do(stop_delay, post_id, by=desk.asha, at=NOON)
    await kept(desk, 10, 30)
    assert await desk.verdicts(post_id) == ["held"]
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    await kept(desk, 40, 59)
    assert await desk.verdicts(post_id) == ["held"]
    await kept(desk, 60)
    assert await desk.verdicts(post_id) == ["approved"]


async def test_an_undo_of_a_stop_lets_no_other_words_run_than_those_that_were_stopped(desk: Desk) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    ref = (await desk.post(post_id)).ref
    await desk.doors.do(stop_delay, post_id, by=desk.asha, at=NOON)
    # Its author has no good record any more, so that the rules would not let the edited words run.
    await desk.doors.do(reject, await desk.arrives("Another thought", by="jo"), by=desk.ben, at=NOON)
    await desk.arrives("Words that nobody has seen", by="jo", ref=ref, version=1)
    assert not (await desk.post(post_id)).delayed
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    await kept(desk, 0, 30)
    assert await desk.verdicts(post_id) == ["held"]


async def test_strangers_doubts_and_rejected_authors_never_show_themselves(desk: Desk) -> None:
    await clean_post_of_a_known_author(desk)
    stranger = await desk.arrives(by="stranger")
    doubt = await desk.arrives("see my patient Edith Quillfeather, NHS number 943 476 5919", by="jo")
    await desk.doors.do(reject, await desk.arrives(by="bad"), by=desk.asha, at=NOON)
    await desk.doors.do(approve, await desk.arrives(by="bad"), by=desk.asha, at=NOON)
    bad = await desk.arrives(by="bad")
    await kept(desk, 0, 20, 25, 50)
    assert await desk.verdicts(stranger, doubt, bad) == ["held"] * 3


@pytest.mark.parametrize("stricter", ["hold_all", "wait"])
async def test_whatever_becomes_stricter_stops_what_runs(desk: Desk, stricter: str) -> None:
    post_id = await clean_post_of_a_known_author(desk)
    await kept(desk, 0)
    if stricter == "wait":
        await desk.policy(mode="wait")
    else:
        await desk.doors.do(set_intake, desk.event.id, Intake.HOLD_ALL, by=desk.ben, at=NOON)
        assert not (await desk.post(post_id)).delayed
    await kept(desk, 20, 21, 60)
    assert await desk.verdicts(post_id) == ["held"]
