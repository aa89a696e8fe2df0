"""What the network itself marks as sensitive."""

from collections.abc import Iterator

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.context import Context
from app.domain.verdict import Level, Signal


def check(post: Incoming, policy: Policy, context: Context) -> Iterator[Signal]:
    del policy, context
    if post.sensitive:
        yield Signal("marked-sensitive", "sexual", Level.HOLD, "Its network or its author marked it as sensitive.")
