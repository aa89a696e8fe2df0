"""Web addresses that are told what happens, by the running server: through errors, silence and a crash."""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, update

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.verdicts import approve
from app.actions.webhooks import add_webhook
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.webhook import Webhook
from app.main import create_app
from app.settings import Settings
from app.store.doors import Backchannel
from tests.conftest import incoming
from tests.databases import lay_down
from tests.receiving import Receiver, receiving
from tests.running import ProcessServer
from tests.servers import free_port
from tests.until import until
from tests.views.desk.test_log_page import Desk


def items(receiver: Receiver) -> list[list[dict[str, Any]]]:
    return [json.loads(body)["items"] for _, _, body in receiver.requests]


async def hook_of(doors: Backchannel, webhook: Webhook) -> Webhook:
    return await doors.ask(lambda db: db.get_one(Webhook, webhook.id))


async def told_all(doors: Backchannel, webhook: Webhook) -> bool:
    cursor = (await doors.ask(lambda db: db.get_one(Event, webhook.event_id))).cursor
    return (await hook_of(doors, webhook)).cursor == cursor


async def arrives(doors: Backchannel, event: Event, number: int) -> int:
    post = incoming(f"something worth saying, number {number}", ref=str(number), by=f"author_{number}")
    return (await doors.do(receive, event.id, post, at=datetime.now(UTC))).post_id


def half_a_minute_goes_by(db: Session) -> None:
    """The lease of the process that died runs out."""
    db.exec(update(Webhook).where(col(Webhook.next_try_at).is_not(None)).values(next_try_at=None))


async def test_a_server_killed_before_it_could_note_a_delivery_delivers_again_and_loses_nothing(tmp_path: Path) -> None:
    database = lay_down(tmp_path.resolve())
    doors = Backchannel(database, MemoryBus())
    async with receiving() as receiver:
        at = datetime.now(UTC)
        event = await doors.do(create_event, "box10", name="Box 10", hashtags=[], at=at)
        webhook = await doors.do(add_webhook, event.id, receiver.url(), at=at)
        posts = [await arrives(doors, event, number) for number in range(3)]
        server = ProcessServer(tmp_path, free_port(), HOOK_HOSTS=receiver.host)
        # The request is there, its answer is not: this is where the delivery is not yet noted.
        receiver.first_of_all = server.kill
        try:
            await asyncio.to_thread(server.begin)

            async def died() -> bool:
                return not server.is_running()

            await until(died)
            stands = (await hook_of(doors, webhook)).cursor
            await doors.do(half_a_minute_goes_by)
            await asyncio.to_thread(server.start)
            await until(lambda: told_all(doors, webhook))
        finally:
            await asyncio.to_thread(server.stop)
        assert stands == webhook.cursor
        first, again = items(receiver)[:2]
        assert [item["id"] for item in first if item["subject"] == "post"] == posts
        assert again[: len(first)] == first
    await doors.close()


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[tuple[Backchannel, Receiver]]:
    """The whole program in this process, and somebody it may tell."""
    async with receiving() as receiver:
        known = Settings(
            _env_file=None,
            data_dir=tmp_path,
            secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
            hook_hosts=f"{receiver.host},localhost:{receiver.port}",
        )  # type: ignore[call-arg]
        stopped: list[bool] = []
        app = create_app(known, on_failure=lambda: stopped.append(True))
        async with app.router.lifespan_context(app):
            yield app.state.context.backchannel, receiver
        assert stopped == []


