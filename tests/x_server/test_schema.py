"""Whatever the local X answers, X could have answered: by our description of it, and X's own where that is at hand."""

import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.x_server import Picture, XServer, asked
from tests.x_server.app import ENDPOINTS
from tests.x_server.listening import listening
from tests.x_server.schema import Description, present, whose
from tests.x_server.spelling import Style

STYLES: tuple[Style, ...] = ("tweet", "post")
STREAM = "/2/tweets/search/stream"
# 2.167 lists fewer problems than its servers send; these are checked against 2.166 only.
UNLISTED = ("streaming-connection", "usage-capped", "client-forbidden", "credits", "about:blank")


def everything(style: str, *, streaming: bool = False) -> str:
    """Every field and expansion there is, in this spelling."""
    lists = asked.OLD if style == "tweet" or streaming else asked.NEW
    return "&".join(f"{name}={','.join(sorted(values))}" for name, values in lists.items())


class Caller:
    """Calls endpoints and keeps what X's schema has against the answers."""

    def __init__(self, x: XServer, session: aiohttp.ClientSession, whose: str) -> None:
        self.x, self.session, self.wrong = x, session, list[str]()
        self.whose, self.description = whose, Description(x.site.style, whose)

    async def __call__(self, method: str, path: str, template: str = "", *, status: int = 200, body: Any = None) -> Any:
        where, headers = f"{self.x.url}{path}", {"Authorization": f"Bearer {self.x.token}"}
        async with self.session.request(method, where, headers=headers, json=body) as response:
            found = json.loads(await response.text())
            assert response.status == status, found
        style = self.x.site.style
        if not (status >= 400 and style == "post" and found.get("type", "").endswith(UNLISTED)):
            self.wrong += self.description.faults_of(method, template or path.split("?")[0], status, found)
        return found


@pytest.fixture(params=itertools.product(STYLES, whose()), ids=" ".join)
async def call(request: pytest.FixtureRequest) -> AsyncIterator[Caller]:
    style, of = request.param
    async with XServer(style=style) as x, aiohttp.ClientSession() as session:
        yield Caller(x, session, of)


def a_conference(x: XServer) -> list[str]:
    """One post of each kind; the ids of all of them."""
    film = Picture("The queue at the door", kind="video")
    jo = x.user("jo_nhs", name="Jo Hart", verified_type="blue")
    first = x.post(
        jo,
        "Hello & <welcome> #box10 $NHS https://example.org/programme?day=1 @sam_porter @nobody_here",
        photos=["A full room", film, Picture(kind="animated_gif")],
        poll=["Yes", "No"],
    )
    posts = [
        first,
        x.reply("sam_porter", first, "Glad to be here #box10"),
        x.quote("ida_lund", first, "This #box10"),
        x.retweet("per_moe", first),
        x.edit(first, "Hello again #box10"),
        x.post("ida_lund", "A long one #box10 " + "and on and on " * 40, sensitive=True, lang="und"),
    ]
    gone, hidden, banned = (x.post(who, "Soon gone #box10") for who in ("lea_gone", "max_hidden", "kim_banned"))
    posts += [
        gone,
        hidden,
        banned,
        x.quote(jo, gone, "Was it #box10"),
        x.quote(jo, hidden, "What #box10"),
        x.quote(jo, banned, "Who #box10"),
    ]
    x.delete(gone)
    x.protect("max_hidden")
    x.suspend("kim_banned")
    x.withhold(posts[5], ["DE"])
    x.withhold("sam_porter", ["FR"])
    return [post.id for post in posts]


async def test_lookup_and_search_and_users_answer_as_x_does(call: Caller) -> None:
    ids, asks = a_conference(call.x), everything(call.x.site.style)
    await call("GET", f"/2/tweets?ids={','.join(ids)},77&{asks}")
    await call("GET", f"/2/tweets/{ids[0]}?{asks}", "/2/tweets/{id}")
    await call("GET", "/2/tweets/77", "/2/tweets/{id}")
    page = await call("GET", f"/2/tweets/search/recent?query=%23box10&max_results=10&{asks}")
    assert page["meta"]["result_count"] == 7
    await call("GET", "/2/tweets/search/recent?query=nothing")
    await call("GET", "/2/users/by?usernames=jo_nhs,kim_banned,nobody_here&user.fields=verified,withheld")
    await call("GET", f"/2/users?ids={call.x.user('sam_porter').id}&user.fields=withheld,public_metrics")
    await call("GET", "/2/usage/tweets?days=3&usage.fields=daily_project_usage,daily_client_app_usage")
    assert call.wrong == []


async def test_rules_answer_as_x_does(call: Caller) -> None:
    path, rule = f"{STREAM}/rules", {"value": "#box10", "tag": "bk:box10"}
    await call("GET", path)
    await call("POST", path, status=201, body={"add": [rule]})
    await call(
        "POST",
        path,
        status=201,
        body={"add": [{"value": "#other"}, {"value": "lang:en"}]}
        if call.x.site.style == "tweet"
        else {"add": [{"value": "#other"}]},
    )
    await call("GET", path)
    await call("GET", f"{path}/counts")
    await call("POST", path, body={"delete": {"values": ["#other"]}})
    assert call.wrong == []


