"""What X itself has counted for our token: `GET /2/usage/tweets`."""

from datetime import datetime

from app.domain.reading_cost import day_of
from app.sources.json_fields import number_of, object_of, objects_of, text_of
from app.sources.x.wire import Wire

USAGE = "/2/usage/tweets"


async def posts_counted(wire: Wire, *, at: datetime) -> int | None:
    """Posts that were read today (UTC) with this token, by whatever program; None where X does not tell."""
    answer = await wire.request("GET", USAGE, params={"days": "1", "usage.fields": "daily_project_usage"})
    daily = object_of(object_of(answer.get("data")).get("daily_project_usage"))
    today = [one for one in objects_of(daily.get("usage")) if text_of(one.get("date"))[:10] == day_of(at)]
    counted = [number for one in today if (number := number_of(one.get("usage"))) is not None]
    return max(counted) if counted else None
