"""The programme runs the walls: by itself, in the log, and taken back like anything else."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.current_talk import move_programme_on
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.questions import PROGRAMME
from app.actions.scenes import choose_again
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor, Decision
from app.domain.event import Event
from app.domain.room import Room
from app.domain.scene import Showing, read_showing
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.programme_scenes import dues

MOST_MINUTES = 60


def run_walls(db: Session, event_id: int, *, at: datetime) -> None:
    """Make due in each room what the programme has there at `at`. Announces only a change."""
    event = db.get_one(Event, event_id)
    if not event.runs_walls:
        return
    move_programme_on(db, event_id, at=at)
    changed = [(place, due) for place, due in dues(db, event, at) if place.due != due]
    for place, due in changed:
        room_id = place.id if isinstance(place, Room) else 0
        decide(db, event_id, Subject.DUE, room_id, place.due, due, by=PROGRAMME, at=at)
        place.due = due
    if changed:
        publish(db, event_id, Subject.SCENE, event_id, at=at)


def take_back_due(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """What the programme has brought leaves: what stood before is chosen by hand, until somebody says otherwise."""
    event = db.get_one(Event, decision.event_id)
    place = db.get_one(Room, decision.subject_id) if decision.subject_id else event
    if place.due != decision.after:
        return False
    return choose_again(db, event, place, read_showing(decision.before) or Showing(), by=by, at=at, undoes=decision)


def let_programme_run(
    db: Session,
    event_id: int,
    *,
    runs: bool,
    quiet_talks: bool,
    question_minutes: int,
    by: Actor = SETUP,
    at: datetime,
) -> Event:
    """Whether the programme runs the walls, and how. Raises Refused for more minutes than a talk has."""
    if not 0 <= question_minutes <= MOST_MINUTES:
        raise Refused("Between 0 and %(most)d minutes.", most=MOST_MINUTES)
    event = db.get_one(Event, event_id)
    if (runs, quiet_talks, question_minutes) == (event.runs_walls, event.quiet_talks, event.question_minutes):
        return event
    event.runs_walls, event.quiet_talks, event.question_minutes = runs, quiet_talks, question_minutes
    said = Sentence("Changed: %(what)s", what=(Sentence("whether and how the programme runs the walls"),))
    decide(db, event_id, Subject.DESCRIPTION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.SCENE, event_id, at=at)
    run_walls(db, event_id, at=at)
    return event
