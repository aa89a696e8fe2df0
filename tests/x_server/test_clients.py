"""The same conference, read by tweepy and by X's own SDK: the local X satisfies both."""

import asyncio
import contextlib
import threading
from typing import Any

import aiohttp
import pytest
from tweepy import StreamRule, TooManyRequests
from tweepy.asynchronous import AsyncClient, AsyncStreamingClient

from tests.x_server import User, XServer

FIELDS = ["created_at", "entities", "edit_controls", "referenced_tweets"]


class Rebased:
    """tweepy's session, turned to the local server."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base = session, base

    def request(self, method: str, url: Any, **more: Any) -> Any:
        return self._session.request(method, str(url).replace("https://api.twitter.com", self._base, 1), **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


class Reader(AsyncStreamingClient):  # type: ignore[misc]  # tweepy has no types
    def __init__(self, x: XServer) -> None:
        super().__init__(x.token)
        self.session = Rebased(aiohttp.ClientSession(), x.url)
        self.responses: list[Any] = []

    async def on_response(self, response: Any) -> None:
        self.responses.append(response)

    async def on_closed(self, response: Any) -> None:
        self.disconnect()


def hold_conference(x: XServer) -> User:
    jo = x.user("jo_nhs", name="Jo Hart", verified_type="blue")
    first = x.post(jo, "Hello #box10 https://example.org/programme", photos=["A full room"])
    x.quote("ida_lund", first, "This #box10")
    x.edit(first, "Hello again #box10")
    return jo


TEXTS = ["Hello", "This #box10", "Hello again"]


async def test_tweepy_adds_a_rule_and_reads_the_stream() -> None:
    async with XServer() as x:
        reader = Reader(x)
        added = await reader.add_rules(StreamRule("#box10", "bk:box10"))
        assert (added.meta["summary"]["created"], [rule.tag for rule in x.rules]) == (1, ["bk:box10"])
        assert [rule.value for rule in (await reader.get_rules()).data] == ["#box10"]
        task = reader.filter(expansions=["author_id"], tweet_fields=FIELDS)
        await x.until(lambda: x.connections)
        hold_conference(x)
        await x.until(lambda: len(reader.responses) == 3)
        x.fault("close")
        await task
    assert [r.data.text.startswith(text) for r, text in zip(reader.responses, TEXTS, strict=True)] == [True] * 3
    assert reader.responses[0].includes["users"][0].name == "Jo Hart"


async def test_tweepy_searches_looks_up_and_is_told_to_wait() -> None:
    async with XServer(limits={"search": 1}) as x:
        jo = hold_conference(x)
        client = AsyncClient(x.token)
        client.session = Rebased(aiohttp.ClientSession(), x.url)
        found = await client.search_recent_tweets("from:jo_nhs", tweet_fields=FIELDS)
        looked = await client.get_tweets([tweet.id for tweet in found.data] + [7])
        users = await client.get_users(usernames=["jo_nhs"], user_fields=["verified_type"])
        with pytest.raises(TooManyRequests) as refused:
            await client.search_recent_tweets("from:jo_nhs")
        await client.session.close()
    assert (found.meta["result_count"], looked.errors[0]["title"]) == (1, "Not Found Error")
    assert (str(users.data[0].id), users.data[0].verified_type) == (jo.id, "blue")
    assert refused.value.reset_time is not None


async def test_xdk_adds_a_rule_and_reads_the_stream() -> None:
    xdk = pytest.importorskip("xdk")
    models = pytest.importorskip("xdk.stream.models")
    heard: list[Any] = []

    async with XServer(style="mixed") as x:
        client = xdk.Client(base_url=x.url, bearer_token=x.token)
        body = models.UpdateRulesRequest.model_validate({"add": [{"value": "#box10", "tag": "bk:box10"}]})
        await asyncio.to_thread(client.stream.update_rules, body)
        assert [rule.tag for rule in x.rules] == ["bk:box10"]

        def read() -> None:
            for response in client.stream.posts(tweet_fields=["created_at"], expansions=["author_id"]):
                heard.append(response)
                if len(heard) == 3:
                    return

        reading = threading.Thread(target=read, daemon=True)
        reading.start()
        await x.until(lambda: x.connections)
        hold_conference(x)
        x.post("jo_nhs", "one more, so that the reader's buffer of 1024 bytes fills up #box10 " + "word " * 30)
        await x.until(lambda: len(heard) == 3)
    assert [one.data.text.startswith(text) for one, text in zip(heard, TEXTS, strict=True)] == [True] * 3
    assert [rule.tag for one in heard for rule in one.matching_rules] == ["bk:box10"] * 3


@pytest.mark.parametrize("style", ["post", "mixed"])
async def test_xdk_searches_looks_up_and_ends_connections(style: Any) -> None:
    xdk = pytest.importorskip("xdk")
    async with XServer(style=style) as x:
        hold_conference(x)
        client = xdk.Client(base_url=x.url, bearer_token=x.token)

        def read() -> tuple[Any, Any, Any, Any]:
            pages = client.posts.search_recent(
                "#box10",
                post_fields=["created_at", "note_post"],
                expansions=["author_id", "referenced_posts"],
                max_results=10,
            )
            page = next(iter(pages))
            looked = client.posts.get_by_ids([post.id for post in page.data], expansions=["edit_history_post_ids"])
            history = next(iter(client.connections.get_connection_history()))
            return page, looked, history, client.connections.delete_all()

        page, looked, history, ended = await asyncio.to_thread(read)
    assert page.data[0].text.startswith("Hello again")
    assert {user.username for user in page.includes.users} == {"jo_nhs", "ida_lund"}
    assert page.data[1].referenced_posts is not None
    assert len(looked.data[0].edit_history_post_ids) == 2
    assert (history.data, ended.data.successful_kills) == (None, 0)


with contextlib.suppress(ImportError):
    import xdk  # type: ignore[import-untyped]  # noqa: F401  (loading its models takes a while; not within a test's time)
