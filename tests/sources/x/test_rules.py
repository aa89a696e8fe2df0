"""What X is asked for, and what its refusals mean: pure."""

import json

import pytest

from app.sources import Ended, Why
from app.sources.bounded_inbox import Lines
from app.sources.x.problems import refusal
from app.sources.x.rules import LONGEST_QUERY, LONGEST_RULE, Rule, difference, search_queries, stream_rules

MANY = [f"conference_tag_number_{number}" for number in range(60)]


def test_one_hashtag_makes_one_rule_without_reposts() -> None:
    [rule] = stream_rules("box10", ["box10"], with_reposts=False)
    assert (rule.value, rule.tag) == ("#box10 -is:retweet -is:nullcast", "bk:box10")


def test_reposts_come_only_when_they_are_wanted() -> None:
    [rule] = stream_rules("box10", ["box10", "nhssm"], with_reposts=True)
    assert rule.value == "(#box10 OR #nhssm) -is:nullcast"


def test_many_hashtags_are_split_into_rules_and_queries_that_x_takes() -> None:
    rules, queries = stream_rules("box10", MANY, with_reposts=False), search_queries(MANY)
    assert max(len(rule.value) for rule in rules) <= LONGEST_RULE
    assert max(map(len, queries)) <= LONGEST_QUERY
    for tag in MANY:
        assert sum(f"#{tag}" in rule.value.strip("()").replace(")", " ").split() for rule in rules) == 1
        assert sum(f"#{tag}" in query.replace("(", "").replace(")", " ").split() for query in queries) == 1


def test_only_stale_rules_of_our_own_events_are_removed() -> None:
    wanted = [Rule("#a", "bk:a"), Rule("#b", "bk:a")]
    present = [
        Rule("#a", "bk:a", "1"),
        Rule("#old", "bk:a", "2"),
        Rule("#x", "bk:last-year", "3"),
        Rule("#y", "bk:a2", "4"),
        Rule("#z", "", "5"),
        Rule("#w", "theirs", "6"),
    ]
    change = difference(wanted, present, slugs=("a", "last-year"))
    assert change.add == (Rule("#b", "bk:a"),)
    assert (change.remove, change.kept) == (("2", "3"), frozenset({"1"}))


@pytest.mark.parametrize(
    ("status", "problem", "why"),
    [
        (401, {}, Why.AUTH),
        (402, {}, Why.NO_CREDIT),
        (403, {"reason": "client-not-enrolled"}, Why.FORBIDDEN_PLAN),
        (429, {"title": "UsageCapExceeded"}, Why.USAGE_CAP),
        (429, {"type": "https://api.x.com/2/problems/usage-capped"}, Why.USAGE_CAP),
        (
            429,
            {"title": "ConnectionException", "connection_issue": "TooManyConnections"},
            Why.TOO_MANY_CONNECTIONS,
        ),
        (429, {"title": "Too Many Requests"}, Why.RATE_LIMITED),
        (420, {}, Why.RATE_LIMITED),
        (409, {}, Why.BAD_RULES),
        (400, {}, Why.BAD_RULES),
        (503, {}, Why.HTTP),
        (302, {}, Why.HTTP),
    ],
)
def test_a_refusal_is_known_by_its_status_and_problem(status: int, problem: dict[str, str], why: Why) -> None:
    assert refusal(status, {}, json.dumps(problem)).why is why


@pytest.mark.parametrize("reset", ["", "soon", "-5", "99999999999999999999"])
def test_a_reset_that_is_no_time_is_none(reset: str) -> None:
    assert refusal(429, {"x-rate-limit-reset": reset}, "<html>").retry_at is None


def test_an_inbox_that_is_full_ends_the_connection() -> None:
    lines = Lines(most=2)
    lines.put(b"1")
    lines.put(b"2")
    with pytest.raises(Ended, match="faster than they can be stored"):
        lines.put(b"3")


async def test_what_came_before_the_end_is_still_taken() -> None:
    lines = Lines()
    lines.open()
    lines.put(b"1")
    lines.end()
    assert await lines.opened()
    assert [await lines.take(5), await lines.take(5)] == [[b"1"], []]
