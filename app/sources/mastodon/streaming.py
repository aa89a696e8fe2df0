"""The stream of a server of Mastodon's kind: posts with a hashtag as they are made, edited and deleted.

Since version 4.2 a server gives it to people with an account only. It has no memory: what was said while nobody
listened is asked for by who connects.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from app.domain.sentence import Sentence
from app.outbound.allowed_addresses import Private, check_address, public_connector
from app.sources import Ended, Unreadable, Why
from app.sources.json_fields import Json, object_of, text_of
from app.sources.mastodon.wire import CONNECT_SECONDS, HEADERS, LONGEST_ANSWER, Wire

INSTANCE = "/api/v2/instance"
STREAM_ROUTE = "/api/v1/streaming"
STREAM_SILENCE_SECONDS = 90.0
"""Servers ping every 30 seconds."""
BAD_EVENTS = 10
MADE, EDITED, DELETED = "update", "status.update", "delete"

STREAM_CLOSED = Sentence("%(server)s closed its stream.")
STREAM_SILENT = Sentence("The stream of %(server)s has gone silent.")
STREAM_AWAY = Sentence("The stream of %(server)s cannot be reached.")
STREAM_GARBLED = Sentence("The stream of %(server)s says what cannot be read.")
STREAM_REFUSED = Sentence("%(server)s does not give its stream to this token. Enter another one in setup.")


@dataclass(frozen=True, slots=True)
class Told:
    """One event: a status that is made or edited, or the id of one that was deleted there."""

    kind: str
    status: Json | None = None
    gone: str = ""


async def stream_address(wire: Wire, allowed: frozenset[str]) -> str:
    """Where the server has its stream, as it says itself; encrypted, but within one's own network."""
    told = object_of((await wire.get(INSTANCE)).content)
    urls = object_of(object_of(told.get("configuration")).get("urls")) or object_of(told.get("urls"))
    named = text_of(urls.get("streaming") or urls.get("streaming_api"), 300).rstrip("/")
    address = named or wire.server.replace("http", "ws", 1)
    plain = address.startswith("ws://") and urlsplit(address).netloc in allowed
    if not (plain or address.startswith("wss://")):
        raise wire.garbled()
    return address.removesuffix(STREAM_ROUTE) + STREAM_ROUTE


@asynccontextmanager
async def following(
    wire: Wire, tags: Sequence[str], *, token: str, allowed: frozenset[str], silence: float = STREAM_SILENCE_SECONDS
) -> AsyncIterator[AsyncIterator[Told]]:
    """A connection, and what is told on it. Raises `Ended` with the reason; the token is in none."""
    server = wire.name
    failure: Ended
    try:
        address = await stream_address(wire, allowed)
        asked = address.replace("ws", "http", 1)
        check_address(asked, allowed)
        headers = {"User-Agent": HEADERS["User-Agent"], "Authorization": f"Bearer {token}"}
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS)
        async with (
            aiohttp.ClientSession(
                timeout=timeout, connector=public_connector(allowed, limit=1), headers=headers
            ) as session,
            session.ws_connect(
                asked,
                timeout=aiohttp.ClientWSTimeout(ws_receive=silence, ws_close=CONNECT_SECONDS),
                max_msg_size=LONGEST_ANSWER,
            ) as socket,
        ):
            for tag in tags:
                await socket.send_json({"type": "subscribe", "stream": "hashtag", "tag": tag})
            yield _events(socket, server)
            return
    except aiohttp.WSServerHandshakeError as refused:
        if refused.status in (401, 403):
            failure = Ended(Why.AUTH, STREAM_REFUSED.filled(server=server))
        else:
            failure = Ended(Why.HTTP, STREAM_AWAY.filled(server=server))
    except (Private, aiohttp.InvalidURL):
        failure = Ended(Why.BAD_RULES, STREAM_AWAY.filled(server=server))
    except TimeoutError:
        failure = Ended(Why.STALLED, STREAM_SILENT.filled(server=server))
    except (aiohttp.ClientError, OSError, ValueError):
        failure = Ended(Why.NETWORK, STREAM_AWAY.filled(server=server))
    # Out of the `except`: what aiohttp raises carries the request's headers, and so the token.
    raise failure


async def _events(socket: aiohttp.ClientWebSocketResponse, server: str) -> AsyncIterator[Told]:
    bad_in_a_row = 0
    while True:
        frame = await socket.receive()
        if frame.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED):
            raise Ended(Why.CLOSED, STREAM_CLOSED.filled(server=server))
        if frame.type is aiohttp.WSMsgType.ERROR:
            raise Ended(Why.NETWORK, STREAM_CLOSED.filled(server=server))
        try:
            told = read_event(frame.data)
        except Unreadable:
            bad_in_a_row += 1
            if bad_in_a_row >= BAD_EVENTS:
                raise Ended(Why.PROTOCOL, STREAM_GARBLED.filled(server=server)) from None
            continue
        except Refusal as refusal:
            why = Why.AUTH if refusal.status in (401, 403) else Why.HTTP
            raise Ended(why, STREAM_REFUSED.filled(server=server)) from None
        bad_in_a_row = 0
        if told is not None:
            yield told


class Refusal(Exception):
    """What one asked for is refused, on the stream itself."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read_event(frame: object) -> Told | None:
    """What a frame tells; None for what is nothing to us. Raises Unreadable, and Refusal."""
    told = _object(frame)
    if "error" in told:
        status = told.get("status")
        raise Refusal(status if isinstance(status, int) else 0)
    kind = text_of(told.get("event"), 40)
    if kind in (MADE, EDITED):
        payload = told.get("payload")
        return Told(kind, status=dict(payload) if isinstance(payload, Mapping) else _object(payload))
    if kind == DELETED:
        gone = told.get("payload")
        return Told(kind, gone=str(gone)[:100] if isinstance(gone, str | int) else "")
    return None


def _object(text: object) -> Json:
    try:
        told = json.loads(text) if isinstance(text, str | bytes) else None
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None
    if not isinstance(told, dict):
        raise Unreadable(f"a {type(told).__name__} where an event belongs")
    return told
