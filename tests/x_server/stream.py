"""The filtered stream: one chunked answer without end, a post or a heartbeat per line."""

import asyncio
import copy
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import accepted, asked, check
from .connections import FILTERED, Connection, End, Parcel
from .damage import DAMAGES
from .faults import Active
from .people import Post
from .problems import Refused, backfill_forbidden, no_rules, operational_disconnect
from .rendering import Rendering
from .wire import Wire

if TYPE_CHECKING:
    from .site import Site

HEARTBEAT = 20.0
AT_ONCE = ("close", "disconnect", "reset", "stall", "line")
LISTENER = {FILTERED: "stream"}
ENTERPRISE = ("backfill_minutes", "start_time", "end_time")


async def filtered_stream(site: "Site", request: web.Request) -> web.StreamResponse:
    lists = accepted(site.style, streaming=True)
    check(request.query, lists, *ENTERPRISE)
    for parameter in ENTERPRISE:
        if parameter in request.query:
            raise Refused(403, backfill_forbidden(parameter))
    site.ledger.require_credit()
    if not site.rulebook.rules:
        raise Refused(409, no_rules())
    return await listen(site, request, FILTERED)


async def listen(site: "Site", request: web.Request, endpoint: str) -> web.StreamResponse:
    """Hold a stream open until one side ends it."""
    wire = Wire(request)
    connection = Connection(endpoint, request.remote or "", site.clock.now(), asked(request.query), wire)
    site.switchboard.connect(connection)
    try:
        await Speaker(site, connection).speak()
        site.switchboard.disconnect(connection, "server_disconnect")
    except (ConnectionError, asyncio.CancelledError):
        wire.response.force_close()
        _forget(site, connection)
    return wire.response


def _forget(site: "Site", connection: Connection) -> None:
    if fault := site.faults.peek(LISTENER.get(connection.endpoint, connection.endpoint), "slot"):
        site.switchboard.keep_slot(connection, float(fault.settings["keep"]))
    else:
        site.switchboard.disconnect(connection, "client_disconnect")


def announce(site: "Site", post: Post) -> None:
    """Give a new post to whoever listens, if a rule matches."""
    if not post.visible or not (rules := site.rulebook.matching(post)):
        return
    for connection in site.switchboard.listening(FILTERED):
        rendering = Rendering(site.world, site.base, connection.asked)
        line: dict[str, Any] = {"data": rendering.data(post)}
        line |= {"includes": rendering.includes} if rendering.includes else {}
        line |= {"errors": rendering.errors} if rendering.errors else {}
        line["matching_rules"] = [rule.match for rule in rules]
        connection.offer(line)
        site.ledger.charge_posts([post.id])


