"""Posts come from Bluesky's stream, of either version; names and labels are looked up; what goes there goes here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from app.domain.incoming import Account, Incoming, Withdrawal
from app.domain.source import SourceState
from app.sources import Clock, Ended, Why
from app.sources.bluesky.source import BlueskySource
from tests.sources.bluesky.asking import REAL, soon, source
from tests.sources.bluesky.server import V1, V2, BlueskyServer
from tests.sources.keeping import Kept, listens

VERSIONS = pytest.mark.parametrize("version", [V1, V2], ids=["first", "second"])


@pytest.fixture
def there() -> Iterator[BlueskyServer]:
    with BlueskyServer() as server:
        yield server


async def begun(listening: BlueskySource, server: BlueskyServer, kept: Kept) -> None:
    """It listens, and knows where it is."""
    server.noise()
    await listens(listening, kept, lambda: SourceState.LIVE in kept.states)


@VERSIONS
async def test_what_bears_the_tag_comes_with_its_authors_name_in_order(there: BlueskyServer, version: str) -> None:
    kept, listening = Kept(), source(there, version)
    there.post("before anybody listened #box10")
    there.a_minute_passes()
    await begun(listening, there, kept)
    kept.position = {}

    def happens() -> bool:
        if len(there.connected) == 2 and not happened:
            happened.append(1)
            for number in range(60):
                there.noise(3)
                there.post(f"number {number} #box10", by=f"by{number}")
        return len(kept.posts) >= 60

    happened: list[int] = []
    await listens(listening, kept, happens)
    assert kept.texts == [f"number {number} #box10" for number in range(60)]
    assert kept.posts[7].byline.handle == "by7.example"
    assert all(len(uris) <= 25 for uris in there.asked)


@VERSIONS
async def test_who_comes_back_misses_nothing_and_nothing_comes_under_two_names(
    there: BlueskyServer, version: str
) -> None:
    kept = Kept()
    there.post("one #box10")
    kept.position = {"host": "another", "at_us": there.events[0]["us"], "place": 5}
    for number in range(3):
        await listens(source(there, version), kept, lambda: len(set(kept.refs)) > number)  # noqa: B023
        there.noise(5)
        there.post(f"while away {number} #box10")
    await listens(source(there, version), kept, lambda: len(set(kept.refs)) >= 4)
    assert len({(one.ref, one.version_ref) for one in kept.posts}) == 4


async def test_a_post_that_the_look_ups_do_not_know_yet_waits_and_keeps_its_place(there: BlueskyServer) -> None:
    there.post("late #box10", visible_after=3)
    there.post("at once #box10")
    kept = Kept(position={"host": "", "at_us": there.events[0]["us"], "place": 0})
    moved, began = iter(range(10**9)), REAL.now()
    listening = source(there, clock=Clock(now=lambda: began + timedelta(seconds=next(moved)), sleep=soon))
    await listens(listening, kept, lambda: len(kept.posts) == 2)
    assert kept.texts == ["at once #box10", "late #box10"]


@pytest.mark.parametrize(
    ("more", "comes", "doubtful"),
    [
        ({}, True, False),
        ({"labels": [{"val": "porn"}]}, True, True),
        ({"labels": [{"val": "porn"}, {"val": "porn", "neg": True}]}, True, True),
        ({"record": {"labels": {"values": [{"val": "nudity"}]}}}, True, True),
        ({"labels": [{"val": "!hide"}]}, False, False),
        ({"author": {"did": "did:plc:x", "handle": "x.example", "labels": [{"val": "!takedown"}]}}, False, False),
        (
            {"author": {"did": "did:plc:x", "handle": "x.example", "labels": [{"val": "!no-unauthenticated"}]}},
            False,
            False,
        ),
    ],
)
async def test_labels_hide_or_have_a_person_look(
    there: BlueskyServer, more: dict[str, Any], comes: bool, doubtful: bool
) -> None:
    there.post("labelled #box10", **more)
    there.post("the last #box10")
    kept = Kept(position={"host": "", "at_us": there.events[0]["us"], "place": 0})
    await listens(source(there), kept, lambda: "the last #box10" in kept.texts)
    found = [one.sensitive for one in kept.posts if one.text.startswith("labelled")]
    assert found == ([doubtful] if comes else [])


@VERSIONS
async def test_what_is_deleted_or_taken_down_leaves_at_once(there: BlueskyServer, version: str) -> None:
    kept, listening = Kept(position={"host": "", "at_us": 1, "place": 0}), source(there, version)
    there.kept_from = 0
    uris = [there.post(f"{number} #box10", by=by) for number, by in enumerate(["mira", "jo", "jo"])]
    done: list[int] = []

    def goes() -> bool:
        if len(kept.posts) == 3 and not done:
            done.append(1)
            there.delete(uris[0])
            there.take_down("did:plc:jo")
        return len(kept.gone) == 3

    await listens(listening, kept, goes)
    assert kept.gone == set(uris)


async def test_a_recheck_finds_edits_deletions_and_names(there: BlueskyServer) -> None:
    kept, listening = Kept(position={"host": "", "at_us": 1, "place": 0}), source(there)
    there.kept_from = 0
    edited, deleted, hidden, stays = (there.post(f"{number} #box10") for number in range(4))
    await listens(listening, kept, lambda: len(kept.posts) == 4)
    there.edit(edited, "better #box10")
    there.delete(deleted)
    there.views[hidden]["labels"] = [{"val": "!hide"}]
    there.views[stays]["author"]["displayName"] = "Renamed"
    found = {one.ref: one for one in await listening.recheck(kept.known)}
    assert isinstance(newer := found[edited], Incoming)
    assert newer.version > 0
    assert newer.text == "better #box10"
    assert isinstance(found[deleted], Withdrawal)
    assert isinstance(found[hidden], Withdrawal)
    assert isinstance(same := found[stays], Account)
    assert same.byline.name == "Renamed"


@VERSIONS
@pytest.mark.parametrize("code", [1000, 1001, 1011, 1012])
async def test_a_close_ends_the_connection_and_not_the_source(there: BlueskyServer, version: str, code: int) -> None:
    there.close_with = code
    with pytest.raises(Ended) as ended:
        await listens(source(there, version), Kept(), lambda: False)
    assert ended.value.why is Why.CLOSED


async def test_a_cursor_that_is_too_old_is_said_and_the_next_connection_is_live(there: BlueskyServer) -> None:
    there.kept_from = 10**6
    kept = Kept(position={"host": there.host, "at_us": 0, "place": 999})
    with pytest.raises(Ended) as ended:
        await listens(source(there), kept, lambda: False)
    assert "missed" in str(ended.value.sentence)
    await begun(source(there), there, kept)


async def test_a_time_that_is_too_old_is_said_and_what_is_still_kept_comes(there: BlueskyServer) -> None:
    there.post("the oldest that is kept #box10")
    there.kept_since_us = there.events[0]["us"]
    kept = Kept(position={"host": "another", "at_us": there_us() - 10**12, "place": 5})
    await listens(source(there), kept, lambda: kept.texts == ["the oldest that is kept #box10"])
    assert "missed" in kept.said[-1]


def there_us() -> int:
    return int(REAL.now().timestamp() * 1_000_000)


FAULTY = [
    (['{"$type":"error","error":"ConsumerTooSlow"}'], Why.STALLED),
    (['{"$type":"error","error":"Whatever"}'], Why.CLOSED),
    (["not JSON"] * 10, Why.PROTOCOL),
    (["[]"] * 10, Why.PROTOCOL),
]


@pytest.mark.parametrize(("frames", "why"), FAULTY)
async def test_what_the_stream_complains_of_ends_it(there: BlueskyServer, frames: list[str], why: Why) -> None:
    there.raw = frames
    with pytest.raises(Ended) as ended:
        await listens(source(there), Kept(), lambda: False)
    assert ended.value.why is why


async def test_a_few_bad_frames_and_unknown_kinds_take_nothing_with_them(there: BlueskyServer) -> None:
    there.raw = ["{}", '{"$type":"message"}', '{"kind":"new"}', "oops", '{"$type":"message","payload":{"seq":"x"}}']
    kept = Kept(position={"host": "", "at_us": there_us() - 10**7, "place": 0})
    there.post("still here #box10")
    await listens(source(there), kept, lambda: kept.texts == ["still here #box10"])


async def test_silence_and_an_address_where_nobody_is_are_told_apart(there: BlueskyServer) -> None:
    there.silent = True
    with pytest.raises(Ended) as ended:
        await listens(source(there, silence=0.05), Kept(), lambda: False)
    assert ended.value.why is Why.STALLED
    with BlueskyServer() as gone:
        nobody = source(gone)
    with pytest.raises(Ended) as away:
        await listens(nobody, Kept(), lambda: False)
    assert away.value.why is Why.NETWORK


@pytest.mark.parametrize(("status", "why"), [(429, Why.RATE_LIMITED), (502, Why.HTTP)])
async def test_where_nothing_can_be_looked_up_nothing_is_shown_and_nothing_is_lost(
    there: BlueskyServer, status: int, why: Why
) -> None:
    there.post("waits #box10")
    kept = Kept(position={"host": "", "at_us": there.events[0]["us"], "place": 0})
    there.lookup_status = status
    with pytest.raises(Ended) as ended:
        await listens(source(there), kept, lambda: False)
    assert ended.value.why is why
    assert kept.found == []
    with pytest.raises(Ended):
        await source(there).recheck(
            {"at://did:plc:mira/app.bsky.feed.post/1#c": "at://did:plc:mira/app.bsky.feed.post/1"}
        )
    there.lookup_status = 200
    await listens(source(there), kept, lambda: kept.texts == ["waits #box10"])


async def test_who_names_no_tag_is_told(there: BlueskyServer) -> None:
    with pytest.raises(Ended) as ended:
        await listens(source(there, tags=()), Kept(), lambda: False)
    assert ended.value.why is Why.BAD_RULES
    assert there.connected == []
