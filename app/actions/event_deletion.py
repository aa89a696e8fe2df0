"""An Event is deleted: every row that is of it, and the pictures that nothing else refers to."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table, delete
from sqlmodel import Session, col, select

from app.actions.change_log import ring
from app.actions.events import Refused
from app.actions.reading_cost import keep_todays_sums
from app.actions.series import forget_series
from app.domain.event import Event, EventState
from app.domain.post import Author, Picture, Post
from app.domain.question import Question, Vote
from app.domain.tables import metadata
from app.queries.pictures import pictures_named, pictures_referred_to
from app.queries.series import editions_of_pattern, series_by_pattern


def delete_event(db: Session, event_id: int, *, at: datetime) -> None:
    """Remove an Event for good. Raises Refused unless it is closed: its screens would show what is no more."""
    event = db.get_one(Event, event_id, with_for_update=True)
    if event.state not in {EventState.CLOSED, EventState.ARCHIVED}:
        raise Refused("Close the event first.")
    if (series := series_by_pattern(db, event_id)) is not None:
        forget_series(db, series, editions_of_pattern(db, event_id))
    pictures = set(pictures_named(db, col(Post.event_id) == event_id, col(Author.event_id) == event_id))
    own_questions = select(Question.id).where(Question.event_id == event_id)
    keep_todays_sums(db, event_id, at=at)
    db.execute(delete(Vote).where(col(Vote.question_id).in_(own_questions)))
    for table in _of_events():
        db.execute(table.delete().where(table.c.event_id == event_id))
    db.delete(event)
    db.flush()
    ring(db, event_id)
    gone = list(pictures - pictures_referred_to(db))
    for start in range(0, len(gone), 500):
        db.execute(delete(Picture).where(col(Picture.key).in_(gone[start : start + 500])))


def _of_events() -> Iterator[Table]:
    """Every table with an event's rows, those first that point at others."""
    yield from (table for table in reversed(metadata.sorted_tables) if "event_id" in table.c)
