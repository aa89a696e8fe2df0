"""What the network itself marks as sensitive."""

from collections.abc import Iterator

from app.domain.policy import Policy
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal

MARKED = Signal("marked-sensitive", "sexual", Level.HOLD, "Its network or its author marked it as sensitive.")


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy, surroundings
    if read.post.sensitive:
        yield MARKED