async def test_errors_and_silence_only_delay_what_is_told_and_its_order_stays(
    running: tuple[Backchannel, Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outbound.requests.REQUEST_SECONDS", 0.3)
    doors, receiver = running
    at = datetime.now(UTC)
    event = await doors.do(create_event, "box10", name="Box 10", hashtags=[], at=at)
    webhook = await doors.do(add_webhook, event.id, receiver.url(), at=at)
    receiver.answers, receiver.waits = [200, 500, 200], 0.6  # the first is too late, the second refuses
    posts = [await arrives(doors, event, number) for number in range(60)]

    async def failed() -> bool:
        return (await hook_of(doors, webhook)).failures > 0

    await until(failed)
    assert (await hook_of(doors, webhook)).detail == "127.0.0.1 did not answer within 0 seconds"
    receiver.waits = 0.0
    await until(lambda: told_all(doors, webhook))
    told = [item for batch in items(receiver) for item in batch]
    assert max(len(batch) for batch in items(receiver)) <= 50
    by_cursor = {item["cursor"]: item["id"] for item in told if item["subject"] == "post"}
    assert [by_cursor[cursor] for cursor in sorted(by_cursor)] == posts
    first_told = list(dict.fromkeys(item["cursor"] for item in told))
    assert first_told == sorted(first_told)
    assert ((await hook_of(doors, webhook)).failures, (await hook_of(doors, webhook)).detail) == (0, "")


async def test_a_post_is_told_with_its_place_on_the_wall_once_it_is_there(
    running: tuple[Backchannel, Receiver],
) -> None:
    doors, receiver = running
    event = await doors.do(create_event, "box10", name="Box 10", hashtags=[], at=datetime.now(UTC))
    webhook = await doors.do(add_webhook, event.id, receiver.url(), at=datetime.now(UTC))
    post_id = await arrives(doors, event, 1)
    await until(lambda: told_all(doors, webhook))
    await doors.do(approve, post_id, by=Actor("Asha"), at=datetime.now(UTC))
    await until(lambda: told_all(doors, webhook))
    told = [item for batch in items(receiver) for item in batch if item["subject"] == "post"]
    assert (told[0]["state"]["verdict"], told[0]["state"]["shown"], told[0]["state"]["text"]) == ("held", None, "")
    assert (told[-1]["state"]["verdict"], told[-1]["state"]["shown"]) == ("approved", told[-1]["cursor"])


# The button


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Desk, Receiver]]:
    known = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    with TestClient(create_app(known, by_itself=False)) as client:
        desk = Desk(client)
        desk.opens(Role.OWNER)
        portal = client.portal
        assert portal is not None
        with portal.wrap_async_context_manager(receiving()) as receiver:
            known.hook_hosts = receiver.host
            yield desk, receiver


def test_a_test_says_exactly_what_came_back(desk: tuple[Desk, Receiver]) -> None:
    opened, receiver = desk
    secret = re.search(r'readonly value="([\w-]+)"', opened.post("/e/box10/setup/hooks", url=receiver.url()).text)
    assert secret is not None
    (webhook,) = opened.call("GET", "/hooks", Role.OWNER).json()
    receiver.says = "thank <b>you</b>\n"
    page = opened.post(f"/e/box10/setup/hooks/{webhook['id']}/test").text
    assert "It answered 200" in page
    assert "thank &lt;b&gt;you&lt;/b&gt;" in page
    ((_, headers, body),) = receiver.requests
    assert json.loads(body) == {"event": "box10", "cursor": webhook["cursor"], "items": [], "test": True}
    expected = hmac.new(secret[1].encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Backchannel-Signature"] == f"sha256={expected}"
    receiver.says, receiver.answers = "the token is unknown", [403]
    page = opened.post(f"/e/box10/setup/hooks/{webhook['id']}/test").text
    assert "127.0.0.1 answered 403" in page
    assert "the token is unknown" in page
    # It was a test: nothing of it is kept against the address.
    assert opened.call("GET", "/hooks", Role.OWNER).json() == [webhook]
    assert opened.post("/e/box10/setup/hooks/99/test").status_code == 404


def test_a_test_of_the_alarms_says_what_came_back_and_the_log_does_not(
    desk: tuple[Desk, Receiver], caplog: pytest.LogCaptureFixture
) -> None:
    opened, receiver = desk
    receiver.says, receiver.answers = "topic is reserved", [403]
    typed = {"wait_seconds": "60", "nobody_seconds": "60", "ntfy": receiver.url(), "test": "true"}
    page = opened.post("/e/box10/setup/watch", **typed).text
    assert "127.0.0.1 answered 403: topic is reserved" in page
    assert "topic is reserved" not in caplog.text


def test_a_moderator_tests_no_webhook(desk: tuple[Desk, Receiver]) -> None:
    opened, receiver = desk
    opened.post("/e/box10/setup/hooks", url=receiver.url())
    opened.opens(Role.MODERATOR)
    assert opened.post("/e/box10/setup/hooks/1/test").status_code == 403
    assert receiver.requests == []
