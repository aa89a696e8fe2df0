"""A person, a phone, an address or everybody is erased. Nothing of them stays but that it happened, and no name."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, or_, select

from app.actions.change_log import publish_all
from app.actions.copies_in_findings import forget_copies
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.log_words import forget_for_whom
from app.actions.post_removal import Removed, remove_authors, remove_pictures, remove_posts
from app.actions.resources import note_links
from app.actions.vote_counts import recount
from app.actions.words_at_a_meet import forget_all_notes, forget_at_meet
from app.actions.words_beside_questions import forget_beside_questions
from app.actions.words_of_a_person import forget_words
from app.actions.words_to_a_series import forget_all_words_to_series, forget_words_to_series
from app.domain.decision import Actor, Decision
from app.domain.digest import DigestMail
from app.domain.erasure import Erased, Erasure, Whom, fresh_salt, mark
from app.domain.event import Event
from app.domain.known_by import Words
from app.domain.post import Author, Post, Repost
from app.domain.question import Question
from app.domain.sentence import counted
from app.domain.subject import Subject
from app.domain.takedown import Takedown
from app.queries.erasures import accounts_called, letters_to, mentioning, phone_of, requests_from, votes_of

NOT_ERASED, ERASED = "kept", "erased"
OF_ITSELF = Actor(label="author")
"""Whoever erases what they sent themselves is nobody that we know."""


def erase_whom(db: Session, event_id: int, whom: Whom, *, by: Actor, at: datetime) -> Erasure:
    """Erase whoever is meant. Raises Refused if there is nothing of them."""
    if whom.everything:
        return erase_everything(db, event_id, by=by, at=at)
    if whom.mail:
        return erase_mail(db, event_id, whom.mail, by=by, at=at)
    if whom.phone:
        return erase_phone(db, event_id, phone_of(db, event_id, whom.phone), by=by, at=at)
    return erase_person(db, event_id, whom.author, by=by, at=at, with_mentions=whom.mentions)


def erase_person(
    db: Session, event_id: int, handle: str, *, by: Actor, at: datetime, with_mentions: bool = False
) -> Erasure:
    """Everything of whoever has that handle: what they posted, what is known of them, what others quote of them.

    `with_mentions`: posts of others that name the handle go too. Who has no account is looked for at the meet by their
    full name. Raises Refused if nobody here is called so.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    authors = accounts_called(db, event_id, handle)
    if not authors:
        return _erase_named(db, event_id, handle, by=by, at=at)
    numbers = [author.id for author in authors]
    posts = db.exec(select(Post).where(col(Post.author_id).in_(numbers))).all()
    words, salt = Words(authors, posts), fresh_salt()
    marks = {mark(salt, author.source, ref) for author in authors for ref in (author.ref, f"@{author.handle}")}
    ids = {post.id for post in posts} | (mentioning(db, event_id, words.handles, numbers) if with_mentions else set())
    removed = _remove(db, event_id, ids, numbers, at=at)
    removed.rows += forget_words(db, event_id, words, at=at) + forget_at_meet(db, event_id, words, at=at)
    removed.rows += forget_copies(db, event_id, [post.text for post in posts], at=at)
    removed.rows += _forget_passing_on(db, event_id, authors)
    event.erasures += 1
    return _register(db, event_id, Erased.PERSON, removed, by=by, at=at, salt=salt, marks=sorted(marks))


def _erase_named(db: Session, event_id: int, name: str, *, by: Actor, at: datetime) -> Erasure:
    """Somebody who has no account here, and is on the list of a meet, in its notes or in the chair's, by full name."""
    words = Words.of_name(name)
    rows = forget_at_meet(db, event_id, words, at=at) + forget_beside_questions(db, event_id, words, at=at)
    if not rows:
        raise Refused("Nobody here is called “%(handle)s”.", handle=name[:80])
    return _register(db, event_id, Erased.PERSON, Removed(rows=rows), by=by, at=at)


