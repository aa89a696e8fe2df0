"""Who restarts knows what is kept before it listens: what was deleted meanwhile leaves by the stream, not by a pass."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.actions.sources import add_sources, change_source
from app.domain.network import Network
from app.sources import Clock
from app.sources.rechecks import EVERY
from tests.networks import bluesky_at, mastodon_at
from tests.sources.bluesky.asking import soon
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.mastodon.server import MastodonServer
from tests.sources.x.desk import desk
from tests.until import until

Place = tuple[Any, Network[Any], dict[str, object], list[str]]
"""A server, its network, how it is set up, and who has listened there so far."""


async def _never_again(seconds: float) -> None:
    """Passes over what is kept do not happen; all other waiting is short."""
    await (asyncio.Event().wait() if seconds == EVERY else soon(seconds))


@contextmanager
def mastodon() -> Iterator[Place]:
    with MastodonServer() as server:
        server.accounts = {"ours"}
        near = mastodon_at(f"{server.name},{server.streams.name}", every=0.02, mastodon_token="ours")
        yield server, near, {"servers": server.url}, server.streams.subscribed


@contextmanager
def bluesky() -> Iterator[Place]:
    with BlueskyServer() as server:
        yield server, bluesky_at(server.jetstream(V2), server.appview), {}, server.connected


@pytest.mark.parametrize(("kind", "place"), [("mastodon", mastodon), ("bluesky", bluesky)])
async def test_what_is_deleted_after_a_restart_leaves_by_the_stream(tmp_path: Path, kind: str, place: Any) -> None:
    with place() as (there, network, options, listened):
        async with desk(tmp_path) as box10:
            box10.others, at = (network,), datetime.now(UTC)
            await box10.doors.do(add_sources, box10.event.id, box10.networks.keys, at=at)
            await box10.doors.do(change_source, box10.event.id, "x", enabled=False, options={}, at=at)
            await box10.doors.do(change_source, box10.event.id, kind, enabled=True, options=options, at=at)
            box10.start(Clock(sleep=_never_again))
            await until(lambda: len(listened) == 1)
            posted = there.post("said before the restart #box10")
            await box10.posts(1)
            await box10.finish()

            box10.start(Clock(sleep=_never_again))
            await until(lambda: len(listened) == 2)
            there.delete(posted)
            await box10.where(lambda posts: posts[0].withdrawn_at is not None)
