"""What a post's verdict means for its question: asked at once, seen or hidden."""

from datetime import datetime

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question
from app.domain.subject import Subject
from app.domain.talk import Talk


def open_asked_question(db: Session, post: Post, *, at: datetime) -> None:
    """A post that asks the speakers becomes one by being approved; of the Event if it asked between talks."""
    if post.asks and question_of(db, post.id) is None:
        _add(db, post, post.talk_id, at=at)


def show_or_hide_question(db: Session, post: Post, *, at: datetime) -> None:
    """A question is seen while its post is; say so to the lists of questions when the post changes."""
    question = question_of(db, post.id)
    if question is not None:
        publish(db, question.event_id, Subject.QUESTION, question.id, at=at)


def question_of(db: Session, post_id: int) -> Question | None:
    return db.exec(select(Question).where(Question.post_id == post_id)).first()


def new_question(db: Session, post: Post, *, talk_id: int | None, at: datetime) -> Question:
    """For the Talk that is named if it is the Event's, otherwise for the one that runs."""
    event = db.get_one(Event, post.event_id)
    talk = db.get(Talk, talk_id) if talk_id else None
    ours = talk is not None and talk.event_id == event.id
    return _add(db, post, talk_id if ours else event.current_talk_id, at=at)


def _add(db: Session, post: Post, talk_id: int | None, *, at: datetime) -> Question:
    question = Question(event_id=post.event_id, post_id=post.id, talk_id=talk_id, asked_at=at)
    db.add(question)
    db.flush()
    return question
