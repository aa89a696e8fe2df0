"""A card is signed as it was approved: no later name or picture of its author stands on it unseen."""

import pytest

from app.actions.verdicts import approve
from app.domain.incoming import Byline
from app.queries.desk import desk_cards
from app.queries.posts import shown_cards
from tests.actions.desk import Desk
from tests.conftest import NOON

GWEN = Byline("gwen", "Gwen", "https://pictures.example/gwen.png", verified="blue")
CHANGED = [
    Byline("gwen", "Prof Wanker McFuckface", GWEN.avatar_url, verified="blue"),
    Byline("gwen", "Gwen", "https://pictures.example/other.png", verified="blue"),
    Byline("gwen", "Gwen", GWEN.avatar_url, verified="government"),
    Byline("gwen", "Closer to Home ✔️ OFFICIAL", "https://pictures.example/other.png"),
]


@pytest.mark.parametrize("later", CHANGED, ids=["name", "picture", "mark", "all"])
@pytest.mark.parametrize("source", ["floor", "x"])
async def test_an_approved_card_keeps_its_name_and_picture(desk: Desk, later: Byline, source: str) -> None:
    first = await desk.arrives("Lovely keynote this morning.", source=source, byline=GWEN)
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    before = (await desk.doors.ask(shown_cards, [first]))[first].author
    second = await desk.arrives("And the second talk was good as well.", source=source, byline=later)
    after = (await desk.doors.ask(shown_cards, [first]))[first].author
    assert (after.name, after.avatar, after.verified, after.url) == (
        before.name,
        before.avatar,
        before.verified,
        before.url,
    )
    # The desk sees the new one with the post that brought it, and is told beside the old one.
    cards = await desk.doors.ask(desk_cards, [first, second])
    assert cards[second].author.name == later.name
    assert cards[first].author.now == (
        later.name if (later.name, later.avatar_url) != (GWEN.name, GWEN.avatar_url) else ""
    )


async def test_an_edit_brings_the_new_name_and_waits(desk: Desk) -> None:
    post_id = await desk.arrives("Lovely keynote.", ref="1", byline=GWEN)
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    await desk.arrives("Lovely keynotes.", ref="1", byline=CHANGED[3], version=1)
    assert await desk.verdicts(post_id) == ["held"]
    assert (await desk.card(post_id)).author.name == CHANGED[3].name
