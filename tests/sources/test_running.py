"""Who runs the source of X, by stream or by asking, and who is told when it cannot be run."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions.event_states import close_event
from app.actions.events import change_event, create_event
from app.actions.sources import change_source, take_lease, try_again
from app.actions.verdicts import approve
from app.domain.decision import Actor
from app.domain.incoming import Found
from app.domain.source import SourceState
from app.queries.sources import sources
from app.sources import Ended
from app.sources.supervised import CLOSED_AND_PAID
from app.sources.x.wire import Wire
from tests.networks import x_settings
from tests.sources.x.desk import Desk, desk

LIVE, CATCHING_UP, WAITING = SourceState.LIVE, SourceState.CATCHING_UP, SourceState.WAITING
POLLING, STOPPED = SourceState.POLLING, SourceState.STOPPED


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


async def test_a_plan_without_stream_is_asked_again_and_again(box10: Desk) -> None:
    box10.x.fault("403_client_forbidden", times=None)
    box10.start()
    await box10.state(POLLING)
    box10.x.post("jo", "Found by asking #box10")
    assert [post.text for post in await box10.posts(1)] == ["Found by asking #box10"]
    assert box10.sentences(POLLING) == ["Asking X every 10 seconds, because the token's plan has no stream."]


async def test_a_closed_event_reads_nothing_and_what_it_shows_still_leaves_when_its_author_deletes_it(
    box10: Desk,
) -> None:
    box10.start()
    await box10.state(LIVE)
    theirs = box10.x.post("jo", "Shown to the hall #box10")
    [post] = await box10.posts(1)
    at = datetime.now(UTC)
    await box10.doors.do(approve, post.id, by=Actor("Asha"), at=at)
    await box10.doors.do(close_event, box10.event.id, at=at)
    await box10.until(lambda: not box10.x.connections)
    box10.x.post("kim", "After the end #box10")
    box10.x.delete(theirs)

    [gone] = await box10.where(lambda posts: posts[0].withdrawn_at)
    assert gone.text == ""
    assert not box10.x.connections
    assert box10.told[-1] is SourceState.LOOKING_AFTER
    assert box10.sentences(SourceState.LOOKING_AFTER) == [CLOSED_AND_PAID]


async def test_asking_can_be_chosen_and_sees_posts_that_search_learns_of_late(box10: Desk) -> None:
    await box10.set(mode="poll")
    box10.start()
    await box10.state(POLLING)
    box10.x.post("jo", "Slow #box10", index_lag=40)
    box10.x.post("kim", "Quick #box10")
    posts = await box10.posts(2)
    assert sorted(post.text for post in posts) == ["Quick #box10", "Slow #box10"]
    assert not any(seen.endpoint == "stream" for seen in box10.x.requests)


async def test_two_events_with_one_token_share_it_without_a_fight(box10: Desk) -> None:
    later = await box10.doors.do(create_event, "box11", name="Box 11", hashtags=["box11"], at=datetime.now(UTC))
    box10.start()
    await box10.until(lambda: {POLLING, LIVE} <= set(box10.told))
    states = {
        source.event_id: source.state
        for event_id in (box10.event.id, later.id)
        for source in await box10.doors.ask(sources, event_id)
    }
    assert states == {box10.event.id: POLLING, later.id: LIVE}
    box10.x.post("jo", "One #box10")
    assert [post.text for post in await box10.posts(1)] == ["One #box10"]


async def test_switching_off_hangs_up_and_says_so(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    await box10.doors.do(change_source, box10.event.id, "x", enabled=False, options={}, at=datetime.now(UTC))
    await box10.state(SourceState.OFF)
    await box10.x.until(lambda: not box10.x.connections)
    assert (await box10.source()).leased_by == ""


async def test_a_new_hashtag_is_listened_to_within_seconds(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    await box10.doors.do(
        change_event,
        box10.event.id,
        name="Box 10",
        hashtags=["box10", "caretech"],
        zone="Europe/London",
        accent="teal",
        welcome="",
        language="en",
        at=datetime.now(UTC),
    )
    await box10.until(lambda: "Listening to #box10 #caretech." in box10.sentences(LIVE))
    assert [rule.value for rule in box10.x.rules] == ["(#box10 OR #caretech) -is:retweet -is:nullcast"]


async def test_no_token_is_said_plainly(box10: Desk) -> None:
    box10.settings = x_settings(x_api_url=box10.x.url, x_bearer_token="")
    box10.start()
    await box10.state(STOPPED)
    assert (await box10.source()).detail == ("X needs a token: enter one in setup, under Networks.")


async def test_a_stopped_source_has_another_go_when_a_person_says_so(box10: Desk) -> None:
    box10.x.fault("401", on="any")
    box10.start()
    await box10.state(STOPPED)
    await box10.doors.do(try_again, box10.event.id, "x", at=datetime.now(UTC))
    await box10.state(LIVE)


async def test_the_lease_keeps_a_second_process_away(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    source, now = await box10.source(), datetime.now(UTC)
    lease = {"until": now + timedelta(seconds=15), "at": now}
    assert not await box10.doors.do(take_lease, source.id, by="another process", **lease)
    await box10.finish()
    assert await box10.doors.do(take_lease, source.id, by="another process", **lease)


async def test_a_source_that_dies_of_an_error_ends_the_program(box10: Desk) -> None:
    class Broken:
        def __init__(self, *_: object) -> None: ...

        async def run(self, *_: object) -> None:
            raise ZeroDivisionError

        async def recheck(self, _: dict[str, str]) -> list[Found]:
            return []

    box10.make = Broken
    box10.start()
    with pytest.raises(ZeroDivisionError):
        await box10.state(STOPPED)


async def test_a_connection_that_a_dead_process_left_behind_is_ended(box10: Desk) -> None:
    box10.x.add_rule("#box10 -is:retweet -is:nullcast", "bk:box10")
    left_behind = asyncio.create_task(Wire(box10.x.token, box10.x.url).stream(lambda _: None, lambda: None))
    await box10.x.until(lambda: box10.x.connections)
    box10.start()
    await box10.state(LIVE)
    assert [seen.path for seen in box10.x.requests if seen.method == "DELETE"] == ["/2/connections/filtered_stream"]
    with pytest.raises(Ended, match="closed"):
        await left_behind


async def test_a_stream_that_stays_taken_is_replaced_by_asking(box10: Desk) -> None:
    box10.x.fault("429_too_many_connections", seconds=None, times=None)
    box10.start()
    await box10.state(POLLING)
    assert "because the stream is taken by another program" in box10.sentences(POLLING)[0]
    box10.x.post("jo", "Found by asking #box10")
    await box10.posts(1)
