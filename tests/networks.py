"""Networks as tests set them up: not from the environment of whoever runs them."""

from dataclasses import replace
from typing import Any

from app.domain.network import Network
from app.sources.x.network import X
from app.sources.x.settings import XSettings


def x_settings(**given: object) -> XSettings:
    return XSettings(_env_file=None, **given)  # type: ignore[call-arg, arg-type]


def x_with(**given: object) -> Network[Any]:
    """X with these settings."""
    made = x_settings(**given)
    return replace(X, settings=lambda: made)
