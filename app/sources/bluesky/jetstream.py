"""The wire to a Jetstream: all posts of Bluesky as they are made and deleted. Version 2, and 1 where that is spoken."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI, WebSocketException
from websockets.typing import Subprotocol

from app.domain.sentence import Sentence
from app.sources import Ended, Unreadable, Why
from app.sources.bluesky.payload import POSTS
from app.sources.json_fields import Json, number_of, object_of, text_of

FRAMES = Subprotocol("xrpc.v1.json")
"""How version 2 is to write its events: as JSON, each in an envelope."""
SILENCE_SECONDS = 30.0
"""The whole network is never silent for so long."""
OPEN_SECONDS = 10.0
PING_SECONDS = 20.0
LONGEST_FRAME = 2**20
A_TIME = 10**15
"""A cursor from here on is a time in microseconds, below it is the number of an event at one server."""
BACK = timedelta(seconds=5)
"""So much earlier one begins at another server, or for the first time: its clock may be another than ours."""

UNREACHABLE = Sentence("Bluesky cannot be reached. Check this machine's network.")
SILENT = Sentence("Bluesky has gone silent.")
CLOSED = Sentence("Bluesky closed the connection.")
GARBLED = Sentence("Bluesky answered with something that is not its stream. Is there a login page in between?")
SLOW = Sentence("Bluesky's posts come faster than they can be read.")


class TooOld(Exception):
    """What was there at that place is not kept any more: some posts are missed."""


class Outdated(Exception):
    """The same, said by a server that goes on with the oldest that it keeps."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: a post made, changed or deleted, or an account that went or came back. `place` is its cursor."""

    place: int
    at_us: int
    did: str
    operation: str = ""
    rkey: str = ""
    record: Json | None = None
    account: bool | None = None
    """Whether the account is there, where that is what happened."""


def address(url: str, position: Mapping[str, object]) -> str:
    """Where to listen from. At another server than before the number of an event means nothing: its time does."""
    place, at_us = number_of(position.get("place")), number_of(position.get("at_us"))
    same = position.get("host") == urlsplit(url).netloc
    earlier = max(at_us - BACK // timedelta(microseconds=1), A_TIME) if at_us is not None else None
    if is_first_version(url):
        asked = [("wantedCollections", POSTS)]
        cursor = at_us if same else earlier
    else:
        asked = [("kinds", "commit"), ("kinds", "account"), ("collections", POSTS)]
        cursor = place if same and place is not None else earlier
    if cursor is not None:
        asked.append(("cursor", str(cursor)))
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(asked)}"


def is_first_version(url: str) -> bool:
    return urlsplit(url).path.rstrip("/").endswith("/subscribe")


@asynccontextmanager
async def listening(
    url: str, spoken: Subprotocol | None = None, *, pings: bool = True
) -> AsyncIterator[ClientConnection]:
    """A connection. Raises `Ended` with the reason, and TooOld. Who knows how long it may be silent need not ask."""
    ended: Ended | None = None
    try:
        async with connect(
            url,
            open_timeout=OPEN_SECONDS,
            max_size=LONGEST_FRAME,
            max_queue=64,
            ping_interval=PING_SECONDS if pings else None,
            proxy=None,
            subprotocols=[spoken] if spoken else None,
        ) as socket:
            yield socket
    except InvalidStatus as refused:
        if refused.response.status_code == 400 and b"CursorTooOld" in (refused.response.body or b""):
            raise TooOld from None
        status = refused.response.status_code
        limited = status == 429
        said = Sentence("Bluesky is not working properly (%(status)s).", status=str(status))
        ended = Ended(Why.RATE_LIMITED if limited else Why.HTTP, said)
    except ConnectionClosed:
        ended = Ended(Why.CLOSED, CLOSED)
    except (InvalidHandshake, InvalidURI, WebSocketException):
        ended = Ended(Why.PROTOCOL, GARBLED)
    except (OSError, TimeoutError):
        ended = Ended(Why.NETWORK, UNREACHABLE)
    if ended is not None:
        raise ended


async def next_frame(socket: ClientConnection, silence: float) -> str:
    """The next one as text. Raises `Ended` where none comes."""
    try:
        async with asyncio.timeout(silence):
            frame = await socket.recv()
    except TimeoutError:
        raise Ended(Why.STALLED, SILENT) from None
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def read_frame(frame: str) -> Happened | None:
    """What a frame tells, in either version; None for what is nothing to us.

    Raises Unreadable, TooOld, Outdated, and `Ended` for what the server says before it closes.
    """
    try:
        told = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None
    if not isinstance(told, dict):
        raise Unreadable(f"a {type(told).__name__} where an event belongs")
    if told.get("$type") == "error" or "error" in told:
        _complain(text_of(told.get("error"), 100))
    if told.get("$type") == "message":
        return _second(object_of(told.get("payload")))
    return _first(told)


def _complain(error: str) -> None:
    if error == "CursorTooOld":
        raise TooOld
    if error == "ConsumerTooSlow":
        raise Ended(Why.STALLED, SLOW)
    raise Ended(Why.CLOSED, CLOSED)


def _second(event: Json) -> Happened | None:
    kind = text_of(event.get("$type"), 100).rpartition("#")[2]
    if kind == "info" and event.get("name") == "OutdatedCursor":
        raise Outdated
    place, did = number_of(event.get("seq")), text_of(event.get("did"), 200)
    if place is None or not did.startswith("did:"):
        return None
    # What a time as cursor is compared with is when the server saw an event, where it says so.
    at_us = _microseconds(text_of(event.get("witnessedAt"), 40) or text_of(event.get("time"), 40))
    if kind == "account":
        return Happened(place, at_us, did, account=object_of(event.get("account")).get("active") is not False)
    if kind == "commit" and event.get("collection") == POSTS:
        return _post(place, at_us, did, event)
    return Happened(place, at_us, did)


def _first(event: Json) -> Happened | None:
    at_us, did = number_of(event.get("time_us")), text_of(event.get("did"), 200)
    if at_us is None or not did.startswith("did:"):
        return None
    if event.get("kind") == "account":
        return Happened(at_us, at_us, did, account=object_of(event.get("account")).get("active") is not False)
    commit = object_of(event.get("commit"))
    if commit.get("collection") == POSTS:
        return _post(at_us, at_us, did, commit)
    return Happened(at_us, at_us, did)


def _post(place: int, at_us: int, did: str, commit: Json) -> Happened:
    record = commit.get("record")
    return Happened(
        place,
        at_us,
        did,
        operation=text_of(commit.get("operation"), 20),
        rkey=text_of(commit.get("rkey"), 100),
        record=record if isinstance(record, dict) else None,
    )


def _microseconds(time: str) -> int:
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return 0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)
