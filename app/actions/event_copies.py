"""What a new Event takes from an earlier one. What is of its day, of its people or of its team stays behind.

`tests/copied_columns.py` states it for every column of every table.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.brand import take_brand_after
from app.actions.change_log import publish
from app.domain.alarms import Alarms
from app.domain.event import Event
from app.domain.house_rules import HouseRules
from app.domain.policy_version import PolicyVersion
from app.domain.scene import Sponsor, SponsorLogo
from app.domain.source import Source
from app.domain.subject import Subject


def take_after(db: Session, event: Event, other: Event, *, at: datetime) -> None:
    """Rules, words, look, sponsors, networks, how long what is kept, and how the programme runs the walls."""
    _rules(db, event, other)
    event.welcome, event.farewell, event.retention = other.welcome, other.farewell, dict(other.retention)
    event.runs_walls, event.quiet_talks = other.runs_walls, other.quiet_talks
    event.question_minutes, event.sponsor_strip = other.question_minutes, other.sponsor_strip
    take_brand_after(db, event, other)
    _sponsors(db, event, other)
    _sources(db, event, other, at=at)


def _rules(db: Session, event: Event, other: Event) -> None:
    """Also when somebody is called to the desk, but not who: another team answers for this one."""
    event.policy = dict(other.policy)
    event.alarms = replace(Alarms.from_json(other.alarms), ntfy="", webhook="", email=()).as_json()
    db.get_one(PolicyVersion, (event.id, event.policy_version)).policy = event.policy
    if (rules := db.get(HouseRules, other.id)) is not None:
        db.add(HouseRules(**{**rules.model_dump(), "event_id": event.id}))


def _sponsors(db: Session, event: Event, other: Event) -> None:
    """In their order, with logos of its own: each event may be deleted without the other."""
    for logo in db.exec(select(SponsorLogo).where(SponsorLogo.event_id == other.id)):
        db.add(SponsorLogo(**{**logo.model_dump(), "event_id": event.id}))
    for sponsor in db.exec(select(Sponsor).where(Sponsor.event_id == other.id).order_by(col(Sponsor.id))).all():
        db.add(Sponsor(event_id=event.id, name=sponsor.name, logo=sponsor.logo, at=sponsor.at))
        db.flush()  # one after another: they are shown by number


def _sources(db: Session, event: Event, other: Event, *, at: datetime) -> None:
    """It reads the same networks in the same way, from its own beginning on."""
    for one in db.exec(select(Source).where(Source.event_id == other.id).order_by(col(Source.id))).all():
        source = Source(event_id=event.id, kind=one.kind, enabled=one.enabled, options=dict(one.options))
        db.add(source)
        db.flush()
        publish(db, event.id, Subject.SOURCE, source.id, at=at)
