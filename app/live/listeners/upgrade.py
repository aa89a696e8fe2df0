"""The class given to uvicorn for sockets: those of walls and phones are ours, all others are uvicorn's own, counted."""

import asyncio
import logging
from http import HTTPStatus
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.datastructures import Headers

from app.live.admission import Admission
from app.live.audience import Audience
from app.live.feed import Feed
from app.live.following import Admitted
from app.live.listeners.connections_per_address import Ceiling, Held
from app.live.listeners.counted_socket import CountedSocket
from app.live.listeners.handshake import Handshake, HandshakeRefused, head_of, path_of, read_handshake
from app.live.listeners.listener import SocketListener
from app.live.subscription import Code
from app.queries.events import EventGone
from app.store.doors import Busy, Unreachable
from app.views.proxies import client_address
from app.views.view import name_of

log = logging.getLogger(__name__)

LISTENING = frozenset({"wall", "floor"})
"""Screens whose sockets only listen, by the thousand."""
UNDECIDED = 20_000
"""So many handshakes may wait for the database at once."""

_LATER = HandshakeRefused(HTTPStatus.SERVICE_UNAVAILABLE, "Try again in a moment.", {"Retry-After": "2"}).answer
_BROKEN = HandshakeRefused(HTTPStatus.INTERNAL_SERVER_ERROR, "This could not be opened; try again.").answer


class HandshakeQueue:
    """What handshakes need, and those that wait. One for each process, handed on by the application's state."""

    def __init__(self, feed: Feed, admission: Admission, ceiling: Ceiling) -> None:
        self.feed = feed
        self.admission = admission
        self.ceiling = ceiling
        self.waiting: set[asyncio.Task[None]] = set()
        self._ready: list[tuple[SocketListener, Handshake, Admitted, str, str]] = []

    def let_in_soon(
        self, listener: SocketListener, handshake: Handshake, admitted: Admitted, *, slug: str, view: str
    ) -> None:
        """Answer together all that came in one round of the loop: the other side wakes up once for all of them."""
        if not self._ready:
            asyncio.get_running_loop().call_soon(self._let_in)
        self._ready.append((listener, handshake, admitted, slug, view))

    def _let_in(self) -> None:
        ready, self._ready = self._ready, []
        for listener, handshake, admitted, slug, view in ready:
            if not _let_in(listener, handshake, admitted, admitted.following.audience(view)):
                # What it missed has just left the memory, or a link has changed.
                self.look_up(listener, handshake, admitted, slug=slug, view=view)

    def look_up(
        self,
        listener: SocketListener,
        handshake: Handshake,
        admitted: Admitted | None,
        *,
        slug: str,
        view: str,
    ) -> None:
        """Open a socket that the database must be asked about."""
        if len(self.waiting) >= UNDECIDED:
            listener.fail(_LATER)
            return
        task = asyncio.create_task(_open_later(self, listener, handshake, admitted, slug=slug, view=view))
        self.waiting.add(task)
        task.add_done_callback(self.waiting.discard)


class UpgradeProtocol(SocketListener):
    """Decides by the path who serves a socket: itself, or uvicorn's own protocol, which then gets the connection."""

    __slots__ = ("_made_with", "_stock")

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        super().__init__()
        self._made_with: tuple[Config, ServerState, dict[str, Any]] | None = (config, server_state, app_state)
        self._stock: CountedSocket | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._made_with is not None:
            made_with, self._made_with = self._made_with, None
            self._choose(data, *made_with)
        elif self._stock is not None:
            self._stock.data_received(data)
        else:
            super().data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        if self._stock is not None:
            self._stock.connection_lost(error)
        elif self._made_with is None:
            super().connection_lost(error)

    def _choose(self, data: bytes, config: Config, state: ServerState, app_state: dict[str, Any]) -> None:
        path = path_of(data)
        gate: HandshakeQueue | None = app_state.get("gate")
        if gate is not None and listens(path, self._transport):
            self.take(self._transport, cast(set[object], state.connections))
            open_socket(gate, self, data, slug=path[1], view=path[2])
            return
        try:
            held = _place(gate.ceiling, self.peer(), head_of(data)[1]) if gate is not None else None
        except HandshakeRefused as refused:
            self.take(self._transport, cast(set[object], state.connections))
            self.refuse(refused.answer)
            return
        self._stock = stock = CountedSocket(config, state, app_state, held=held)
        stock.connection_made(self._transport)
        stock.data_received(data)
        # uvicorn puts this object into the transport when we return; from then on it only stands in the way.
        asyncio.get_running_loop().call_soon(self._hand_over)

    def _hand_over(self) -> None:
        if self._stock is not None and not self._transport.is_closing():
            self._transport.set_protocol(self._stock)


