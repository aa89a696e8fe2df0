"""Recent search: newest first, seven days, no retweets, and the index runs behind."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import accepted, asked, check, moment, whole_number
from .clock import born
from .people import Post
from .problems import Refused, invalid
from .rendering import Rendering
from .rules import LONGEST_QUERY, InvalidRule, Rule, in_search, parse

if TYPE_CHECKING:
    from .site import Site

WEEK = timedelta(days=7)
OTHERS = (
    "query",
    "max_results",
    "since_id",
    "until_id",
    "start_time",
    "end_time",
    "next_token",
    "pagination_token",
    "sort_order",
)


async def search_recent(site: "Site", request: web.Request) -> web.Response:
    query = request.query
    check(query, accepted(site.style, streaming=False), *OTHERS)
    site.ledger.require_credit()
    rule, most = _rule(query.get("query", "")), whole_number(query, "max_results", 10, 10, 100)
    if query.get("sort_order", "recency") not in ("recency", "relevancy"):
        raise Refused(400, invalid("`sort_order` is recency or relevancy", sort_order=[query["sort_order"]]))
    found = [post for post in _between(site, request) if rule.matches(in_search(post))]
    page = found[:most]
    rendering = Rendering(site.world, site.base, asked(query))
    body: dict[str, Any] = {"data": [rendering.data(post) for post in page]} if page else {}
    body |= {"includes": rendering.includes} if rendering.includes else {}
    body |= {"errors": rendering.errors} if rendering.errors else {}
    site.ledger.charge_posts(post.id for post in page)
    return site.json(body | {"meta": _meta(page, more=len(found) > most)})


def _rule(text: str) -> Rule:
    try:
        return parse(text, longest=LONGEST_QUERY)
    except InvalidRule as problem:
        raise Refused(400, invalid(str(problem), query=[text])) from None


def _between(site: "Site", request: web.Request) -> list[Post]:
    """What the index holds within the asked bounds, newest first."""
    query, now = request.query, site.clock.now()
    since, until = _id(query.get("since_id")), _id(query.get("next_token", query.get("pagination_token")))
    until = until or _id(query.get("until_id"))
    start, end = moment(query, "start_time"), moment(query, "end_time")
    _check_age("since_id", born(since) if since else None, now)
    _check_age("start_time", start, now)
    if end and end > now - timedelta(seconds=site.clock.real(10)):
        raise Refused(400, invalid("`end_time` must be at least 10 seconds ago", end_time=[query["end_time"]]))
    found = [
        post
        for post in site.world.posts.values()
        if _indexed(post, now)
        and (not since or int(post.id) > since)
        and (not until or int(post.id) < until)
        and (not start or post.created_at >= start)
        and (not end or post.created_at < end)
    ]
    return sorted(found, key=lambda post: int(post.id), reverse=True)


def _indexed(post: Post, now: datetime) -> bool:
    """Only the newest version of a visible post that the index has already reached."""
    return (
        post.visible
        and post.retweeted is None
        and post.indexed_at <= now
        and post.id == post.chain[-1]
        and now - post.created_at < WEEK
    )


def _check_age(name: str, at: datetime | None, now: datetime) -> None:
    if at is not None and at < now - WEEK:
        raise Refused(400, invalid(f"`{name}` must be within the last 7 days", **{name: [at.isoformat()]}))


def _id(value: str | None) -> int:
    if value and not value.isdigit():
        raise Refused(400, invalid(f"[{value}] is not an id or token"))
    return int(value or 0)


def _meta(page: list[Post], *, more: bool) -> dict[str, Any]:
    if not page:
        return {"result_count": 0}
    meta: dict[str, Any] = {"newest_id": page[0].id, "oldest_id": page[-1].id, "result_count": len(page)}
    return meta | ({"next_token": page[-1].id} if more else {})
