"""A guard: no text comes in that no database keeps and no screen can show. After it, nobody has to think of that."""

import json
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.sentence import Sentence
from app.views.problem_json import plain_refusal

READ_AHEAD = 64 * 1024
"""Bytes of a body that are looked at; a larger one is a file, or is refused by the route."""
_ESCAPES = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_CHARSET = re.compile(r"charset\s*=\s*\"?\s*(?!(?:utf-?8|us-ascii)\b)", re.IGNORECASE)


class StorableText:
    """Refuses NUL and halves of surrogate pairs in addresses, forms and JSON, and bodies that are not in UTF-8."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        begun = await _begun(receive) if _is_read_ahead(headers) else []
        if _is_storable(scope, headers, b"".join(message.get("body", b"") for message in begun)):
            await self.app(scope, _again(begun, receive), send)
        else:
            refusal = plain_refusal(scope, 422, Sentence("There is a character in it that cannot be stored."), headers)
            await refusal(scope, receive, send)


def _is_read_ahead(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > READ_AHEAD:
        return False
    return length != "0" or "transfer-encoding" in headers


async def _begun(receive: Receive) -> list[Message]:
    messages, size = [await receive()], 0
    while messages[-1].get("more_body"):
        size += len(messages[-1].get("body", b""))
        if size > READ_AHEAD:
            break
        messages.append(await receive())
    return messages


def _again(begun: Iterable[Message], receive: Receive) -> Receive:
    waiting = iter(list(begun))

    async def next_message() -> Message:
        found = next(waiting, None)
        return await receive() if found is None else found

    return next_message


def _is_storable(scope: Scope, headers: Headers, body: bytes) -> bool:
    if b"\0" in unquote_to_bytes(scope.get("raw_path") or b"") or b"%00" in scope["query_string"]:
        return False
    kind = headers.get("content-type", "").lower()
    if _CHARSET.search(kind) or (b"\0" in body and b"filename=" not in body):
        return False
    if "urlencoded" in kind:
        return b"%00" not in body
    return not _ESCAPES.search(body) or _is_storable_json(body)


def _is_storable_json(body: bytes) -> bool:
    """Looked at in full only where an escape may be one of these; what is no JSON is refused by who reads it."""
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except (ValueError, RecursionError):
        return True
    return "\\u0000" not in json.dumps(json.loads(body), ensure_ascii=False).replace("\\\\", "")
