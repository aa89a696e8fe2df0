"""In which order the hall is shown questions to vote for: votes count, and so does being new. Pure, without a clock.

A list by votes alone keeps what came first on top: it is read first, so it is voted for. Here a question that was asked
ten minutes after another one is level with it at half the votes, after twenty at a quarter. So a new one is seen, and
rises or sinks by what the hall thinks of it. The place of two questions depends on nothing but their own votes and
times: no third one changes it, nor does waiting.
"""

import math
from datetime import datetime, timedelta

HALVES_EVERY = timedelta(minutes=10)
"""So much later a question was asked, half the votes are as good."""
_STEPS = 1_000_000


def fair_place(votes: int, asked_at: datetime) -> int:
    """Bigger comes first. The first vote doubles what none is worth."""
    doublings = math.log2(max(0, votes) + 1) + asked_at.timestamp() / HALVES_EVERY.total_seconds()
    return round(doublings * _STEPS)


def fair_key(votes: int, asked_at: datetime, question_id: int) -> str:
    """The place as text that sorts alike; of two at one place the older question comes first."""
    return f"{fair_place(votes, asked_at):016d}-{10**12 - question_id:012d}"
