"""The token of X is in no log, no repr, no state, no exception, and goes nowhere but to X."""

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from app.domain.source import SourceState
from app.queries.sources import assignments
from app.sources import Ended
from app.sources.x.source import XSource
from app.sources.x.wire import Wire
from tests.networks import x_settings
from tests.sources.x.desk import QUICK, desk
from tests.x_server import XServer
from tests.x_server.fault_table import NO_ANSWER, REFUSALS, Fault

TOKEN = "AAAAtoken%3Dof-the-event"


def everything_about(error: BaseException | None) -> str:
    """What any logger or debugger could print of an exception and of those that led to it."""
    told = []
    while error is not None:
        told.append(repr(error) + repr(vars(error)) + "".join(traceback.format_exception(error)))
        error = error.__cause__ or error.__context__
    return "".join(told)


@pytest.mark.parametrize(
    "fault",
    [one for one in (*REFUSALS, *NO_ANSWER) if one.kind in ("http", "hang", "drop", "redirect")],
    ids=str,
)
async def test_no_failure_tells_the_token(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("tweepy").setLevel(logging.DEBUG)
    async with XServer(speed=1000, token=TOKEN) as x:
        wire = Wire(TOKEN, x.url, silence=0.05)
        x.add_rule("#box10", "bk:box10")
        x.fault(fault, on="any", times=10)
        with pytest.raises(Ended) as refused:
            await wire.look("/2/tweets", {"ids": "1"})
        with pytest.raises(Ended) as ended:
            await wire.stream(lambda _: None, lambda: None)
        told = everything_about(refused.value) + everything_about(ended.value) + repr(wire) + caplog.text
    assert x.requests == [] or any("Authorization" in seen.headers for seen in x.requests)
    assert TOKEN not in told


async def test_no_state_or_log_of_a_whole_run_tells_the_token(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("tweepy").setLevel(logging.DEBUG)
    async with desk(tmp_path, token=TOKEN) as box10:
        box10.x.fault("line", raw=f'{{"token": "{TOKEN}", cut')
        box10.start()
        await box10.state(SourceState.LIVE)
        box10.x.post("jo", "Hello #box10")
        await box10.posts(1)
        [assignment] = await box10.doors.ask(assignments, box10.networks)
        told = repr(box10.bus.told) + repr(box10.settings) + repr(XSource(assignment, box10.settings, QUICK))
    assert "a line of X cannot be read" in caplog.text
    assert TOKEN not in told + caplog.text


async def test_a_wrong_token_is_not_shown_either(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with desk(tmp_path) as box10:
        box10.settings = x_settings(x_api_url=box10.x.url, x_bearer_token=TOKEN)
        box10.start()
        await box10.state(SourceState.STOPPED)
        assert TOKEN not in (await box10.source()).detail + caplog.text


async def test_a_redirect_does_not_carry_the_token_to_another_host() -> None:
    asked: list[str | None] = []

    async def stranger(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization"))
        return web.json_response({"data": []})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", stranger)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with XServer(token=TOKEN) as x:
        x.fault("redirect", on="any", to=f"http://127.0.0.1:{port}/elsewhere")
        await Wire(TOKEN, x.url).look("/2/tweets", {"ids": "1"})
    await runner.cleanup()
    assert asked == [None]


def test_settings_do_not_show_the_token() -> None:
    assert TOKEN not in repr(x_settings(x_bearer_token=TOKEN)) + str(datetime.now(UTC))
