"""A local Bluesky: a Jetstream of either version, and the look-ups, from one state; with the faults of real ones."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Subprotocol

from tests.sources.bluesky.frames import NAME, POSTS, frame, info
from tests.sources.raw_answers import misbehave

V1, V2 = "/subscribe", f"/xrpc/{NAME}"
FRAMES = Subprotocol("xrpc.v1.json")
A_TIME = 10**15
SEARCH = "/xrpc/app.bsky.feed.searchPosts"
JWT = "for-a-while"
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
        self.lookup_says: object = None
        """What all look-ups say instead."""
        self.lookup_raw: tuple[bytes, str] | None = None
        """All that goes over the wire instead of an answer, and what then happens."""
        self.refused: set[str] = set()
        """Addresses for which a look-up is refused, together with all that are asked for beside."""
        self.door: tuple[int, bytes] | None = None
        """How who wants to listen is sent away."""
        self.mended = threading.Event()
        """Set: who was left hanging is let go."""
        self.during_lookup: Callable[[], object] = lambda: None
        """Happens after an answer of the look-ups was made and before it is sent."""
        self.silent = False
        self.accounts: dict[str, str] = {}
        """App passwords, by handle."""
        self.searched: list[str] = []
        self.connected: list[str] = []
        self.asked: list[list[str]] = []
        self._over = False
        self._changed = threading.Condition()
        server = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = parse_qs(urlsplit(self.path).query)
                searches = urlsplit(self.path).path == SEARCH
                given = self.headers.get("Authorization", "")
                self._say(*(server.search(asked, given) if searches else server.look_up(asked.get("uris", []))))

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                is_right = server.accounts.get(told["identifier"]) == told["password"]
                self._say(*((200, {"accessJwt": JWT}) if is_right else (401, {"error": "AuthenticationRequired"})))

            def _say(self, status: int, told: object) -> None:
                if server.lookup_raw is not None:
                    misbehave(self, *server.lookup_raw, server.mended)
                    return
                body = told if isinstance(told, bytes) else json.dumps(told).encode()
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
        self.mended.set()
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

    def look_up(self, uris: list[str]) -> tuple[int, object]:
        self.asked.append(uris)
        status = self.lookup_status if len(uris) <= 25 else 400
        if self.refused & set(uris):
            status = 400
        said: object = {"posts": list(self.looked_up(uris))} if status == 200 else {"error": "x"}
        self.during_lookup()
        return status, said if self.lookup_says is None else self.lookup_says

    def search(self, asked: dict[str, list[str]], authorization: str) -> tuple[int, object]:
        """Two a page, the newest first; words count as in a search, whether they are a hashtag or not."""
        self.searched.append(asked["q"][0])
        if authorization != f"Bearer {JWT}":
            return 403, {"error": "Forbidden"}
        word, at = asked["q"][0].lstrip("#").casefold(), int(asked.get("cursor", ["0"])[0])
        found = [view for view in reversed(self.views.values()) if word in view["record"]["text"].casefold()]
        more = {"cursor": str(at + 2)} if len(found) > at + 2 else {}
        return 200, {"posts": found[at : at + 2], **more}

    def looked_up(self, uris: list[str]) -> Iterator[dict[str, Any]]:
        for uri in uris:
            if self.not_yet.get(uri, 0) > 0:
                self.not_yet[uri] -= 1
            elif uri in self.views:
                yield self.views[uri]

    def _at_the_door(self, _socket: ServerConnection, request: Request) -> Response | None:
        cursor = _cursor(request.path)
        if self.door is not None:
            return Response(self.door[0], "No", Headers(), self.door[1])
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
            socket.send(json.dumps(info("OutdatedCursor")))
        for raw in self.raw:
            socket.send(raw)
        while True:
            with self._changed:
                self._changed.wait_for(partial(self._has_news, at), 30)
                some, code = (() if self.silent else self.events[at:]), self.close_with
            for event in some:
                socket.send(json.dumps(frame(event, second=second)))
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


def _spoken(_socket: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return FRAMES if FRAMES in offered else None
