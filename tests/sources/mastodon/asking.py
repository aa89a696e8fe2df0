"""Two servers of Mastodon's kind, and a source that asks them."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from app.sources import Clock
from app.sources.mastodon.settings import MastodonSettings
from app.sources.mastodon.source import MastodonSource
from tests.sources.keeping import Kept, assigned, listens
from tests.sources.mastodon.server import MastodonServer

ULID = "01J{:023d}".format


@pytest.fixture
def two() -> Iterator[tuple[MastodonServer, MastodonServer]]:
    with ExitStack() as stack:
        yield stack.enter_context(MastodonServer()), stack.enter_context(MastodonServer(ids=ULID, most=20))


def settings_for(*servers: MastodonServer, token: str = "", whose: str = "") -> MastodonSettings:
    near = [name for server in servers for name in (server.name, server.streams.name)]
    return MastodonSettings(
        _env_file=None,  # type: ignore[call-arg]
        mastodon_private_servers=",".join(near),
        mastodon_token=token,  # type: ignore[arg-type]
        mastodon_token_server=whose,
    )


def source(
    *servers: MastodonServer,
    tags: tuple[str, ...] = ("box10",),
    token: str = "",
    whose: str = "",
    every: float = 0.01,
    clock: Clock | None = None,
    **options: Any,
) -> MastodonSource:
    named: dict[str, Any] = {"servers": " ".join(server.url for server in servers), **options}
    settings = settings_for(*servers, token=token, whose=whose)
    return MastodonSource(assigned("mastodon", tags, **named), settings, clock or Clock(), every=every)


async def listened(listening: MastodonSource, kept: Kept, *, rounds: int = 2) -> None:
    """So many rounds more, from where the last one ended."""
    wanted = kept.rounds + rounds
    await listens(listening, kept, lambda: kept.rounds >= wanted)
