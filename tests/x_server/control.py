"""`POST /_control`: everything a test can do in Python, for tests in other processes.

One JSON object, or a list of them: `{"do": "post", "author": "jo_nhs", "text": "Hello #box10"}`. The
answer has one result for each. `GET /_control` tells what the server has seen.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .people import Picture, Post, User

if TYPE_CHECKING:
    from .server import XServer

VERBS = (
    "user",
    "post",
    "reply",
    "quote",
    "retweet",
    "edit",
    "delete",
    "suspend",
    "protect",
    "restore",
    "withhold",
    "rename",
    "fault",
    "clear_faults",
    "add_rule",
    "send_raw",
    "replay",
    "shift_clock",
    "set_credit",
    "forget_requests",
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def control_routes(handler: Handler) -> list[web.RouteDef]:
    return [web.post("/_control", handler), web.get("/_control", handler)]


async def control(server: "XServer", request: web.Request) -> web.Response:
    if request.method == "GET":
        return web.json_response(_report(server))
    try:
        orders = await request.json()
        done = [_obey(server, dict(order)) for order in (orders if isinstance(orders, list) else [orders])]
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        return web.json_response({"error": f"{type(problem).__name__}: {problem}"}, status=400)
    return web.json_response({"done": done})


def _obey(server: "XServer", order: dict[str, Any]) -> Any:
    verb = order.pop("do")
    if verb not in VERBS:
        raise KeyError(f"{verb} is not one of {', '.join(VERBS)}")
    if "photos" in order:
        order["photos"] = [Picture(**one) if isinstance(one, dict) else one for one in order["photos"]]
    if "created_at" in order:
        order["created_at"] = datetime.fromisoformat(order["created_at"])
    return _shown(getattr(server, verb)(**order))


def _shown(result: Any) -> Any:
    if isinstance(result, Post):
        return {
            "id": result.id,
            "author_id": result.author.id,
            "text": result.whole,
            "versions": result.chain,
        }
    if isinstance(result, User):
        return {"id": result.id, "username": result.username, "name": result.name}
    return result if isinstance(result, str | int | float | dict | list) else None


def _report(server: "XServer") -> dict[str, Any]:
    site = server.site
    return {
        "url": server.url,
        "token": server.token,
        "clock": site.clock.now().isoformat(),
        "speed": site.clock.speed,
        "requests": json.loads(json.dumps([asdict(seen) for seen in server.requests], default=str)),
        "connections": [{"id": c.id, "endpoint": c.endpoint, "sent": c.sent} for c in server.connections],
        "rules": [rule.shown for rule in server.rules],
        "posts": len(site.world.posts),
        "faults": [{"kind": fault.kind, "on": fault.on, "times": fault.times} for fault in site.faults.active],
        "spent": site.ledger.spent,
    }
