"""Calling people as the running server does it: once, only when it is meant, and whatever was mistyped."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.actions.alarms import Raised, change_alarms, note_calls, watch
from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.links import give_link
from app.actions.seats_and_claims import clear_seats, leave_seat, take_seat
from app.actions.undo import undo_picked
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.alarms import NOBODY, Alarms, failures_in
from app.domain.decision import Actor
from app.domain.event import Event, WallState
from app.domain.policy import Intake
from app.main import create_app
from app.outbound.alarm_delivery import call
from app.outbound.requests import Outgoing
from app.queries.alarms import events_to_watch
from app.queries.posts import decisions_on
from app.settings import Settings
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import NOON, incoming
from tests.receiving import mail_server, receiving
from tests.until import until


def after(**time: float) -> datetime:
    return NOON + timedelta(**time)


async def arrives(doors: Backchannel, event: Event, at: datetime = NOON) -> int:
    return (await doors.do(receive, event.id, incoming("something worth saying", posted_at=at), at=at)).post_id


async def now(doors: Backchannel, event: Event) -> Event:
    return await doors.ask(lambda db: db.get_one(Event, event.id))


@pytest.fixture
async def asha(doors: Backchannel, event: Event) -> Actor:
    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label="Asha")
    return Actor("Asha", link.access.id)


# Only when it is meant


@pytest.mark.parametrize("cleared", [True, False])
async def test_a_desk_that_is_gone_for_a_moment_is_not_deserted(
    doors: Backchannel, event: Event, asha: Actor, cleared: bool
) -> None:
    """The wait alone is long over; the two minutes begin when the desk falls silent."""
    await doors.do(change_alarms, event.id, Alarms(wait_seconds=3600), at=NOON)
    await arrives(doors, event)
    await doors.do(take_seat, event.id, "tab", None, by=asha, at=after(minutes=10))
    if cleared:
        await doors.do(clear_seats, event.id, at=after(minutes=10, seconds=31))
    assert await doors.do(watch, event.id, at=after(minutes=10, seconds=31)) is None
    assert (await now(doors, event)).alarm == ""
    raised = await doors.do(watch, event.id, at=after(minutes=13))
    assert raised is not None
    assert raised.kind == "nobody"


async def test_whoever_leaves_has_left_from_then_on(doors: Backchannel, event: Event, asha: Actor) -> None:
    await doors.do(change_alarms, event.id, Alarms(wait_seconds=3600), at=NOON)
    await arrives(doors, event)
    await doors.do(take_seat, event.id, "tab", None, by=asha, at=after(minutes=5))
    await doors.do(leave_seat, event.id, "tab", by=asha, at=after(minutes=10))
    assert await doors.do(watch, event.id, at=after(minutes=11, seconds=59)) is None
    assert await doors.do(watch, event.id, at=after(minutes=12)) is not None


async def test_an_empty_desk_where_nothing_waits_calls_nobody(doors: Backchannel, event: Event, asha: Actor) -> None:
    await doors.do(take_seat, event.id, "tab", None, by=asha, at=NOON)
    await doors.do(leave_seat, event.id, "tab", by=asha, at=NOON)
    assert await doors.do(watch, event.id, at=after(hours=1)) is None
    await arrives(doors, event, after(hours=1))
    assert await doors.do(watch, event.id, at=after(hours=1, seconds=119)) is None
    assert await doors.do(watch, event.id, at=after(hours=1, seconds=120)) is not None


async def test_who_comes_back_to_a_long_queue_is_not_called_again(
    doors: Backchannel, event: Event, asha: Actor
) -> None:
    await arrives(doors, event)
    assert await doors.do(watch, event.id, at=after(minutes=10)) is not None
    await doors.do(take_seat, event.id, "tab", None, by=asha, at=after(minutes=11))
    assert await doors.do(watch, event.id, at=after(minutes=11)) is None
    assert (await now(doors, event)).alarm == "waiting"
    # But should they leave again, they are.
    assert await doors.do(watch, event.id, at=after(minutes=20)) is not None


@pytest.mark.parametrize(("fallback", "subject"), [("hold_all", "intake"), ("blank", "event")])
async def test_a_fallback_happens_once_and_is_undone_from_the_log(
    doors: Backchannel, event: Event, asha: Actor, fallback: str, subject: str
) -> None:
    await doors.do(change_alarms, event.id, Alarms(fallback=fallback), at=NOON)
    await arrives(doors, event)
    await doors.do(watch, event.id, at=after(minutes=10))
    (done,) = await doors.ask(decisions_on, subject, event.id)
    assert (done.by, done.access_id) == ("watch", None)
    assert await doors.do(undo_picked, done.id, by=asha, at=after(minutes=11))
    found = await now(doors, event)
    assert (found.intake, found.wall_state) == (Intake.OPEN, WallState.LIVE)
    # The alarm rings still; what a person has undone does not come back.
    await doors.do(watch, event.id, at=after(minutes=12))
    found = await now(doors, event)
    assert (found.alarm, found.intake, found.wall_state) == ("nobody", Intake.OPEN, WallState.LIVE)


# Whatever was mistyped


def raised(event: Event, name: str = "Box 10", **alarms: Any) -> Raised:
    return Raised(event.id, event.slug, name, NOBODY, 1, NOON, Alarms(**alarms))


def settings(**more: Any) -> Settings:
    return Settings(_env_file=None, public_url="https://live.example.org", **more)  # type: ignore[call-arg]


@pytest.mark.parametrize("smtp", ["smtp://mail.example:port", "mail.example", "smtp://", "http://mail.example"])
async def test_a_mail_server_that_is_none_is_said_and_breaks_nothing(event: Event, smtp: str) -> None:
    results = await call(
        raised(event, email=("a@example.org",)), settings(smtp_url=smtp), Outgoing(frozenset()), retry=False
    )
    assert results == {"email": "SMTP_URL is not like smtp://mail.example.org:587"}


async def test_a_name_of_several_lines_forges_no_header(event: Event) -> None:
    async with mail_server() as box, receiving() as receiver:
        known = settings(smtp_url=f"smtp://127.0.0.1:{box.port}", hook_hosts=receiver.host)
        outgoing = Outgoing(known.allowed_hook_hosts)
        alarm = raised(event, "Box\r\nBcc: all@example.org", email=("a@example.org",), ntfy=receiver.url())
        assert set((await call(alarm, known, outgoing, retry=False)).values()) == {"delivered"}
        await outgoing.close()
    assert "Subject: Box Bcc: all@example.org: Nobody is at the desk" in box.letters[0]
    assert receiver.requests[0][1]["Title"] == "Box Bcc: all@example.org: Nobody is at the desk"


async def test_a_password_goes_only_to_a_mail_server_that_encrypts(event: Event) -> None:
    async with mail_server("127.0.0.2") as box:
        known = settings(smtp_url=f"smtp://asha:secret@127.0.0.2:{box.port}")
        results = await call(raised(event, email=("a@example.org",)), known, Outgoing(frozenset()), retry=False)
    assert results == {"email": "the mail server offers no encryption, so it was not given the password"}
    assert box.letters == []
    assert not any("AUTH" in line for line in box.lines)


async def test_what_failed_is_kept_for_setup_until_it_works_or_is_changed(doors: Backchannel, event: Event) -> None:
    async def kept() -> dict[str, str]:
        return failures_in((await now(doors, event)).alarms)

    alarms = Alarms(ntfy="https://ntfy.example/t")
    await doors.do(change_alarms, event.id, alarms, at=NOON)
    await doors.do(note_calls, event.id, {"ntfy": "ntfy.example answered 500", "email": "delivered"}, at=NOON)
    assert await kept() == {"ntfy": "ntfy.example answered 500 (2026-06-11 12:00)"}
    assert Alarms.from_json((await now(doors, event)).alarms) == alarms
    await doors.do(note_calls, event.id, {"ntfy": "delivered"}, at=NOON)
    assert await kept() == {}
    await doors.do(note_calls, event.id, {"ntfy": "ntfy.example answered 500"}, at=NOON)
    await doors.do(change_alarms, event.id, alarms, at=NOON)
    assert await kept() == {}


# As the running server does it


async def test_of_two_servers_one_calls_and_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.jobs.alarms.LOOK_EVERY_SECONDS", 0.05)
    looks: Counter[int] = Counter()
    async with receiving() as receiver, AsyncExitStack() as stack:
        known = settings(data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", hook_hosts=receiver.host)
        migrate(known.database)
        doors, at = Backchannel(known.database, MemoryBus()), datetime.now(UTC)
        event = await doors.do(create_event, "box10", name="Box 10", hashtags=[], at=at)
        await doors.do(change_alarms, event.id, Alarms(webhook=receiver.url(), fallback="hold_all"), at=at)
        await arrives(doors, event, at - timedelta(minutes=10))
        for number in range(2):
            app = create_app(known, on_failure=lambda: None)
            await stack.enter_async_context(app.router.lifespan_context(app))
            count_looks(app, looks, number)
        await until(lambda: receiver.requests)
        seen = Counter(looks)
        await until(lambda: all(looks[number] > seen[number] + 1 for number in range(2)))
        ((_, _, body),) = receiver.requests
        assert json.loads(body)["alarm"] == "nobody"
        steps = await doors.ask(decisions_on, "alarm", event.id)
        assert [(step.before, step.after) for step in steps] == [("quiet", "nobody")]
        assert len(await doors.ask(decisions_on, "intake", event.id)) == 1
        await doors.close()


def count_looks(app: FastAPI, looks: Counter[int], number: int) -> None:
    """Count how often a server has looked which desks are to be watched."""
    doors = app.state.context.backchannel
    ask = doors.ask

    async def counted(query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        found = await ask(query, *args, **kwargs)
        looks[number] += query is events_to_watch
        return found

    doors.ask = counted


async def test_a_call_that_fails_is_tried_again_and_one_that_cannot_be_made_stops_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outbound.alarm_delivery.PAUSES", (0.0, 0.1, 0.1))
    async with receiving() as receiver:
        receiver.answers = [500, 503]
        stopped: list[bool] = []
        known = settings(
            data_dir=tmp_path,
            secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
            hook_hosts=receiver.host,
            smtp_url="smtp://host:port",
        )
        app = create_app(known, on_failure=lambda: stopped.append(True))
        async with app.router.lifespan_context(app):
            doors, at = app.state.context.backchannel, datetime.now(UTC)
            event = await doors.do(create_event, "box10", name="Box\n10", hashtags=[], at=at)
            alarms = Alarms(ntfy=receiver.url(), email=("a@example.org",))
            await doors.do(change_alarms, event.id, alarms, at=at)
            await arrives(doors, event, at - timedelta(minutes=10))

            async def noted() -> bool:
                return bool(failures_in((await now(doors, event)).alarms))

            await until(noted)
            failed = failures_in((await now(doors, event)).alarms)
        assert stopped == []
        assert len(receiver.requests) == 3
        assert list(failed) == ["email"]
        assert failed["email"].startswith("SMTP_URL is not like")
