"""A local server of Mastodon's kind: timelines, look-ups, robots.txt, and the faults that real ones have."""

import gzip
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.sources.mastodon.streams import Streams
from tests.sources.raw_answers import misbehave

Fault = Callable[["MastodonServer", str], "Said | None"]
MOST = 40


@dataclass
class Said:
    """An answer as it stands; without a status its body is all that goes over the wire, and `then` it closes or not."""

    status: int = 200
    body: object = ""
    headers: dict[str, str] = field(default_factory=dict)
    then: str = ""


class MastodonServer:
    """`ids` makes the next id from a number: what they look like is nobody's business. `fault` may answer instead."""

    def __init__(self, *, ids: Callable[[int], str] = str, most: int = MOST, knows_several: bool = True) -> None:
        self._ids, self._most, self._knows_several = ids, most, knows_several
        self._numbers = itertools.count(1)
        self.statuses: list[dict[str, Any]] = []
        self.hidden: set[str] = set()
        self.robots: str | None = None
        self.fault: Fault | None = None
        self.zipped = False
        """Answers come as gzip."""
        self.mended = threading.Event()
        """Set: who was left hanging is let go."""
        self.asked: list[str] = []
        self.tokens: set[str] = set()
        """Who has none of these may read nothing; empty: everybody may."""
        self.accounts: set[str] = set()
        """Tokens of accounts, with which the stream is listened to."""
        self.streams = Streams(lambda: self.tokens | self.accounts)
        server = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                said = server.answer(self.path, self.headers.get("Authorization", ""))
                body = said.body if isinstance(said.body, bytes) else (
                    said.body if isinstance(said.body, str) else json.dumps(said.body)
                ).encode()  # fmt: skip
                if not said.status:
                    misbehave(self, body, said.then, server.mended)
                    return
                zipped = {"Content-Encoding": "gzip"} if server.zipped else {}
                body = gzip.compress(body) if zipped else body
                self.send_response(said.status)
                for name, value in {"Content-Type": "application/json", **zipped, **said.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.streams.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.mended.set()
        self.streams.stop()
        self._http.shutdown()
        self._http.server_close()

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self._http.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.name}"

    # What happens there

    def post(
        self, content: str, *, by: str = "mira", tag: str = "box10", late: bool = False, answers: str = "", **more: Any
    ) -> str:
        """Somebody posts; `late` puts it among the older ones, `answers` under another. Gives its id at this server."""
        number = next(self._numbers)
        known = self._ids(number)
        account = {
            "id": by, "acct": by, "display_name": by.title(), "url": f"{self.url}/@{by}", "uri": f"{self.url}/users/{by}",
            "noindex": False, "discoverable": True, "bot": False, **more.pop("account", {}),
        }  # fmt: skip
        status = {
            "id": known, "uri": f"{self.url}/users/{by}/statuses/{number}", "url": f"{self.url}/@{by}/{number}",
            "created_at": datetime.now(UTC).isoformat(), "content": content, "visibility": "public", "account": account,
            "tags": [{"name": tag}] if tag else [], "spoiler_text": "", "sensitive": False, "edited_at": None, "media_attachments": [],
            "mentions": [], "emojis": [], "reblog": None, "poll": None, "card": None, "replies_count": 0,
            "in_reply_to_id": answers or None, **more,
        }  # fmt: skip
        if answers:
            self.find(answers)["replies_count"] += 1
        self.statuses.insert(max(0, len(self.statuses) - 1) if late else len(self.statuses), status)
        self._tell("update", status)
        return known

    def find(self, known: str) -> dict[str, Any]:
        return next(status for status in self.statuses if status["id"] == known)

    def edit(self, known: str, content: str) -> None:
        self.find(known).update(content=content, edited_at=datetime.now(UTC).isoformat())
        self._tell("status.update", self.find(known))

    def delete(self, known: str) -> None:
        status = self.find(known)
        self.statuses.remove(status)
        self._tell("delete", status, known)

    def _tell(self, event: str, status: dict[str, Any], known: str = "") -> None:
        self.streams.tell({one["name"].casefold() for one in status["tags"]}, event, known or status)

    # What it answers

    def answer(self, path: str, authorization: str) -> Said:
        self.asked.append(path)
        if self.fault is not None and (said := self.fault(self, path)) is not None:
            return said
        route, asked = urlsplit(path).path, parse_qs(urlsplit(path).query)
        if self.tokens and authorization.removeprefix("Bearer ") not in self.tokens:
            return Said(401 if authorization else 422, {"error": "This method requires an authenticated user"})
        if route == "/api/v1/accounts/verify_credentials":
            known = authorization.removeprefix("Bearer ") in self.tokens | self.accounts
            return (
                Said(200, {"id": "1", "acct": "us"}) if known else Said(401, {"error": "The access token is invalid"})
            )
        if route.rstrip("/") == "/api/v2/instance":
            urls = {"streaming": f"ws://{self.streams.name}"}
            return Said(200, {"domain": self.name, "version": "4.6.4", "configuration": {"urls": urls}})
        if route == "/robots.txt":
            return Said(404) if self.robots is None else Said(200, self.robots, {"Content-Type": "text/plain"})
        if route.startswith("/api/v1/timelines/tag/"):
            return self._timeline(unquote(route.rpartition("/")[2]), asked)
        if route == "/api/v1/statuses":
            wanted = asked.get("id[]", [])
            if not self._knows_several or len(wanted) > 20:
                return Said(422, {"error": "too many"})
            return Said(200, [one for one in self.statuses if one["id"] in wanted and one["id"] not in self.hidden])
        if route.startswith("/api/v1/statuses/") and route.endswith("/context"):
            below = [*self._answers(unquote(route.split("/")[-2]))]
            return Said(200, {"ancestors": [], "descendants": below})
        if route.startswith("/api/v1/statuses/"):
            known = unquote(route.rpartition("/")[2])
            found = [one for one in self.statuses if one["id"] == known]
            return Said(200, found[0]) if found else Said(404, {"error": "Record not found"})
        return Said(404)

    def _answers(self, known: str) -> Iterator[dict[str, Any]]:
        for one in self.statuses:
            if one["in_reply_to_id"] == known:
                yield one
                yield from self._answers(one["id"])

    def _timeline(self, tag: str, asked: dict[str, list[str]]) -> Said:
        tags = {tag.casefold(), *(one.casefold() for one in asked.get("any[]", []))}
        found = [one for one in self.statuses if tags & {one["name"].casefold() for one in one["tags"]}]
        most = min(int(asked.get("limit", ["20"])[0]), self._most)
        if before := asked.get("max_id", [""])[0]:
            found = found[: next((at for at, one in enumerate(found) if one["id"] == before), len(found))]
        if after := asked.get("min_id", [""])[0]:
            place = next((at for at, one in enumerate(found) if one["id"] == after), -1)
            page = found[place + 1 :][:most]
        else:
            page = found[-most:]
        page = page[::-1]
        link = f'<{self.url}/api/v1/timelines/tag/{tag}?min_id={page[0]["id"]}>; rel="prev"' if page else ""
        return Said(200, page, {"Link": link} if link else {})
