"""Stub."""

from collections.abc import Iterator

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.context import Context
from app.domain.verdict import Signal


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    del post, policy, context
    yield from ()
