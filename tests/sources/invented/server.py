"""A local Plaza: says what was posted since, to whoever has the key."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from app.domain.network import Network
from tests.sources.invented import PLAZA, PlazaSettings

KEY = "the-key-of-the-plaza"


class PlazaServer:
    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        server = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                after = int(parse_qs(urlsplit(self.path).query)["after"][0])
                self.send_response(200 if self.headers["Key"] == KEY else 403)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps([post for post in server.posts if post["id"] > after]).encode())

            def log_message(self, *_: object) -> None: ...

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def post(self, by: str, text: str, *, tag: str = "box10") -> None:
        self.posts.append({"id": len(self.posts) + 1, "by": by, "text": text, "tag": tag})

    def network(self, key: str = KEY) -> Network[PlazaSettings]:
        """Plaza, where it is here."""
        settings = PlazaSettings(
            _env_file=None,  # type: ignore[call-arg]
            plaza_url=f"http://127.0.0.1:{self._http.server_port}",
            plaza_key=key,  # type: ignore[arg-type]
        )
        return replace(PLAZA, settings=lambda: settings)
