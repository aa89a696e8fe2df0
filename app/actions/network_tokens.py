"""Tokens of networks are kept for an Event, replaced, copied and forgotten. Sealed when they come here."""

from datetime import datetime

from sqlmodel import Session, col, delete

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.domain.decision import ADDED, CHANGED, REMOVED, SETUP, Actor
from app.domain.event import Event
from app.domain.network_token import NetworkToken
from app.domain.subject import Subject
from app.queries.network_tokens import kept_tokens
from app.queries.sources import sources


def keep_token(
    db: Session,
    event_id: int,
    kind: str,
    *,
    sealed: str,
    mark: str,
    told: str,
    by: Actor = SETUP,
    at: datetime,
) -> None:
    """From now on an Event's source of this network uses this token; whoever runs it notices within seconds."""
    db.get_one(Event, event_id, with_for_update=True)  # of two who enter one at once, the later one's is kept
    kept = kept_tokens(db, event_id).get(kind)
    if kept is None or kept.mark != mark:
        before, after = ("", ADDED) if kept is None else (ADDED, CHANGED)
        decide(db, event_id, Subject.TOKEN, event_id, before, after, by=by, at=at, detail=kind)
    if kept is None:
        db.add(NetworkToken(event_id=event_id, kind=kind, sealed=sealed, mark=mark, told=told, entered_at=at))
    else:
        kept.sealed, kept.mark, kept.told, kept.entered_at = sealed, mark, told, at
    db.flush()
    _tell(db, event_id, kind, at=at)


def forget_token(db: Session, event_id: int, kind: str, *, by: Actor = SETUP, at: datetime) -> None:
    """The Event's source uses the installation's token again, if there is one."""
    mine = (col(NetworkToken.event_id) == event_id, col(NetworkToken.kind) == kind)
    if db.execute(delete(NetworkToken).where(*mine)).rowcount:  # type: ignore[attr-defined]
        decide(db, event_id, Subject.TOKEN, event_id, ADDED, REMOVED, by=by, at=at, detail=kind)
        _tell(db, event_id, kind, at=at)


def copy_tokens(db: Session, from_id: int, to_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    for token in kept_tokens(db, from_id).values():
        keep_token(db, to_id, token.kind, sealed=token.sealed, mark=token.mark, told=token.told, by=by, at=at)


def _tell(db: Session, event_id: int, kind: str, *, at: datetime) -> None:
    source = next((source.id for source in sources(db, event_id) if source.kind == kind), None)
    subject = Subject.EVENT if source is None else Subject.SOURCE  # a new event has no sources yet
    publish(db, event_id, subject, source or event_id, at=at)
