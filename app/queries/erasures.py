"""Whom and what an erasure would concern, and which ones there were."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from app.domain.decision import Decision
from app.domain.digest import DigestMail, read_address, same_mailbox
from app.domain.erasure import Erasure, Whom, mark
from app.domain.event import Event
from app.domain.incoming import Byline
from app.domain.known_by import Words
from app.domain.post import Author, Post
from app.domain.question import Question, Vote
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.takedown import Takedown
from app.queries.accounts import account_of
from app.queries.named_at_meet import named_at_meet
from app.queries.named_beside_questions import named_beside_questions
from app.queries.surveys import said_to_series

ACCOUNTS_LISTED = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of somebody: nothing is changed by looking."""

    authors: tuple[Author, ...] = ()
    device: str = ""
    posts: int = 0
    questions: int = 0
    votes: int = 0
    mentioned: int = 0
    """Posts of others that name the handle: these are others' words, and stay."""
    others: int = 0
    """What was said to a series; letters that were asked for, requests with that address; what names them at a meet."""

    @property
    def is_anything(self) -> bool:
        return bool(self.authors or self.posts or self.votes or self.others)


def accounts_called(db: Session, event_id: int, handle: str) -> list[Author]:
    """Accounts of networks that bear a handle; if none does, those that bore it when they posted."""
    wanted = handle.strip().removeprefix("@").lower()
    if not wanted:
        return []
    of_networks = (Author.event_id == event_id, Author.source != FLOOR.key)
    now = select(Author).where(*of_networks, func.lower(col(Author.handle)) == wanted).order_by(col(Author.id))
    if found := list(db.exec(now)):
        return found
    signed = select(Post.author_id, Post.byline).where(Post.event_id == event_id, Post.source != FLOOR.key)
    before = {author_id for author_id, byline in db.exec(signed) if _bore(byline, wanted)}
    return list(db.exec(select(Author).where(*of_networks, col(Author.id).in_(before)).order_by(col(Author.id))))


def _bore(byline: object, wanted: str) -> bool:
    while isinstance(byline, dict):
        if str(byline.get("handle", "")).lower() == wanted:
            return True
        byline = byline.get("before")
    return False


def post_of_link(link: str) -> int | None:
    """The number of a post in its address (`…#post-15`), or by itself."""
    found = _OF_A_POST.search(link.strip())
    return int(found[1] or found[2]) if found else None


_OF_A_POST = re.compile(r"^(?:/posts/)?(\d{1,9})$|^(?:(?:https?://[^/?#]+)?/e/[^?#]+(?:\?[^#]*)?)?#post-(\d{1,9})$")
"""Of ours: what looks alike on another site means no post here."""


def phone_of(db: Session, event_id: int, link: str) -> str:
    """The phone that a post was sent from, by the post's address or number; '' if it came from none."""
    number = post_of_link(link)
    if number is None:
        return ""
    device = select(Post.device).where(Post.event_id == event_id, Post.id == number)
    return db.exec(device).first() or ""


def found_of(db: Session, event_id: int, whom: Whom) -> Found:
    """What there is of whoever is meant."""
    if whom.everything:
        return found_of_all(db, event_id)
    if whom.phone:
        return found_of_phone(db, event_id, phone_of(db, event_id, whom.phone))
    if whom.mail:
        return Found(others=len(letters_to(db, event_id, whom.mail)) + len(requests_from(db, event_id, whom.mail)))
    return found_of_person(db, event_id, whom.author)


def found_of_person(db: Session, event_id: int, handle: str) -> Found:
    authors = accounts_called(db, event_id, handle)
    if not authors:
        words = Words.of_name(handle)
        return Found(others=named_at_meet(db, event_id, words) + named_beside_questions(db, event_id, words))
    ids = [author.id for author in authors]
    handles = {author.handle for author in authors if author.handle}
    theirs = col(Post.author_id).in_(ids)
    mentioned = len(mentioning(db, event_id, handles, ids))
    return Found(tuple(authors), "", _count(db, event_id, theirs), _asked(db, event_id, theirs), 0, mentioned)


def mentioning(db: Session, event_id: int, handles: Collection[str], by_others_than: Collection[int]) -> set[int]:
    """Posts of others that name one of these handles, whole and in any letter case."""
    if not handles:
        return set()
    near = or_(*(col(Post.text).icontains(one, autoescape=True) for one in sorted(handles)))
    rows = db.exec(
        select(Post.id, Post.text).where(Post.event_id == event_id, near, col(Post.author_id).not_in(by_others_than))
    )
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(handles)))})(?!\w)", re.IGNORECASE)
    return {number for number, text in rows if named.search(text)}


