"""Tokens of networks that are kept for Events, sealed."""

from sqlmodel import Session, select

from app.domain.network_token import NetworkToken, account
from app.domain.source import Source


def kept_tokens(db: Session, event_id: int) -> dict[str, NetworkToken]:
    """An Event's own, by network."""
    found = db.exec(select(NetworkToken).where(NetworkToken.event_id == event_id))
    return {token.kind: token for token in found}


def account_of(db: Session, source: Source) -> str:
    """Under what the reading of a source is counted."""
    mine = (NetworkToken.event_id == source.event_id, NetworkToken.kind == source.kind)
    return account(source.kind, db.exec(select(NetworkToken.mark).where(*mine)).first() or "")
