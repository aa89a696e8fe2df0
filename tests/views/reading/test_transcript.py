"""The transcript as a page: all or one prompt, each card as its network wants it, no form and no script."""

from lxml import html

from app.actions.arrivals import receive
from app.actions.event_states import archive_event, close_event
from app.actions.prompts import release_prompt, write_prompt
from app.actions.verdicts import approve
from app.domain.prompt import PromptKind
from tests.conftest import ASHA, NOON, incoming
from tests.views.conftest import site
from tests.views.site import Site

__all__ = ["site"]


def page_of(site: Site, query: str = "") -> html.HtmlElement:
    return html.document_fromstring(site.client.get(f"/e/box10/transcript{query}").text)


def test_all_or_one_prompt_and_of_an_archived_chat_nothing_of_a_network(site: Site) -> None:
    ids = []
    for number, text in enumerate(("What helped?", "And <b>now</b>?")):
        facts = {"kind": PromptKind.QUESTION, "text": text, "minute": None}
        ids.append(site.do(write_prompt, site.event.id, **facts, by=ASHA, at=NOON).id)
        site.do(release_prompt, ids[-1], by=ASHA, at=NOON)
        for source in ("x", "floor"):
            post = incoming(f"A{number + 1} {source}", ref=f"{source}{number}", by=f"{source}_author", source=source)
            site.do(approve, site.do(receive, site.event.id, post, at=NOON).post_id, by=ASHA, at=NOON)
    page = page_of(site)
    assert [one.text_content().split() for one in page.xpath("//h2[starts-with(@id, 'chapter')]")] == [
        ["Q1", "What", "helped?"], ["Q2", "And", "<b>now</b>?"],
    ]  # fmt: skip
    said = "//article//p[contains(@class, 'text')]"
    assert [one.text_content() for one in page.xpath(said)] == ["A1 x", "A1 floor", "A2 x", "A2 floor"]
    assert page.xpath("//form | //body//script") == []
    assert page.xpath("//article[@data-source='x']//*[contains(@class, 'handle')]")
    assert [one.text_content() for one in page_of(site, f"?prompt={ids[1]}").xpath(said)] == ["A2 x", "A2 floor"]
    assert len(page_of(site, "?prompt=99999").xpath(said)) == 4
    site.do(close_event, site.event.id, at=NOON)
    site.do(archive_event, site.event.id, at=NOON)
    assert [one.text_content() for one in page_of(site).xpath(said)] == ["A1 floor", "A2 floor"]
