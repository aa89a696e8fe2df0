"""What reading a network has cost, and what of it is paid for today."""

from collections.abc import Collection

from sqlmodel import Session, col, func, or_, select

from app.domain.reading_cost import MeterDay, MeterRef, MeterRest, Spent
from app.domain.source import Source
from app.queries.network_tokens import account_of

COUNTED_AT_ONCE = 500


def spent(db: Session, source_id: int, *, day: str) -> Spent:
    """What the Event of a source, and all others with the same token, have read of its network."""
    source = db.get(Source, source_id)
    if source is None:
        return Spent()
    sums = (func.coalesce(func.sum(MeterDay.posts), 0), func.coalesce(func.sum(MeterDay.along), 0))
    kind = account_of(db, source)
    today, along = db.exec(select(*sums).where(MeterDay.kind == kind, MeterDay.day == day)).one()
    rest = db.get(MeterRest, (kind, day)) or MeterRest(kind=kind, day=day)
    all_accounts = or_(MeterDay.kind == source.kind, col(MeterDay.kind).startswith(f"{source.kind[:8]}:"))
    of_event = select(sums[0]).where(MeterDay.event_id == source.event_id, all_accounts)
    told = source.told_posts if source.told_day == day else 0
    return Spent(int(today) + rest.posts, int(along) + rest.along, int(db.exec(of_event).one()), told)


def read_today(db: Session, kind: str, refs: Collection[str], *, day: str) -> set[str]:
    """Those of them that are paid for."""
    wanted, found = list(refs), set[str]()
    for start in range(0, len(wanted), COUNTED_AT_ONCE):
        some = col(MeterRef.ref).in_(wanted[start : start + COUNTED_AT_ONCE])
        found.update(db.exec(select(MeterRef.ref).where(MeterRef.kind == kind, MeterRef.day == day, some)))
    return found
