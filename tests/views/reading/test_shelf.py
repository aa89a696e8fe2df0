"""The shelf as a page: to look through, to search, as files; moderators pin, hide and sort; nothing needs a script."""

from lxml import html

from app.domain.access import Role
from app.domain.resource import key_of
from app.domain.web_addresses import identity
from tests.shared_links import share
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]
HIPS, TEA = "https://hips.example/guide", "https://youtu.be/tea"


def listed(site: Site, query: str = "") -> list[str]:
    page = html.document_fromstring(site.client.get(f"/e/box10/links{query}").text)
    assert page.xpath("//body//script") == []
    return [one.text_content() for one in page.xpath("//*[contains(@class, 'resource-name')]")]


def shelved(site: Site) -> str:
    site.do(share, site.event.id, HIPS, "1", title="A guide to <b>hips</b>")
    site.do(share, site.event.id, TEA, "2", title="Tea in the garden")
    return key_of(identity(HIPS))


def test_links_are_looked_through_searched_and_taken_away_as_files(site: Site) -> None:
    shelved(site)
    assert listed(site) == ["Tea in the garden", "A guide to <b>hips</b>"]
    assert listed(site, "?q=GUIDE+hips.example") == ["A guide to <b>hips</b>"]
    assert listed(site, "?kind=video") == ["Tea in the garden"]
    assert listed(site, "?kind=video&q=hips") == listed(site, "?q=nothing") == []
    assert listed(site, "?kind=nonsense") == listed(site)
    text = site.client.get("/e/box10/links").text
    assert "author_1" in text
    assert "<form" not in text.replace('<form class="shelf-search"', "")
    for ending in ("csv", "ris", "bib", "opml"):
        answer = site.client.get(f"/e/box10/links.{ending}")
        assert (answer.status_code, f"box10-links.{ending}" in answer.headers["content-disposition"]) == (200, True)
    assert site.client.get("/e/box10/links.exe").status_code == 404


def test_whoever_has_the_page_as_it_is_gets_no_second_one(site: Site) -> None:
    shelved(site)
    first = site.client.get("/e/box10/links")
    known = {"If-None-Match": first.headers["etag"]}
    assert site.client.get("/e/box10/links", headers=known).status_code == 304
    assert site.client.get("/e/box10/links?q=tea", headers=known).status_code == 200
    site.do(share, site.event.id, "https://new.example/", "3")
    assert site.client.get("/e/box10/links", headers=known).status_code == 200


def test_a_moderator_pins_hides_sorts_and_takes_back(site: Site) -> None:
    key = shelved(site)
    site.enter(Role.MODERATOR, "desk")
    at = f"/e/box10/links/{key}"

    def post(what: str, **data: str) -> int:
        return int(site.client.post(f"{at}/{what}", data=data, headers=OURS).status_code)

    assert post("mark", mark="pinned") == 200
    assert listed(site)[0] == "A guide to <b>hips</b>"
    assert post("mark", mark="off_shelf") == post("kind", kind="tool") == 200
    page = site.client.get("/e/box10/links").text
    assert "only moderators see it" in page
    site.client.cookies.clear()
    assert listed(site) == ["Tea in the garden"]
    assert post("mark", mark="pinned") == 403
    site.enter(Role.MODERATOR, "desk")
    assert site.client.delete(f"{at}/mark", headers=OURS).status_code == 200
    assert site.client.delete(f"{at}/mark", headers=OURS).status_code == 200
    site.client.cookies.clear()
    assert listed(site) == ["A guide to <b>hips</b>", "Tea in the garden"]
    site.enter(Role.MODERATOR, "desk")
    assert post("mark", mark="nonsense") == 422
    assert site.client.post("/e/box10/links/nothing/mark", data={"mark": "pinned"}, headers=OURS).status_code == 404
