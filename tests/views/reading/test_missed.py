"""What was missed as a page and as a feed: since any time that people type, without a script, and 304 for who has it."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from lxml import html

from app.actions.arrivals import receive
from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.stars import star_post
from app.domain.access import Role
from tests.conftest import ASHA, incoming
from tests.shared_links import share
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]
ATOM = "{http://www.w3.org/2005/Atom}"


def furnished(site: Site) -> None:
    now = datetime.now(UTC)
    ids = [site.do(share, site.event.id, f"https://{source}.example/", source, source=source, posted_at=now, at=now)
           for source in ("x", "floor")]  # fmt: skip
    for post_id in ids:
        site.do(star_post, post_id, by=ASHA, at=now)
    question = site.do(make_question, ids[0], talk_id=site.talk.id, by=ASHA, at=now)
    site.do(bring_on_stage, question.id, by=ASHA, at=now)
    site.do(mark_answered, question.id, by=ASHA, at=now)


def page_of(site: Site, query: str = "", status: int = 200) -> html.HtmlElement:
    answer = site.client.get(f"/e/box10/missed{query}")
    assert answer.status_code == status
    page = html.document_fromstring(answer.text)
    assert page.xpath("//body//script") == []
    return page


def test_a_page_tells_since_any_time_and_a_sentence_what_is_none(site: Site) -> None:
    furnished(site)
    page = page_of(site)
    assert site.talk.title in page.text_content()
    assert (
        len(page.xpath("//*[contains(@class, 'missed-question')][@data-source='x']//*[contains(@class, 'handle')]"))
        == 1
    )
    assert len(page.xpath("//*[contains(@class, 'missed-posts')]/article")) == 2
    later = (datetime.now(ZoneInfo(site.event.zone)) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "Nothing happened since then." in page_of(site, f"?since={later}").text_content()
    wrong = page_of(site, "?since=soon", 422)
    assert "That is no time." in wrong.get_element_by_id("since-wrong").text_content()
    assert len(wrong.xpath("//*[contains(@class, 'missed-posts')]/article")) == 2
    assert wrong.get_element_by_id("since").value == "soon"
    (way,) = page.xpath("//nav[contains(@class, 'transcript-ways')]/a[2]/@href")
    # The talk began a while ago, perhaps in another half of the day than what was said in it.
    assert len(page_of(site, way).xpath("//*[contains(@class, 'missed-half')]")) in {1, 2}


def test_the_feed_has_the_words_of_the_room_and_only_addresses_of_networks_that_want_that(site: Site) -> None:
    furnished(site)
    answer = site.client.get("/e/box10/missed.atom")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) in {1, 2}
    said = " ".join(str(entry.findtext(f"{ATOM}content")) for entry in entries)
    assert site.talk.title in said
    assert "https://network.example/x" in said
    assert said.count("Worth reading") == 1
    assert {f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated"} <= {one.tag for one in entries[0]}
    known = {"If-None-Match": answer.headers["etag"]}
    assert site.client.get("/e/box10/missed.atom", headers=known).status_code in {200, 304}


def test_a_moderator_stars_on_the_desk_and_takes_it_back(site: Site) -> None:
    post_id = site.do(share, site.event.id, "https://hips.example/", "1", at=datetime.now(UTC))
    site.enter(Role.MODERATOR, "desk")

    def starred() -> int:
        return len(page_of(site).xpath("//*[contains(@class, 'missed-posts')]/article"))

    assert site.client.post(f"/posts/{post_id}/star", headers=OURS).status_code == 200
    assert starred() == 1
    assert f"/posts/{post_id}/star?_method=DELETE" in site.client.get("/e/box10/desk?list=approved").text
    assert site.client.delete(f"/posts/{post_id}/star", headers=OURS).status_code == 200
    assert starred() == 0
    waits = site.do(
        receive, site.event.id, incoming("Nobody has seen this", ref="unseen"), at=datetime.now(UTC)
    ).post_id
    assert site.client.post(f"/posts/{waits}/star", headers=OURS).status_code == 200
    assert starred() == 0
