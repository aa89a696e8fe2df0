"""Three networks beside each other, of which each can fail: X, a server of Mastodon's kind, and Bluesky."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from app.actions.sources import add_sources, change_source
from app.domain.post import Post
from app.domain.source import Source
from app.queries.sources import sources
from app.sources.mastodon.source import POLL_SECONDS
from tests.networks import bluesky_at, mastodon_at
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.mastodon.server import MastodonServer
from tests.sources.x.desk import Desk, desk
from tests.until import until


@dataclass
class Town:
    """An event that listens to all three."""

    box10: Desk
    mastodon: MastodonServer
    bluesky: BlueskyServer

    async def source(self, kind: str) -> Source:
        return {one.kind: one for one in await self.box10.doors.ask(sources, self.box10.event.id)}[kind]

    async def state(self, kind: str, *states: Any, said: str = "") -> Source:
        """Wait until this source is in one of these states, and says so."""

        async def reached() -> bool:
            source = await self.source(kind)
            return source.state in states and said in str(source.detail)

        await until(reached)
        return await self.source(kind)

    async def posts(self) -> list[Post]:
        return await self.box10.doors.ask(_posts, self.box10.event.id)

    async def has(self, true: Callable[[list[Post]], object]) -> list[Post]:
        async def holds() -> bool:
            return bool(true(await self.posts()))

        await until(holds)
        return await self.posts()


def _posts(db: Session, event_id: int) -> list[Post]:
    return list(db.exec(select(Post).where(Post.event_id == event_id).order_by(col(Post.id))))


@asynccontextmanager
async def three_networks(folder: Path, **x: object) -> AsyncIterator[Town]:
    """All three are listened to; the clock of the sources runs as fast as that of X."""
    with MastodonServer() as mastodon, BlueskyServer() as bluesky:
        async with desk(folder, **x) as box10:
            near = mastodon_at(mastodon.name, every=POLL_SECONDS)
            box10.others = (near, bluesky_at(bluesky.jetstream(V2), bluesky.appview))
            at, doors = datetime.now(UTC), box10.doors
            await doors.do(add_sources, box10.event.id, box10.networks.keys, at=at)
            for kind, options in (("mastodon", {"servers": mastodon.url}), ("bluesky", {})):
                await doors.do(change_source, box10.event.id, kind, enabled=True, options=dict(options), at=at)
            yield Town(box10, mastodon, bluesky)
