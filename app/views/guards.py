"""Guards around every request, as plain ASGI: same origin for writes, security headers, undo from plain forms."""

from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.sentence import Sentence
from app.views.problem_json import plain_refusal

SAFE = {"GET", "HEAD", "OPTIONS"}

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "backchannel": "1",
}
"""`backchannel` says that an answer is ours: what a hotel's login page answers in our place does not have it, and our
scripts take it for no answer at all."""
HSTS = {"strict-transport-security": "max-age=31536000"}
"""Where people come by https: whoever has been here once asks by https only."""


class SecurityHeaders:
    """Puts the headers on every answer, errors included; what an endpoint set itself stays."""

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        self.headers = {**HEADERS, **(HSTS if public_url.startswith("https://") else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith(("/static/", "/pictures/")):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_guarded)


class SameOrigin:
    """Lets nobody write from another site's page: cookies alone prove nothing.

    Browsers say where a request comes from (`Sec-Fetch-Site`), but not over plain http on a venue's network; there
    the Origin must be ours. Programs with a bearer token send no cookie and are let through to be checked.
    """

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or self._ours(Headers(scope=scope), scope["scheme"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = plain_refusal(scope, 403, Sentence("This request came from another site's page."), headers)
        await refusal(scope, receive, send)

    def _ours(self, headers: Headers, scheme: str) -> bool:
        if headers.get("authorization", "").lower().startswith("bearer ") and "cookie" not in headers:
            return True
        if site := headers.get("sec-fetch-site"):
            return site in {"same-origin", "none"}
        origin = headers.get("origin", "") or headers.get("referer", "")
        return is_same_origin(origin, headers.get("host", ""), scheme, self.public_url)


def is_same_origin(origin: str, host: str, scheme: str, public_url: str) -> bool:
    """Whether a page of ours asks. A page that came in the open is not one of ours where we are reached by https.

    A proxy in front may end https without telling us, so https at our host is ours whatever `scheme` says.
    """
    try:
        asking, public = urlsplit(origin), urlsplit(public_url)
    except ValueError:
        return False
    if not asking.netloc or asking.scheme not in {"http", "https"}:
        return False
    if (asking.scheme, asking.netloc) == (public.scheme, public.netloc):
        return True
    in_the_open = asking.scheme == "http" and (scheme in {"https", "wss"} or host == public.netloc)
    return asking.netloc == host and not in_the_open


class PlainForms:
    """A form without JavaScript can only POST; `?_method=DELETE` in its address makes it an undo."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            query = parse_qs(scope["query_string"].decode("latin-1"))
            if query.get("_method", [""])[-1].upper() == "DELETE":
                scope = {**scope, "method": "DELETE"}
        await self.app(scope, receive, send)