async def test_connections_answer_as_x_does(call: Caller) -> None:
    await call("GET", "/2/connections")
    call.x.add_rule("#box10")
    async with listening(call.x):
        await call("GET", "/2/connections?endpoints=filtered_stream&connection.fields=id,connected_at,endpoint_name")
        await call("DELETE", "/2/connections", body={"uuids": ["no-such-stream"]})
        await call("DELETE", "/2/connections/filtered_stream", "/2/connections/{endpoint_id}")
    await call("DELETE", "/2/connections/all")
    await call("GET", "/2/connections?status=all")
    assert call.wrong == []


async def test_compliance_and_activity_answer_as_x_does(call: Caller) -> None:
    job = (await call("POST", "/2/compliance/jobs", body={"type": "tweets", "name": "weekly"}))["data"]
    await call("GET", "/2/compliance/jobs?type=tweets")
    await call("GET", f"/2/compliance/jobs/{job['id']}", "/2/compliance/jobs/{id}")
    wish = {
        "event_type": "post.delete",
        "filter": {"user_id": call.x.user("jo_nhs").id},
        "tag": "on the board",
    }
    made = await call("POST", "/2/activity/subscriptions", status=201, body=wish)
    await call("GET", "/2/activity/subscriptions")
    await call(
        "DELETE",
        f"/2/activity/subscriptions/{made['data']['subscription']['subscription_id']}",
        "/2/activity/subscriptions/{subscription_id}",
    )
    assert call.wrong == []


async def test_refusals_look_like_problems_of_x(call: Caller) -> None:
    await call("GET", "/2/tweets?ids=x", status=400)
    await call("GET", "/2/tweets/search/recent?query=%23a&tweat.fields=id", status=400)
    await call("GET", STREAM, status=409)
    await call("GET", f"{STREAM}?backfill_minutes=2", status=403)
    for name in (
        "401",
        "402_no_credit",
        "403_client_forbidden",
        "409_no_rules",
        "429_rate",
        "429_usage_capped",
    ):
        call.x.fault(name)
        await call("GET", STREAM, status=int(name[:3]))
    call.x.token = "another"
    await call("GET", "/2/tweets?ids=1", status=401)
    assert call.wrong == []


async def test_lines_of_the_stream_look_like_lines_of_x(call: Caller) -> None:
    call.x.add_rule("#box10", tag="bk:box10")
    style = call.x.site.style
    name = "Line"
    if call.whose == "of X":
        name = {"tweet": "FilteredStreamingTweetResponse", "post": "StreamPostsResponse"}[style]
    async with listening(call.x, everything(style, streaming=True)) as ear:
        await call.x.until(lambda: call.x.connections)
        a_conference(call.x)
        lines = await ear.hear(12)
    assert [wrong for line in lines for wrong in call.description.wrong_for(name, line)] == []


async def test_a_deletion_looks_like_an_event_of_x(call: Caller) -> None:
    post = call.x.post("jo_nhs", "Soon gone #box10")
    call.x.site.subscriptions.add("post.delete", post.author.id, "on the board")
    async with listening(call.x, path="/2/activity/stream") as ear:
        await call.x.until(lambda: call.x.site.switchboard.listening("activity_stream"))
        call.x.delete(post)
        [event] = await ear.hear(1)
    payload = event["data"].pop("payload")  # its schema is a choice that a deletion fits several of
    told, name = "Deletion", "Activity"
    if call.whose == "of X":
        told = "PostDeleteActivityResponsePayload"
        name = {"tweet": "ActivityStreamingResponse", "post": "ActivityStreamResponse"}[call.x.site.style]
    assert call.description.wrong_for(told, payload) == []
    assert call.description.wrong_for(name, event) == []


if present():  # its words are X's: there is nothing of ours to compare them with

    @pytest.mark.parametrize(
        ("style", "lists", "path"),
        [
            ("tweet", asked.OLD, "/2/tweets"),
            ("tweet", asked.OLD, "/2/tweets/search/recent"),
            ("tweet", asked.OLD, STREAM),
            ("post", asked.NEW, "/2/tweets"),
            ("post", asked.NEW, "/2/tweets/search/recent"),
        ],
    )
    def test_the_accepted_fields_are_those_of_x(style: str, lists: asked.Lists, path: str) -> None:
        assert Description(style, "of X").parameter_values(path) == lists


@pytest.mark.parametrize("of", whose())
@pytest.mark.parametrize("style", STYLES)
def test_every_endpoint_here_is_described(style: Style, of: str) -> None:
    ours = {(method.lower(), path) for _, method, path, _ in ENDPOINTS}
    assert ours - {(method, path) for path, item in Description(style, of).paths.items() for method in item} == set()


@pytest.mark.parametrize("of", whose())
def test_an_answer_that_x_would_not_give_is_found_out(of: str) -> None:
    description = Description("tweet", of)
    post = {"id": "1", "text": "Hello", "edit_history_tweet_ids": ["1"]}
    assert description.faults_of("GET", "/2/tweets", 200, {"data": [post]}) == []
    for wrong in (
        {"id": 1},
        {"text": None},
        {"edit_history_tweet_ids": "1"},
        {"made_up": "1"},
        {"created_at": 5},
    ):
        assert description.faults_of("GET", "/2/tweets", 200, {"data": [post | wrong]}) != [], wrong
