"""The sheet of what somebody learned: what it is about comes with it, one's own posts are marked, and it has no form."""

from lxml import html

from app.actions.arrivals import receive
from app.actions.event_states import archive_event, close_event
from app.actions.prompts import release_prompt, write_prompt
from app.actions.verdicts import approve
from app.domain.prompt import PromptKind
from tests.conftest import ASHA, NOON, incoming
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]


def posts(site: Site) -> list[tuple[str, str | None, bool]]:
    page = html.document_fromstring(site.client.get("/e/box10/reflection").text)
    assert page.xpath("//form | //*[@action or @formaction]") == []
    assert [one.get("src").rpartition("/")[2] for one in page.xpath("//script")] == ["reflection.js"]
    found = page.xpath("//template//p")
    return [(one.text_content().strip(), one.get("data-by"), one.get("data-mine") is not None) for one in found]


def test_it_marks_what_came_from_this_phone_and_names_nobody_whose_words_may_not_be_published(site: Site) -> None:
    facts = {"kind": PromptKind.QUESTION, "text": "What <b>helped</b>?", "minute": None}
    prompt = site.do(write_prompt, site.event.id, **facts, by=ASHA, at=NOON)
    site.do(release_prompt, prompt.id, by=ASHA, at=NOON)
    site.client.get("/e/box10")
    site.client.post("/e/box10/posts", data={"text": "A1 My cake", "key": "k"}, headers=OURS)
    site.do(receive, site.event.id, incoming("A1 Tea", ref="1", by="Kai", source="x"), at=NOON)
    held = incoming("A1 A secret", ref="2", by="mel", source="x")
    site.do(receive, site.event.id, held, at=NOON)
    for post_id in (1, 2):
        site.do(approve, post_id, by=ASHA, at=NOON)
    cake, tea = sorted(posts(site))
    assert (*cake, tea) == ("A1 My cake", None, True, ("A1 Tea", "kai", False))
    assert "Q1 What &lt;b&gt;helped&lt;/b&gt;?" in " ".join(site.client.get("/e/box10/reflection").text.split())
    site.client.cookies.clear()
    assert [mine for _, _, mine in posts(site)] == [False, False]
    site.do(close_event, site.event.id, at=NOON)
    assert min(posts(site), key=str) == ("", None, False)
    assert "A1 Tea" not in site.client.get("/e/box10/reflection").text
    site.do(archive_event, site.event.id, at=NOON)
    assert [words for words, _, _ in posts(site)] == ["A1 My cake"]


def test_of_a_conference_there_are_its_talks_to_tick(site: Site) -> None:
    page = html.document_fromstring(site.client.get("/e/box10/reflection").text)
    assert [one.get("name") for one in page.xpath("//input[starts-with(@name, 'talk-')]")] == [f"talk-{site.talk.id}"]
