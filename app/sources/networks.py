"""The networks that posts come from: one line each."""

from typing import Any

from app.domain.network import Network
from app.sources.x.network import X

NETWORKS: tuple[Network[Any], ...] = (
    X,
)  # fmt: skip
