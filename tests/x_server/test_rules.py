"""X's rule language and the endpoint that keeps the rules."""

import contextlib
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.x_server import Picture, Post, XServer
from tests.x_server.clock import Clock
from tests.x_server.rules import InvalidRule, in_search, on_stream, parse
from tests.x_server.state import World


def a_post(text: str = "Tea and café at #Box10 with @sam_porter $NHS") -> Post:
    world = World(Clock())
    first = world.post("ida_lund", "Welcome everyone", photos=[Picture()])
    world.user("jo_nhs", verified_type="blue")
    return world.post("jo_nhs", f"{text} https://example.org/programme", reply_to=first, quoted=first)


def a_retweet() -> Post:
    world = World(Clock())
    return world.retweet("per_moe", world.post("jo_nhs", "A long welcome " + "to all " * 30 + "#box10"))


@pytest.mark.parametrize(
    "rule",
    [
        "#box10",
        "#BOX10",
        "tea",
        '"tea and"',
        "@sam_porter",
        "from:jo_nhs",
        "from:@Jo_NHS",
        "$nhs",
        "to:ida_lund",
        "tea café",
        "tea OR coffee",
        "coffee OR tea",
        "tea -coffee",
        "tea -(coffee OR milk)",
        "(tea OR coffee) #box10",
        "tea lang:en",
        "tea is:reply",
        "tea is:quote",
        "tea is:verified",
        "tea has:links",
        "tea has:hashtags",
        "tea -is:retweet -is:nullcast",
        "url:example.org",
        'url:"example.org"',
        "welcome",
        "coffee OR (tea -milk)",
        "tea OR coffee milk",
    ],
)
def test_the_stream_matches(rule: str) -> None:
    assert parse(rule).matches(on_stream(a_post()))


@pytest.mark.parametrize(
    "rule",
    [
        "#box",
        "#box100",
        "te",
        '"and tea"',
        "cafe",
        "from:sam_porter",
        "tea -#box10",
        "tea coffee",
        "tea -is:reply",
        "tea lang:de",
        "tea is:retweet",
        "tea has:media",
        "(tea OR coffee) milk",
        "-(tea) welcome",
        "@sam",
        "conversation_id:1",
    ],
)
def test_the_stream_does_not_match(rule: str) -> None:
    assert not parse(rule).matches(on_stream(a_post()))


def test_search_forgives_accents_and_does_not_look_into_quoted_posts() -> None:
    assert parse("cafe").matches(in_search(a_post()))
    assert not parse("welcome").matches(in_search(a_post()))


def test_a_retweet_matches_by_what_its_cut_text_no_longer_shows() -> None:
    assert "#box10" not in a_retweet().text
    assert parse("#box10 is:retweet").matches(on_stream(a_retweet()))
    assert not parse("#box10 -is:retweet").matches(on_stream(a_retweet()))


@pytest.mark.parametrize(
    "rule",
    [
        "",
        " ",
        "lang:en",
        "-tea",
        "is:reply",
        "tea OR lang:en",
        "tea OR",
        "OR tea",
        "(tea",
        "tea)",
        "()",
        '"tea',
        "tea AND coffee",
        "has:nothing tea",
        "is:odd tea",
        "colour:red",
        "from:",
        '""',
        "x" * 1025,
        "-",
        "tea OR -coffee",
    ],
)
def test_x_would_refuse(rule: str) -> None:
    with pytest.raises(InvalidRule):
        parse(rule)


@given(st.text(alphabet='ab #@-()":OR ', max_size=30))
def test_any_text_is_a_rule_or_an_invalid_rule(text: str) -> None:
    with contextlib.suppress(InvalidRule):
        assert parse(text).matches(on_stream(A_POST)) in (True, False)


A_POST = a_post()


async def change(x: XServer, body: dict[str, Any], query: str = "") -> tuple[int, dict[str, Any]]:
    bearer, where = {"Authorization": f"Bearer {x.token}"}, f"{x.url}/2/tweets/search/stream/rules{query}"
    async with aiohttp.ClientSession(headers=bearer) as session, session.post(where, json=body) as response:
        return response.status, await response.json(content_type=None)


def values(x: XServer) -> list[str]:
    return [rule.value for rule in x.rules]


async def test_a_rule_is_added_with_its_tag() -> None:
    async with XServer() as x:
        status, answer = await change(x, {"add": [{"value": "#box10", "tag": "bk:box10"}]})
        assert (status, answer["data"][0]["tag"], values(x)) == (201, "bk:box10", ["#box10"])
        assert answer["meta"]["summary"] == {"created": 1, "not_created": 0, "valid": 1, "invalid": 0}


async def test_a_duplicate_is_reported_with_the_id_of_its_twin() -> None:
    async with XServer() as x:
        twin = x.add_rule("#box10")
        status, answer = await change(x, {"add": [{"value": "#box10"}]})
        assert (status, answer["errors"][0]["title"], answer["errors"][0]["id"]) == (
            201,
            "DuplicateRule",
            twin["id"],
        )


async def test_only_invalid_rules_are_a_bad_request() -> None:
    async with XServer() as x:
        status, answer = await change(x, {"add": [{"value": "lang:en"}]})
        assert (status, answer["errors"][0]["type"].rsplit("/", 1)[1]) == (400, "invalid-rules")
        status, answer = await change(x, {"add": [{"value": "lang:en"}, {"value": "#box10"}]})
        assert (status, values(x)) == (201, ["#box10"])


async def test_a_dry_run_tells_and_changes_nothing() -> None:
    async with XServer() as x:
        status, answer = await change(x, {"add": [{"value": "#box10"}]}, "?dry_run=true")
        assert (status, answer["meta"]["summary"]["created"], values(x)) == (201, 1, [])


async def test_the_thousand_and_first_rule_is_refused() -> None:
    async with XServer() as x:
        for n in range(1000):
            x.add_rule(f"#tag{n}")
        status, answer = await change(x, {"add": [{"value": "#box10"}]})
        assert (status, answer["errors"][0]["type"].rsplit("/", 1)[1]) == (400, "rule-cap")


async def test_rules_go_by_id_by_value_or_all_at_once() -> None:
    async with XServer() as x:
        first = x.add_rule("#one")
        for value in ("#two", "#three", "#four"):
            x.add_rule(value)
        assert (await change(x, {"delete": {"ids": [first["id"]]}}))[1]["meta"]["summary"]["deleted"] == 1
        assert (await change(x, {"delete": {"values": ["#two"]}}))[0] == 200
        assert values(x) == ["#three", "#four"]
        assert (await change(x, {"delete": {"values": ["#two"]}}))[1]["meta"]["summary"]["not_deleted"] == 1
        await change(x, {}, "?delete_all=true")
        assert values(x) == []


async def test_many_rules_come_in_pages() -> None:
    async with XServer() as x:
        for n in range(5):
            x.add_rule(f"#tag{n}")
        bearer, where = (
            {"Authorization": f"Bearer {x.token}"},
            f"{x.url}/2/tweets/search/stream/rules?max_results=3",
        )
        async with aiohttp.ClientSession(headers=bearer) as session:
            async with session.get(where) as response:
                first = await response.json()
            async with session.get(f"{where}&pagination_token={first['meta']['next_token']}") as response:
                second = await response.json()
        assert [len(page["data"]) for page in (first, second)] == [3, 2]
