"""Role links go out by e-mail: each person gets one of their own, once, and setup is told what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.actions.links import give_link
from app.domain.access import Access, Role
from app.domain.decision import SETUP, Actor
from app.domain.event import Event
from app.domain.mailed_link import MailedLink, MailState, Person
from app.domain.sentence import within
from app.domain.subject import Subject
from app.queries.mailed_links import how_many_wait

MOST_WAITING = 300
"""Of all events together: more would be sent hours later, and who is waiting would make others."""
MAIL_LEASE = timedelta(minutes=2)
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
"""Before each further try while the mail server is away."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A person with the token that their link gets; the same `nonce` makes the same token again."""

    person: Person
    token: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent now, but for the link's token."""

    id: int
    event_id: int
    slug: str
    event: str
    language: str
    zone: str
    name: str
    role: Role
    address: str
    nonce: str


def mail_links(db: Session, event_id: int, people: Sequence[Invited], *, by: Actor = SETUP, at: datetime) -> int:
    """Make a link for each and put it in the queue; gives how many are new. What comes twice is sent once.

    Raises Refused where too many wait already, or a link of the same form was revoked meanwhile.
    """
    db.get_one(Event, event_id, with_for_update=True)
    new = 0
    for invited in people:
        person = invited.person
        link = give_link(db, event_id, person.role, at=at, label=person.name, token=invited.token, by=by)
        if db.exec(select(MailedLink.id).where(MailedLink.access_id == link.access.id)).first() is None:
            address, nonce = person.address, invited.nonce
            db.add(MailedLink(event_id=event_id, access_id=link.access.id, address=address, nonce=nonce, changed_at=at))
            db.flush()
            new += 1
    if new and how_many_wait(db) > MOST_WAITING:
        raise Refused("Many e-mails wait to be sent already. Try again when they are gone.")
    return new


def mail_again(db: Session, event_id: int, mailed_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    """Put one that was refused back into the queue. One that was sent stays sent."""
    taken = db.exec(
        update(MailedLink)
        .where(
            col(MailedLink.id) == mailed_id,
            col(MailedLink.event_id) == event_id,
            col(MailedLink.state) == MailState.REFUSED,
        )
        .values(state=MailState.WAITING, detail="", tries=0, next_try_at=None, changed_at=at)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount:
        mailed = db.get_one(MailedLink, mailed_id)
        label = db.get_one(Access, mailed.access_id).label
        refused = MailState.REFUSED
        decide(db, event_id, Subject.ACCESS, mailed.access_id, refused, "mailed_again", by=by, at=at, detail=label)
        _tell(db, mailed, at=at)


def take_letter(db: Session, mailed_id: int, *, at: datetime) -> Letter | None:
    """One that is due, taken for two minutes; None if another process has it, or its link does not hold any more."""
    due = or_(col(MailedLink.next_try_at).is_(None), col(MailedLink.next_try_at) <= at)
    taken = db.exec(
        update(MailedLink)
        .where(col(MailedLink.id) == mailed_id, col(MailedLink.state) == MailState.WAITING, due)
        .values(next_try_at=at + MAIL_LEASE)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        return None
    mailed = db.get_one(MailedLink, mailed_id, populate_existing=True)
    access, event = db.get_one(Access, mailed.access_id), db.get_one(Event, mailed.event_id)
    if access.revoked_at is not None:
        db.delete(mailed)
        return None
    said = (event.slug, event.name, event.language, event.zone, access.label, access.role)
    return Letter(mailed.id, event.id, *said, mailed.address, mailed.nonce)


def note_mailed(db: Session, mailed_id: int, *, at: datetime) -> None:
    """It was taken by the mail server. From now on nobody can make its token again."""
    if (mailed := db.get(MailedLink, mailed_id)) is not None:
        mailed.state, mailed.detail, mailed.nonce, mailed.next_try_at, mailed.changed_at = (
            MailState.SENT,
            "",
            "",
            None,
            at,
        )
        _tell(db, mailed, at=at)


def note_unmailed(db: Session, mailed_id: int, why: str, *, for_good: bool, at: datetime) -> None:
    """It was not taken: again after a pause, unless the address itself is refused or it was tried often."""
    if (mailed := db.get(MailedLink, mailed_id)) is None:
        return
    mailed.tries += 1
    mailed.detail, mailed.changed_at, mailed.next_try_at = within(why, 400), at, None
    if for_good or mailed.tries > len(PAUSES):
        mailed.state = MailState.REFUSED
    else:
        mailed.next_try_at = at + PAUSES[mailed.tries - 1]
    _tell(db, mailed, at=at)


def _tell(db: Session, mailed: MailedLink, *, at: datetime) -> None:
    publish(db, mailed.event_id, Subject.ACCESS, mailed.access_id, at=at)
