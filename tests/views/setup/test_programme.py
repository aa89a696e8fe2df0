"""Setup of the programme from a file: nothing changes before it was looked at, and a table says what it is asked."""

from typing import Any

import pytest

from app.domain.access import Role
from app.queries.programme import all_talks, programme_file
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
    owner.post("/setup/programme/talks")
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
    owner.post("/setup/programme/talks")
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
    owner.post("/setup/programme/talks")
    first = min(t.starts_at for t in owner.ask(all_talks, owner.event.id) if t.title == TALKS[0][1])
    assert first.utctimetuple()[3:5] == (0, 0)
    assert owner.post("/setup/programme/reading", zone="Mars/Base").status_code == 422


def test_a_file_is_put_away(owner: Site) -> None:
    upload(owner, frab_xml())
    owner.client.delete("/e/box10/setup/programme", headers=OURS)
    assert owner.ask(programme_file, owner.event.id) is None


def test_a_private_address_is_not_asked(owner: Site) -> None:
    answer = owner.post("/setup/programme", url="http://127.0.0.1:9/programme.xml")
    assert answer.status_code == 422
    assert "http://127.0.0.1:9/programme.xml" in answer.text


def test_words_that_a_post_would_be_held_for_are_pointed_out_before_they_are_put_in_place(owner: Site) -> None:
    page = upload(owner, frab_xml().replace(b"Nights on the ward", b"Fuck off, you wankers")).text
    assert "Read these before everybody does:" in page
    assert "Read these before" not in upload(owner, frab_xml()).text
