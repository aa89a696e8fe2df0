"""What the walls show is chosen, announced and ended. Each can be undone: what stood before stands again."""

from datetime import datetime

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import MACHINE, Actor, Decision
from app.domain.event import Event
from app.domain.room import Room
from app.domain.scene import LONGEST_ANNOUNCEMENT, LONGEST_TIME, PROGRAMME, Announcement, Scene, Showing, read_showing
from app.domain.screening.reading.blanks import has_words
from app.domain.subject import Subject
from app.queries.rooms import whereabouts
from app.queries.scenes import announced_now, counting_to, has_programme, is_shown, sponsors

NOTHING = "none"
"""The state of an Event that announces nothing, in the log."""
TIME_IS_UP = "its time has come"


def show_scene(
    db: Session,
    event_id: int,
    showing: Showing | None,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    room_id: int | None = None,
) -> Decision | None:
    """Show a scene on every wall of the Event, or of a room; None: whatever the programme says.

    A room's own goes before the Event's. None is given if it is so already. Raises Refused for a scene that would have
    nothing to show.
    """
    event = db.get_one(Event, event_id)
    place = whereabouts(db, event, room_id).place
    if showing is not None:
        _check(db, event, showing, at=at)
    wanted = str(showing) if showing is not None else PROGRAMME
    return None if place.showing == wanted else _show(db, event, place, wanted, by=by, at=at, reason=reason)


def take_back_scene(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    event = db.get_one(Event, decision.event_id)
    place = db.get_one(Room, decision.subject_id) if decision.subject == Subject.ROOM_SCENE else event
    if place.showing != decision.after:
        return False
    _show(db, event, place, decision.before, by=by, at=at, undoes=decision)
    return True


def choose_again(
    db: Session, event: Event, place: Event | Room, showing: Showing, *, by: Actor, at: datetime, undoes: Decision
) -> bool:
    """Choose what the programme showed before. False if something was chosen meanwhile."""
    if place.showing != PROGRAMME:
        return False
    _show(db, event, place, str(showing), by=by, at=at, undoes=undoes)
    return True


def announce(
    db: Session, event_id: int, text: str, *, until: datetime, by: Actor, at: datetime, whole: bool = False
) -> Decision:
    """Announce something on every wall until a time: as a band over any scene, or on the `whole` wall.

    Raises Refused for what has no words or too many, and for a time that is over or too far away.
    """
    event = db.get_one(Event, event_id)
    said = " ".join(text.split())
    if not has_words(said):
        raise Refused("Type what is to be announced.")
    if len(said) > LONGEST_ANNOUNCEMENT:
        raise Refused("An announcement has at most %(letters)d letters.", letters=LONGEST_ANNOUNCEMENT)
    if not at < until <= at + LONGEST_TIME:
        raise Refused("An announcement ends within a day.")
    made = Announcement(event_id=event_id, text=said, whole=whole, until=until, by=by.label, at=at)
    db.add(made)
    db.flush()
    return _announce(db, event, made.id, by=by, at=at, reason=said)


def end_announcement(db: Session, event_id: int, *, by: Actor, at: datetime, reason: str = "") -> Decision | None:
    """Take down what is announced. None if nothing is."""
    event = db.get_one(Event, event_id)
    return _announce(db, event, None, by=by, at=at, reason=reason) if event.announcement_id is not None else None


def take_back_announcement(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """What was announced before is announced again, unless its time is over."""
    event = db.get_one(Event, decision.subject_id)
    if _state(event.announcement_id) != decision.after:
        return False
    before = db.get(Announcement, int(decision.before)) if decision.before != NOTHING else None
    standing = before.id if before is not None and before.until > at else None
    if standing is None and event.announcement_id is None:
        return False
    _announce(db, event, standing, by=by, at=at, undoes=decision)
    return True


def end_what_is_over(db: Session, event_id: int, *, at: datetime) -> None:
    """An announcement that has expired leaves, and a countdown that has ended leads back to the programme."""
    event = db.get_one(Event, event_id)
    announced = announced_now(db, event)
    if announced is not None and announced.until <= at:
        _announce(db, event, None, by=MACHINE, at=at, reason=TIME_IS_UP)
    for place in (event, *db.exec(select(Room).where(Room.event_id == event_id))):
        chosen = read_showing(place.showing)
        if chosen is None or chosen.scene is not Scene.COUNTDOWN:
            continue
        counting = counting_to(db, event, chosen)
        if counting is None or counting.until <= at:
            _show(db, event, place, PROGRAMME, by=MACHINE, at=at, reason=TIME_IS_UP)


def _check(db: Session, event: Event, showing: Showing, *, at: datetime) -> None:
    if showing.scene is Scene.SPOTLIGHT and not is_shown(db, event, showing.post_id):
        raise Refused("Only what is shown can stand in the spotlight: approve it first.")
    if showing.scene is Scene.SPONSORS and not sponsors(db, event):
        raise Refused("There are no sponsors yet: setup takes their names and logos.")
    if showing.scene is Scene.NOW_AND_NEXT and not has_programme(db, event):
        raise Refused("There is no programme yet: setup takes one.")
    if showing.scene is Scene.ANNOUNCEMENT and event.announcement_id is None:
        raise Refused("Nothing is announced.")
    if showing.scene is Scene.COUNTDOWN:
        counting = counting_to(db, event, showing)
        if counting is None or not at < counting.until <= at + LONGEST_TIME:
            raise Refused("A countdown runs to a time within a day.")


def _show(
    db: Session,
    event: Event,
    place: Event | Room,
    wanted: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    subject = Subject.ROOM_SCENE if isinstance(place, Room) else Subject.SCENE
    before = place.showing
    decision = decide(db, event.id, subject, place.id, before, wanted, by=by, at=at, reason=reason, undoes=undoes)
    place.showing = wanted
    publish(db, event.id, Subject.SCENE, event.id, at=at)
    return decision


def _announce(
    db: Session,
    event: Event,
    made: int | None,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    before, after = _state(event.announcement_id), _state(made)
    decision = decide(
        db, event.id, Subject.ANNOUNCEMENT, event.id, before, after, by=by, at=at, reason=reason, undoes=undoes
    )
    event.announcement_id = made
    publish(db, event.id, Subject.ANNOUNCEMENT, event.id, at=at)
    return decision


def _state(announcement_id: int | None) -> str:
    return str(announcement_id) if announcement_id is not None else NOTHING
