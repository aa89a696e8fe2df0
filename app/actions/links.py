"""Role links are given and revoked. Only the hash of a link's token is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.access import Access, Role
from app.domain.decision import ADDED, REMOVED, SETUP, Actor
from app.domain.event import Event
from app.domain.screen_kind import ScreenKind
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.rooms import has_room
from app.queries.series import editions_of_pattern


@dataclass(frozen=True, slots=True)
class Link:
    """A fresh link. This is the only time its token can be seen."""

    access: Access
    token: str


def give_link(
    db: Session,
    event_id: int,
    role: Role,
    *,
    at: datetime,
    label: str = "",
    token: str = "",
    by: Actor = SETUP,
    room_id: int | None = None,
    may_show: ScreenKind = ScreenKind.EVERYTHING,
) -> Link:
    """Make a link that gives whoever opens it a role for this Event; that of a screen hangs in a room, or in all.

    A `token` of the caller's makes one link however often it is asked for. Raises Refused once that was revoked, and
    for a room that is not there.
    """
    if token and (known := db.exec(select(Access).where(Access.token_hash == token_hash(token))).first()):
        if known.revoked_at is not None or known.event_id != event_id:
            raise Refused("This link was made and revoked again.")
        return Link(known, token)
    if room_id is not None and not has_room(db, event_id, room_id):
        raise Refused("There is no such room any more.")
    token = token or secrets.token_urlsafe(24)
    access = Access(
        event_id=event_id,
        role=role,
        label=label.strip()[:80] or role.value.capitalize(),
        token_hash=token_hash(token),
        created_at=at,
        room_id=room_id,
        may_show=may_show,
    )
    db.add(access)
    db.flush()
    decide(db, event_id, Subject.ACCESS, access.id, "", ADDED, by=by, at=at, detail=called(access))
    publish(db, event_id, Subject.ACCESS, access.id, at=at)
    return Link(access, token)


def called(access: Access) -> Sentence:
    """What the log calls a link."""
    return Sentence("“%(label)s”, as %(role)s", label=access.label, role=Sentence(access.role.value))


def revoke_link(db: Session, access_id: int, *, by: Actor = SETUP, at: datetime) -> Access:
    """Close a link at once; sockets opened with it are closed when this line is read.

    Raises Refused for the last link of an owner: nobody could open the setup any more.
    """
    access = db.get_one(Access, access_id)
    if access.revoked_at is None:
        if access.role is Role.OWNER and not _another_owner(db, access):
            raise Refused("This is the last link of an owner. Make another one first; without it nobody gets in here.")
        close_link(db, access, by=by, at=at)
    return access


def close_link(db: Session, access: Access, *, by: Actor, at: datetime) -> None:
    """It opens nothing any more."""
    access.revoked_at = at
    decide(db, access.event_id, Subject.ACCESS, access.id, ADDED, REMOVED, by=by, at=at, detail=called(access))
    # Editions of a series open with the links of their pattern.
    for event_id in (access.event_id, *editions_of_pattern(db, access.event_id)):
        publish(db, event_id, Subject.ACCESS, access.id, at=at)


def _another_owner(db: Session, access: Access) -> bool:
    db.get_one(Event, access.event_id, with_for_update=True)  # two who revoke each other's do not both win
    others = select(Access.id).where(
        Access.event_id == access.event_id,
        Access.role == Role.OWNER,
        col(Access.revoked_at).is_(None),
        col(Access.id) != access.id,
    )
    return db.exec(others.limit(1)).first() is not None


def token_hash(token: str) -> str:
    """A token has 192 random bits, so a plain hash is as good as a slow one."""
    return hashlib.sha256(token.encode()).hexdigest()
