"""A guard: a body that was announced and does not come is not waited for."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.sentence import Sentence
from app.views.problem_json import plain_refusal

BODY_SECONDS = 10.0
"""Within which a body must have come, and longer only as long as enough of it comes."""
SLOWEST = 4 * 1024
"""Bytes a second: a photo over a bad line."""
GONE: Message = {"type": "http.disconnect"}


class LateBodies:
    """Answers 408 and closes, whatever the application makes of a body that breaks off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _Awaited(self.app, scope, receive, send).answer()
        else:
            await self.app(scope, receive, send)


class _Awaited:
    """One request, and how much of its body has come."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self._app, self._scope, self._receive, self._send = app, scope, receive, send
        self._deadline: float | None = None
        self._whole = self._late = self._answered = False

    async def answer(self) -> None:
        try:
            await self._app(self._scope, self._next, self._tell)
        except Exception:
            if not self._late:
                raise
        if self._late and not self._answered:
            await self._refuse()

    async def _next(self) -> Message:
        if self._late:
            return GONE
        if self._whole:
            return await self._receive()
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + BODY_SECONDS
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            self._late = True
            return GONE
        self._deadline += len(message.get("body", b"")) / SLOWEST
        self._whole = not message.get("more_body", False)
        return message

    async def _tell(self, message: Message) -> None:
        if self._late and not self._answered:
            return  # what it says of a body that broke off
        self._answered = True
        await self._send(message)

    async def _refuse(self) -> None:
        headers = Headers(scope=self._scope)
        refusal = plain_refusal(self._scope, 408, Sentence("What was announced did not come."), headers)
        refusal.headers["connection"] = "close"
        await refusal(self._scope, self._receive, self._send)
