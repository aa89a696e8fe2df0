"""Headers on every answer that say what a browser may do with it, as plain ASGI."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


OF_PARTS = ("x-content-type-options", "cross-origin-resource-policy", "backchannel")
"""A script or a style sheet is part of a page and never one itself, so what only pages obey is left off."""
PARTS = ("text/css", "text/javascript")


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
                is_part = headers.get("content-type", "").startswith(PARTS)
                for name, value in self.headers.items():
                    if name in OF_PARTS or not is_part:
                        headers.setdefault(name, value)
                if not scope["path"].startswith(("/static/", "/pictures/")):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_guarded)
