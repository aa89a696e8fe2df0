"""Tables as people make them: any header, any encoding, merged cells, two rows of header, days as words."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.programme_matching import Programme, UnreadableProgramme
from app.files.programme import read_programme_file
from app.files.programme.column_mapping import read_mapping
from app.files.programme.event_days import EventDays
from app.files.programme.tables import UnknownColumns, read_table

LONDON = ZoneInfo("Europe/London")


def read(text: str | bytes, **mapping: object) -> Programme:
    content = text.encode() if isinstance(text, str) else text
    return read_programme_file(content, "Europe/London", mapping=read_mapping(mapping) if mapping else None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_in_any_encoding(encoding: str, ends: str, separator: str) -> None:
    rows = [
        ["Date", "Start", "End", "Room", "Title", "Speakers"],
        ["2026-11-26", "9:00", "9:45", "Höhenzug", "Café für Ältere – «à la carte»", "Zoë Müller"],
        ["2026-11-26", "10:00", "10:45", "Höhenzug", "Garçons’ réunion", "Señor Núñez"],
    ]
    text = ends.join(separator.join(row) for row in rows)
    talks = read(text.encode(encoding)).talks
    assert [(talk.title, talk.room, talk.speakers) for talk in talks] == [
        (row[4], row[3], (row[5],)) for row in rows[1:]
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["4/3/16", "4/4/16", "4/7/16"], (2016, 4, 3)),
        (["3/4/16", "4/4/16", "7/4/16"], (2016, 4, 3)),
        (["26/11/2026", "27/11/2026"], (2026, 11, 26)),
        (["11/26/2026", "11/27/2026"], (2026, 11, 26)),
        (["26.11.26", "27.11.26"], (2026, 11, 26)),
        (["26 November 2026", "27 November 2026"], (2026, 11, 26)),
        (["Thursday 26th Nov 2026", "Friday 27th Nov 2026"], (2026, 11, 26)),
        (["20261126", "20261127"], (2026, 11, 26)),
    ],
)
def test_days_are_read_as_they_were_meant(written: list[str], meant: tuple[int, int, int]) -> None:
    rows = "\n".join(f"{day},9:00,Talk {number}" for number, day in enumerate(written))
    assert read(f"Date,Start,Title\n{rows}").talks[0].starts_at.date() == date(*meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("9:05", "09:05"), ("09.05", "09:05"), ("9:05 am", "09:05"), ("2:05 p.m.", "14:05"), ("0905", "09:05"),
     ("14h05", "14:05"), ("12:05 am", "00:05"), ("12:05pm", "12:05"), ("14:05 Uhr", "14:05")],
)  # fmt: skip
def test_times_of_day_are_read_as_people_write_them(written: str, meant: str) -> None:
    assert f"{read(f'Date,Start,Title{chr(10)}2026-11-26,{written},Tea').talks[0].starts_at:%H:%M}" == meant


def test_a_day_that_is_left_empty_is_the_day_above() -> None:
    talks = read("Date,Time,Title\n2026-11-26,9:00-9:30,A\n,10:00-10:30,B\n2026-11-27,9:00-9:30,C").talks
    assert [talk.starts_at.day for talk in talks] == [26, 26, 27]


def test_a_header_of_two_rows_with_merged_cells_is_read() -> None:
    rows = [["The day", "", "", "Speakers", "", ""], ["Room", "Date", "Time", 1, 2, "Title"]]
    rows += [["Hall", date(2026, 11, 26), "9:00", "Nia Rees", "Omar Said", "Knots"]]
    talk = read_table(rows, "xlsx", None, EventDays()).talks[0]
    assert (talk.title, talk.speakers, talk.starts_at) == (
        "Knots",
        ["Nia Rees", "Omar Said"],
        datetime(2026, 11, 26, 9),
    )


def test_a_table_that_is_not_ours_asks_and_shows_its_rows() -> None:
    with pytest.raises(UnknownColumns) as asked:
        read("13:10-13:30,Introduction,Nia Rees\n13:30-14:00,Knots,Omar Said\n")
    assert asked.value.rows[0] == ["13:10-13:30", "Introduction", "Nia Rees"]


def test_a_mapping_reads_a_table_without_a_header() -> None:
    mapping = {"title": "#2", "time": "#1", "speakers": "#3", "header": 0, "day": "2026-11-26"}
    talks = read("13:10-13:30,Introduction,Nia Rees\n13:30-14:00,Knots,Omar Said\n", **mapping).talks
    assert [(talk.title, talk.speakers) for talk in talks] == [
        ("Introduction", ("Nia Rees",)),
        ("Knots", ("Omar Said",)),
    ]
    assert talks[0].starts_at == datetime(2026, 11, 26, 13, 10, tzinfo=LONDON)


def test_a_mapping_says_which_days_words_are() -> None:
    records = {
        "sessions": [{"day": "Friday", "start": "6:00pm", "end": "9:00pm", "title": "Fair", "names": ["Nia", ""]}]
    }
    days = {"Friday": "2026-11-27"}
    mapping = {"title": "title", "date": "day", "start": "start", "end": "end", "speakers": "names", "days": days}
    talk = read(json.dumps(records), **mapping).talks[0]
    assert talk.starts_at == datetime(2026, 11, 27, 18, tzinfo=LONDON)
    assert talk.speakers == ("Nia",)


@pytest.mark.parametrize(
    "mapping", [{}, {"tilte": "x"}, {"title": "x", "day": "soon"}, {"start": "x"}, [], "x", {"title": "Nowhere"}]
)
def test_a_mapping_that_means_nothing_is_refused(mapping: object) -> None:
    with pytest.raises(UnreadableProgramme):
        read_programme_file(b"Title,Start\nTea,2026-11-26 09:00\n", "Europe/London", mapping=read_mapping(mapping))


def test_rooms_and_speakers_that_are_only_dots_are_none() -> None:
    talk = read("Title,Start,Room,Speakers\nTea,2026-11-26 09:00,.,TBA").talks[0]
    assert (talk.room, talk.speakers) == ("", ())
