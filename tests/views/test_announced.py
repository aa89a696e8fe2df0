"""What the desk announces is on every phone, and on the page of who does not see the wall, as long as on the walls."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

from app.actions.scenes import announce, end_announcement
from tests.conftest import ASHA
from tests.views.site import Site

WORDS = "Lunch is <b>upstairs</b>, by the lift"


def said(site: Site, path: str) -> list[str]:
    page = html.document_fromstring(site.client.get(f"/e/box10{path}").text)
    return [one.text_content().strip() for one in page.xpath("//*[@id='announced'][not(@hidden)]")]


@pytest.mark.parametrize("path", ["", "/now"])
@pytest.mark.parametrize("whole", [False, True])
def test_it_stands_there_word_by_word_until_it_is_over(site: Site, path: str, whole: bool) -> None:
    assert said(site, path) == []
    now = datetime.now(UTC)
    site.do(announce, site.event.id, WORDS, until=now + timedelta(minutes=5), whole=whole, by=ASHA, at=now)
    assert said(site, path) == [WORDS]
    site.do(end_announcement, site.event.id, by=ASHA, at=now)
    assert said(site, path) == []
