"""A person, a phone or everybody is erased from an Event. Nothing of them stays but that it happened, and no name."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.actions.change_log import publish_all
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.post_removal import Removed, remove_authors, remove_pictures, remove_posts
from app.actions.words_of_a_person import Words, forget_words
from app.domain.decision import Actor, Decision
from app.domain.erasure import Erased, Erasure, Whom, fresh_salt, mark
from app.domain.event import Event
from app.domain.post import Author, Post, Repost
from app.domain.question import Question
from app.domain.sentence import counted
from app.domain.subject import Subject
from app.domain.takedown import Takedown
from app.queries.erasures import accounts_called, mentioning, phone_of, votes_of

NOT_ERASED, ERASED = "kept", "erased"
OF_ITSELF = Actor(label="author")
"""Whoever erases what they sent themselves is nobody that we know."""


def erase_whom(db: Session, event_id: int, whom: Whom, *, by: Actor, at: datetime) -> Erasure:
    """Erase whoever is meant. Raises Refused if there is nothing of them."""
    if whom.everything:
        return erase_everything(db, event_id, by=by, at=at)
    if whom.phone:
        return erase_phone(db, event_id, phone_of(db, event_id, whom.phone), by=by, at=at)
    return erase_person(db, event_id, whom.author, by=by, at=at, with_mentions=whom.mentions)


def erase_person(
    db: Session, event_id: int, handle: str, *, by: Actor, at: datetime, with_mentions: bool = False
) -> Erasure:
    """Everything of whoever has that handle: what they posted, what is known of them, what others quote of them.

    `with_mentions`: posts of others that name the handle go too. Raises Refused if nobody here is called so.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    authors = accounts_called(db, event_id, handle)
    if not authors:
        raise Refused("Nobody here is called “%(handle)s”.", handle=handle[:80])
    numbers = [author.id for author in authors]
    posts = db.exec(select(Post).where(col(Post.author_id).in_(numbers))).all()
    words, salt = Words(authors, posts), fresh_salt()
    marks = {mark(salt, author.source, ref) for author in authors for ref in (author.ref, f"@{author.handle}")}
    ids = {post.id for post in posts} | (mentioning(db, event_id, words.handles, numbers) if with_mentions else set())
    removed = _remove(db, event_id, ids, numbers, at=at)
    removed.rows += forget_words(db, event_id, words, at=at)
    event.erasures += 1
    return _register(db, event_id, Erased.PERSON, removed, by=by, at=at, salt=salt, marks=sorted(marks))


def erase_phone(db: Session, event_id: int, device: str, *, by: Actor, at: datetime) -> Erasure:
    """Everything that one phone has sent to an Event, and its votes. Raises Refused if there is nothing."""
    db.get_one(Event, event_id, with_for_update=True)
    posts = db.exec(select(Post).where(Post.event_id == event_id, Post.device == device)).all() if device else ()
    votes = votes_of(db, event_id, device) if device else ()
    if not posts and not votes:
        raise Refused("Nothing was sent from that phone.")
    numbers = {post.author_id for post in posts}
    authors = db.exec(select(Author).where(col(Author.id).in_(numbers))).all()
    words = Words(authors, posts)
    counted_down = _take_votes(db, event_id, device, at=at)
    removed = _remove(db, event_id, {post.id for post in posts}, numbers, at=at)
    removed.rows += counted_down + forget_words(db, event_id, words, at=at)
    return _register(db, event_id, Erased.PHONE, removed, by=by, at=at)


def erase_everything(db: Session, event_id: int, *, by: Actor, at: datetime) -> Erasure:
    """What everybody has said, asked and voted for; the Event, its programme, rules and links stay as they are."""
    event = db.get_one(Event, event_id, with_for_update=True)
    numbers = db.exec(select(Author.id).where(Author.event_id == event_id)).all()
    handles = set(db.exec(select(Author.handle).where(Author.event_id == event_id)))
    ids = set(db.exec(select(Post.id).where(Post.event_id == event_id)))
    removed = _remove(db, event_id, ids, numbers, at=at)
    for table in (Repost, Takedown):
        gone = db.execute(delete(table).where(col(table.event_id) == event_id))
        removed.rows += gone.rowcount  # type: ignore[attr-defined]
    said = update(Decision).where(col(Decision.event_id) == event_id).values(reason="", detail="")
    db.execute(said.execution_options(synchronize_session="fetch"))
    removed.rows += forget_words(db, event_id, Words([], []).called(handles), at=at)
    event.erasures += 1
    return _register(db, event_id, Erased.EVERYTHING, removed, by=by, at=at, salt=fresh_salt())


def _remove(db: Session, event_id: int, ids: Collection[int], authors: Collection[int], *, at: datetime) -> Removed:
    removed = remove_posts(db, event_id, ids, at=at)
    remove_authors(db, event_id, authors, removed, known_too=True)
    remove_pictures(db, removed)
    return removed


def _take_votes(db: Session, event_id: int, device: str, *, at: datetime) -> int:
    """Its wishes count no longer; the lists of questions are told."""
    votes = votes_of(db, event_id, device)
    asked = sorted({vote.question_id for vote in votes})
    for vote in votes:
        counts = vote.left_out_by is None and not vote.taken_back
        question = db.get_one(Question, vote.question_id)
        question.votes -= int(counts)
        question.hasty -= int(counts and vote.hasty)
        question.votes_told = question.votes
        db.delete(vote)
    if asked:
        publish_all(db, event_id, Subject.QUESTION, asked, at=at)
    return len(votes)


def _register(
    db: Session,
    event_id: int,
    what: Erased,
    removed: Removed,
    *,
    by: Actor,
    at: datetime,
    salt: str = "",
    marks: Sequence[str] = (),
) -> Erasure:
    """That it happened, when, by whom and how much: in the register, and in the log of decisions."""
    made = Erasure(
        event_id=event_id,
        what=what,
        at=at,
        by=by.label,
        access_id=by.access_id,
        posts=removed.posts,
        rows=removed.rows,
        salt=salt,
        marks=list(marks),
    )
    db.add(made)
    db.flush()
    said = counted("%(num)d row is gone, %(posts)d of them posts", "%(num)d rows are gone, %(posts)d of them posts",
                   removed.rows, posts=removed.posts)  # fmt: skip
    decide(db, event_id, Subject.ERASURE, made.id, NOT_ERASED, ERASED, by=by, at=at, detail=said)
    return made


def note_swept(db: Session, erasure_ids: Collection[int], *, at: datetime) -> None:
    """No byte of these is left in the database file either."""
    db.execute(update(Erasure).where(col(Erasure.id).in_(list(erasure_ids))).values(swept_at=at))
