"""A database and servers that receive, for tests of alarms and webhooks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.outbound.requests import Outgoing
from app.settings import Settings
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming
from tests.receiving import Receiver, mail_server, receiving

LATE = NOON + timedelta(minutes=10)


async def arrives(doors: Backchannel, event: Event, ref: str = "1", at: datetime = NOON) -> int:
    post = incoming(f"something worth saying, number {ref}", ref=ref, by=f"author_{ref}")
    return (await doors.do(receive, event.id, post, at=at)).post_id


async def now(doors: Backchannel, event: Event) -> Event:
    return await doors.ask(lambda db: db.get_one(Event, event.id))


@pytest.fixture
async def asha(doors: Backchannel, event: Event) -> Actor:
    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label="Asha")
    return Actor("Asha", link.access.id)


@dataclass
class Ways:
    receiver: Receiver
    settings: Settings
    outgoing: Outgoing


@pytest.fixture
async def ways(tmp_path: Path) -> AsyncIterator[Ways]:
    async with receiving() as receiver, mail_server() as box:
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path,
            public_url="https://live.example.org",
            hook_hosts=receiver.host,
            smtp_url=f"smtp://127.0.0.1:{box.port}",
            mail_from="wall@example.org",
        )  # type: ignore[call-arg]
        outgoing = Outgoing(settings.allowed_hook_hosts)
        made = Ways(receiver, settings, outgoing)
        made.box = box  # type: ignore[attr-defined]
        yield made
        await outgoing.close()
