"""Logs: a line of text for people or of JSON for machines, with an id for each request."""

import json
import logging
import re
import secrets
import time
from contextvars import ContextVar
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("app.request")

request_id: ContextVar[str] = ContextVar("request_id", default="")
SLOW_SECONDS = 1.0
_SOUND = re.compile(r"[A-Za-z0-9._-]{8,64}")
_SECRET = re.compile(r"(/guests/|/letters/)[^/]+")
"""What stands in an address behind these opens what is somebody's own."""
_QUIET = ("/static/", "/pictures/", "/live/", "/up", "/ready", "/metrics")


def set_up(level: str, style: str) -> None:
    """`style` is text or json. Everything goes to standard error, as supervisors expect it."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error"):
        # One way out for all of them.
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # People read what goes wrong; machines count everything.
    log.setLevel(logging.INFO if style == "json" or level == "debug" else logging.WARNING)


class TextLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        found = request_id.get()
        return super().format(record) + (f" [{found}]" if found else "")


class JsonLines(logging.Formatter):
    """One object a line: at, level, logger, said, request, and whatever a record brings in `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
        }
        if found := request_id.get():
            line["request"] = found
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class RequestLog:
    """Gives each request an id, the one that a proxy sent or a new one, says it in the answer and logs the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("x-request-id", "")
        found = sent if _SOUND.fullmatch(sent) else secrets.token_hex(8)
        token = request_id.set(found)
        began = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = found
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            self._note(scope, status, time.perf_counter() - began)
            request_id.reset(token)

    @staticmethod
    def _note(scope: Scope, status: int, seconds: float) -> None:
        path: str = _SECRET.sub(r"\1…", scope["path"])
        wrong = status >= 500 or seconds > SLOW_SECONDS
        if not wrong and (path.startswith(_QUIET) or not log.isEnabledFor(logging.INFO)):
            return
        # Never the query: a role link carries its key there.
        facts = {"method": scope["method"], "path": path, "status": status, "ms": round(seconds * 1000, 1)}
        said = f"{facts['method']} {path} {status} in {facts['ms']} ms"
        log.log(logging.WARNING if wrong else logging.INFO, said, extra={"facts": facts})
