"""What is too large is refused as all else is, as JSON to programs.

FastAPI puts its limit around all middleware and says it in plain text, whatever an exception handler would say.
"""

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.sentence import Sentence
from app.views.problem_json import plain_refusal
from app.views.security_headers import HEADERS


class Bounded(FastAPI):
    """Made with `max_body_size`, in bytes."""

    def build_middleware_stack(self) -> ASGIApp:
        return _Refusals(super().build_middleware_stack())


class _Refusals:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = False

        async def tell(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                plain = Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
                refused = message["status"] == 413 and plain
                if refused:
                    refusal = plain_refusal(scope, 413, Sentence("What was sent is too large."), Headers(scope=scope))
                    refusal.headers.update(HEADERS)
                    await refusal(scope, receive, send)
            if not refused:
                await send(message)

        await self.app(scope, receive, tell)
