"""Nobody is watching: who is called, once, by which way; what happens by itself; and what web addresses are told."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.access import give_link
from app.actions.arrivals import receive
from app.actions.events import Refused
from app.actions.moderation import approve
from app.actions.seats import take_seat
from app.actions.undo import undo_last
from app.actions.watching import change_alarms, watch
from app.actions.webhooks import add_webhook, batch_delivered, take_batch
from app.bus.memory import MemoryBus
from app.domain.alarms import Alarms, BadAlarms, wrong
from app.domain.decision import Actor
from app.domain.event import Event, Role, WallState, Webhook
from app.domain.policy import Intake
from app.jobs.webhooks import deliver
from app.outbound.alarm_messages import call
from app.outbound.requests import Outgoing
from app.queries.events import webhooks_due
from app.queries.posts import decisions_on
from app.settings import Settings
from app.store.doors import Backchannel
from app.views.context import Context
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


# When


@pytest.mark.parametrize(
    ("waited", "present", "said"),
    [
        (None, False, ""),
        (119, False, ""),
        (120, False, "nobody"),
        (299, True, ""),
        (300, True, "waiting"),
        (600, False, "nobody"),
    ],
)
def test_what_is_wrong(waited: int | None, present: bool, said: str) -> None:
    since = None if waited is None else NOON - timedelta(seconds=waited)
    assert wrong(Alarms(), waiting_since=since, present=present, at=NOON) == said


@pytest.mark.parametrize(
    "facts",
    [
        {"wait_seconds": 5},
        {"nobody_seconds": 10**6},
        {"fallback": "panic"},
        {"ntfy": "ftp://x"},
        {"email": ("nobody",)},
    ],
)
def test_alarms_that_cannot_be_are_refused_with_a_sentence(facts: dict[str, Any]) -> None:
    with pytest.raises(BadAlarms, match=r"\w+ \w+"):
        Alarms(**facts).checked()


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_stored_alarms_of_another_version_are_read(stored: dict[str, Any]) -> None:
    alarms = Alarms.from_json({**stored, **Alarms(wait_seconds=60).as_json()})
    assert alarms == Alarms(wait_seconds=60)


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


# How


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


async def test_people_are_called_by_ntfy_web_and_mail_with_numbers_and_no_words_of_posts(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    alarms = Alarms(ntfy=ways.receiver.url("/topic"), webhook=ways.receiver.url("/hook"), email=("asha@example.org",))
    await doors.do(change_alarms, event.id, alarms, at=NOON)
    await arrives(doors, event)
    raised = await doors.do(watch, event.id, at=LATE)
    assert raised is not None
    results = await call(raised, ways.settings, ways.outgoing, retry=False)
    assert results == {"ntfy": "delivered", "webhook": "delivered", "email": "delivered"}
    told = {path: (headers, body) for path, headers, body in ways.receiver.requests}
    assert told["/topic"][0]["Title"] == "Box 10: Nobody is at the desk"
    assert b"1 post waits" in told["/topic"][1]
    data = json.loads(told["/hook"][1])
    assert (data["alarm"], data["waiting"], data["desk"]) == ("nobody", 1, "https://live.example.org/e/box10/desk")
    (letter,) = ways.box.letters  # type: ignore[attr-defined]
    assert "Subject: Box 10: Nobody is at the desk" in letter
    assert "To: asha@example.org" in letter
    assert "something worth saying" not in letter + str(ways.receiver.requests)


async def test_a_message_that_fails_says_why_and_no_private_or_redirected_address_is_asked(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    ways.receiver.answers = [500]
    await arrives(doors, event)

    async def called(address: str) -> str:
        alarms = Alarms(webhook=address)
        await doors.do(change_alarms, event.id, alarms, at=NOON)
        await doors.do(lambda db: setattr(db.get_one(Event, event.id), "alarm", ""))
        raised = await doors.do(watch, event.id, at=LATE)
        assert raised is not None
        return (await call(raised, ways.settings, ways.outgoing, retry=False))["webhook"]

    assert await called(ways.receiver.url()) == "127.0.0.1 answered 500"
    ways.receiver.answers = [302]
    assert await called(ways.receiver.url()) == "127.0.0.1 answered 302"
    assert await called("http://127.0.0.1:1/x") == "127.0.0.1: the address is not a public one"
    assert "public" in await called("http://localhost:1/x") or "reached" in await called("http://localhost:1/x")


# Webhooks


class World:
    """As much of the program as a webhook needs."""

    def __init__(self, doors: Backchannel, ways: Ways) -> None:
        self.backchannel, self.settings, self.ways = doors, ways.settings, ways
        self.at = datetime.now(UTC)

    def now(self) -> datetime:
        return self.at

    async def tell(self, webhook_id: int) -> None:
        await deliver(cast(Context, self), self.ways.outgoing, webhook_id)


async def test_a_hook_is_told_everything_in_order_signed_and_without_words_that_are_not_public(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    world = World(doors, ways)
    webhook = await doors.do(add_webhook, event.id, ways.receiver.url(), at=world.at)
    shown, waits = await arrives(doors, event, "1"), await arrives(doors, event, "2")
    await doors.do(approve, shown, by=Actor("Asha"), at=NOON)
    await world.tell(webhook.id)
    ((_, headers, body),) = ways.receiver.requests
    expected = hmac.new(webhook.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Backchannel-Signature"] == f"sha256={expected}"
    told = json.loads(body)
    posts = [
        (item["id"], item["state"]["verdict"], item["state"]["text"])
        for item in told["items"]
        if item["subject"] == "post"
    ]
    words = "something worth saying, number 1"
    assert posts == [(shown, "approved", words), (waits, "held", ""), (shown, "approved", words)]
    cursors = [item["cursor"] for item in told["items"]]
    assert cursors == sorted(cursors)
    assert await doors.ask(webhooks_due, world.at) == []


async def test_a_hook_that_fails_is_tried_again_later_and_loses_nothing(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    world = World(doors, ways)
    webhook = await doors.do(add_webhook, event.id, ways.receiver.url(), at=world.at)
    await arrives(doors, event)
    ways.receiver.answers = [500, 503]
    for _ in range(2):
        await world.tell(webhook.id)
        failing = await doors.ask(lambda db: db.get_one(Webhook, webhook.id))
        assert failing.detail.startswith("127.0.0.1 answered 50")
        assert await doors.ask(webhooks_due, world.at) == []
        world.at += timedelta(seconds=10)
    await world.tell(webhook.id)
    bodies = [json.loads(body)["items"][0] for _, _, body in ways.receiver.requests]
    assert bodies[0] == bodies[1] == bodies[2]
    healed = await doors.ask(lambda db: db.get_one(Webhook, webhook.id))
    assert (healed.failures, healed.detail) == (0, "")


async def test_what_was_sent_but_not_noted_is_sent_again_and_two_processes_do_not_send_at_once(
    doors: Backchannel, event: Event, ways: Ways
) -> None:
    world = World(doors, ways)
    webhook = await doors.do(add_webhook, event.id, ways.receiver.url(), at=world.at)
    await arrives(doors, event)
    first = await doors.do(take_batch, webhook.id, at=world.at)
    assert first is not None
    assert await doors.do(take_batch, webhook.id, at=world.at) is None
    # The process that had it died after sending: half a minute later another one sends the same.
    again = await doors.do(take_batch, webhook.id, at=world.at + timedelta(seconds=31))
    assert again is not None
    assert again.body == first.body
    await doors.do(batch_delivered, webhook.id, again.cursor)
    assert await doors.ask(webhooks_due, world.at) == []


async def test_a_hook_that_is_far_behind_is_told_to_look_afresh(doors: Backchannel, event: Event, ways: Ways) -> None:
    world = World(doors, ways)
    webhook = await doors.do(add_webhook, event.id, ways.receiver.url(), at=world.at)
    await doors.do(lambda db: setattr(db.get_one(Event, event.id), "cursor", 5_000))
    await world.tell(webhook.id)
    assert json.loads(ways.receiver.requests[0][2]) == {"event": "box10", "cursor": 5_000, "reset": True}


async def test_only_a_few_web_addresses_are_told(doors: Backchannel, event: Event) -> None:
    for number in range(5):
        await doors.do(add_webhook, event.id, f"https://example.org/{number}", at=NOON)
    for address in ("https://example.org/6", "file:///etc/passwd"):
        with pytest.raises(Refused):
            await doors.do(add_webhook, event.id, address, at=NOON)


async def test_a_fallback_is_left_alone_by_the_undo_key(doors: Backchannel, event: Event, asha: Actor) -> None:
    """What the machine did by itself is on the desk with the button that ends it; `undo` leaves it alone."""
    await doors.do(change_alarms, event.id, Alarms(fallback="hold_all"), at=NOON)
    await arrives(doors, event)
    await doors.do(watch, event.id, at=LATE)
    assert await doors.do(undo_last, event.id, by=asha, at=LATE, whosoever=True) is None
    assert (await now(doors, event)).intake is Intake.HOLD_ALL
