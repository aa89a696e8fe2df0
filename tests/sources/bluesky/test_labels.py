"""What a moderation service labels leaves as it says so, without a look-up of what is kept; atproto hears the same."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from app.domain.source import SourceState
from tests.sources.bluesky.asking import source
from tests.sources.bluesky.frames import label_frame
from tests.sources.bluesky.server import BlueskyServer
from tests.sources.keeping import Kept, listens
from tests.until import until


@pytest.fixture
def there() -> Iterator[BlueskyServer]:
    with BlueskyServer() as server:
        yield server


def from_the_start(there: BlueskyServer) -> Kept:
    return Kept(position={"host": there.host, "at_us": 0, "place": there.events[0]["seq"]})


async def test_what_is_labelled_leaves_or_waits_and_what_is_not_ours_stays(there: BlueskyServer) -> None:
    hidden, doubted, freed, stays = (there.post(f"{name} #box10", by=name) for name in ("a", "b", "c", "d"))
    of_author = [there.post(f"{number} #box10", by="jo") for number in range(2)]
    kept, done = from_the_start(there), []

    def happens() -> bool:
        if len(kept.posts) == 6 and there.label_listeners and not done:
            done.append(1)
            there.label(freed, "porn", neg=True)
            there.label(stays, "no-meaning-to-us")
            there.label("at://did:plc:x/app.bsky.feed.post/1", "!hide")
            there.label("did:plc:jo", "!takedown")
            there.label(hidden, "!hide")
            there.label(doubted, "graphic-media")
        return bool(kept.marked) and len(kept.gone) == 3

    await listens(source(there), kept, happens)
    assert kept.gone == {hidden, *of_author}
    assert kept.marked == {doubted}
    assert stays not in kept.gone | kept.marked


async def test_a_service_that_hangs_up_or_talks_nonsense_ends_nothing_and_is_heard_again(there: BlueskyServer) -> None:
    uri = there.post("one #box10")
    there.label_raw = [b"\xff", b"", b"\xa1", label_frame({"op": 1, "t": "#info"}, {"name": "OutdatedCursor"}),
                       label_frame({"op": -1}, {"error": "FutureCursor"})]  # fmt: skip
    kept, step = from_the_start(there), []

    def happens() -> bool:
        if len(kept.posts) == 1 and there.label_listeners == 1 and not step:
            step.append(there.close_labels(1011))
        if there.label_listeners == 2 and len(step) == 1:
            step.append(there.label(uri, "!hide"))
        return kept.gone == {uri}

    await listens(source(there), kept, happens)
    assert {*kept.states} == {SourceState.STARTING, SourceState.LIVE}


async def test_another_reader_is_told_the_same(there: BlueskyServer) -> None:
    from atproto import AsyncFirehoseSubscribeLabelsClient, parse_subscribe_labels_message

    client, told = AsyncFirehoseSubscribeLabelsClient(base_uri=f"ws://{there.host}/xrpc"), list[Any]()

    async def tell(message: Any) -> None:
        told.extend(parse_subscribe_labels_message(message).labels)

    task = asyncio.create_task(client.start(tell))
    await until(lambda: there.label_listeners)
    there.label("at://did:plc:mira/app.bsky.feed.post/1", "porn")
    there.label("did:plc:mira", "!takedown")
    await until(lambda: task.done() or len(told) == 2)
    await client.stop()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert [(one.uri, one.val) for one in told] == [(one["uri"], one["val"]) for one in there.labelled]
