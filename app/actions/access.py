"""Role links are given and revoked. Only the hash of a link's token is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.actions.log import publish
from app.domain.event import Access, Role
from app.domain.subject import Subject


@dataclass(frozen=True, slots=True)
class Link:
    """A fresh link. This is the only time its token can be seen."""

    access: Access
    token: str


def give_link(db: Session, event_id: int, role: Role, *, at: datetime, label: str = "") -> Link:
    """Make a link that gives whoever opens it a role for this Event."""
    token = secrets.token_urlsafe(24)
    access = Access(
        event_id=event_id,
        role=role,
        label=label.strip()[:80] or role.value.capitalize(),
        token_hash=token_hash(token),
        created_at=at,
    )
    db.add(access)
    db.flush()
    publish(db, event_id, Subject.ACCESS, access.id, at=at)
    return Link(access, token)


def revoke_link(db: Session, access_id: int, *, at: datetime) -> Access:
    """Close a link at once; sockets opened with it are closed when this line is read."""
    access = db.get_one(Access, access_id)
    if access.revoked_at is None:
        access.revoked_at = at
        publish(db, access.event_id, Subject.ACCESS, access.id, at=at)
    return access


def label_link(db: Session, access_id: int, label: str, *, at: datetime) -> Access:
    access = db.get_one(Access, access_id)
    access.label = label.strip()[:80] or access.label
    publish(db, access.event_id, Subject.ACCESS, access.id, at=at)
    return access


def token_hash(token: str) -> str:
    """A token has 192 random bits, so a plain hash is as good as a slow one."""
    return hashlib.sha256(token.encode()).hexdigest()
