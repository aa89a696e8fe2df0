"""The programme of an Event, and what hangs on its Talks."""

from collections.abc import Collection

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.event import Event
from app.domain.post import Post
from app.domain.programme_file import ProgrammeFile
from app.domain.programme_watch import OVER, ProgrammeWatch
from app.domain.question import Question
from app.domain.talk import Talk
from app.queries.rooms import Whereabouts, whereabouts


def talks_in_use(db: Session, talk_ids: Collection[int]) -> set[int]:
    """Those of these Talks that questions or posts belong to."""
    asked = db.exec(select(Question.talk_id).where(col(Question.talk_id).in_(talk_ids)).distinct())
    said = db.exec(select(Post.talk_id).where(col(Post.talk_id).in_(talk_ids)).distinct())
    return {talk_id for talk_id in (*asked, *said) if talk_id is not None}


def programme_file(db: Session, event_id: int) -> ProgrammeFile | None:
    """The file that is being looked at, if there is one."""
    file = db.get(ProgrammeFile, event_id)
    return file if file is not None and file.content else None


def programme_mapping(db: Session, event_id: int) -> dict[str, object]:
    """How the table before was read."""
    file = db.get(ProgrammeFile, event_id)
    return dict(file.mapping) if file is not None else {}


def programme_watch(db: Session, event_id: int) -> ProgrammeWatch | None:
    return db.get(ProgrammeWatch, event_id)


def watched_programmes(db: Session) -> list[ProgrammeWatch]:
    """Those of events that are not over."""
    watches = select(ProgrammeWatch).join(Event, col(Event.id) == ProgrammeWatch.event_id)
    return list(db.exec(watches.where(col(Event.state).not_in(OVER)).order_by(col(ProgrammeWatch.event_id))))


MAX_TALKS = 500
"""So many talks of an event have speakers that screening knows."""


def all_talks(db: Session, event_id: int) -> list[Talk]:
    return list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at), col(Talk.id))))


def speakers(db: Session, event_id: int) -> tuple[str, ...]:
    """As the programme has them, each once."""
    talks = db.exec(select(Talk.speakers).where(Talk.event_id == event_id).order_by(col(Talk.id)).limit(MAX_TALKS))
    return tuple(dict.fromkeys(name for names in talks for name in names))


def own_talks(db: Session, event_id: int, wanted: set[int]) -> dict[int, int | None]:
    """Those of the Talks that are the Event's, with their rooms."""
    if not wanted:
        return {}
    found = select(Talk.id, Talk.room_id).where(Talk.event_id == event_id, col(Talk.id).in_(wanted))
    return dict(db.exec(found).all())


def talk_now(db: Session, event: Event, room_id: int | None = None) -> Talk | None:
    """The Talk that a room is at; of all rooms the one that began last.

    Kept in the room, or the Event, so that a page does not depend on its own clock.
    """
    current = whereabouts(db, event, room_id).place.current_talk_id
    return db.get(Talk, current) if current else None


def talk_next(db: Session, event: Event, room_id: int | None = None) -> Talk | None:
    """The Talk after the current one in the programme of a room; None between talks and at the end."""
    here = whereabouts(db, event, room_id)
    now = db.get(Talk, here.place.current_talk_id) if here.place.current_talk_id else None
    return _after(db, here, now) if now is not None else None


def talk_coming(db: Session, event: Event, room_id: int | None = None) -> Talk | None:
    """The Talk that a room comes to: after the current one, in a break after the last one, before all the first."""
    here = whereabouts(db, event, room_id)
    return _after(db, here, db.get(Talk, here.place.current_talk_id or here.place.last_talk_id or 0))


def _after(db: Session, here: Whereabouts, now: Talk | None) -> Talk | None:
    return db.exec(_following(here, now).limit(1)).first()


def talks_to_come(db: Session, event: Event, limit: int, room_id: int | None = None) -> tuple[Talk, ...]:
    """The Talks after the current one of a room, else after the one that ran last, else the first ones."""
    here = whereabouts(db, event, room_id)
    reached = db.get(Talk, here.place.current_talk_id or here.place.last_talk_id or 0)
    return tuple(db.exec(_following(here, reached).limit(limit)))


def _following(here: Whereabouts, now: Talk | None) -> SelectOfScalar[Talk]:
    follows = select(Talk).where(Talk.event_id == here.event.id)
    if now is not None:
        follows = follows.where(col(Talk.starts_at) >= now.ends_at, Talk.id != now.id)
    if here.room:
        follows = follows.where((col(Talk.room_id) == here.room.id) | col(Talk.room_id).is_(None))
    return follows.order_by(col(Talk.starts_at), col(Talk.id))
