"""Recent search, lookup and what they cost, at the local X."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from tests.x_server import XServer
from tests.x_server.clock import iso, snowflake
from tests.x_server.ledger import PRICES

HOUR = timedelta(hours=1)


@pytest.fixture
async def x() -> AsyncIterator[XServer]:
    async with XServer(speed=60) as server:
        yield server


async def get(x: XServer, path: str, **query: str | int) -> tuple[int, dict[str, Any]]:
    bearer = {"Authorization": f"Bearer {x.token}"}
    async with (
        aiohttp.ClientSession(headers=bearer) as session,
        session.get(x.url + path, params=query) as response,
    ):
        return response.status, json.loads(await response.read())


async def search(x: XServer, query: str = "#box10", **more: str | int) -> dict[str, Any]:
    status, body = await get(x, "/2/tweets/search/recent", query=query, **more)
    assert status == 200, body
    return body


def texts(body: dict[str, Any]) -> list[str]:
    return [post["text"].removesuffix(" #box10") for post in body.get("data", [])]


async def test_search_finds_the_newest_first_page_by_page(x: XServer) -> None:
    for n in range(25):
        x.post("jo_nhs", f"{n} #box10")
    first = await search(x, max_results=10)
    second = await search(x, max_results=10, next_token=first["meta"]["next_token"])
    third = await search(x, max_results=10, next_token=second["meta"]["next_token"])
    assert texts(first) + texts(second) + texts(third) == [str(n) for n in range(24, -1, -1)]
    assert "next_token" not in third["meta"]


async def test_an_empty_page_has_no_ids(x: XServer) -> None:
    assert await search(x) == {"meta": {"result_count": 0}}


async def test_search_leaves_out_retweets_old_versions_and_what_is_gone(x: XServer) -> None:
    first = x.post("jo_nhs", "first #box10")
    x.retweet("per_moe", first)
    x.edit(first, "edited #box10")
    x.delete(x.post("jo_nhs", "gone #box10"))
    x.protect(x.post("max_hidden", "hidden #box10").author)
    assert texts(await search(x)) == ["edited"]


async def test_bounds_are_ids_or_times(x: XServer) -> None:
    now = x.clock.now()
    posts = [x.post("jo_nhs", f"{n} #box10", created_at=now - (5 - n) * HOUR) for n in range(5)]
    assert texts(await search(x, since_id=posts[2].id)) == ["4", "3"]
    assert texts(await search(x, until_id=posts[2].id)) == ["1", "0"]
    assert texts(await search(x, start_time=iso(now - 2 * HOUR - timedelta(minutes=1)))) == ["4", "3"]
    assert texts(await search(x, end_time=iso(now - 4 * HOUR + timedelta(minutes=1)))) == ["1", "0"]


async def test_a_post_that_is_indexed_late_has_a_small_id(x: XServer) -> None:
    x.post("jo_nhs", "late #box10", index_lag=20)
    newest = x.post("jo_nhs", "prompt #box10", index_lag=0)
    assert texts(await search(x)) == ["prompt"]
    await x.until(lambda: all(post.indexed_at <= x.clock.now() for post in x.site.world.posts.values()))
    assert texts(await search(x)) == ["prompt", "late"]
    assert texts(await search(x, since_id=newest.id)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"query": "#box10 " * 80},
        {"query": ""},
        {"query": "lang:en"},
        {"query": "#box10", "max_results": "9"},
        {"query": "#box10", "start_time": "2020-01-01T00:00:00Z"},
        {"query": "#box10", "since_id": "1"},
        {"query": "#box10", "sort_order": "alphabet"},
        {"query": "#box10", "start_time": "yesterday"},
        {"query": "#box10", "end_time": "2100-01-01T00:00:00Z"},
    ],
)
async def test_search_refuses(x: XServer, query: dict[str, str]) -> None:
    status, problem = await get(x, "/2/tweets/search/recent", **query)
    assert (status, problem["title"]) == (400, "Invalid Request")


async def test_lookup_tells_why_a_post_is_missing(x: XServer) -> None:
    kept, gone, hidden, banned = (x.post(who, f"By {who}") for who in ("jo_nhs", "lea", "max", "kim"))
    x.delete(gone)
    x.protect("max")
    x.suspend("kim")
    _, body = await get(x, "/2/tweets", ids=",".join(post.id for post in (kept, gone, hidden, banned)))
    assert [post["id"] for post in body["data"]] == [kept.id]
    assert [(error["resource_id"], error["title"]) for error in body["errors"]] == [
        (gone.id, "Not Found Error"),
        (hidden.id, "Authorization Error"),
        (banned.id, "Forbidden"),
    ]


async def test_an_old_version_knows_of_the_newer_one(x: XServer) -> None:
    before = x.post("jo_nhs", "Helo")
    after = x.edit(before, "Hello")
    _, body = await get(x, "/2/tweets", ids=before.id)
    assert body["data"][0] == {
        "id": before.id,
        "text": "Helo",
        "edit_history_tweet_ids": [before.id, after.id],
    }


async def test_a_withheld_post_is_shown_with_its_countries(x: XServer) -> None:
    post = x.post("jo_nhs", "Hello")
    x.withhold(post, ["DE"])
    _, body = await get(x, "/2/tweets", **{"ids": post.id, "tweet.fields": "withheld"})
    assert body["data"][0]["withheld"]["country_codes"] == ["DE"]


async def test_a_post_is_charged_once_a_day(x: XServer) -> None:
    post = x.post("jo_nhs", "Hello #box10")
    for _ in range(3):
        await search(x)
        await get(x, "/2/tweets", ids=post.id)
    assert x.spent == PRICES["post"]
    x.shift_clock(24 * 3600)
    await search(x)
    assert x.spent == 2 * PRICES["post"]


@pytest.mark.parametrize(("when_empty", "title"), [(402, "CreditsDepleted"), (429, "UsageCapExceeded")])
async def test_without_credit_nothing_is_read(x: XServer, when_empty: int, title: str) -> None:
    x.post("jo_nhs", "Hello #box10")
    x.set_credit(PRICES["post"], when_empty=when_empty)
    await search(x)
    status, problem = await get(x, "/2/tweets/search/recent", query="#box10")
    assert (status, problem["title"]) == (when_empty, title)


async def test_usage_counts_the_posts_of_today(x: XServer) -> None:
    x.post("jo_nhs", "Hello #box10")
    await search(x)
    _, body = await get(x, "/2/usage/tweets", **{"usage.fields": "daily_project_usage"})
    assert body["data"]["project_usage"] == 1
    assert [day["usage"] for day in body["data"]["daily_project_usage"]["usage"]] == [1, 0, 0, 0, 0, 0, 0]


def test_ids_grow_with_time() -> None:
    at = datetime(2026, 6, 11, 12, tzinfo=UTC)
    assert snowflake(at, 7) < snowflake(at, 8) < snowflake(at + timedelta(milliseconds=1), 1)
