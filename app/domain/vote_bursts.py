"""Votes that come in a burst from one address: a script, or a hall that votes at a word. A person says which."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

BURST_WINDOW = timedelta(seconds=10)
MANY = 20
"""So many votes of one address within the window are pointed out. Nobody is blocked for sharing an address."""
ORIGINS_KEPT = timedelta(seconds=60)
"""So long it is known from which address a vote came."""


@dataclass(slots=True)
class Bursts:
    """The votes that came in bursts, and how many of them came within one window at most."""

    votes: set[int] = field(default_factory=set)
    most: int = 0


def bursts(votes: Iterable[tuple[int, str, datetime]]) -> Bursts:
    """Find bursts among votes, each with the address that it came from, in the order of their times."""
    found = Bursts()
    windows: dict[str, deque[tuple[int, datetime]]] = {}
    for vote_id, origin, at in votes:
        window = windows.setdefault(origin, deque())
        window.append((vote_id, at))
        while window[0][1] <= at - BURST_WINDOW:
            window.popleft()
        if len(window) >= MANY:
            # Those before are in already, unless the window has just grown full.
            found.votes.update([vote_id] if window[-2][0] in found.votes else [one for one, _ in window])
            found.most = max(found.most, len(window))
    return found
