"""Networks as tests set them up: not from the environment of whoever runs them."""

from dataclasses import replace
from functools import partial
from typing import Any

from app.domain.network import Network
from app.sources.bluesky.network import BLUESKY
from app.sources.bluesky.settings import BlueskySettings
from app.sources.mastodon.network import MASTODON
from app.sources.mastodon.settings import MastodonSettings
from app.sources.x.network import X
from app.sources.x.settings import XSettings


def x_settings(**given: object) -> XSettings:
    return XSettings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]


def x_with(**given: object) -> Network[Any]:
    """X with these settings."""
    made = x_settings(**given)
    return replace(X, settings=lambda: made)


def mastodon_at(name: str, *, every: float = 0.2, **given: object) -> Network[Any]:
    """Mastodon, whose servers may be this one (host:port) of one's own network; asked this often."""
    from app.sources.mastodon.source import MastodonSource

    made = MastodonSettings(_env_file=None, mastodon_private_servers=name, **given)  # type: ignore[call-arg, arg-type]
    return replace(MASTODON, settings=lambda: made, make=partial(MastodonSource, every=every))


def bluesky_at(jetstream: str, appview: str, labels: str = "", **given: object) -> Network[Any]:
    """Bluesky with this stream, these look-ups and these labels."""
    made = BlueskySettings(
        _env_file=None,  # type: ignore[call-arg]
        bluesky_jetstream_url=jetstream,
        bluesky_appview_url=appview,
        bluesky_labels_url=labels,
        **given,  # type: ignore[arg-type]
    )
    return replace(BLUESKY, settings=lambda: made)
