"""A desk with thousands that wait: a page is small, and the next cards come on demand, without a gap."""

import gzip
import random
from typing import Any

import httpx2
import pytest
from lxml import html
from sqlmodel import col, select

from app.actions.arrivals import receive
from app.actions.verdicts import Seen, settle_many
from app.domain.access import Role
from app.domain.event import Event
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.queries.desk import decided_ids, queue_ids
from app.views.list_lengths import LISTED_ON_DESK
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import Site

WORDS = [
    "atrium",
    "bread",
    "carer",
    "door",
    "evening",
    "fruit",
    "garden",
    "hill",
    "island",
    "jacket",
    "kettle",
    "ladder",
    "meadow",
    "number",
    "onion",
    "paper",
    "quiet",
    "river",
    "station",
    "table",
    "umbrella",
    "village",
    "window",
    "yellow",
    "acorn",
    "bridge",
    "candle",
    "daisy",
    "engine",
    "forest",
    "gate",
    "harbour",
    "ink",
    "jar",
    "kite",
    "lamp",
]
"""No two posts say the same."""
POSTS = 2 * LISTED_ON_DESK + 7
MOST_ON_THE_WIRE = 120_000


@pytest.fixture
def busy(site: Site) -> Site:
    for number in range(POSTS):
        words = f"home {number} " + " ".join(random.Random(number).sample(WORDS, 12))
        site.do(receive, site.event.id, incoming(words, ref=str(number), by=f"author_{number}"), at=NOON)
    site.enter(Role.MODERATOR, "desk")
    return site


def cards(page: str) -> list[int]:
    found = html.document_fromstring(page).xpath("//*[contains(@class, 'desk-list')]/article/@id")
    return [int(name.removeprefix("post-")) for name in found]


def onward(page: str) -> str | None:
    links = html.document_fromstring(page).xpath("//*[not(@hidden)]/a[contains(@href, 'after=')]/@href")
    return links[0] if links else None


def test_the_page_of_a_long_queue_is_small_and_the_next_cards_follow_without_a_gap(busy: Site) -> None:
    waiting = busy.ask(lambda db: queue_ids(db, db.get_one(Event, busy.event.id), 10 * POSTS))
    first = busy.client.get("/e/box10/desk", headers={"accept-encoding": "gzip"})
    assert _on_the_wire(first) < MOST_ON_THE_WIRE
    assert followed(busy, "/e/box10/desk") == waiting
    assert len(waiting) == POSTS


@pytest.mark.parametrize("verdict", [Verdict.APPROVED, Verdict.STASHED])
def test_so_do_those_of_the_other_lists(busy: Site, verdict: Verdict) -> None:
    ids = busy.ask(lambda db: db.exec(select(Post.id).order_by(col(Post.id))).all())
    chosen: list[tuple[int, Seen]] = [(post_id, Seen(Verdict.HELD, 0)) for post_id in ids]
    busy.do(settle_many, busy.event.id, chosen, verdict, by=ASHA, at=NOON)
    decided = busy.ask(lambda db: decided_ids(db, db.get_one(Event, busy.event.id), verdict, 10 * POSTS))
    assert followed(busy, f"/e/box10/desk?list={verdict.value}") == decided
    assert followed(busy, f"/e/box10/desk?list={verdict.value}&q=home") == decided


def followed(site: Site, path: str) -> list[int]:
    """All cards, from page to page."""
    page, seen, sizes = site.client.get(path).text, [], []
    while True:
        seen += cards(page)
        sizes.append(len(cards(page)))
        if (link := onward(page)) is None:
            assert max(sizes) == LISTED_ON_DESK
            return seen
        page = site.client.get(f"/e/box10/desk{link}").text


def test_what_is_no_place_is_the_beginning(busy: Site) -> None:
    first = cards(busy.client.get("/e/box10/desk").text)
    for said in ("nonsense", "-1", "1e9", "٣" * 13):
        assert cards(busy.client.get("/e/box10/desk", params={"after": said}).text) == first


def _on_the_wire(answer: Any) -> int:
    assert isinstance(answer, httpx2.Response)
    assert answer.headers["content-encoding"] == "gzip"
    return len(gzip.compress(answer.content, 5))
