"""The address of a programme is watched; what has changed there is kept to be looked at, or put in place."""

from datetime import datetime

from sqlmodel import Session

from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.programme_file import keep_programme_file
from app.actions.programme_import import import_programme
from app.domain.decision import SETUP, Actor
from app.domain.event import Event
from app.domain.programme_matching import Programme
from app.domain.programme_watch import OVER, ProgrammeWatch
from app.domain.subject import Subject
from app.queries.programme import programme_file

WATCHED, UNWATCHED = "watched", "unwatched"


def watch_programme(
    db: Session, event_id: int, url: str, *, applies_itself: bool, by: Actor = SETUP, at: datetime
) -> ProgrammeWatch:
    """Look at it every ten minutes from now on. Raises Refused for what is no address on the web."""
    url = url.strip()
    if not url.startswith(("https://", "http://")) or len(url) > 2000 or not url.isprintable():
        raise Refused("That is not an address on the web, such as https://example.org/schedule.json.")
    known = db.get(ProgrammeWatch, event_id)
    if known is not None and (known.url, known.applies_itself) == (url, applies_itself):
        return known
    decide(db, event_id, Subject.PROGRAMME, event_id, WATCHED if known else UNWATCHED, WATCHED, by=by, at=at)
    watch: ProgrammeWatch = db.merge(ProgrammeWatch(event_id=event_id, url=url, applies_itself=applies_itself))
    db.flush()
    return watch


def stop_watching(db: Session, event_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    known = db.get(ProgrammeWatch, event_id)
    if known is not None:
        decide(db, event_id, Subject.PROGRAMME, event_id, WATCHED, UNWATCHED, by=by, at=at)
        db.delete(known)


def import_watched(
    db: Session, event_id: int, programme: Programme, *, url: str, mark: str, by: Actor, at: datetime
) -> bool:
    """Put in place what was foreseen. False if nobody wants that any more: other address, looked at first, or over."""
    watch = db.get(ProgrammeWatch, event_id, with_for_update=True)
    if watch is None or watch.url != url or not watch.applies_itself or db.get_one(Event, event_id).state in OVER:
        return False
    import_programme(db, event_id, programme, mark=mark, by=by, at=at)
    return True


def note_watch(db: Session, event_id: int, *, url: str, trouble: str = "", seen: str = "", at: datetime) -> bool:
    """It was looked at. False if it is another address by now, or none."""
    watch = db.get(ProgrammeWatch, event_id, with_for_update=True)
    if watch is None or watch.url != url:
        return False
    watch.looked_at, watch.trouble = at, trouble
    watch.seen = seen or watch.seen
    return True


def keep_what_changed(db: Session, event_id: int, *, url: str, content: bytes, seen: str, at: datetime) -> None:
    """What stands there now waits in setup to be looked at; a file that somebody looks at already is left to them.

    Nothing waits for an event that is over: it was closed while the address was asked.
    """
    if db.get_one(Event, event_id).state in OVER:
        return
    waiting = programme_file(db, event_id)
    if waiting is not None and waiting.name != url[:200]:
        note_watch(db, event_id, url=url, at=at)
    elif note_watch(db, event_id, url=url, seen=seen, at=at):
        keep_programme_file(db, event_id, name=url, content=content, at=at)
