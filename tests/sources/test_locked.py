"""An event's own token is what its source runs with; one that cannot be read stops it, in words."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.actions.network_tokens import forget_token, keep_token
from app.domain.network_token import UNREADABLE
from app.domain.source import SourceState
from app.store.sealing import Seal
from tests.networks import x_settings
from tests.sources.x.desk import Desk, desk

TOKEN = "AAAAtoken%3Dof-the-event"


async def enter(box10: Desk, seal: Seal, token: str) -> None:
    sealed, mark = seal.sealed(token, "x"), seal.mark(token, "x")
    await box10.doors.do(keep_token, box10.event.id, "x", sealed=sealed, mark=mark, told="", at=datetime.now(UTC))


async def test_a_source_follows_its_events_token_and_no_log_tells_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with desk(tmp_path, token=TOKEN) as box10:
        box10.settings = x_settings(x_api_url=box10.x.url)  # the installation has none
        box10.start()
        await box10.state(SourceState.STOPPED)
        await enter(box10, box10.seal, TOKEN)
        await box10.state(SourceState.LIVE)
        box10.x.post("jo", "Hello #box10")
        await box10.posts(1)
        await enter(box10, Seal(lambda: "the key before it was changed"), TOKEN)
        await box10.state(SourceState.STOPPED)
        assert (await box10.source()).detail == UNREADABLE
        box10.settings = x_settings(x_api_url=box10.x.url, x_bearer_token=TOKEN)
        await box10.finish()
        box10.start()  # with a default that works: never used in place of the event's own
        await box10.state(SourceState.STOPPED)
        await box10.doors.do(forget_token, box10.event.id, "x", at=datetime.now(UTC))
        await box10.state(SourceState.LIVE)
        told = repr(await box10.source()) + repr(box10.bus.told)
    assert TOKEN not in told + caplog.text
