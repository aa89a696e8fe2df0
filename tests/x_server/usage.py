"""What was read, day by day."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import check, whole_number, words
from .clock import iso
from .ledger import MONTHLY_POSTS
from .rules_endpoint import APP

if TYPE_CHECKING:
    from .site import Site

FIELDS = {
    "usage.fields": words(
        "cap_reset_day daily_client_app_usage daily_project_usage project_cap project_id project_usage"
    )
}
PROJECT = "1700000000000000001"


async def post_usage(site: "Site", request: web.Request) -> web.Response:
    check(request.query, FIELDS, "days")
    days = whole_number(request.query, "days", 7, 1, 90)
    number = str if site.style == "post" else int
    read = {day: len(ids) for day, ids in site.ledger.posts_by_day.items()}
    data: dict[str, Any] = {
        "project_id": PROJECT,
        "project_cap": number(MONTHLY_POSTS),
        "cap_reset_day": 1,
        "project_usage": number(sum(read.values())),
    }
    lines = _daily(read, site.clock.now(), days, number)
    data["daily_project_usage"] = {"project_id": number(1), "usage": lines}
    data["daily_client_app_usage"] = [{"client_app_id": APP, "usage": lines, "usage_result_count": len(lines)}]
    wanted = request.query.get("usage.fields")
    shown = {"project_id", "project_cap", "project_usage", *(wanted.split(",") if wanted else data)}
    return site.json({"data": {name: value for name, value in data.items() if name in shown}})


def _daily(read: Mapping[Any, int], now: datetime, days: int, number: Any) -> list[dict[str, Any]]:
    dates = [now.date() - timedelta(days=back) for back in range(days)]
    return [{"date": iso(datetime.combine(day, time(), UTC)), "usage": number(read.get(day, 0))} for day in dates]
