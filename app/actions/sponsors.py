"""Sponsors are named, shown and let go. They never stand between posts."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, delete, func, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import ADDED, REMOVED, SETUP, Actor
from app.domain.event import Event
from app.domain.scene import Sponsor, SponsorLogo
from app.domain.subject import Subject

MOST_SPONSORS = 24
"""A wall has no room for more that can be told apart."""


def add_sponsor(
    db: Session, event_id: int, name: str, *, by: Actor = SETUP, at: datetime, kind: str = "", content: bytes = b""
) -> Sponsor:
    """Name a sponsor, with a logo of that kind that we drew again ourselves. Raises Refused without a name."""
    said = " ".join(name.split())
    if not said or len(said) > 80:
        raise Refused("A sponsor needs a name of at most 80 letters.")
    if db.exec(select(func.count()).select_from(Sponsor).where(Sponsor.event_id == event_id)).one() >= MOST_SPONSORS:
        raise Refused("A wall has room for %(most)d sponsors.", most=MOST_SPONSORS)
    logo = sha256(content).hexdigest()[:24] if content else ""
    if logo and db.get(SponsorLogo, (logo, event_id)) is None:
        db.add(SponsorLogo(key=logo, event_id=event_id, kind=kind, content=content))
    sponsor = Sponsor(event_id=event_id, name=said, logo=logo, at=at)
    db.add(sponsor)
    db.flush()
    decide(db, event_id, Subject.SPONSOR, sponsor.id, "", ADDED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.SPONSOR, sponsor.id, at=at)
    return sponsor


def remove_sponsor(db: Session, event_id: int, sponsor_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    """Let a sponsor go, and its logo with the last one that has it. Raises Refused for one that is gone."""
    sponsor = db.get(Sponsor, sponsor_id)
    if sponsor is None or sponsor.event_id != event_id:
        raise Refused("There is no such sponsor any more.")
    db.delete(sponsor)
    db.flush()
    others = select(Sponsor.id).where(Sponsor.event_id == event_id, Sponsor.logo == sponsor.logo).limit(1)
    if sponsor.logo and db.exec(others).first() is None:
        gone = (col(SponsorLogo.key) == sponsor.logo, col(SponsorLogo.event_id) == event_id)
        db.exec(delete(SponsorLogo).where(*gone))
    decide(db, event_id, Subject.SPONSOR, sponsor_id, ADDED, REMOVED, by=by, at=at, detail=sponsor.name)
    publish(db, event_id, Subject.SPONSOR, sponsor_id, at=at)


def show_sponsor_strip(db: Session, event_id: int, *, shown: bool, by: Actor = SETUP, at: datetime) -> None:
    """Let the sponsors stand below the wall's scenes too, or not."""
    event = db.get_one(Event, event_id)
    if event.sponsor_strip is shown:
        return
    states = ("off", "on") if shown else ("on", "off")
    decide(db, event_id, Subject.SPONSOR, 0, *states, by=by, at=at)
    event.sponsor_strip = shown
    publish(db, event_id, Subject.SPONSOR, 0, at=at)
