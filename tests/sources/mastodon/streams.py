"""The stream of a local server of Mastodon's kind, over WebSocket, with the faults that real ones have."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve


class Streams:
    """Who has a token and subscribes is told what happens from then on; nothing of before. `tokens`: empty lets none in."""

    def __init__(self, tokens: Callable[[], set[str]]) -> None:
        self._tokens = tokens
        self.told: list[tuple[set[str], dict[str, Any]]] = []
        self.raw: list[str] = []
        """Frames that are sent as they stand, once somebody has subscribed."""
        self.refused_with: int | None = None
        self.close_with: int | None = None
        self.subscribed: list[str] = []
        self.open = 0
        self._over = False
        self._changed = threading.Condition()
        self._server = serve(self._serve, "127.0.0.1", 0, process_request=self._at_the_door)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._server.shutdown()

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self._server.socket.getsockname()[1]}"

    def tell(self, tags: set[str], event: str, payload: object) -> None:
        """Statuses come as JSON within JSON, ids of deleted ones as they are."""
        said = payload if isinstance(payload, str) else json.dumps(payload)
        with self._changed:
            self.told.append((tags, {"event": event, "payload": said}))
            self._changed.notify_all()

    def close(self, code: int) -> None:
        with self._changed:
            self.close_with = code
            self._changed.notify_all()

    def _at_the_door(self, _socket: ServerConnection, request: Request) -> Response | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        status = self.refused_with or (0 if token in self._tokens() else 401)
        if urlsplit(request.path).path != "/api/v1/streaming":
            status = 404
        return Response(status, "No", Headers(), b"{}") if status else None

    def _serve(self, socket: ServerConnection) -> None:
        tags: set[str] = set()
        at = len(self.told)
        reading = threading.Thread(target=self._read, args=(socket, tags), daemon=True)
        reading.start()
        self.open += 1
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(partial(self._has_news, at), 30)
                    some, code, raw = self.told[at:], self.close_with, (self.raw if tags else [])
                for frame in raw:
                    socket.send(frame)
                self.raw = [] if raw else self.raw
                for concerned, event in some:
                    if found := sorted(tags & concerned):
                        socket.send(json.dumps({"stream": ["hashtag", found[0]], **event}))
                at += len(some)
                if self._over or code is not None:
                    self.close_with = None
                    socket.close(code or 1001)
                    return
        except ConnectionClosed:
            return
        finally:
            self.open -= 1

    def _read(self, socket: ServerConnection, tags: set[str]) -> None:
        with suppress(ConnectionClosed):
            for frame in socket:
                asked = json.loads(frame)
                with self._changed:
                    if asked["type"] == "subscribe" and asked["stream"] == "hashtag":
                        tags.add(asked["tag"].casefold())
                        self.subscribed.append(asked["tag"])
                    self._changed.notify_all()

    def _has_news(self, at: int) -> bool:
        return self._over or self.close_with is not None or len(self.told) > at or bool(self.raw and self.subscribed)
