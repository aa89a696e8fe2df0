"""The local X's stream: who may listen, what is sent, and when."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.x_server import Picture, XServer
from tests.x_server.listening import PATH, ended, listening

FIELDS = (
    "expansions=author_id,attachments.media_keys,referenced_tweets.id,referenced_tweets.id.author_id,"
    "referenced_tweets.id.attachments.media_keys&tweet.fields=entities,note_tweet,edit_controls,withheld"
    "&user.fields=profile_image_url,verified_type,withheld&media.fields=url,preview_image_url,alt_text,width"
)


@pytest.fixture
async def x() -> AsyncIterator[XServer]:
    async with XServer(speed=60) as server:
        server.add_rule("#box10", tag="bk:box10")
        yield server


async def fetch(x: XServer, path: str, *, token: str = "") -> tuple[int, dict[str, str], Any]:
    bearer = {"Authorization": f"Bearer {token or x.token}"}
    async with aiohttp.ClientSession(headers=bearer) as session, session.get(x.url + path) as response:
        return response.status, dict(response.headers), json.loads(await response.read())


async def test_without_the_right_token_nothing_is_told(x: XServer) -> None:
    status, headers, problem = await fetch(x, "/2/tweets?ids=1", token="wrong")
    assert (status, problem["title"]) == (401, "Unauthorized")
    assert headers["Content-Type"].startswith("application/problem+json")


async def test_a_stream_without_rules_is_refused() -> None:
    async with XServer() as x:
        status, _, problem = await fetch(x, PATH)
        assert (status, problem["connection_issue"]) == (409, "RuleConfigurationIssue")


async def test_a_second_connection_is_refused_as_too_many(x: XServer) -> None:
    async with listening(x):
        status, _, problem = await fetch(x, PATH)
        assert (status, problem["connection_issue"]) == (429, "TooManyConnections")


async def test_when_the_first_listener_leaves_the_next_one_may_come(x: XServer) -> None:
    async with listening(x):
        pass
    await x.until(lambda: not x.connections)
    async with listening(x) as ear:
        assert ear.status == 200


async def test_the_fifty_first_connect_within_a_window_is_refused() -> None:
    async with XServer(limits={"stream": 3}) as x:
        answers = [await fetch(x, PATH) for _ in range(4)]
        assert [status for status, _, _ in answers] == [409, 409, 409, 429]
        assert [headers["x-rate-limit-remaining"] for _, headers, _ in answers] == ["2", "1", "0", "0"]


async def test_after_the_window_the_limit_is_whole_again() -> None:
    async with XServer(speed=900, limits={"stream": 1}) as x:
        assert [(await fetch(x, PATH))[0] for _ in range(2)] == [409, 429]
        await asyncio.sleep(x.clock.real(900))
        assert (await fetch(x, PATH))[0] == 409


@pytest.mark.parametrize("query", ["backfill_minutes=2", "start_time=2026-06-11T12:00:00Z"])
async def test_what_only_enterprise_has_is_forbidden(x: XServer, query: str) -> None:
    status, _, problem = await fetch(x, f"{PATH}?{query}")
    assert (status, problem["type"].rsplit("/", 1)[1]) == (403, "client-forbidden")


@pytest.mark.parametrize("query", ["tweet.feelds=id", "tweet.fields=colour", "post.fields=text"])
async def test_an_unknown_parameter_or_value_is_named(x: XServer, query: str) -> None:
    status, _, problem = await fetch(x, f"{PATH}?{query}")
    name, value = query.split("=")
    assert (status, problem["errors"][0]["parameters"]) == (400, {name: [value]})


async def test_a_matching_post_arrives_with_its_rules(x: XServer) -> None:
    async with listening(x) as ear:
        await x.until(lambda: x.connections)
        x.post("jo_nhs", "nothing to see here")
        post = x.post("jo_nhs", "Hello #BOX10")
        [line] = await ear.hear(1)
        assert line["data"] == {"id": post.id, "text": "Hello #BOX10", "edit_history_tweet_ids": [post.id]}
        assert [rule["tag"] for rule in line["matching_rules"]] == ["bk:box10"]


async def test_what_was_posted_before_the_connect_does_not_arrive(x: XServer) -> None:
    x.post("jo_nhs", "Too early #box10")
    async with listening(x) as ear:
        await x.until(lambda: x.connections)
        x.post("jo_nhs", "In time #box10")
        assert [post["data"]["text"] for post in await ear.hear(1)] == ["In time #box10"]


async def test_what_a_post_refers_to_is_included_once(x: XServer) -> None:
    async with listening(x, FIELDS) as ear:
        await x.until(lambda: x.connections)
        first = x.post("jo_nhs", "Look #box10", photos=[Picture("A full room", 30, 20), Picture(kind="video")])
        x.quote("jo_nhs", first, "I said #box10")
        includes = (await ear.hear(2))[1]["includes"]
        assert [user["username"] for user in includes["users"]] == ["jo_nhs"]
        assert [post["id"] for post in includes["tweets"]] == [first.id]
        assert [sorted(media) for media in includes["media"]] == [
            ["alt_text", "media_key", "type", "url", "width"],
            ["media_key", "preview_image_url", "type", "width"],
        ]


async def test_entities_count_code_points_of_the_escaped_text(x: XServer) -> None:
    async with listening(x, FIELDS) as ear:
        await x.until(lambda: x.connections)
        x.post("jo_nhs", "👩🏽‍⚕️ Tea & cake <now> #box10 https://example.org/programme")
        data = (await ear.hear(1))[0]["data"]
        [tag], [link] = data["entities"]["hashtags"], data["entities"]["urls"]
        assert data["text"][tag["start"] : tag["end"]] == "#box10"
        assert data["text"][link["start"] : link["end"]] == link["url"]
        assert link["expanded_url"] == "https://example.org/programme"
        assert "Tea &amp; cake &lt;now&gt;" in data["text"]


async def test_a_long_post_is_cut_and_whole_in_its_note(x: XServer) -> None:
    async with listening(x, FIELDS) as ear:
        await x.until(lambda: x.connections)
        x.post("jo_nhs", "word " * 100 + "#box10")
        data = (await ear.hear(1))[0]["data"]
        assert len(data["text"]) <= 280
        assert data["note_tweet"]["text"].endswith("#box10")
        assert data["note_tweet"]["entities"]["hashtags"][0]["start"] == 500


async def test_an_edit_arrives_as_a_new_id_with_the_whole_chain(x: XServer) -> None:
    async with listening(x, FIELDS) as ear:
        await x.until(lambda: x.connections)
        before = x.post("jo_nhs", "Helo #box10")
        after = x.edit(before, "Hello #box10")
        data = (await ear.hear(2))[1]["data"]
        assert data["edit_history_tweet_ids"] == [before.id, after.id]
        assert data["edit_controls"]["edits_remaining"] == 4


async def test_a_quiet_stream_still_beats(x: XServer) -> None:
    async with listening(x) as ear:
        await x.until(lambda: ear.heartbeats >= 3)
        assert ear.lines == []


async def test_a_new_rule_works_after_its_delay() -> None:
    async with XServer(speed=60, rule_delay=120) as x:
        x.add_rule("#box10")
        async with listening(x) as ear:
            await x.until(lambda: x.connections)
            x.post("jo_nhs", "Too early #box10")
            await asyncio.sleep(x.clock.real(125))
            x.post("jo_nhs", "In time #box10")
            assert [post["data"]["text"] for post in await ear.hear(1)] == ["In time #box10"]


async def test_an_operator_ends_a_connection_with_a_last_word(x: XServer) -> None:
    async with (
        listening(x) as ear,
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {x.token}"}) as session,
    ):
        await x.until(lambda: x.connections)
        async with session.delete(f"{x.url}/2/connections/filtered_stream") as response:
            assert (await response.json())["data"]["successful_kills"] == 1
        assert await ended(ear) == "closed"
        assert ear.posts[0]["errors"][0]["disconnect_type"] == "OperationalDisconnect"
    assert x.connections == []


@pytest.mark.parametrize("style", ["post", "mixed"])
async def test_the_new_spelling_reaches_as_far_as_the_style_says(style: Any) -> None:
    async with XServer(style=style) as x:
        x.add_rule("#box10")
        async with listening(x) as ear:
            await x.until(lambda: x.connections)
            post = x.post("jo_nhs", "Hello #box10")
            chain = "edit_history_post_ids" if style == "post" else "edit_history_tweet_ids"
            assert (await ear.hear(1))[0]["data"][chain] == [post.id]
        _, _, found = await fetch(x, f"/2/tweets?ids={post.id}&post.fields=created_at")
        assert sorted(found["data"][0]) == ["created_at", "edit_history_post_ids", "id", "text"]
        assert (await fetch(x, f"/2/tweets?ids={post.id}&tweet.fields=lang"))[0] == (400 if style == "post" else 200)


async def test_pictures_are_drawn_by_the_server_itself(x: XServer) -> None:
    post = x.post("jo_nhs", "Look #box10", photos=[Picture("A full room", 320, 200)])
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{x.url}/media/{post.pictures[0].key}.png") as response:
            png = await response.read()
        assert png.startswith(b"\x89PNG")
        assert struct.unpack(">II", png[16:24]) == (320, 200)
        async with session.get(f"{x.url}/media/avatar/jo_nhs.png") as response:
            assert response.content_type == "image/png"


async def test_the_log_keeps_who_asked_for_what(x: XServer) -> None:
    await fetch(x, "/2/tweets?ids=1")
    [seen] = x.requests
    assert (seen.method, seen.endpoint, seen.query, seen.status) == ("GET", "lookup", {"ids": "1"}, 200)
