"""Posts come from several servers of Mastodon's kind over HTTP, once each; what is edited or deleted there is here."""

from typing import Any

import pytest

from app.domain.incoming import Incoming
from app.sources import Ended, Why
from tests.sources.keeping import Kept
from tests.sources.mastodon.asking import ULID, listened, source, two
from tests.sources.mastodon.server import MastodonServer, Said

__all__ = ["two"]


async def test_a_burst_comes_once_and_in_order_however_a_server_pages(
    two: tuple[MastodonServer, MastodonServer],
) -> None:
    kept = Kept()
    for server in two:
        server.post("<p>the first</p>")
        await listened(source(*two), kept)
    for server in two:
        for number in range(95):
            server.post(f"<p>number {number}</p>")
    await listened(source(*two), kept)
    assert len(kept.refs) == len(set(kept.refs)) == 2 * 96
    for server in two:
        mine = [one.text for one in kept.found if isinstance(one, Incoming) and server.name in one.ref]
        assert mine == ["the first", *(f"number {number}" for number in range(95))]


async def test_a_server_that_was_away_for_an_hour_has_all_that_was_missed(
    two: tuple[MastodonServer, MastodonServer],
) -> None:
    server, kept = two[1], Kept()  # which gives no more than 20 a page
    server.post("<p>before</p>")
    await listened(source(server), kept)
    server.fault = lambda _, path: Said(503) if "timelines" in path else None
    for number in range(400):
        server.post(f"<p>missed {number}</p>")
    with pytest.raises(Ended):
        await listened(source(server), kept)
    server.fault = None
    await listened(source(server), kept, rounds=1)
    assert kept.texts == ["before", *(f"missed {number}" for number in range(400))]
    assert len(kept.refs) == len(set(kept.refs))


async def test_a_burst_after_a_first_look_at_nothing_comes_whole(
    two: tuple[MastodonServer, MastodonServer],
) -> None:
    kept, listening = Kept(), source(*two)
    await listened(listening, kept)
    for server in two:
        for number in range(130):
            server.post(f"<p>number {number} at {server.name}</p>")
    await listened(source(*two), kept)
    assert len(kept.texts) == len(set(kept.texts)) == 260
    for server in two:
        ours = [one for one in kept.texts if server.name in one]
        assert ours == [f"number {number} at {server.name}" for number in range(130)]


async def test_one_status_seen_through_two_servers_has_one_name(two: tuple[MastodonServer, MastodonServer]) -> None:
    home, other = two
    status = home.find(home.post("<p>seen twice</p>"))
    other.statuses.append({**status, "id": ULID(7), "account": {**status["account"], "acct": f"mira@{home.name}"}})
    kept = Kept()
    await listened(source(*two), kept)
    assert len(kept.refs) == 2
    assert len(set(kept.refs)) == 1
    assert {one.byline.handle for one in kept.found if isinstance(one, Incoming)} == {f"mira@{home.name}"}


async def test_more_than_five_tags_are_all_asked_for(two: tuple[MastodonServer, MastodonServer]) -> None:
    tags = tuple(f"tag{number}" for number in range(7))
    for tag in tags:
        two[0].post(f"<p>{tag}</p>", tag=tag)
    kept = Kept()
    await listened(source(two[0], tags=tags), kept)
    assert sorted(kept.texts) == sorted(tags)


@pytest.mark.parametrize(
    "more",
    [
        {"visibility": "unlisted"},
        {"visibility": "private"},
        {"visibility": "direct"},
        {"account": {"suspended": True}},
        {"account": {"noindex": True}},
        {"account": {"discoverable": False}},
    ],
)
async def test_what_is_kept_from_the_public_does_not_come(
    two: tuple[MastodonServer, MastodonServer], more: dict[str, Any]
) -> None:
    two[0].post("<p>not for everybody</p>", **more)
    two[0].post("<p>for everybody</p>")
    kept = Kept()
    await listened(source(two[0]), kept)
    assert kept.texts == ["for everybody"]


