"""Who does what one process does for all."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.domain.lease import LONGEST_LEASE, NOBODY, Lease


def holder(db: Session, name: str, *, at: datetime) -> str:
    """NOBODY, if nobody does."""
    return db.exec(held(name, at=at)).first() or NOBODY


def held(name: str, *, at: datetime) -> Any:
    """The holder's name, where there is one."""
    until = col(Lease.until)
    return select(Lease.held_by).where(Lease.name == name, until > at, until <= at + LONGEST_LEASE)
