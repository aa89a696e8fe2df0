"""Web addresses are told what happens: in order, at least once, from where each stands."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from app.actions.events import Refused
from app.actions.verdicts import approve
from app.actions.webhooks import add_webhook, batch_delivered, take_batch
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.webhook import Webhook
from app.jobs.webhooks import deliver
from app.queries.webhooks import webhooks_due
from app.store.doors import Backchannel
from app.views.context import Context
from tests.actions.ways import Ways, arrives, ways
from tests.conftest import NOON

__all__ = ["ways"]


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
