"""What somebody missed is sent to them once: asked for, confirmed, sent, and the address forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from app.actions.events import Refused
from app.domain.digest import DigestMail, DigestMoment, DigestState, UnwantedMail, due_at
from app.domain.event import Event
from app.queries.digests import OVER

DIGEST_LEASE = timedelta(minutes=2)
DIGEST_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""Before each further try while the mail server is away; a letter that was wanted goes on with the last …"""
MOST_TRIES_TO_TELL = 50
"""… for about two days."""
UNCONFIRMED = timedelta(days=2)
"""So long a letter that asks waits for its answer."""
MOST_ASKING = 2_000
"""Of all events together: nobody makes this server write to the world."""


@dataclass(frozen=True, slots=True)
class DigestLetter:
    """A letter that is to be sent now: the one that asks, or the one that tells."""

    id: int
    event: Event
    address: str
    nonce: str
    moment: DigestMoment
    asks: bool


def ask_for_digest(
    db: Session, event_id: int, *, address: str, mark: str, nonce: str, moment: DigestMoment, at: datetime
) -> None:
    """Somebody has typed an address. Whoever never wants to hear from us does not, and nobody is told about it.

    Who has asked already is not written to again; another moment counts if they have not confirmed the first.
    Raises Refused while too many wait for an answer.
    """
    event = db.get_one(Event, event_id, with_for_update=True)
    if db.get(UnwantedMail, mark) is not None:
        return
    known = db.exec(select(DigestMail).where(DigestMail.event_id == event.id, DigestMail.address_mark == mark)).first()
    if known is not None and known.state is not DigestState.UNANSWERED:
        if known.state in {DigestState.ASKED, DigestState.ASKING}:
            known.moment = moment
        return
    waiting = select(func.count()).where(col(DigestMail.state).in_((DigestState.ASKED, DigestState.ASKING)))
    if db.exec(waiting).one() >= MOST_ASKING:
        raise Refused("Many letters wait to be confirmed already. Try again later.")
    if known is not None:
        known.address, known.moment, known.tries = address, moment, 0
        known.state, known.asked_at, known.due_at = DigestState.ASKED, at, at
        return
    db.add(
        DigestMail(
            event_id=event.id, address=address, address_mark=mark, nonce=nonce, moment=moment, asked_at=at, due_at=at
        )
    )


def confirm_digest(db: Session, digest_id: int, *, at: datetime) -> DigestMail | None:
    """It was they: it is sent when it is due. None if it is not asked any more."""
    mail = db.get(DigestMail, digest_id, with_for_update=True)
    if mail is None or mail.state not in {DigestState.ASKED, DigestState.ASKING, DigestState.WANTED}:
        return mail if mail is not None and mail.state is DigestState.SENT else None
    if mail.state is not DigestState.WANTED:
        event = db.get_one(Event, mail.event_id)
        days = {"first_on": event.starts_on, "last_on": event.ends_on}
        mail.state, mail.tries = DigestState.WANTED, 0
        mail.due_at = due_at(mail.moment, **days, zone=event.zone, at=at)
    return mail


def never_mail_again(db: Session, digest_id: int, *, at: datetime) -> bool:
    """This server writes to that address no more, of whatever event. False if there is no such letter any more."""
    mail = db.get(DigestMail, digest_id, with_for_update=True)
    if mail is None:
        return False
    mark = mail.address_mark
    if db.get(UnwantedMail, mark) is None:
        db.add(UnwantedMail(address_mark=mark, at=at))
    gone = {"state": DigestState.UNWANTED, "address": "", "due_at": None}
    db.exec(update(DigestMail).where(col(DigestMail.address_mark) == mark).values(**gone))
    return True


def take_digest(db: Session, digest_id: int, *, at: datetime) -> DigestLetter | None:
    """One that is due, taken for two minutes; None if another process has it or nobody wants it any more."""
    mail = db.get(DigestMail, digest_id, with_for_update=True, populate_existing=True)
    if mail is None or mail.due_at is None or not mail.address:
        return None
    event = db.get_one(Event, mail.event_id)
    if mail.due_at > at and not (event.state in OVER and mail.is_brought_forward(at)):
        return None
    mail.due_at = at + DIGEST_LEASE
    return DigestLetter(mail.id, event, mail.address, mail.nonce, mail.moment, mail.state is DigestState.ASKED)


def note_digest_sent(db: Session, digest_id: int) -> None:
    """It was taken by the mail server. After the one that tells the address is forgotten."""
    mail = db.get(DigestMail, digest_id, with_for_update=True)
    if mail is None:
        return
    mail.tries = 0
    if mail.state is DigestState.ASKED:
        mail.state, mail.due_at = DigestState.ASKING, None
    elif mail.state is DigestState.WANTED:
        mail.state, mail.due_at, mail.address = DigestState.SENT, None, ""


def note_digest_unsent(db: Session, digest_id: int, *, for_good: bool, at: datetime) -> None:
    """It was not taken: again after a pause, unless the address itself is refused or it was tried often."""
    mail = db.get(DigestMail, digest_id, with_for_update=True)
    if mail is None or mail.due_at is None:
        return
    mail.tries += 1
    most = MOST_TRIES_TO_TELL if mail.state is DigestState.WANTED else len(DIGEST_PAUSES)
    if for_good or mail.tries > most:
        db.delete(mail)
    else:
        mail.due_at = at + DIGEST_PAUSES[min(mail.tries, len(DIGEST_PAUSES)) - 1]


def forget_unconfirmed(db: Session, *, at: datetime) -> None:
    """Addresses whose owners have not answered are forgotten; the way out that stands in their letter goes on.

    What was never written goes altogether.
    """
    late = col(DigestMail.asked_at) <= at - UNCONFIRMED
    db.exec(delete(DigestMail).where(col(DigestMail.state) == DigestState.ASKED, late))
    gone = {"state": DigestState.UNANSWERED, "address": "", "due_at": None}
    db.exec(update(DigestMail).where(col(DigestMail.state) == DigestState.ASKING, late).values(**gone))
