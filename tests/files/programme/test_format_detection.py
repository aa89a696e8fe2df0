"""The same programme comes in by every form, and what is no programme is refused with a sentence."""

import io
import json
import zipfile
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.programme_matching import UnreadableProgramme
from app.files.programme import read_programme_file
from tests.files.programme.invented import FORMS, TALKS, frab_xml

WANTED = [
    (title, start, start + timedelta(minutes=lasts), room, tuple(names))
    for _, title, start, lasts, room, names in sorted(TALKS, key=lambda talk: (talk[2], talk[4]))
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same_programme(form: str) -> None:
    programme = read_programme_file(FORMS[form](), "Europe/London")
    assert [(t.title, t.starts_at, t.ends_at, t.room, t.speakers) for t in programme.talks] == WANTED
    assert programme.skipped == ()
    assert len({talk.key for talk in programme.talks}) == len(TALKS)
    assert all(talk.key for talk in programme.talks)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_description_is_taken_over(form: str) -> None:
    said = repr(read_programme_file(FORMS[form](), "Europe/London"))
    assert "passcode" not in said
    assert "meet.example" not in said


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("sessions", b"0" * 150_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b'<!DOCTYPE s [<!ENTITY a "b">]><schedule><day date="2026-01-01"><event/></day></schedule>', "DOCTYPE"),
        ('<!DOCTYPE s [<!ENTITY a "b">]><schedule/>'.encode("utf-16"), "DOCTYPE"),
        (b'<schedule><day date="2026-01-01"><entry/></day></schedule>', "entry"),
        (b"<schedule><day>", "line 1"),
        (b'{"talks": {"1": 2}}', "no list of talks"),
        (b'{"talks": [', "line 1"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "END:VCALENDAR"),
        (b"PK\x03\x04 nothing", "zip"),
        (b"\x1f\x8b\x08 nothing", "unpacked"),
        (bytes(range(256)) * 40, "neither a text"),
        (b"just, some, words\nand, some, more", "which column"),
        (b"Title,Start\nA talk,\n", "day and a time"),
        (b"Day,Start,Title\nFriday,9:00,A talk\n", "Friday"),
        (b"x" * 25_000_001, "too large"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value[:12]),
)
def test_what_is_no_programme_is_refused_with_what_and_where(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableProgramme, match=said):
        read_programme_file(content, "Europe/London")


def test_a_bomb_in_a_zip_is_not_unpacked() -> None:
    with pytest.raises(UnreadableProgramme, match="too large"):
        read_programme_file(_bomb(), "Europe/London")


def test_a_zip_that_is_no_programme_says_so() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("holiday.txt", "sea")
        opened.writestr("home.txt", "rain")
    with pytest.raises(UnreadableProgramme, match="neither"):
        read_programme_file(packed.getvalue(), "Europe/London")


def read_or_refused(content: bytes) -> None:
    with suppress(UnreadableProgramme):
        read_programme_file(content, "Europe/London")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_whatever_raise_anything_but_our_own_refusal(content: bytes) -> None:
    read_or_refused(content)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["schedule", "conference", "days", "rooms", "sessions", "results", "contributions", "title", "startsAt",
                 "date", "start", "speakers", "persons", "slot", "id", "2026-11-26"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)  # fmt: skip


@given(JSONS)
def test_no_json_whatever_raises_anything_but_our_own_refusal(data: object) -> None:
    read_or_refused(json.dumps(data).encode())


@given(st.data())
def test_a_programme_that_was_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(sorted(FORMS)).map(lambda form: FORMS[form]()))
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(max_size=6)) + content[place + data.draw(st.integers(0, 20)) :]
    read_or_refused(damaged)


def test_an_import_reads_the_same_twice() -> None:
    assert read_programme_file(frab_xml(), "Europe/London") == read_programme_file(frab_xml(), "Europe/London")
