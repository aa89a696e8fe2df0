"""The desk is watched: an alarm is raised when nobody is there or something waits too long, and goes by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.red_buttons import set_intake, set_wall_state
from app.domain.alarms import NOBODY, Alarms, with_failures, wrong
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event, WallState
from app.domain.policy import Intake
from app.domain.post import Post
from app.domain.publication import Publication
from app.domain.seats import PRESENT, Seat
from app.domain.sentence import Moment, Sentence, Written
from app.domain.subject import Subject
from app.domain.verdict import Verdict

WATCH = Actor(label="watch", machine=True)
QUIET = "quiet"
DELIVERED = "delivered"
LOOK_BACK = timedelta(hours=12)
"""What has waited for longer belongs to a day that is over; nobody is called for it."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm that this very call raised: whoever gets it sends the messages."""

    event_id: int
    slug: str
    name: str
    kind: str
    waiting: int
    waiting_since: datetime
    alarms: Alarms
    language: str = "en"
    zone: str = "UTC"


def watch(db: Session, event_id: int, *, at: datetime) -> Raised | None:
    """Raise or end an Event's alarm. Of several processes one gets the alarm: the row decides who was first."""
    event = db.get_one(Event, event_id)
    alarms = Alarms.from_json(event.alarms)
    waiting, since = _waiting(db, event_id, at)
    present = _present(db, event_id, at)
    left_at = None if present else _left_at(db, event_id)
    now = wrong(alarms, waiting_since=since, present=present, left_at=left_at, at=at)
    before = event.alarm
    if now == before or not _first(db, event, now, at=at):
        return None
    db.refresh(event)
    decide(db, event_id, Subject.ALARM, event_id, before or QUIET, now or QUIET, by=WATCH, at=at)
    if now and not before:
        _fall_back(db, event_id, alarms.fallback, reason=f"alarm: {now}", at=at)
    publish(db, event_id, Subject.EVENT, event_id, at=at)
    # Somebody who comes back to a long queue needs no further call.
    if since is None or not now or before == NOBODY:
        return None
    return Raised(event_id, event.slug, event.name, now, waiting, since, alarms, event.language, event.zone)


def change_alarms(db: Session, event_id: int, alarms: Alarms, *, by: Actor = SETUP, at: datetime) -> Event:
    """From now on this is when and how somebody is called. Raises BadAlarms."""
    event = db.get_one(Event, event_id)
    was, now = _arranged(Alarms.from_json(event.alarms)), _arranged(alarms.checked())
    event.alarms = alarms.as_json()
    changed = tuple(what for what, value in now.items() if was[what] != value)
    if changed:
        said = Sentence("Changed: %(what)s", what=changed)
        decide(db, event_id, Subject.CALLING, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
        publish(db, event_id, Subject.EVENT, event_id, at=at)
    return event


def _arranged(alarms: Alarms) -> dict[Sentence, object]:
    """What there is to arrange; an address may open something, so that it changed is all that is ever said of it."""
    return {
        Sentence("after which time"): (alarms.wait_seconds, alarms.nobody_seconds),
        Sentence("who is called"): (alarms.ntfy, alarms.webhook, alarms.email),
        Sentence("what happens by itself"): alarms.fallback,
    }


def note_calls(db: Session, event_id: int, results: Mapping[str, str], *, at: datetime) -> None:
    """Keep which ways of calling people failed, for setup. No screen shows it, so nothing is announced."""
    event = db.get_one(Event, event_id)
    failed = {
        way: Sentence("%(why)s (%(at)s)", why=said, at=Moment(at, Written.DAY))
        for way, said in results.items()
        if said != DELIVERED
    }
    event.alarms = with_failures(event.alarms, failed)


def _waiting(db: Session, event_id: int, at: datetime) -> tuple[int, datetime | None]:
    """How many posts wait, and since when the first of them does."""
    held = (Post.event_id == event_id, Post.verdict == Verdict.HELD, col(Post.received_at) > at - LOOK_BACK)
    count = db.exec(select(func.count()).select_from(Post).where(*held)).one()
    first = select(Post.received_at).where(*held).order_by(col(Post.received_at)).limit(1)
    return count, db.exec(first).first()


def _present(db: Session, event_id: int, at: datetime) -> bool:
    seated = select(Seat.id).where(Seat.event_id == event_id, col(Seat.seen_at) > at - PRESENT).limit(1)
    return db.exec(seated).first() is not None


def _left_at(db: Session, event_id: int) -> datetime | None:
    """When the last one left. A seat that went silent is soon cleared away; the log keeps when."""
    silent = db.exec(select(func.max(Seat.seen_at)).where(Seat.event_id == event_id)).one()
    line = (
        select(Publication.at)
        .where(Publication.event_id == event_id, Publication.subject == Subject.SEAT)
        .order_by(col(Publication.cursor).desc())
        .limit(1)
    )
    return max((at for at in (silent, db.exec(line).first()) if at is not None), default=None)


def _first(db: Session, event: Event, now: str, *, at: datetime) -> bool:
    changed = db.exec(
        update(Event)
        .where(col(Event.id) == event.id, col(Event.alarm) == event.alarm)
        .values(alarm=now, alarm_since=at if now else None)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount == 1


def _fall_back(db: Session, event_id: int, fallback: str, *, reason: str, at: datetime) -> None:
    """It stays until a person takes it back: who comes to the desk sees it, with the button that ends it."""
    if fallback in {"only_trusted", "hold_all"}:
        set_intake(db, event_id, Intake(fallback), by=WATCH, at=at, reason=reason)
    elif fallback in {"pause", "blank"}:
        state = WallState.PAUSED if fallback == "pause" else WallState.BLANK
        set_wall_state(db, event_id, state, by=WATCH, at=at, reason=reason)
