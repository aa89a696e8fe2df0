"""Where the programme of each room stands, and which scene is due there."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.event import Event, EventState
from app.domain.programme_scenes import AtThePoint, HowItRuns, scene_due
from app.domain.room import Room
from app.domain.talk import Talk
from app.queries.programme import all_talks
from app.queries.rooms import rooms
from app.queries.scenes import sponsors


def dues(db: Session, event: Event, at: datetime) -> Iterator[tuple[Event | Room, str]]:
    """Every room of an Event, and the Event for screens of all rooms, with the scene that is due there."""
    how = HowItRuns(event.quiet_talks, event.question_minutes, bool(sponsors(db, event)))
    talks = all_talks(db, event.id)
    places: list[Event | Room] = [event, *rooms(db, event.id)]
    for place in places:
        here = talks if isinstance(place, Event) else [one for one in talks if one.room_id in (None, place.id)]
        yield place, str(scene_due(_point(place, here, at), how, at))


def walls_behind(db: Session, at: datetime) -> list[int]:
    """Events whose walls the programme runs, and where it has another scene by now."""
    runs = select(Event).where(col(Event.runs_walls).is_(True), Event.state == EventState.OPEN)
    return [event.id for event in db.exec(runs) if any(place.due != due for place, due in dues(db, event, at))]


def talks_changing(db: Session, since: datetime, until: datetime) -> list[int]:
    """Events of which a Talk has begun or ended by the clock meanwhile, or a hand has let go."""
    by_clock = select(Talk.event_id).where(
        (col(Talk.starts_at) > since) & (col(Talk.starts_at) <= until)
        | (col(Talk.ends_at) > since) & (col(Talk.ends_at) <= until)
    )
    by_hand = select(Room.event_id).where(col(Room.by_hand_until) > since, col(Room.by_hand_until) <= until)
    return sorted({*db.exec(by_clock), *db.exec(by_hand)})


def _point(place: Event | Room, talks: list[Talk], at: datetime) -> AtThePoint:
    running = next((one for one in talks if one.id == place.current_talk_id), None)
    if running is not None:
        return AtThePoint(ends_at=running.ends_at, takes_questions=running.takes_questions)
    ended = max((min(one.ends_at, at) for one in talks if one.starts_at <= at), default=None)
    coming = next((one for one in talks if one.starts_at > at), None)
    if coming is None:
        return AtThePoint(ended_at=ended)
    return AtThePoint(ended_at=ended, next_id=coming.id, next_at=coming.starts_at)
