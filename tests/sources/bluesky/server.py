"""A local Bluesky: a Jetstream of either version, and the look-ups, from one state; with the faults of real ones."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Subprotocol

POSTS = "app.bsky.feed.post"
NAME = "network.bsky.jetstream.subscribeEvents"
V1, V2 = "/subscribe", f"/xrpc/{NAME}"
FRAMES = Subprotocol("xrpc.v1.json")
A_TIME = 10**15
FIRST = 1_000


class BlueskyServer:
    """`events` are all that ever happened, in order; who listens gets those from its cursor on, and each new one."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.kept_from = FIRST
        """Events before this one are kept no more: version 2 says so, version 1 begins where it can."""
        self.kept_since_us = 0
        """And of those before this time: asked for by a time, version 2 begins where it can and says so."""
        self.not_yet: dict[str, int] = {}
        """So many look-ups leave these posts out."""
        self.close_with: int | None = None
        self.raw: list[str] = []
        """Frames that are sent as they stand, before all others."""
        self.lookup_status = 200
        self.silent = False
        self.connected: list[str] = []
        self.asked: list[list[str]] = []
        self._over = False
        self._changed = threading.Condition()
        server = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                uris = parse_qs(urlsplit(self.path).query).get("uris", [])
                server.asked.append(uris)
                status = server.lookup_status if len(uris) <= 25 else 400
                body = json.dumps({"posts": list(server.looked_up(uris))} if status == 200 else {"error": "x"}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._stream: Server = serve(
            self._serve, "127.0.0.1", 0, process_request=self._at_the_door, select_subprotocol=_spoken
        )
        self._threads = [
            threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True),
            threading.Thread(target=self._stream.serve_forever, daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._http.shutdown()
        self._http.server_close()
        self._stream.shutdown()

    @property
    def appview(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._stream.socket.getsockname()[1]}"

    def jetstream(self, version: str) -> str:
        return f"ws://{self.host}{version}"

    # What happens there

    def post(self, text: str, *, by: str = "mira", visible_after: int = 0, **more: Any) -> str:
        """Somebody posts. Gives the address; the look-ups know it after so many times of asking."""
        rkey = f"3k{len(self.events):011d}"
        did = f"did:plc:{by}"
        uri = f"at://{did}/{POSTS}/{rkey}"
        record = {"$type": POSTS, "text": text, "createdAt": datetime.now(UTC).isoformat(), **more.pop("record", {})}
        self.views[uri] = {
            "uri": uri, "cid": f"cid-{rkey}-0", "record": record, "indexedAt": datetime.now(UTC).isoformat(), "labels": [],
            "author": {"did": did, "handle": f"{by}.example", "displayName": by.title(), "labels": [], **more.pop("author", {})},
            "replyCount": 0, "repostCount": 0, "likeCount": 0, "quoteCount": 0, **more,
        }  # fmt: skip
        self.not_yet[uri] = visible_after
        self._happen(did, operation="create", rkey=rkey, record=record)
        return uri

    def edit(self, uri: str, text: str) -> None:
        view = self.views[uri]
        view["record"] = {**view["record"], "text": text}
        view["cid"] += "'"
        self._happen(view["author"]["did"], operation="update", rkey=uri.rpartition("/")[2], record=view["record"])

    def delete(self, uri: str) -> None:
        view = self.views.pop(uri)
        self._happen(view["author"]["did"], operation="delete", rkey=uri.rpartition("/")[2])

    def take_down(self, did: str) -> None:
        self.views = {uri: view for uri, view in self.views.items() if view["author"]["did"] != did}
        self._happen(did, account=False)

    def noise(self, number: int = 1) -> None:
        for _ in range(number):
            record = {"$type": POSTS, "text": "about something else", "createdAt": datetime.now(UTC).isoformat()}
            self._happen("did:plc:other", operation="create", rkey="3knoise", record=record)

    def close(self, code: int) -> None:
        with self._changed:
            self.close_with = code
            self._changed.notify_all()

    def _happen(self, did: str, **what: Any) -> None:
        with self._changed:
            self.events.append({"seq": FIRST + len(self.events), "us": time.time_ns() // 1000, "did": did, **what})
            self._changed.notify_all()

    # What it answers

    def looked_up(self, uris: list[str]) -> Iterator[dict[str, Any]]:
        for uri in uris:
            if self.not_yet.get(uri, 0) > 0:
                self.not_yet[uri] -= 1
            elif uri in self.views:
                yield self.views[uri]

    def _at_the_door(self, _socket: ServerConnection, request: Request) -> Response | None:
        cursor = _cursor(request.path)
        if V2 in request.path and cursor is not None and cursor < min(self.kept_from, A_TIME):
            return Response(
                400, "Bad Request", Headers({"Content-Type": "application/json"}), b'{"error":"CursorTooOld"}'
            )
        return None

    def _serve(self, socket: ServerConnection) -> None:
        path = socket.request.path if socket.request else ""
        self.connected.append(path)
        cursor, second = _cursor(path), V2 in path
        if second and socket.subprotocol != FRAMES:
            socket.send(b"\xa2bop\x01atg#commit")  # who asks for nothing else gets CBOR, of two objects a frame
            return
        with self._changed:
            at = len(self.events) if cursor is None else self._from(cursor)
        if second and cursor is not None and A_TIME <= cursor < self.kept_since_us:
            socket.send(json.dumps(_info("OutdatedCursor")))
        for frame in self.raw:
            socket.send(frame)
        while True:
            with self._changed:
                self._changed.wait_for(partial(self._has_news, at), 30)
                some, code = (() if self.silent else self.events[at:]), self.close_with
            for event in some:
                socket.send(json.dumps(_frame(event, second=second)))
            at += len(some)
            if self._over or code is not None:
                self.close_with = None
                socket.close(code or 1001)
                return

    def _has_news(self, at: int) -> bool:
        return self._over or self.close_with is not None or (not self.silent and len(self.events) > at)

    def _from(self, cursor: int) -> int:
        by = "us" if cursor >= A_TIME else "seq"
        return next((at for at, one in enumerate(self.events) if one[by] >= cursor), len(self.events))


def _cursor(path: str) -> int | None:
    found = parse_qs(urlsplit(path).query).get("cursor")
    return int(found[0]) if found else None


def _frame(event: dict[str, Any], *, second: bool) -> dict[str, Any]:
    commit = {name: event[name] for name in ("operation", "rkey", "record") if name in event}
    is_account, seen_at = "account" in event, datetime.fromtimestamp(event["us"] / 1_000_000, UTC).isoformat()
    account = {"active": event.get("account"), "did": event["did"], "seq": 7, "time": seen_at}
    if not event.get("account", True):
        account["status"] = "takendown"
    if commit.get("operation") in ("create", "update"):
        commit["cid"] = "bafyreigb666sdjyyaczcahxmf5tzh7dec6bwr3nhdab7llebn7vhsxzgr4"
    if second:
        payload = {
            "$type": f"{NAME}#{'account' if is_account else 'commit'}",
            "seq": event["seq"],
            "did": event["did"],
            "time": seen_at,
            "witnessedAt": seen_at,
        }
        told = {"account": account} if is_account else {"collection": POSTS, "rev": "3kaheyt6vpc2z", **commit}
        return {"$type": "message", "payload": {**payload, **told}}
    first = {"did": event["did"], "time_us": event["us"]}
    if "account" in event:
        return {**first, "kind": "account", "account": account}
    return {**first, "kind": "commit", "commit": {"collection": POSTS, "rev": "3kaheyt6vpc2z", **commit}}


def _info(name: str) -> dict[str, Any]:
    return {"$type": "message", "payload": {"$type": f"{NAME}#info", "name": name, "message": "resumed later"}}


def _spoken(_socket: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return FRAMES if FRAMES in offered else None
