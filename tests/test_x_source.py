"""X through real tweepy, from a local server to the rows: streaming, missing, editing, withdrawing."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions.events import change_event, create_event
from app.actions.sources import Found, change_source, take_in, take_lease, try_again
from app.domain.event import SourceState
from app.queries.events import sources
from app.sources import Ended
from app.sources.running import SOURCES
from app.sources.x import Wire
from app.sources.x_fields import snowflake
from tests.x_desk import Desk, desk

LIVE, CATCHING_UP, WAITING = SourceState.LIVE, SourceState.CATCHING_UP, SourceState.WAITING
POLLING, STOPPED = SourceState.POLLING, SourceState.STOPPED


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


async def test_a_post_with_the_hashtag_arrives_with_everything_its_card_shows(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    jo = box10.x.user("jo_nhs", name="Jo Hart", verified_type="blue")
    box10.x.post(jo, "Fish & chips < soup? #box10 https://example.org/soup", photos=["A bowl of soup"])
    [post] = await box10.posts(1)
    assert post.text == "Fish & chips < soup? #box10 example.org/soup"
    assert [segment["kind"] for segment in post.segments] == ["text", "hashtag", "text", "link"]
    assert post.segments[3]["href"] == "https://example.org/soup"
    assert [photo["alt"] for photo in post.photos] == ["A bowl of soup"]
    assert post.url == f"https://x.com/jo_nhs/status/{post.ref}"


async def test_only_our_own_stale_rules_are_removed_after_a_dry_run(box10: Desk) -> None:
    foreign = box10.x.add_rule("#elsewhere", "another program")
    box10.x.add_rule("#box9", "bk:box10")
    box10.start()
    await box10.state(LIVE)
    rules = {(rule.value, rule.tag) for rule in box10.x.rules}
    assert rules == {("#elsewhere", foreign["tag"]), ("#box10 -is:retweet -is:nullcast", "bk:box10")}
    changes = [
        (seen.query.get("dry_run"), list(json.loads(seen.body or "")))
        for seen in box10.x.requests
        if seen.method == "POST"
    ]
    assert changes == [("true", ["add"]), (None, ["add"]), (None, ["delete"])]


async def test_rules_that_are_right_are_kept_as_they_are(box10: Desk) -> None:
    box10.x.add_rule("#box10 -is:retweet -is:nullcast", "bk:box10")
    box10.start()
    await box10.state(LIVE)
    assert [seen.path for seen in box10.x.requests if seen.method == "POST"] == []


async def test_a_post_that_matches_only_another_programs_rule_is_not_ours(box10: Desk) -> None:
    box10.x.add_rule("#elsewhere", "another program")
    box10.start()
    await box10.state(LIVE)
    box10.x.post("jo", "Not for us #elsewhere")
    box10.x.post("jo", "For us #box10")
    assert [post.text for post in await box10.posts(1)] == ["For us #box10"]


async def test_what_was_posted_before_the_first_start_is_fetched_for_a_quarter_of_an_hour(
    box10: Desk,
) -> None:
    now = datetime.now(UTC)
    box10.x.post("jo", "Long ago #box10", created_at=now - timedelta(minutes=40))
    box10.x.post("jo", "Just now #box10", created_at=now - timedelta(minutes=10))
    box10.start()
    await box10.state(LIVE)
    assert [post.text for post in await box10.stored()] == ["Just now #box10"]


async def test_an_hour_without_x_loses_none_of_four_hundred_posts(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    box10.x.post("jo", "The last one before #box10")
    await box10.posts(1)
    box10.x.fault("gone_for_an_hour", seconds=60)
    for connection in box10.x.connections:
        connection.wire.reset()
    await box10.state(WAITING)
    await box10.state(LIVE)
    posts = await box10.posts(401)
    assert len({post.ref for post in posts}) == len(posts) == 401
    assert CATCHING_UP in box10.told[box10.told.index(WAITING) :]


async def test_a_restart_continues_after_the_last_stored_post(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    box10.x.post("jo", "Before #box10")
    await box10.posts(1)
    await box10.finish()
    box10.x.post("jo", "Meanwhile #box10")
    box10.start()
    assert [post.text for post in await box10.posts(2)] == ["Before #box10", "Meanwhile #box10"]


async def test_an_edit_is_a_new_version_of_the_same_post(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    first = box10.x.post("jo", "Teh talk #box10")
    await box10.posts(1)
    box10.x.edit(first, "The talk #box10")
    [post] = await box10.where(lambda posts: posts[0].version == 1)
    assert (post.ref, post.text) == (first.id, "The talk #box10")
    assert post.version_ref != first.id


async def test_an_edit_without_the_hashtag_is_found_by_looking_again(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    first = box10.x.post("jo", "For the tag #box10")
    await box10.posts(1)
    box10.x.edit(first, "Not for the tag after all")
    [post] = await box10.where(lambda posts: posts[0].version == 1)
    assert post.text == "Not for the tag after all"


@pytest.mark.parametrize("away", ["delete", "protect", "suspend", "withhold"])
async def test_what_its_author_or_x_takes_away_is_erased(box10: Desk, away: str) -> None:
    box10.start()
    await box10.state(LIVE)
    post = box10.x.post("jo", "Gone soon #box10")
    box10.x.post("kim", "Stays #box10")
    await box10.posts(2)
    {
        "delete": lambda: box10.x.delete(post),
        "protect": lambda: box10.x.protect("jo"),
        "suspend": lambda: box10.x.suspend("jo"),
        "withhold": lambda: box10.x.withhold(post, ["GB"]),
    }[away]()
    gone, stays = await box10.where(lambda posts: posts[0].withdrawn_at)
    assert gone.text == ""
    assert (stays.text, stays.withdrawn_at) == ("Stays #box10", None)


async def test_a_repost_is_counted_at_its_original_when_reposts_are_wanted(box10: Desk) -> None:
    await box10.set(include_reposts=True)
    box10.start()
    await box10.state(LIVE)
    original = box10.x.post("jo", "Worth passing on #box10")
    await box10.posts(1)
    box10.x.retweet("kim", original)
    [post] = await box10.where(lambda posts: posts[0].reposts == 1)
    assert post.text == "Worth passing on #box10"


async def test_reposts_are_not_even_asked_for_otherwise(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    original = box10.x.post("jo", "Worth passing on #box10")
    box10.x.retweet("kim", original)
    box10.x.post("jo", "Next #box10")
    assert [post.reposts for post in await box10.posts(2)] == [0, 0]
    assert all("-is:retweet" in rule.value for rule in box10.x.rules)


async def test_a_quoted_post_is_shown_and_one_that_is_gone_is_called_so(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    quoted = box10.x.post("ann", "The original thought")
    box10.x.quote("jo", quoted, "So true #box10")
    box10.x.delete(quoted)
    box10.x.quote("kim", quoted, "Was here #box10")
    here, gone = (post.quote for post in await box10.posts(2))
    assert here is not None
    assert (here["available"], here["handle"], here["text"]) == (True, "ann", "The original thought")
    assert gone is not None
    assert gone["available"] is False


async def test_a_long_post_arrives_whole(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    text = "A long thought & more. " * 30 + "#box10"
    box10.x.post("jo", text)
    [post] = await box10.posts(1)
    assert post.text == text


@pytest.mark.parametrize("spelling", ["tweet", "post"])
@pytest.mark.parametrize("style", ["tweet", "post", "mixed"])
async def test_both_spellings_are_understood_whichever_is_sent(
    tmp_path: Path, style: str, spelling: str
) -> None:
    async with desk(tmp_path, style=style) as box10:
        box10.settings = replace(box10.settings, x_spelling=spelling)
        box10.x.post("ann", "Missed #box10")
        box10.start()
        await box10.state(LIVE)
        box10.x.reply("jo", box10.x.post("kim", "Live #box10"), "Yes #box10")
        posts = await box10.posts(3)
        assert [post.text for post in posts] == ["Missed #box10", "Live #box10", "@kim Yes #box10"]
        assert posts[2].reply_to == "kim"


async def test_a_plan_without_stream_is_asked_again_and_again(box10: Desk) -> None:
    box10.x.fault("403_client_forbidden", times=None)
    box10.start()
    await box10.state(POLLING)
    box10.x.post("jo", "Found by asking #box10")
    assert [post.text for post in await box10.posts(1)] == ["Found by asking #box10"]
    assert box10.sentences(POLLING) == ["Asking X every 10 seconds, because the token's plan has no stream."]


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
    later = await box10.doors.do(
        create_event, "box11", name="Box 11", hashtags=["box11"], at=datetime.now(UTC)
    )
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
        at=datetime.now(UTC),
    )
    await box10.until(lambda: "Listening to #box10 #caretech." in box10.sentences(LIVE))
    assert [rule.value for rule in box10.x.rules] == ["(#box10 OR #caretech) -is:retweet -is:nullcast"]


async def test_no_token_is_said_plainly(box10: Desk) -> None:
    box10.settings = replace(box10.settings, x_token="")
    box10.start()
    await box10.state(STOPPED)
    assert (await box10.source()).detail == (
        "X needs a token: set X_BEARER_TOKEN in the settings and restart."
    )


async def test_a_stopped_source_has_another_go_when_a_person_says_so(box10: Desk) -> None:
    box10.x.fault("401", on="any")
    box10.start()
    await box10.state(STOPPED)
    await box10.doors.do(try_again, (await box10.source()).id, at=datetime.now(UTC))
    await box10.state(LIVE)


async def test_the_lease_keeps_a_second_process_away(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    source, now = await box10.source(), datetime.now(UTC)
    lease = {"until": now + timedelta(seconds=15), "at": now}
    assert not await box10.doors.do(take_lease, source.id, by="another process", **lease)
    await box10.finish()
    assert await box10.doors.do(take_lease, source.id, by="another process", **lease)


async def test_a_source_that_dies_of_an_error_ends_the_program(
    box10: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def __init__(self, *_: object) -> None: ...

        async def run(self, *_: object) -> None:
            raise ZeroDivisionError

        async def recheck(self, _: dict[str, str]) -> list[Found]:
            return []

    monkeypatch.setitem(SOURCES, "x", Broken)
    box10.start()
    with pytest.raises(ZeroDivisionError):
        await box10.state(STOPPED)


async def test_ten_unreadable_lines_in_a_row_end_the_connection_and_nine_do_not(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    for _ in range(9):
        box10.x.send_raw(b"{cut\r\n")
    box10.x.post("jo", "Still here #box10")
    await box10.posts(1)
    assert WAITING not in box10.told
    for _ in range(10):
        box10.x.send_raw(b"{cut\r\n")
    await box10.until(lambda: WAITING in box10.told)
    assert box10.sentences(WAITING)[0].startswith("X sends lines that cannot be read. Waiting until ")


async def test_a_connection_that_a_dead_process_left_behind_is_ended(box10: Desk) -> None:
    box10.x.add_rule("#box10 -is:retweet -is:nullcast", "bk:box10")
    left_behind = asyncio.create_task(Wire(box10.x.token, box10.x.url).stream(lambda _: None, lambda: None))
    await box10.x.until(lambda: box10.x.connections)
    box10.start()
    await box10.state(LIVE)
    assert [seen.path for seen in box10.x.requests if seen.method == "DELETE"] == [
        "/2/connections/filtered_stream"
    ]
    with pytest.raises(Ended, match="closed"):
        await left_behind


async def test_a_stream_that_stays_taken_is_replaced_by_asking(box10: Desk) -> None:
    box10.x.fault("429_too_many_connections", seconds=None, times=None)
    box10.start()
    await box10.state(POLLING)
    assert "because the stream is taken by another program" in box10.sentences(POLLING)[0]
    box10.x.post("jo", "Found by asking #box10")
    await box10.posts(1)


async def test_what_the_stream_leaves_out_is_found_by_looking_now_and_then(box10: Desk) -> None:
    box10.x.fault("silence")
    box10.start()
    await box10.state(LIVE)
    box10.x.post("jo", "Nobody streamed me #box10")
    assert [post.text for post in await box10.posts(1)] == ["Nobody streamed me #box10"]
    assert WAITING not in box10.told


async def test_a_search_that_fails_neither_ends_the_stream_nor_loses_the_gap(box10: Desk) -> None:
    box10.x.post("ann", "Missed #box10")
    box10.x.fault("http", status=503, on="search", times=2)
    box10.start()
    await box10.state(LIVE)
    assert [post.text for post in await box10.posts(1)] == ["Missed #box10"]
    told = "Listening; what was missed has to wait: X is not working properly (503)."
    assert told in box10.sentences(CATCHING_UP)
    assert WAITING not in box10.told


async def test_a_position_older_than_a_week_is_searched_by_time(box10: Desk) -> None:
    source, now = await box10.source(), datetime.now(UTC)
    long_ago = {"newest_id": str(snowflake(now - timedelta(days=9)))}
    await box10.doors.do(take_in, source.id, (), long_ago, at=now)
    box10.x.post("jo", "Six days ago #box10", created_at=now - timedelta(days=6))
    box10.start()
    assert [post.text for post in await box10.posts(1)] == ["Six days ago #box10"]
    searches = [seen.query for seen in box10.x.requests if seen.endpoint == "search"]
    assert "start_time" in searches[0]
    assert "since_id" not in searches[0]