class Speaker:
    """Writes one stream, in the way the faults of the moment demand."""

    def __init__(self, site: "Site", connection: Connection) -> None:
        self.site, self.connection, self.wire = site, connection, connection.wire
        self.name = LISTENER.get(connection.endpoint, connection.endpoint)
        self.kept: list[dict[str, Any]] = []

    async def speak(self) -> None:
        if self.site.faults.peek(self.name, "slow_reader"):
            self.connection.backlog = 20
        await self.wire.open(zipped=self.site.faults.peek(self.name, "gzip") is not None)
        if self.connection.backlog == 20:
            self.wire.narrow()
        writing = asyncio.ensure_future(self._write_on())
        slow = asyncio.ensure_future(self.connection.slow.wait())
        try:
            await asyncio.wait((writing, slow), return_when=asyncio.FIRST_COMPLETED)
            if writing.done():
                writing.result()
            else:
                self._give_up_on_slow_reader()
        finally:
            writing.cancel()
            slow.cancel()

    def _give_up_on_slow_reader(self) -> None:
        self.site.switchboard.disconnect(self.connection, "SlowReader")
        self.wire.hang_up(self._line({"errors": [operational_disconnect("SlowReader")]}))
        raise ConnectionResetError

    async def _write_on(self) -> None:
        while not await self._struck_at_once():
            try:
                parcel = await self.connection.next(self._until_heartbeat())
            except TimeoutError:
                await self.wire.send(self._newline())
                continue
            if isinstance(parcel, End):
                await self._say_goodbye(parcel.kind)
                return
            if parcel is not None and not await self._deliver(parcel):
                return

    async def _struck_at_once(self) -> bool:
        """Faults that need no post to strike. True: this stream is over."""
        fault = self.site.faults.take(self.name, *AT_ONCE)
        if fault is None:
            return False
        if fault.kind == "line":
            await self.wire.send(_as_bytes(fault.settings["raw"]) + self._newline())
            return await self._struck_at_once()
        if fault.kind == "stall":
            await self._say_nothing()
        elif fault.kind == "reset":
            self.wire.reset()
        elif fault.kind == "disconnect":
            await self._say_goodbye(str(fault.settings.get("type", "OperationalDisconnect")))
        else:
            await self.wire.end()
        return True

    async def _say_nothing(self) -> None:
        """Not a byte more; only an operator ends this, or the client."""
        while not isinstance(await self.connection.parcels.get(), End):
            pass

    async def _say_goodbye(self, kind: str) -> None:
        await self.wire.send(self._line({"errors": [operational_disconnect(kind)]}))
        await self.wire.end()

    async def _deliver(self, parcel: Parcel) -> bool:
        """Send one post. False: that was the end."""
        if self.site.faults.peek(self.name, "silence"):
            return True
        if isinstance(parcel, bytes):
            await self.wire.send(parcel)
            self._count()
            return True
        assert isinstance(parcel, dict)
        line = self._damaged(parcel)
        if fault := self.site.faults.take(self.name, "truncate", "cut"):
            await self._break_off(fault, self._line(line))
            return False
        if fault := self.site.faults.peek(self.name, "together", "shuffle"):
            await self._keep(fault, line)
            return True
        await self._send(self._line(line))
        if self.site.faults.take(self.name, "twice"):
            await self._send(self._line(line))
        self._count()
        return True

    def _damaged(self, line: dict[str, Any]) -> dict[str, Any]:
        spelled: dict[str, Any] = copy.deepcopy(self.site.spelled(line, streaming=True))
        if fault := self.site.faults.take(self.name, "damage"):
            DAMAGES[fault.settings["what"]](spelled)
        return spelled

    async def _break_off(self, fault: Active, line: bytes) -> None:
        """In the middle of a chunk, or in the middle of a line after which everything ends in order."""
        if fault.kind == "truncate":
            await self.wire.truncate(line)
        else:
            await self.wire.send(line[: len(line) // 2])
            await self.wire.end()

    async def _keep(self, fault: Active, line: dict[str, Any]) -> None:
        """Collect a few posts, then send them in one segment or in another order."""
        self.kept.append(line)
        if len(self.kept) < int(fault.settings.get("posts", 5)):
            return
        lines = [self._line(kept) for kept in self.kept]
        self.kept.clear()
        self.site.faults.take(self.name, fault.kind)
        for segment in [b"".join(lines)] if fault.kind == "together" else reversed(lines):
            await self._send(segment)
        for _ in lines:
            self._count()

    async def _send(self, line: bytes) -> None:
        way = self.site.faults.peek(self.name, "bytewise", "split_character")
        if way is None:
            await self.wire.send(line)
        elif way.kind == "bytewise":
            await self.wire.send_bytewise(line)
        else:
            await self.wire.send_split(line)

    def _count(self) -> None:
        self.connection.sent += 1
        self.site.faults.count_post(self.name)

    def _line(self, body: Any) -> bytes:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + self._newline()

    def _newline(self) -> bytes:
        return b"\n" if self.site.faults.peek(self.name, "newline") else b"\r\n"

    def _until_heartbeat(self) -> float:
        fault = self.site.faults.peek(self.name, "heartbeat")
        return self.site.clock.real(fault.settings["every"] if fault else HEARTBEAT)


def _as_bytes(raw: str | bytes) -> bytes:
    return raw.encode(errors="surrogateescape") if isinstance(raw, str) else raw
