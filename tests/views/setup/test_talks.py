"""The organiser pastes a programme, and takes talks off it."""

from datetime import UTC, datetime

from app.domain.access import Role
from app.queries.programme import all_talks
from tests.views.site import OURS, Site, value


def test_a_programme_is_pasted_one_talk_a_line(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home | Main hall | Nia Rees, Omar Said\n\n11.00–11.30 | Coffee"
    assert site.post("/setup/talks", day="2026-06-11", talks=text).status_code == 200
    talks = site.ask(all_talks, site.event.id)
    found = [(talk.title, talk.room, talk.speakers, talk.starts_at) for talk in talks if talk.id != site.talk.id]
    assert found == [
        ("Care at home", "Main hall", ["Nia Rees", "Omar Said"], datetime(2026, 6, 11, 9, 0, tzinfo=UTC)),
        ("Coffee", "", [], datetime(2026, 6, 11, 10, 0, tzinfo=UTC)),
    ]


def test_a_programme_with_a_bad_line_adds_nothing_and_loses_nothing(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home\nsoon | Something\n12:00-11:00 | Backwards"
    answer = site.post("/setup/talks", day="2026-06-11", talks=text)
    assert answer.status_code == 422
    assert "Line 2" in answer.text
    assert "Line 3" in answer.text
    assert value(answer.text, "lines") == text
    assert len(site.ask(all_talks, site.event.id)) == 1


def test_a_removed_talk_leaves_its_questions(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.client.post(f"/e/box10/setup/talks/{site.talk.id}?_method=DELETE", headers=OURS)
    assert answer.status_code == 200
    assert site.ask(all_talks, site.event.id) == []


def test_words_that_a_post_would_be_held_for_are_added_by_who_has_read_them_only(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home\n12:00-13:00 | Fuck off, you wankers"
    answer = site.post("/setup/talks", day="2026-06-11", talks=text)
    assert (answer.status_code, len(site.ask(all_talks, site.event.id))) == (422, 1)
    assert "“Fuck off, you wankers”: " in answer.text
    assert value(answer.text, "lines") == text
    assert 'name="read"' in answer.text
    assert 'name="read"' not in site.client.get("/e/box10/setup").text
    assert site.post("/setup/talks", day="2026-06-11", talks=text, read="true").status_code == 200
    assert len(site.ask(all_talks, site.event.id)) == 3
