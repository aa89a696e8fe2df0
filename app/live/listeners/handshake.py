"""The opening handshake of a socket that only listens: read, checked by the rules of `websockets`, answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs, unquote

from starlette.requests import cookie_parser
from websockets.datastructures import Headers
from websockets.exceptions import InvalidHandshake
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from app.views.same_origin import is_same_origin

ACCEPTANCE = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %b\r\n\r\n"
)
_READ = frozenset(
    {"host", "origin", "cookie", "connection", "upgrade"} | {"sec-websocket-key", "sec-websocket-version"}
    | {"x-forwarded-for"}
)  # fmt: skip
# Only its rules are used, not its state, so one will do for all.
_RULES = ServerProtocol()


class HandshakeRefused(Exception):
    """The answer to a handshake that is none, or that may not be."""

    def __init__(self, status: HTTPStatus, said: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(said)
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        body = said.encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\n{more}Content-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        self.answer = head.encode() + body


@dataclass(slots=True)
class Handshake:
    """A request to open a socket. `after` is the cursor that the page stands at."""

    after: int
    headers: Headers
    answer: bytes

    @property
    def cookies(self) -> Mapping[str, str]:
        return cookie_parser("; ".join(self.headers.get_all("cookie")))

    def same_origin(self, public_url: str) -> bool:
        """A browser always sends Origin with a handshake; a foreign page's is not ours."""
        return is_same_origin(self.headers.get("origin", ""), self.headers.get("host", ""), "ws", public_url)


def path_of(data: bytes) -> tuple[str, ...]:
    """The parts of the path of a request, as uvicorn hands it over."""
    target = data.split(b" ", 2)[1].partition(b"?")[0].decode("latin-1")
    parts = target.split("/")[1:]
    return tuple(parts) if "%" not in target else tuple(unquote(part) for part in parts)


def read_handshake(data: bytes) -> Handshake:
    """The handshake. Raises HandshakeRefused for what the protocol does not allow.

    uvicorn has parsed the request before and writes it out again, one header a line.
    """
    first, headers = head_of(data)
    method, target, protocol = first.split(" ", 2)
    if any(len(headers.get_all(name)) > 1 for name in ("host", "origin")):
        raise HandshakeRefused(HTTPStatus.BAD_REQUEST, "Host and Origin are said once.")
    request = Request(target, headers, method, protocol)
    try:
        accept, _, _ = _RULES.process_request(request)
    except InvalidHandshake:
        raise _refused(ServerProtocol().accept(request)) from None
    return Handshake(_after(target), headers, ACCEPTANCE % accept.encode())


def head_of(data: bytes) -> tuple[str, Headers]:
    """The first line of a request, and those of its headers that count."""
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = Headers()
    for line in lines:
        name, _, value = line.partition(":")
        if (name := name.lower()) in _READ:
            headers[name] = value.strip()
    return first, headers


def _after(target: str) -> int:
    query = target.partition("?")[2]
    given = query[len("after=") :] if query.startswith("after=") and "&" not in query else _last_of(query)
    try:
        return max(-1, int(given[:19]))
    except ValueError:
        raise HandshakeRefused(HTTPStatus.BAD_REQUEST, "after is the number of a cursor.") from None


def _last_of(query: str) -> str:
    return parse_qs(query).get("after", ["-1"])[-1]


def _refused(response: Response) -> HandshakeRefused:
    headers = {name: response.headers[name] for name in ("Upgrade", "Allow") if name in response.headers}
    said = bytes(response.body or b"").decode(errors="replace").strip()
    return HandshakeRefused(HTTPStatus(response.status_code), said, headers)
