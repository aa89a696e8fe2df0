"""Setup of the programme from a file: nothing changes before it was looked at, and a table says what it is asked."""

import re
from typing import Any

import pytest

from app.actions.programme_import import import_programme
from app.domain.access import Role
from app.files.programme import read_programme_file
from app.queries.programme import all_talks, programme_file
from tests.conftest import NOON
from tests.files.programme.invented import FORMS, TALKS, frab_xml
from tests.views.site import OURS, Site

STRANGE = "13:10-13:30,Introduction,Nia Rees\n13:30-14:00,Knots,Omar Said\n"
MEANT = {"column-1": "time", "column-2": "title", "column-3": "speakers", "header": "0", "day": "2026-11-26"}


@pytest.fixture
def owner(site: Site) -> Site:
    site.enter(Role.OWNER, "setup")
    return site


def upload(site: Site, content: bytes | str, name: str = "programme") -> Any:
    return site.client.post("/e/box10/setup/programme", files={"file": (name, content)}, headers=OURS)


def put_in_place(site: Site, **more: str) -> Any:
    """As the form on the page does it, with the mark of what was shown."""
    return site.post("/setup/programme/talks", mark=mark(site.client.get("/e/box10/setup/programme").text), **more)


def mark(page: str) -> str:
    return re.search(r'name="mark" value="(\w+)"', page)[1]  # type: ignore[index]


def titles(site: Site) -> list[str]:
    return [talk.title for talk in site.ask(all_talks, site.event.id)]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_shown_first_and_put_in_place_then(owner: Site, form: str) -> None:
    before = titles(owner)
    page = upload(owner, FORMS[form]())
    assert page.status_code == 200
    for title, *_ in (talk[1:] for talk in TALKS):
        assert title.replace("&", "&amp;") in page.text
    assert "Thu, Nov 26, 2026" in page.text or "Thu, 26 Nov 2026" in page.text
    assert titles(owner) == before
    put_in_place(owner)
    assert set(titles(owner)) >= {talk[1] for talk in TALKS}
    assert owner.ask(programme_file, owner.event.id) is None


def test_a_large_file_is_taken_and_one_too_large_is_refused(owner: Site) -> None:
    padded = frab_xml().replace(b"<schedule>", b"<schedule>" + b" " * 1_000_000)
    assert "new talks" in upload(owner, padded).text
    assert upload(owner, b"x" * 27_000_000).status_code == 413


def test_a_bad_file_is_refused_with_a_sentence_and_changes_nothing(owner: Site) -> None:
    before = titles(owner)
    assert "DOCTYPE" in upload(owner, b"<!DOCTYPE x><schedule/>").text
    assert owner.post("/setup/programme/talks").status_code == 422
    assert titles(owner) == before


def test_a_strange_table_asks_what_its_columns_mean_and_remembers_it(owner: Site) -> None:
    asks = upload(owner, STRANGE)
    assert "Introduction" in asks.text
    assert 'name="column-3"' in asks.text
    answered = owner.post("/setup/programme/reading", **MEANT)
    assert "2 new talks" in answered.text
    put_in_place(owner)
    assert {"Introduction", "Knots"} <= set(titles(owner))
    next_one = upload(owner, STRANGE.replace("Knots", "Better knots"))
    assert "1 talk has other words" in next_one.text


def test_a_mapping_without_a_title_is_refused(owner: Site) -> None:
    upload(owner, STRANGE)
    answer = owner.post("/setup/programme/reading", **{"column-1": "time"})
    assert answer.status_code == 422
    assert "title" in answer.text


def test_another_zone_moves_what_names_none(owner: Site) -> None:
    upload(owner, FORMS["our template"]())
    shown = owner.post("/setup/programme/reading", zone="Asia/Tokyo")
    assert "Asia/Tokyo" in shown.text
    put_in_place(owner)
    first = min(t.starts_at for t in owner.ask(all_talks, owner.event.id) if t.title == TALKS[0][1])
    assert first.utctimetuple()[3:5] == (0, 0)
    assert owner.post("/setup/programme/reading", zone="Mars/Base").status_code == 422