def erase_phone(db: Session, event_id: int, device: str, *, by: Actor, at: datetime) -> Erasure:
    """Everything that one phone has sent to an Event, and its votes. Raises Refused if there is nothing."""
    db.get_one(Event, event_id, with_for_update=True)
    posts = db.exec(select(Post).where(Post.event_id == event_id, Post.device == device)).all() if device else ()
    votes = votes_of(db, event_id, device) if device else ()
    to_series = forget_words_to_series(db, event_id, device, at=at) if device else 0
    if not posts and not votes and not to_series:
        raise Refused("Nothing was sent from that phone.")
    numbers = {post.author_id for post in posts}
    texts = [post.text for post in posts]
    counted_down = _take_votes(db, event_id, device, at=at)
    removed = _remove(db, event_id, {post.id for post in posts}, numbers, at=at)
    # What a phone calls itself, and what it says, is its own choice: nothing of others is taken away because of that.
    removed.rows += counted_down + to_series + forget_copies(db, event_id, texts, at=at)
    return _register(db, event_id, Erased.PHONE, removed, by=by, at=at)


def erase_mail(db: Session, event_id: int, address: str, *, by: Actor, at: datetime) -> Erasure:
    """An e-mail address that somebody gave, to be sent a letter or to be answered. Raises Refused if nobody gave it.

    That it is never written to again stays, as a mark that tells nobody the address.
    """
    db.get_one(Event, event_id, with_for_update=True)
    letters, requests = letters_to(db, event_id, address), requests_from(db, event_id, address)
    if not letters and not requests:
        raise Refused("Nobody has given that address here.")
    for letter in letters:
        db.delete(letter)
    for request in requests:
        request.contact = ""
    return _register(db, event_id, Erased.MAIL, Removed(rows=len(letters) + len(requests)), by=by, at=at)


def erase_everything(db: Session, event_id: int, *, by: Actor, at: datetime) -> Erasure:
    """What everybody has said, asked and voted for; the Event, its programme, rules and links stay as they are."""
    event = db.get_one(Event, event_id, with_for_update=True)
    numbers = db.exec(select(Author.id).where(Author.event_id == event_id)).all()
    handles = set(db.exec(select(Author.handle).where(Author.event_id == event_id)))
    ids = set(db.exec(select(Post.id).where(Post.event_id == event_id)))
    removed = _remove(db, event_id, ids, numbers, at=at)
    removed.rows += forget_all_words_to_series(db, event_id, at=at) + forget_all_notes(db, event_id, at=at)
    for table in (Repost, Takedown, DigestMail):
        gone = db.execute(delete(table).where(col(table.event_id) == event_id))
        removed.rows += gone.rowcount  # type: ignore[attr-defined]
    said = update(Decision).where(col(Decision.event_id) == event_id).values(reason="", detail="")
    db.execute(said.execution_options(synchronize_session="fetch"))
    forget_for_whom(db, col(Decision.event_id) == event_id)
    removed.rows += forget_words(db, event_id, Words([], []).called(handles), at=at)
    event.erasures += 1
    return _register(db, event_id, Erased.EVERYTHING, removed, by=by, at=at, salt=fresh_salt())


def _remove(db: Session, event_id: int, ids: Collection[int], authors: Collection[int], *, at: datetime) -> Removed:
    removed = remove_posts(db, event_id, ids, at=at)
    remove_authors(db, event_id, authors, removed, known_too=True)
    remove_pictures(db, removed)
    db.flush()
    note_links(db, event_id, at=at)
    return removed


def _forget_passing_on(db: Session, event_id: int, authors: Sequence[Author]) -> int:
    """That they passed posts of others on: the ref of that names them on some networks."""
    gone = 0
    for author in authors:
        local = author.handle.partition("@")[0]
        near = [f"/users/{local}/", f"/@{local}/"] if local else []
        near += [f"{author.ref}/"] if author.ref else []
        if not near:
            continue
        named = or_(*(col(Repost.ref).icontains(one, autoescape=True) for one in near))
        passed = delete(Repost).where(col(Repost.event_id) == event_id, col(Repost.source) == author.source, named)
        gone += db.execute(passed).rowcount  # type: ignore[attr-defined]
    return gone


def _take_votes(db: Session, event_id: int, device: str, *, at: datetime) -> int:
    """Its wishes count no longer; the lists of questions are told."""
    votes = votes_of(db, event_id, device)
    for vote in votes:
        db.delete(vote)
    db.flush()
    voted = [db.get_one(Question, number) for number in {vote.question_id for vote in votes}]
    asked = sorted({number for one in voted for number in (one.id, one.asked_with) if number})
    for number in asked:
        recount(db, number)
        question = db.get_one(Question, number)
        question.votes_told = question.votes
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
