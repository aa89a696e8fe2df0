"""The programme of an Event, and what hangs on its Talks."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.post import Post
from app.domain.programme_file import ProgrammeFile
from app.domain.question import Question
from app.domain.talk import Talk


def talks_in_use(db: Session, talk_ids: Collection[int]) -> set[int]:
    """Those of these Talks that questions or posts belong to."""
    asked = db.exec(select(Question.talk_id).where(col(Question.talk_id).in_(talk_ids)).distinct())
    said = db.exec(select(Post.talk_id).where(col(Post.talk_id).in_(talk_ids)).distinct())
    return {talk_id for talk_id in (*asked, *said) if talk_id is not None}


def programme_file(db: Session, event_id: int) -> ProgrammeFile | None:
    """The file that is being looked at, if there is one."""
    file = db.get(ProgrammeFile, event_id)
    return file if file is not None and file.content else None


MAX_TALKS = 500
"""So many talks of an event have speakers that screening knows."""


def all_talks(db: Session, event_id: int) -> list[Talk]:
    return list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at), col(Talk.id))))


def speakers(db: Session, event_id: int) -> tuple[str, ...]:
    """As the programme has them, each once."""
    talks = db.exec(select(Talk.speakers).where(Talk.event_id == event_id).order_by(col(Talk.id)).limit(MAX_TALKS))
    return tuple(dict.fromkeys(name for names in talks for name in names))


def own_talks(db: Session, event_id: int, wanted: set[int]) -> set[int]:
    """Those of the Talks that are the Event's."""
    if not wanted:
        return set()
    return set(db.exec(select(Talk.id).where(Talk.event_id == event_id, col(Talk.id).in_(wanted))))


def talk_now(db: Session, event: Event) -> Talk | None:
    """The Talk that the Event is at. Kept in the Event, so that a page does not depend on its own clock."""
    return db.get(Talk, event.current_talk_id) if event.current_talk_id else None


def talk_next(db: Session, event: Event) -> Talk | None:
    """The Talk after the current one in the programme; None between talks and at the end."""
    now = talk_now(db, event)
    if now is None:
        return None
    return db.exec(
        select(Talk)
        .where(Talk.event_id == event.id, col(Talk.starts_at) >= now.ends_at)
        .order_by(col(Talk.starts_at), col(Talk.id))
        .limit(1)
    ).first()
