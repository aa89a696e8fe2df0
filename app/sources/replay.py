"""Plays what was recorded at any speed, through the same door as everything else."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.actions.arrivals import receive
from app.actions.folds import fold
from app.actions.reposts import count_repost
from app.actions.withdrawals import withdraw
from app.domain.incoming import Found, Incoming, IncomingRepost, Withdrawal
from app.domain.recorded import Broken, Row, Skipped
from app.store.doors import Backchannel

log = logging.getLogger(__name__)

Recorded = Found
Now = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]

BAD_IN_A_ROW = 20
"""Then it is another kind of file, and nobody wants to read of every line of it."""
LONGEST_PAUSE = 3600.0
"""Seconds; a recording of two days is not two days of waiting."""


@dataclass(slots=True)
class Tally:
    """What a replay did."""

    played: int = 0
    bad: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    given_up: bool = False
    """So many rows in a row could not be read that the rest was not tried."""


async def replay(
    backchannel: Backchannel,
    event_id: int,
    rows: Iterable[Row],
    *,
    speed: Callable[[], float],
    keep_times: Callable[[], bool],
    now: Now,
    sleep: Sleep,
    name: str = "",
    reached: Callable[[int], None] = lambda _played: None,
) -> Tally:
    """Play each once, its pauses divided by `speed` (none at 0). Posts appear as posted now, unless `keep_times`.

    Both are asked row by row: what kind of file it is shows when it is read. What keeps its times was recorded by
    others, and waits for a person whatever the rules say. A bad row is reported and left out; the rest goes on, until
    twenty in a row are bad.
    """
    tally, before, in_a_row = Tally(), None, 0
    for number, row in enumerate(rows, 1):
        reached(tally.played)
        if isinstance(row, Broken):
            log.warning("%s, row %d: %s", name, number, row.why)
            tally.bad += 1
            in_a_row += 1
            if in_a_row == BAD_IN_A_ROW:
                tally.given_up = True
                break
            continue
        in_a_row = 0
        if isinstance(row, Skipped):
            tally.skipped[row.why] += 1
            continue
        at = moment(row) or before or now()
        if speed():
            await sleep(pause(before, at) / speed())
        before = max(at, before) if before else at
        await take_in(backchannel, event_id, _as_found(row) if keep_times() else shifted(row, now() - at), at=now())
        tally.played += 1
    return tally


def _as_found(row: Recorded) -> Recorded:
    return replace(row, recorded=True) if isinstance(row, Incoming) else row


async def take_in(backchannel: Backchannel, event_id: int, one: Recorded, *, at: datetime) -> None:
    """Hand one recorded thing to the verb that it is for."""
    if isinstance(one, Incoming):
        received = await backchannel.do(receive, event_id, one, at=at)
        await backchannel.do(fold, received.post_id, at=at)
    elif isinstance(one, IncomingRepost):
        await backchannel.do(count_repost, event_id, one, at=at)
    else:
        await backchannel.do(withdraw, event_id, one, at=at)


def moment(one: Recorded) -> datetime | None:
    """When it happened, in the recording; None where it does not say."""
    if isinstance(one, Withdrawal):
        return one.at
    return (one.edited_at or one.posted_at) if isinstance(one, Incoming) else one.posted_at


def shifted(one: Recorded, by: timedelta) -> Recorded:
    """The same, as if it had happened that much later."""
    if isinstance(one, Withdrawal):
        return replace(one, at=one.at + by if one.at else None)
    if isinstance(one, IncomingRepost):
        return replace(one, posted_at=one.posted_at + by)
    return replace(one, posted_at=one.posted_at + by, edited_at=one.edited_at + by if one.edited_at else None)


def pause(before: datetime | None, at: datetime) -> float:
    """Seconds of the recording between two lines; none when they are out of order."""
    return 0.0 if before is None else min(LONGEST_PAUSE, max(0.0, (at - before).total_seconds()))