@pytest.mark.parametrize("odd", ["²", "፩", "٣", "9" * 5_000, "-1", "1.5"])
def test_what_is_a_digit_and_no_number_is_no_error_of_ours(owner: Site, odd: str) -> None:
    upload(owner, STRANGE)
    for answer in ({**MEANT, "header": odd}, {**MEANT, f"column-{odd}": "room"}):
        assert owner.post("/setup/programme/reading", **answer).status_code in {200, 303, 422}


def test_a_file_is_put_away(owner: Site) -> None:
    upload(owner, frab_xml())
    owner.client.delete("/e/box10/setup/programme", headers=OURS)
    assert owner.ask(programme_file, owner.event.id) is None


def test_a_private_address_is_not_asked(owner: Site) -> None:
    answer = owner.post("/setup/programme", url="http://127.0.0.1:9/programme.xml")
    assert answer.status_code == 422
    assert "http://127.0.0.1:9/programme.xml" in answer.text


def test_words_that_a_post_would_be_held_for_wait_in_the_file_until_somebody_has_read_them(owner: Site) -> None:
    rude, before = frab_xml().replace(b"Nights on the ward", b"Fuck off, you wankers"), titles(owner)
    page = upload(owner, rude).text
    assert "Read these before everybody does" in page
    put_in_place(owner)
    assert "Fuck off, you wankers" not in titles(owner)
    assert len(titles(owner)) > len(before) + 1
    key = re.search(r'name="read" value="([^"]+)"', upload(owner, rude).text)
    assert key is not None
    put_in_place(owner, read=key[1])
    assert "Fuck off, you wankers" in titles(owner)
    assert "Read these before" not in upload(owner, frab_xml()).text


def test_what_is_put_in_place_is_what_was_shown(owner: Site) -> None:
    """The file, how it is read, or the programme may be others by then, be it in another tab."""
    upload(owner, frab_xml())
    shown = mark(owner.client.get("/e/box10/setup/programme").text)

    def refused_as_shown(said: str) -> str:
        before = titles(owner)
        answer = owner.post("/setup/programme/talks", mark=shown)
        assert answer.status_code == 409
        assert "has changed since you looked" in answer.text
        assert said in answer.text
        assert titles(owner) == before
        return mark(answer.text)

    upload(owner, frab_xml().replace(b"Nights on the ward", b"Days on the ward"))
    refused_as_shown("Days on the ward")
    upload(owner, frab_xml())
    owner.post("/setup/programme/reading", zone="Asia/Tokyo")
    shown = refused_as_shown("Asia/Tokyo")
    owner.do(import_programme, owner.event.id, file_of(owner), at=NOON)
    shown = refused_as_shown("like this already")
    assert owner.post("/setup/programme/talks").status_code == 409
    assert owner.post("/setup/programme/talks", mark=shown).status_code == 200


def test_weekdays_are_those_that_setup_says_the_event_has(owner: Site) -> None:
    """Also in a file that came before the days were told."""
    upload(owner, "Day,Start,Title\nFriday,9:00,Opening\nSaturday,9:00,Tea\n")
    assert "Say which days are meant" in owner.client.get("/e/box10/setup/programme").text
    owner.post("/setup/days", kind="conference", starts_on="2026-11-27", ends_on="2026-11-28")
    assert "Days without a date are read as those of the event" in owner.client.get("/e/box10/setup/programme").text
    put_in_place(owner)
    starts = {talk.title: f"{talk.starts_at:%d %H}" for talk in owner.ask(all_talks, owner.event.id)}
    assert (starts["Opening"], starts["Tea"]) == ("27 09", "28 09")


def file_of(site: Site) -> Any:
    file = site.ask(programme_file, site.event.id)
    return read_programme_file(file.content, site.event.zone, chosen=file.zone)
