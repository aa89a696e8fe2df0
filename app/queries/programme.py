"""The programme of an Event, and what hangs on its Talks."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from app.domain.event import Talk
from app.domain.post import Post
from app.domain.programme_file import ProgrammeFile
from app.domain.question import Question


def all_talks(db: Session, event_id: int) -> list[Talk]:
    return list(db.exec(select(Talk).where(Talk.event_id == event_id).order_by(col(Talk.starts_at), col(Talk.id))))


def talks_in_use(db: Session, talk_ids: Collection[int]) -> set[int]:
    """Those of these Talks that questions or posts belong to."""
    asked = db.exec(select(Question.talk_id).where(col(Question.talk_id).in_(talk_ids)).distinct())
    said = db.exec(select(Post.talk_id).where(col(Post.talk_id).in_(talk_ids)).distinct())
    return {talk_id for talk_id in (*asked, *said) if talk_id is not None}


def programme_file(db: Session, event_id: int) -> ProgrammeFile | None:
    """The file that is being looked at, if there is one."""
    file = db.get(ProgrammeFile, event_id)
    return file if file is not None and file.content else None
