"""What real programmes do: repeat identifiers, forget ends, cross midnight, cancel in the title."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.programme_matching import Programme
from app.files.programme import read_programme_file
from app.files.programme.filling_in import LONGEST_TITLE, settle
from app.files.programme.found_talks import CANCELLED, CLOSED, NO_TIME, NO_TITLE, NOT_ACCEPTED, SERVICE, TWICE
from app.files.programme.sessionize import read_all

LONDON = ZoneInfo("Europe/London")


def pentabarf(*events: str, day: str = "2026-11-26", conference: str = "") -> Programme:
    content = f'<schedule><conference>{conference}</conference><day date="{day}">{"".join(events)}</day></schedule>'
    return read_programme_file(content.encode(), "Europe/London")


def event(title: str, start: str, *, lasts: str = "00:30", room: str = "A", key: str = "", more: str = "") -> str:
    return (
        f'<event id="{key}"><title>{title}</title><start>{start}</start><duration>{lasts}</duration>'
        f"<room>{room}</room>{more}</event>"
    )


@pytest.mark.parametrize(
    "title",
    [
        "CANCELLED Knots",
        "Cancelled: Knots",
        "[CANCELED] Knots",
        "*abgesagt* Knoten",
        "Knots (cancelled)",
        "Annulé: Nœuds",
    ],
)
def test_what_is_cancelled_only_in_its_title_is_no_talk(title: str) -> None:
    programme = pentabarf(event(title, "09:00"), event("Ropes", "10:00"))
    assert [talk.title for talk in programme.talks] == ["Ropes"]
    assert [one.why for one in programme.skipped] == [CANCELLED]


def test_a_talk_about_cancelling_is_one() -> None:
    assert len(pentabarf(event("How we cancelled a thousand letters", "09:00")).talks) == 1


def test_after_midnight_is_the_night_of_the_conferences_day() -> None:
    late, early = pentabarf(event("Stars", "01:30"), event("Tea", "09:00")).talks[::-1]
    assert late.starts_at == datetime(2026, 11, 27, 1, 30, tzinfo=LONDON)
    assert early.starts_at == datetime(2026, 11, 26, 9, tzinfo=LONDON)
    changes_later = pentabarf(event("Breakfast", "08:30"), conference="<day_change>09:00:00</day_change>")
    assert changes_later.talks[0].starts_at.day == 27


def test_identifiers_that_repeat_are_no_keys() -> None:
    programme = pentabarf(
        event("One", "09:00", key="5"), event("Two", "10:00", key="5"), event("Three", "11:00", key="6")
    )
    keys = [talk.key for talk in programme.talks]
    assert keys[2] == "id:6"
    assert len(set(keys)) == 3
    assert "id:5" not in keys


def test_one_talk_twice_in_the_file_is_one_talk_and_said() -> None:
    programme = pentabarf(event("Knots", "09:00"), event("Knots", "09:00"), event("Knots", "14:00"))
    assert [talk.starts_at.hour for talk in programme.talks] == [9, 14]
    assert [one.why for one in programme.skipped] == [TWICE]


@pytest.mark.parametrize(
    ("following", "minutes"), [("09:20", 20), ("10:00", 60), ("10:30", 90), ("10:31", 45), ("15:00", 45), ("", 45)]
)
def test_a_missing_end_is_when_the_next_one_in_its_room_begins(following: str, minutes: int) -> None:
    events = [event("First", "09:00", lasts="00:00"), event("Elsewhere", "09:10", room="B")]
    events += [event("Next", following)] if following else []
    programme = pentabarf(*events)
    first = next(talk for talk in programme.talks if talk.title == "First")
    assert first.ends_at - first.starts_at == timedelta(minutes=minutes)
    assert any("no end" in warning for warning in programme.warnings)


def test_the_speakers_wish_not_to_be_passed_on_is_kept() -> None:
    wish = "<recording><optout>true</optout></recording>"
    asked, other = pentabarf(event("Grief", "09:00", more=wish), event("Joy", "10:00")).talks
    assert (asked.do_not_share, other.do_not_share) == (True, False)


def test_a_title_too_long_for_us_is_cut_and_said() -> None:
    programme = pentabarf(event("long " * 101, "09:00"))
    assert len(programme.talks[0].title) <= LONGEST_TITLE
    assert programme.talks[0].title.endswith("…")
    assert any("cut" in warning for warning in programme.warnings)


def test_the_night_when_clocks_change_is_right() -> None:
    """On 25 October 2026 the hour from one to two comes twice in London."""
    talk = pentabarf(event("Night watch", "00:30", lasts="02:00"), day="2026-10-24").talks[0]
    assert talk.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert talk.ends_at.timestamp() - talk.starts_at.timestamp() == 2 * 3600
    assert f"{talk.ends_at:%H:%M}" == "01:30"


def test_sessions_that_are_none_are_set_aside_with_why() -> None:
    def session(number: int, **more: object) -> dict[str, object]:
        times = {"startsAt": f"2026-11-26T{9 + number:02}:00:00", "endsAt": f"2026-11-26T{9 + number:02}:30:00"}
        return {"id": str(number), "title": f"S{number}", "speakers": [], "roomId": 1, **times, **more}

    data = {
        "rooms": [{"id": 1, "name": "A"}],
        "sessions": [
            session(0),
            session(1, isServiceSession=True),
            session(2, status="Declined"),
            session(3, startsAt=None),
            session(4, title=" "),
            session(5, endsAt="2026-11-26T01:00:00"),
        ],
    }
    programme = settle(read_all(data), "Europe/London")
    assert [talk.title for talk in programme.talks] == ["S0"]
    assert [one.why for one in programme.skipped] == [SERVICE, NOT_ACCEPTED, NO_TIME, NO_TITLE, CLOSED]


def test_the_organisers_zone_comes_before_the_files_and_that_before_the_events() -> None:
    named = b'<schedule><conference><time_zone_name>Berlin</time_zone_name></conference><day date="2026-11-26">'
    named += event("Tea", "09:00").encode() + b"</day></schedule>"
    unnamed = named.replace(b"<time_zone_name>Berlin</time_zone_name>", b"")
    zones = [
        read_programme_file(named, "Europe/London", chosen="Asia/Tokyo").zone,
        read_programme_file(named, "Europe/London").zone,
        read_programme_file(unnamed, "Europe/London").zone,
    ]
    assert zones == ["Asia/Tokyo", "Europe/Berlin", "Europe/London"]
    assert any("does not say its time zone" in w for w in read_programme_file(unnamed, "Europe/London").warnings)


def test_a_file_from_elsewhere_is_asked_about() -> None:
    elsewhere = "<date>2026-11-26T09:00:00+05:30</date>"
    warnings = pentabarf(event("Tea", "09:00", more=elsewhere)).warnings
    assert any("UTC+05:30" in warning for warning in warnings)
