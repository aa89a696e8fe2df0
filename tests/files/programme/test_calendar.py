"""Calendars: what comes again keeps its hour on the wall, exceptions are exceptions, and guests are not speakers."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.programme_matching import Programme
from app.files.programme import read_programme_file
from app.files.programme.found_talks import ALL_DAY, CANCELLED

LONDON = ZoneInfo("Europe/London")


def calendar(*entries: str, head: str = "") -> Programme:
    inside = "".join(f"BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n{entry}\r\nEND:VEVENT\r\n" for entry in entries)
    content = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}{inside}END:VCALENDAR\r\n"
    return read_programme_file(content.encode(), "Europe/London")


WEEKLY = (
    "UID:chat\r\nSUMMARY:Weekly chat\r\nDTSTART;TZID=Europe/London:20261013T200000\r\nDTEND;TZID=Europe/London:20261013T210000"
    "\r\nRRULE:FREQ=WEEKLY;UNTIL=20261110T235959Z"
)


def test_a_weekly_chat_keeps_its_hour_when_the_clocks_change() -> None:
    talks = calendar(WEEKLY).talks
    assert [f"{talk.starts_at.astimezone(LONDON):%d %H:%M}" for talk in talks] == [
        "13 20:00",
        "20 20:00",
        "27 20:00",
        "03 20:00",
        "10 20:00",
    ]
    assert [f"{talk.starts_at.astimezone(ZoneInfo('UTC')):%H}" for talk in talks] == ["19", "19", "20", "20", "20"]
    assert len({talk.key for talk in talks}) == 5


def test_one_of_a_series_is_left_out_and_another_moved() -> None:
    without = WEEKLY + "\r\nEXDATE;TZID=Europe/London:20261020T200000"
    moved = (
        "UID:chat\r\nSUMMARY:Weekly chat\\, on Wednesday\r\nRECURRENCE-ID;TZID=Europe/London:20261027T200000\r\n"
        "DTSTART;TZID=Europe/London:20261028T190000\r\nDURATION:PT1H"
    )
    talks = calendar(without, moved).talks
    assert [f"{talk.starts_at:%d %H:%M}" for talk in talks] == ["13 20:00", "28 19:00", "03 20:00", "10 20:00"]
    assert talks[1].title == "Weekly chat, on Wednesday"
    unmoved = {talk.starts_at.day: talk.key for talk in calendar(WEEKLY).talks}
    assert talks[1].key == unmoved[27], "a series knows it by the time it had"


@pytest.mark.parametrize("often", ["SECONDLY", "MINUTELY", "hourly"])
def test_a_rule_of_no_talk_is_left_alone(often: str) -> None:
    """One that never comes true would be looked through for ever, second by second."""
    rule = WEEKLY.replace("FREQ=WEEKLY;UNTIL=20261110T235959Z", f"FREQ={often};BYMONTH=2;BYMONTHDAY=30")
    assert [f"{talk.starts_at:%d %H:%M}" for talk in calendar(rule).talks] == ["13 20:00"]


def test_what_goes_on_without_an_end_stops_somewhere() -> None:
    endless = WEEKLY.replace(";UNTIL=20261110T235959Z", "")
    assert 100 < len(calendar(endless).talks) < 400


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("DTSTART:20260601T090000", datetime(2026, 6, 1, 9, tzinfo=LONDON)),
        ("DTSTART:20260601T080000Z", datetime(2026, 6, 1, 9, tzinfo=LONDON)),
        ("DTSTART;TZID=GMT Standard Time:20260601T090000", datetime(2026, 6, 1, 9, tzinfo=LONDON)),
        ("DTSTART;TZID=Australia/Brisbane;VALUE=DATE-TIME:20260601T180000", datetime(2026, 6, 1, 9, tzinfo=LONDON)),
    ],
)
def test_times_of_every_kind_are_the_same_moment(line: str, wanted: datetime) -> None:
    assert calendar(f"UID:1\r\nSUMMARY:Tea\r\n{line}").talks[0].starts_at == wanted


def test_what_lasts_all_day_or_is_cancelled_is_set_aside() -> None:
    programme = calendar(
        "UID:1\r\nSUMMARY:Day out\r\nDTSTART;VALUE=DATE:20260601",
        "UID:2\r\nSUMMARY:Rain\r\nDTSTART:20260601T090000\r\nSTATUS:CANCELLED",
        "UID:3\r\nSUMMARY:Tea\r\nDTSTART:20260601T100000",
    )
    assert [talk.title for talk in programme.talks] == ["Tea"]
    assert {one.why for one in programme.skipped} == {ALL_DAY, CANCELLED}


@pytest.mark.parametrize(
    ("lines", "speakers"),
    [
        ('ATTENDEE;CN="Nia Rees":invalid:nomail', ("Nia Rees",)),
        ('ATTENDEE;CN="Guest":mailto:guest@example.org', ()),
        ("DESCRIPTION:Speaker: Omar Said\\nMuch more", ("Omar Said",)),
        ("DESCRIPTION:Speakers: Omar Said\\, Nia Rees and Ike Porter", ("Omar Said", "Nia Rees", "Ike Porter")),
        ("DESCRIPTION:by: someone@example.org", ()),
        ("DESCRIPTION:Passcode: 4711", ()),
    ],
)
def test_speakers_are_who_is_named_as_such(lines: str, speakers: tuple[str, ...]) -> None:
    assert calendar(f"UID:1\r\nSUMMARY:Tea\r\nDTSTART:20260601T090000\r\n{lines}").talks[0].speakers == speakers


@pytest.mark.parametrize("place", ["https://meet.example/1?pwd=4711", "Zoom (passcode 4711)", "www.example.org/room"])
def test_an_address_to_dial_into_is_no_room(place: str) -> None:
    assert calendar(f"UID:1\r\nSUMMARY:Tea\r\nDTSTART:20260601T090000\r\nLOCATION:{place}").talks[0].room == ""


def test_what_stands_around_a_calendar_is_not_read() -> None:
    content = b"<!-- made by hand -->\nBEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Tea\nDTSTART:20260601T090000Z\r\r\n"
    content += b"END:VEVENT\nEND:VCALENDAR\n-->"
    assert read_programme_file(content, "Europe/London").talks[0].title == "Tea"
