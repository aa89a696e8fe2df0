"""House rules of an Event."""

from sqlmodel import Session

from app.domain.house_rules import HouseRules


def house_rules(db: Session, event_id: int) -> HouseRules:
    """As they are stored, else what a new event has."""
    return db.get(HouseRules, event_id) or HouseRules(event_id=event_id)
