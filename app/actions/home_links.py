"""Home links are given and revoked: each opens the front page with all events. Only the hash of a token is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.events import Refused
from app.actions.links import close_link, token_hash
from app.domain.access import Access
from app.domain.decision import SETUP, Actor
from app.domain.home_link import HomeLink

FIRST = 1


@dataclass(frozen=True, slots=True)
class FreshHomeLink:
    """This is the only time its token can be seen."""

    link: HomeLink
    token: str


def give_home_link(db: Session, *, at: datetime, label: str = "", token: str = "") -> FreshHomeLink:
    """Make a link that opens all events, those to come included.

    A `token` of the caller's makes one link however often it is asked for. Raises Refused once that was revoked.
    """
    if token and (known := db.exec(select(HomeLink).where(HomeLink.token_hash == token_hash(token))).first()):
        if known.revoked_at is not None:
            raise Refused("This link was made and revoked again.")
        return FreshHomeLink(known, token)
    token = token or secrets.token_urlsafe(24)
    link = HomeLink(label=label.strip()[:80] or "Home", token_hash=token_hash(token), created_at=at)
    db.add(link)
    db.flush()
    return FreshHomeLink(link, token)


def give_first_home_link(db: Session, *, at: datetime) -> FreshHomeLink | None:
    """The link that a new server prints; None if there was one before, held or revoked."""
    if db.exec(select(HomeLink.id).limit(1)).first() is not None:
        return None
    token = secrets.token_urlsafe(24)
    # The first has a number of its own: of two starts at once the other meets it, tries again and finds it.
    link = HomeLink(id=FIRST, label="Home", token_hash=token_hash(token), created_at=at)
    db.add(link)
    db.flush()
    return FreshHomeLink(link, token)


def revoke_home_link(db: Session, link_id: int, *, by: Actor = SETUP, at: datetime) -> HomeLink:
    """Close a home link, and every event's link that was entered with it.

    Raises Refused for the last one: only a shell could make another.
    """
    # All open ones, in one order: two who revoke each other's do not both win.
    still_open = select(HomeLink).where(col(HomeLink.revoked_at).is_(None)).order_by(col(HomeLink.id))
    held = {link.id: link for link in db.exec(still_open.with_for_update()).all()}
    link = held.pop(link_id, None)
    if link is None:
        return db.get_one(HomeLink, link_id)
    if not held:
        raise Refused("This is the last home link. Make another one first; without it nobody gets in here.")
    link.revoked_at = at
    entered = select(Access).where(Access.home_link_id == link_id, col(Access.revoked_at).is_(None))
    for access in db.exec(entered).all():
        close_link(db, access, by=by, at=at)
    return link
