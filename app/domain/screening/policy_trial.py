"""What another policy would have done with what has arrived, before it is switched on."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.incoming import Incoming
from app.domain.policy import Mode, Policy
from app.domain.screening import screen
from app.domain.screening.reading.reading import Reading
from app.domain.screening.ruling import level_of
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Ruling, Verdict


@dataclass(frozen=True, slots=True)
class Trial:
    """`held` and `released` are places in the list that was tried."""

    posts: int
    held: tuple[int, ...] = ()
    released: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"would hold {len(self.held)} more, release {len(self.released)}"


def try_out(arrived: Iterable[tuple[Incoming | Reading, Surroundings]], now: Policy, then: Policy) -> Trial:
    """Screen what has arrived under both policies and tell the difference."""
    waiting = Mode.PASS.value not in (now.mode, then.mode)
    held: list[int] = []
    released: list[int] = []
    place = -1
    for place, (post, surroundings) in enumerate(arrived):
        before = _stopped(screen(post, now, surroundings), waiting=waiting)
        after = _stopped(screen(post, then, surroundings), waiting=waiting)
        if after and not before:
            held.append(place)
        elif before and not after:
            released.append(place)
    return Trial(place + 1, tuple(held), tuple(released))


def _stopped(ruling: Ruling, *, waiting: bool) -> bool:
    """Where everything waits anyway, what counts is whether there is a doubt."""
    if waiting:
        return level_of(ruling.signals) in (Level.HOLD, Level.HIDE)
    return ruling.verdict is not Verdict.APPROVED