def found_of_phone(db: Session, event_id: int, device: str) -> Found:
    if not device:
        return Found()
    sent = col(Post.device) == device
    counted = _count(db, event_id, sent), _asked(db, event_id, sent), len(votes_of(db, event_id, device))
    return Found((), device, *counted, others=said_to_series(db, event_id, device))


def found_of_all(db: Session, event_id: int) -> Found:
    everything = col(Post.event_id) == event_id
    votes = select(func.count()).select_from(Vote).join(Question, col(Question.id) == Vote.question_id)
    counted = db.exec(votes.where(Question.event_id == event_id)).one()
    authors = db.exec(select(Author).where(Author.event_id == event_id).limit(ACCOUNTS_LISTED)).all()
    return Found(tuple(authors), "", _count(db, event_id, everything), _asked(db, event_id, everything), counted)


def votes_of(db: Session, event_id: int, device: str) -> Sequence[Vote]:
    """What a phone has voted for in an Event, votes that it took back included."""
    own = select(Vote).join(Question, col(Question.id) == Vote.question_id)
    return db.exec(own.where(Question.event_id == event_id, Vote.device == device).order_by(col(Vote.id))).all()


def letters_to(db: Session, event_id: int, address: str) -> Sequence[DigestMail]:
    """What an address has asked to be sent, in any letter case."""
    asked = select(DigestMail).where(DigestMail.event_id == event_id, DigestMail.address != "")
    return [one for one in db.exec(asked) if same_mailbox(one.address) == same_mailbox(address)]


def requests_from(db: Session, event_id: int, address: str) -> Sequence[Takedown]:
    """Requests that give an address to be answered at: the whole address, and no other one that ends like it."""
    if not read_address(address):
        return []
    whole = re.compile(rf"(?<![\w.+%-]){re.escape(same_mailbox(address))}(?![\w-]|\.\w)")
    reached = select(Takedown).where(Takedown.event_id == event_id, Takedown.contact != "")
    return [one for one in db.exec(reached) if whole.search(one.contact.casefold())]


def _count(db: Session, event_id: int, *which: ColumnElement[bool]) -> int:
    return db.exec(select(func.count()).select_from(Post).where(Post.event_id == event_id, *which)).one()


def _asked(db: Session, event_id: int, which: ColumnElement[bool]) -> int:
    asked = select(func.count()).select_from(Question).join(Post, col(Post.id) == Question.post_id)
    return db.exec(asked.where(Question.event_id == event_id, which)).one()


def erasures(db: Session, event_id: int, limit: int = 100) -> list[Erasure]:
    """The register, newest first."""
    found = select(Erasure).where(Erasure.event_id == event_id).order_by(col(Erasure.id).desc())
    return list(db.exec(found.limit(limit)))


def unswept(db: Session) -> list[int]:
    """Those of which something may still lie in the database file."""
    return list(db.exec(select(Erasure.id).where(col(Erasure.swept_at).is_(None)).order_by(col(Erasure.id))))


@dataclass(frozen=True, slots=True)
class Before:
    """Whose earlier posts were erased from an Event."""

    rows: tuple[Erasure, ...] = ()

    def holds(self, source: str, byline: Byline, posted_at: datetime) -> bool:
        refs = (account_of(source, byline)[1], f"@{byline.handle}")
        return any(
            posted_at <= row.at and any(mark(row.salt, source, ref) in row.marks for ref in refs) for row in self.rows
        )


def erased_before(db: Session, event: Event) -> Before:
    """Costs nothing where nobody of a network was ever erased."""
    if not event.erasures:
        return Before()
    found: Iterable[Erasure] = db.exec(select(Erasure).where(Erasure.event_id == event.id, Erasure.salt != ""))
    return Before(tuple(found))


def was_erased(db: Session, decision: Decision) -> bool:
    """Whether what a decision was about, a post or its author, is no more."""
    if decision.subject == Subject.AUTHOR:
        return db.get(Author, decision.subject_id) is None
    about_posts = {
        Subject.POST, Subject.AGREEMENT, Subject.DELAY, Subject.REVEAL, Subject.NAME, Subject.ANSWER, Subject.STAR,
        Subject.SUGGESTION,
    }  # fmt: skip
    about_questions = {
        Subject.QUESTION, Subject.VOTES, Subject.PLACE, Subject.MERGE, Subject.REPLY, Subject.MARK,
    }  # fmt: skip
    if decision.subject in about_questions:
        return db.get(Question, decision.subject_id) is None
    return decision.subject in about_posts and db.get(Post, decision.subject_id) is None