async def test_the_organiser_may_want_those_whom_no_search_finds_and_no_programs(
    two: tuple[MastodonServer, MastodonServer],
) -> None:
    two[0].post("<p>hidden</p>", account={"noindex": True})
    two[0].post("<p>a program</p>", account={"bot": True})
    kept, other = Kept(), Kept()
    await listened(source(two[0]), kept)
    await listened(source(two[0], hidden_from_search=True, no_bots=True), other)
    assert (kept.texts, other.texts) == (["a program"], ["hidden"])


BROKEN = [
    Said(500, {"error": "x"}),
    Said(503, "<html>down</html>", {"Content-Type": "text/html"}),
    Said(200, "<html>Log in to the hotel</html>"),
    Said(200, {"error": "an object"}),
    Said(200, b"[" * 200_000),
    Said(401, {"error": "This method requires an authenticated user"}),
    Said(403, {}),
    Said(422, {"error": "This method requires an authenticated user"}),
    Said(429, {}, {"X-RateLimit-Reset": "2026-08-01T14:00:00.070144Z"}),
    Said(429, {}, {"X-RateLimit-Reset": "1790000000"}),
    Said(302, "", {"Location": "http://169.254.169.254/latest"}),
    Said(404),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda said: f"{said.status}-{str(said.body)[:12]}")
async def test_a_server_that_fails_is_told_and_the_other_goes_on(
    two: tuple[MastodonServer, MastodonServer], broken: Said
) -> None:
    bad, good = two
    bad.fault = lambda _, path: broken if "timelines" in path else None
    good.post("<p>still here</p>")
    kept = Kept()
    await listened(source(bad, good), kept, rounds=3)
    assert kept.texts == ["still here"]
    assert good.name in kept.said[-1]
    assert bad.name in kept.said[-1]
    assert sum("timelines" in path for path in bad.asked) == 1


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (Said(500), Why.HTTP),
        (Said(429, {}, {"Retry-After": "30"}), Why.RATE_LIMITED),
        (Said(403), Why.FORBIDDEN_PLAN),
        (Said(200, "x"), Why.PROTOCOL),
    ],
)
async def test_where_every_server_fails_the_source_ends_with_the_reason(
    two: tuple[MastodonServer, MastodonServer], broken: Said, why: Why
) -> None:
    two[0].fault = lambda _, path: broken if "timelines" in path else None
    with pytest.raises(Ended) as ended:
        await listened(source(two[0]), Kept())
    assert ended.value.why is why
    assert two[0].name in str(ended.value.sentence)


async def test_who_names_no_server_or_no_tag_is_told(two: tuple[MastodonServer, MastodonServer]) -> None:
    for listening in (source(), source(two[0], tags=())):
        with pytest.raises(Ended) as ended:
            await listened(listening, Kept())
        assert ended.value.why is Why.BAD_RULES
    assert two[0].asked == []


async def test_a_server_that_wants_no_programs_is_not_asked(two: tuple[MastodonServer, MastodonServer]) -> None:
    two[0].robots = "User-agent: *\nDisallow: /api/\n"
    with pytest.raises(Ended):
        await listened(source(two[0]), Kept())
    assert two[0].asked == ["/robots.txt"]


async def test_a_token_goes_to_the_first_server_only(two: tuple[MastodonServer, MastodonServer]) -> None:
    first, second = two
    first.tokens, second.tokens = {"ours"}, {"ours"}
    first.post("<p>for members</p>")
    kept = Kept()
    await listened(source(first, second, token="ours"), kept)
    assert kept.texts == ["for members"]
    assert second.name in kept.said[-1]


async def test_a_status_that_cannot_be_read_takes_no_other_with_it(two: tuple[MastodonServer, MastodonServer]) -> None:
    two[0].post("<p>before</p>")
    for broken in ({"uri": None, "url": None}, {"content": 5}, {"created_at": "soon"}, {"account": None}, {"id": None}):
        two[0].statuses.append({**two[0].find(two[0].post("x")), **broken})
    two[0].statuses[:] = [one for one in two[0].statuses if one["content"] != "x" or one.get("id") is None]
    two[0].post("<p>after</p>")
    kept = Kept()
    await listened(source(two[0]), kept)
    assert kept.texts[0] == "before"
    assert kept.texts[-1] == "after"
