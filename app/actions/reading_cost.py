"""What was read of a network is counted, once for each post and UTC day, and told."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.domain.reading_cost import MeterDay, MeterRef, MeterRest, Read, day_of
from app.domain.source import Source
from app.domain.subject import Subject
from app.queries.network_tokens import account_of
from app.queries.reading_cost import read_today

POST, ALONG = "p", "a"


def count_read(db: Session, source_id: int, read: Read, *, at: datetime) -> None:
    """Add what nobody has read before on this day; what was read yesterday is forgotten but for its number."""
    source = db.get(Source, source_id)
    if source is None:
        return
    day, kind = day_of(at), account_of(db, source)
    refs = {f"{POST}:{ref}" for ref in read.posts} | {f"{ALONG}:{ref}" for ref in read.along}
    new = sorted(refs - read_today(db, kind, refs, day=day))
    if not new:
        return
    db.execute(delete(MeterRef).where(col(MeterRef.kind) == kind, col(MeterRef.day) < day))
    db.execute(insert(MeterRef), [{"kind": kind, "day": day, "ref": ref} for ref in new])
    meter = _of_day(db, source.event_id, kind, day)
    posts = sum(ref.startswith(f"{POST}:") for ref in new)
    meter.posts, meter.along = meter.posts + posts, meter.along + len(new) - posts


def forget_paid(db: Session, *, at: datetime) -> None:
    """What was paid for on days that are over is paid for anew: nobody need know it any more."""
    db.execute(delete(MeterRef).where(col(MeterRef.day) < day_of(at)))
    db.execute(delete(MeterRest).where(col(MeterRest.day) < day_of(at)))


def keep_todays_sums(db: Session, event_id: int, *, at: datetime) -> None:
    """An Event is about to be deleted: what it has read today still counts for the installation."""
    forget_paid(db, at=at)
    ours = select(MeterDay).where(MeterDay.event_id == event_id, MeterDay.day == day_of(at))
    for read in db.exec(ours).all():
        rest = db.get(MeterRest, (read.kind, read.day)) or MeterRest(kind=read.kind, day=read.day)
        rest.posts, rest.along = rest.posts + read.posts, rest.along + read.along
        db.add(rest)
    db.flush()


def note_told(db: Session, source_id: int, posts: int, *, at: datetime) -> None:
    """What the network itself has counted today, for everybody with our credential."""
    source = db.get(Source, source_id)
    if source is not None:
        source.told_posts, source.told_day = min(posts, 2**31 - 1), day_of(at)


def report_cost(db: Session, source_id: int, said: str, *, at: datetime) -> None:
    """Show the organiser the meter as it stands."""
    source = db.get(Source, source_id)
    if source is not None and source.cost != said:
        source.cost = said
        publish(db, source.event_id, Subject.SOURCE, source.id, at=at)


def _of_day(db: Session, event_id: int, kind: str, day: str) -> MeterDay:
    ours = select(MeterDay).where(MeterDay.event_id == event_id, MeterDay.kind == kind)
    meter = db.exec(ours.where(MeterDay.day == day)).first()
    if meter is None:
        meter = MeterDay(event_id=event_id, kind=kind, day=day)
        db.add(meter)
    return meter
