"""Lines as Backchannel writes them, or as a network's stream sends them: one JSON object each.

A line is a post as `incoming_json` writes it, `{"repost": …}`, `{"withdrawal": …}`, or what a stream sent. Keys that
are not of the format are left out.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.domain.incoming import Found, IncomingRepost, Withdrawal, incoming_json
from app.domain.network import Network
from app.domain.recorded import Unreadable
from app.domain.whole_text import whole_json

_repost: TypeAdapter[IncomingRepost] = TypeAdapter(IncomingRepost)
_withdrawal: TypeAdapter[Withdrawal] = TypeAdapter(Withdrawal)


class BadLine(Exception):
    """A line that is not of the format; says which and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds, with whatever else the recorder wrote beside it."""

    found: tuple[Found, ...]
    beside: dict[str, Any]


def read(raw: str, networks: Iterable[Network[Any]]) -> Line:
    """Read one line, which may be of a stream of these networks. Raises BadLine."""
    try:
        known = json.loads(whole_json(raw))
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON ({error})") from None
    if not isinstance(known, dict):
        raise BadLine("not a JSON object")
    return Line(read_object(known, networks), known)


def read_object(known: dict[str, Any], networks: Iterable[Network[Any]]) -> tuple[Found, ...]:
    """What an object of that kind holds. Raises BadLine."""
    try:
        return tuple(_found(known, networks))
    except Unreadable as error:
        raise BadLine(f"not a line of a network's stream ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadLine(f"{where or 'the object'}: {first['msg']}") from None


def is_own(known: dict[str, Any]) -> bool:
    """Whether we have written it, and no network."""
    return "byline" in known or "repost" in known or "withdrawal" in known


def _found(known: dict[str, Any], networks: Iterable[Network[Any]]) -> Iterator[Found]:
    if "repost" in known:
        yield _repost.validate_python(known["repost"])
    elif "withdrawal" in known:
        yield _withdrawal.validate_python(known["withdrawal"])
    elif (found := _of_a_stream(known, networks)) is not None:
        yield from found
    else:
        yield incoming_json.validate_python(known)


def _of_a_stream(known: dict[str, Any], networks: Iterable[Network[Any]]) -> Sequence[Found] | None:
    readings = (network.recorded(known) for network in networks)
    return next((found for found in readings if found is not None), None)
