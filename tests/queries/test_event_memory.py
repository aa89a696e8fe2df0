"""What screening knows of an author besides the post: how many they have just sent."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from app.actions.arrivals import receive
from app.domain.event import Event
from app.domain.post import Post
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

WORDS = ("Apples", "Bridges", "Candles", "Doorways", "Engines", "Farmers", "Gardens", "Harbours")


def codes(db: Session, event_id: int) -> list[list[object]]:
    posts = db.exec(select(Post).where(Post.event_id == event_id).order_by(col(Post.id)))
    return [[signal["code"] for signal in post.signals] for post in posts]


async def send(doors: Backchannel, event: Event, times: list[datetime], *, together: bool) -> list[bool]:
    """Which of the posts that one person sends at these times are held for hurry."""
    posts = [incoming(f"{WORDS[place]} at home", ref=str(place)) for place in range(len(times))]
    if together:
        await asyncio.gather(*(doors.do(receive, event.id, post, at=at) for post, at in zip(posts, times, strict=True)))
    else:
        for post, at in zip(posts, times, strict=True):
            await doors.do(receive, event.id, post, at=at)
    return ["in-a-hurry" in found for found in await doors.ask(codes, event.id)]


@pytest.mark.parametrize("together", [False, True])
async def test_who_sends_seven_posts_within_a_minute_is_held(doors: Backchannel, event: Event, together: bool) -> None:
    times = [NOON + timedelta(seconds=8 * place) for place in range(7)]
    assert await send(doors, event, times, together=together) == [False] * 6 + [True]


@pytest.mark.parametrize("together", [False, True])
async def test_who_sends_two_posts_is_not(doors: Backchannel, event: Event, together: bool) -> None:
    assert await send(doors, event, [NOON, NOON], together=together) == [False, False]


@pytest.mark.parametrize("together", [False, True])
async def test_who_takes_their_time_is_not(doors: Backchannel, event: Event, together: bool) -> None:
    times = [NOON + timedelta(seconds=12 * place) for place in range(8)]
    assert await send(doors, event, times, together=together) == [False] * 8


async def test_others_who_write_at_the_same_time_hurry_nobody(doors: Backchannel, event: Event) -> None:
    for place, word in enumerate(WORDS):
        await doors.do(receive, event.id, incoming(f"{word} at home", ref=word, by=f"author_{place}"), at=NOON)
    assert not any("in-a-hurry" in found for found in await doors.ask(codes, event.id))


async def test_an_edit_is_no_post_of_its_own(doors: Backchannel, event: Event) -> None:
    assert (await send(doors, event, [NOON] * 7, together=False))[-1]
    for place, hurried in ((0, False), (6, True)):
        later = incoming(f"{WORDS[place]} abroad", ref=str(place), version=1)
        await doors.do(receive, event.id, later, at=NOON + timedelta(seconds=5))
        assert ("in-a-hurry" in (await doors.ask(codes, event.id))[place]) is hurried
