"""The calendar of an event is one that calendars read, whatever talks are called; ours reads the same talks from it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.domain.event import Event
from app.domain.talk import Talk
from app.files.event_ics import calendar_of
from tests.conftest import NOON

EVENT = Event(
    id=7, slug="box10", name="Box 10; “live”, all\\day", hashtags=["box10"], zone="Europe/London", created_at=NOON,
    starts_on=date(2026, 6, 11), ends_on=date(2026, 6, 12),
)  # fmt: skip
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120).filter(str.strip)


def made(talks: list[Talk], event: Event = EVENT) -> bytes:
    return calendar_of(event, talks, url="https://live.example.org/e/box10", at=NOON)


@settings(max_examples=30)
@given(st.lists(st.tuples(words, words, st.integers(0, 600)), max_size=5))
def test_every_talk_is_read_back_as_it_was(some: list[tuple[str, str, int]]) -> None:
    talks = [
        Talk(id=n, event_id=7, title=title, room=room, speakers=["Nia Rees"], starts_at=NOON + timedelta(minutes=at),
             ends_at=NOON + timedelta(minutes=at + 45))
        for n, (title, room, at) in enumerate(some)
    ]  # fmt: skip
    raw = made(talks)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(raw)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    days, *entries = calendar.walk("VEVENT")
    assert (days["dtstart"].dt, days["dtend"].dt, str(days["summary"])) == (
        date(2026, 6, 11),
        date(2026, 6, 13),
        EVENT.name,
    )
    assert [(str(one["summary"]), str(one["location"])) for one in entries] == [
        (talk.title, talk.room) for talk in talks
    ]
    assert [(one["dtstart"].dt, one["dtend"].dt) for one in entries] == [
        (talk.starts_at, talk.ends_at) for talk in talks
    ]
    assert len({str(one["uid"]) for one in (days, *entries)}) == len(talks) + 1
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    assert zones == ({"Europe/London"} if talks else set())


def test_an_event_without_days_has_its_talks_only() -> None:
    event = EVENT.model_copy(update={"starts_on": None, "ends_on": None})
    assert Calendar.from_ical(made([], event)).walk("VEVENT") == []
