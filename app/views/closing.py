"""What a closed event, and one that is not open yet, says to phones; and the form that closes one."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from app.actions.events import Refused
from app.domain.event import Event, EventState
from app.domain.sentence import Sentence

TAKES_NOTHING = {
    EventState.PREPARED: Sentence("This event is not open yet. Please come back when it begins."),
    EventState.CLOSED: Sentence("This event is over. Nothing can be sent any more."),
    EventState.ARCHIVED: Sentence("This event is over. Nothing can be sent any more."),
}
"""Why an event takes neither words nor votes; an open one is not in it."""


class Closing(TypedDict):
    farewell: str
    helpers_until: datetime | None


def read_closing(event: Event, farewell: str, helpers_until: str) -> Closing:
    """What was typed: helpers' links hold until that day is over, in the event's zone. Raises Refused for no date."""
    try:
        day = date.fromisoformat(helpers_until) if helpers_until else None
        ends = None if day is None else datetime.combine(day + timedelta(days=1), time(), ZoneInfo(event.zone))
    except (ValueError, OverflowError):
        raise Refused("That is not a date.") from None
    return Closing(farewell=farewell, helpers_until=None if ends is None else ends.astimezone(UTC))
