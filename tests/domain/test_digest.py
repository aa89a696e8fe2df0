"""When what was missed is sent: at lunch or in the evening of a day of the event, by its own clock, else at its end."""

from datetime import UTC, date, datetime

import pytest

from app.domain.digest import DigestMoment, due_at, read_address, told_since

FIRST, LAST = date(2026, 11, 26), date(2026, 11, 27)
ZONE = "Asia/Kolkata"


@pytest.mark.parametrize(
    ("moment", "now", "due"),
    [
        ("lunch", "2026-11-26T03:00", "2026-11-26T07:30"),
        ("lunch", "2026-11-20T03:00", "2026-11-26T07:30"),
        ("lunch", "2026-11-26T08:00", "2026-11-27T07:30"),
        ("lunch", "2026-11-27T08:00", "2026-11-27T12:30"),
        ("evening", "2026-11-26T08:00", "2026-11-26T12:30"),
        ("end", "2026-11-26T08:00", "2026-11-27T12:30"),
        ("end", "2026-11-27T20:00", "2026-11-27T20:00"),
        ("lunch", "2026-12-24T20:00", "2026-12-24T20:00"),
    ],
)
def test_it_is_sent_at_the_next_such_time_of_the_event(moment: str, now: str, due: str) -> None:
    at, then = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, due))
    assert due_at(DigestMoment(moment), first_on=FIRST, last_on=LAST, zone=ZONE, at=at) == then


def test_an_event_without_days_is_today_and_a_letter_tells_of_its_day() -> None:
    at = datetime(2026, 11, 26, 3, tzinfo=UTC)
    assert due_at(DigestMoment.EVENING, first_on=None, last_on=None, zone=ZONE, at=at).hour == 12
    assert told_since(DigestMoment.LUNCH, zone=ZONE, at=at) == datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    assert told_since(DigestMoment.END, zone=ZONE, at=at) is None


def test_an_address_is_one_that_can_be_written_to() -> None:
    assert read_address(" jo@b.example ") == "jo@b.example"
    for wrong in (
        "",
        "jo",
        "a@b",
        "a b@c.example",
        "a@b.example,c@d.example",
        "<a@b.example>",
        "a@b.example\n",
        "a@.example",
        "x" * 300 + "@b.example",
    ):
        assert read_address(wrong.replace("\n", "\nx")) == ""


@pytest.mark.parametrize("local", ["=?utf-8?b??=", "=?utf-8?q?victim=40evil.example=2cn?=", "a\x00b", "a\x07b", "a?b"])
def test_an_address_holds_no_encoded_words_and_no_controls(local: str) -> None:
    assert read_address(f"{local}@b.example") == ""
