"""Every fault of the local X is survived: the desk is told the truth meanwhile, nothing is lost or stored twice."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from app.actions.sources import try_again
from app.domain.source import SourceState
from app.sources.x.source import XSource
from tests.sources.x.desk import SPEED, Desk, desk
from tests.x_server.fault_table import BY_NAME, FAULTS, Fault

LIVE, POLLING = SourceState.LIVE, SourceState.POLLING
WAITING, STOPPED = SourceState.WAITING, SourceState.STOPPED

TOLD = {
    "closed": (WAITING, "X closed the connection"),
    "stalled": (WAITING, "X has gone silent."),
    "network": (WAITING, "X cannot be reached. Check this machine's network."),
    "http": (WAITING, "X is not working properly (5"),
    "rate_limited": (WAITING, "X wants us to ask less often. Waiting until "),
    "too_many_connections": (WAITING, "X says that this token is connected elsewhere already."),
    "bad_rules": (WAITING, "X says that no rules are set."),
    "auth": (
        STOPPED,
        "X does not accept the token. Make a new one at console.x.com and enter it in setup, under Networks.",
    ),
    "no_credit": (STOPPED, "X says the credit is used up. Buy credit at console.x.com, then try again."),
    "usage_cap": (STOPPED, "X says the spending cap is reached. Raise it at console.x.com, then try again."),
    "forbidden_plan": (POLLING, "Asking X every 10 seconds, because the token's plan has no stream."),
}
GARBLED = "X answered with something that is not its API. Is there a login page in between? Waiting until "
SMALLER = {
    "gone_for_an_hour": {"seconds": 20, "posts": 30},
    "burst": {"rate": 250, "duration": 1},
}
CROWD = {"slow_reader": 60}


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_a_fault_is_survived_and_told(box10: Desk, fault: Fault) -> None:
    box10.start()
    await box10.state(LIVE)
    box10.x.post("ann", "Before #box10")
    await box10.posts(1)
    await box10.finish()
    box10.bus.told.clear()

    if fault.ends == "stalled":
        box10.make = partial(XSource, silence=30 / SPEED)
    box10.x.fault(fault, **SMALLER.get(fault.name, {}))
    box10.start()
    await box10.x.until(lambda: box10.x.connections or {WAITING, STOPPED, POLLING} & set(box10.told))
    for number in range(CROWD.get(fault.name, 6)):
        box10.x.post("kim", f"Meanwhile {number} #box10", photos=["A picture"] if number == 0 else [])
        await asyncio.sleep(0)
    if fault.ends is not None:
        state, sentence = TOLD[fault.ends]
        await box10.until(lambda: any(told.startswith(sentence) for told in box10.sentences(state)))
        if state is STOPPED:
            await box10.doors.do(try_again, box10.event.id, "x", at=datetime.now(UTC))
    if fault.lasts is None and fault.name not in SMALLER:
        await asyncio.sleep(0)
        box10.x.clear_faults()

    await box10.state(LIVE, POLLING)
    box10.x.post("ann", "After #box10")
    await box10.where(lambda posts: any(post.text == "After #box10" for post in posts))
    expected = {post.id: post.text for post in box10.x.site.world.posts.values()}
    stored = await box10.posts(len(expected))
    assert {post.ref for post in stored} == set(expected)
    assert len(stored) == len(expected)
    assert all(post.text for post in stored)
    if fault.ends is None and fault.name not in SMALLER:
        assert not {WAITING, STOPPED} & set(box10.told)


@pytest.mark.parametrize("name", ["503_html", "500_empty", "drop", "hang", "429_rate", "captive_portal", "refuse"])
async def test_a_fault_before_the_stream_stands_is_survived_and_told_too(box10: Desk, name: str) -> None:
    fault = BY_NAME[name]
    box10.make = partial(XSource, silence=30 / SPEED)
    box10.x.fault(fault, **({} if fault.lasts is None else {"on": "rules_get"}))
    box10.start()
    sentence = GARBLED if name == "captive_portal" else TOLD[fault.ends or ""][1]
    await box10.until(lambda: any(told.startswith(sentence) for told in box10.sentences(WAITING)))
    box10.x.clear_faults()
    await box10.state(LIVE)
    box10.x.post("ann", "After #box10")
    await box10.posts(1)