def listens(path: tuple[str, ...], transport: asyncio.Transport) -> bool:
    """Whether a path is one of a socket that only listens; with TLS in this process it must go through asyncio."""
    ours = len(path) == 3 and path[0] == "live" and name_of(path[2]) in LISTENING
    return ours and transport.get_extra_info("sslcontext") is None


def open_socket(gate: HandshakeQueue, listener: SocketListener, data: bytes, *, slug: str, view: str) -> None:
    try:
        handshake = read_handshake(data)
        # Its connection may have its place already.
        listener.held = listener.held or _place(gate.ceiling, listener.peer(), handshake.headers)
        admitted = gate.admission.at_once(handshake, slug, view)
        if admitted is not None and admitted.may:
            gate.let_in_soon(listener, handshake, admitted, slug=slug, view=view)
        else:
            gate.look_up(listener, handshake, admitted, slug=slug, view=view)
    except HandshakeRefused as refused:
        gate.feed.figures.refused += 1
        listener.refuse(refused.answer)


def _place(ceiling: Ceiling, peer: str, headers: Headers) -> Held:
    """A place at the address that a socket comes from. Raises HandshakeRefused for one too many."""
    held = ceiling.admit(client_address(peer, headers.get_all("x-forwarded-for"), ceiling.hops))
    if held is None:
        raise HandshakeRefused(HTTPStatus.TOO_MANY_REQUESTS, "Too many come from your address.", {"Retry-After": "30"})
    return held


def _let_in(listener: SocketListener, handshake: Handshake, admitted: Admitted, audience: Audience) -> bool:
    """Open a socket with all that it missed, if that is in memory; one that has gone meanwhile is nobody's."""
    if listener.closing:
        return True
    if not admitted.holds():
        return False
    broadcast = audience.broadcast
    number = broadcast.place(handshake.after)
    if number is None:
        return False
    missed, after = broadcast.merged(number) if number != broadcast.end else (b"", number)
    listener.open(handshake.answer + missed, admitted.access_id)
    listener.follow(audience, after)
    audience.count_missed(after - number)
    return True


async def _open_later(
    gate: HandshakeQueue,
    listener: SocketListener,
    handshake: Handshake,
    admitted: Admitted | None,
    *,
    slug: str,
    view: str,
) -> None:
    try:
        while admitted is None or not await _opened(gate, listener, handshake, admitted, view):
            admitted = await gate.admission.ask(handshake, slug, view)
    except HandshakeRefused as refused:
        gate.feed.figures.refused += 1
        listener.refuse(refused.answer)
    except (Unreachable, Busy):
        listener.fail(_LATER)
    except Exception:
        log.exception("a socket could not be opened")
        listener.fail(_BROKEN)


async def _opened(
    gate: HandshakeQueue, listener: SocketListener, handshake: Handshake, admitted: Admitted, view: str
) -> bool:
    """Open a socket, or close one that may not be; False if a link has changed meanwhile: it is looked up again."""
    if not admitted.may:
        # Closed after the handshake, so that the page can tell "signed out" from "network down".
        listener.open(handshake.answer, None)
        listener.close(Code.REVOKED, "this screen needs a link")
        return True
    following = admitted.following
    if _let_in(listener, handshake, admitted, following.audience(view)):
        return True
    try:
        missed = await gate.feed.catch_up(following.event_id, view, handshake.after)
    except EventGone:
        return False
    if not admitted.holds():
        return False
    if not listener.closing:
        listener.open(handshake.answer + missed.frame, admitted.access_id)
        listener.follow_from(following.audience(view), missed.cursor)
    return True
