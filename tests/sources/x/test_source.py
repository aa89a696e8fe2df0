"""X through real tweepy, from a local server to the rows: streaming, missing, editing, withdrawing."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions.sources import take_in
from app.domain.source import SourceState
from app.sources.x.fields import snowflake
from tests.sources.x.desk import Desk, desk

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
async def test_both_spellings_are_understood_whichever_is_sent(tmp_path: Path, style: str, spelling: str) -> None:
    async with desk(tmp_path, style=style) as box10:
        box10.settings = box10.settings.model_copy(update={"x_field_spelling": spelling})
        box10.x.post("ann", "Missed #box10")
        box10.start()
        await box10.state(LIVE)
        box10.x.reply("jo", box10.x.post("kim", "Live #box10"), "Yes #box10")
        posts = await box10.posts(3)
        assert [post.text for post in posts] == ["Missed #box10", "Live #box10", "@kim Yes #box10"]
        assert posts[2].reply_to == "kim"


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
