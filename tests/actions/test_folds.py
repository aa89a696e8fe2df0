"""What is said on several networks within minutes is one card, and nobody is taken for anybody."""

from datetime import timedelta
from typing import Any

import pytest

from app.actions.folds import fold
from app.actions.sources import add_sources, take_in
from app.actions.undo import undo_last
from app.actions.verdicts import approve
from app.domain.incoming import Incoming, Photo, Segment, Withdrawal
from app.domain.post import Post
from app.queries.desk import desk_cards
from app.queries.posts import ever_shown, shown_cards
from app.queries.sources import sources
from tests.actions.desk import Desk
from tests.conftest import NOON, incoming

SLIDES = "https://slides.example/care-closer-to-home"
WORDS = "What we learned about care closer to home #box10"


def said(source: str, *, text: str = WORDS, shown: str = "", href: str = "", **more: Any) -> Incoming:
    """A post of a network with a link, as it is cut there."""
    link = (Segment("text", " "), Segment("link", shown or href, href)) if href else ()
    segments = (Segment("text", text), *link)
    whole = "".join(one.text for one in segments)
    return incoming(whole, source=source, ref=f"{source}-1", by=f"jo_{source}", segments=segments, **more)


class Networks:
    """A desk to which three networks bring posts."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def bring(self, *found: Any) -> list[int]:
        doors, event = self.desk.doors, self.desk.event
        await doors.do(add_sources, event.id, ["x", "mastodon", "bluesky"], at=NOON)
        ids = {one.kind: one.id for one in await doors.ask(sources, event.id)}
        for one in found:
            await doors.do(take_in, ids[one.source], [one], None, at=NOON)
        return [post.id for post in await doors.ask(_posts, event.id)]

    async def also(self, post_id: int) -> tuple[str, ...]:
        on_wall = await self.desk.doors.ask(shown_cards, [post_id])
        on_desk = await self.desk.doors.ask(desk_cards, [post_id])
        if (await self.desk.verdicts(post_id)) == ["approved"]:
            assert on_wall[post_id].also_on == on_desk[post_id].also_on
        return on_desk[post_id].also_on


def _posts(db: Any, event_id: int) -> list[Post]:
    from sqlmodel import col, select

    return list(db.exec(select(Post).where(Post.event_id == event_id).order_by(col(Post.id))))


@pytest.fixture
def networks(desk: Desk) -> Networks:
    return Networks(desk)


THREE = (
    said("x", href=SLIDES, shown="slides.example/care-clos…"),
    said("mastodon", href=SLIDES + "/?utm_source=m", shown="slides.example/care-closer-t…"),
    said("bluesky", href=SLIDES.replace("https://", "https://www."), shown="slides.example"),
)


async def test_three_that_wait_are_one_card_and_what_is_decided_counts_for_all(networks: Networks) -> None:
    desk = networks.desk
    first, second, third = await networks.bring(*THREE)
    assert await desk.queue() == [first]
    assert await networks.also(first) == ("mastodon", "bluesky")
    await desk.doors.do(approve, first, by=desk.asha, at=NOON, with_alike=True)
    assert await desk.verdicts(first, second, third) == ["approved", "rejected", "rejected"]
    assert await networks.also(first) == ("mastodon", "bluesky")
    assert len({(await desk.post(one)).author_id for one in (first, second, third)}) == 3
    await desk.doors.do(undo_last, desk.event.id, by=desk.asha, at=NOON)
    assert await desk.queue() == [first]


async def test_who_says_it_on_another_network_after_it_is_shown_takes_no_second_card(networks: Networks) -> None:
    desk = networks.desk
    (first,) = await networks.bring(THREE[0])
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    _, second, third = await networks.bring(*THREE[1:])
    assert await desk.queue() == []
    assert await networks.also(first) == ("mastodon", "bluesky")
    assert (await desk.post(second)).declined_as == "repeat"
    assert await desk.doors.ask(ever_shown, [third]) == {first}


async def test_when_the_one_that_has_the_card_goes_the_others_are_heard(networks: Networks) -> None:
    desk = networks.desk
    (first,) = await networks.bring(THREE[0])
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    _, second, third = await networks.bring(*THREE[1:])
    await networks.bring(Withdrawal("x", "x-1", "deleted"))
    assert await desk.queue() == [second]
    assert await networks.also(second) == ("bluesky",)
    await networks.bring(Withdrawal("mastodon", "mastodon-1", "deleted"))
    assert await desk.queue() == [third]
    assert await networks.also(third) == ()


async def test_who_takes_back_or_edits_what_was_folded_leaves_no_mark(networks: Networks) -> None:
    desk = networks.desk
    first, *_ = await networks.bring(*THREE)
    await desk.doors.do(approve, first, by=desk.asha, at=NOON, with_alike=True)
    await networks.bring(Withdrawal("mastodon", "mastodon-1", "deleted"))
    assert await networks.also(first) == ("bluesky",)
    await networks.bring(said("bluesky", text="Something else that I meant to say", version=1))
    assert await networks.also(first) == ()


SHOWN_TOO = [
    ("another day", said("bluesky", posted_at=NOON + timedelta(minutes=11))),
    ("more words with the same link", said("bluesky", text=WORDS + " and what we did not", href=SLIDES)),
    ("another link", said("bluesky", href="https://slides.example/other")),
    ("a picture that the first has not", said("bluesky", href=SLIDES, photos=(Photo("https://p.example/1.png"),))),
    ("short words", said("bluesky", text="So true!")),
    ("a text that turns it", said("bluesky", text=WORDS.replace("learned", "never learned"))),
]


@pytest.mark.parametrize(("why", "other"), SHOWN_TOO, ids=[why for why, _ in SHOWN_TOO])
async def test_who_says_more_or_something_else_is_heard(networks: Networks, why: str, other: Incoming) -> None:
    desk = networks.desk
    (first,) = await networks.bring(said("x", href=SLIDES, text="So true!" if why == "short words" else WORDS))
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    _, second = await networks.bring(other)
    assert await desk.verdicts(second) == ["held"]
    assert await networks.also(first) == ()


async def test_what_asks_the_speakers_and_what_a_phone_sent_is_not_folded(networks: Networks) -> None:
    desk = networks.desk
    (first,) = await networks.bring(said("x", href=""))
    await desk.doors.do(approve, first, by=desk.asha, at=NOON)
    phone = await desk.arrives(WORDS, source="floor", ref="f", by="x")
    await desk.doors.do(fold, phone, at=NOON)
    assert await desk.verdicts(phone) == ["held"]


async def test_where_nobody_has_to_look_there_is_one_card_too(networks: Networks) -> None:
    await networks.desk.policy(mode="pass", allowed_hosts=("slides.example", "www.slides.example"))
    first, second, third = await networks.bring(*THREE)
    assert await networks.desk.verdicts(first, second, third) == ["approved", "rejected", "rejected"]
    assert await networks.also(first) == ("mastodon", "bluesky")
