"""A programme that is pasted: as people write it and as spreadsheets copy it, and each talk once."""

from datetime import UTC, date, datetime

import pytest

from app.actions.events import Refused
from app.actions.pasted_programme import add_programme, read_programme
from app.domain.event import Event
from app.queries.programme import all_talks
from app.store.doors import Backchannel
from tests.conftest import NOON

DAY = date(2026, 6, 11)


def at(hour: int, minute: int = 0, day: int = 11) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("09:00–10:00\tTabbed from a spreadsheet\tHall A", (at(9), at(10), "Tabbed from a spreadsheet", "Hall A", [])),
        (
            "9.00 - 10.00\tTwo speakers\t\tNia Rees, Omar Said",
            (at(9), at(10), "Two speakers", "", ["Nia Rees", "Omar Said"]),
        ),
        ("09:00\t10:30\tTimes in two cells\tHall B", (at(9), at(10, 30), "Times in two cells", "Hall B", [])),
        ("20:00-24:00 | Till midnight", (at(20), at(0, day=12), "Till midnight", "", [])),
        ("\t09:00-10:00 | A tab before | Hall", (at(9), at(10), "A tab before", "Hall", [])),
        ("09:00−10:00 | A minus sign", (at(9), at(10), "A minus sign", "", [])),
    ],
)
def test_a_line_is_read(line: str, read: tuple[object, ...]) -> None:
    [talk] = read_programme(line, day=DAY, zone="UTC")
    assert (talk.starts_at, talk.ends_at, talk.title, talk.room, talk.speakers) == read


@pytest.mark.parametrize(
    "line", ["24:00-24:30 | Late", "20:00-24:01 | Late", "25:00-26:00 | Later", "09:00\t", "soon\tTitle"]
)
def test_what_is_no_time_or_has_no_title_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(Refused, match="Line 1"):
        read_programme(line, day=DAY, zone="UTC")


AGAIN = "10:00-10:45 | Care at home | Hall A | Siân O'Brien"


@pytest.mark.parametrize("again", [AGAIN, "10:00-10:45 |  CARE at  home | hall a", "10.00–10.45\tCare at home\tHall A"])
async def test_the_same_line_makes_one_talk_only(doors: Backchannel, event: Event, again: str) -> None:
    with pytest.raises(Refused, match=r"Line 2.*twice"):
        read_programme(f"{AGAIN}\n{again}", day=DAY, zone="UTC")
    await doors.do(add_programme, event.id, read_programme(AGAIN, day=DAY, zone="UTC"), at=NOON)
    other = read_programme(f"11:00-11:30 | Coffee\n{again}", day=DAY, zone="UTC")
    with pytest.raises(Refused, match="already; nothing was added"):
        await doors.do(add_programme, event.id, other, at=NOON)
    assert [talk.title for talk in await doors.ask(all_talks, event.id)] == ["Care at home"]


@pytest.mark.parametrize("other", ["10:00-10:45 | Care at home | Hall B", "11:00-11:45 | Care at home | Hall A"])
async def test_another_room_or_time_is_another_talk(doors: Backchannel, event: Event, other: str) -> None:
    lines = read_programme(f"{AGAIN}\n{other}", day=DAY, zone="UTC")
    assert len(await doors.do(add_programme, event.id, lines, at=NOON)) == 2
