"""An event is opened and closed, from setup and from home; what one that is not open says to phones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.actions.event_states import close_event, open_event
from app.actions.events import Refused
from app.domain.decision import Actor
from app.domain.event import Event, EventState
from app.domain.sentence import Sentence
from app.views.context import Context

TAKES_NOTHING = {
    EventState.PREPARED: Sentence("This event is not open yet. Please come back when it begins."),
    EventState.CLOSED: Sentence("This event is over. Nothing can be sent any more."),
    EventState.ARCHIVED: Sentence("This event is over. Nothing can be sent any more."),
}
"""Why an event takes neither words nor votes; an open one is not in it."""


async def open_up(context: Context, event: Event, *, by: Actor) -> Event:
    return await context.backchannel.do(open_event, event.id, by=by, at=context.now())


async def close(context: Context, event: Event, farewell: str, helpers_until: str, *, by: Actor) -> Event:
    """As it was typed: helpers' links hold until that day is over, in the event's zone. Raises Refused for no date."""
    ends = _end_of(event, helpers_until)
    return await context.backchannel.do(
        close_event, event.id, farewell=farewell, helpers_until=ends, by=by, at=context.now()
    )


def _end_of(event: Event, typed: str) -> datetime | None:
    try:
        day = date.fromisoformat(typed) if typed else None
        ends = None if day is None else datetime.combine(day + timedelta(days=1), time(), ZoneInfo(event.zone))
    except (ValueError, OverflowError):
        raise Refused("That is not a date.") from None
    return None if ends is None else ends.astimezone(UTC)
