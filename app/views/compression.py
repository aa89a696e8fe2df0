"""What goes over the wire goes compressed, where that tells nobody anything.

A compressed length betrays whether two parts of an answer are alike (BREACH). Whoever is on the same network sees
lengths; to learn from them he needs answers that hold both a secret and words of his, again and again, and so makes
another site's page ask for them. So a page is compressed for its reader's own steps and for phones that show no
cookie, and never if it shows a key. Over plain http there is nothing that lengths could betray.
"""

import re
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

APART = ("/static/", "/pictures/")
SHOWN_ONCE = b"<input data-secret"
"""How a page begins the field of a key that it shows."""
LEVEL = 5
SMALLEST = 600
"""Less than this fits one packet anyway."""

_CODING = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*(?:,|$)")


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a browser takes gzip, by the weights of RFC 9110."""
    weights = {coding.lower(): float(weight or 1) for coding, weight in _CODING.findall(accept_encoding[:400])}
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def compressed(content: bytes, level: int = LEVEL) -> bytes:
    """As gzip, the same for the same content."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


class CompressedPages:
    """Compresses pages and parts of pages on their way out. Files have their own, made once."""

    def __init__(self, app: ASGIApp, *, over_tls: bool) -> None:
        self.app = app
        self.over_tls = over_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(APART):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        started: list[Message] = []

        async def send_compressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            if started:
                start = started.pop()
                self._decide(asked, MutableHeaders(scope=start), message)
                await send(start)
            await send(message)

        await self.app(scope, receive, send_compressed)

    def _decide(self, asked: Headers, answer: MutableHeaders, message: Message) -> None:
        content = message.get("body", b"")
        if SHOWN_ONCE in content or (self.over_tls and not _asked_by_its_reader(asked)):
            # A proxy in front of us obeys this, too.
            answer["cache-control"] = f"{answer.get('cache-control', 'no-store')}, no-transform"
            return
        if not answer.get("content-type", "").startswith("text/html") or "content-encoding" in answer:
            return
        answer.add_vary_header("Accept-Encoding")
        if message.get("more_body") or len(content) < SMALLEST or not accepts_gzip(asked.get("accept-encoding", "")):
            return
        message["body"] = compressed(content)
        answer["content-encoding"] = "gzip"
        answer["content-length"] = str(len(message["body"]))


def _asked_by_its_reader(asked: Headers) -> bool:
    """By a step of whoever reads it, or by somebody of whom we know nothing: no other site can ask in their name."""
    return "cookie" not in asked or asked.get("sec-fetch-site") in {"same-origin", "none"}
