"""Faults that come instead of an answer: refusals in three dresses, silence, resets, redirects."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from . import problems
from .faults import Active
from .wire import reset

WITHOUT_RATE = "x-without-rate-headers"  # never leaves the server
INSTEAD = ("http", "hang", "drop", "redirect", "canned")
PAGE = "<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{title}</h1></body></html>\n"
PROBLEMS: dict[str, Callable[[], problems.Problem]] = {
    "too_many_connections": problems.too_many_connections,
    "no_rules": problems.no_rules,
    "usage_capped": problems.usage_capped,
    "no_credit": problems.no_credit,
    "client_forbidden": problems.client_forbidden,
}


async def instead(fault: Active, request: web.Request) -> web.StreamResponse:
    if fault.kind == "hang":
        await asyncio.Event().wait()
    if fault.kind == "drop":
        reset(request)
        return web.Response(status=500)
    if fault.kind == "redirect":
        to = str(fault.settings.get("to", request.path_qs))
        return web.Response(status=int(fault.settings.get("status", 307)), headers={"Location": to})
    if fault.kind == "canned":
        return _canned(fault.settings["body"])
    return _refusal(int(fault.settings["status"]), fault.settings)


def _canned(body: Any) -> web.Response:
    """A recorded answer, byte for byte where it comes as bytes or text."""
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return web.Response(body=raw, content_type="application/json")


def _refusal(status: int, settings: dict[str, Any]) -> web.Response:
    body = settings.get("body", "json")
    if isinstance(body, dict):
        return problems.answer(status, body)
    if body == "html":
        page = PAGE.format(status=status, title=problems.TITLES.get(status, "Error"))
        return web.Response(status=status, text=page, content_type="text/html")
    if body == "empty":
        return web.Response(status=status)
    problem = PROBLEMS[settings["problem"]]() if "problem" in settings else problems.plain(status)
    response = problems.answer(status, problem)
    if not settings.get("rate_headers", True):
        response.headers[WITHOUT_RATE] = "yes"
    return response


async def portal(request: web.Request) -> web.Response:
    """The login page of a hotel's network, which answers everything with 200."""
    return web.Response(
        text=PAGE.format(status="Welcome", title="Please log in to the venue network"),
        content_type="text/html",
    )
