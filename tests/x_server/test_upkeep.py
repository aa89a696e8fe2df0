"""Deletions by activity stream and compliance job; and the local X ruled from another process."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.x_server import XServer
from tests.x_server.control import VERBS
from tests.x_server.listening import listening

CHECKOUT = Path(__file__).parents[2]
ACTIVITY = "/2/activity/subscriptions"


class Client:
    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def __call__(self, method: str, path: str, body: Any = None, *, ok: bool = True) -> Any:
        where = path if path.startswith("http") else self.url + path
        async with self.session.request(method, where, json=body) as response:
            assert response.ok == ok, await response.text()
            return await response.json(content_type=None)


@pytest.fixture
async def x() -> AsyncIterator[XServer]:
    async with XServer(speed=1000) as server:
        yield server


@pytest.fixture
async def call(x: XServer) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {x.token}"}) as session:
        yield Client(session, x.url)


def wish(user_id: str) -> dict[str, Any]:
    return {"event_type": "post.delete", "filter": {"user_id": user_id}, "tag": "board"}


async def test_a_deletion_reaches_who_subscribed_to_its_author(x: XServer, call: Client) -> None:
    kept, gone = x.post("sam_porter", "Not watched"), x.post("jo_nhs", "Soon gone")
    await call("POST", ACTIVITY, wish(gone.author.id))
    async with listening(x, path="/2/activity/stream") as ear:
        await x.until(lambda: x.site.switchboard.listening("activity_stream"))
        x.delete(kept)
        x.delete(gone)
        [event] = await ear.hear(1)
    assert event["data"]["payload"] == {"id": gone.id, "author_id": gone.author.id}
    assert (event["data"]["event_type"], event["data"]["tag"]) == ("post.delete", "board")


async def test_deleting_one_version_deletes_every_version(x: XServer, call: Client) -> None:
    before = x.post("jo_nhs", "Helo")
    after = x.edit(before, "Hello")
    await call("POST", ACTIVITY, wish(before.author.id))
    async with listening(x, path="/2/activity/stream") as ear:
        await x.until(lambda: x.site.switchboard.listening("activity_stream"))
        x.delete(after)
        assert [event["data"]["payload"]["id"] for event in await ear.hear(2)] == [before.id, after.id]


async def test_a_subscription_is_made_once_listed_and_ended(x: XServer, call: Client) -> None:
    made = await call("POST", ACTIVITY, wish("7"))
    await call("POST", ACTIVITY, wish("7"), ok=False)
    listed = await call("GET", ACTIVITY)
    assert listed["data"] == [made["data"]["subscription"]]
    await call("DELETE", f"{ACTIVITY}/{listed['data'][0]['subscription_id']}")
    assert (await call("GET", ACTIVITY))["meta"]["result_count"] == 0


async def test_the_1501st_subscription_is_refused(x: XServer, call: Client) -> None:
    for n in range(1500):
        x.site.subscriptions.add("post.delete", str(n), None)
    assert "1500" in (await call("POST", ACTIVITY, wish("1500"), ok=False))["detail"]


async def test_a_third_activity_connection_is_too_many(x: XServer) -> None:
    path = "/2/activity/stream"
    async with listening(x, path=path), listening(x, path=path), listening(x, path=path) as third:
        await x.until(lambda: third.ended)
        assert third.ended == "too_many_connections"


async def test_a_compliance_job_tells_what_is_gone_and_why(x: XServer, call: Client) -> None:
    kept, gone, hidden, banned = (x.post(who, f"By {who}") for who in ("jo_nhs", "lea", "max", "kim"))
    x.delete(gone)
    x.protect("max")
    x.suspend("kim")
    job = (await call("POST", "/2/compliance/jobs", {"type": "tweets"}))["data"]
    assert job["status"] == "created"
    ids = "\n".join(post.id for post in (kept, gone, hidden, banned))
    async with call.session.put(job["upload_url"], data=ids) as response:
        assert response.ok
    states = {"in_progress"}
    while "complete" not in states:
        await asyncio.sleep(0.005)
        states.add((await call("GET", f"/2/compliance/jobs/{job['id']}"))["data"]["status"])
    async with call.session.get(job["download_url"]) as response:
        lines = [json.loads(line) for line in (await response.text()).splitlines()]
    assert [(line["id"], line["reason"]) for line in lines] == [
        (gone.id, "deleted"),
        (hidden.id, "protected"),
        (banned.id, "suspended"),
    ]


async def test_every_control_verb_is_one_of_the_server(x: XServer) -> None:
    assert [verb for verb in VERBS if not callable(getattr(x, verb, None))] == []


async def test_an_order_that_makes_no_sense_is_refused_with_its_reason(call: Client) -> None:
    assert "dance" in (await call("POST", "/_control", {"do": "dance"}, ok=False))["error"]
    assert "no post 7" in (await call("POST", "/_control", {"do": "delete", "post": "7"}, ok=False))["error"]


async def test_another_process_is_ruled_over_http() -> None:
    command = (sys.executable, "-m", "tests.x_server", "--port", "0", "--speed", "100")
    server = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE)
    assert server.stdout is not None
    try:
        url = (await server.stdout.readline()).decode().strip()
        assert url.startswith("http://127.0.0.1:")
        async with aiohttp.ClientSession() as session:
            await rule_it(Client(session, url))
    finally:
        server.terminate()
        await server.wait()


async def rule_it(call: Client) -> None:
    photo = {"alt": "A full room", "width": 60, "height": 40}
    orders = [
        {"do": "user", "username": "jo_nhs", "name": "Jo Hart", "verified_type": "blue"},
        {"do": "post", "author": "jo_nhs", "text": "Hello #box10", "photos": [photo]},
        {"do": "add_rule", "value": "#box10", "tag": "bk:box10"},
        {"do": "fault", "name": "503_html"},
    ]
    done = (await call("POST", "/_control", orders))["done"]
    edited = (await call("POST", "/_control", {"do": "edit", "post": done[1]["id"], "text": "Hi #box10"}))["done"]
    assert edited[0]["versions"] == [done[1]["id"], edited[0]["id"]]
    report = await call("GET", "/_control")
    assert (report["posts"], report["rules"][0]["tag"]) == (2, "bk:box10")
    assert report["faults"] == [{"kind": "http", "on": "stream", "times": 1}]
