"""A local Bluesky: a Jetstream of either version, and the look-ups, from one state; with the faults of real ones."""

import gzip
import json
import threading
from collections.abc import Callable, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Subprotocol

from tests.sources.bluesky.frames import LABELS, NAME, frame, info, label_frame
from tests.sources.bluesky.happenings import A_TIME, FIRST, JWT, Bluesky
from tests.sources.raw_answers import misbehave

V1, V2 = "/subscribe", f"/xrpc/{NAME}"
FRAMES = Subprotocol("xrpc.v1.json")
SEARCH = "/xrpc/app.bsky.feed.searchPosts"


class BlueskyServer(Bluesky):
    """What happened is told to who listens, from its cursor on, and each new thing as it happens."""

    def __init__(self) -> None:
        super().__init__()
        self.kept_from = FIRST
        """Events before this one are kept no more: version 2 says so, version 1 begins where it can."""
        self.kept_since_us = 0
        """And of those before this time: asked for by a time, version 2 begins where it can and says so."""
        self.close_with: int | None = None
        """How the next connection ends."""
        self.raw: list[str] = []
        """Frames that are sent as they stand, before all others."""
        self.raw_once: list[str] = []
        """The same, for the next connection only."""
        self.lookup_raw: tuple[bytes, str] | None = None
        """All that goes over the wire instead of an answer, and what then happens."""
        self.zipped = False
        """Answers of the look-ups come as gzip."""
        self.door: tuple[int, bytes] | None = None
        """How who wants to listen is sent away."""
        self.mended = threading.Event()
        """Set: who was left hanging is let go."""
        self.before_it_tells: Callable[[], object] = lambda: None
        """Happens when a connection stands and before it is seen to."""
        self.silent = False
        self.accounts: dict[str, str] = {}
        """App passwords, by handle."""
        self.connected: list[str] = []
        self.label_listeners = 0
        self.label_raw: list[bytes] = []
        """Frames that who listens to labels is sent first."""
        self._came = 0
        self._closing = self._labels_closing = (0, 1001)
        """All connections up to this one are to end, and how."""
        self._over = False
        self._numbers: dict[object, int] = {}
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
                body = gzip.compress(body) if server.zipped else body
                self.send_response(status)
                self.send_header("Content-Encoding", "gzip" if server.zipped else "identity")
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
        with self.changed:
            self._over = True
            self.changed.notify_all()
        self._http.shutdown()
        self._http.server_close()
        self._stream.shutdown()

    @property
    def appview(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._stream.socket.getsockname()[1]}"

    @property
    def labels_url(self) -> str:
        return f"ws://{self.host}{LABELS}"

    def jetstream(self, version: str) -> str:
        return f"ws://{self.host}{version}"

    def close(self, code: int) -> None:
        """End what is connected now, whether or not the other side is still there."""
        with self.changed:
            self._closing = (self._came, code)
            self.changed.notify_all()

    def close_labels(self, code: int) -> None:
        """End who listens to labels, and nobody else."""
        with self.changed:
            self._labels_closing = (self._came, code)
            self.changed.notify_all()

    def _at_the_door(self, socket: ServerConnection, request: Request) -> Response | None:
        with self.changed:
            self._came += 1
            self._numbers[socket.id] = self._came
        cursor = _cursor(request.path)
        if self.door is not None and LABELS not in request.path:
            return Response(self.door[0], "No", Headers(), self.door[1])
        if V2 in request.path and cursor is not None and cursor < min(self.kept_from, A_TIME):
            return Response(
                400, "Bad Request", Headers({"Content-Type": "application/json"}), b'{"error":"CursorTooOld"}'
            )
        return None

    def _serve(self, socket: ServerConnection) -> None:
        path = socket.request.path if socket.request else ""
        if LABELS in path:
            self._serve_labels(socket, _cursor(path))
            return
        self.connected.append(path)
        cursor, second = _cursor(path), V2 in path
        if second and socket.subprotocol != FRAMES:
            socket.send(b"\xa2bop\x01atg#commit")  # who asks for nothing else gets CBOR, of two objects a frame
            return
        self.before_it_tells()
        with self.changed:
            at, mine = len(self.events) if cursor is None else self._from(cursor), self._numbers[socket.id]
            raw, self.raw_once = [*self.raw, *self.raw_once], []
        if second and cursor is not None and A_TIME <= cursor < self.kept_since_us:
            socket.send(json.dumps(info("OutdatedCursor")))
        for frame_ in raw:
            socket.send(frame_)
        while True:
            with self.changed:
                self.changed.wait_for(partial(self._has_news, at, mine), 30)
                some, code = (() if self.silent else self.events[at:]), self._ends(mine)
            for event in some:
                socket.send(json.dumps(frame(event, second=second)))
            at += len(some)
            if code is not None:
                socket.close(code)
                return

    def _serve_labels(self, socket: ServerConnection, cursor: int | None) -> None:
        at, mine = len(self.labelled) if cursor is None else cursor, self._numbers[socket.id]
        self.label_listeners += 1
        for raw in self.label_raw:
            socket.send(raw)
        while True:
            with self.changed:
                self.changed.wait_for(partial(self._has_labels, at, mine), 30)
                some, is_over = self.labelled[at:], self._labels_end(mine)
            for label in some:
                at += 1
                socket.send(label_frame({"op": 1, "t": "#labels"}, {"seq": at, "labels": [label]}))
            if is_over:
                socket.close(self._labels_closing[1])
                return

    def _has_labels(self, at: int, mine: int) -> bool:
        return self._labels_end(mine) or len(self.labelled) > at

    def _labels_end(self, mine: int) -> bool:
        return self._is_over(mine) or mine <= self._labels_closing[0]

    def _is_over(self, mine: int) -> bool:
        return self._over or mine <= self._closing[0]

    def _has_news(self, at: int, mine: int) -> bool:
        is_to_end = self.close_with is not None or self._is_over(mine)
        return is_to_end or (not self.silent and len(self.events) > at)

    def _ends(self, mine: int) -> int | None:
        if mine <= self._closing[0]:
            return self._closing[1]
        code, self.close_with = self.close_with, None
        return 1001 if self._over else code

    def _from(self, cursor: int) -> int:
        by = "us" if cursor >= A_TIME else "seq"
        return next((at for at, one in enumerate(self.events) if one[by] >= cursor), len(self.events))


def _cursor(path: str) -> int | None:
    found = parse_qs(urlsplit(path).query).get("cursor")
    return int(found[0]) if found else None


def _spoken(_socket: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return FRAMES if FRAMES in offered else None
