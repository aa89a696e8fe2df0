"""The wall says what comes next, and on which day if it is not today."""

from datetime import timedelta

import pytest
from lxml import html

from app.actions.red_buttons import set_wall_state
from app.actions.talks import add_talk
from app.domain.access import Role
from app.domain.event import WallState
from app.domain.talk import Talk
from tests.conftest import ASHA, NOON
from tests.views.site import Site


@pytest.mark.parametrize(("days", "named"), [(0, False), (1, True), (7, True)])
def test_the_next_talk_names_its_day_when_it_is_another(site: Site, days: int, named: bool) -> None:
    site.do(move, site.talk.id)
    talk = site.ask(lambda db: db.get_one(Talk, site.talk.id))
    starts = talk.ends_at.replace(hour=14, minute=30) + timedelta(days=days)
    site.do(add_talk, site.event.id, title="Later", starts_at=starts, ends_at=starts + timedelta(hours=1), at=starts)
    page = html.document_fromstring(site.enter(Role.SCREEN, "wall").text)
    [said] = page.xpath('//*[@class="frame-next"]/time')
    day = f"{starts:%a}"
    assert (day in said.text_content()) is named
    assert ":30" in said.text_content()


@pytest.mark.parametrize(
    ("state", "told"),
    [("live", ""), ("paused", "This wall stands still for a moment."),
     ("blank", "This wall shows a slide in place of the posts.")],
)  # fmt: skip
def test_who_does_not_see_the_wall_hears_what_it_shows(site: Site, state: str, told: str) -> None:
    site.do(set_wall_state, site.event.id, WallState(state), by=ASHA, at=NOON)
    page = html.document_fromstring(site.enter(Role.SCREEN, "wall").text)
    assert page.get_element_by_id("wall-state").text_content().strip() == told
    covered, slide = page.get_element_by_id("shown"), page.get_element_by_id("holding")
    assert ("inert" in covered.attrib, covered.get("aria-hidden")) == (
        (True, "true") if state == "blank" else (False, None)
    )
    assert ("hidden" in slide.attrib, slide.get("aria-hidden")) == (state != "blank", None)


def move(db: object, talk_id: int) -> None:
    """To the morning, so that the next one of today begins after it at whatever hour this runs."""
    talk = db.get_one(Talk, talk_id)  # type: ignore[attr-defined]
    talk.starts_at = talk.starts_at.replace(hour=10, minute=0)
    talk.ends_at = talk.starts_at.replace(hour=11)
