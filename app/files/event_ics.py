"""An Event as a calendar that people subscribe to or put into their own: its days, and each talk."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from app.domain.event import Event
from app.domain.talk import Talk

PRODUCT = "-//Backchannel//EN"


def calendar_of(event: Event, talks: list[Talk], *, url: str, at: datetime) -> bytes:
    """RFC 5545. Numbers of rows name the entries, so that a calendar that has them already changes them."""
    calendar, zone = Calendar(), ZoneInfo(event.zone)
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", event.name)
    calendar.add("x-wr-calname", event.name)
    host = url.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    if event.starts_on is not None:
        calendar.add_component(_days(event, host, url, at))
    for talk in talks:
        calendar.add_component(_entry(talk, event, zone, host, url, at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _days(event: Event, host: str, url: str, at: datetime) -> Entry:
    entry = _begun(f"event-{event.id}-{event.created_at:%Y%m%d%H%M%S}@{host}", event.name, url, at)
    first = event.starts_on
    assert first is not None  # noqa: S101 - asked by who calls
    entry.add("dtstart", first)
    entry.add("dtend", (event.ends_on or first) + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    if event.hashtags:
        entry.add("description", " ".join(f"#{tag}" for tag in event.hashtags))
    return entry


def _entry(talk: Talk, event: Event, zone: ZoneInfo, host: str, url: str, at: datetime) -> Entry:
    entry = _begun(f"talk-{talk.id}-{event.created_at:%Y%m%d%H%M%S}@{host}", talk.title, url, at)
    entry.add("dtstart", talk.starts_at.astimezone(zone))
    entry.add("dtend", talk.ends_at.astimezone(zone))
    if talk.room:
        entry.add("location", talk.room)
    if talk.speakers:
        entry.add("description", ", ".join(talk.speakers))
    return entry


def _begun(uid: str, summary: str, url: str, at: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("summary", summary)
    entry.add("url", url)
    return entry
