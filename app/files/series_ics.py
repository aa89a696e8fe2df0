"""A Series as a calendar that people subscribe to: its rule, what differs from it, and what was before it."""

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from app.domain.series import Edition, Every, Series, SeriesRule
from app.files.event_ics import PRODUCT
from app.queries.series import Dated, Whole

FOR_DAYS = 366 * 5
"""So far pauses are written day by day."""
ASK_AGAIN = timedelta(hours=6)


def calendar_of_series(whole: Whole, *, url: str, at: datetime) -> bytes:
    """RFC 5545, with what Outlook, Google and Apple want of a calendar that is asked for again and again.

    The rule is one entry in the zone's wall-clock time, with its zone's clock changes; a pause is an exception of it,
    and an edition that has a theme, was moved or is off stands in for its own day.
    """
    calendar, host = Calendar(), url.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", whole.pattern.name)
    calendar.add("x-wr-calname", whole.pattern.name)
    calendar.add("x-wr-timezone", whole.rule.zone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    uid = f"series-{whole.series.id}-{whole.rule.first_on:%Y%m%d}{whole.rule.begins:%H%M}@{host}"
    if whole.goes_on:
        calendar.add_component(_by_rule(whole, uid, url, at))
    for one in (*whole.past, *whole.coming):
        in_rule = whole.goes_on and _is_of_rule(one.edition, whole.rule)
        if not in_rule:
            if not one.edition.called_off:
                calendar.add_component(_edition(one, whole, f"edition-{one.event.id}@{host}", url, at))
        elif one.edition.theme or one.edition.called_off or _moved(one.edition, whole.rule):
            entry = _edition(one, whole, uid, url, at)
            entry.add("recurrence-id", _local(whole.rule.begins_at(one.edition.planned_on), whole.rule.zone))
            calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _by_rule(whole: Whole, uid: str, url: str, at: datetime) -> Entry:
    rule = whole.rule
    entry = _begun(whole, uid, whole.pattern.name, url, at)
    first = next(rule.days(rule.first_on))
    entry.add("dtstart", _local(rule.begins_at(first), rule.zone))
    entry.add("dtend", _local(rule.ends_at(first), rule.zone))
    entry.add("rrule", recurrence(rule))
    if left_out := days_left_out(whole, at):
        entry.add("exdate", left_out)
    return entry


def recurrence(rule: SeriesRule) -> dict[str, object]:
    day = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[rule.first_on.weekday()]
    if rule.every in {Every.MONTH, Every.MONTH_END}:
        return {"freq": "MONTHLY", "byday": f"{rule.week_of_month}{day}"}
    return {"freq": "WEEKLY", "interval": 1 if rule.every is Every.WEEK else 2, "byday": day}


def days_left_out(whole: Whole, at: datetime) -> list[datetime]:
    """What the rule would bring and does not take place, unless an edition stands in for the day."""
    rule, until = whole.rule, at.date() + timedelta(days=FOR_DAYS)
    made = {one.edition.planned_on for one in (*whole.coming, *whole.past)}
    days = takewhile(lambda day: day <= until, rule.days(rule.first_on))
    free = (day for day in days if day not in made)
    off = [day for day in free if day in whole.left_out or any(pause.holds(day) for pause in whole.pauses)]
    return [_local(rule.begins_at(day), rule.zone) for day in off]


def _edition(one: Dated, whole: Whole, uid: str, url: str, at: datetime) -> Entry:
    entry = _begun(whole, uid, one.event.name, url, at)
    entry.add("dtstart", _local(one.edition.starts_at, whole.rule.zone))
    entry.add("dtend", _local(one.edition.ends_at, whole.rule.zone))
    entry.add("status", "CANCELLED" if one.edition.called_off else "CONFIRMED")
    entry.add("last-modified", one.edition.changed_at.astimezone(UTC))
    return entry


def _begun(whole: Whole, uid: str, summary: str, url: str, at: datetime) -> Entry:
    entry, pattern = Entry(), whole.pattern
    entry.add("uid", uid)
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("summary", summary)
    entry.add("url", url)
    said = [" ".join(f"#{tag}" for tag in pattern.hashtags), _about(whole.series), url]
    entry.add("description", "\n".join(line for line in said if line))
    return entry


def _about(series: Series) -> str:
    return "\n".join(line for line in (series.about, series.confidence) if line)


def _is_of_rule(edition: Edition, rule: SeriesRule) -> bool:
    return edition.planned_on >= rule.first_on and rule.falls_on(edition.planned_on)


def _moved(edition: Edition, rule: SeriesRule) -> bool:
    planned = rule.begins_at(edition.planned_on), rule.ends_at(edition.planned_on)
    return (edition.starts_at, edition.ends_at) != planned


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
