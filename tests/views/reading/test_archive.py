"""What stays of an event, as a page: questions under their talks, what was said, a search; of X links after the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy.event import listen
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.event_states import archive_event, close_event
from app.actions.merged_questions import merge_question
from app.actions.questions import bring_on_stage, mark_answered
from app.actions.replies import write_reply
from app.actions.stars import star_post
from app.actions.talks import add_talk
from app.actions.verdicts import approve, reject
from app.domain.incoming import Segment
from app.domain.post import Post
from app.domain.question import Question
from app.domain.source import Source
from app.domain.talk import Talk
from app.views.reading import archive
from tests.conftest import ASHA, NOON, incoming
from tests.views.conftest import site
from tests.views.site import Site

__all__ = ["site"]

SAID = (
    "//article//p[contains(@class, 'text')] | //*[contains(@class, 'archive-questions')]//p[contains(@class, 'text')]"
)
TOMORROW = NOON + timedelta(days=1)
LINKS = "//p[contains(@class, 'said-link')]//a"


def page_of(site: Site, query: str = "", page: str = "archive") -> html.HtmlElement:
    answer = site.client.get(f"/e/box10/{page}{query}".rstrip("/"))
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def words(page: html.HtmlElement) -> set[str]:
    return {one.text_content().strip() for one in page.xpath(SAID)}


def told(site: Site, text: str, source: str, *, verb: object = approve, **more: object) -> None:
    post = incoming(text, ref=text, by=f"{source}_author", source=source, url=f"https://{source}.example/1", **more)
    site.do(verb, site.do(receive, site.event.id, post, at=NOON).post_id, by=ASHA, at=NOON)


def secret_talk(site: Site) -> Talk:
    kept = {
        "title": "Not to be passed on",
        "room": "",
        "speakers": [],
        "starts_at": TOMORROW,
        "ends_at": TOMORROW + timedelta(hours=1),
    }
    talk: Talk = site.do(add_talk, site.event.id, **kept, by=ASHA, at=NOON)

    def keep(db: object) -> None:
        db.get_one(Talk, talk.id).do_not_share = True  # type: ignore[attr-defined]

    site.do(keep)
    return talk


def test_it_has_what_was_let_through_and_of_x_only_links_once_the_event_is_over(site: Site) -> None:
    secret = secret_talk(site)
    told(site, "Tea helps", "floor")
    told(site, "Cake helps", "mastodon")
    told(site, "Sun helps", "x")
    told(site, "Nothing helps", "floor", verb=reject)
    told(site, "What about children?", "floor", asks_talk_id=site.talk.id)
    told(site, "Whisper it?", "floor", asks_talk_id=secret.id)
    page = page_of(site)
    assert words(page) == {"Tea helps", "Cake helps", "Sun helps", "What about children?"}
    assert page.xpath("//h3/text()") == [site.talk.title]
    assert page.xpath(LINKS) == []
    site.do(close_event, site.event.id, farewell="Thank you all", at=NOON)
    for name in ("archive", "transcript"):
        page = page_of(site, page=name)
        assert words(page) >= {"Tea helps", "Cake helps"}
        assert "Sun helps" not in page.text_content()
        assert "x_author" not in page.xpath("//main")[0].text_content()
        assert len(page.xpath(LINKS)) == 1
    page = page_of(site)
    assert "Thank you all" in page.text_content()
    assert "Whisper" not in page.text_content()
    assert page.xpath("//body//script") == []
    assert words(page_of(site, page="")) == words(page)
    site.do(archive_event, site.event.id, at=NOON)
    assert words(page_of(site)) == {"Tea helps", "What about children?"}


def test_posts_of_x_stand_whole_only_where_it_was_chosen_and_all_were_asked_for_lately(site: Site) -> None:
    told(site, "Sun helps", "x")
    site.do(close_event, site.event.id, at=NOON)
    now = site.context.now()
    for chosen, looked, whole in (
        (True, now - timedelta(hours=1), True),
        (True, now - timedelta(hours=27), False),
        (True, None, False),
        (False, now, False),
    ):

        def put(db: Any, chosen: bool = chosen, looked: datetime | None = looked) -> None:
            known = db.exec(select(Source).where(Source.event_id == site.event.id, Source.kind == "x")).first()
            source = known or Source(event_id=site.event.id, kind="x")
            db.add(source)
            source.options, source.looked_through_at = {"whole_in_archive": True} if chosen else {}, looked

        site.do(put)
        for name in ("archive", "transcript"):
            assert ("Sun helps" in page_of(site, page=name).text_content()) is whole, (name, chosen, looked)


def test_a_search_finds_words_in_posts_questions_and_titles_but_not_behind_links(site: Site) -> None:
    told(site, "Tea helps", "floor")
    told(site, "Tea on X helps", "x")
    told(site, "Is tea allowed?", "floor", asks_talk_id=site.talk.id)
    told(site, "Cake", "floor")
    site.do(close_event, site.event.id, at=NOON)
    assert words(page_of(site, "?q=TEA")) == {"Tea helps", "Is tea allowed?"}
    assert page_of(site, "?q=TEA").xpath(LINKS) == []
    assert words(page_of(site, "?q=helps+tea")) == {"Tea helps"}
    assert words(page_of(site, "?q=zebra")) == set()
    assert page_of(site, "?q=%22%3Cb%3E").xpath("//input[@id='archive-q']")[0].get("value") == '"<b>'
    assert site.client.get("/e/box10/archive?q=" + "a" * 201).status_code == 422


def test_a_question_stands_with_its_written_answer_and_those_asked_with_it_stand_under_it(site: Site) -> None:
    words_of = ("Who pays for it?", "Who is paying?")
    for text in words_of:
        told(site, text, "floor", asks_talk_id=site.talk.id)
    first, second = site.do(lambda db: list(db.exec(select(Question.id).order_by(Question.id))))
    site.do(merge_question, second, first, by=ASHA, at=NOON)
    site.do(write_reply, first, "The <b>trust</b> does.", by=ASHA, at=NOON)
    site.do(bring_on_stage, first, by=ASHA, at=NOON)
    site.do(mark_answered, first, by=ASHA, at=NOON)
    for name in ("archive", "missed"):
        page = page_of(site, page=name)
        assert [one.text_content().split(": ")[1] for one in page.xpath("//*[@class='reply']")] == [
            "The <b>trust</b> does."
        ]
        asked = page.xpath("//*[contains(@class, 'archive-questions')]/li | //*[contains(@class, 'missed-question')]")
        assert [words_of[1] in one.text_content() for one in asked if one.tag == "li"] == [False], name


def test_of_x_stands_nothing_but_a_link_where_nobody_asks_any_more_whether_it_does(site: Site) -> None:
    link = Segment("link", "tea.example", "https://tea.example/")
    told(site, "Sun helps", "x", segments=(Segment("text", "Sun helps "), link))
    told(site, "Cake helps", "mastodon", segments=(Segment("text", "Cake helps "), link))
    for post_id in site.do(lambda db: list(db.exec(select(Post.id)))):
        site.do(star_post, post_id, by=ASHA, at=NOON)
    for name, shown in (("missed", "Sun helps"), ("links", "x_author")):
        assert shown in page_of(site, page=name).text_content(), name
    site.do(close_event, site.event.id, at=NOON)
    for name in ("missed", "links", "archive", "transcript"):
        page = page_of(site, page=name).xpath("//main")[0].text_content()
        assert [word for word in ("Sun helps", "x_author") if word in page] == [], name
        assert "mastodon_author" in page, name


def test_a_long_record_has_pages_and_each_post_stands_on_one_of_them(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "POSTS_A_PAGE", 2)
    said = [f"Tea {number}" for number in range(5)]
    for text in said:
        post = site.do(receive, site.event.id, incoming(text, ref=text, source="floor"), at=NOON)
        site.do(approve, post.post_id, by=ASHA, at=NOON)
    found, way, seen = [], "", []
    while way is not None:
        page = page_of(site, way)
        found += [one.text_content() for one in page.xpath("//article//p[contains(@class, 'text')]")]
        seen.append(len(page.xpath("//*[contains(@class, 'archive-programme')]")))
        way = next((one.rpartition("archive")[2] for one in page.xpath("//nav//a[@rel='next']/@href")), None)
    assert (found, seen) == (said, [1, 0, 0])
    assert len(page_of(site, "?page=99").xpath("//article")) == 1
    assert len(page_of(site, "?q=tea+3").xpath("//article")) == 1


def test_when_an_event_is_over_its_own_page_is_its_archive_and_whoever_sent_something_finds_that(site: Site) -> None:
    site.client.get("/e/box10")
    site.post("/posts", text="My cake", key="k", kind="post")
    site.do(receive, site.event.id, incoming("Tea", ref="tea", source="floor"), at=NOON)
    for post_id in (1, 2):
        site.do(approve, post_id, by=ASHA, at=NOON)
    site.do(close_event, site.event.id, farewell="Thanks, see https://example.org/r.", at=NOON)
    assert 'id="mine"' in site.client.get("/e/box10").text
    site.client.cookies.clear()
    page = page_of(site, page="")
    assert page.xpath("//h1")[0].text_content() == site.event.name
    assert {one.text_content() for one in page.xpath(SAID)} == {"My cake", "Tea"}
    assert page.xpath("//a[@href='https://example.org/r']")
    assert 'id="mine"' in site.client.get("/e/box10?own=1").text
    assert site.client.get("/e/BOX10", follow_redirects=False).status_code == 307


@pytest.mark.parametrize("path", ["", "/archive", "/archive?q=tea", "/transcript", "/reflection"])
def test_who_has_the_page_of_an_event_that_is_over_is_told_so_before_anything_is_read(site: Site, path: str) -> None:
    """A hall that looks at it again reads the record once each, and nobody keeps what was taken away meanwhile."""
    told(site, "Tea helps", "floor")
    site.do(close_event, site.event.id, farewell="Good bye", at=NOON)
    asked: list[str] = []
    listen(site.context.backchannel.read_engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))

    def opens(etag: str = "") -> tuple[int, str]:
        asked.clear()
        answer = site.client.get(f"/e/box10{path}", headers={"If-None-Match": etag} if etag else {})
        return answer.status_code, answer.headers["etag"]

    _, etag = opens()
    assert any("FROM post" in one for one in asked)
    assert opens(etag) == (304, etag)
    assert [one for one in asked if "FROM post" in one] == []
    changes: list[Callable[[], Any]] = [
        lambda: site.do(close_event, site.event.id, farewell="Farewell", at=NOON),
        lambda: site.do(reject, 1, by=ASHA, at=NOON),
    ]
    for change in changes if path in {"", "/archive"} else changes[1:]:
        change()
        status, now = opens(etag)
        assert (status, now != etag) == (200, True)
        etag = now
