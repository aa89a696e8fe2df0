"""A meet for somebody's own calendar: when and where it is, with a reminder the day before and two hours before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from app.domain.event import Event
from app.domain.meet import Meet
from app.domain.series import Edition
from app.files.event_ics import PRODUCT

REMINDED_BEFORE = (timedelta(days=1), timedelta(hours=2))


def calendar_of_meet(
    event: Event, edition: Edition | None, meet: Meet, *, url: str, with_place: bool, at: datetime
) -> bytes:
    """RFC 5545. Where it is stands in it only if whoever asks may know; taken again, it changes the entry."""
    calendar, zone = Calendar(), ZoneInfo(event.zone)
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    host = url.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    entry = Entry()
    entry.add("uid", f"meet-{event.id}-{event.created_at:%Y%m%d%H%M%S}@{host}")
    entry.add("dtstamp", at.astimezone(UTC))
    changed = max(meet.changed_at, edition.changed_at) if edition is not None else meet.changed_at
    entry.add("last-modified", changed.astimezone(UTC))
    entry.add("sequence", max(0, int((changed - event.created_at).total_seconds())))
    entry.add("summary", event.name)
    entry.add("url", url)
    if edition is not None:
        entry.add("dtstart", edition.starts_at.astimezone(zone))
        entry.add("dtend", edition.ends_at.astimezone(zone))
        entry.add("status", "CANCELLED" if edition.called_off else "CONFIRMED")
    elif event.starts_on is not None:
        entry.add("dtstart", event.starts_on)
        entry.add("dtend", (event.ends_on or event.starts_on) + timedelta(days=1))
    if with_place and meet.place:
        entry.add("location", meet.place)
    said = [meet.map_url if with_place else "", meet.step_free, meet.quiet, meet.cake, meet.agenda]
    if any(said):
        entry.add("description", "\n\n".join(filter(None, said)))
    if edition is not None and not edition.called_off:
        for before in REMINDED_BEFORE:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event.name)
            alarm.add("trigger", -before)
            entry.add_component(alarm)
    if edition is not None or event.starts_on is not None:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
