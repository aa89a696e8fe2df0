"""A guard: a body that is too large is refused as all else is, as JSON to programs.

Starlette's limit answers in plain text, whatever an exception handler would say. A route may allow more.
"""

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.sentence import Sentence
from app.views.problem_json import plain_refusal


class LargeBodies:
    def __init__(self, app: ASGIApp, most: int) -> None:
        """At most so many bytes."""
        self.app = RequestBodyLimitMiddleware(app, max_body_size=most)

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
                    await refusal(scope, receive, send)
            if not refused:
                await send(message)

        await self.app(scope, receive, tell)
