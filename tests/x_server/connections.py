"""Open streams: who listens, who may, and how an operator ends one."""

import asyncio
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import Asked, check, whole_number, words
from .clock import Clock, iso
from .problems import Refused, invalid, too_many_connections

if TYPE_CHECKING:
    from .site import Site
    from .wire import Wire

ENDPOINTS = (
    "filtered_stream",
    "sample_stream",
    "sample10_stream",
    "firehose_stream",
    "tweets_compliance_stream",
    "users_compliance_stream",
    "tweet_label_stream",
    "firehose_stream_lang_en",
    "firehose_stream_lang_ja",
    "firehose_stream_lang_ko",
    "firehose_stream_lang_pt",
    "likes_firehose_stream",
    "likes_sample10_stream",
    "likes_compliance_stream",
)
FIELDS = {"connection.fields": words("client_ip connected_at disconnect_reason disconnected_at endpoint_name id")}
FILTERED, ACTIVITY = "filtered_stream", "activity_stream"
PERMITTED = {FILTERED: 1, ACTIVITY: 2}
BACKLOG = 5000


@dataclass
class End:
    """Put into the queue to end a stream: a last line of this kind, then nothing."""

    kind: str


Parcel = dict[str, Any] | bytes | End | None


@dataclass
class Connection:
    endpoint: str
    client_ip: str
    connected_at: datetime
    asked: Asked
    wire: "Wire"
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    parcels: asyncio.Queue[Parcel] = field(default_factory=asyncio.Queue)
    backlog: int = BACKLOG
    sent: int = 0
    disconnected_at: datetime | None = None
    reason: str = ""
    slow: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def open(self) -> bool:
        return self.disconnected_at is None

    def offer(self, parcel: Parcel) -> None:
        """Queue a post; a reader who is too far behind is cut off. None only wakes the writer."""
        if self.parcels.qsize() >= self.backlog:
            self.slow.set()
        else:
            self.parcels.put_nowait(parcel)

    async def next(self, seconds: float) -> Parcel:
        return await asyncio.wait_for(self.parcels.get(), seconds)


@dataclass
class Switchboard:
    clock: Clock
    connections: list[Connection] = field(default_factory=list)

    def listening(self, *endpoints: str) -> list[Connection]:
        return [c for c in self.connections if c.open and (not endpoints or c.endpoint in endpoints)]

    def connect(self, connection: Connection) -> None:
        if len(self.listening(connection.endpoint)) >= PERMITTED[connection.endpoint]:
            raise Refused(429, too_many_connections())
        self.connections.append(connection)

    def disconnect(self, connection: Connection, reason: str) -> None:
        connection.disconnected_at = connection.disconnected_at or self.clock.now()
        connection.reason = connection.reason or reason

    def keep_slot(self, connection: Connection, seconds: float) -> None:
        """X notices late that a client has left; until then its place counts as taken."""
        later = asyncio.get_running_loop().call_later
        later(self.clock.real(seconds), self.disconnect, connection, "client_disconnect")

    def wake(self) -> None:
        for connection in self.listening():
            connection.offer(None)

    def kill(self, connections: Iterable[Connection]) -> int:
        """End streams as an operator does; returns how many."""
        killed = 0
        for connection in connections:
            connection.offer(End("OperationalDisconnect"))
            self.disconnect(connection, "operator_disconnect")
            killed += 1
        return killed


async def list_connections(site: "Site", request: web.Request) -> web.Response:
    check(request.query, FIELDS, "status", "endpoints", "max_results", "pagination_token")
    most = whole_number(request.query, "max_results", 10, 1, 100)
    wanted = [name for name in request.query.get("endpoints", "").split(",") if name]
    for name in wanted:
        _check_endpoint(name)
    status = request.query.get("status", "active")
    found = [
        c
        for c in site.switchboard.connections
        if (not wanted or c.endpoint in wanted) and (status == "all" or c.open == (status == "active"))
    ]
    start = whole_number(request.query, "pagination_token", 0, 0, 10_000)
    page = [_shown(c) for c in found[start : start + most]]
    meta: dict[str, Any] = {"result_count": len(page)}
    if start + most < len(found):
        meta["next_token"] = f"{start + most}"
    return site.json({"data": page, "meta": meta} if page else {"meta": meta})


async def end_by_ids(site: "Site", request: web.Request) -> web.Response:
    try:
        ids = [str(one) for one in (await request.json())["uuids"]]
    except (ValueError, KeyError, TypeError):
        raise Refused(400, invalid("`uuids` is required")) from None
    by_id = {connection.id: connection for connection in site.switchboard.listening()}
    results = [
        {"uuid": one, "success": one in by_id} | ({} if one in by_id else {"error_message": "not found"}) for one in ids
    ]
    killed = site.switchboard.kill(by_id[one] for one in ids if one in by_id)
    return site.json({"data": {"successful_kills": killed, "failed_kills": len(ids) - killed, "results": results}})


async def end_all(site: "Site", request: web.Request) -> web.Response:
    return _end(site, site.switchboard.listening())


async def end_by_endpoint(site: "Site", request: web.Request) -> web.Response:
    name = request.match_info["endpoint_id"]
    _check_endpoint(name)
    return _end(site, site.switchboard.listening(name))


def _end(site: "Site", connections: list[Connection]) -> web.Response:
    results = [{"uuid": connection.id, "success": True} for connection in connections]
    killed = site.switchboard.kill(connections)
    return site.json({"data": {"successful_kills": killed, "failed_kills": 0, "results": results}})


def _shown(connection: Connection) -> dict[str, Any]:
    shown = {
        "id": connection.id,
        "endpoint_name": connection.endpoint,
        "client_ip": connection.client_ip,
        "connected_at": iso(connection.connected_at),
    }
    if connection.disconnected_at:
        shown |= {"disconnected_at": iso(connection.disconnected_at), "disconnect_reason": connection.reason}
    return shown


def _check_endpoint(name: str) -> None:
    if name not in ENDPOINTS:
        raise Refused(400, invalid(f"[{name}] is not one of {','.join(ENDPOINTS)}", endpoint_id=[name]))
