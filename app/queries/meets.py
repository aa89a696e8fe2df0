"""Meets: what is said of one, who comes, what was noted, and when the next one is."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.meet import VERSIONS_SHOWN, Guest, Meet, MeetNotes, MeetPhoto
from app.domain.series import Edition
from app.queries.series import Dated


def meet_of(db: Session, event: Event) -> Meet:
    """What is said of it; until somebody has said anything, what stays from the last one of its series: where it is.

    Who brings cake and what is talked about is of each alone.
    """
    own = db.get(Meet, event.id)
    if own is not None:
        return own
    edition = db.get(Edition, event.id)
    before = None
    if edition is not None:
        earlier = select(Meet).join(Edition, col(Edition.event_id) == Meet.event_id)
        earlier = earlier.where(Edition.series_id == edition.series_id, Edition.starts_at < edition.starts_at)
        before = db.exec(earlier.order_by(col(Edition.starts_at).desc()).limit(1)).first()
    if before is None:
        return Meet(event_id=event.id, changed_at=event.created_at)
    stays = before.model_dump(exclude={"event_id", "cake", "agenda"})
    return Meet(**stays, event_id=event.id)


def guests_of(db: Session, event_id: int) -> Sequence[Guest]:
    """In the order in which they said so."""
    return db.exec(select(Guest).where(Guest.event_id == event_id).order_by(col(Guest.id))).all()


def people_coming(guests: Iterable[Guest]) -> int:
    return sum(1 + one.more for one in guests)


def guest_by_hash(db: Session, event_id: int, token_hash: str) -> Guest | None:
    return db.exec(select(Guest).where(Guest.event_id == event_id, Guest.token_hash == token_hash)).first()


def guest_by_id(db: Session, event_id: int, guest_id: int) -> Guest | None:
    found = db.get(Guest, guest_id)
    return found if found is not None and found.event_id == event_id else None


def notes_of(db: Session, event_id: int) -> MeetNotes | None:
    """The version that holds."""
    return next(iter(versions_of(db, event_id, 1)), None)


def versions_of(db: Session, event_id: int, most: int = VERSIONS_SHOWN) -> Sequence[MeetNotes]:
    """The newest first."""
    found = select(MeetNotes).where(MeetNotes.event_id == event_id).order_by(col(MeetNotes.version).desc())
    return db.exec(found.limit(most)).all()


def version_of(db: Session, event_id: int, version: int) -> MeetNotes | None:
    return db.exec(select(MeetNotes).where(MeetNotes.event_id == event_id, MeetNotes.version == version)).first()


def is_over(db: Session, event_id: int, at: datetime) -> bool:
    edition = db.get(Edition, event_id)
    return edition is not None and edition.ends_at <= at


def is_off(db: Session, event_id: int) -> bool:
    edition = db.get(Edition, event_id)
    return edition is not None and edition.called_off


def next_date(db: Session, event_id: int, at: datetime) -> Dated | None:
    """The edition of its series that comes after it, and has not been yet."""
    edition = db.get(Edition, event_id)
    if edition is None:
        return None
    coming = select(Edition, Event).join(Event, col(Event.id) == Edition.event_id).where(
        Edition.series_id == edition.series_id,
        Edition.starts_at > max(edition.starts_at, at),
        col(Edition.called_off).is_(False),
    )  # fmt: skip
    found = db.exec(coming.order_by(col(Edition.starts_at)).limit(1)).first()
    return Dated(*found) if found is not None else None


def photos_of(db: Session, event_id: int) -> Sequence[MeetPhoto]:
    """All that is known of each but the picture itself, which is large."""
    found = select(MeetPhoto).where(MeetPhoto.event_id == event_id).order_by(col(MeetPhoto.id))
    return db.exec(found.options(defer(MeetPhoto.content, raiseload=True))).all()  # type: ignore[arg-type]


def photo_of(db: Session, event_id: int, photo_id: int) -> MeetPhoto | None:
    found = db.get(MeetPhoto, photo_id)
    return found if found is not None and found.event_id == event_id else None
