"""The networks that posts come from: one line each."""

from typing import Any

from app.domain.network import Network
from app.sources.bluesky.network import BLUESKY
from app.sources.mastodon.network import MASTODON
from app.sources.x.network import X

NETWORKS: tuple[Network[Any], ...] = (
    X,
    MASTODON,
    BLUESKY,
)  # fmt: skip
