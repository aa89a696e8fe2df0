"""What a meet has of people goes in its time after its day, whether somebody opened and closed it or not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from app.actions.editions import call_off_edition
from app.actions.event_states import open_event
from app.actions.events import create_event
from app.actions.meet_photos import bring_photo
from app.actions.meets import come
from app.actions.notes import write_notes
from app.actions.retention import change_retention
from app.domain.decision import Decision
from app.domain.event import Event, EventKind
from app.domain.meet import Guest, GuestWords, MeetNotes, MeetPhoto
from app.domain.retention import Retention
from app.domain.series import Edition
from app.domain.subject import Subject
from app.queries.meets import guests_of, photos_of, versions_of
from app.queries.retention import events_with_something_kept, kept_now
from app.store.doors import Backchannel
from tests.actions.test_retention import DAY, USUAL, forget
from tests.conftest import ASHA
from tests.meeting import meet_made
from tests.weekly import FOUNDED


def never_opened(_db: Session, _event: Event) -> None:
    pass


def never_closed(db: Session, event: Event) -> None:
    open_event(db, event.id, by=ASHA, at=FOUNDED)


def called_off(db: Session, event: Event) -> None:
    call_off_edition(db, event.id, by=ASHA, at=FOUNDED)


@pytest.mark.parametrize("became", [never_opened, never_closed, called_off])
async def test_guests_and_their_phones_go_though_nobody_ever_closes_it(
    doors: Backchannel, became: Callable[[Session, Event], None]
) -> None:
    event, _ = await doors.do(meet_made)
    await doors.do(change_retention, event.id, Retention(devices=10, guests=30, notes=40), by=ASHA, at=FOUNDED)
    kai = (await doors.do(come, event.id, "kai", GuestWords("Kai"), at=FOUNDED)).guest
    await doors.do(bring_photo, event.id, "kai", "image/png", b"-", "Cake", origin="a café", at=FOUNDED)
    for after, text in enumerate(("# Agreed", "# Agreed\n- tea")):
        await doors.do(write_notes, event.id, text, after=after, by=ASHA, at=FOUNDED)
    await doors.do(became, event)
    ends = (await doors.ask(lambda db: db.get_one(Edition, event.id))).ends_at

    async def there() -> dict[str, Any]:
        (photo,) = await doors.ask(photos_of, event.id)
        guests = await doors.ask(guests_of, event.id)
        versions = len(await doors.ask(versions_of, event.id))
        return {"phones": [*(one.device for one in guests), photo.device, photo.origin], "versions": versions}

    assert event.id in await doors.ask(events_with_something_kept)
    due = await doors.ask(lambda db: {one.kind: one for one in kept_now(db, db.get_one(Event, event.id), USUAL)})
    assert (due["devices"].rows, due["guests"].rows, due["notes"].rows) == (2, 1, 1)
    assert (due["guests"].at, due["notes"].at) == (ends + 30 * DAY, ends + 40 * DAY)
    assert await forget(doors, event, ends + 9 * DAY) == 0
    assert await forget(doors, event, ends + 10 * DAY) == 2
    assert await there() == {"phones": ["", "", ""], "versions": 2}
    assert await forget(doors, event, ends + 29 * DAY) == 0
    assert await forget(doors, event, ends + 30 * DAY) == 1
    assert await doors.ask(lambda db: db.get(Guest, kai.id)) is None
    assert await forget(doors, event, ends + 40 * DAY) == 1
    assert await there() == {"phones": ["", ""], "versions": 1}
    assert await forget(doors, event, ends + 4_000 * DAY) == 0  # photos and the last notes are its record
    told = await doors.ask(lambda db: db.exec(select(Decision).where(Decision.subject == Subject.RETENTION)).all())
    assert {one.reason for one in told if one.reason} == {"devices", "guests", "notes"}


async def test_of_a_meet_without_a_date_who_comes_is_kept_for_a_year(doors: Backchannel) -> None:
    event = await doors.do(create_event, "cake", name="Cake", hashtags=[], at=FOUNDED)
    await doors.do(lambda db: setattr(db.get_one(Event, event.id), "kind", EventKind.MEET))
    for name, at in (("Kai", FOUNDED), ("Mel", FOUNDED + 200 * DAY)):
        await doors.do(come, event.id, name, GuestWords(name), at=at)
    left = []
    for days in (364, 365, 566):
        await forget(doors, event, FOUNDED + days * DAY)
        left.append([one.name for one in await doors.ask(guests_of, event.id)])
    assert left == [["Kai", "Mel"], ["Mel"], []]


async def test_nothing_of_a_meet_goes_where_that_is_said(doors: Backchannel) -> None:
    event, _ = await doors.do(meet_made)
    await doors.do(come, event.id, "kai", GuestWords("Kai"), at=FOUNDED)
    for kept in (Retention(nothing_goes=True), Retention(devices=0, guests=0, notes=0)):
        await doors.do(change_retention, event.id, kept, by=ASHA, at=FOUNDED)
        assert await forget(doors, event, FOUNDED + timedelta(days=4_000)) == 0
    tables: tuple[Any, ...] = (Guest, MeetNotes, MeetPhoto)
    assert [len(await doors.ask(lambda db, one=one: db.exec(select(one)).all())) for one in tables] == [1, 0, 0]
