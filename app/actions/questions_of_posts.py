"""What a post's verdict means for its question: asked at once, seen or hidden."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish_all
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.rooms import whereabouts


def open_asked_question(db: Session, post: Post, *, at: datetime) -> None:
    """A post that asks the speakers becomes one by being approved; of the Event if it asked between talks."""
    open_asked_questions(db, [post], at=at)


def open_asked_questions(db: Session, posts: Sequence[Post], *, at: datetime) -> None:
    asking = [post for post in posts if post.asks]
    asked = _asked_by(db, asking)
    for post in asking:
        if post.id not in asked:
            _add(db, post, post.talk_id, post.room_id, at=at)


def show_or_hide_question(db: Session, post: Post, *, at: datetime) -> None:
    """A question is seen while its post is; say so to the lists of questions when the post changes."""
    show_or_hide_questions(db, [post], at=at)


def show_or_hide_questions(db: Session, posts: Sequence[Post], *, at: datetime) -> None:
    """Those of several posts of an Event, in their order."""
    asked = _asked_by(db, posts)
    if ids := [asked[post.id] for post in posts if post.id in asked]:
        publish_all(db, posts[0].event_id, Subject.QUESTION, ids, at=at)


def _asked_by(db: Session, posts: Sequence[Post]) -> dict[int, int]:
    """The questions that posts are, by the post."""
    if not posts:
        return {}
    found = select(Question.post_id, Question.id).where(col(Question.post_id).in_([post.id for post in posts]))
    return dict(db.exec(found).all())


def question_of(db: Session, post_id: int) -> Question | None:
    return db.exec(select(Question).where(Question.post_id == post_id)).first()


def new_question(db: Session, post: Post, *, talk_id: int | None, room_id: int | None = None, at: datetime) -> Question:
    """For the Talk that is named if it is the Event's, else for the one that runs: in the room, if there are any."""
    event = db.get_one(Event, post.event_id)
    talk = db.get(Talk, talk_id) if talk_id else None
    if talk is not None and talk.event_id == event.id:
        return _add(db, post, talk.id, talk.room_id, at=at)
    here = whereabouts(db, event, post.room_id or room_id)
    if here.room or not here.rooms:
        return _add(db, post, here.place.current_talk_id, here.room.id if here.room else None, at=at)
    return _add(db, post, here.only_one, None, at=at)


def _add(db: Session, post: Post, talk_id: int | None, room_id: int | None, *, at: datetime) -> Question:
    question = Question(event_id=post.event_id, post_id=post.id, talk_id=talk_id, room_id=room_id, asked_at=at)
    db.add(question)
    db.flush()
    return question
