"""A source that listens to a local Bluesky, with little patience."""

from typing import Any

from app.sources import Clock
from app.sources.bluesky.settings import BlueskySettings
from app.sources.bluesky.source import BlueskySource
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.keeping import assigned

REAL = Clock()


async def soon(seconds: float) -> None:
    await REAL.sleep(min(seconds, 0.01))


QUICK = Clock(sleep=soon)


def source(server: BlueskyServer, version: str = V2, tags: tuple[str, ...] = ("Box10",), **more: Any) -> BlueskySource:
    settings = BlueskySettings(
        _env_file=None,  # type: ignore[call-arg]
        bluesky_jetstream_url=server.jetstream(version),
        bluesky_appview_url=server.appview,
    )
    return BlueskySource(assigned("bluesky", tags), settings, QUICK, **more)
