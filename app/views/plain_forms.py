"""Undo from plain forms, as plain ASGI."""

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send


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
