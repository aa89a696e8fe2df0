"""Addresses that never answer: they take no place from those that do."""

from datetime import UTC, datetime

import pytest

from app.actions.events import create_event
from app.actions.webhooks import MAX_WEBHOOKS, add_webhook
from app.domain.webhook import Webhook
from app.jobs.webhooks import MAX_ANSWERING, MAX_FAILING, MAX_OF_A_HOST, has_place
from app.store.doors import Backchannel
from tests.jobs.test_webhooks import arrives, running, told_all
from tests.receiving import Receiver
from tests.until import PATIENCE, until

__all__ = ["running"]


def hanging(number: int, *, url: str = "", failures: int = 0) -> Webhook:
    known = {"event_id": 1, "secret": "x", "created_at": datetime.now(UTC)}
    return Webhook(id=number, url=url or f"https://host-{number}.example/x", failures=failures, **known)


def test_who_does_not_answer_takes_no_place_from_who_does() -> None:
    failing = [hanging(number, failures=3) for number in range(MAX_FAILING)]
    quick = [hanging(100 + number) for number in range(MAX_ANSWERING)]
    assert has_place(quick[0], failing)
    assert not has_place(hanging(50, failures=1), failing)
    assert has_place(failing[0], quick)
    assert not has_place(hanging(200), quick)
    assert not has_place(failing[0], failing[:1])


def test_one_host_has_no_more_than_its_places_however_many_addresses_it_has() -> None:
    alike = [hanging(number, url=f"https://one.example/{number}") for number in range(MAX_OF_A_HOST + 1)]
    assert has_place(alike[-1], alike[: MAX_OF_A_HOST - 1])
    assert not has_place(alike[-1], alike[:MAX_OF_A_HOST])
    assert has_place(hanging(9), alike[:MAX_OF_A_HOST])
    # However an address came to be stored: the job that tells all of them must not end by it.
    assert has_place(hanging(9, url="https://[no-address"), alike)


async def test_one_that_answers_is_told_while_a_whole_host_is_silent(
    running: tuple[Backchannel, Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outbound.requests.REQUEST_SECONDS", 10 * PATIENCE)
    doors, receiver = running
    receiver.silent = "/silent/"
    silent = []
    for number in range(3):
        event = await doors.do(create_event, f"silent-{number}", name="x", hashtags=[], at=datetime.now(UTC))
        for path in range(MAX_WEBHOOKS):
            url = receiver.url(f"/silent/{path}")
            silent.append(await doors.do(add_webhook, event.id, url, at=datetime.now(UTC)))
        await arrives(doors, event, number)
    await until(lambda: len(receiver.requests) >= MAX_OF_A_HOST)
    event = await doors.do(create_event, "box10", name="Box 10", hashtags=[], at=datetime.now(UTC))
    webhook = await doors.do(
        add_webhook, event.id, receiver.url().replace("127.0.0.1", "localhost"), at=datetime.now(UTC)
    )
    await arrives(doors, event, 99)
    await until(lambda: told_all(doors, webhook))
    assert not any([await told_all(doors, one) for one in silent])
