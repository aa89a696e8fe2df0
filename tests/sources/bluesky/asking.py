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


def settings_for(server: BlueskyServer, version: str = V2, account: str = "") -> BlueskySettings:
    return BlueskySettings(
        _env_file=None,  # type: ignore[call-arg]
        bluesky_jetstream_url=server.jetstream(version),
        bluesky_appview_url=server.appview,
        bluesky_home_url=server.appview,
        bluesky_labels_url=server.labels_url,
        bluesky_app_password=account,  # type: ignore[arg-type]
    )


def source(
    server: BlueskyServer,
    version: str = V2,
    tags: tuple[str, ...] = ("Box10",),
    *,
    account: str = "",
    answers: bool = False,
    clock: Clock = QUICK,
    **more: Any,
) -> BlueskySource:
    options = {"answers": True} if answers else {}
    return BlueskySource(assigned("bluesky", tags, **options), settings_for(server, version, account), clock, **more)
