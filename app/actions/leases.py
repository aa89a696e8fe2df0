"""What one process does for all is held by a row; who is gone is followed by another."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, or_, update

from app.domain.lease import LONGEST_LEASE, NOBODY, Lease
from app.queries.leases import held


def take_lease(db: Session, name: str, *, by: str, until: datetime, at: datetime) -> bool:
    """Become, or stay, the one process that does it. False if another one is."""
    insert = (sqlite if db.get_bind().dialect.name == "sqlite" else postgresql).insert
    db.execute(insert(Lease).values(name=name, held_by=NOBODY, until=at).on_conflict_do_nothing())
    over = or_(col(Lease.until) <= at, col(Lease.until) > at + LONGEST_LEASE)
    free = or_(col(Lease.held_by).in_((by, NOBODY)), over)
    taken = update(Lease).where(col(Lease.name) == name, free).values(held_by=by, until=until)
    result: CursorResult[Any] = db.exec(taken)
    return bool(result.rowcount)


def release_lease(db: Session, name: str, *, by: str) -> None:
    """Let another process have it at once."""
    ours = update(Lease).where(col(Lease.name) == name, col(Lease.held_by) == by)
    db.exec(ours.values(held_by=NOBODY))


def is_held_by(db: Session, name: str, by: str, *, at: datetime) -> bool:
    """Whether it is theirs now; then it stays so until the transaction has ended. NOBODY is a holder too."""
    return (db.exec(held(name, at=at).with_for_update()).first() or NOBODY) == by
