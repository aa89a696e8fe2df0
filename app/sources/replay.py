"""Plays a recorded file at any speed, through the same door as everything else.

A line is one JSON object: a post as `incoming_json` writes it, `{"repost": …}`, `{"withdrawal": …}`, or a line as a
network's stream sends it. Keys that are not of the format are left out.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from app.actions.arrivals import receive
from app.actions.folds import fold
from app.actions.reposts import count_repost
from app.actions.withdrawals import withdraw
from app.domain.incoming import Found, Incoming, IncomingRepost, Withdrawal, incoming_json
from app.domain.network import Network
from app.domain.whole_text import whole_json
from app.sources import Unreadable
from app.sources.networks import NETWORKS
from app.sources.recording import open_recording
from app.store.doors import Backchannel

log = logging.getLogger(__name__)

T = TypeVar("T")
Recorded = Found
Now = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]

BAD_IN_A_ROW = 20
"""Then it is another kind of file, and nobody wants to read of every line of it."""
LONGEST_PAUSE = 3600.0
"""Seconds; a recording of two days is not two days of waiting."""

_repost: TypeAdapter[IncomingRepost] = TypeAdapter(IncomingRepost)
_withdrawal: TypeAdapter[Withdrawal] = TypeAdapter(Withdrawal)


class BadLine(Exception):
    """A line that is not of the format; says which and why."""


@dataclass(slots=True)
class Tally:
    """What a replay did."""

    played: int = 0
    bad: int = 0
    given_up: bool = False
    """So many lines in a row could not be read that the rest was not tried."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds, with whatever else the recorder wrote beside it."""

    found: tuple[Recorded, ...]
    beside: dict[str, Any]


async def replay(
    backchannel: Backchannel,
    event_id: int,
    path: Path,
    *,
    speed: float,
    now: Now,
    sleep: Sleep,
    keep_times: bool = False,
    reached: Callable[[int, int, int], None] = lambda _bytes, _of, _played: None,
) -> Tally:
    """Play a file once, its pauses divided by `speed`. Posts appear as posted now, unless `keep_times`.

    A bad line is reported and left out; the rest goes on, until twenty in a row are bad. `reached` hears how far it is.
    """
    tally, before, in_a_row = Tally(), None, 0
    with open_recording(path) as recording:
        for number, raw in enumerate(recording.lines, 1):
            reached(recording.reached(), recording.size, tally.played)
            try:
                line = read(raw)
            except BadLine as error:
                log.warning("%s, line %d: %s", path.name, number, error)
                tally.bad += 1
                in_a_row += 1
                if in_a_row == BAD_IN_A_ROW:
                    tally.given_up = True
                    break
                continue
            in_a_row = 0
            for one in line.found:
                at = moment(one) or before or now()
                await sleep(pause(before, at) / speed)
                before = max(at, before) if before else at
                await take_in(backchannel, event_id, one if keep_times else shifted(one, now() - at), at=now())
                tally.played += 1
    return tally


async def take_in(backchannel: Backchannel, event_id: int, one: Recorded, *, at: datetime) -> None:
    """Hand one recorded thing to the verb that it is for."""
    if isinstance(one, Incoming):
        received = await backchannel.do(receive, event_id, one, at=at)
        await backchannel.do(fold, received.post_id, at=at)
    elif isinstance(one, IncomingRepost):
        await backchannel.do(count_repost, event_id, one, at=at)
    else:
        await backchannel.do(withdraw, event_id, one, at=at)


def read(raw: str, networks: Iterable[Network[Any]] = NETWORKS) -> Line:
    """Read one line, which may be of a stream of these networks. Raises BadLine."""
    try:
        known = json.loads(whole_json(raw))
    except ValueError as error:
        raise BadLine(f"not JSON ({error})") from None
    if not isinstance(known, dict):
        raise BadLine("not a JSON object")
    try:
        return Line(tuple(_found(known, networks)), known)
    except Unreadable as error:
        raise BadLine(f"not a line of a network's stream ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadLine(f"{where or 'the object'}: {first['msg']}") from None


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


def _found(known: dict[str, Any], networks: Iterable[Network[Any]]) -> Iterator[Recorded]:
    if "repost" in known:
        yield _repost.validate_python(known["repost"])
    elif "withdrawal" in known:
        yield _withdrawal.validate_python(known["withdrawal"])
    elif (found := _of_a_stream(known, networks)) is not None:
        yield from found
    else:
        yield incoming_json.validate_python(known)


def _of_a_stream(known: dict[str, Any], networks: Iterable[Network[Any]]) -> Sequence[Recorded] | None:
    readings = (network.recorded(known) for network in networks)
    return next((found for found in readings if found is not None), None)
