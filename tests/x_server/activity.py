"""The activity stream: `post.delete` of the users one has subscribed to."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import check, identifiers, whole_number
from .clock import Clock, iso, snowflake
from .connections import ACTIVITY
from .people import Post
from .problems import Refused, backfill_forbidden, invalid, not_found, plain
from .stream import ENTERPRISE, listen

if TYPE_CHECKING:
    from .site import Site

MOST = 1500


@dataclass
class Subscriptions:
    clock: Clock
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    _sequence: int = 0

    def add(self, event_type: str, user_id: str, tag: str | None) -> dict[str, Any]:
        now = iso(self.clock.now())
        row: dict[str, Any] = {
            "subscription_id": self.number(),
            "event_type": event_type,
            "created_at": now,
            "updated_at": now,
            "filter": {"user_id": user_id},
        }
        self.rows[row["subscription_id"]] = row | ({"tag": tag} if tag else {})
        return self.rows[row["subscription_id"]]

    def number(self) -> str:
        self._sequence += 1
        return str(snowflake(self.clock.now(), self._sequence))

    def of(self, event_type: str, user_id: str) -> list[dict[str, Any]]:
        return [
            row for row in self.rows.values() if row["event_type"] == event_type and row["filter"]["user_id"] == user_id
        ]


def announce_deletion(site: "Site", post: Post) -> None:
    for row in site.subscriptions.of("post.delete", post.author.id):
        event = {
            "event_uuid": site.subscriptions.number(),
            "event_type": "post.delete",
            "filter": row["filter"],
            "payload": {"id": post.id, "author_id": post.author.id},
        }
        event |= {"tag": row["tag"]} if "tag" in row else {}
        for connection in site.switchboard.listening(ACTIVITY):
            connection.offer({"data": event})


async def activity_stream(site: "Site", request: web.Request) -> web.StreamResponse:
    check(request.query, {}, *ENTERPRISE)
    for parameter in ENTERPRISE:
        if parameter in request.query:
            raise Refused(403, backfill_forbidden(parameter))
    return await listen(site, request, ACTIVITY)


async def subscribe(site: "Site", request: web.Request) -> web.Response:
    try:
        body = await request.json()
        event_type, user_id = body["event_type"], body["filter"]["user_id"]
    except (ValueError, KeyError, TypeError):
        raise Refused(400, invalid("`event_type` and `filter.user_id` are required")) from None
    if event_type != "post.delete":
        raise Refused(400, invalid("this server only knows post.delete", event_type=[str(event_type)]))
    if len(site.subscriptions.rows) >= MOST:
        raise Refused(403, plain(403, f"Subscription limit of {MOST} reached."))
    if site.subscriptions.of(event_type, user_id):
        raise Refused(409, plain(409, "A subscription with this filter already exists."))
    row = site.subscriptions.add(event_type, user_id, body.get("tag"))
    return site.json({"data": {"subscription": row}, **_meta(site)}, status=201)


async def list_subscriptions(site: "Site", request: web.Request) -> web.Response:
    check(request.query, {}, "max_results", "pagination_token")
    most = whole_number(request.query, "max_results", 1000, 1, 1000)
    start = whole_number(request.query, "pagination_token", 0, 0, MOST)
    rows = list(site.subscriptions.rows.values())
    page = rows[start : start + most]
    meta: dict[str, Any] = {"result_count": len(page)}
    meta |= {"next_token": f"{start + most:032d}"} if start + most < len(rows) else {}
    return site.json({"data": page} if site.style == "post" else {"data": page, "meta": meta})


async def unsubscribe_many(site: "Site", request: web.Request) -> web.Response:
    check(request.query, {}, "ids")
    return _unsubscribe(site, identifiers(request.query, "ids", most=100))


async def unsubscribe(site: "Site", request: web.Request) -> web.Response:
    subscription_id = request.match_info["subscription_id"]
    if subscription_id not in site.subscriptions.rows:
        raise Refused(404, not_found("subscription", "subscription_id", subscription_id))
    return _unsubscribe(site, [subscription_id])


def _unsubscribe(site: "Site", ids: list[str]) -> web.Response:
    gone = [site.subscriptions.rows.pop(one, None) for one in ids]
    return site.json({"data": {"deleted": all(gone)}, **_meta(site)})


def _meta(site: "Site") -> dict[str, Any]:
    """The new description knows no `meta` here."""
    return {} if site.style == "post" else {"meta": {"total_subscriptions": len(site.subscriptions.rows)}}
