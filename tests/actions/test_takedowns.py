"""Requests: into the register once, with a clock; settled with an answer, and undone."""

from datetime import timedelta

import pytest

from app.actions import takedowns
from app.actions.events import Refused
from app.actions.takedowns import (
    acknowledge_takedown,
    ask_for_takedown,
    follow_takedown,
    refuse_takedown,
    reopen_takedown,
)
from app.actions.verdicts import approve
from app.domain.subject import Subject
from app.domain.takedown import BadTakedown, Takedown, TakedownRequest, TakedownState
from app.domain.verdict import Verdict
from app.queries.change_log import news
from app.queries.takedowns import takedowns as register
from tests.actions.desk import Desk
from tests.conftest import NOON

DAY = timedelta(days=1)


async def asks(desk: Desk, link: str, key: str = "k") -> Takedown:
    asked = TakedownRequest(link, why="It names me", contact="me@mail.example")
    made: Takedown = await desk.doors.do(ask_for_takedown, desk.event.id, asked, key=key, within=DAY, at=NOON)
    return made


async def test_a_request_finds_its_post_by_any_of_its_addresses_and_is_kept_once(desk: Desk) -> None:
    post_id = await desk.arrives(ref="77", url="https://x.example/jo/status/77")
    links = (
        f"https://live.example/e/box10#post-{post_id}",
        "https://x.example/jo/status/77?s=20",
        "https://t.example/i/77/",
    )
    found = [(await asks(desk, link, key=link)).post_id for link in links]
    assert found == [post_id] * 3
    assert (await asks(desk, links[0], key=links[0])).id == 1
    assert (await asks(desk, "https://x.example/jo/status/78", key="n")).post_id is None
    assert len(await desk.doors.ask(register, desk.event.id)) == 4


async def test_what_is_withdrawn_leaves_the_screens_and_comes_back_by_undo(desk: Desk) -> None:
    post_id = await desk.arrives(ref="77")
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    asked = await asks(desk, f"#post-{post_id}")
    cursor = (await desk.doors.ask(news, desk.event.id, 0)).cursor
    done = await desk.doors.do(follow_takedown, asked.id, by=desk.asha, at=NOON)
    assert (done.state, done.settled_at, (await desk.post(post_id)).verdict) == ("done", NOON, Verdict.REJECTED)
    told = (await desk.doors.ask(news, desk.event.id, cursor)).lines
    assert told is not None
    assert told.of(Subject.POST) == {post_id}
    assert told.of(Subject.TAKEDOWN) == {asked.id}
    again = await desk.doors.do(reopen_takedown, asked.id, by=desk.asha, at=NOON + DAY)
    assert (again.state, again.settled_at, (await desk.post(post_id)).verdict) == (
        "acknowledged",
        None,
        Verdict.APPROVED,
    )


async def test_what_somebody_decided_afterwards_is_not_undone_with_it(desk: Desk) -> None:
    post_id = await desk.arrives(ref="77")
    asked = await asks(desk, f"#post-{post_id}")
    await desk.doors.do(follow_takedown, asked.id, by=desk.asha, at=NOON)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON + DAY)
    await desk.doors.do(reopen_takedown, asked.id, by=desk.asha, at=NOON + 2 * DAY)
    assert (await desk.post(post_id)).verdict is Verdict.APPROVED


async def test_it_is_acknowledged_refused_with_a_reason_and_settled_once(desk: Desk) -> None:
    asked = await asks(desk, "https://x.example/1")
    read = await desk.doors.do(acknowledge_takedown, asked.id, by=desk.asha, at=NOON)
    assert (read.state, read.acknowledged_at, read.by) == (TakedownState.ACKNOWLEDGED, NOON, "Asha")
    with pytest.raises(Refused, match="Say why"):
        await desk.doors.do(refuse_takedown, asked.id, "  ", by=desk.asha, at=NOON)
    refused = await desk.doors.do(refuse_takedown, asked.id, "It was said in public", by=desk.asha, at=NOON)
    assert (refused.state, refused.answer) == ("refused", "It was said in public")
    for verb in (acknowledge_takedown, follow_takedown):
        with pytest.raises(Refused, match="meanwhile"):
            await desk.doors.do(verb, asked.id, by=desk.asha, at=NOON)


async def test_a_clock_runs_out_for_what_nobody_has_seen_to(desk: Desk) -> None:
    asked = await asks(desk, "https://x.example/1")
    assert not asked.is_late(NOON + DAY)
    assert asked.is_late(NOON + 2 * DAY)
    read = await desk.doors.do(acknowledge_takedown, asked.id, by=desk.asha, at=NOON)
    assert read.is_late(NOON + 2 * DAY)  # a post of a network must go, not be spoken of
    done = await desk.doors.do(follow_takedown, asked.id, by=desk.asha, at=NOON)
    assert not done.is_late(NOON + 2 * DAY)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (TakedownRequest(), "Say which post"),
        (TakedownRequest(" ", " ", "It names me"), "Say which post"),
        (TakedownRequest("https://x.example/1"), "what is wrong"),
        (TakedownRequest("h" * 501, why="w"), "too long"),
        (TakedownRequest("h", why="w" * 2_001), "too long"),
        (TakedownRequest("h", why="w", contact="c" * 201), "too long"),
    ],
)
async def test_what_cannot_be_dealt_with_is_refused_with_a_sentence(
    desk: Desk, asked: TakedownRequest, said: str
) -> None:
    with pytest.raises(BadTakedown, match=said):
        await desk.doors.do(ask_for_takedown, desk.event.id, asked, key="k", within=DAY, at=NOON)


async def test_a_flood_fills_no_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takedowns, "MOST_OPEN", 2)
    for number in range(2):
        await asks(desk, "https://x.example/1", key=str(number))
    with pytest.raises(Refused, match="too many"):
        await asks(desk, "https://x.example/1", key="2")
